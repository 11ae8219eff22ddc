import { type Instant, MINUTE_MS, type PersonId } from '../ids';
import { WEEKDAYS } from '../sla/hours';
import { minutesOfDay, weekdayIndex } from '../sla/localTime';
import type { Desk, RotaShift, TriageRota } from './desk';
import { dateOf, instantOn, localDay } from './localDay';
import type { Span } from './spans';

/** A colleague does somebody's shift on one date, as both have agreed. */
export interface Swap {
  readonly shift: string;
  /** The local date on which the shift begins. */
  readonly date: string;
  readonly from: PersonId;
  readonly to: PersonId;
}

/** One shift of the triage rota on one date; `to` is exclusive. */
export interface Duty extends Span {
  readonly shift: string;
  readonly date: string;
  /** Null: nobody does it, and the leads have what comes in. */
  readonly person: PersonId | null;
  /** Whose it was before a swap. */
  readonly insteadOf: PersonId | null;
}

/** 1970-01-01 was a Thursday: three days into its week. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);
const MINUTES_A_DAY = 24 * 60;

/** The duties that have a part in `span`, by their beginnings. Empty on a desk without a triage rota. */
export function dutiesIn(desk: Desk, swaps: readonly Swap[], span: Span): readonly Duty[] {
  const { triageRota } = desk;
  if (triageRota === undefined) return [];
  return triageRota.shifts
    .flatMap((shift) => [...dated(triageRota, shift, swaps, span)].flatMap((date) => dutiesOf(shift, date, span)))
    .sort(inTime);
}

/** The first duty of this person that has a part in `span`; null when there is none. */
export function firstDutyOf(desk: Desk, swaps: readonly Swap[], person: PersonId, span: Span): Duty | null {
  const { triageRota } = desk;
  if (triageRota === undefined) return null;
  const firsts = triageRota.shifts.flatMap((shift) => {
    // When a shift is on takes longer to find out than whose it is.
    for (const date of dated(triageRota, shift, swaps, span)) {
      const [first] = date.person === person ? dutiesOf(shift, date, span) : [];
      if (first !== undefined) return [first];
    }
    return [];
  });
  return firsts.sort(inTime)[0] ?? null;
}

const inTime = (a: Duty, b: Duty): number => a.from - b.from || a.to - b.to;

/** A date on which a shift is done, and by whom. */
interface Dated extends Pick<Duty, 'date' | 'person' | 'insteadOf'> {
  /** The same date as days since 1970-01-01. */
  readonly day: number;
}

function* dated(rota: TriageRota, shift: RotaShift, swaps: readonly Swap[], span: Span): Generator<Dated> {
  const { zone } = shift.hours;
  const last = localDay(zone, span.to);
  const ofShift = swaps.filter((one) => one.shift === shift.name);
  // From the day before, as a night shift belongs to the date on which it begins.
  for (let day = localDay(zone, span.from) - 1; day <= last; day += 1) {
    const date = dateOf(day);
    const planned = personOn(rota, shift, { day, date });
    if (planned === undefined) continue;
    const person = swapped(
      planned,
      ofShift.filter((one) => one.date === date),
    );
    yield { day, date, person, insteadOf: person === planned ? null : planned };
  }
}

const dutiesOf = (shift: RotaShift, { day, ...does }: Dated, span: Span): readonly Duty[] =>
  windowsOn(shift, day)
    .filter(({ from, to }) => to > span.from && from < span.to)
    .map((window) => ({ shift: shift.name, ...does, ...window }));

/** Who took a shift over may pass it on. */
const swapped = (person: PersonId | null, swaps: readonly Swap[]): PersonId | null =>
  swaps.reduce((does, { from, to }) => (does === from ? to : does), person);

/** Undefined: there is no such shift on that date. */
function personOn(
  { overrides }: TriageRota,
  { name, who, hours }: RotaShift,
  { day, date }: Pick<Dated, 'day' | 'date'>,
): PersonId | null | undefined {
  const said = overrides[date]?.[name];
  if (said !== undefined) return said;
  if (hours.holidays.some((holiday) => holiday.date === date)) return undefined;
  return who[((weekOf(day) % who.length) + who.length) % who.length] ?? null;
}

function windowsOn({ hours: { zone, weekly } }: RotaShift, day: number): readonly Span[] {
  const windows = weekly[WEEKDAYS[weekdayIndex(day)] ?? 'mon'] ?? [];
  return windows.map(({ start, end }) => {
    const [from, to] = [minutesOfDay(start) ?? 0, minutesOfDay(end) ?? 0];
    return { from: instantOn(zone, day, from), to: instantOn(zone, day, to <= from ? to + MINUTES_A_DAY : to) };
  });
}

/** The duties that are on at `at`: the one that began last first, as a hand-over of overlapping shifts goes to the newcomer. */
export function dutiesAt(desk: Desk, swaps: readonly Swap[], at: Instant): readonly Duty[] {
  return dutiesIn(desk, swaps, { from: at, to: (at + 1) as Instant }).toSorted((a, b) => b.from - a.from);
}

/** How early somebody is told that their shift begins: with it. */
export const BEGINS_WITHIN_MS = 2 * 60 * MINUTE_MS;

/** Duties that have begun within the last two hours, where the same person did not do the one that ended just then. */
export function begun(desk: Desk, swaps: readonly Swap[], at: Instant): readonly Duty[] {
  const around = dutiesIn(desk, swaps, { from: (at - 2 * BEGINS_WITHIN_MS) as Instant, to: (at + 1) as Instant });
  return around.filter(
    (one) =>
      one.person !== null &&
      one.from <= at &&
      one.from > at - BEGINS_WITHIN_MS &&
      one.to > at &&
      !around.some((before) => before.to === one.from && before.person === one.person),
  );
}
