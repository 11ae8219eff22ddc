/** What becomes of a proposal that nobody answers: a reminder, the next in line, and an end that is told. */
import { type Desk, leadsOf } from '../desk/desk';
import { nowOf } from '../desk/routing';
import { earliest, type Instant } from '../ids';
import type { Asked, Case, Handover } from './case';
import type { CaseEvent } from './events';
import { type Asking, askedNext, askedPeople, timesOf } from './offered';
import { everAskedByName, givenToSomeoneThere, isLeft, someoneThere } from './standIn';

/** What is due on an open proposal by now. Empty while nothing is. */
export function moveOn(it: Case, told: Asking): readonly CaseEvent[] {
  const { desk, at } = told;
  const { handover } = it;
  if (handover === null) return [];
  if (isOver(desk, handover, at)) {
    const given = givenToSomeoneThere(it, handover, told);
    return given.length > 0 ? given : [onward(it, handover, told)];
  }
  const { remindAt = [] } = handover;
  const left = remindAt.filter((mark) => mark > at);
  if (left.length === remindAt.length) return [];
  return [{ type: 'HandoverReminded', handover: handover.id, remindAt: left }];
}

/** The time is up, or nobody of those asked is still there to answer. */
const isOver = (desk: Desk, handover: Handover, at: Instant): boolean =>
  (handover.acceptBy !== null && handover.acceptBy <= at) || askedPeople(desk, handover).length === 0;

function onward(it: Case, handover: Handover, told: Asking): CaseEvent {
  const { desk, at } = told;
  const { asked, askedBefore, peopleBefore = [] } = handover;
  const next = insteadOfOwner(it, handover, told) ?? askedNext(told, it, handover);
  if (next === null) {
    const turn = it.holder.kind === 'owner' || handover.kind === 'advice' ? null : (leadsOf(desk)[0]?.id ?? null);
    return { type: 'HandoverExpired', handover: handover.id, turn };
  }
  const moved: Handover = {
    ...handover,
    asked: next,
    askedBefore: asked.kind === 'level' ? [...askedBefore, asked.level] : askedBefore,
    peopleBefore: asked.kind === 'person' ? [...peopleBefore, asked.person] : peopleBefore,
    ...timesOf(desk, it, next, at),
  };
  return { type: 'HandoverMovedOn', handover: moved, from: asked };
}

/** A hand-over pack may go to anybody who is there; null where nobody is, and for every other proposal. */
function insteadOfOwner(it: Case, handover: Handover, told: Asking): Asked | null {
  if (handover.pack === undefined || handover.asked.kind === 'leads' || !isLeft(it, told)) return null;
  return someoneThere(it, [handover.from, ...everAskedByName(handover)], nowOf(told));
}

/** When the proposal next needs looking at. */
export function unansweredWakeAt({ handover }: Case): Instant | null {
  return handover === null ? null : earliest(handover.acceptBy, handover.remindAt?.[0] ?? null);
}
