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

/** The whole-day events of an iCal text; what has a time of day is an appointment and closes nothing. */
export function readHolidays(text: string, year: number): ReadHolidays {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
    const holidays = events.filter(closesADay).flatMap((event) => holidaysOf(event, year));
    if (holidays.length === 0) return { problem: 'holds no whole-day event, so no holiday' };
    return { holidays: holidays.sort((one, other) => one.date.localeCompare(other.date)) };
  } catch {
    // ical.js throws its own errors and, on some garbage, TypeErrors; none says more to a person than this.
    return { problem: 'is not an iCal file' };
  }
}

function closesADay(event: ICAL.Event): boolean {
  return event.startDate?.isDate === true && event.component.getFirstPropertyValue('status') !== 'CANCELLED';
}

function holidaysOf(event: ICAL.Event, year: number): Holiday[] {
  const name = event.summary?.trim() || null;
  const days = Math.min(Math.max(1, Math.round(event.duration.toSeconds() / 86_400)), DAYS_MAX);
  return startsOf(event, year).flatMap((start) =>
    Array.from({ length: days }, (_, day) => {
      const date = start.clone();
      date.adjust(day, 0, 0, 0);
      return { date: date.toString().slice(0, 'YYYY-MM-DD'.length), name };
    }),
  );
}

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
