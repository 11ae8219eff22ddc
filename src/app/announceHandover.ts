/** The postings of a hand-over: its card to everybody who is asked and to the triage channels, and word of how it ended. */
import type { Case, Handover } from '../domain/case/case';
import type { CaseEvent } from '../domain/case/events';
import { askedPeople } from '../domain/case/handover';
import type { Desk } from '../domain/desk/desk';
import { ableMembers, levelNamed } from '../domain/desk/turns';
import type { PersonId } from '../domain/ids';
import { type Change, channelsOf, inPrivate, privately, publicly, type Step } from './audience';
import type { Intent } from './ports';

export function announceHandover(change: Change, steps: readonly Step[]): readonly Intent[] {
  return steps.flatMap((step) => {
    const { event } = step;
    if (event.type === 'HandoverProposed') return cardsOf(step, event.handover);
    if (event.type === 'HandoverMovedOn')
      return [...cardsOf(step, event.handover), ...word(step, [event.handover.from])];
    const ended = endedBy(event);
    const { handover } = change.before ?? { handover: null };
    if (ended === null || handover === null || handover.id !== ended) return [];
    return [...cardsOf(step, handover), ...ending(step, handover, change.before)];
  });
}

function endedBy(event: CaseEvent): string | null {
  switch (event.type) {
    case 'HandoverAccepted':
    case 'HandoverDeclined':
    case 'HandoverWithdrawn':
      return event.handover;
    default:
      return null;
  }
}

/** The card in the triage channels, and privately to each one asked; the same cards are redrawn when it ends. */
function cardsOf({ after, desk }: Step, handover: Handover): readonly Intent[] {
  const people = everAsked(desk, handover);
  const places = [
    ...channelsOf(desk.triage),
    ...people.map((person) => inPrivate(desk, after, person)).filter((to) => to !== null),
  ];
  return places.map((to) => ({
    kind: 'keep',
    case: after.id,
    to,
    dedupe: `handover:${after.id}:${handover.id}:${to.platform}:${to.kind === 'person' ? to.user : 'triage'}`,
    drawing: { view: 'handover-card', args: { handover: handover.id } },
    urgency: 0,
  }));
}

function everAsked(desk: Desk, handover: Handover): readonly PersonId[] {
  const before = handover.askedBefore.flatMap((name) => ableMembers(desk, levelNamed(desk, name)));
  return [...new Set([...before, ...askedPeople(desk, handover)])];
}

/** Both people are told, and on Accept the case's thread as well. */
function ending(step: Step, handover: Handover, before: Case | null): readonly Intent[] {
  const owner = before?.holder.kind === 'owner' ? before.holder.person : null;
  const people = word(step, [handover.from, ...(owner === null ? [] : [owner])]);
  const thread =
    step.event.type === 'HandoverAccepted' ? [publicly(step, 'thread-line', 2)].filter((it) => it !== null) : [];
  return [...people, ...thread];
}

function word(step: Step, people: readonly PersonId[]): readonly Intent[] {
  const others = [...new Set(people)].filter((person) => !(step.by.kind === 'person' && step.by.id === person));
  return others.map((person) => privately(step, person, 0)).filter((it) => it !== null);
}
