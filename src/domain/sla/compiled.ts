import { DAY_MS } from '../ids';
import { CLOSED, type DayPlan, planOf, type Shift, shiftOf } from './dayPlan';
import { type Calendar, type Holiday, type TimeWindow, WEEKDAYS } from './hours';
import { dayNumber, weekdayIndex } from './localTime';
import { nth } from './sure';

/**
 * A calendar made ready for walking: open time along the local time line is a sum of table look-ups, so a walk over
 * years costs no more than a walk over hours. Days are counted from 1970-01-01; weekdays from Monday = 0.
 */
export interface Compiled {
  readonly week: readonly Shift[];
  readonly weekPlans: readonly DayPlan[];
  /** Open ms of a week before each weekday. */
  readonly weekBefore: readonly number[];
  readonly weekMs: number;
  readonly overrides: ReadonlyMap<number, Shift>;
  readonly breaks: ReadonlyMap<number, Shift>;
  readonly holidays: ReadonlyMap<number, Holiday>;
  /** Dates that may differ from their weekday, ascending; `deltaBefore[i]` is by how much the first i of them do in all. */
  readonly days: readonly number[];
  readonly deltaBefore: readonly number[];
  readonly plans: ReadonlyMap<number, DayPlan>;
}

const cache = new WeakMap<Calendar, Compiled>();

/** Throws on a calendar that `calendarProblems` would refuse. */
export function compiledOf(calendar: Calendar): Compiled {
  const known = cache.get(calendar);
  if (known !== undefined) return known;
  const made = compile(calendar);
  cache.set(calendar, made);
  return made;
}

function compile(calendar: Calendar): Compiled {
  const week = WEEKDAYS.map((day) => shiftOf(calendar.weekly[day] ?? []));
  const weekPlans = week.map(({ own }, index) => planOf([...own, ...nth(week, (index + 6) % 7).tail], []));
  const weekBefore = runningSums(weekPlans.map((plan) => plan.openMs));
  const holidays = new Map(calendar.holidays.map((it) => [dayOf(it.date), it]));
  const overrides = new Map(
    Object.entries(calendar.overrides).map(([date, windows]) => [dayOf(date), shiftOf(windows)]),
  );
  const breaks = new Map([...breakWindows(calendar)].map(([day, windows]) => [day, shiftOf(windows)]));
  // An override or a break may reach past midnight, so the date after it is special too.
  const reaching = [...overrides.keys(), ...breaks.keys()].flatMap((day) => [day, day + 1]);
  const days = [...new Set([...holidays.keys(), ...reaching])].sort((a, b) => a - b);
  const shifts = { week, overrides, breaks };
  const special = days.map((day) => ({ day, plan: holidays.has(day) ? CLOSED : specialPlan(shifts, day) }));
  const plans = new Map(special.map(({ day, plan }) => [day, plan]));
  const deltaBefore = runningSums(
    special.map(({ day, plan }) => plan.openMs - nth(weekPlans, weekdayIndex(day)).openMs),
  );
  return { ...shifts, weekPlans, weekBefore, weekMs: nth(weekBefore, 7), holidays, days, deltaBefore, plans };
}

function breakWindows(calendar: Calendar): ReadonlyMap<number, readonly TimeWindow[]> {
  const windows = new Map<number, readonly TimeWindow[]>();
  for (const it of calendar.breaks) windows.set(dayOf(it.date), [...(windows.get(dayOf(it.date)) ?? []), it]);
  return windows;
}

type Shifts = Pick<Compiled, 'week' | 'overrides' | 'breaks'>;

const NONE: Shift = { own: [], tail: [] };

/** The windows that start on a date: its override if it has one, else those of its weekday. */
export const shiftOn = (shifts: Shifts, day: number): Shift =>
  shifts.overrides.get(day) ?? nth(shifts.week, weekdayIndex(day));

/** A date as it would be without holidays and breaks. */
export const plannedOn = (shifts: Shifts, day: number): DayPlan =>
  planOf([...shiftOn(shifts, day).own, ...shiftOn(shifts, day - 1).tail], []);

function specialPlan(shifts: Shifts, day: number): DayPlan {
  const taken = [...(shifts.breaks.get(day) ?? NONE).own, ...(shifts.breaks.get(day - 1) ?? NONE).tail];
  return planOf(plannedOn(shifts, day).spans, taken);
}

/** The plan of a local date. */
export const planOn = (compiled: Compiled, day: number): DayPlan =>
  compiled.plans.get(day) ?? nth(compiled.weekPlans, weekdayIndex(day));

/** Open ms on the local time line from its (arbitrary) zero to the midnight that begins `day`. */
export function openBeforeDay(compiled: Compiled, day: number): number {
  const index = weekdayIndex(day);
  const weeks = (day - index + 3) / 7;
  const special = nth(compiled.deltaBefore, countBelow(compiled.days, day));
  return weeks * compiled.weekMs + nth(compiled.weekBefore, index) + special;
}

/** Open ms on the local time line from its zero to `local` (ms since local 1970-01-01T00:00). */
export function openBefore(compiled: Compiled, local: number): number {
  const day = Math.floor(local / DAY_MS);
  const inDay = local - day * DAY_MS;
  let open = openBeforeDay(compiled, day);
  for (const [from, to] of planOn(compiled, day).spans) open += Math.max(0, Math.min(to, inDay) - from);
  return open;
}

function dayOf(date: string): number {
  const day = dayNumber(date);
  if (day === null) throw new RangeError(`not a date: ${date}`);
  return day;
}

function countBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nth(sorted, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runningSums(values: readonly number[]): number[] {
  const sums = [0];
  let sum = 0;
  for (const value of values) {
    sum += value;
    sums.push(sum);
  }
  return sums;
}
