import { DAY_MS, type Instant, later, type PersonId } from '../ids';
import { addOpen, isOpen } from '../sla/walk';
import type { Busy } from './busy';
import type { Desk } from './desk';
import { dutiesFor, firstDutyOf, type Swap } from './rota';
import { shiftsOf } from './shifts';
import { openSpans } from './spans';

/** Somebody said that they are away, and until when. */
export interface Absence {
  readonly person: PersonId;
  readonly from: Instant;
  readonly until: Instant;
}

/** What people have said in chat about when they are there, beyond the desk file. */
export interface Attendance {
  readonly away: readonly Absence[];
  readonly swaps: readonly Swap[];
  /** What platforms tell of people, as last heard; absent where none tells. It moves nobody’s shift. */
  readonly busy?: readonly Busy[];
}

export const AS_PLANNED: Attendance = { away: [], swaps: [] };

/** What it takes to know who is there. */
export interface Plan {
  readonly desk: Desk;
  readonly attendance: Attendance;
}

/** Shifts of the rota are looked for this far ahead. */
const AHEAD_MS = 21 * DAY_MS;
/** Absences and closed days may follow one another. */
const STEPS_MAX = 20;

/** Until when they said that they are away; null when they are not. */
export function awayUntil({ away }: Attendance, person: PersonId, at: Instant): Instant | null {
  const ends = away.filter((one) => one.person === person && one.from <= at && at < one.until).map((one) => one.until);
  return ends.length === 0 ? null : (Math.max(...ends) as Instant);
}

/** Whether they work now: in their hours or on a shift of the rota, and not away. */
export function isOnShift(plan: Plan, person: PersonId, at: Instant): boolean {
  if (awayUntil(plan.attendance, person, at) !== null) return false;
  return isOpen(shiftsOf(plan.desk, person), at) || isOnDuty(plan, person, at);
}

const isOnDuty = ({ desk, attendance }: Plan, person: PersonId, at: Instant): boolean =>
  firstDutyOf(desk, attendance.swaps, person, { from: at, to: later(at, 1) }) !== null;

/** When they are there again: `at` itself while they are; null: nobody knows. */
export function backAt(plan: Plan, person: PersonId, at: Instant): Instant | null {
  let from = at;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const gone = awayUntil(plan.attendance, person, from);
    if (gone !== null) {
      from = gone;
      continue;
    }
    if (isOnShift(plan, person, from)) return from;
    const next = nextStart(plan, person, from);
    if (next === null) return null;
    from = next;
  }
  return null;
}

function nextStart({ desk, attendance }: Plan, person: PersonId, from: Instant): Instant | null {
  const opens = addOpen(shiftsOf(desk, person), from, 0);
  const duty = firstDutyOf(desk, attendance.swaps, person, { from, to: later(from, AHEAD_MS) });
  const starts = [opens, duty?.from ?? null].filter((at) => at !== null && at > from);
  return starts.length === 0 ? null : (Math.min(...(starts as number[])) as Instant);
}

/** When they leave, while they are there: the end of their hours and duties, or the beginning of an absence. Null: not within a week, or not there. */
export function leavesAt(plan: Plan, person: PersonId, at: Instant): Instant | null {
  if (!isOnShift(plan, person, at)) return null;
  const week = { from: at, to: later(at, 7 * DAY_MS) };
  const hours = openSpans(shiftsOf(plan.desk, person), week);
  const duties = dutiesFor(plan.desk, plan.attendance.swaps, person, week);
  const there = [...hours, ...duties].sort((a, b) => a.from - b.from);
  let end: Instant = at;
  for (const span of there) if (span.from <= end && span.to > end) end = span.to;
  const goes = plan.attendance.away.filter((one) => one.person === person && one.from > at).map((one) => one.from);
  const first = Math.min(end, ...goes) as Instant;
  return first >= week.to ? null : first;
}
