import { type Case, ownerOf, partyName } from '../../domain/case/case';
import type { Danger, EndingKind, Now } from '../../domain/case/danger';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant, PersonId } from '../../domain/ids';
import { leftWords } from '../../domain/sla/ledger';
import { inWords } from '../../domain/words';
import { type Button, type Fact, type Line, type Section, type Tone, text, type View } from '../view';
import { cardSummary } from './caseCard';
import { clockName } from './clockText';
import {
  button,
  caseData,
  clientText,
  fact,
  holderLine,
  hour,
  person,
  plainView,
  priorityText,
  time,
  timeText,
} from './parts';

/** `Resolution`, `First response`, `Promise to the client`. */
export const dangerName = ({ about }: Danger): string =>
  about.kind === 'clock' ? clockName(about.clock) : 'Promise to the client';

/** `at risk` or `breached`; a promise is broken, and says `breached` as well for whoever looks for that word. */
export const dangerWord = ({ breached }: Danger): string => (breached ? 'breached' : 'at risk');

/** `25 min left` or `5 min over`, to the minute as the card and `why` say it. */
export const dangerLeft = ({ leftMs }: Danger): string => leftWords(leftMs);

/** `14:30` on the desk's wall. */
export const hourOf = (at: Instant, desk: Desk): string => timeText(at, desk.zone).slice(-5);

/** The leads' warning: what, whose, how much is left, why it is at risk, and what can be done; over, it says how it ended. */
export function warningView(it: Case, danger: Danger, now: Now): View {
  const { ended } = danger;
  const name = dangerName(danger);
  const say =
    ended === null
      ? `${dangerWord(danger)}: ${dangerLeft(danger)}`
      : `was ${dangerWord(danger)}. ${endingText(danger, now.desk)}`;
  return {
    summary: `${name} ${say}. ${cardSummary(it, now.desk)}`,
    title: [text(`${name} ${ended === null ? '' : 'was '}${dangerWord(danger)} · ${it.ref} · ${it.title}`)],
    tone: toneOf(danger),
    facts: factsOf(it, danger, now),
    sections: sectionsOf(it, danger, now.desk),
    buttons: ended === null ? actionsOf(it, danger) : [button('details', 'Details', caseData(it))],
    footer: null,
  };
}

function toneOf({ ended, breached }: Danger): Tone {
  if (ended === null) return breached ? 'urgent' : 'warning';
  return ended.kind === 'late' || breached ? 'muted' : 'good';
}

function factsOf(it: Case, danger: Danger, { desk, at }: Now): readonly Fact[] {
  const { breached, dueAt, last } = danger;
  const due: Line = dueAt === null ? [] : [text(breached ? ', was due ' : ', due '), time(dueAt, desk)];
  const mark = danger.about.kind === 'promise' || breached ? '' : ` (${last.mark})`;
  const isOver = danger.ended !== null;
  return [
    fact('Clock', [text(`${dangerName(danger)} ${isOver ? 'was ' : ''}${dangerWord(danger)}${mark}`), ...due]),
    ...(isOver
      ? []
      : [fact(danger.leftMs < 0 ? 'Over' : 'Left', [text(`${dangerLeft(danger)} as of `), hour(at, desk)])]),
    fact('Owner', holderLine(it, desk)),
    fact('Priority', it.priority === null ? 'Not triaged yet' : priorityText(desk, it.priority)),
    fact('Client', clientText(it)),
    fact('Status', it.status),
  ];
}

function sectionsOf(it: Case, danger: Danger, desk: Desk): readonly Section[] {
  const over: readonly Section[] =
    danger.ended === null ? [] : [{ kind: 'lines', lines: [[text(endingText(danger, desk))]] }];
  const why = danger.ended === null ? reason(it, desk) : null;
  const because: readonly Section[] = why === null ? [] : [{ kind: 'lines', lines: [[text(`Why: ${why}.`)]] }];
  return [...over, ...promised(it, danger), ...because];
}

function promised(it: Case, { about }: Danger): readonly Section[] {
  const promise = it.promise ?? null;
  return about.kind === 'promise' && promise?.id === about.promise
    ? [{ kind: 'quote', label: 'What the client was told', text: promise.words }]
    : [];
}

const recorded = ({ breached }: Danger): string => (breached ? ' The breach stays on the record.' : '');

const ENDINGS: Readonly<Record<EndingKind, (danger: Danger, who: string, desk: Desk) => string>> = {
  met: (danger, who) => `Over: met by ${who} with ${inWords(danger.leftMs)} to spare.`,
  late: (danger, who) => `Over: done by ${who}, ${inWords(danger.leftMs)} late.${recorded(danger)}`,
  paused: (danger, who) =>
    `Over for now: the clock stands still (${who}), with ${dangerLeft(danger)}.${recorded(danger)}`,
  moved: (danger, who) => `Over: ${who} changed what is promised, so ${dangerLeft(danger)}.${recorded(danger)}`,
  dropped: (_, who) => `Over: nothing is promised any more (${who}).`,
};

/** How the danger ended, by whom and when. */
export function endingText(danger: Danger, desk: Desk): string {
  const { ended } = danger;
  if (ended === null) return '';
  return ENDINGS[ended.kind](danger, `${partyName(ended.by)}, ${hourOf(ended.at, desk)}`, desk);
}

function actionsOf(it: Case, danger: Danger): readonly Button[] {
  const data = caseData(it);
  const owner = ownerOf(it);
  return [
    button('take', 'Take', data, { style: owner === null ? 'primary' : 'plain' }),
    button('assign', 'Reassign', data, { opensForm: true }),
    ...(owner === null ? [] : [button('nudge', 'Nudge owner', data)]),
    ...(it.handover === null ? [button('escalate', 'Escalate', data, { opensForm: true })] : []),
    ...promiseKept(it, danger),
    button('details', 'Details', data, { inMenu: true }),
  ];
}

function promiseKept(it: Case, { about, breached }: Danger): readonly Button[] {
  return about.kind === 'promise' && !breached
    ? [button('kept', 'The client has heard', { case: it.id, promise: about.promise })]
    : [];
}

/** Why it is at risk, where the case itself can say so. */
function reason(it: Case, desk: Desk): string | null {
  if (it.handover !== null) return 'it waits for somebody to accept the hand-over';
  const owner = ownerOf(it);
  if (owner === null) return it.priority === null ? 'nobody has triaged or taken it yet' : 'nobody has taken it yet';
  const standing = personOf(desk, owner);
  if (standing === null) return 'its owner is no longer of the desk';
  if (standing.role === 'viewer') return 'its owner only looks at cases now';
  return it.priority === null ? 'nobody has triaged it yet' : null;
}

/** The same for whoever holds the case, in private: what to do about it rather than whom to ask. */
export function privateWarningView(it: Case, danger: Danger, now: Now, reader: unknown): View {
  const card = warningView(it, danger, now);
  if (danger.ended !== null) return card;
  const name = dangerName(danger);
  const say = `${name} of ${it.ref} is ${dangerWord(danger)}: ${dangerLeft(danger)}.`;
  const isOwner = ownerOf(it) === reader;
  const data = caseData(it);
  const wait = isOwner && it.status === 'In progress' ? [button('wait', 'Waiting on client', data)] : [];
  return {
    ...card,
    summary: `${say} ${cardSummary(it, now.desk)}`,
    sections: [{ kind: 'lines', lines: [[text(say)]] }, ...card.sections],
    buttons: [
      isOwner
        ? button('reply', 'Reply to the reporter', data, { style: 'primary', opensForm: true })
        : button('take', 'Take', data, { style: 'primary' }),
      ...wait,
      button('assign', 'Reassign', data, { opensForm: true }),
      ...(it.handover === null ? [button('escalate', 'Escalate', data, { opensForm: true })] : []),
      ...promiseKept(it, danger),
      button('details', 'Details', data, { inMenu: true }),
    ],
  };
}

/** The word under a card whose clock has passed a further mark: the card is changed in silence, this is noticed. */
export function alarmLine(it: Case, danger: Danger, { desk }: Now, mention: readonly PersonId[]): View {
  const name = dangerName(danger);
  const what = danger.breached
    ? `${name} of ${it.ref} is breached now`
    : `${name} of ${it.ref} is still at risk (${danger.last.mark})`;
  const owner = ownerOf(it);
  const whose = owner === null ? 'none yet' : (personOf(desk, owner)?.name ?? owner);
  const say = `${what}: ${dangerLeft(danger)}. Owner: ${whose}.`;
  const people = mention.flatMap((id): Line => [person(desk, id, true), text(' ')]);
  return { ...plainView(say), tone: toneOf(danger), sections: [{ kind: 'lines', lines: [[...people, text(say)]] }] };
}
