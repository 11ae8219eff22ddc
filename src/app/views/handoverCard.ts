import { type Case, type Handover, partyName } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import { askedName, askedPeople, kindOf } from '../../domain/case/offered';
import { type Desk, personOf } from '../../domain/desk/desk';
import { type Instant, MINUTE_MS } from '../../domain/ids';
import { nextDue } from '../../domain/sla/policy';
import { inWords, listed, shorten } from '../../domain/words';
import { type Button, type ButtonData, type Line, type Section, strong, text, type View } from '../view';
import { factsOf } from './caseCard';
import { clockName } from './clockText';
import { filesBlock } from './files';
import { historyOf } from './history';
import { button, caseData, hour, person, priorityText, quoted, time } from './parts';
import { trailOf } from './trail';

const HISTORY_MAX = 15;
/** What is needed stands on the first line; more than this of it follows as a quote. */
const NEEDED_MAX = 240;
const WORDS_MAX = 1500;

interface Reading {
  readonly desk: Desk;
  readonly at: Instant;
}

/**
 * The card of one proposal, for somebody who is woken by it at three in the morning: what is needed, how urgent and by when,
 * who asks whom, what the client expects, what was tried, and the answers; then how the case stands and its history, which
 * may be long: nobody scrolls past it to answer. Answered, it says by whom.
 */
export function handoverCard(it: Case, id: string, journal: readonly Recorded[], reading: Reading): View | null {
  const handover = latest(journal, id);
  if (handover === null) return null;
  const { desk } = reading;
  const end = journal.find(({ event }) => endsIt(event, id));
  const open = it.handover?.id === id;
  const title = kindOf(handover) === 'advice' ? 'Advice wanted' : 'Hand-over';
  return {
    summary: `${needText(handover)} · ${title} ${it.ref} ${it.title}, asked of ${askedName(handover.asked)}`,
    title: [text(`${title} ${it.ref} · ${it.title}`)],
    tone: open ? 'warning' : 'muted',
    facts: [],
    sections: open ? openSections(it, handover, journal, reading) : endedSections(handover, end, desk),
    buttons: open ? [] : [button('details', 'Details', caseData(it))],
    footer: [
      text(kindOf(handover) === 'advice' ? 'Asked by ' : 'Escalated by '),
      person(desk, handover.from),
      text(' '),
      time(handover.at, desk),
    ],
  };
}

/** The hand-over as it was last offered. */
function latest(journal: readonly Recorded[], id: string): Handover | null {
  const offers = journal.flatMap(({ event }) =>
    event.type === 'HandoverProposed' || event.type === 'HandoverMovedOn' ? [event.handover] : [],
  );
  return offers.filter((offer) => offer.id === id).at(-1) ?? null;
}

const ENDS: readonly CaseEvent['type'][] = [
  'HandoverAccepted',
  'HandoverDeclined',
  'HandoverWithdrawn',
  'HandoverExpired',
  'AdviceGiven',
];
const endsIt = (event: CaseEvent, id: string): boolean =>
  ENDS.includes(event.type) && 'handover' in event && event.handover === id;

const needText = ({ needed }: Handover): string => `Needed: ${shorten(needed, NEEDED_MAX)}`;
const isCut = ({ needed }: Handover): boolean =>
  shorten(needed, NEEDED_MAX).endsWith('…') || needed.trim().includes('\n');

function openSections(
  it: Case,
  handover: Handover,
  journal: readonly Recorded[],
  reading: Reading,
): readonly Section[] {
  const { desk, at } = reading;
  return [
    { kind: 'lines', lines: [[strong(needText(handover))], urgency(it, handover, reading)] },
    ...(isCut(handover) ? [quote('What is needed', handover.needed)] : []),
    { kind: 'lines', lines: [askedLine(it, handover, desk)] },
    quote('What the client has been told', handover.told),
    quote('What has been tried', handover.tried),
    { kind: 'buttons', buttons: answers(it, handover) },
    { kind: 'rule' },
    { kind: 'facts', facts: factsOf(it, desk, at) },
    ...trailOf(journal, desk),
    ...filesBlock(journal, desk),
    { kind: 'heading', text: 'History' },
    ...historyOf(journal, desk, HISTORY_MAX),
  ];
}

const quote = (label: string, words: string): Section => ({ kind: 'quote', label, text: quoted(words, WORDS_MAX) });

/** How urgent, and by when: `🔴 P1 Urgent · by 15:00 (promised to the client, in 40 min) as of 14:20`. */
function urgency(it: Case, handover: Handover, reading: Reading): Line {
  const { desk, at } = reading;
  const priority = text(it.priority === null ? 'Not triaged yet' : priorityText(desk, it.priority));
  const times = duesOf(it, handover, desk).flatMap(({ what, dueAt }): Line => {
    const left = dueAt < at ? `${inWords(at - dueAt)} ago` : `in ${inWords(toMinuteUp(dueAt - at))}`;
    return [text(' · by '), time(dueAt, desk), text(` (${what}, ${left})`)];
  });
  return times.length === 0 ? [priority] : [priority, ...times, text(' as of '), hour(at, desk)];
}

interface Due {
  readonly what: string;
  readonly dueAt: Instant;
}

/** The time that the client was promised, and the clock that is due first: whichever comes sooner stands first. */
function duesOf(it: Case, { deadline = null }: Handover, desk: Desk): readonly Due[] {
  const next = nextDue(it, desk);
  const promised: readonly Due[] = deadline === null ? [] : [{ what: 'promised to the client', dueAt: deadline }];
  if (next === null) return promised;
  const clock: Due = { what: `${clockName(next.clock.name).toLowerCase()} due`, dueAt: next.dueAt };
  const [one] = promised;
  if (one === undefined) return [clock];
  if (minuteOf(one.dueAt) === minuteOf(clock.dueAt)) return [{ ...one, what: `${one.what}, and ${clock.what}` }];
  return [one, clock].sort((a, b) => a.dueAt - b.dueAt);
}

const minuteOf = (at: Instant): number => Math.floor(at / MINUTE_MS);
/** What is left is rounded up, as on the clocks of the case. */
const toMinuteUp = (ms: number): number => Math.ceil(ms / MINUTE_MS) * MINUTE_MS;

function askedLine(it: Case, handover: Handover, desk: Desk): Line {
  const names = listed(askedPeople(desk, handover).map((id) => personOf(desk, id)?.name ?? id));
  const { asked, acceptBy } = handover;
  const whom = asked.kind === 'person' ? names : `${askedName(asked)} (${names})`;
  const advice = kindOf(handover) === 'advice';
  const until: Line = acceptBy === null ? [] : [text('; an answer is due '), time(acceptBy, desk)];
  const stays =
    it.holder.kind === 'owner'
      ? ['. ', person(desk, it.holder.person), advice ? ' keeps the case.' : ' has it until somebody accepts.']
      : [advice ? '. The case stays where it is.' : '. Until somebody accepts it stays where it is.'];
  return [
    person(desk, handover.from),
    text(advice ? ' asks for advice from ' : ' asks '),
    strong(whom),
    text(advice ? '' : ' to take the case over'),
    ...until,
    ...stays.map((part) => (typeof part === 'string' ? text(part) : part)),
  ];
}

/** Answered, it tells what happened and keeps the words; how the case goes on stands on the card of the case. */
function endedSections(handover: Handover, end: Recorded | undefined, desk: Desk): readonly Section[] {
  return [
    { kind: 'lines', lines: [endLine(end, desk), ...(end?.event.type === 'HandoverDeclined' ? [STAYED] : [])] },
    ...(end?.event.type === 'AdviceGiven' ? [quote('The advice', end.event.advice)] : []),
    quote('What is needed', handover.needed),
    quote('What the client has been told', handover.told),
    quote('What has been tried', handover.tried),
  ];
}

const STAYED: Line = [text('The case stayed where it was.')];
const GONE: Line = [text('This hand-over is no longer open.')];

function endLine(end: Recorded | undefined, desk: Desk): Line {
  if (end === undefined) return GONE;
  const name = partyName(end.by);
  switch (end.event.type) {
    case 'HandoverAccepted':
      return [strong(`Accepted by ${name}`), text(' '), time(end.at, desk), text(', and the case became theirs.')];
    case 'HandoverDeclined':
      return [strong(`Declined by ${name}`), text(`: ${end.event.reason}`)];
    case 'HandoverWithdrawn':
      return [text(`Ended: ${end.event.because} (${name}).`)];
    case 'AdviceGiven':
      return [strong(`Answered by ${name}`), text(' '), time(end.at, desk), text('; the case stayed where it was.')];
    case 'HandoverExpired':
      return [strong('Nobody answered'), text(', the leads neither; it ended '), time(end.at, desk), text('.')];
    default:
      return GONE;
  }
}

function answers(it: Case, handover: Handover): readonly Button[] {
  const data: ButtonData = { ...caseData(it), handover: handover.id };
  const yes =
    kindOf(handover) === 'advice'
      ? button('advise', 'Give advice', data, { style: 'primary', opensForm: true })
      : button('accept', 'Accept', data, { style: 'primary' });
  return [
    yes,
    button('decline', 'Decline', data, { opensForm: true, style: 'danger' }),
    button('details', 'Details', data),
  ];
}
