/** A case that has an owner and that nobody touches: its owner is asked once, then the leads are told. Anything done puts it off. */
import { type Desk, priorityInForce } from '../desk/desk';
import type { Instant } from '../ids';
import { caseCalendar } from '../sla/terms';
import { addOpen } from '../sla/walk';
import { type Case, ownerOf } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';

/** The question to the owner or the word to the leads, when it is due. Empty while it is not. */
export function untouched(it: Case, { desk, at }: Pick<Told, 'desk' | 'at'>): readonly CaseEvent[] {
  const owner = ownerOf(it);
  const due = untouchedWakeAt(it, desk);
  if (owner === null || due === null || due > at) return [];
  const { at: since, asked } = touchOf(it);
  return [{ type: asked === null ? 'OwnerAsked' : 'UntouchedTold', owner, since }];
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
  return addOpen(caseCalendar(it, desk), touch.asked ?? touch.at, staleAfterMs);
}

/** A case from before touches were kept counts from when its owner got it. */
const touchOf = (it: Case): NonNullable<Case['touched']> =>
  it.touched ?? { at: it.holder.since, asked: null, told: false };
