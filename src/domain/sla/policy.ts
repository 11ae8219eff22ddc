import { type Case, isLive } from '../case/case';
import type { CaseEvent } from '../case/events';
import { calendarOf, type Desk } from '../desk/desk';
import { earliest, type Instant, type PriorityName } from '../ids';
import {
  advance,
  begunAt,
  type Clock,
  type ClockName,
  dueOf,
  nextInstant,
  reopenClock,
  restartClock,
  stopClock,
} from './clock';
import { restartOnGrid } from './grid';
import type { Calendar } from './hours';
import { calendarInForce, toKeep } from './kept';
import { markText } from './marks';
import { begun, inLine, notBefore, onward, type Pace, type Step, stepped, still } from './steps';
import { rulesOf, termsOf } from './terms';

// What happens on a case and what it does to the clocks. Each function is told the case as it stands after what happened.

/** The calendar that a clock runs on as the desk has it now, by the name it carries. */
export const clockCalendar = (desk: Desk, clock: Clock): Calendar => calendarOf(desk, clock.calendar);

/** The clocks of a case that opens now: triage where it is promised, first response, resolution when the desk's rule says so. */
export function clocksAtOpening(it: Case, pace: Pace): readonly CaseEvent[] {
  const triage: readonly ClockName[] = termsOf('triage', it, pace.desk).targetMs === null ? [] : ['triage'];
  const resolution: readonly ClockName[] = pace.desk.resolutionStarts === 'reported' ? ['resolution'] : [];
  const names: readonly ClockName[] = [...triage, 'first_response', ...resolution];
  return changed(it, pace, still, { fresh: names.map((name) => begun(name, it, pace)) });
}

/** Work has begun or goes on: the resolution clock starts where the desk counts from In progress and it does not run yet. */
export function clocksAtWork(it: Case, pace: Pace): readonly CaseEvent[] {
  const missing = it.clocks.every((clock) => clock.name !== 'resolution');
  return changed(it, pace, still, { fresh: missing ? [begun('resolution', it, pace)] : [] });
}

/** Take ends the first-response clock: somebody has answered for the case. */
export const clocksAtResponse = (it: Case, pace: Pace): readonly CaseEvent[] =>
  changed(it, pace, (clock) => (clock.name === 'first_response' ? stopped(clock, it, pace) : still(clock)));

/** A public word of staff answers whatever the client has asked until then, and is an update. */
export function clocksAtWord(it: Case, pace: Pace): readonly CaseEvent[] {
  return changed(it, pace, (clock) => {
    if (clock.name === 'first_response') return stopped(clock, it, pace);
    // A word that was said before the question, and heard after it, does not answer it.
    const begin = begunAt(clock);
    if (begin !== null && begin > pace.at) return still(clock);
    if (clock.name === 'next_response') return stopped(clock, it, pace);
    return clock.name === 'update' ? heard(clock, it, pace) : still(clock);
  });
}

function heard(clock: Clock, it: Case, { desk, at }: Pace): Step {
  if (clock.state !== 'running' && clock.state !== 'paused') return still(clock);
  const then = notBefore(clock, at);
  const next = restartOnGrid(clock, calendarInForce(it, desk, clock.calendar), then);
  return stepped(still(clock), next, { kind: 'restarted', at: then, why: 'the client was told' });
}

/** The first word of the client that nobody has answered starts the clock; later ones do not move it. */
export function clocksAtQuestion(it: Case, pace: Pace): readonly CaseEvent[] {
  const isAnswered = it.lastStaffWordAt !== null && it.lastStaffWordAt >= pace.at;
  const isPromised = termsOf('next_response', it, pace.desk).targetMs !== null;
  if (!isLive(it) || isAnswered || !isPromised) return [];
  const before = it.clocks.find((clock) => clock.name === 'next_response');
  if (before === undefined) return changed(it, pace, still, { fresh: [begun('next_response', it, pace)] });
  if (before.state !== 'stopped') return [];
  return changed(it, pace, (clock) => (clock === before ? begun(clock, it, pace) : still(clock)));
}

/** Resolving answers the client too, so it ends every clock. */
export const clocksAtResolution = (it: Case, pace: Pace): readonly CaseEvent[] =>
  changed(it, pace, (clock) => stopped(clock, it, pace));

/** A reopened case goes on with what was left of its resolution time, or begins anew; updates begin anew. */
export function clocksAtReopening(it: Case, pace: Pace): readonly CaseEvent[] {
  const restarts: readonly ClockName[] =
    rulesOf(pace.desk).onReopen === 'restart' ? ['resolution', 'update'] : ['update'];
  const missing = it.status === 'In progress' && it.clocks.every((clock) => clock.name !== 'resolution');
  return changed(
    it,
    pace,
    (clock) => {
      // The resolution has stopped them all.
      if (restarts.includes(clock.name)) return begun(clock, it, pace);
      return clock.name === 'resolution' ? reopened(clock, it, pace) : still(clock);
    },
    { fresh: missing ? [begun('resolution', it, pace)] : [] },
  );
}

const reopened = (clock: Clock, it: Case, { desk, at }: Pace): Step =>
  stepped(still(clock), reopenClock(clock, calendarInForce(it, desk, clock.calendar), at), { kind: 'reopened', at });

/** A change of priority keeps what has elapsed and moves the targets (rule 5), or begins anew where the desk wants that. */
export function clocksAtPriority(it: Case, from: PriorityName | null, pace: Pace): readonly CaseEvent[] {
  const why = `priority ${from ?? 'not set'} → ${it.priority ?? 'not set'}`;
  const restarts = rulesOf(pace.desk).onPriorityChange === 'restart';
  return changed(
    it,
    pace,
    (clock) => {
      if (clock.name === 'triage') return it.priority === null ? reopened(clock, it, pace) : stopped(clock, it, pace);
      if (!restarts || (clock.state !== 'running' && clock.state !== 'paused')) return still(clock);
      return onward(inLine(clock, it, pace, why), (now) => restarted(now, pace, why));
    },
    { why },
  );
}

function restarted(clock: Clock, { desk, at }: Pace, why: string): Step {
  if (clock.state !== 'running' && clock.state !== 'paused') return still(clock);
  return stepped(still(clock), restartClock(clock, clockCalendar(desk, clock), at), { kind: 'restarted', at, why });
}

/** What the case, its client's terms or the desk file are now: targets, calendars and pauses follow. `why`: what changed. */
export const clocksInLine = (it: Case, pace: Pace, why?: string): readonly CaseEvent[] =>
  changed(it, pace, still, why === undefined ? {} : { why });

function stopped(clock: Clock, it: Case, { desk, at }: Pace): Step {
  const then = notBefore(clock, at);
  return stepped(still(clock), stopClock(clock, calendarInForce(it, desk, clock.calendar), then), {
    kind: 'met',
    at: then,
  });
}

interface More {
  readonly why?: string;
  /** Clocks that begin now. */
  readonly fresh?: readonly Step[];
}

/** The one way in which clocks change: what was done to each, and then all of them in line with the case and the desk. */
function changed(
  it: Case,
  pace: Pace,
  act: (clock: Clock) => Step,
  { why, fresh = [] }: More = {},
): readonly CaseEvent[] {
  const acted = it.clocks.map((clock) => onward(act(clock), (now) => inLine(now, it, pace, why)));
  const steps = [...acted, ...fresh, ...updatesBegun(it, pace, why)];
  const moves = steps.flatMap((step) => step.moves);
  if (moves.length === 0) return [];
  const clocks = steps.map((step) => step.clock);
  const inUse = clocks.filter((clock) => clock.state !== 'stopped').map((clock) => clockCalendar(pace.desk, clock));
  const calendars = toKeep(it, [...new Set(inUse)]);
  return [{ type: 'ClocksMoved', clocks, moved: moves, ...(calendars !== null && { calendars }) }];
}

/** The client is to hear something every so often as soon as that is promised, from the opening or from a change on. */
function updatesBegun(it: Case, pace: Pace, why?: string): readonly Step[] {
  const begins =
    isLive(it) &&
    it.clocks.every((clock) => clock.name !== 'update') &&
    termsOf('update', it, pace.desk).targetMs !== null;
  return begins ? [begun('update', it, pace, why)] : [];
}

/** Every warning and breach that is due by now and was not yet recorded, each at its true instant. */
export function clocksDue(it: Case, pace: Pace): readonly CaseEvent[] {
  const inForce = (clock: Clock): Calendar => calendarInForce(it, pace.desk, clock.calendar);
  const advanced = it.clocks.map((clock) => advance(clock, inForce(clock), pace.at, pace.desk.warnAt));
  const facts = advanced.flatMap(({ clock, facts: found }) =>
    found.map((fact): CaseEvent => {
      if (fact.kind === 'breached') return { type: 'SlaBreached', clock: clock.name, at: fact.at };
      const dueAt = dueOf(clock, inForce(clock)) ?? fact.at;
      return { type: 'SlaWarned', clock: clock.name, mark: markText(fact.mark), at: fact.at, dueAt };
    }),
  );
  if (facts.length === 0) return [];
  return [{ type: 'ClocksMoved', clocks: advanced.map(({ clock }) => clock), moved: [] }, ...facts];
}

/** When the clocks next need looking at. */
export const clocksWakeAt = (it: Case, desk: Desk): Instant | null =>
  earliest(...it.clocks.map((clock) => nextInstant(clock, calendarInForce(it, desk, clock.calendar), desk.warnAt)));

/** The running clock that is due first, for cards and lists by urgency. */
export function nextDue(it: Case, desk: Desk): { readonly clock: Clock; readonly dueAt: Instant } | null {
  const running = it.clocks.flatMap((clock) => {
    const dueAt = dueOf(clock, calendarInForce(it, desk, clock.calendar));
    return clock.state === 'running' && dueAt !== null ? [{ clock, dueAt }] : [];
  });
  return running.sort((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}
