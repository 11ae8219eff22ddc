import type { Case } from '../case/case';
import type { CaseEvent, ClockMove } from '../case/events';
import { calendarOf, type Desk, type Priority, priorityInForce } from '../desk/desk';
import { earliest, type Instant, type PriorityName } from '../ids';
import type { Calendar } from './calendar';
import {
  advance,
  type Clock,
  type ClockName,
  dueOf,
  nextInstant,
  pauseClock,
  reopenClock,
  resumeClock,
  retarget,
  startClock,
  stopClock,
} from './clock';
import { markText } from './marks';

/** What a change does to one clock. */
type Step = (clock: Clock, calendar: Calendar) => Clock;

interface Pace {
  readonly desk: Desk;
  readonly at: Instant;
}

const targetOf = (name: ClockName, priority: Priority): number =>
  name === 'first_response' ? priority.firstResponseMs : priority.resolutionMs;

/** The calendar that a clock runs on, by the name it carries. */
export const clockCalendar = (desk: Desk, clock: Clock): Calendar => calendarOf(desk, clock.calendar);

/** The clocks of a case that opens now: first response at once, resolution when the desk's rule says so. */
export function clocksAtOpening(priority: PriorityName | null, pace: Pace): CaseEvent {
  const names: readonly ClockName[] =
    pace.desk.resolutionStarts === 'reported' ? ['first_response', 'resolution'] : ['first_response'];
  return started(names, priority, pace, []);
}

function started(
  names: readonly ClockName[],
  priority: PriorityName | null,
  pace: Pace,
  before: readonly Clock[],
): CaseEvent {
  const inForce = priorityInForce(pace.desk, priority);
  const calendar = calendarOf(pace.desk, inForce.calendar);
  const fresh = names.map((name) => startClock(name, targetOf(name, inForce), calendar, pace.at));
  return {
    type: 'ClocksMoved',
    clocks: [...before, ...fresh],
    moved: fresh.map((clock) => moveOf(clock, 'started', pace.at)),
  };
}

/** Starts the resolution clock where the desk counts from In progress; nothing where it runs already. */
export function clocksAtWork(it: Case, pace: Pace): readonly CaseEvent[] {
  if (it.clocks.some((clock) => clock.name === 'resolution')) return [];
  return [started(['resolution'], it.priority, pace, it.clocks)];
}

/** The first public word of staff, or Take, ends the first-response clock. */
export const clocksAtResponse = (it: Case, pace: Pace): readonly CaseEvent[] =>
  moved(it, { names: ['first_response'], kind: 'met' }, pace, (clock, calendar) => stopClock(clock, calendar, pace.at));

/** Awaiting client stops the resolution clock only: the client still waits for a first word. */
export const clocksAtPause = (it: Case, pace: Pace): readonly CaseEvent[] =>
  moved(it, { names: ['resolution'], kind: 'paused' }, pace, (clock, calendar) => pauseClock(clock, calendar, pace.at));

export const clocksAtResume = (it: Case, pace: Pace): readonly CaseEvent[] =>
  moved(it, { names: ['resolution'], kind: 'resumed' }, pace, (clock, calendar) =>
    resumeClock(clock, calendar, pace.at),
  );

/** Resolving answers the client too, so it ends both clocks. */
export const clocksAtResolution = (it: Case, pace: Pace): readonly CaseEvent[] =>
  moved(it, { names: BOTH, kind: 'met' }, pace, (clock, calendar) => stopClock(clock, calendar, pace.at));

/** A reopened case goes on with what was left of its resolution time, towards the target of its priority as it is now. */
export function clocksAtReopening(it: Case, pace: Pace): readonly CaseEvent[] {
  const inForce = priorityInForce(pace.desk, it.priority);
  const calendar = calendarOf(pace.desk, inForce.calendar);
  return moved(it, { names: ['resolution'], kind: 'reopened' }, pace, (clock, oldCalendar) => {
    const reopened = reopenClock(clock, oldCalendar, pace.at);
    return retarget(reopened, { targetMs: targetOf(clock.name, inForce), oldCalendar, calendar }, pace.at);
  });
}

/** A change of priority keeps what has elapsed and moves the target (rule 5 of the SLA rules). */
export function clocksAtPriority(it: Case, priority: PriorityName | null, pace: Pace): readonly CaseEvent[] {
  const inForce = priorityInForce(pace.desk, priority);
  const calendar = calendarOf(pace.desk, inForce.calendar);
  return moved(it, { names: BOTH, kind: 'retargeted' }, pace, (clock, oldCalendar) =>
    retarget(clock, { targetMs: targetOf(clock.name, inForce), oldCalendar, calendar }, pace.at),
  );
}

const BOTH: readonly ClockName[] = ['first_response', 'resolution'];

interface Moving {
  readonly names: readonly ClockName[];
  readonly kind: ClockMove['kind'];
}

function moved(it: Case, { names, kind }: Moving, pace: Pace, step: Step): readonly CaseEvent[] {
  const clocks = it.clocks.map((clock) =>
    names.includes(clock.name) ? step(clock, clockCalendar(pace.desk, clock)) : clock,
  );
  const changed = clocks.filter((clock, index) => JSON.stringify(clock) !== JSON.stringify(it.clocks[index]));
  if (changed.length === 0) return [];
  return [{ type: 'ClocksMoved', clocks, moved: changed.map((clock) => moveOf(clock, kind, pace.at)) }];
}

const moveOf = (clock: Clock, kind: ClockMove['kind'], at: Instant): ClockMove => ({
  clock: clock.name,
  kind,
  at,
  targetMs: clock.targetMs,
  calendar: clock.calendar,
});

/** Every warning and breach that is due by now and was not yet recorded, each at its true instant. */
export function clocksDue(it: Case, pace: Pace): readonly CaseEvent[] {
  const advanced = it.clocks.map((clock) => advance(clock, clockCalendar(pace.desk, clock), pace.at, pace.desk.warnAt));
  const facts = advanced.flatMap(({ clock, facts: found }) =>
    found.map((fact): CaseEvent => {
      if (fact.kind === 'breached') return { type: 'SlaBreached', clock: clock.name, at: fact.at };
      const dueAt = dueOf(clock, clockCalendar(pace.desk, clock)) ?? fact.at;
      return { type: 'SlaWarned', clock: clock.name, mark: markText(fact.mark), at: fact.at, dueAt };
    }),
  );
  if (facts.length === 0) return [];
  return [{ type: 'ClocksMoved', clocks: advanced.map(({ clock }) => clock), moved: [] }, ...facts];
}

/** When the clocks next need looking at. */
export const clocksWakeAt = (it: Case, desk: Desk): Instant | null =>
  earliest(...it.clocks.map((clock) => nextInstant(clock, clockCalendar(desk, clock), desk.warnAt)));

/** The running clock that is due first, for cards and lists by urgency. */
export function nextDue(it: Case, desk: Desk): { readonly clock: Clock; readonly dueAt: Instant } | null {
  const running = it.clocks.flatMap((clock) => {
    const dueAt = dueOf(clock, clockCalendar(desk, clock));
    return clock.state === 'running' && dueAt !== null ? [{ clock, dueAt }] : [];
  });
  return running.sort((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}
