import type { Case, Handover } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import { askedName, askedPeople } from '../../domain/case/handover';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { listed } from '../../domain/words';
import { type Button, type ButtonData, type Line, type Section, strong, text, type View } from '../view';
import { factsOf } from './caseCard';
import { historyOf } from './history';
import { button, caseData, person, time } from './parts';

const HISTORY_MAX = 12;

/** The card of one hand-over: what is needed first, then what was tried, then the history. Answered, it says by whom. */
export function handoverCard(
  it: Case,
  id: string,
  journal: readonly Recorded[],
  { desk, at }: { readonly desk: Desk; readonly at: Instant },
): View | null {
  const handover = latest(journal, id);
  if (handover === null) return null;
  const end = journal.find(({ event }) => endsIt(event, id));
  const open = it.handover?.id === id;
  return {
    summary: `${it.ref} ${it.title}: hand-over to ${askedName(handover.asked)}. Needed: ${handover.needed}`,
    title: [text(`Hand-over ${it.ref} · ${it.title}`)],
    tone: open ? 'warning' : 'muted',
    // Answered, it tells what happened; how the case goes on stands on the card of the case.
    facts: open ? factsOf(it, desk, at) : [],
    sections: [
      { kind: 'lines', lines: [open ? askedLine(handover, desk) : endLine(end, desk)] },
      { kind: 'quote', label: 'What is needed', text: handover.needed },
      { kind: 'quote', label: 'What has been tried', text: handover.tried },
      { kind: 'quote', label: 'What the client has been told', text: handover.told },
      ...(open ? history(journal, desk) : []),
    ],
    buttons: open ? answers(it, id) : [button('details', 'Details', caseData(it))],
    footer: [text('Escalated by '), person(desk, handover.from), text(' '), time(handover.at, desk)],
  };
}

/** The hand-over as it was last offered. */
function latest(journal: readonly Recorded[], id: string): Handover | null {
  const offers = journal.flatMap(({ event }) =>
    event.type === 'HandoverProposed' || event.type === 'HandoverMovedOn' ? [event.handover] : [],
  );
  return offers.filter((offer) => offer.id === id).at(-1) ?? null;
}

function endsIt(event: CaseEvent, id: string): boolean {
  const ends =
    event.type === 'HandoverAccepted' || event.type === 'HandoverDeclined' || event.type === 'HandoverWithdrawn';
  return ends && event.handover === id;
}

function askedLine(handover: Handover, desk: Desk): Line {
  const names = listed(askedPeople(desk, handover).map((id) => personOf(desk, id)?.name ?? id));
  const until: Line = handover.acceptBy === null ? [] : [text('; an answer is due '), time(handover.acceptBy, desk)];
  return [
    text(`Asked: ${askedName(handover.asked)} (${names})`),
    ...until,
    text('. Until somebody accepts, the owner stays the owner.'),
  ];
}

function endLine(end: Recorded | undefined, desk: Desk): Line {
  if (end === undefined) return [text('This hand-over is no longer open.')];
  const name = end.by.kind === 'system' ? 'Baton' : end.by.name;
  if (end.event.type === 'HandoverAccepted')
    return [strong(`Accepted by ${name}`), text(' '), time(end.at, desk), text(', and the case became theirs.')];
  if (end.event.type === 'HandoverDeclined') return [text(`Declined by ${name}: ${end.event.reason}`)];
  return [
    text(
      end.event.type === 'HandoverWithdrawn'
        ? `Ended: ${end.event.because} (${name}).`
        : 'This hand-over is no longer open.',
    ),
  ];
}

const history = (journal: readonly Recorded[], desk: Desk): readonly Section[] => [
  { kind: 'heading', text: 'History' },
  ...historyOf(journal, desk, HISTORY_MAX),
];

function answers(it: Case, id: string): readonly Button[] {
  const data: ButtonData = { ...caseData(it), handover: id };
  return [
    button('accept', 'Accept', data, { style: 'primary' }),
    button('decline', 'Decline', data, { opensForm: true, style: 'danger' }),
    button('details', 'Details', data),
  ];
}
