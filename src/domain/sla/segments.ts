import { DAY_MS, type Instant, instant } from '../ids';
import { type Compiled, compiledOf, plannedOn, planOn, shiftOn } from './compiled';
import type { Span } from './dayPlan';
import type { Calendar } from './hours';
import { weekdayIndex } from './localTime';
import { nth } from './sure';
import { regimeAt } from './zone';

/** A stretch of time in which the calendar is open, or closed for one reason. */
export interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  readonly open: boolean;
  readonly why: 'open' | 'night' | 'weekend' | 'holiday' | 'break' | 'closed';
  /** The holiday's name, when it has one. */
  readonly name?: string;
}

type Reason = Pick<Segment, 'open' | 'why' | 'name'>;

const OPEN: Reason = { open: true, why: 'open' };

/** Every stretch from `a` to `b`, in order and without gaps; neighbours of the same reason are one. */
export function segments(calendar: Calendar, a: Instant, b: Instant): readonly Segment[] {
  const compiled = compiledOf(calendar);
  const found: Segment[] = [];
  let at: number = a;
  while (at < b) {
    const { to, offsetMs } = regimeAt(calendar.zone, at);
    const day = Math.floor((at + offsetMs) / DAY_MS);
    const end = Math.min(b, to, (day + 1) * DAY_MS - offsetMs);
    const midnight = day * DAY_MS - offsetMs;
    for (const [from, until, reason] of stretchesOf(compiled, day)) {
      append(found, Math.max(at, midnight + from), Math.min(end, midnight + until), reason);
    }
    at = end;
  }
  return found;
}

function append(found: Segment[], from: number, to: number, reason: Reason): void {
  if (from >= to) return;
  const last = found.at(-1);
  const same = last !== undefined && last.why === reason.why && last.name === reason.name;
  const segment = { from: same ? last.from : instant(from), to: instant(to), ...reason };
  if (same) found[found.length - 1] = segment;
  else found.push(segment);
}

type Stretch = readonly [from: number, to: number, reason: Reason];

/** One local date from midnight to midnight, in ms of the day. */
function stretchesOf(compiled: Compiled, day: number): readonly Stretch[] {
  const holiday = compiled.holidays.get(day);
  if (holiday !== undefined) {
    return [[0, DAY_MS, { open: false, why: 'holiday', ...(holiday.name === null ? {} : { name: holiday.name }) }]];
  }
  const stretches: Stretch[] = [];
  let end = 0;
  for (const [from, to] of planOn(compiled, day).spans) {
    stretches.push(...closedStretches(compiled, day, [end, from]), [from, to, OPEN]);
    end = to;
  }
  return [...stretches, ...closedStretches(compiled, day, [end, DAY_MS])];
}

/** A closed stretch between open ones, cut where a break that was taken out ends and ordinary closing begins. */
function closedStretches(compiled: Compiled, day: number, gap: Span): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let end = gap[0];
  for (const [from, to] of takenFrom(compiled, day)) {
    const begin = Math.max(end, from);
    const until = Math.min(gap[1], to);
    if (begin >= until) continue;
    stretches.push([end, begin, closedWhy(compiled, day, end)], [begin, until, { open: false, why: 'break' }]);
    end = until;
  }
  return [...stretches, [end, gap[1], closedWhy(compiled, day, end)]];
}

/** What the date would have had open, where a break may have taken some of it. */
function takenFrom(compiled: Compiled, day: number): readonly Span[] {
  return compiled.breaks.has(day) || compiled.breaks.has(day - 1) ? plannedOn(compiled, day).spans : [];
}

/** Why the calendar is closed from `from` on: judged by the windows that start on that date. */
function closedWhy(compiled: Compiled, day: number, from: number): Reason {
  const windows = shiftOn(compiled, day).own;
  if (windows.length === 0) return { open: false, why: isWeekend(compiled, day) ? 'weekend' : 'closed' };
  const comesBefore = windows.some(([, end]) => end <= from);
  const comesAfter = windows.some(([start]) => start >= from);
  if (comesBefore && comesAfter) return { open: false, why: 'break' };
  // Between the end of last night's shift and the next night's: not a night.
  const afterNightShift = !comesBefore && shiftOn(compiled, day - 1).tail.some(([, end]) => end <= from);
  return { open: false, why: afterNightShift ? 'closed' : 'night' };
}

/** Saturday and Sunday without hours; Friday too where the week starts on Sunday. */
function isWeekend(compiled: Compiled, day: number): boolean {
  const index = weekdayIndex(day);
  return index >= 5 || (index === 4 && nth(compiled.week, 6).own.length > 0);
}
