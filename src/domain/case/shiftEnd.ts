/** What becomes of somebody's cases at the end of their shift: what cannot wait is offered to somebody who is there. */
import { type Desk, leadsOf } from '../desk/desk';
import { nowOf } from '../desk/routing';
import { earliest, type Instant, type PersonId } from '../ids';
import { nextDue } from '../sla/policy';
import { type Asked, type Case, isLive, ownerOf } from './case';
import type { CommandOf } from './commands';
import type { Told } from './decision';
import type { CaseEvent } from './events';
import { proposal } from './handover';
import { kindOf } from './offered';
import { withdrawn } from './ownership';
import { everAskedByName, isLeft, isOrphaned, isUrgent, someoneThere } from './standIn';

/** Something on it is due, or was promised, before its owner is back (null: nobody knows when). */
export function dueBefore(it: Case, back: Instant | null, desk: Desk): boolean {
  if (it.status !== 'In progress' || it.handover !== null) return false;
  const due = earliest(nextDue(it, desk)?.dueAt ?? null, it.promise?.dueAt ?? null);
  return due !== null && (back === null || due <= back);
}

/**
 * Whether it may stay with somebody who has gone until they are back: nothing is due, and only the lowest priority sleeps.
 * Nothing stays with who has left the desk.
 */
export function canWait(it: Case, back: Instant | null, desk: Desk): boolean {
  if (it.handover !== null || !isLive(it)) return true;
  if (isOrphaned(it, desk)) return false;
  if (it.status !== 'In progress') return true;
  return !isUrgent(it, desk) && !dueBefore(it, back, desk);
}

/** Urgent, and its offer went round to the leads while nobody was there: it is offered anew as soon as somebody is. */
export const waitsForLeads = (it: Case, desk: Desk): boolean =>
  it.status === 'In progress' &&
  it.handover?.asked.kind === 'leads' &&
  kindOf(it.handover) !== 'advice' &&
  (isUrgent(it, desk) || isOrphaned(it, desk));

/**
 * Asked is somebody on shift: of the case's level, of the others, a lead. With nobody there the leads are asked where
 * something is due before the owner is back, once; otherwise it stays.
 */
export function handOverShift(it: Case, command: CommandOf<'HandOverShift'>, told: Told): readonly CaseEvent[] {
  const owner = ownerOf(it);
  const { desk, at } = told;
  const isStuck = waitsForLeads(it, desk);
  if (owner === null || (canWait(it, command.back, desk) && !isStuck) || !isLeft(it, told)) return [];
  const before = it.handover === null ? [] : everAskedByName(it.handover);
  const there = someoneThere(it, [owner, ...before], nowOf(told)) ?? someoneThere(it, [owner], nowOf(told));
  const wakesLeads = command.again !== true && (isOrphaned(it, desk) || dueBefore(it, command.back, desk));
  const asked = there ?? (wakesLeads ? theLeads(desk, owner) : null);
  if (asked === null) return [];
  const { tried, needed, told: client } = command;
  const handover = proposal(it, { from: owner, asked, tried, needed, told: client }, told);
  // Those who are there have declined, and it is about to be given to one of them: nobody is asked twice for that.
  if (isStuck && (it.handover?.acceptBy ?? at) <= (handover.acceptBy ?? at)) return [];
  const step = command.hasStep ? {} : { noStep: true as const };
  const proposed: CaseEvent = { type: 'HandoverProposed', handover: { ...handover, pack: command.pack, ...step } };
  return [...withdrawn(it, 'somebody is on shift again'), proposed];
}

const theLeads = (desk: Desk, owner: PersonId): Asked | null =>
  leadsOf(desk).some(({ id }) => id !== owner) ? { kind: 'leads' } : null;
