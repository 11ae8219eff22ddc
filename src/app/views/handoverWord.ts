/** Private words about a proposal: to who is asked, to who asked, and to who owns the case. */
import { type Case, ownerOf, partyName } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { CaseFile } from '../../domain/case/file';
import { askedName, kindOf } from '../../domain/case/offered';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { ago, inWords, shorten } from '../../domain/words';
import type { Button, ButtonData } from '../view';
import { button, caseData } from './parts';

const NEEDED_MAX = 240;

export interface Word {
  readonly say: string;
  readonly quote: string | null;
  /** What came with the words that are quoted. */
  readonly files?: readonly CaseFile[];
  readonly buttons: readonly Button[];
}

/** Null where there is nothing to say any more: it was answered before the reminder went out. */
export function handoverWord(
  it: Case,
  { event, by }: Pick<Recorded, 'event' | 'by'>,
  { desk, reader, at }: { readonly desk: Desk; readonly reader: string; readonly at: Instant },
): Word | null {
  const name = partyName(by);
  const data = caseData(it);
  const details = button('details', 'Details', data);
  const again = button('escalate', 'Escalate again', data, { opensForm: true });
  const word = (say: string, quote: string | null = null, buttons: readonly Button[] = [details]): Word => ({
    say,
    quote,
    buttons,
  });
  switch (event.type) {
    case 'HandoverProposed':
      return word(
        `Baton has asked ${askedName(event.handover.asked)} to take ${it.ref} over from you: ${event.handover.needed}`,
        null,
        [button('withdraw', 'Withdraw', { ...data, handover: event.handover.id }), details],
      );
    case 'HandoverReminded':
      return reminder(it, event.handover, { desk, at, details });
    case 'HandoverAccepted':
      return word(`${name} accepted ${it.ref} and owns it now.`);
    case 'HandoverDeclined':
      return word(`${name} declined ${it.ref}; it stays ${staysWith(it, reader, desk)}. Their reason:`, event.reason, [
        details,
        again,
      ]);
    case 'AdviceGiven':
      return word(`${name} has advice on ${it.ref}; the case stays ${staysWith(it, reader, desk)}:`, event.advice);
    case 'HandoverMovedOn':
      return word(
        `${askedName(event.from)} did not answer ${event.handover.kind === 'advice' ? 'the question about' : 'the hand-over of'} ${it.ref} in time; ${askedName(event.handover.asked)} ${askedName(event.handover.asked) === 'the leads' ? 'are' : 'is'} asked now.`,
      );
    case 'HandoverExpired':
      return word(
        `Nobody answered on ${it.ref}, the leads neither, so the offer has ended. The case stays ${staysWith(it, reader, desk)}, and the leads have been told.`,
        null,
        [again, details],
      );
    case 'HandoverWithdrawn':
      return word(`Your hand-over of ${it.ref} has ended: ${event.because}.`);
    case 'OwnerAsked':
      return untouched(it, reader, at - event.since);
    default:
      return null;
  }
}

function staysWith(it: Case, reader: string, desk: Desk): string {
  if (it.holder.kind === 'nobody') return 'where it is';
  const { person } = it.holder;
  return person === reader ? 'with you' : `with ${personOf(desk, person)?.name ?? person}`;
}

/** The answer is one press away. */
function reminder(
  it: Case,
  id: string,
  { desk, at, details }: { readonly desk: Desk; readonly at: Instant; readonly details: Button },
): Word | null {
  const { handover } = it;
  if (handover === null || handover.id !== id) return null;
  const data: ButtonData = { ...caseData(it), handover: id };
  const name = personOf(desk, handover.from)?.name ?? handover.from;
  const left = handover.acceptBy === null ? '' : ` Somebody else is asked in ${inWords(handover.acceptBy - at)}.`;
  const decline = button('decline', 'Decline', data, { opensForm: true, style: 'danger' });
  if (kindOf(handover) === 'advice') {
    const advise = button('advise', 'Give advice', data, { style: 'primary', opensForm: true });
    return {
      say: `${name} still waits for advice on ${it.ref}.${left}`,
      quote: shorten(handover.needed, NEEDED_MAX),
      buttons: [advise, decline, details],
    };
  }
  return {
    say: `${name} still waits for somebody to take ${it.ref} over.${left}`,
    quote: shorten(handover.needed, NEEDED_MAX),
    buttons: [button('accept', 'Accept', data, { style: 'primary' }), decline, details],
  };
}

/** Once; after as long again the leads are told. Null when it has changed hands meanwhile. */
function untouched(it: Case, reader: string, sinceMs: number): Word | null {
  if (ownerOf(it) !== reader || it.status !== 'In progress') return null;
  const data = caseData(it);
  return {
    say: `How does ${it.ref} stand? It is yours, and was last touched ${ago(sinceMs)}. Anything you do on it is an answer; without one the leads are told.`,
    quote: null,
    buttons: [
      button('reply', 'Reply to the reporter', data, { style: 'primary', opensForm: true }),
      button('note', 'Add a note', data, { opensForm: true }),
      button('wait', 'Waiting on client', data),
      button('escalate', 'Escalate', data, { opensForm: true }),
      button('details', 'Details', data),
    ],
  };
}
