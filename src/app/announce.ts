/** Who must be told of what has just been decided, and where: the intents that are committed together with the events. */
import { type Case, ownerOf, type Party, sameParty } from '../domain/case/case';
import type { CaseEvent } from '../domain/case/events';
import { type Desk, type Person, personOf } from '../domain/desk/desk';
import type { PersonId } from '../domain/ids';
import { dealtTo, readsOfAll } from './announceDeal';
import { announceHandover } from './announceHandover';
import { promiseOffer } from './announcePromise';
import { passedBy } from './announceTurn';
import { announceWarnings } from './announceWarning';
import { type Change, channelsOf, privately, publicly, type Step } from './audience';
import type { Intent } from './ports';

/** After these somebody may have to find an owner for the case. */
const NAME_A_TURN: readonly CaseEvent['type'][] = ['CaseOpened', 'TurnNamed', 'CaseReopened'];

/** Pure: the same change always wants the same postings. */
export function announce(change: Change): readonly Intent[] {
  const { after, happened, desk } = change;
  const first = (change.before?.version ?? 0) + 1;
  const steps = happened.map(({ event, by }, index): Step => ({ event, by, version: first + index, after, desk }));
  const namesTurn = steps.filter(({ event }) => NAME_A_TURN.includes(event.type)).slice(-1);
  return onceEach(
    [
      ...cardsOf(after, desk),
      ...steps.flatMap(told),
      ...namesTurn.flatMap(turn),
      ...steps.flatMap(passedBy),
      ...announceHandover(change, steps),
      ...announceWarnings(change, steps),
      ...steps.flatMap((step) => promiseOffer(step, change.at)),
    ],
    new Set(steps.flatMap(({ by, version }) => (by.kind === 'system' ? [] : [version]))),
  );
}

/** Of several private words to one person about one doing the first is sent: a case that was taken also ended its hand-over. */
function onceEach(intents: readonly Intent[], doing: ReadonlySet<unknown>): readonly Intent[] {
  const told = new Set<string>();
  return intents.filter(({ kind, to, drawing }) => {
    if (kind !== 'post' || to.kind !== 'person' || !doing.has(drawing.args['version'])) return true;
    const person = `${to.platform}:${to.user}`;
    return !told.has(person) && told.add(person);
  });
}

/** The live card of the case in the triage channel of every platform. */
export function cardsOf(it: Case, desk: Desk): readonly Intent[] {
  return channelsOf(desk.triage).map((to) => ({
    kind: 'keep',
    case: it.id,
    to,
    dedupe: `card:${it.id}:${to.platform}`,
    drawing: { view: 'case-card', args: {} },
    urgency: 3,
  }));
}

function told(step: Step): readonly Intent[] {
  const { event, after } = step;
  switch (event.type) {
    case 'CaseOpened':
      return opened(step);
    case 'CaseTaken':
      return [...line(step), ...toPerson(step, event.from, 1)];
    case 'CaseAssigned':
      return event.deal === undefined
        ? [...line(step), ...toPerson(step, event.owner, 1), ...toPerson(step, event.from, 2)]
        : [
            ...line(step).filter(({ to }) => to.kind !== 'person' || !readsOfAll(step, event)),
            ...dealtTo(step, { ...event, deal: event.deal }),
          ];
    case 'ClientAwaited':
    case 'CaseReopened':
      return [...line(step), ...toPerson(step, ownerOf(after), 2)];
    case 'CaseResumed':
      return event.because === 'client-replied' ? toPerson(step, ownerOf(after), 1) : [];
    case 'CaseResolved':
      return [publicly(step, 'resolved', 2), ...toPerson(step, ownerOf(after), 2)].filter((it) => it !== null);
    case 'ReplySent':
      return [publicly(step, 'reply', 2)].filter((it) => it !== null);
    case 'PriorityDisputed':
      return dispute(step);
    case 'OwnerNudged':
      return toPerson(step, event.owner, 1);
    case 'MessageHeard':
      return wordFromClient(step, event);
    default:
      return [];
  }
}

function opened(step: Step): readonly Intent[] {
  const { after } = step;
  const confirmation = after.source === null ? null : publicly(step, 'opened', 2);
  const byEmoji = after.cameBy === 'reaction' || after.cameBy === 'auto';
  return [confirmation, byEmoji ? whisperOpened(step) : null].filter((it) => it !== null);
}

/** Whoever opens a case is told its reference privately; a command or a form has been answered already. */
function whisperOpened({ after, by, desk }: Step): Intent | null {
  const user =
    by.kind === 'person'
      ? personOf(desk, by.id)?.accounts[after.source?.platform ?? '']
      : by.kind === 'guest'
        ? by.user
        : undefined;
  if (after.source === null || user === undefined) return null;
  const { platform, channel, thread, message } = after.source;
  return {
    kind: 'post',
    case: after.id,
    to: { kind: 'whisper', platform, channel, thread: thread ?? (after.cameBy === 'auto' ? message : thread), user },
    dedupe: `opener:${after.id}`,
    drawing: { view: 'told', args: { version: 1, as: 'opener' } },
    urgency: 2,
  };
}

/** Whose turn it is to find an owner is told once a change, by the last event that names them. */
const turn = (step: Step): readonly Intent[] =>
  step.after.holder.kind === 'turn' ? toPerson(step, step.after.holder.person, 1) : [];

/** A line in the thread where the reporter reads. */
const line = (step: Step): readonly Intent[] => [publicly(step, 'thread-line', 2)].filter((it) => it !== null);

/** Private word to somebody, unless it is their own doing. */
function toPerson(step: Step, person: PersonId | null, urgency: Intent['urgency']): readonly Intent[] {
  if (person === null || isTheirOwn(step.by, person)) return [];
  const intent = privately(step, person, urgency);
  return intent === null ? [] : [intent];
}

const isTheirOwn = (by: Party, person: PersonId): boolean => by.kind === 'person' && by.id === person;

function dispute(step: Step): readonly Intent[] {
  const quarrel = step.after.triage.dispute;
  return quarrel === null ? [] : [...toPerson(step, quarrel.standingBy, 1), ...toPerson(step, quarrel.proposedBy, 1)];
}

/** The owner hears of a client's word that they would otherwise miss: on another platform, or after the case was resolved. */
function wordFromClient(step: Step, event: Extract<CaseEvent, { type: 'MessageHeard' }>): readonly Intent[] {
  const { after, desk, by } = step;
  const owner = ownerOf(after);
  if (owner === null || event.staff || event.audience === 'desk') return [];
  const done = after.status === 'Resolved' || after.status === 'Closed';
  const elsewhere = (personOf(desk, owner) as Person | null)?.accounts[event.place.platform] === undefined;
  const isOwner = sameParty(by, { kind: 'person', id: owner, name: '' });
  return (done || elsewhere) && !isOwner ? toPerson(step, owner, 1) : [];
}
