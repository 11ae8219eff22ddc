import type { Missed } from '../../domain/capacity/forecast';
import { type Case, isLive } from '../../domain/case/case';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant, PersonId } from '../../domain/ids';
import { type Button, type Section, strong, text, type View } from '../view';
import { button, caseData, plainView, timeText } from './parts';

export interface ShortHanded {
  readonly level: string;
  /** How many will be missed, of which `named` are those shown. */
  readonly total: number;
  readonly named: readonly { readonly missed: Missed; readonly case: Case }[];
}

/** What a level cannot do in time by the people on shift, and who could; or that it can again. */
export function shortHandedView({ level, total, named }: ShortHanded, desk: Desk, at: Instant): View {
  if (total === 0) {
    const over = `${level} can do all that is due in time again, as of ${timeText(at, desk.zone)}.`;
    return { ...plainView(over), tone: 'good', sections: [{ kind: 'lines', lines: [[text(over)]] }] };
  }
  const cases = total === 1 ? 'one case' : `${total} cases`;
  const title = `${level} will not do ${cases} in time`;
  const rest = total - named.length;
  return {
    ...plainView(`${title}: ${named.map((one) => `${one.case.ref} ${one.case.title}`).join('; ')}`.slice(0, 1000)),
    title: [text(title)],
    tone: 'warning',
    sections: [
      {
        kind: 'lines',
        lines: [[text(`Going by how long such cases took and who is on shift, as of ${timeText(at, desk.zone)}.`)]],
      },
      ...named.map((one) => rowOf(one, desk)),
      ...(rest > 0 ? [{ kind: 'lines' as const, lines: [[text(`${rest} more are not named here.`)]] }] : []),
    ],
  };
}

function rowOf({ missed, case: it }: ShortHanded['named'][number], desk: Desk): Section {
  const done =
    missed.doneAt === null
      ? 'would not be done at all by the shifts as they are'
      : `would be done ${timeText(missed.doneAt, desk.zone)}`;
  const owned = it.holder.kind === 'owner';
  const whose =
    owned && it.holder.kind === 'owner'
      ? nameOf(desk, it.holder.person)
      : `Nobody’s yet, ${nameOf(desk, missed.by)} next`;
  return {
    kind: 'row',
    title: [strong(it.ref), text(` ${it.title}`)],
    detail: [text(`${whose} · due ${timeText(missed.dueAt, desk.zone)}, ${done}${helped(missed, it, desk)}`)],
    buttons: buttonsOf(missed, it, desk),
  };
}

function helped({ to }: Missed, it: Case, desk: Desk): string {
  if (to === null) return ' · nobody of this level or the next ones has time for it';
  return isTheirs(it, to) ? '' : ` · ${nameOf(desk, to)} could do it in time`;
}

function buttonsOf({ to }: Missed, it: Case, desk: Desk): readonly Button[] {
  const details = button('details', 'Details', caseData(it));
  if (to === null || isTheirs(it, to) || !isLive(it)) return [details];
  return [button('give', `Give to ${nameOf(desk, to)}`, { ...caseData(it), to }, { style: 'primary' }), details];
}

const isTheirs = (it: Case, person: PersonId): boolean => it.holder.kind === 'owner' && it.holder.person === person;
const nameOf = (desk: Desk, id: PersonId): string => personOf(desk, id)?.name ?? id;
