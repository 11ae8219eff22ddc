/** Who of all the desk is on shift and could have the case instead of somebody who is not. */
import type { Desk } from '../desk/desk';
import { choose, chooseLead, firstThere, isThere, type Now, nowOf } from '../desk/routing';
import { isAble, levelNamed } from '../desk/turns';
import type { PersonId } from '../ids';
import { clocksInLine } from '../sla/policy';
import { type Asked, type Case, type Handover, ownerOf } from './case';
import type { CaseEvent } from './events';
import { type Asking, kindOf, personAsked } from './offered';
import { beginWork, followed, withdrawn } from './ownership';
import { wantedFor } from './turn';

/** Of the case's level, of the others (who is busy after those who are not), a lead; `passed` are not asked. Null: nobody is there. */
export function someoneThere(it: Case, passed: readonly PersonId[], now: Now): Asked | null {
  const { desk } = now;
  const own = levelNamed(desk, it.level);
  const levels = [...(own === null ? [] : [own]), ...desk.levels.filter((level) => level !== own)];
  const choices = levels.map((level) => {
    const choice = choose(level, wantedFor(it), passed, now);
    return choice === null ? null : { ...choice, level: level.name };
  });
  const choice = firstThere(choices);
  return choice === null ? leadThere(it, passed, now) : personAsked(desk, choice.person, choice.level);
}

export function leadThere(it: Case, passed: readonly PersonId[], now: Now): Asked | null {
  const lead = chooseLead(wantedFor(it), passed, 'nobody else is there', now);
  return lead?.there ? personAsked(now.desk, lead.person, null) : null;
}

/** Only the lowest priority may sleep. */
export function isUrgent({ priority }: Case, desk: Desk): boolean {
  const lowest = desk.priorities.length > 1 ? desk.priorities.at(-1)?.name : undefined;
  return priority !== null && priority !== lowest;
}

/** Whether its owner has gone home, or for good; false where nobody owns it. */
export function isLeft(it: Case, told: Asking): boolean {
  const owner = ownerOf(it);
  return owner !== null && (isOrphaned(it, told.desk) || !isThere(owner, nowOf(told)));
}

/** Its owner has left the desk file, or only looks from now on. */
export function isOrphaned(it: Case, desk: Desk): boolean {
  const owner = ownerOf(it);
  return owner !== null && !isAble(desk, owner);
}

/**
 * What is urgent or without an owner of the desk, and which nobody has accepted in time while its owner is gone, is given to
 * somebody who is there: to a lead, else to whoever is next, and who was asked already only where nobody else is there. Empty
 * where there is no need, or nobody.
 */
export function givenToSomeoneThere(it: Case, handover: Handover, told: Asking): readonly CaseEvent[] {
  const owner = ownerOf(it);
  const { desk, at } = told;
  if (owner === null || kindOf(handover) === 'advice' || !isLeft(it, told)) return [];
  const orphaned = isOrphaned(it, desk);
  if (!orphaned && !isUrgent(it, desk)) return [];
  const now = nowOf(told);
  const passed = [owner, ...everAskedByName(handover)];
  const next = leadThere(it, passed, now) ?? someoneThere(it, passed, now) ?? someoneThere(it, [owner], now);
  if (next?.kind !== 'person') return [];
  const why = `nobody accepted it in time, and its owner is ${orphaned ? 'no longer of the desk' : 'off shift'}`;
  const assigned: CaseEvent = { type: 'CaseAssigned', owner: next.person, from: owner, why };
  const system = { desk, at, by: { kind: 'system' } as const };
  const moved = [...withdrawn(it, 'nobody accepted it in time'), assigned];
  return followed(it, beginWork(it, moved, system), system, (after) => clocksInLine(after, system));
}

export const everAskedByName = ({ asked, peopleBefore = [] }: Handover): readonly PersonId[] =>
  asked.kind === 'person' ? [...peopleBefore, asked.person] : peopleBefore;
