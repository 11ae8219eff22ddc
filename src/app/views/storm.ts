import type { Case } from '../../domain/case/case';
import type { Danger, Now } from '../../domain/case/danger';
import type { Instant } from '../../domain/ids';
import { type Line, type Section, text, type View } from '../view';
import { button, caseData, holderLine, plainView, priorityText } from './parts';
import { dangerLeft, dangerName, dangerWord, endingText, hourOf } from './warning';

export interface WarnedCase {
  readonly it: Case;
  readonly dangers: readonly Danger[];
}

/** How many cases the list names; the rest are counted, and `list` has them all. */
const ROWS_MAX = 12;

/** Many warnings at once as one list, the worst first. It is kept up to date: what is over says so and sinks. */
export function stormView(warned: readonly WarnedCase[], from: Instant, now: Now): View {
  const { desk } = now;
  const standing = warned.filter(stands);
  const ordered = [...standing.sort(byUrgency), ...warned.filter((one) => !stands(one))];
  const breached = standing.filter(({ dangers }) => dangers.some((one) => one.ended === null && one.breached)).length;
  const when = hourOf(from, desk);
  const say =
    standing.length === 0
      ? `Over: all ${warned.length} cases that were warned of at ${when} are out of danger`
      : `${count(standing.length)} at risk${breached === 0 ? '' : ` or breached (${breached} breached)`} since ${when}`;
  const left = ordered.length - ROWS_MAX;
  const rest: readonly Section[] =
    left > 0
      ? [
          {
            kind: 'lines',
            lines: [[text(`… and ${left} more: \`list open\` shows every case, the most urgent first.`)]],
          },
        ]
      : [];
  return {
    ...plainView(
      `${say}: ${ordered
        .slice(0, ROWS_MAX)
        .map(({ it }) => it.ref)
        .join(', ')}.`,
    ),
    title: [text(say)],
    tone: standing.length === 0 ? 'good' : breached > 0 ? 'urgent' : 'warning',
    sections: [...ordered.slice(0, ROWS_MAX).map((one) => row(one, now)), ...rest],
  };
}

const stands = ({ dangers }: WarnedCase): boolean => dangers.some((danger) => danger.ended === null);

const leastLeft = ({ dangers }: WarnedCase): number =>
  Math.min(...dangers.filter((danger) => danger.ended === null).map((danger) => danger.leftMs));

const byUrgency = (a: WarnedCase, b: WarnedCase): number => leastLeft(a) - leastLeft(b);

const count = (cases: number): string => (cases === 1 ? '1 case' : `${cases} cases`);

function row({ it, dangers }: WarnedCase, { desk }: Now): Section {
  const standing = dangers.filter((danger) => danger.ended === null);
  const told =
    standing.length === 0
      ? endingText(dangers[0] as Danger, desk).replace(/\.$/u, '')
      : standing.map((one) => `${dangerName(one)} ${dangerWord(one)}, ${dangerLeft(one)}`).join(' · ');
  const priority = it.priority === null ? 'not triaged' : priorityText(desk, it.priority);
  const detail: Line = [text(`${told} · ${priority} · Owner: `), ...holderLine(it, desk)];
  const take = standing.length > 0 && it.holder.kind !== 'owner' ? [button('take', 'Take', caseData(it))] : [];
  const reassign =
    standing.length > 0 && it.holder.kind === 'owner'
      ? [button('assign', 'Reassign', caseData(it), { opensForm: true })]
      : [];
  return {
    kind: 'row',
    title: [text(`${it.ref} · ${it.title}`)],
    detail,
    buttons: [...take, ...reassign, button('details', 'Details', caseData(it))],
  };
}
