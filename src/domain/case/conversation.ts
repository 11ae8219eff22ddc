import { isStaff, standingOf } from '../desk/roles';
import type { Instant } from '../ids';
import { clocksAtQuestion, clocksAtWord } from '../sla/policy';
import { type Case, sameParty } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { withFiles } from './file';
import { TEXT_MAX } from './open';
import { followed } from './ownership';
import { resumed } from './progress';
import { keptByWord } from './promise';
import { type Refusal, refuse } from './refusals';
import { notLive } from './triage';

export function addNote(_: Case, command: CommandOf<'AddNote'>): Decision {
  return unfit(command.text) ?? [{ type: 'NoteAdded', text: command.text.trim() }];
}

/** Goes where the reporter reads, so it is a public word of staff: it ends the first-response clock. */
export function replyToReporter(it: Case, command: CommandOf<'ReplyToReporter'>, told: Told): Decision {
  const no = notLive(it) ?? unfit(command.text);
  if (no !== null) return no;
  return followed(it, [{ type: 'ReplySent', text: command.text.trim() }], told, (now) => [
    ...clocksAtWord(now, told),
    ...keptByWord(now),
  ]);
}

/**
 * A message in a thread of the case. A public word of staff is the first response, unless it is the reporter's own; a
 * word from the reporter, or from anybody else who is not of the desk, resumes a case that waits for the client.
 */
export function hearMessage(it: Case, command: CommandOf<'HearMessage'>, told: Told): Decision {
  const isReporter = sameParty(told.by, it.reporter);
  const staff = isStaff(told.desk, told.by) && !isReporter;
  const { place, text, files, audience, at } = command;
  const said = { text: text.slice(0, TEXT_MAX), ...withFiles(files) };
  const heard: CaseEvent = { type: 'MessageHeard', place, ...said, audience, staff, at };
  return followed(it, [heard], told, (now) => {
    if (audience === 'desk') return [];
    if (staff) return [...clocksAtWord(now, { ...told, at }), ...keptByWord(now)];
    const isClient = isReporter || standingOf(told.desk, told.by) === 'guest';
    return isClient ? asked(now, at, told) : [];
  });
}

/** The client has said something: a case that waits for them goes on, and they wait for an answer now. */
function asked(it: Case, at: Instant, told: Told): readonly CaseEvent[] {
  const goesOn = it.status === 'Awaiting client' ? resumed(it, 'client-replied', told) : [];
  return followed(it, goesOn, told, (now) => clocksAtQuestion(now, { ...told, at }));
}

export const hearEdit = (_: Case, { place, text, files, at }: CommandOf<'HearEdit'>): Decision => [
  { type: 'MessageEdited', place, text: text.slice(0, TEXT_MAX), ...withFiles(files), at },
];

export const hearDeletion = (_: Case, { place, at }: CommandOf<'HearDeletion'>): Decision => [
  { type: 'MessageDeleted', place, at },
];

function unfit(words: string): Refusal | null {
  if (words.trim() === '') return refuse('text-missing');
  return words.length > TEXT_MAX ? refuse('text-too-long') : null;
}
