import type { Answer } from '../../../src/app/view';
import { answerPrivately, plainView, SORRY } from '../answers';
import { filesHeard, filesIn } from '../files';
import { readPressed } from '../payloads';
import { isFromBot } from '../refs';
import { callerOf, ownPlace, type Turn } from '../turn';
import { withTeamsNote } from '../welcome';
import { afterCase, atName, peopleIn, saidIn } from '../words';
import { carry } from './carry';
import { personMentioned } from './mentioned';

/** Something was written: to Baton (in person, by mention, by slash), or in a channel that it listens to. */
export async function messageWritten(turn: Turn): Promise<null> {
  const { activity, spot, at, teams } = turn;
  if (isFromBot(activity)) return null;
  if (readPressed(activity.value) !== null) return pressedInMessage(turn);
  const said = saidIn(activity);
  const isAddressed = spot.kind === 'personal' || said.toBaton || activity.recipient?.isTargeted === true;
  if (isAddressed) return commanded(turn);
  const { text } = said;
  const files = filesHeard(activity, text);
  const place = ownPlace(turn);
  if (text !== '' || files.length > 0) await teams.doors.heard({ place, text, files, at }, callerOf(turn, { place }));
  return null;
}

/**
 * `case …` in person; in a channel also without the word. A file without a word begins a case; anything else that is said
 * in person asks for help.
 */
async function commanded(turn: Turn): Promise<null> {
  const { activity, spot, teams } = turn;
  const names = new Map<string, string>();
  for (const mention of peopleIn(activity)) names.set(mention.mentioned.id, await personMentioned(turn, mention));
  const { text } = saidIn(activity, (mention) => names.get(mention.mentioned.id) ?? atName(mention));
  const files = filesIn(activity);
  const isOnlyFile = text === '' && files.length > 0;
  const words = isOnlyFile ? 'new' : (afterCase(text) ?? (spot.kind === 'personal' ? 'help' : text));
  // No dialog opens in answer to a message, so `new TITLE` opens the case at once.
  const spoken = spot.kind === 'channel' && activity.recipient?.isTargeted !== true;
  const caller = { ...callerOf(turn, { place: ownPlace(turn) }), forms: false, spoken, files };
  const answer = await teams.doors.line(words, caller).catch((error: unknown) => sorry(turn, error));
  answerPrivately(turn, isHelp(words) ? withTeamsNote(answer) : answer);
  return null;
}

/** Nobody knows whether Teams would send a command again, or when: the person is told and decides. */
function sorry({ teams, activity }: Turn, error: unknown): Answer {
  teams.log.error({ problem: String(error), activity: activity.id }, 'A command from Teams could not be carried out');
  return { kind: 'said', view: plainView(SORRY) };
}

const isHelp = (words: string): boolean => /^(help\b|\?|$)/i.test(words.trim());

/** Old clients send a press of Action.Execute as a message with a value. */
async function pressedInMessage(turn: Turn): Promise<null> {
  const pressed = readPressed(turn.activity.value);
  if (pressed === null || pressed.envelope.cancelled === true) return null;
  answerPrivately(turn, await carry(turn, pressed));
  return null;
}
