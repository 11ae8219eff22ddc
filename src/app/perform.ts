import { alarmOf } from '../domain/alarm';
import type { Case, Party, Place } from '../domain/case/case';
import type { Command } from '../domain/case/commands';
import { decide } from '../domain/case/decide';
import { isRefusal, type Told } from '../domain/case/decision';
import type { CaseEvent } from '../domain/case/events';
import { evolveAll } from '../domain/case/evolve';
import { refuse } from '../domain/case/refusals';
import { broughtUpToDate } from '../domain/case/wake';
import type { Desk } from '../domain/desk/desk';
import { type CaseId, type Instant, later, MINUTE_MS } from '../domain/ids';
import { nextDue } from '../domain/sla/policy';
import { announce } from './announce';
import type { BusyWatch } from './busy';
import type { Cause, Clock, DeskNow, Happened, LinkedPlace, Outcome, Plan, Store, Surface } from './ports';
import { staffingFor } from './staffing';

const SYSTEM: Party = { kind: 'system' };

/** One line in the log for every accepted change: who did what to which case, and what made them. Never any text. */
export interface Accepted {
  readonly case: string;
  readonly actor: string;
  readonly command: string;
  readonly cause: string;
  readonly events: readonly string[];
}

/** Everything that the app works with; made once by main. */
export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
  readonly desk: DeskNow;
  readonly surfaces: ReadonlyMap<string, Surface>;
  readonly accepted: (change: Accepted) => void;
  readonly troubled: (what: string, error: unknown) => void;
  /** Who platforms say is busy. Absent: none is asked. */
  readonly busy?: BusyWatch;
  /** The desk as it would be with these parts of a desk file in place of its own, or what is wrong with them. Absent: nobody can read drafts here. */
  readonly draft?: (words: string) => Promise<{ readonly desk: Desk } | { readonly problem: string }>;
  /** Something was committed that wants delivering: look now rather than at the next tick. */
  readonly nudge: () => void;
}

export interface Asked {
  readonly command: Command;
  readonly case: CaseId | null;
  readonly by: Party;
  readonly cause: Cause;
  /** Only while the case is at this version: otherwise refused as `moved-on`, and nothing is left behind, receipts included. */
  readonly asOf?: number;
}

/** The one path of every change: commands, buttons, forms, reactions and alarms all end here. */
export async function perform(engine: Engine, asked: Asked): Promise<Outcome> {
  const at = engine.clock.now();
  const desk = engine.desk();
  const staffing = await staffingFor(engine, desk, asked);
  const outcome = await engine.store.transact(
    { case: asked.case, cause: asked.cause, at },
    (current, next) =>
      movedOn(asked, current) ??
      planOf(asked.command, current, { desk, at, by: asked.by, next, ...(staffing !== undefined && { staffing }) }),
  );
  if (outcome.kind === 'committed') {
    engine.accepted({
      case: outcome.case.ref,
      actor: actorName(asked.by),
      command: asked.command.kind,
      cause: asked.cause.what,
      events: outcome.events.map((event) => event.type),
    });
    engine.nudge();
  }
  return outcome;
}

const movedOn = ({ asOf }: Asked, current: Case | null): Plan | null =>
  asOf === undefined || current === null || current.version === asOf
    ? null
    : { kind: 'refuse', refusal: refuse('moved-on'), again: true };

/** What the command comes to on the case as it stands; pure. What was due before it is recorded before it, the rest after. */
export function planOf(command: Command, current: Case | null, told: Told): Plan {
  const due = current === null ? { events: [], now: null } : broughtUpToDate(current, told, happenedAt(command, told));
  const decision = decide(command, due.now, told);
  if (isRefusal(decision)) return { kind: 'refuse', refusal: decision };
  const decided = evolveAll(due.now, decision, told);
  if (decided === null) return { kind: 'refuse', refusal: refuse('nothing-due') };
  const { events: dueSince, now: after } = broughtUpToDate(decided, told);
  const happened: readonly Happened[] = [
    ...due.events.map((event) => ({ event, by: SYSTEM })),
    ...decision.map((event) => ({ event, by: told.by })),
    ...dueSince.map((event) => ({ event, by: SYSTEM })),
  ];
  if (happened.length === 0 && command.kind !== 'WakeCase') return { kind: 'refuse', refusal: refuse('nothing-due') };
  const alarm = alarmOf(after, told.desk);
  return {
    kind: 'commit',
    events: happened,
    after,
    // An alarm that stays in the past although nothing is due must not ring every second.
    wakeAt: alarm !== null && alarm <= told.at ? later(told.at, MINUTE_MS) : alarm,
    dueAt: nextDue(after, told.desk)?.dueAt ?? null,
    intents: happened.length === 0 ? [] : announce({ before: current, after, happened, desk: told.desk, at: told.at }),
    places: happened.flatMap(({ event }) => placesOf(event)),
    at: told.at,
  };
}

/** A word in time is in time, though the due passed before it was heard: platforms deliver seconds late, and again after minutes. */
const happenedAt = (command: Command, { at }: Told): Instant =>
  command.kind === 'HearMessage' && command.at < at ? command.at : at;

/** The messages by which the case is found from now on. A case from a reply stands for the whole thread. */
function placesOf(event: CaseEvent): readonly LinkedPlace[] {
  if (event.type === 'MessageHeard') return [{ place: event.place, role: 'heard' }];
  if (event.type !== 'CaseOpened' || event.source === null) return [];
  const { source } = event;
  const root: readonly LinkedPlace[] =
    source.thread === null ? [] : [{ place: rootOf(source, source.thread), role: 'source' }];
  return [{ place: source, role: 'source' }, ...root];
}

const rootOf = (place: Place, root: string): Place => ({ ...place, message: root, thread: null });

export function actorName(by: Party): string {
  if (by.kind === 'system') return 'baton';
  return by.kind === 'person' ? by.id : `${by.platform}:${by.user}`;
}
