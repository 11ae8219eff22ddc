/** The postings of a proposal: its card to everybody who is asked and to the triage channels, and word of how it went. */
import { type Case, type Handover, ownerOf } from '../domain/case/case';
import type { CaseEvent } from '../domain/case/events';
import { askedPeople } from '../domain/case/offered';
import { type Desk, leadsOf } from '../domain/desk/desk';
import { ableMembers, levelNamed } from '../domain/desk/turns';
import type { PersonId } from '../domain/ids';
import { type Change, channelsOf, inPrivate, privately, publicly, type Step } from './audience';
import { packIntent, packReader } from './packIntent';
import type { Destination, Intent } from './ports';

/** From this hop on the leads are told: a case that goes from hand to hand is nobody's. */
const HOPS_TOLD = 3;

export function announceHandover(change: Change, steps: readonly Step[]): readonly Intent[] {
  return steps.flatMap((step) => {
    const { event } = step;
    switch (event.type) {
      case 'HandoverProposed':
        return [
          ...cardsOf(step, event.handover),
          ...stepless(step, event.handover),
          ...(step.by.kind === 'system' && event.handover.pack === undefined ? word(step, [event.handover.from]) : []),
        ];
      case 'HandoverMovedOn':
        return [...cardsOf(step, event.handover), ...word(step, concerned(event.handover, step.after))];
      case 'HandoverReminded':
        return reminders(step);
      case 'UntouchedTold':
        return toLeads(step);
      case 'OwnerAsked':
        return word(step, [event.owner]);
      default:
        return ended(change, step);
    }
  });
}

/** The cards say how it ended; both people are told, on Accept the case's thread and after many hops the leads as well. */
function ended(change: Change, step: Step): readonly Intent[] {
  const { event } = step;
  const { handover } = change.before ?? { handover: null };
  const id = endedBy(event);
  if (id === null || handover === null || handover.id !== id) return [];
  // Whoever went home and left a pack is not called for each case of it that found somebody; whom it was given to they hear anyway.
  const isGiven = event.type === 'HandoverWithdrawn' && step.by.kind === 'system';
  const isPacked = handover.pack !== undefined && (event.type === 'HandoverAccepted' || isGiven);
  const people = isPacked ? [] : word(step, concerned(handover, change.before));
  const thread =
    event.type === 'HandoverAccepted' ? [publicly(step, 'thread-line', 2)].filter((it) => it !== null) : [];
  const hops = event.type === 'HandoverAccepted' && (step.after.hops ?? []).length >= HOPS_TOLD;
  const leads = hops || event.type === 'HandoverExpired' ? toLeads(step) : [];
  return [...cardsOf(step, handover), ...people, ...thread, ...leads];
}

function endedBy(event: CaseEvent): string | null {
  switch (event.type) {
    case 'HandoverAccepted':
    case 'HandoverDeclined':
    case 'HandoverWithdrawn':
    case 'HandoverExpired':
    case 'AdviceGiven':
      return event.handover;
    default:
      return null;
  }
}

/**
 * The card in the triage channels, and privately to each one asked; the same cards are redrawn when it ends. Whoever is
 * asked about a pack gets one message for all of it; only what goes on from them has a card of its own.
 */
function cardsOf({ after, desk }: Step, handover: Handover): readonly Intent[] {
  const reader = packReader(handover);
  const people = everAsked(desk, handover).filter((person) => person !== reader);
  const to = reader === null ? null : inPrivate(desk, after, reader);
  const pack = reader === null || to === null ? [] : [packIntent(to, handover.pack ?? '', reader)];
  if (reader !== null && handover.asked.kind === 'person' && handover.asked.person === reader) return pack;
  const places = [
    ...channelsOf(desk.triage),
    ...people.map((person) => inPrivate(desk, after, person)).filter((place) => place !== null),
  ];
  return [...pack, ...places.map((place) => cardAt(place, after, handover))];
}

const cardAt = (to: Destination, { id }: Case, handover: Handover): Intent => ({
  kind: 'keep',
  case: id,
  to,
  dedupe: `handover:${id}:${handover.id}:${to.platform}:${to.kind === 'person' ? to.user : 'triage'}`,
  drawing: { view: 'handover-card', args: { handover: handover.id } },
  urgency: 0,
});

function everAsked(desk: Desk, handover: Handover): readonly PersonId[] {
  const before = handover.askedBefore.flatMap((name) => ableMembers(desk, levelNamed(desk, name)));
  return [...new Set([...before, ...(handover.peopleBefore ?? []), ...askedPeople(desk, handover)])];
}

/** Whoever proposed it and whoever owned the case then. */
function concerned({ from }: Handover, it: Case | null): readonly PersonId[] {
  const owner = it === null ? null : ownerOf(it);
  return owner === null ? [from] : [from, owner];
}

/** An updated card makes no sound: those who are asked now hear again that somebody waits for their answer. */
function reminders(step: Step): readonly Intent[] {
  const { handover } = step.after;
  return handover === null ? [] : word(step, askedPeople(step.desk, handover));
}

function word(step: Step, people: readonly PersonId[]): readonly Intent[] {
  const others = [...new Set(people)].filter((person) => !(step.by.kind === 'person' && step.by.id === person));
  return others.map((person) => privately(step, person, 0)).filter((it) => it !== null);
}

/** The leads hear of all cases of a pack without a next step in one message, which names each as it is offered. */
function stepless({ after, desk }: Step, { pack, noStep, at }: Handover): readonly Intent[] {
  if (pack === undefined || noStep !== true) return [];
  return leadsReading(desk, after).map((to) => ({
    kind: 'keep',
    case: null,
    to,
    dedupe: `stepless:${pack}:${to.platform}:${to.kind === 'person' ? to.user : 'leads'}`,
    drawing: { view: 'stepless', args: { pack, at } },
    urgency: 1,
  }));
}

function toLeads({ after, desk, version }: Step): readonly Intent[] {
  return leadsReading(desk, after).map((to) => ({
    kind: 'post',
    case: after.id,
    to,
    dedupe: `leads-word:${after.id}:${version}:${to.platform}:${to.kind === 'channel' ? to.channel : to.user}`,
    drawing: { view: 'leads-word', args: { version } },
    urgency: 1,
  }));
}

/** Where the leads read, or each of them in private on a desk without such a channel. */
function leadsReading(desk: Desk, it: Case): readonly Exclude<Destination, { kind: 'whisper' }>[] {
  const channels = channelsOf(desk.leads);
  if (channels.length > 0) return channels;
  return leadsOf(desk).flatMap(({ id }) => {
    const to = inPrivate(desk, it, id);
    return to === null || to.kind === 'whisper' ? [] : [to];
  });
}
