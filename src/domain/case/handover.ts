/** The contract of a hand-over: proposed with all that the next person must know; accepted, answered, declined or withdrawn. */
import { type Desk, personOf } from '../desk/desk';
import { isLead } from '../desk/roles';
import { nowOf } from '../desk/routing';
import { ableMembers, levelNamed, levelOfPerson } from '../desk/turns';
import { MINUTE_MS, type PersonId } from '../ids';
import { clocksInLine } from '../sla/policy';
import { listed } from '../words';
import { type Asked, type Case, type Handover, ownerOf, partyName } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import {
  acceptedLevel,
  askableAfter,
  askedName,
  askedPeople,
  candidatesOf,
  kindOf,
  levelAsked,
  personAsked,
  timesOf,
  wasAsked,
} from './offered';
import { TEXT_MAX } from './open';
import { followed, startWork } from './ownership';
import { makePromise, openPromise } from './promise';
import { type Refusal, refuse } from './refusals';
import { meanwhile, staleFor } from './stale';
import { everAskedByName, givenToSomeoneThere, isLeft, someoneThere } from './standIn';
import { notLive, speaker } from './triage';

/** A proposal to a level or a person. Until somebody accepts, the holder stays the holder; advice never moves the case. */
export function escalate(it: Case, command: CommandOf<'EscalateCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['handover', 'status']);
  if (stale !== null) return stale;
  const no = notLive(it) ?? incomplete(command);
  if (no !== null) return no;
  if (it.handover !== null)
    return refuse(
      'handover-open',
      `${it.ref} is already offered to ${askedName(it.handover.asked)}. Wait for their answer, or withdraw the offer first.`,
    );
  const from = speaker(told);
  if (from === null) return refuse('not-of-the-desk');
  const asked = whomToAsk(it, command, told, from);
  if ('refused' in asked) return asked;
  const proposed: CaseEvent = { type: 'HandoverProposed', handover: proposal(it, { ...command, asked, from }, told) };
  return [proposed, ...promised(it, command, told)];
}

interface Words {
  readonly from: PersonId;
  readonly asked: Asked;
  readonly tried: string;
  readonly needed: string;
  readonly told: string;
  readonly advice?: boolean;
  readonly deadline?: CommandOf<'EscalateCase'>['deadline'];
}

/** The proposal as it is first made, its time beginning now. */
export function proposal(it: Case, words: Words, { desk, at }: Pick<Told, 'desk' | 'at'>): Handover {
  return {
    id: `h${it.handovers + 1}`,
    kind: words.advice === true ? 'advice' : 'hand-over',
    from: words.from,
    tried: words.tried.trim(),
    needed: words.needed.trim(),
    told: words.told.trim(),
    deadline: words.deadline ?? null,
    at,
    asked: words.asked,
    askedBefore: [],
    peopleBefore: [],
    ...timesOf(desk, it, words.asked, at),
  };
}

function whomToAsk(it: Case, command: CommandOf<'EscalateCase'>, told: Told, from: PersonId): Asked | Refusal {
  const { desk } = told;
  const { person = null, level: name } = command;
  if (person !== null) return personToAsk(it, person, desk, from);
  if (name === null) {
    const next = askableAfter(desk, it.level, it, from);
    return next === null ? refuse('no-further-level') : levelAsked(next, it, from, told);
  }
  const level = levelNamed(desk, name);
  if (level === null) return refuse('level-unknown');
  if (ableMembers(desk, level).length === 0) return refuse('level-empty');
  if (candidatesOf(desk, level, it, from).length > 0) return levelAsked(level, it, from, told);
  return refuse(ableMembers(desk, level).includes(from) ? 'handover-to-self' : 'handover-to-owner');
}

function personToAsk(it: Case, id: PersonId, desk: Desk, from: PersonId): Asked | Refusal {
  const person = personOf(desk, id);
  if (person === null) return refuse('person-unknown');
  if (person.role === 'viewer') return refuse('person-cannot-own');
  if (id === from) return refuse('handover-to-self');
  if (id === ownerOf(it)) return refuse('handover-to-owner');
  return personAsked(desk, id, levelOfPerson(desk, id)?.name ?? null);
}

/** A time that the client was told is a promise of the desk from then on, whoever has the case. */
function promised(
  it: Case,
  { told: words, deadline = null }: CommandOf<'EscalateCase'>,
  told: Told,
): readonly CaseEvent[] {
  const known = openPromise(it)?.dueAt ?? null;
  // A form names minutes: the promise that it was filled in from is the same one.
  if (deadline === null || (known !== null && Math.abs(known - deadline) < MINUTE_MS)) return [];
  const made = makePromise(it, { kind: 'MakePromise', words, dueAt: deadline }, told);
  return 'refused' in made ? [] : made;
}

function incomplete(command: CommandOf<'EscalateCase'>): Refusal | null {
  const words = [command.tried, command.needed, command.told];
  if (words.some((said) => said.trim() === '')) return refuse('handover-incomplete');
  return words.some((said) => said.length > TEXT_MAX) ? refuse('text-too-long') : null;
}

/** Ownership moves to the person who accepts, in this one decision. */
export function accept(it: Case, command: CommandOf<'AcceptHandover'>, told: Told): Decision {
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const no = notAsked(handover, told);
  const owner = speaker(told);
  if (no !== null || owner === null) return no ?? refuse('not-of-the-desk');
  if (kindOf(handover) === 'advice') return refuse('advice-only');
  const accepted: Extract<CaseEvent, { type: 'HandoverAccepted' }> = {
    type: 'HandoverAccepted',
    handover: handover.id,
    owner,
    from: ownerOf(it),
    level: acceptedLevel(told.desk, handover, owner) ?? levelOfPerson(told.desk, owner)?.name ?? it.level,
  };
  const why = `the case is with ${accepted.level ?? partyName(told.by)} now`;
  return startWork(
    it,
    followed(it, [accepted], told, (now) => clocksInLine(now, told, why)),
    told,
  );
}

/** The answer to a question: the case stays with its owner, who reads it. */
export function advise(it: Case, command: CommandOf<'GiveAdvice'>, told: Told): Decision {
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const no = notAsked(handover, told);
  if (no !== null) return no;
  if (kindOf(handover) !== 'advice') return refuse('not-advice');
  const advice = command.advice.trim();
  if (advice === '') return refuse('advice-missing');
  return advice.length > TEXT_MAX ? refuse('text-too-long') : [{ type: 'AdviceGiven', handover: handover.id, advice }];
}

/** Back to the owner, with the reason; who has gone home is not given it back: then somebody else is asked. */
export function decline(it: Case, command: CommandOf<'DeclineHandover'>, told: Told): Decision {
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const no = notAsked(handover, told);
  if (no !== null) return no;
  if (command.reason.trim() === '') return refuse('reason-missing');
  if (command.reason.length > TEXT_MAX) return refuse('text-too-long');
  return [
    {
      type: 'HandoverDeclined',
      handover: handover.id,
      reason: command.reason.trim(),
      backTo: ownerOf(it) ?? handover.from,
    },
    ...passedOn(it, handover, told),
  ];
}

/** What was offered at the end of its owner's shift goes on to somebody else who is there, within the same time. */
function passedOn(it: Case, handover: Handover, told: Told): readonly CaseEvent[] {
  const owner = ownerOf(it);
  if (handover.pack === undefined || owner === null || !isLeft(it, told)) return [];
  const me = speaker(told);
  const asked = [...new Set([...everAskedByName(handover), ...(me === null ? [] : [me])])];
  const next = someoneThere(it, [owner, ...asked], nowOf(told)) ?? { kind: 'leads' };
  // They were the last: what cannot sleep is given to somebody now, rather than asked about again.
  if (next.kind === 'leads' && handover.asked.kind === 'leads')
    return givenToSomeoneThere({ ...it, handover: null }, handover, told);
  const { acceptBy, remindAt = [], askedBefore, pack } = handover;
  const times = acceptBy === null ? {} : { acceptBy, remindAt: remindAt.filter((mark) => mark > told.at) };
  const again = proposal(it, { ...handover, asked: next, advice: false }, told);
  return [{ type: 'HandoverProposed', handover: { ...again, ...times, askedBefore, peopleBefore: asked, pack } }];
}

/** By whoever proposed it, the owner, or a lead: it is not needed any more. */
export function withdraw(it: Case, command: CommandOf<'WithdrawHandover'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen ?? null }, ['handover']);
  if (stale !== null) return stale;
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const me = speaker(told);
  const isTheirs = me === handover.from || me === ownerOf(it) || isLead(told.desk, told.by);
  if (!isTheirs) return refuse('not-yours-to-withdraw');
  return [{ type: 'HandoverWithdrawn', handover: handover.id, because: 'it was withdrawn' }];
}

function openHandover(it: Case, id: string, told: Told): Handover | Refusal {
  if (it.handover !== null && it.handover.id === id) return it.handover;
  const { handover: last } = it.changed;
  return refuse('handover-gone', `This hand-over is no longer open: ${meanwhile(it, last, told.at)}.`);
}

function notAsked(handover: Handover, told: Told): Refusal | null {
  const me = speaker(told);
  if (isLead(told.desk, told.by) || (me !== null && wasAsked(told.desk, handover, me))) return null;
  const { desk, by } = told;
  const names = listed(askedPeople(desk, handover).map((id) => personOf(desk, id)?.name ?? id));
  const whom = handover.asked.kind === 'person' ? names : `${askedName(handover.asked)} (${names})`;
  return refuse(
    'not-asked',
    `This hand-over was offered to ${whom}, so only they and the leads can answer it. Thank you for looking, ${partyName(by)}.`,
  );
}
