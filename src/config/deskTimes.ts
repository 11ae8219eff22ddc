import { z } from 'zod';
import { ALWAYS, type Calendar } from '../domain/sla/calendar';
import { WEEKDAYS } from '../domain/sla/hours';
import { dayNumber, minutesOfDay } from '../domain/sla/localTime';
import { knownZone } from '../domain/sla/zone';
import { block, line, listOf, oneOrMany } from './deskWords';
import { type Duration, readDuration } from './durations';

export const ROUND_THE_CLOCK = '24x7';

const window = line.transform((written, context) => {
  const [start, end, ...more] = written.split(/[-–]/).map(timeOfDay);
  if (start && end && start !== '24:00' && more.length === 0) return { start, end };
  const message = `"${written}" is not a stretch of a day; write "09:00-17:30", with times from 00:00 to 24:00`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});
/** `"09:00-12:30"`, one or several; an end before its start crosses midnight. */
const windows = oneOrMany(window, '["09:00-12:30", "13:30-17:30"]').default([]);

/** When a person is left in peace: `"22:00-07:00"`, one or several. */
export const quietWindows = oneOrMany(
  window,
  '["22:00-07:00"]',
  'must name at least one stretch, such as "22:00-07:00"',
);

/** The same quiet time every day, as a calendar whose open time is quiet. */
export function quietFrom(windows: z.infer<typeof quietWindows>, zone: string): Calendar {
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, windows]));
  return { name: 'quiet', zone, weekly, holidays: [], overrides: {}, breaks: [] };
}

/** `HH:MM`; a single-figure hour is given its zero. */
function timeOfDay(written: string): string | null {
  const time = written.trim().padStart('HH:MM'.length, '0');
  return minutesOfDay(time) === null ? null : time;
}

/** A time of the day that a clock on the wall can show: 24:00 is not one. */
export const timeOfDayWord = line.transform((written, context) => {
  const time = timeOfDay(written);
  if (time !== null && time !== '24:00') return time;
  context.addIssue({
    code: 'custom',
    message: `"${written}" is not a time of day; write it as "08:30", from 00:00 to 23:59`,
  });
  return z.NEVER;
});

const WHOLE_WEEK = Object.fromEntries(WEEKDAYS.map((day) => [day, ['00:00-24:00']]));
const week = block(
  { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows },
  'must be the open days, such as mon: ["09:00-17:30"], or the word 24x7',
);
const hours = z.preprocess((value) => (value === ROUND_THE_CLOCK ? WHOLE_WEEK : value), week);

export const date = line.refine((written) => dayNumber(written) !== null, {
  error: ({ input }) => `"${String(input)}" is not a date; write YYYY-MM-DD, such as 2026-12-25`,
});
const HOLIDAY_FORM =
  'must be a date such as 2026-12-25, or {date: 2026-12-25, name: Christmas}, {ical: ./holidays.ics}, or {ical: https://…}';
const holiday = z.preprocess(
  (value) => (typeof value === 'string' ? { date: value } : value),
  block({ date: date.optional(), name: line.nullable().default(null), ical: line.optional() }, HOLIDAY_FORM).refine(
    (written) => (written.date === undefined) !== (written.ical === undefined),
    HOLIDAY_FORM,
  ),
);
/** A list of dates and files, or one file by itself. */
const holidays = z
  .preprocess((value) => (isFile(value) ? [value] : value), listOf(holiday, '[2026-12-25]'))
  .default([]);
const isFile = (value: unknown) => typeof value === 'object' && value !== null && 'ical' in value;

const byDate = z
  .record(date, windows, { error: 'must be dates with their hours, such as 2026-12-24: ["09:00-12:00"]' })
  .default({});

/** The keys by which a calendar is described, in `desk:` and below `calendars:`. */
export const calendarKeys = {
  timezone: line
    .refine(knownZone, {
      error: ({ input }) => `"${String(input)}" is not a time zone; use an IANA name such as Europe/London`,
    })
    .optional(),
  hours: hours.optional(),
  holidays,
  /** Other hours on one date; they replace those of the week. */
  overrides: byDate,
  /** Stretches taken out of one date, e.g. a fire drill. */
  breaks: byDate,
};
const calendarShape = z.object(calendarKeys);
export type CalendarWords = z.infer<typeof calendarShape>;

/** Without hours: round the clock. Files of holidays have to be read before. */
export function calendarFrom(name: string, words: CalendarWords, zone: string): Calendar {
  const { overrides, breaks } = words;
  return {
    name,
    zone: words.timezone ?? zone,
    weekly: words.hours ?? ALWAYS.weekly,
    holidays: words.holidays.flatMap(({ date, name }) => (date === undefined ? [] : [{ date, name }])),
    overrides,
    breaks: Object.entries(breaks).flatMap(([day, taken]) => taken.map((stretch) => ({ date: day, ...stretch }))),
  };
}

/** When a person works: their hours in their zone, on the desk's holidays not; null where the file does not say. */
export function shiftFrom(
  person: { readonly id: string; readonly hours?: CalendarWords['hours']; readonly timezone?: string | undefined },
  desk: CalendarWords,
  zone: string,
): Calendar | null {
  if (person.hours === undefined) return null;
  const { holidays } = desk;
  const words = { timezone: person.timezone, hours: person.hours, holidays, overrides: {}, breaks: {} };
  return calendarFrom(`hours of ${person.id}`, words, zone);
}

/** `75%` of the target, or `30m before` it is due. */
export const warningMark = line.transform((written, context): MarkWords => {
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(written)?.[1];
  const ahead = /^(.+?)\s+before$/.exec(written)?.[1];
  const before = ahead === undefined ? undefined : readDuration(ahead);
  if (typeof before === 'object') return { kind: 'before', duration: before };
  if (share !== undefined && Number(share) > 0 && Number(share) < 100)
    return { kind: 'share', share: Number(share) / 100 };
  const said =
    share === undefined ? 'is not a mark; write 75% or 30m before' : 'must lie between 0 % and 100 %, both excluded';
  context.addIssue({ code: 'custom', message: before ?? `"${written}" ${said}` });
  return z.NEVER;
});
export type MarkWords =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'before'; readonly duration: Duration };
