import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './ids';

/** A length of time as written. How long a `d` is depends on the calendar that counts it. */
export interface Duration {
  readonly count: number;
  readonly unit: 's' | 'm' | 'h' | 'd';
}

const FORM = /^(\d{1,9})\s*([smhd])$/;
const LONGEST_MS = 3660 * DAY_MS;
const UNIT_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** `90s`, `30m`, `4h` or `2d`; otherwise a sentence that says what is wrong with it. */
export function readDuration(written: string): Duration | string {
  const [, count, unit] = FORM.exec(written.trim()) ?? [];
  if (count === undefined || !isUnit(unit)) return `"${written}" is not a length of time; write 90s, 30m, 4h or 2d`;
  const read = { count: Number(count), unit };
  const ms = durationMs(read, DAY_MS);
  if (ms === 0) return `"${written}" is no time at all; write at least 1s`;
  return ms > LONGEST_MS ? `"${written}" is more than ten years; that cannot be meant` : read;
}

/** In milliseconds; `dayMs` is what one `d` means: 24 h, or the mean open day of a business calendar. */
export function durationMs({ count, unit }: Duration, dayMs: number): number {
  return count * (unit === 'd' ? dayMs : UNIT_MS[unit]);
}

function isUnit(unit: string | undefined): unit is Duration['unit'] {
  return unit !== undefined && unit in UNIT_MS;
}
