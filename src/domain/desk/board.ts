/** The board: every open case by level and person, for whoever looks after all of them. */
import { type Case, isLive, ownerOf } from '../case/case';
import type { Instant, PersonId } from '../ids';
import { stateOf } from '../sla/clock';
import { clockCalendar } from '../sla/policy';
import { type Attendance, awayUntil, backAt, isOnShift, leavesAt } from './availability';
import { type Busy, busyAt } from './busy';
import { type Desk, personOf } from './desk';
import { weightOfAll } from './load';
import { levelOfPerson } from './turns';

export interface Seen {
  readonly desk: Desk;
  readonly attendance: Attendance;
  readonly at: Instant;
}

/** Whether somebody is there, until or from when. A null instant: nobody knows. */
export type Presence =
  | { readonly kind: 'there'; readonly until: Instant | null; readonly busy?: Busy }
  | { readonly kind: 'away' | 'off'; readonly back: Instant | null };

/** How a case stands with its clocks and with what was promised to the client. */
export type Danger = 'fine' | 'at risk' | 'breached';

/** What one person has. */
export interface Desktop {
  readonly person: PersonId;
  /** Null: left the desk file, so they are neither there nor away. */
  readonly presence: Presence | null;
  /** Cases that they own, in the order in which they were given. */
  readonly open: readonly Case[];
  /** Cases of nobody for which it is their turn to find an owner. */
  readonly turns: number;
  /** Proposals that wait for their own answer. */
  readonly asked: number;
  /** Of what they own and have the turn of, by the weight of its priority. */
  readonly weight: number;
}

export interface BoardLevel {
  /** Null: people who are of no level. */
  readonly name: string | null;
  readonly people: readonly Desktop[];
  /** Proposals that wait for an answer of the level as a whole. */
  readonly asked: number;
}

export interface Board {
  readonly untriaged: readonly Case[];
  /** Triaged, and nobody’s. */
  readonly unowned: readonly Case[];
  readonly levels: readonly BoardLevel[];
  readonly total: number;
}

/**
 * `cases` by whose they are; each person stands once, on the highest level that they are of, and whoever owns a case stands
 * on the board though they have left the desk. The order of the cases (by urgency, as lists have it) is kept.
 */
export function boardOf(cases: readonly Case[], seen: Seen): Board {
  const { desk } = seen;
  const live = cases.filter(isLive);
  const named = desk.levels.map(({ name }) => name);
  const levels = [...named, null].map((name) => ({
    name,
    people: peopleOf(name, live, desk).map((person) => desktopOf(person, live, seen)),
    asked: live.filter(({ handover }) => handover?.asked.kind === 'level' && handover.asked.level === name).length,
  }));
  return {
    untriaged: live.filter((it) => it.priority === null && ownerOf(it) === null),
    unowned: live.filter((it) => it.priority !== null && ownerOf(it) === null),
    levels: levels.filter(({ name, people }) => name !== null || people.length > 0),
    total: live.length,
  };
}

function peopleOf(level: string | null, live: readonly Case[], desk: Desk): readonly PersonId[] {
  const isOf = (person: PersonId): boolean => (levelOfPerson(desk, person)?.name ?? null) === level;
  const owners = new Set(live.map(ownerOf).filter((owner) => owner !== null));
  const members = desk.levels.find(({ name }) => name === level)?.members ?? [];
  const others =
    level === null ? desk.people.filter(({ id, role }) => role !== 'viewer' || owners.has(id)).map(({ id }) => id) : [];
  const left = level === null ? [...owners].filter((owner) => personOf(desk, owner) === null) : [];
  return [...new Set([...members, ...others, ...left])].filter(
    (person) => isOf(person) && (personOf(desk, person) !== null || owners.has(person)),
  );
}

/** What one person has, of all open cases. */
export function desktopOf(person: PersonId, live: readonly Case[], seen: Seen): Desktop {
  const { desk } = seen;
  const held = live.filter(({ holder }) => holder.kind !== 'nobody' && holder.person === person);
  const open = held.filter((it) => ownerOf(it) === person);
  return {
    person,
    presence: personOf(desk, person) === null ? null : presenceOf(person, seen),
    open,
    turns: held.length - open.length,
    asked: live.filter(({ handover }) => handover?.asked.kind === 'person' && handover.asked.person === person).length,
    weight: weightOfAll(
      desk,
      held.map(({ priority }) => priority),
    ),
  };
}

export function presenceOf(person: PersonId, { desk, attendance, at }: Seen): Presence {
  const plan = { desk, attendance };
  const busy = busyAt(attendance, person, at);
  if (isOnShift(plan, person, at))
    return { kind: 'there', until: leavesAt(plan, person, at), ...(busy !== null && { busy }) };
  return { kind: awayUntil(attendance, person, at) === null ? 'off' : 'away', back: backAt(plan, person, at) };
}

/** The worst that can be said of a clock that is not over yet, or of the promise that the client waits for. */
export function dangerIn(it: Case, desk: Desk, at: Instant): Danger {
  const open = it.clocks.filter(({ state }) => state === 'running' || state === 'paused');
  const { promise = null } = it;
  const isBreached = open.some((clock) => stateOf(clock, clockCalendar(desk, clock), at) === 'breached');
  if (isBreached || promise?.broken === true) return 'breached';
  const isWarned = open.some(({ state, warned }) => state === 'running' && warned.length > 0);
  return isWarned || promise?.warned === true ? 'at risk' : 'fine';
}
