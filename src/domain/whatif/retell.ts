import { type Case, sameParty } from '../case/case';
import type { CaseEvent, Recorded } from '../case/events';
import { evolve, evolveAll } from '../case/evolve';
import type { Desk } from '../desk/desk';
import type { Instant } from '../ids';
import { type Clock, type ClockName, stateOf } from '../sla/clock';
import { calendarInForce } from '../sla/kept';
import {
  clocksAtOpening,
  clocksAtPriority,
  clocksAtQuestion,
  clocksAtReopening,
  clocksAtResolution,
  clocksAtResponse,
  clocksAtWord,
  clocksAtWork,
  clocksInLine,
} from '../sla/policy';

/** How often a promise of one clock was kept and missed; a clock that counts every question or update may have several. */
export interface Kept {
  readonly met: number;
  readonly missed: number;
}

/** A case as it would have gone on the clocks of a desk. */
export interface Retold {
  readonly case: Case;
  readonly clocks: ReadonlyMap<ClockName, Kept>;
  /** Clocks of which nothing is decided yet. */
  readonly open: ReadonlySet<ClockName>;
}

/**
 * The case once more, by what people did and when, but on the clocks of `desk`: its targets, calendars and rules from the
 * first event on. Runs through the same code that serves live cases. Null for a journal that does not begin with an opening.
 */
export function retell(journal: readonly Recorded[], desk: Desk, until: Instant): Retold | null {
  const counts = new Map<ClockName, Kept>();
  const count = (name: ClockName, outcome: keyof Kept): void => {
    const so = counts.get(name) ?? { met: 0, missed: 0 };
    counts.set(name, { ...so, [outcome]: so[outcome] + 1 });
  };
  let it: Case | null = null;
  for (const recorded of journal) {
    if (recorded.at > until) break;
    const next = after(it, recorded, desk);
    for (const [clock, now] of replaced(it, next)) {
      const outcome = outcomeOf(it, clock, desk, now);
      if (outcome !== null) count(clock.name, outcome);
    }
    it = next;
  }
  if (it === null) return null;
  const open = new Set<ClockName>();
  for (const clock of it.clocks) {
    const state = stateOf(clock, calendarInForce(it, desk, clock.calendar), until);
    if (state === 'met') count(clock.name, 'met');
    if (state === 'breached') count(clock.name, 'missed');
    if (state === 'running' || state === 'paused') open.add(clock.name);
  }
  return { case: it, clocks: counts, open };
}

/** What the journal says of clocks is left out: they are moved anew by what happened. */
const OF_CLOCKS: readonly CaseEvent['type'][] = ['ClocksMoved', 'SlaWarned', 'SlaBreached'];

function after(it: Case | null, recorded: Recorded, desk: Desk): Case {
  const { event, at, by, version } = recorded;
  if (it !== null && OF_CLOCKS.includes(event.type)) return { ...it, version };
  const now = evolve(it, event, { at, by, version });
  // The fold counts versions by itself; the journal's own are what it must end with.
  return { ...(evolveAll(now, moved(it, now, recorded, desk), { at, by }) ?? now), version };
}

/** What an event does to the clocks: the same as when it was decided (src/domain/case). */
function moved(before: Case | null, now: Case, { event, at, by }: Recorded, desk: Desk): readonly CaseEvent[] {
  const pace = { desk, at };
  switch (event.type) {
    case 'CaseOpened':
      return clocksAtOpening(now, pace);
    case 'CaseTriaged':
    case 'TriageUndone':
      return clocksAtPriority(now, before?.priority ?? null, pace);
    case 'CaseTaken':
    case 'CaseAssigned':
    case 'HandoverAccepted': {
      // Being given a case is not yet an answer to the client.
      const isOwnDoing = by.kind === 'person' && by.id === event.owner;
      return isOwnDoing ? answered(now, pace) : clocksInLine(now, pace);
    }
    case 'WorkStarted':
    case 'CaseResumed':
      return clocksAtWork(now, pace);
    case 'ClientAwaited':
    case 'TargetSet':
      return clocksInLine(now, pace);
    case 'CaseResolved':
      return clocksAtResolution(now, pace);
    case 'CaseReopened':
      return clocksAtReopening(now, pace);
    case 'ReplySent':
      return clocksAtWord(now, pace);
    case 'MessageHeard': {
      if (event.audience === 'desk') return [];
      const heard = { desk, at: event.at };
      if (event.staff) return clocksAtWord(now, heard);
      const isClient = by.kind === 'guest' || sameParty(by, now.reporter);
      return isClient ? clocksAtQuestion(now, heard) : [];
    }
    default:
      return [];
  }
}

/** In line with where the case is now, and then answered. */
function answered(now: Case, pace: { readonly desk: Desk; readonly at: Instant }): readonly CaseEvent[] {
  const inLine = clocksInLine(now, pace);
  const then = evolveAll(now, inLine, { at: pace.at, by: { kind: 'system' } }) ?? now;
  return [...inLine, ...clocksAtResponse(then, pace)];
}

/** Clocks that began anew, as they were before, with what they became. */
function replaced(before: Case | null, now: Case): readonly (readonly [Clock, Clock])[] {
  return (before?.clocks ?? []).flatMap((clock) => {
    const next = now.clocks.find((one) => one.name === clock.name);
    return next === undefined || next.cycle === clock.cycle ? [] : [[clock, next] as const];
  });
}

/** How the cycle that ended came out; null where it was given up before anything could be said of it. */
function outcomeOf(it: Case | null, clock: Clock, desk: Desk, next: Clock): keyof Kept | null {
  if (it === null) return null;
  const at = 'since' in next && next.since !== null ? next.since : null;
  const state = at === null ? clock.state : stateOf(clock, calendarInForce(it, desk, clock.calendar), at);
  if (state === 'breached') return 'missed';
  // A word to the client in time ends one update and begins the next.
  const wasTold = clock.name === 'update' && (state === 'running' || state === 'paused');
  return state === 'met' || wasTold ? 'met' : null;
}
