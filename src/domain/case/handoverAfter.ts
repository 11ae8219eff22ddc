import type { Instant, PersonId } from '../ids';
import type { Case, Handover, HandoverKind, Holder } from './case';
import type { CaseEvent } from './events';
import { type Happening, owned, stamped } from './stamps';

/** What happens to a proposal. */
export type HandoverEvent = Extract<CaseEvent, { type: `Handover${string}` | 'AdviceGiven' }>;

export const isHandoverEvent = (event: CaseEvent): event is HandoverEvent =>
  event.type.startsWith('Handover') || event.type === 'AdviceGiven';

/** The case after something happened to its proposal; for evolve. */
export function handedOver(it: Case, event: HandoverEvent, happening: Happening): Case {
  const ended = { ...it, handover: null };
  switch (event.type) {
    case 'HandoverProposed':
      return stamped(
        { ...it, handover: event.handover, handovers: it.handovers + 1 },
        'handover',
        event.handover.kind === 'advice' ? 'asked for advice on' : 'escalated',
        happening,
      );
    case 'HandoverMovedOn':
      return stamped({ ...it, handover: event.handover }, 'handover', 'asked the next in line to take', happening);
    case 'HandoverReminded':
      // No stamp: a reminder makes nobody's press out of date.
      return it.handover === null ? it : { ...it, handover: { ...it.handover, remindAt: event.remindAt } };
    case 'HandoverAccepted':
      return accepted(it, event, happening);
    case 'HandoverDeclined':
      return stamped(
        { ...ended, holder: declinedTo(it, it.handover, event.backTo, happening.at) },
        'handover',
        `declined ${namedOf(it.handover?.kind)}`,
        happening,
      );
    case 'HandoverWithdrawn':
      return stamped(ended, 'handover', `withdrew ${namedOf(it.handover?.kind)}`, happening);
    case 'AdviceGiven':
      return stamped(ended, 'handover', 'gave advice on', happening);
    case 'HandoverExpired':
      return stamped(
        { ...ended, holder: expiredTo(it, event.turn, happening.at) },
        'handover',
        'found nobody to accept',
        happening,
      );
  }
}

function accepted(it: Case, event: Extract<CaseEvent, { type: 'HandoverAccepted' }>, happening: Happening): Case {
  const from = it.handover?.from ?? event.from ?? event.owner;
  const hop = { at: happening.at, from: event.from ?? from, to: event.owner };
  const moved = stamped(
    { ...it, handover: null, level: event.level, hops: [...(it.hops ?? []), hop] },
    'handover',
    'accepted the hand-over of',
    happening,
  );
  return { ...owned(moved, event.owner, 'accepted', happening), handedBy: from === event.owner ? null : from };
}

const namedOf = (kind: HandoverKind | undefined): string =>
  kind === 'advice' ? 'the question about' : 'the hand-over of';

/** A declined case stays with its owner; where nobody owned it, finding an owner is the turn of whoever asked. */
function declinedTo(it: Case, handover: Handover | null, backTo: PersonId, since: Instant): Holder {
  if (it.holder.kind === 'owner' || handover === null || handover.kind === 'advice') return it.holder;
  return { kind: 'turn', person: backTo, why: 'the hand-over was declined', since };
}

function expiredTo(it: Case, turn: PersonId | null, since: Instant): Holder {
  if (it.holder.kind === 'owner' || turn === null) return it.holder;
  return { kind: 'turn', person: turn, why: 'nobody accepted the hand-over', since };
}
