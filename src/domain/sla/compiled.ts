import { DAY_MS, MINUTE_MS } from '../ids';
import { type Calendar, type Holiday, type TimeWindow, WEEKDAYS } from './hours';
import { dayNumber, weekdayIndex, windowMinutes } from './localTime';

/** The open stretches of one local date, in ms since its midnight, in order and apart from each other. */
export interface DayPlan {
  readonly spans: readonly (readonly [from: number, to: number])[];
  readonly openMs: number;
}

/** A calendar made ready for walking: cumulative open time along the local time line is a sum of table look-ups. */
export interface Compiled {
  readonly week: readonly DayPlan[];
  /** Open ms of a week before each weekday, Monday first. */
  readonly weekBefore: readonly number[];
  readonly weekMs: number;
  /** Dates that differ from their weekday, ascending; `deltaBefore[i]` is by how much the first i of them differ in all. */
  readonly days: readonly number[];
  readonly deltaBefore: readonly number[];
  readonly plans: ReadonlyMap<number, DayPlan>;
  readonly holidays: ReadonlyMap<number, Holiday>;
  readonly breaks: ReadonlyMap<number, readonly TimeWindow[]>;
}

const CLOSED: DayPlan = { spans: [], openMs: 0 };
type Span = readonly [from: number, to: number];

const cache = new WeakMap<Calendar, Compiled>();

export function compiledOf(calendar: Calendar): Compiled {
  const known = cache.get(calendar);
  if (known !== undefined) return known;
  const made = compile(calendar);
  cache.set(calendar, made);
  return made;
}

function compile(calendar: Calendar): Compiled {
  const week = WEEKDAYS.map((_, index) => planOf(own(weekly(calendar, index)), tail(weekly(calendar, index + 6)), []));
  const weekBefore = runningSums(week.map((plan) => plan.openMs));
  const holidays = new Map(calendar.holidays.map((it) => [dayOf(it.date), it]));
  const breaks = new Map<number, readonly TimeWindow[]>();
  for (const it of calendar.breaks) breaks.set(dayOf(it.date), [...(breaks.get(dayOf(it.date)) ?? []), it]);
  const days = [
    ...new Set([
      ...holidays.keys(),
      ...withNext(breaks.keys()),
      ...withNext(Object.keys(calendar.overrides).map(dayOf)),
    ]),
  ];
  days.sort((a, b) => a - b);
  const plans = new Map(days.map((day) => [day, holidays.has(day) ? CLOSED : specialPlan(calendar, day, breaks)]));
  const deltas = days.map((day) => (plans.get(day)?.openMs ?? 0) - (week[weekdayIndex(day)]?.openMs ?? 0));
  return {
    week,
    weekBefore,
    weekMs: weekBefore[7] ?? 0,
    days,
    deltaBefore: runningSums(deltas),
    plans,
    holidays,
    breaks,
  };
}

const weekly = (calendar: Calendar, index: number): readonly TimeWindow[] =>
  calendar.weekly[WEEKDAYS[index % 7] ?? 'mon'] ?? [];

/** An override or a break may reach past midnight, so the date after is special too. */
const withNext = (days: Iterable<number>): number[] => [...days].flatMap((day) => [day, day + 1]);

function specialPlan(calendar: Calendar, day: number, breaks: ReadonlyMap<number, readonly TimeWindow[]>): DayPlan {
  const taken = [...own(breaks.get(day)), ...tail(breaks.get(day - 1))];
  return planOf(own(windowsOn(calendar, day)), tail(windowsOn(calendar, day - 1)), taken);
}

/** The windows that start on a date: its override if it has one, else those of its weekday. */
export const windowsOn = (calendar: Calendar, day: number): readonly TimeWindow[] =>
  calendar.overrides[dateText(day)] ?? weekly(calendar, weekdayIndex(day));

/** The plan of a local date. */
export function planOn(compiled: Compiled, day: number): DayPlan {
  return compiled.plans.get(day) ?? compiled.week[weekdayIndex(day)] ?? CLOSED;
}

/** Open ms on the local time line from its (arbitrary) zero to the midnight that begins `day`. */
export function openBeforeDay(compiled: Compiled, day: number): number {
  const index = weekdayIndex(day);
  const weeks = (day - index + 3) / 7;
  return (
    weeks * compiled.weekMs +
    (compiled.weekBefore[index] ?? 0) +
    (compiled.deltaBefore[countBelow(compiled.days, day)] ?? 0)
  );
}

/** Open ms on the local time line from its zero to `local` (ms since local 1970-01-01T00:00). */
export function openBefore(compiled: Compiled, local: number): number {
  const day = Math.floor(local / DAY_MS);
  const inDay = local - day * DAY_MS;
  let open = openBeforeDay(compiled, day);
  for (const [from, to] of planOn(compiled, day).spans) open += Math.max(0, Math.min(to, inDay) - from);
  return open;
}

function countBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const dateText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

function dayOf(date: string): number {
  const day = dayNumber(date);
  if (day === null) throw new RangeError(`not a date: ${date}`);
  return day;
}

/** The part of windows that lies on the date on which they start. */
export function own(windows: readonly TimeWindow[] = []): Span[] {
  return windows.map(windowMinutes).map(({ start, end }) => [start * MINUTE_MS, Math.min(end * MINUTE_MS, DAY_MS)]);
}

/** The part of windows that lies on the date after, from its midnight. */
export function tail(windows: readonly TimeWindow[] = []): Span[] {
  return windows
    .map(windowMinutes)
    .map(({ start, end }) => [Math.max(start * MINUTE_MS - DAY_MS, 0), end * MINUTE_MS - DAY_MS]);
}

export function planOf(starting: readonly Span[], tails: readonly Span[], taken: readonly Span[]): DayPlan {
  const open = united([...starting, ...tails]);
  const spans = united(taken).reduce(without, open);
  return { spans, openMs: spans.reduce((sum, [from, to]) => sum + to - from, 0) };
}

function united(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span[0] > last[1]) result.push(span);
    else result[result.length - 1] = [last[0], Math.max(last[1], span[1])];
  }
  return result;
}

function without(spans: Span[], hole: Span): Span[] {
  return spans.flatMap(([from, to]): Span[] => {
    const parts: Span[] = [
      [from, Math.min(to, hole[0])],
      [Math.max(from, hole[1]), to],
    ];
    return parts.filter((part) => part[1] > part[0]);
  });
}

function runningSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}
