import { type Person, personOf } from '../desk/desk';
import type { PersonId } from '../ids';
import { clocksAtResponse, clocksAtWork } from '../sla/policy';
import { type Case, ownerOf } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { kindOf } from './offered';
import { type Refusal, refuse } from './refusals';
import { meanwhile, staleFor } from './stale';
import { notLive, speaker } from './triage';

type Pace = Pick<Told, 'desk' | 'at' | 'by'>;

export function take(it: Case, command: CommandOf<'TakeCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['holder', 'status']);
  if (stale !== null) return stale;
  const no = notLive(it);
  if (no !== null) return no;
  const me = speaker(told);
  const owner = ownerOf(it);
  if (me === null) return refuse('not-of-the-desk');
  if (owner === me) return refuse('already-yours');
  if (owner !== null && !command.takeOver) return refuse('owned-already', ownedBy(it, told, owner));
  return startWork(
    it,
    [...superseded(it, 'the case was taken', me), { type: 'CaseTaken', owner: me, from: owner }],
    told,
  );
}

export function assign(it: Case, command: CommandOf<'AssignCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['holder', 'status']);
  if (stale !== null) return stale;
  const person = personOf(told.desk, command.to);
  const { deal } = command;
  const no = notLive(it) ?? cannotOwn(person) ?? notDealtFrom(it, deal?.from, told);
  if (no !== null) return no;
  if (ownerOf(it) === command.to) return refuse('already-theirs');
  const assigned: CaseEvent = {
    type: 'CaseAssigned',
    owner: command.to,
    from: ownerOf(it),
    ...(deal !== undefined && { why: deal.why, deal: deal.id }),
  };
  const moved = [...superseded(it, 'the case was assigned', command.to), assigned];
  // Being given a case is not yet an answer to the client; giving it to oneself is Take by another name.
  return command.to === speaker(told) ? startWork(it, moved, told) : beginWork(it, moved, told);
}

/** What has got another owner since all of somebody's cases were looked at is not theirs to be dealt out. */
function notDealtFrom(it: Case, from: PersonId | undefined, { at }: Told): Refusal | null {
  if (from === undefined || ownerOf(it) === from) return null;
  return refuse('stale', `Meanwhile ${meanwhile(it, it.changed.holder, at)}, so it stays as it is.`);
}

function cannotOwn(person: Person | null): Refusal | null {
  if (person === null) return refuse('person-unknown');
  return person.role === 'viewer' ? refuse('person-cannot-own') : null;
}

/** Somebody made the case theirs: they have answered for it, and a case that nobody worked on is in progress now. */
export function startWork(it: Case, moved: readonly CaseEvent[], told: Pace): readonly CaseEvent[] {
  return followed(it, beginWork(it, moved, told), told, (now) => clocksAtResponse(now, told));
}

/** Ownership moved: a case that nobody worked on is in progress now. */
export function beginWork(it: Case, moved: readonly CaseEvent[], told: Pace): readonly CaseEvent[] {
  if (it.status !== 'New' && it.status !== 'Triaged') return moved;
  return followed(it, [...moved, { type: 'WorkStarted' }], told, (now) => clocksAtWork(now, told));
}

/** `events`, and then what follows from the case as they have left it. */
export function followed(
  it: Case,
  events: readonly CaseEvent[],
  told: Pace,
  next: (now: Case) => readonly CaseEvent[],
): readonly CaseEvent[] {
  return [...events, ...next(evolveAll(it, events, told) ?? it)];
}

/** Somebody else has the case now. A question stays open, unless it was put to them. */
function superseded(it: Case, because: string, owner: PersonId): readonly CaseEvent[] {
  const { handover } = it;
  const stays =
    handover !== null &&
    kindOf(handover) === 'advice' &&
    !(handover.asked.kind === 'person' && handover.asked.person === owner);
  return stays ? [] : withdrawn(it, because);
}

/** An open proposal ends when the case goes another way. */
export function withdrawn(it: Case, because: string): readonly CaseEvent[] {
  return it.handover === null ? [] : [{ type: 'HandoverWithdrawn', handover: it.handover.id, because }];
}

const ownedBy = (it: Case, told: Told, owner: PersonId): string =>
  `${personOf(told.desk, owner)?.name ?? owner} has ${it.ref} already. Take on its card, or \`take ${it.ref}\`, takes it over.`;
