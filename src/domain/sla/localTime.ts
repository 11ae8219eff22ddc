import { DAY_MS } from '../ids';

/** Minutes since local midnight of `HH:MM` (`24:00` is 1440), or null when it is no time of day. */
export function minutesOfDay(text: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 24 * 60 ? total : null;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`, or null when there is no such date. */
export function dayNumber(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const at = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 2026-02-30 for 2 March: a date must read back as it was written.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(date) ? null : at / DAY_MS;
}

/** 0 = Monday … 6 = Sunday; day 0 (1970-01-01) was a Thursday. */
export const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A window as minutes from the midnight of its own date; an end past 1440 lies on the next date. Throws on a time that is none. */
export function windowMinutes(window: { readonly start: string; readonly end: string }): {
  start: number;
  end: number;
} {
  const start = minutesOfDay(window.start);
  const end = minutesOfDay(window.end);
  if (start === null || end === null) throw new RangeError(`not a window: ${window.start}-${window.end}`);
  return { start, end: end < start ? end + 24 * 60 : end };
}
