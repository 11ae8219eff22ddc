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
export function dutiesIn({ triageRota }: Desk, swaps: readonly Swap[], span: Span): readonly Duty[] {
  if (triageRota === undefined) return [];
  return triageRota.shifts.flatMap((shift) => [...dutiesOf(told(triageRota, shift, swaps), span)]).sort(inTime);
}

/** One person's duties that have a part in `span`, by their beginnings. */
export function dutiesFor(desk: Desk, swaps: readonly Swap[], person: PersonId, span: Span): readonly Duty[] {
  return shiftsWith(desk, swaps, person)
    .flatMap((shift) => [...dutiesOf(shift, span, person)])
    .sort(inTime);
}

/** The first of them, or null: what is on after it is not worked out. */
export function firstDutyOf(desk: Desk, swaps: readonly Swap[], person: PersonId, span: Span): Duty | null {
  const firsts = shiftsWith(desk, swaps, person).flatMap((shift) => {
    const { value } = dutiesOf(shift, span, person).next();
    return value === undefined ? [] : [value];
  });
  return firsts.sort(inTime)[0] ?? null;
}

const inTime = (a: Duty, b: Duty): number => a.from - b.from || a.to - b.to;

/** A shift with all that says who does it. */
interface ToldShift {
  readonly shift: RotaShift;
  readonly overrides: TriageRota['overrides'];
  /** Of this shift, in the order in which they were agreed. */
  readonly swaps: readonly Swap[];
}

const told = ({ overrides }: TriageRota, shift: RotaShift, swaps: readonly Swap[]): ToldShift => ({
  shift,
  overrides,
  swaps: swaps.filter((one) => one.shift === shift.name),
});

/** The shifts that this person may do at all: by plan, by override or by a swap. */
function shiftsWith({ triageRota }: Desk, swaps: readonly Swap[], person: PersonId): readonly ToldShift[] {
  if (triageRota === undefined) return [];
  const overridden = Object.values(triageRota.overrides);
  return triageRota.shifts
    .map((shift) => told(triageRota, shift, swaps))
    .filter(
      (one) =>
        one.shift.who.includes(person) ||
        one.swaps.some(({ to }) => to === person) ||
        overridden.some((shifts) => shifts[one.shift.name] === person),
    );
}

/** Date by date; with `only` those of one person. */
function* dutiesOf(it: ToldShift, span: Span, only?: PersonId): Generator<Duty, undefined> {
  const { shift } = it;
  const last = localDay(shift.hours.zone, span.to);
  // From the day before, as a night shift belongs to the date on which it begins.
  for (let day = localDay(shift.hours.zone, span.from) - 1; day <= last; day += 1) {
    const date = dateOf(day);
    const planned = personOn(it, day, date);
    if (planned === undefined) continue;
    const person = swapped(planned, it.swaps, date);
    if (only !== undefined && person !== only) continue;
    for (const { from, to } of windowsOn(shift, day)) {
      if (to <= span.from || from >= span.to) continue;
      yield { shift: shift.name, date, person, insteadOf: person === planned ? null : planned, from, to };
    }
  }
}

/** Who took a shift over may pass it on. */
const swapped = (person: PersonId | null, swaps: readonly Swap[], on: string): PersonId | null =>
  swaps.reduce((does, { date, from, to }) => (date === on && does === from ? to : does), person);

/** Undefined: there is no such shift on that date. */
function personOn({ shift, overrides }: ToldShift, day: number, date: string): PersonId | null | undefined {
  const { name, who, hours } = shift;
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

/** A shift that began longer ago than this is not told of any more: Baton was down, and they have found out. */
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
