import type { PersonId } from '../ids';
import { type Desk, type Level, personOf } from './desk';

/** People of a level who can own cases: those still in the desk file and not mere viewers. */
export function ableMembers(desk: Desk, level: Level | null): readonly PersonId[] {
  return level === null ? [] : level.members.filter((id) => isAble(desk, id));
}

/** Whether somebody can own cases: in the desk file today, and more than a mere viewer. */
export function isAble(desk: Desk, person: PersonId): boolean {
  const role = personOf(desk, person)?.role;
  return role !== undefined && role !== 'viewer';
}

export function levelNamed(desk: Desk, name: string | null): Level | null {
  return desk.levels.find((level) => level.name === name) ?? null;
}

/** The first level with anybody in it, or null. */
export const firstLevel = (desk: Desk): Level | null =>
  desk.levels.find((level) => ableMembers(desk, level).length > 0) ?? null;

/** The first level above `name` that has somebody in it, or null after the last. */
export function levelAfter(desk: Desk, name: string | null): Level | null {
  const from = desk.levels.findIndex((level) => level.name === name) + 1;
  return desk.levels.slice(from).find((level) => ableMembers(desk, level).length > 0) ?? null;
}

/** The highest level that the person is a member of, or null. */
export function levelOfPerson(desk: Desk, person: PersonId): Level | null {
  return [...desk.levels].reverse().find((level) => level.members.includes(person)) ?? null;
}
