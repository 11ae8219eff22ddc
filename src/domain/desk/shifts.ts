import type { PersonId } from '../ids';
import type { Calendar } from '../sla/calendar';
import { calendarOf, type Desk, type Person, personOf } from './desk';

/** When somebody works: their own hours, else those of the desk. */
export const shiftsOf = (desk: Desk, person: PersonId): Calendar =>
  personOf(desk, person)?.hours ?? calendarOf(desk, 'desk');

/** Whether the desk file says of anybody when they work; without it nobody can tell who is on shift. */
export const knowsShifts = (desk: Desk): boolean => desk.people.some((person) => person.hours !== undefined);

/** Everybody who takes cases: the members of the levels; on a desk without levels all who work cases. */
export function caseTakers(desk: Desk): readonly Person[] {
  const named = new Set(desk.levels.flatMap((level) => level.members));
  return desk.people.filter((person) => person.role !== 'viewer' && (named.size === 0 || named.has(person.id)));
}
