import { partyName } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import type { CaseFile } from '../../domain/case/file';
import { type HandoverEvent, isHandoverEvent } from '../../domain/case/handoverAfter';
import { askedName } from '../../domain/case/offered';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { PersonId } from '../../domain/ids';
import { exactly, shorten } from '../../domain/words';
import { type Line, type Section, strong, text } from '../view';
import { clockName } from './clockText';
import { filesLine } from './files';
import { filesNow, type Latests, latestOf, placeKey } from './latest';
import { timeText } from './parts';

const WORDS_MAX = 280;

/** The story of a case, oldest first: who said what, what was decided, what was warned of. Newest `most` entries. */
export function historyOf(journal: readonly Recorded[], desk: Desk, most: number): readonly Section[] {
  const latest = latestOf(journal);
  const entries = journal.flatMap((recorded) => {
    const line = lineOf(recorded, desk, latest);
    return line === null ? [] : [{ at: recorded.at, when: timeText(recorded.at, desk.zone), line }];
  });
  const left = entries.length - most;
  const shown = left > 0 ? entries.slice(-most) : entries;
  const omitted: readonly Section[] =
    left > 0 ? [{ kind: 'lines', lines: [[text(`${left} earlier entries are not shown here.`)]] }] : [];
  return [...omitted, { kind: 'history', entries: shown }];
}

function lineOf({ event, by }: Recorded, desk: Desk, latest: Latests): Line | null {
  const name = partyName(by);
  const says: Says = (did, words) =>
    words === undefined
      ? [strong(name), text(` ${did}`)]
      : [strong(name), text(` ${did}: ${shorten(words.trim().replace(/\s*\n\s*/gu, ' / '), WORDS_MAX)}`)];
  if (isHandoverEvent(event)) return handoverLine(event, says);
  switch (event.type) {
    case 'CaseOpened':
      return openedLine(event, says, filesNow({ place: event.source, files: event.files }, latest));
    case 'CaseTriaged':
      return says(
        event.from === null
          ? `triaged it as ${event.priority}`
          : `changed the priority from ${event.from} to ${event.priority}`,
      );
    case 'TriageUndone':
      return says(`took the priority back to ${event.to ?? 'untriaged'}`);
    case 'PriorityDisputed':
      return says(`sees it as ${event.proposed}; ${event.standing} stands`);
    case 'CaseTaken':
      return says(event.from === null ? 'took the case' : `took the case over from ${nameOf(desk, event.from)}`);
    case 'CaseAssigned':
      return says(`assigned it to ${nameOf(desk, event.owner)}${event.why === undefined ? '' : ` (${event.why})`}`);
    case 'ClientAwaited':
      return says('waits for the client');
    case 'CaseResumed':
      return says(event.because === 'asked' ? 'resumed work' : 'answered, so work goes on');
    case 'CaseResolved':
      return says('resolved it', event.how);
    case 'CaseReopened':
      return says('reopened it');
    case 'CaseClosed':
      return says('closed it');
    case 'OwnerAsked':
      return says(`asked ${nameOf(desk, event.owner)} how it stands, since nobody has touched it for a while`);
    case 'UntouchedTold':
      return says(`told the leads that ${nameOf(desk, event.owner)} has not touched it`);
    case 'TargetSet':
      return says(targetSaid(event));
    case 'PromiseMade':
    case 'PromiseWarned':
    case 'PromiseKept':
    case 'PromiseBroken':
    case 'PromiseDropped':
      return promiseLine(event, says, desk);
    case 'OwnerNudged':
      return says(`nudged ${nameOf(desk, event.owner)}`);
    case 'NoteAdded':
      return says('noted', event.text);
    case 'ReplySent':
      return says('replied to the reporter', event.text);
    case 'MessageHeard':
      return heardLine(event, says, latest);
    case 'SlaWarned':
      return [strong(clockName(event.clock)), text(` at risk (${event.mark})`)];
    case 'SlaBreached':
      return [strong(clockName(event.clock)), text(' breached')];
    case 'TriageNoted':
    case 'TurnNamed':
    case 'WorkStarted':
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'ClocksMoved':
      return null;
  }
}

const targetSaid = ({ clock, targetMs }: Extract<CaseEvent, { type: 'TargetSet' }>): string =>
  targetMs === null
    ? `took back the target for ${clockName(clock).toLowerCase()} that was set for this case`
    : `set a target for this case: ${clockName(clock).toLowerCase()} within ${exactly(targetMs)}`;

type Says = (did: string, words?: string) => Line;

function handoverLine(event: HandoverEvent, says: Says): Line {
  switch (event.type) {
    case 'HandoverProposed': {
      const { asked, needed, kind } = event.handover;
      return says(
        kind === 'advice' ? `asked ${askedName(asked)} for advice` : `offered it to ${askedName(asked)}`,
        needed,
      );
    }
    case 'HandoverMovedOn':
      return says(`asked ${askedName(event.handover.asked)}, since ${askedName(event.from)} did not answer in time`);
    case 'HandoverReminded':
      return says('reminded whoever is asked');
    case 'HandoverAccepted':
      return says('accepted the hand-over');
    case 'HandoverDeclined':
      return says('declined', event.reason);
    case 'HandoverWithdrawn':
      return says(`ended the offer: ${event.because}`);
    case 'HandoverExpired':
      return says('ended the offer: nobody answered, the leads neither');
    case 'AdviceGiven':
      return says('advised', event.advice);
  }
}

function promiseLine(event: Extract<CaseEvent, { type: `Promise${string}` }>, says: Says, desk: Desk): Line {
  switch (event.type) {
    case 'PromiseMade':
      return says(`promised the client to be back by ${timeText(event.promise.dueAt, desk.zone)}`, event.promise.words);
    case 'PromiseWarned':
      return [strong('Promise to the client'), text(' at risk')];
    case 'PromiseKept':
      return says(event.how === 'said' ? 'said that the client has heard: promise kept' : 'kept the promise');
    case 'PromiseBroken':
      return [strong('Promise to the client'), text(' broken')];
    case 'PromiseDropped':
      return says(event.because === 'asked' ? 'dropped the promise' : 'put a new promise in the place of the last');
  }
}

/** Where there was a file and not a word, the title is the file's name already. */
function openedLine(
  { title, description }: Extract<CaseEvent, { type: 'CaseOpened' }>,
  says: Says,
  files: readonly CaseFile[],
): Line {
  if (description === '' && files.length > 0) return besides(says('opened the case with'), files);
  return besides(says('opened the case', description === '' ? title : description), files);
}

function heardLine(event: Extract<CaseEvent, { type: 'MessageHeard' }>, says: Says, latest: Latests): Line {
  const now = latest.get(placeKey(event.place));
  if (now?.fate === 'deleted') return says('wrote a message and deleted it');
  const files = filesNow(event, latest);
  const words = now?.text ?? event.text;
  const edited = now === undefined ? '' : ' (edited)';
  return besides(
    words.trim() === '' && files.length > 0 ? says(`sent${edited}`) : says(`wrote${edited}`, words),
    files,
  );
}

const besides = (said: Line, files: readonly CaseFile[]): Line =>
  files.length === 0 ? said : [...said, text(' '), ...filesLine(files)];

const nameOf = (desk: Desk, id: PersonId): string => personOf(desk, id)?.name ?? id;
