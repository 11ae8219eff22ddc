import type { Place } from '../../../src/domain/case/case';
import { filesHeard } from '../files';
import { isFromBot } from '../refs';
import type { Caller } from '../settings';
import { activityKey, callerOf, naturalKeys, ownPlace, type Turn } from '../turn';
import { saidIn } from '../words';

/** messageUpdate: an edit, or a deletion taken back. Without words there is nothing to follow (the SDK's docs show such). */
export async function messageEdited(turn: Turn): Promise<null> {
  const { activity, at, teams } = turn;
  if (isFromBot(activity) || typeof activity.text !== 'string') return null;
  const place = ownPlace(turn);
  const { text } = saidIn(activity);
  await teams.doors.edited({ place, text, files: filesHeard(activity, text), at }, changedBy(turn, place));
  return null;
}

export async function messageDeleted(turn: Turn): Promise<null> {
  if (isFromBot(turn.activity)) return null;
  const place = ownPlace(turn);
  await turn.teams.doors.deleted(place, turn.at, changedBy(turn, place));
  return null;
}

/** All changes of a message carry its id: only the time tells one from the next. */
function changedBy(turn: Turn, place: Place): Caller {
  const caller = callerOf(turn, { place });
  const { channelData, timestamp } = turn.activity;
  const key = `${activityKey(turn.activity)}:${channelData?.eventType ?? ''}:${timestamp ?? turn.at}`;
  return { ...caller, cause: { ...caller.cause, keys: [key, ...naturalKeys(turn)] } };
}
