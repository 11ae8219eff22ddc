import type { Case } from '../../domain/case/case';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { ClockName } from '../../domain/sla/clock';
import { inWords, listed } from '../../domain/words';
import { type Section, strong, text, type View } from '../view';
import { clockName } from './clockText';
import { rowsOf } from './lists';
import { button, caseData, holderLine, plainView, timeText } from './parts';

/** A person's day: their cases by what is due first. */
export function morningView(
  name: string,
  mine: { readonly cases: readonly Case[]; readonly total: number },
  desk: Desk,
  at: Instant,
): View {
  const count = mine.total === 1 ? 'One case is yours' : `${mine.total} cases are yours`;
  const rest = mine.total - mine.cases.length;
  return {
    ...plainView(
      `Good morning, ${name}. ${count}: ${mine.cases.map((it) => `${it.ref} ${it.title}`).join('; ')}`.slice(0, 1000),
    ),
    title: [text(`Good morning, ${name}`)],
    sections: [
      { kind: 'lines', lines: [[text(`${count}, by what is due first.`)]] },
      ...rowsOf(mine.cases, desk, at),
      ...more(rest, 'in `list mine`'),
    ],
  };
}

export interface MissedOne {
  readonly case: Case;
  readonly clock: ClockName;
  readonly at: Instant;
  readonly why: string;
}

export interface Evening {
  readonly from: Instant;
  readonly until: Instant;
  readonly met: readonly { readonly clock: ClockName; readonly count: number }[];
  /** Those that are named, and how many there are in all. */
  readonly missed: readonly MissedOne[];
  readonly missedTotal: number;
  readonly waiting: readonly { readonly case: Case; readonly since: Instant }[];
}

/** How the day went: targets met and missed and why, and who has waited longest. */
export function eveningView(evening: Evening, desk: Desk, at: Instant): View {
  const { missedTotal, waiting } = evening;
  const met = evening.met.reduce((sum, { count }) => sum + count, 0);
  const byClock = listed(evening.met.map(({ clock, count }) => `${clockName(clock).toLowerCase()} ${count}`));
  const kept = met === 0 ? 'No target was met' : `${met} ${met === 1 ? 'target was' : 'targets were'} met (${byClock})`;
  const lost = missedTotal === 0 ? 'none was missed' : `${missedTotal} ${missedTotal === 1 ? 'was' : 'were'} missed`;
  const since = `Since ${timeText(evening.from, desk.zone)}: ${kept}, ${lost}.`;
  return {
    ...plainView(`How the day went. ${since}`),
    title: [text('How the day went')],
    tone: missedTotal > 0 ? 'warning' : 'good',
    sections: [
      { kind: 'lines', lines: [[text(since)]] },
      ...part(
        'Missed, and why',
        evening.missed.map((one) => missedRow(one, desk)),
      ),
      ...more(missedTotal - evening.missed.length, 'not named here'),
      ...part(
        'Waiting longest for a word of ours',
        waiting.map((one) => waitingRow(one, desk, at)),
      ),
    ],
  };
}

const part = (heading: string, rows: readonly Section[]): readonly Section[] =>
  rows.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...rows];

const more = (rest: number, where: string): readonly Section[] =>
  rest <= 0 ? [] : [{ kind: 'lines', lines: [[text(`${rest} more ${where}.`)]] }];

function missedRow({ case: it, clock, at, why }: MissedOne, desk: Desk): Section {
  return {
    kind: 'row',
    title: [strong(it.ref), text(` ${it.title}`)],
    detail: [text(`${clockName(clock)}, ${timeText(at, desk.zone)}: ${why}. Now ${it.status}.`)],
    buttons: [button('details', 'Details', caseData(it))],
  };
}

function waitingRow({ case: it, since }: Evening['waiting'][number], desk: Desk, at: Instant): Section {
  return {
    kind: 'row',
    title: [strong(it.ref), text(` ${it.title}`)],
    detail: [text(`For ${inWords(at - since)}, since ${timeText(since, desk.zone, at)} · `), ...holderLine(it, desk)],
    buttons: [button('details', 'Details', caseData(it))],
  };
}
