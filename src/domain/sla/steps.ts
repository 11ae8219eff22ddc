import type { Status } from '../case/case';
import type { ClockMove } from '../case/events';
import type { Desk } from '../desk/desk';
import type { Instant } from '../ids';
import {
  begunAt,
  type Clock,
  type ClockName,
  cancelClock,
  pauseClock,
  restartClock,
  resumeClock,
  retarget,
  startClock,
  withExtra,
} from './clock';
import type { Calendar } from './hours';
import { calendarInForce, type KeptCalendars, versionOf } from './kept';
import { type Dealt, rulesOf, termsOf } from './terms';
import { isOpen } from './walk';

export interface Pace {
  readonly desk: Desk;
  readonly at: Instant;
}

/** The case as the clocks look at it. */
export type Situation = Dealt & { readonly status: Status; readonly calendars?: KeptCalendars };

/** A clock after a change, and what was done to it; no moves: nothing has changed. */
export interface Step {
  readonly clock: Clock;
  readonly moves: readonly ClockMove[];
}

export const still = (clock: Clock): Step => ({ clock, moves: [] });

interface Doing {
  readonly kind: ClockMove['kind'];
  readonly at: Instant;
  readonly why?: string | undefined;
  readonly anew?: true;
}

/** The clock became `after`; the same object means that nothing was done. */
export function stepped(before: Step, after: Clock, { kind, at, why, anew }: Doing): Step {
  if (after === before.clock) return before;
  const { name, targetMs, calendar, extraMs } = after;
  const move: ClockMove = {
    clock: name,
    kind,
    at,
    targetMs,
    calendar,
    ...(extraMs !== undefined && { extraMs }),
    ...(anew !== undefined && { anew }),
    ...(why !== undefined && { why }),
  };
  return { clock: after, moves: [...before.moves, move] };
}

/** One step after another. */
export function onward(step: Step, next: (clock: Clock) => Step): Step {
  const { clock, moves } = next(step.clock);
  return { clock, moves: [...step.moves, ...moves] };
}

/** A clock that begins now, or begins anew from what it was; on a case whose status lets it stand still, it stands still. */
export function begun(what: ClockName | Clock, it: Situation, pace: Pace, why?: string): Step {
  const { at, desk } = pace;
  const name = typeof what === 'string' ? what : what.name;
  const { targetMs, calendar } = termsOf(name, it, desk);
  const fresh =
    typeof what === 'string'
      ? startClock(name, targetMs ?? 0, calendar, at)
      : { ...restartClock(what, calendar, at), targetMs: targetMs ?? 0 };
  const clock = withExtra(fresh, graceFor(name, desk, calendar, at));
  const nothing = still(fresh);
  const isFirst = typeof what === 'string';
  const unpromised: Doing = {
    kind: 'cancelled',
    at,
    why: why ?? 'nothing is promised',
    ...(isFirst ? {} : { anew: true }),
  };
  const begins =
    targetMs === null
      ? stepped(nothing, cancelClock(clock, calendar, at), unpromised)
      : stepped(nothing, { ...clock }, { kind: isFirst ? 'started' : 'restarted', at, why });
  return onward(begins, (now) => pacedBy(now, it, pace));
}

/** What arrives while its calendar is closed has some minutes more; nobody was there to see it come. */
function graceFor(name: ClockName, desk: Desk, calendar: Calendar, at: Instant): number {
  return name === 'update' || isOpen(calendar, at) ? 0 : rulesOf(desk).graceMs;
}

/**
 * `at`, or the last change of the clock when that is later: a message may be heard after something that happened after it,
 * and what was counted until then stays counted.
 */
export const notBefore = (clock: Clock, at: Instant): Instant =>
  clock.state === 'idle' || clock.since === null || clock.since < at ? at : clock.since;

/** The clock with the target, the calendar and the pace that it has to have now. `why`: what has just changed. */
export function inLine(clock: Clock, it: Situation, pace: Pace, why?: string): Step {
  if (clock.state === 'stopped') return still(clock);
  const then = { ...pace, at: notBefore(clock, pace.at) };
  return onward(onTerms(clock, it, then, why), (now) => pacedBy(now, it, then));
}

/** A change of what is promised keeps what has elapsed (rule 5); an edited calendar counts from now on (rule 7). */
function onTerms(clock: Clock, it: Situation, pace: Pace, why?: string): Step {
  const { desk, at } = pace;
  const { targetMs, calendar } = termsOf(clock.name, it, desk);
  const oldCalendar = calendarInForce(it, desk, clock.calendar);
  const isMoved = clock.calendar !== calendar.name;
  const isEdited = !isMoved && versionOf(oldCalendar) !== versionOf(calendar);
  const promisedBefore = clock.state === 'cancelled' ? null : clock.targetMs;
  if (targetMs === promisedBefore && !isMoved && !isEdited) return still(clock);
  // Nobody promised updates meanwhile, so the grid begins where the promise does.
  if (clock.name === 'update' && promisedBefore === null && targetMs !== null) return begun(clock, it, pace, why);
  const extraMs = extraAfter(clock, { calendar, isMoved, isNewTarget: targetMs !== promisedBefore }, desk);
  const moved = retarget(clock, { targetMs, oldCalendar, calendar, ...(extraMs !== undefined && { extraMs }) }, at);
  const said = why ?? (isEdited ? `calendar “${calendar.name}” was edited` : 'the desk file was edited');
  return stepped(still(clock), moved, { kind: targetMs === null ? 'cancelled' : 'retargeted', at, why: said });
}

interface NewTerms {
  readonly calendar: Calendar;
  readonly isMoved: boolean;
  readonly isNewTarget: boolean;
}

/** Another step of the grid is counted from the last word; grace depends on the calendar that what came met. */
function extraAfter(clock: Clock, { calendar, isMoved, isNewTarget }: NewTerms, desk: Desk): number | undefined {
  if (clock.name === 'update') return isNewTarget ? 0 : undefined;
  const begin = begunAt(clock);
  return isMoved && begin !== null ? graceFor(clock.name, desk, calendar, begin) : undefined;
}

/** Standing still or going on, as the status of the case asks of this clock. */
function pacedBy(clock: Clock, it: Situation, { desk, at }: Pace): Step {
  const stands = rulesOf(desk).pauses[clock.name]?.includes(it.status) ?? false;
  const isStanding = clock.state === 'paused' || (clock.state === 'cancelled' && clock.since === null);
  if (clock.state === 'idle' || clock.state === 'stopped' || stands === isStanding) return still(clock);
  const calendar = calendarAfter(clock, it, desk);
  return stands
    ? stepped(still(clock), pauseClock(clock, calendar, at), { kind: 'paused', at, why: standsWhile(it.status) })
    : stepped(still(clock), resumeClock(clock, calendar, at), { kind: 'resumed', at });
}

/** By now the clock runs on the desk's calendar; `onTerms` has seen to that. */
const calendarAfter = (clock: Clock, it: Situation, desk: Desk): Calendar => termsOf(clock.name, it, desk).calendar;

const standsWhile = (status: Status): string =>
  status === 'Awaiting client' ? 'waiting for the client' : `while the case is ${status}`;
