/** Private words to one person about one thing that happened: what it is, and the button that does what comes next. */
import { type Case, partyName } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { nextDue } from '../../domain/sla/policy';
import { type Button, type Section, text, type View } from '../view';
import { cardSummary } from './caseCard';
import { clockName, leftText, nextDueLine } from './clockText';
import { filesBelow } from './files';
import { handoverWord, type Word } from './handoverWord';
import { button, caseData, clientText, fact, plainView, priorityText, quoted, sentence } from './parts';
import { turnReason } from './turn';

const WORDS_MAX = 600;

/** Null where there is nothing to say any more: the turn has passed to somebody else before the message went out. */
export function toldView(
  it: Case,
  recorded: Recorded,
  reader: string | null,
  { desk, at }: { readonly desk: Desk; readonly at: Instant },
): View | null {
  if (reader === null)
    return sentence(`You opened ${it.ref}: ${it.title}. The desk has been told; the answer comes in the thread.`);
  const word = wordOf(it, recorded, reader, { desk, at });
  if (word === null) return null;
  const sections: readonly Section[] = [
    { kind: 'lines', lines: [[text(word.say)]] },
    ...(word.quote === null || word.quote.trim() === ''
      ? []
      : [{ kind: 'quote' as const, label: null, text: quoted(word.quote, WORDS_MAX) }]),
    ...filesBelow(word.files),
  ];
  return {
    ...plainView(`${word.say} ${cardSummary(it, desk)}`),
    title: [text(`${it.ref} · ${it.title}`)],
    facts: [
      fact('Status', it.status),
      fact('Priority', it.priority === null ? 'Not triaged yet' : priorityText(desk, it.priority)),
      fact('Client', clientText(it)),
      fact('Next due', nextDueLine(it, desk, at)),
    ],
    sections,
    buttons: word.buttons,
  };
}

function wordOf(
  it: Case,
  { event, by }: Recorded,
  reader: string,
  { desk, at }: { readonly desk: Desk; readonly at: Instant },
): Word | null {
  const name = partyName(by);
  const data = caseData(it);
  const details = button('details', 'Details', data);
  const word = (say: string, quote: string | null = null, buttons: readonly Button[] = [details]): Word => ({
    say,
    quote,
    buttons,
  });
  switch (event.type) {
    case 'CaseOpened':
      if (reader === null)
        return word(`You opened ${it.ref}. The desk has been told; the answer comes in the thread.`, null, []);
      return turnWord(it, event, reader, desk);
    case 'TurnNamed':
      return turnWord(it, event, reader, desk);
    case 'CaseTaken':
      return word(`${name} took ${it.ref} over from you.`);
    case 'CaseAssigned':
      if (event.owner === reader)
        return {
          ...word(`${name} assigned ${it.ref} to you: it is yours now.${because(event.why)}`, it.description),
          files: it.files,
        };
      return word(
        `${name} assigned ${it.ref}, which was yours, to ${personOf(desk, event.owner)?.name ?? event.owner}.${because(event.why)}`,
      );
    case 'ClientAwaited':
      return word(`${name} set your case ${it.ref} to waiting on the client.`);
    case 'CaseReopened':
      return it.holder.kind === 'turn'
        ? turnWord(it, event, reader ?? '', desk)
        : word(`${name} reopened ${it.ref}. It is yours again.`);
    case 'CaseResumed':
      return word(`The client answered, so ${it.ref} goes on.`);
    case 'CaseResolved':
      return word(`${name} resolved your case ${it.ref}.`, event.how);
    case 'PriorityDisputed':
      return word(
        `You and a colleague disagree on the priority of ${it.ref}: ${event.standing} stands, ${event.proposed} was proposed.`,
        null,
        [
          button('keep', `Keep ${event.standing}`, data),
          button('lower', `Lower to ${event.proposed}`, data),
          button('criteria', 'What each priority means', data),
        ],
      );
    case 'MessageHeard':
      return heardWord(it, event, name, details);
    case 'OwnerNudged':
      return nudgeWord(it, name, desk, at);
    default:
      return handoverWord(it, { event, by }, { desk, reader, at });
  }
}

const because = (why: string | undefined): string => (why === undefined ? '' : ` Why: ${why}.`);

function turnWord(it: Case, event: CaseEvent, reader: string, desk: Desk): Word | null {
  const holder = it.holder;
  if (holder.kind !== 'turn' || holder.person !== reader) return null;
  const what = it.priority === null ? 'triage it (set a priority) and find it an owner' : 'take it or find it an owner';
  const isNew = event.type === 'CaseOpened';
  const data = caseData(it);
  return {
    say: `${it.ref} needs an owner and it is your turn${turnReason(event, desk)}: ${what}.`,
    quote: isNew ? it.description : null,
    ...(isNew && { files: it.files }),
    buttons: [
      button('take', 'Take', data, { style: 'primary' }),
      button('priority', 'Set priority', data, { opensForm: true }),
      button('assign', 'Assign', data, { opensForm: true }),
      button('details', 'Details', data),
    ],
  };
}

function heardWord(it: Case, event: Extract<CaseEvent, { type: 'MessageHeard' }>, name: string, details: Button): Word {
  const data = caseData(it);
  const { text: quote, files = [] } = event;
  const did = quote.trim() !== '' || files.length === 0 ? 'wrote' : files.length === 1 ? 'sent a file' : 'sent files';
  if (it.status === 'Resolved' || it.status === 'Closed') {
    return {
      say: `${name} ${did} on ${it.ref} after it was resolved. Reopen it if there is more to do.`,
      quote,
      files,
      buttons: [button('reopen', 'Reopen', data, { style: 'primary' }), details],
    };
  }
  return {
    say: `${name} ${did} on your case ${it.ref}.`,
    quote,
    files,
    buttons: [button('reply', 'Reply', data, { style: 'primary', opensForm: true }), details],
  };
}

function nudgeWord(it: Case, name: string, desk: Desk, at: Instant): Word {
  const data = caseData(it);
  const next = nextDue(it, desk);
  const time = next === null ? '' : ` ${clockName(next.clock.name)}: ${leftText(next.clock, desk, at)}.`;
  return {
    say: `${name} asks you to look at ${it.ref}.${time}`,
    quote: null,
    buttons: [
      button('reply', 'Reply to the reporter', data, { style: 'primary', opensForm: true }),
      button('assign', 'Reassign', data, { opensForm: true }),
      button('escalate', 'Escalate', data, { opensForm: true }),
      button('details', 'Details', data),
    ],
  };
}
