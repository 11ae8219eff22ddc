import type { Holder } from '../case/case';
import type { Instant, PersonId } from '../ids';
import { type Desk, type Level, leadsOf, personOf } from './desk';

/** People of a level who can own cases: those still in the desk file and not mere viewers. */
export function ableMembers(desk: Desk, level: Level | null): readonly PersonId[] {
  if (level === null) return [];
  return level.members.filter((id) => {
    const person = personOf(desk, id);
    return person !== null && person.role !== 'viewer';
  });
}

/**
 * Whose turn it is to find an owner: the people of the first level with anybody in it, one after the other by case
 * number; on a desk without levels the leads, then anybody who works cases; on an empty desk nobody.
 */
export function turnFor(desk: Desk, number: number, why: string, since: Instant): Holder {
  const person = candidates(desk)[number % Math.max(1, candidates(desk).length)];
  return person === undefined ? { kind: 'nobody', since } : { kind: 'turn', person, why, since };
}

function candidates(desk: Desk): readonly PersonId[] {
  for (const level of desk.levels) {
    const able = ableMembers(desk, level);
    if (able.length > 0) return able;
  }
  const leads = leadsOf(desk);
  const rest = leads.length > 0 ? leads : desk.people.filter((person) => person.role !== 'viewer');
  return rest.map((person) => person.id);
}

export function levelNamed(desk: Desk, name: string | null): Level | null {
  return desk.levels.find((level) => level.name === name) ?? null;
}

/** The first level above `name` that has somebody in it, or null after the last. */
export function levelAfter(desk: Desk, name: string | null): Level | null {
  const from = desk.levels.findIndex((level) => level.name === name) + 1;
  return desk.levels.slice(from).find((level) => ableMembers(desk, level).length > 0) ?? null;
}

/** The highest level that the person is a member of, or null. */
export function levelOfPerson(desk: Desk, person: PersonId): Level | null {
  return [...desk.levels].reverse().find((level) => level.members.includes(person)) ?? null;
}
