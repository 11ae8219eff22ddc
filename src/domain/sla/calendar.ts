import { DAY_MS, instant, MINUTE_MS } from '../ids';
import { compiledOf } from './compiled';
import { type Calendar, type TimeWindow, WEEKDAYS } from './hours';
import { dayNumber, minutesOfDay } from './localTime';
import { addOpen } from './walk';
import { knownZone } from './zone';

export { ALWAYS, type Calendar, type Holiday, type TimeWindow, type Weekday } from './hours';

/** What is wrong with a calendar, in sentences for whoever wrote it; none when it can be used. */
export function calendarProblems(calendar: Calendar): string[] {
  const problems = knownZone(calendar.zone)
    ? []
    : [`"${calendar.zone}" is not a time zone; use an IANA name such as Europe/London`];
  for (const day of WEEKDAYS) problems.push(...windowProblems(day, calendar.weekly[day] ?? []));
  for (const { date } of calendar.holidays) problems.push(...dateProblems('holiday', date));
  for (const [date, windows] of Object.entries(calendar.overrides)) {
    problems.push(...dateProblems('override', date), ...windowProblems(date, windows));
  }
  for (const { date, start, end } of calendar.breaks) {
    problems.push(...dateProblems('break', date), ...windowProblems(`break on ${date}`, [{ start, end }]));
  }
  if (problems.length > 0 || everOpens(calendar)) return problems;
  return [`calendar "${calendar.name}" has no open minute, so nothing could ever be due; give it hours, or write 24x7`];
}

function windowProblems(where: string, windows: readonly TimeWindow[]): string[] {
  return windows.flatMap(({ start, end }) => {
    const bad = [start, end].filter((time) => minutesOfDay(time) === null);
    if (bad.length > 0)
      return bad.map((time) => `${where}: "${time}" is not a time of day; write HH:MM from 00:00 to 24:00`);
    return start === '24:00' ? [`${where}: a window cannot start at 24:00; write 00:00 on the next day`] : [];
  });
}

function dateProblems(what: string, date: string): string[] {
  return dayNumber(date) === null ? [`${what} "${date}" is not a date; write YYYY-MM-DD`] : [];
}

function everOpens(calendar: Calendar): boolean {
  const compiled = compiledOf(calendar);
  if (compiled.weekMs > 0) return true;
  const first = compiled.days[0];
  // One day earlier, because a zone may be up to 14 hours ahead of UTC.
  return first !== undefined && addOpen(calendar, instant((first - 1) * DAY_MS), 1) !== null;
}

/**
 * The mean length in ms of the weekdays that have hours: what `1d` means on this calendar (24 h on 24x7).
 * A night shift belongs whole to the day on which it starts. Without weekly hours: 24 h.
 */
export function meanOpenDayMs(calendar: Calendar): number {
  const { week, weekMs } = compiledOf(calendar);
  const days = week.filter(({ own }) => own.length > 0).length;
  return days === 0 ? DAY_MS : Math.round(weekMs / days / MINUTE_MS) * MINUTE_MS;
}
