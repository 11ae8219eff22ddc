import { isNativeError } from 'node:util/types';
import { createContext, Script } from 'node:vm';
import ICAL from 'ical.js';
import type { Holiday } from '../domain/sla/calendar';

export type ReadHolidays = { readonly holidays: readonly Holiday[] } | { readonly problem: string };

/** Repeating holidays are written out from two years back to ten ahead: a case lives in between. */
const YEARS_BACK = 2;
const YEARS_AHEAD = 10;
/** A rule for every second of ten years is no holiday. */
const OCCURRENCES_MAX = 5000;
/** A holiday of more days than this is a mistake in its end. */
const DAYS_MAX = 62;
/** Thirty rules since 1970 took 0.2 s on a busy machine. ical.js looks for 30 February for ever (FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30). */
const READ_WITHIN_MS = 2000;
const TOO_LONG = 'takes too long to read: an event in it repeats without end, or it is no calendar of holidays';

/**
 * The whole-day events of an iCal text; what has a time of day is an appointment and closes nothing. Events that are
 * cancelled are left out, also single days of a repeated one; one that is moved counts where it was moved to (RFC 5545, 3.8.4.4).
 * @param year the one that is now, by which repeated events are written out.
 */
export function readHolidays(text: string, year: number): ReadHolidays {
  try {
    const holidays = inTime(() => allHolidays(text, year));
    if (holidays.length === 0) return { problem: 'holds no whole-day event, so no holiday' };
    return { holidays: holidays.sort((one, other) => one.date.localeCompare(other.date)) };
  } catch (error) {
    // ical.js throws its own errors and, on some garbage, TypeErrors; none says more to a person than this.
    const tookTooLong = isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    return { problem: tookTooLong ? TOO_LONG : 'is not an iCal file' };
  }
}

/** What takes longer is ended from outside: no loop of a library may hold the process. */
function inTime<Found>(find: () => Found): Found {
  const told: { find: () => void; found: Found | null } = {
    find: () => {
      told.found = find();
    },
    found: null,
  };
  new Script('find()').runInContext(createContext(told), { timeout: READ_WITHIN_MS });
  if (told.found === null) throw new Error('A script that ended has run to its end.');
  return told.found;
}

function allHolidays(text: string, year: number): Holiday[] {
  const calendar = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/, '')));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  const replaced = new Set(events.filter((event) => event.isRecurrenceException()).map(replacedDay));
  return events.filter(closesADay).flatMap((event) =>
    startsOf(event, year)
      .filter((start) => event.isRecurrenceException() || !replaced.has(`${dateOf(start)} ${event.uid}`))
      .flatMap((start) => daysFrom(start, event)),
  );
}

/** The day of a repeated event in whose place this one stands. */
const replacedDay = ({ recurrenceId, uid }: ICAL.Event): string => `${dateOf(recurrenceId)} ${uid}`;

function closesADay({ component, startDate, endDate }: ICAL.Event): boolean {
  if (!startDate || String(component.getFirstPropertyValue('status')).toUpperCase() === 'CANCELLED') return false;
  if (startDate.isDate) return true;
  // Outlook writes a whole day as an appointment from midnight to midnight.
  const isWritten = component.getFirstPropertyValue('x-microsoft-cdo-alldayevent') === 'TRUE';
  const isLocal = startDate.zone !== ICAL.Timezone.utcTimezone;
  const isMidnight = [startDate, endDate].every((it) => it.hour === 0 && it.minute === 0 && it.second === 0);
  return isWritten || (isLocal && isMidnight && lengthInDays(startDate, endDate) > 0);
}

/** By the dates alone: the night on which clocks are put forward has 23 hours. */
function lengthInDays(start: ICAL.Time, end: ICAL.Time): number {
  return (Date.parse(dateOf(end)) - Date.parse(dateOf(start))) / 86_400_000;
}

function daysFrom(start: ICAL.Time, event: ICAL.Event): Holiday[] {
  const name = event.summary?.trim() || null;
  const days = Math.min(Math.max(1, lengthInDays(event.startDate, event.endDate)), DAYS_MAX);
  return Array.from({ length: days }, (_, day) => {
    const date = start.clone();
    date.adjust(day, 0, 0, 0);
    return { date: dateOf(date), name };
  });
}

const dateOf = (time: ICAL.Time): string => time.toString().slice(0, 'YYYY-MM-DD'.length);

function startsOf(event: ICAL.Event, year: number): ICAL.Time[] {
  if (!event.isRecurring()) return [event.startDate];
  const starts: ICAL.Time[] = [];
  const occurrences = event.iterator();
  for (let count = 0; count < OCCURRENCES_MAX; count += 1) {
    const start = occurrences.next();
    if (!start || start.year > year + YEARS_AHEAD) break;
    if (start.year >= year - YEARS_BACK) starts.push(start);
  }
  return starts;
}
