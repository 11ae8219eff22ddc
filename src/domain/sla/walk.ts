import { DAY_MS, type Instant, instant } from '../ids';
import { type Compiled, compiledOf, openBefore, openBeforeDay, planOn } from './compiled';
import type { Calendar } from './hours';
import { sure } from './sure';
import { regimeAt } from './zone';

export { segments } from './segments';

// A walk that finds nothing in 100 years has found "never"; it takes about 0.1 s once to see that far in a new zone.
const HORIZON_MS = 36_525 * DAY_MS;

/** Open ms from `a` to `b`: a minute counts iff its local wall-clock minute is open. 0 when `b` is not after `a`. */
export function openBetween(calendar: Calendar, a: Instant, b: Instant): number {
  const compiled = compiledOf(calendar);
  let open = 0;
  let at: number = a;
  while (at < b) {
    const { to, offsetMs } = regimeAt(calendar.zone, at);
    const end = Math.min(b, to);
    open += openBefore(compiled, end + offsetMs) - openBefore(compiled, at + offsetMs);
    at = end;
  }
  return open;
}

/**
 * The EARLIEST instant at which `ms` open ms have passed since `start`: the close, not the next opening. For 0 it is
 * `start` while open, else the next opening. Negative `ms` walks back, to the LATEST instant since which that much was
 * open. Null when that never comes.
 */
export function addOpen(calendar: Calendar, start: Instant, ms: number): Instant | null {
  if (ms < 0) return walkBack(calendar, start, -ms);
  return ms === 0 ? latestWithin(calendar, start, 0) : walk(calendar, start, ms, 'earliest');
}

/** The LAST instant at which no more than `ms` (>= 0) open ms have passed since `start`; null when it never comes to more. */
export function latestWithin(calendar: Calendar, start: Instant, ms: number): Instant | null {
  return walk(calendar, start, ms, 'latest');
}

/** Whether the local minute that `at` lies in counts. */
export function isOpen(calendar: Calendar, at: Instant): boolean {
  const local = at + regimeAt(calendar.zone, at).offsetMs;
  const day = Math.floor(local / DAY_MS);
  const inDay = local - day * DAY_MS;
  return planOn(compiledOf(calendar), day).spans.some(([from, to]) => from <= inDay && inDay < to);
}

type Reach = 'earliest' | 'latest';

function walk(calendar: Calendar, start: Instant, ms: number, reach: Reach): Instant | null {
  const compiled = compiledOf(calendar);
  const horizon = start + HORIZON_MS;
  let need = ms;
  for (let at: number = start; at < horizon; ) {
    const { to, offsetMs } = regimeAt(calendar.zone, at);
    const end = Math.min(to, horizon);
    if (compiled.weekMs === 0 && at + offsetMs >= afterLastSpecial(compiled)) return null;
    const before = openBefore(compiled, at + offsetMs);
    const within = openBefore(compiled, end + offsetMs) - before;
    if (within > need || (within === need && reach === 'earliest')) {
      return instant(localAt(compiled, before + need, reach, [at + offsetMs, end + offsetMs]) - offsetMs);
    }
    need -= within;
    at = end;
  }
  return null;
}

function walkBack(calendar: Calendar, start: Instant, ms: number): Instant | null {
  const compiled = compiledOf(calendar);
  const horizon = start - HORIZON_MS;
  let need = ms;
  for (let at: number = start; at > horizon; ) {
    const { from, offsetMs } = regimeAt(calendar.zone, at - 1);
    const begin = Math.max(from, horizon);
    if (compiled.weekMs === 0 && at + offsetMs <= (compiled.days[0] ?? Number.POSITIVE_INFINITY) * DAY_MS) return null;
    const after = openBefore(compiled, at + offsetMs);
    const within = after - openBefore(compiled, begin + offsetMs);
    if (within >= need) {
      return instant(localAt(compiled, after - need, 'latest', [begin + offsetMs, at + offsetMs]) - offsetMs);
    }
    need -= within;
    at = begin;
  }
  return null;
}

const afterLastSpecial = (compiled: Compiled): number =>
  ((compiled.days.at(-1) ?? Number.NEGATIVE_INFINITY) + 1) * DAY_MS;

/** The local ms in `range` at which `goal` open ms are reached (earliest) or about to be passed (latest). */
function localAt(compiled: Compiled, goal: number, reach: Reach, range: readonly [number, number]): number {
  const reached = (open: number, of: number) => (reach === 'earliest' ? open >= of : open > of);
  let day = Math.floor(range[0] / DAY_MS);
  let last = Math.floor(range[1] / DAY_MS);
  while (day < last) {
    const middle = Math.floor((day + last) / 2);
    if (reached(openBeforeDay(compiled, middle + 1), goal)) last = middle;
    else day = middle + 1;
  }
  const midnight = day * DAY_MS;
  const [, close] = sure(
    planOn(compiled, day).spans.find(([, to]) => reached(openBefore(compiled, midnight + to), goal)),
  );
  return midnight + close - (openBefore(compiled, midnight + close) - goal);
}
