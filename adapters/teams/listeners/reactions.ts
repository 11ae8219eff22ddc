import type { Activity } from '../payloads';
import { isFromBot, placeIn } from '../refs';
import { callerOf, type Turn } from '../turn';

/**
 * messageReaction: a swap takes one reaction off and puts another on in ONE activity (botbuilder-js #3795). The event
 * names the channel alone: the thread of the message is not known.
 */
export async function reacted(turn: Turn): Promise<null> {
  const { activity } = turn;
  const message = activity.replyToId ?? '';
  if (isFromBot(activity) || message === '') return null;
  for (const { type } of activity.reactionsRemoved ?? []) await one(turn, { type, added: false, message });
  for (const { type } of activity.reactionsAdded ?? []) await one(turn, { type, added: true, message });
  return null;
}

interface Moved {
  readonly type: string;
  readonly added: boolean;
  readonly message: string;
}

async function one(turn: Turn, { type, added, message }: Moved): Promise<void> {
  const { teams, spot, at, activity } = turn;
  const place = placeIn(spot, message);
  const caller = callerOf(turn, { place });
  const keys = [reactionKey(activity, turn.user, `${type}:${added ? '+' : '-'}`)];
  await teams.doors.reacted({ place, emoji: type, added, at }, { ...caller, cause: { ...caller.cause, keys } });
}

/** One of perhaps several moves of one activity, so that the activity's id alone must not be its key. */
function reactionKey({ conversation, replyToId, timestamp, id }: Activity, user: string, move: string): string {
  return `teams:react:${conversation.id}:${replyToId}:${user}:${move}:${timestamp ?? id}`;
}
