import type { Holder } from '../case/case';
import { earliest, later, type PersonId } from '../ids';
import { awayUntil, leavesAt } from './availability';
import { type Busy, busyAt, busySentence, busyText } from './busy';
import { type Desk, type Level, leadsOf } from './desk';
import type { Staffing } from './load';
import { type Duty, dutiesAt } from './rota';
import { type Choice, choose, chooseLead, firstThere, type Now, nowOf, type Wanted } from './routing';
import { ableMembers, firstLevel, isAble, levelNamed } from './turns';

/** What somebody's turn is about. */
export const TO_TRIAGE = 'to triage it';
export const TO_TAKE = 'to take it';

export interface Turn {
  readonly why: string;
  /** The rung the case stands on, by name. */
  readonly level: string | null;
  /** Who had their turn at this already and let it pass. */
  readonly passed?: readonly PersonId[];
}

/** Whether the desk finds people by more than rotation, so that it must be known who holds what. */
export const routes = (desk: Desk): boolean =>
  desk.triageRota !== undefined || desk.levels.some((level) => level.route === 'load' || level.claimMs !== undefined);

/**
 * Whose turn it is to find an owner. To triage: whoever is on the triage rota (while they are busy a colleague or lead who is
 * there), in a hole of it a lead who is there, else anybody who is. For the rest: somebody of the case's level (of the first
 * one, where it has none) by load or one after the other; whoever is left over goes to a lead; on a desk without levels the
 * leads, then anybody who works cases; on an empty desk nobody.
 */
export function turnFor(
  wanted: Wanted,
  turn: Turn,
  told: { readonly desk: Desk; readonly staffing?: Staffing; readonly at: Now['at'] },
): Holder {
  const now = nowOf(told);
  const passed = turn.passed ?? [];
  const level = levelOf(turn, now.desk);
  const isTriage = turn.why === TO_TRIAGE && now.desk.triageRota !== undefined;
  const choice = isTriage ? onRota(wanted, level, passed, now) : fromLevel(wanted, level, passed, now);
  if (choice === null) return { kind: 'nobody', since: now.at };
  const until = routes(now.desk) ? endOf(choice, claimOf(turn, now.desk), now) : null;
  return {
    kind: 'turn',
    person: choice.person,
    why: turn.why,
    since: now.at,
    ...(choice.reason !== '' && { reason: choice.reason }),
    ...(until !== null && { until }),
    ...(passed.length > 0 && { passed }),
    ...(choice.stopgap && { stopgap: true }),
  };
}

/** How many ms one person has before it is the next one's turn; null: as long as they are there. */
export function claimOf(turn: Turn, desk: Desk): number | null {
  const triage = turn.why === TO_TRIAGE ? desk.triageRota : undefined;
  return triage?.withinMs ?? levelOf(turn, desk)?.claimMs ?? null;
}

/** On a desk that routes by load the level that the case stands on; otherwise the first one, as ever. */
function levelOf({ level }: Turn, desk: Desk): Level | null {
  const own = levelNamed(desk, level);
  return own?.route === 'load' && ableMembers(desk, own).length > 0 ? own : firstLevel(desk);
}

/** A lead keeps a case until somebody takes it; others as long as they are there and it is theirs to claim. */
function endOf(
  { person, there, stopgap, ends }: Choice,
  claimMs: number | null,
  { desk, staffing, at }: Now,
): Now['at'] | null {
  if (!there || (stopgap && leadsOf(desk).some((lead) => lead.id === person))) return null;
  const leaves = ends ?? leavesAt({ desk, attendance: staffing.attendance }, person, at);
  return earliest(leaves, claimMs === null ? null : later(at, claimMs));
}

function onRota(wanted: Wanted, level: Level | null, passed: readonly PersonId[], now: Now): Choice | null {
  const { desk, staffing, at } = now;
  const duties = dutiesAt(desk, staffing.attendance.swaps, at);
  const on = duties.flatMap((duty): readonly Choice[] => {
    const { person } = duty;
    if (person === null || passed.includes(person) || awayUntil(staffing.attendance, person, at) !== null) return [];
    // A swap may have been agreed with somebody who has left the desk since.
    if (!isAble(desk, person)) return [];
    return [onDuty(person, duty, now)];
  });
  const duty = firstThere(on);
  if (duty !== null) return insteadOf(duty, wanted, level, { ...now, passed }) ?? duty;
  const next = passed.length > 0 && level !== null ? choose(level, wanted, passed, now) : null;
  if (next?.there) return next;
  const why = passed.length > 0 ? 'nobody on shift has triaged it' : 'nobody is on the triage rota now';
  const lead = chooseLead(wanted, passed, why, now);
  if (lead?.there) return lead;
  // Before a lead is woken, a colleague who is there has it.
  const other = level === null ? null : choose(level, wanted, passed, now);
  if (other?.there) return { ...other, reason: `${why}; ${other.reason}`, stopgap: true };
  return lead ?? fromLevel(wanted, level, passed, now);
}

function onDuty(person: PersonId, { shift, to }: Duty, now: Now): Choice {
  const busy = busyAt(now.staffing.attendance, person, now.at);
  const choice = { person, reason: `on the triage rota (${shift})`, there: true, ends: to };
  if (busy === null) return { ...choice, stopgap: false };
  return { ...choice, reason: `${choice.reason}, ${busyText(busy, now)}`, stopgap: true, busy };
}

/** A colleague, else a lead, who is there and may be asked while whoever is on the rota is busy; null: nobody, or no need. */
function insteadOf(
  { person, busy }: Choice,
  wanted: Wanted,
  level: Level | null,
  now: Now & { readonly passed: readonly PersonId[] },
): Choice | null {
  if (busy === undefined) return null;
  const passed = [...now.passed, person];
  const why = busySentence(busy, now);
  const colleague = level === null ? null : choose(level, wanted, passed, now);
  if (colleague?.there && colleague.busy === undefined) return { ...colleague, reason: `${why}; ${colleague.reason}` };
  const lead = chooseLead(wanted, passed, why, now);
  return lead?.there && lead.busy === undefined ? lead : null;
}

function fromLevel(wanted: Wanted, level: Level | null, passed: readonly PersonId[], now: Now): Choice | null {
  if (level === null || level.route !== 'load') return inRotation(wanted, level, passed, now);
  const choice = choose(level, wanted, passed, now);
  if (choice?.there) return choice;
  const why = choice === null ? `nobody of ${level.name} has taken it` : `nobody of ${level.name} is on shift`;
  const lead = chooseLead(wanted, passed, why, now);
  return lead?.there || choice === null ? lead : choice;
}

/** One after the other by case number; who is away is passed over while anybody else is left, then who is busy. */
function inRotation(wanted: Wanted, level: Level | null, passed: readonly PersonId[], now: Now): Choice | null {
  const all = level === null ? withoutLevels(now.desk) : ableMembers(now.desk, level);
  const left = all.filter((person) => !passed.includes(person));
  if (left.length === 0 && passed.length > 0)
    return chooseLead(wanted, passed, `nobody of ${level?.name ?? 'the desk'} has taken it`, now);
  const there = left.filter((person) => awayUntil(now.staffing.attendance, person, now.at) === null);
  const candidates = there.length > 0 ? there : left;
  const busy = (person: PersonId): Busy | null => busyAt(now.staffing.attendance, person, now.at);
  const free = candidates.filter((person) => busy(person) === null);
  const nth = (people: readonly PersonId[]): PersonId | undefined => people[wanted.number % Math.max(1, people.length)];
  const [person, usual] = [nth(free.length > 0 ? free : candidates), nth(candidates)];
  if (person === undefined || usual === undefined) return null;
  const spared = busy(usual);
  const reason = spared === null ? '' : person === usual ? busyText(spared, now) : busySentence(spared, now);
  return { person, reason, stopgap: false, there: true };
}

function withoutLevels(desk: Desk): readonly PersonId[] {
  const leads = leadsOf(desk);
  const rest = leads.length > 0 ? leads : desk.people.filter((person) => person.role !== 'viewer');
  return rest.map((person) => person.id);
}
