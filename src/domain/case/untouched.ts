/**
 * A case that has an owner and that nobody touches: its owner is asked once, then the leads are told. Anything done puts it
 * off. Whoever has gone home is asked when they are back; of one who is not there though the desk file says so (away, or
 * their shift was swapped), the leads are told at once.
 */
import { AS_PLANNED, backAt } from '../desk/availability';
import { type Desk, priorityInForce } from '../desk/desk';
import { isThere, nowOf } from '../desk/routing';
import { knowsShifts } from '../desk/shifts';
import type { Instant, PersonId } from '../ids';
import { caseCalendar } from '../sla/terms';
import { addOpen } from '../sla/walk';
import { type Case, ownerOf } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';
import { touchOf } from './stamps';

/** The question to the owner or the word to the leads, when it is due. Empty while it is not. */
export function untouched(it: Case, told: Pick<Told, 'desk' | 'at' | 'staffing'>): readonly CaseEvent[] {
  const { desk, at } = told;
  const owner = ownerOf(it);
  const due = untouchedWakeAt(it, desk);
  if (owner === null || due === null || due > at) return [];
  const { at: since, asked } = touchOf(it);
  if (asked !== null) return [{ type: 'UntouchedTold', owner, since }];
  const canAnswer = !knowsShifts(desk) || isThere(owner, nowOf(told));
  return [canAnswer ? { type: 'OwnerAsked', owner, since } : { type: 'UntouchedTold', owner, since, unasked: true }];
}

/**
 * When somebody must be asked about it, on the case's calendar; null while it waits for the client or for an answer to a
 * proposal, where the desk says nothing of it, and after the leads were told.
 */
export function untouchedWakeAt(it: Case, desk: Desk): Instant | null {
  const { staleAfterMs } = priorityInForce(desk, it.priority);
  const touch = touchOf(it);
  if (staleAfterMs === undefined || touch.told) return null;
  if (it.status !== 'In progress' || it.holder.kind !== 'owner' || it.handover !== null) return null;
  const due = addOpen(caseCalendar(it, desk), touch.asked ?? touch.at, staleAfterMs);
  return due === null || touch.asked !== null ? due : whenThere(desk, it.holder.person, due);
}

/** `due`, or the next beginning of the person's hours or shifts in the desk file; as it was where nobody knows of one. */
const whenThere = (desk: Desk, person: PersonId, due: Instant): Instant =>
  knowsShifts(desk) ? (backAt({ desk, attendance: AS_PLANNED }, person, due) ?? due) : due;
