import { earliest, type Instant, later } from '../ids';
import type { Calendar } from './hours';
import { addOpen, latestWithin, openBetween } from './walk';

export type ClockName = 'first_response' | 'resolution' | 'triage' | 'next_response' | 'update';

/** When to warn: at a share of the target (0 < share < 1), or so many open ms before it is used up. */
export type Mark =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'before'; readonly ms: number };

/** A finished stretch of counting; kept so that a calendar may be asked to count again. */
export interface Run {
  readonly from: Instant;
  readonly to: Instant;
}

interface Counted {
  readonly name: ClockName;
  /** Open ms that are promised. */
  readonly targetMs: number;
  /**
   * Open ms by which this cycle is longer (or shorter, below zero) than the target: grace for what came out of hours, or
   * what the grid of updates leaves until its next point. Absent: none.
   */
  readonly extraMs?: number;
  /** The name of the calendar in force; the calendar itself is told to every function. */
  readonly calendar: string;
  /** Counts restarts: a warning or a breach is given once a cycle. */
  readonly cycle: number;
  /** Open ms counted up to the last change (`since` of a running clock). */
  readonly elapsedMs: number;
  readonly runs: readonly Run[];
  /** The first instant at which the target was used up; for a target that shrank, the instant of the change. */
  readonly reachedAt: Instant | null;
  /** The last instant at which the target was kept, or the change that shrank it. Latched: only a restart clears it. */
  readonly breachedAt: Instant | null;
  /** Whether `advance` has told of the breach. */
  readonly breachTold: boolean;
  /** Keys of the marks that were warned of or passed. */
  readonly warned: readonly string[];
}

export type Clock =
  | (Counted & { readonly state: 'idle' })
  | (Counted & { readonly state: 'running'; readonly since: Instant })
  | (Counted & { readonly state: 'paused'; readonly since: Instant })
  /** Stopped by what it waited for: met unless breached, or neither when nothing was promised. `dueAt` is as it stood then. */
  | (Counted & {
      readonly state: 'stopped';
      readonly since: Instant;
      readonly dueAt: Instant | null;
      readonly promised: boolean;
    })
  /** Nothing is promised at present. Time goes on from `since` (null: it was paused), so a new target finds all of it. */
  | (Counted & { readonly state: 'cancelled'; readonly since: Instant | null });

export type RunningClock = Extract<Clock, { state: 'running' }>;
export type ClockState = 'idle' | 'running' | 'paused' | 'met' | 'breached' | 'cancelled';

/** All of the open ms of this cycle. */
export const promisedMs = (clock: Pick<Counted, 'targetMs' | 'extraMs'>): number =>
  clock.targetMs + (clock.extraMs ?? 0);

export const markKey = (mark: Mark): string => (mark.kind === 'share' ? `share:${mark.share}` : `before:${mark.ms}`);

/** A clock that waits for its reason to start, such as the next unanswered message. */
export function idleClock(name: ClockName, targetMs: number, calendar: Calendar): Clock {
  const nothing = {
    cycle: 0,
    elapsedMs: 0,
    runs: [],
    reachedAt: null,
    breachedAt: null,
    breachTold: false,
    warned: [],
  };
  return { name, targetMs, calendar: calendar.name, ...nothing, state: 'idle' };
}

/** A clock that counts from `at`. `targetMs` is open time on `calendar`. */
export function startClock(name: ClockName, targetMs: number, calendar: Calendar, at: Instant): Clock {
  return { ...idleClock(name, targetMs, calendar), cycle: 1, state: 'running', since: at };
}

/** The clock with its cycle made longer by `extraMs` (grace); for one that has just been started or restarted. */
export const withExtra = (clock: Clock, extraMs: number): Clock => (extraMs === 0 ? clock : { ...clock, extraMs });

/** When the present cycle began to count: its first run, or the run (or the standing still) that goes on. */
export function begunAt(clock: Clock): Instant | null {
  return clock.runs[0]?.from ?? (clock.state === 'idle' ? null : clock.since);
}

/** Stops the counting; a paused clock has no due and cannot breach. Pausing twice is pausing once. */
export function pauseClock(clock: Clock, calendar: Calendar, at: Instant): Clock {
  if (clock.state === 'cancelled') return { ...counted(clock, calendar, at), state: 'cancelled', since: null };
  return clock.state === 'running' ? { ...counted(clock, calendar, at), state: 'paused', since: at } : clock;
}

/** Goes on with what was left. A target that shrank below what has elapsed while paused is breached now. */
export function resumeClock(clock: Clock, calendar: Calendar, at: Instant): Clock {
  if (clock.state === 'cancelled') return { ...clock, since: clock.since ?? at };
  return clock.state === 'paused' ? judged({ ...clock, calendar: calendar.name, state: 'running', since: at }) : clock;
}

/** What the clock waited for has happened: met when no more than the target has elapsed, whatever the wall clock says. */
export function stopClock(clock: Clock, calendar: Calendar, at: Instant): Clock {
  if (clock.state === 'idle' || clock.state === 'stopped') return clock;
  const frozen = counted(clock, calendar, at);
  if (clock.state === 'cancelled') return { ...frozen, state: 'stopped', since: at, dueAt: null, promised: false };
  // A target that shrank while the clock was paused is judged now.
  const { reachedAt, breachedAt } = judged({ ...frozen, state: 'running', since: at });
  const dueAt = reachedAt ?? addOpen(calendar, at, promisedMs(frozen) - frozen.elapsedMs);
  return { ...frozen, reachedAt, breachedAt, state: 'stopped', since: at, dueAt, promised: true };
}

/** Counts on after a stop; the time in between does not count. Retarget afterwards when the priority has changed meanwhile. */
export function reopenClock(clock: Clock, calendar: Calendar, at: Instant): Clock {
  if (clock.state !== 'stopped') return clock;
  const { dueAt: _, promised, ...rest } = clock;
  if (!promised) return { ...rest, calendar: calendar.name, state: 'cancelled', since: at };
  return judged({ ...rest, calendar: calendar.name, state: 'running', since: at });
}

/** A new cycle from nought: breach and warnings are forgotten. A paused clock stays paused. */
export function restartClock(clock: Clock, calendar: Calendar, at: Instant): Clock {
  const fresh = { ...idleClock(clock.name, clock.targetMs, calendar), cycle: clock.cycle + 1 };
  const paused = clock.state === 'paused' || (clock.state === 'cancelled' && clock.since === null);
  return paused ? { ...fresh, state: 'paused', since: at } : { ...fresh, state: 'running', since: at };
}

export interface Retarget {
  /** Null: nothing is promised any more, though a breach that has happened stays. */
  readonly targetMs: number | null;
  readonly oldCalendar: Calendar;
  readonly calendar: Calendar;
  /** Count all of the time again on the new calendar (a calendar was edited and a recomputation was asked for). */
  readonly recount?: boolean;
  /** What the cycle is longer by from now on; left out: as before. */
  readonly extraMs?: number;
}

/**
 * A change of priority, tier or calendar: what has elapsed is kept and the target moves. If that is already over, the
 * breach is at the change. A stopped clock stays as it was judged.
 */
export function retarget(clock: Clock, change: Retarget, at: Instant): Clock {
  const { calendar, targetMs } = { ...change, targetMs: change.targetMs ?? clock.targetMs };
  if (clock.state === 'stopped') return clock;
  if (clock.state === 'idle') return { ...clock, targetMs, calendar: calendar.name };
  const { extraMs = 0, ...frozen } = { ...counted(clock, change.oldCalendar, at), ...extraOf(change) };
  const elapsedMs = change.recount ? sumOf(frozen.runs, calendar) : frozen.elapsedMs;
  // A due that was reached and not passed belongs to the old target; one that was passed stays with its breach.
  const keepsDue = frozen.breachedAt !== null || (change.targetMs !== null && elapsedMs >= targetMs + extraMs);
  const reachedAt = keepsDue ? frozen.reachedAt : null;
  const extra = extraMs === 0 ? {} : { extraMs };
  const moved = { ...frozen, ...extra, targetMs, calendar: calendar.name, elapsedMs, reachedAt };
  const paused = clock.state === 'paused' || clock.since === null;
  if (change.targetMs === null) return { ...moved, state: 'cancelled', since: paused ? null : at };
  return paused ? { ...moved, state: 'paused', since: at } : judged({ ...moved, state: 'running', since: at });
}

const extraOf = ({ extraMs }: Retarget): { readonly extraMs?: number } => (extraMs === undefined ? {} : { extraMs });

export const cancelClock = (clock: Clock, calendar: Calendar, at: Instant): Clock =>
  retarget(clock, { targetMs: null, oldCalendar: calendar, calendar }, at);

const sumOf = (runs: readonly Run[], calendar: Calendar): number =>
  runs.reduce((sum, run) => sum + openBetween(calendar, run.from, run.to), 0);

/** The clock with all of its time up to `at` counted and its due and breach latched; the caller says what state follows. */
function counted(clock: Exclude<Clock, { state: 'idle' | 'stopped' }>, calendar: Calendar, at: Instant): Counted {
  const { state, since, ...rest } = settled(clock, calendar, at);
  if (state === 'paused' || since === null || at <= since) return rest;
  return {
    ...rest,
    elapsedMs: rest.elapsedMs + openBetween(calendar, since, at),
    runs: [...rest.runs, { from: since, to: at }],
  };
}

/** A clock that has just begun to run, or whose target has just changed: over already means reached and breached now. */
function judged(clock: RunningClock): RunningClock {
  const over = clock.elapsedMs > promisedMs(clock);
  const reached = clock.elapsedMs >= promisedMs(clock);
  return {
    ...clock,
    reachedAt: clock.reachedAt ?? (reached ? clock.since : null),
    breachedAt: clock.breachedAt ?? (over ? clock.since : null),
  };
}

/** Latches the due and the breach that have come by `at`, at their true instants. */
function settled<C extends Clock>(clock: C, calendar: Calendar, at: Instant): C {
  if (clock.state !== 'running') return clock;
  const due = dueOf(clock, calendar);
  const breach = breachAtOf(clock, calendar);
  return {
    ...clock,
    reachedAt: due !== null && due <= at ? due : clock.reachedAt,
    breachedAt: breach !== null && breach < at ? breach : clock.breachedAt,
  };
}

/** Open ms counted up to `at`; a cancelled clock counts on, so that a new target finds all of the time. */
export function elapsed(clock: Clock, calendar: Calendar, at: Instant): number {
  const since = clock.state === 'running' || clock.state === 'cancelled' ? clock.since : null;
  return since === null ? clock.elapsedMs : clock.elapsedMs + openBetween(calendar, since, at);
}

/** Open ms left at `at`; negative when over. */
export const remaining = (clock: Clock, calendar: Calendar, at: Instant): number =>
  promisedMs(clock) - elapsed(clock, calendar, at);

/** When the target is (or was first) used up, shown as the close. Null while paused, idle or cancelled, and for never. */
export function dueOf(clock: Clock, calendar: Calendar): Instant | null {
  if (clock.state === 'stopped') return clock.dueAt;
  if (clock.state !== 'running') return null;
  return clock.reachedAt ?? addOpen(calendar, clock.since, Math.max(0, promisedMs(clock) - clock.elapsedMs));
}

/** The last instant that is still within the target: the breach is just after it. Null when there is none to come or to tell. */
export function breachAtOf(clock: Clock, calendar: Calendar): Instant | null {
  if (clock.breachedAt !== null) return clock.breachedAt;
  return clock.state === 'running' ? latestWithin(calendar, clock.since, promisedMs(clock) - clock.elapsedMs) : null;
}

/** How the clock stands at `at`. Judged by instants alone, whether or not anything has looked at it meanwhile. */
export function stateOf(clock: Clock, calendar: Calendar, at: Instant): ClockState {
  if (settled(clock, calendar, at).breachedAt !== null) return 'breached';
  if (clock.state !== 'stopped') return clock.state;
  return clock.promised ? 'met' : 'cancelled';
}

/** When to warn of `mark`; null while it does not run and for a mark that would fall on the start (`30m before` of 30 m). */
export function warnAtOf(clock: Clock, calendar: Calendar, mark: Mark): Instant | null {
  if (clock.state !== 'running') return null;
  const { targetMs, extraMs = 0 } = clock;
  const threshold = extraMs + (mark.kind === 'share' ? Math.round(mark.share * targetMs) : targetMs - mark.ms);
  if (threshold <= 0) return null;
  return threshold <= clock.elapsedMs ? clock.since : addOpen(calendar, clock.since, threshold - clock.elapsedMs);
}

interface Warning {
  readonly kind: 'warned';
  readonly mark: Mark;
  readonly at: Instant;
}
export type ClockFact = Warning | { readonly kind: 'breached'; readonly at: Instant };

/**
 * What has come by `at`, each fact once a cycle and at its true instant however late `at` is. A warning whose breach is
 * past already is not given. Call it before every other change of the clock, so that nothing is passed over.
 */
export function advance(
  clock: Clock,
  calendar: Calendar,
  at: Instant,
  marks: readonly Mark[],
): { clock: Clock; facts: readonly ClockFact[] } {
  const now = settled(clock, calendar, at);
  const { breachedAt } = now;
  if (breachedAt !== null) {
    const told = { ...now, breachTold: true, warned: marks.map(markKey) };
    return { clock: told, facts: now.breachTold ? [] : [{ kind: 'breached', at: breachedAt }] };
  }
  const facts: Warning[] = [];
  for (const mark of unwarned(now, marks)) {
    const warnAt = warnAtOf(now, calendar, mark);
    if (warnAt !== null && warnAt <= at) facts.push({ kind: 'warned', mark, at: warnAt });
  }
  facts.sort((a, b) => a.at - b.at);
  const warned = facts.map(({ mark }) => markKey(mark));
  return { clock: warned.length === 0 ? now : { ...now, warned: [...now.warned, ...warned] }, facts };
}

const unwarned = (clock: Clock, marks: readonly Mark[]): readonly Mark[] =>
  marks.filter((mark) => !clock.warned.includes(markKey(mark)));

/** The instant at which `advance` will next have something to tell; null when never. It may lie in the past. */
export function nextInstant(clock: Clock, calendar: Calendar, marks: readonly Mark[]): Instant | null {
  if (clock.breachedAt !== null) return clock.breachTold ? null : clock.breachedAt;
  const breach = breachAtOf(clock, calendar);
  const warnings = unwarned(clock, marks).map((mark) => warnAtOf(clock, calendar, mark));
  return earliest(breach === null ? null : later(breach, 1), ...warnings);
}
