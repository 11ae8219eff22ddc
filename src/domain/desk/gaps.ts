import { DAY_MS, type Instant, later } from '../ids';
import type { Calendar } from '../sla/calendar';
import { openBetween } from '../sla/walk';
import { calendarOf, type Desk } from './desk';
import { dutiesIn, type Swap } from './rota';
import { caseTakers, shiftsOf } from './shifts';
import { openSpans, type Span, united, without } from './spans';

/** From when the last person leaves to when the next one comes, as far as a calendar runs in between. */
export interface Gap extends Span {
  /** How much of it counts on the calendar, in ms. */
  readonly openMs: number;
}

export const COVERED_DAYS = 14;
/** Gaps are looked for this far on both sides, so that one that begins before or ends after the two weeks is told whole. */
const MARGIN_MS = 7 * DAY_MS;

/** When somebody who takes cases works, in the two weeks from `at` and a week before and after. */
export function coveredSpans(desk: Desk, at: Instant): readonly Span[] {
  return united(caseTakers(desk).flatMap((person) => openSpans(shiftsOf(desk, person.id), around(at))));
}

const around = (at: Instant): Span => ({
  from: later(at, -MARGIN_MS),
  to: later(at, COVERED_DAYS * DAY_MS + MARGIN_MS),
});

/**
 * The gaps of the two weeks from `at` in which `calendar` runs and nobody works. Closed time between two stretches does
 * not end a gap: only somebody who comes does.
 */
export function gapsOf(calendar: Calendar, covered: readonly Span[], at: Instant): readonly Gap[] {
  const until = later(at, COVERED_DAYS * DAY_MS);
  const gaps: Span[] = [];
  for (const piece of openSpans(calendar, around(at)).flatMap((open) => without(open, covered))) {
    const last = gaps.at(-1);
    const someoneCame = last !== undefined && covered.some((span) => span.from < piece.from && span.to > last.to);
    if (last === undefined || someoneCame) gaps.push(piece);
    else gaps[gaps.length - 1] = { from: last.from, to: piece.to };
  }
  return gaps
    .filter((gap) => gap.to > at && gap.from < until)
    .map((gap) => ({ ...gap, openMs: openBetween(calendar, gap.from, gap.to) }));
}

/** The gaps of the triage rota in the desk's hours of the next two weeks; none on a desk without a rota. */
export function rotaGaps(desk: Desk, swaps: readonly Swap[], at: Instant): readonly Gap[] {
  if (desk.triageRota === undefined) return [];
  const manned = dutiesIn(desk, swaps, around(at)).filter((duty) => duty.person !== null);
  return gapsOf(calendarOf(desk, 'desk'), united(manned), at);
}
