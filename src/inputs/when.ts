import { GB } from 'chrono-node/en';
import { instantOn } from '../domain/desk/localDay';
import { durationMs, readDuration } from '../domain/durations';
import { DAY_MS, type Instant, instant, later, MINUTE_MS } from '../domain/ids';
import { dayNumber } from '../domain/sla/localTime';
import { regimeAt } from '../domain/sla/zone';

const AHEAD_MAX_MS = 366 * DAY_MS;

/**
 * The instant that `tomorrow 9:00`, `Friday`, `24 Dec 14:00` or `2h` names for somebody in `zone`; a day without a time is
 * its beginning. Null when it names none, or none that lies ahead within a year.
 */
export function readWhen(text: string, { at, zone }: { readonly at: Instant; readonly zone: string }): Instant | null {
  const words = text.trim().slice(0, 100);
  const length = readDuration(words);
  const read = typeof length === 'string' ? named(words, at, zone) : later(at, durationMs(length, DAY_MS));
  return read !== null && read > at && read - at <= AHEAD_MAX_MS ? read : null;
}

function named(words: string, at: Instant, zone: string): Instant | null {
  const timezone = regimeAt(zone, at).offsetMs / MINUTE_MS;
  const [found] = GB.parse(words, { instant: new Date(at), timezone }, { forwardDate: true });
  if (found === undefined) return null;
  const { start } = found;
  if (start.tags().has('result/relativeDateAndTime')) return instant(start.date().getTime());
  const figures = (value: number | null): string => String(value ?? 0).padStart(2, '0');
  const day = dayNumber(`${start.get('year')}-${figures(start.get('month'))}-${figures(start.get('day'))}`);
  if (day === null) return null;
  const minutes = start.isCertain('hour') ? (start.get('hour') ?? 0) * 60 + (start.get('minute') ?? 0) : 0;
  return instantOn(zone, day, minutes);
}
