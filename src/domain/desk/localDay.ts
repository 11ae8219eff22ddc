import { DAY_MS, type Instant, instant, MINUTE_MS } from '../ids';
import { regimeAt } from '../sla/zone';

/** The local date of `at` in `zone`, as days since 1970-01-01. */
export const localDay = (zone: string, at: Instant): number => Math.floor((at + regimeAt(zone, at).offsetMs) / DAY_MS);

/** `2026-11-23` of a number of days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** `15:00` on the wall in `zone`. */
export const wallTime = (zone: string, at: Instant): string => wallDate(zone, at).toISOString().slice(11, 16);

/** `15:00`, or on another day than `now` `Tue 24 Nov, 15:00`. */
export function wallText(zone: string, at: Instant, now: Instant): string {
  if (localDay(zone, at) === localDay(zone, now)) return wallTime(zone, at);
  const [day = '', date = '', month = ''] = wallDate(zone, at).toUTCString().split(/,? /);
  return `${day} ${Number(date)} ${month}, ${wallTime(zone, at)}`;
}

/** Shows in UTC what the wall shows in `zone`. */
const wallDate = (zone: string, at: Instant): Date => new Date(at + regimeAt(zone, at).offsetMs);

/**
 * When the clocks on the wall in `zone` show `minutes` after midnight of the local date `day`. A time that comes twice
 * (clocks go back) is its first one; a time that is skipped (clocks go forward) is the first moment after the gap.
 */
export function instantOn(zone: string, day: number, minutes: number): Instant {
  const local = day * DAY_MS + minutes * MINUTE_MS;
  const [before, after] = [local - DAY_MS, local + DAY_MS].map((at) => local - regimeAt(zone, at).offsetMs);
  const shown = [before, after].filter((at) => at !== undefined).sort((a, b) => a - b);
  const real = shown.find((at) => at + regimeAt(zone, at).offsetMs === local);
  return instant(real ?? regimeAt(zone, before ?? local).from);
}
