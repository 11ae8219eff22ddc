import type { z } from 'zod';
import { dialogNext } from '../answers';
import { filesOf, withoutPictures } from '../files';
import { type InvokeAnswer, lastWords } from '../invoke';
import { extensionValue, readPressed } from '../payloads';
import { happenedAt, partyOf, placeIn } from '../refs';
import { callerOf, type Turn } from '../turn';
import { plainText } from '../words';
import { carry } from './carry';

type Payload = NonNullable<z.infer<typeof extensionValue>['messagePayload']>;

/** composeExtension/fetchTask: "Open a case" on a message, or from the composer. */
export async function extensionOpened(turn: Turn): Promise<InvokeAnswer> {
  const value = extensionValue.safeParse(turn.activity.value);
  if (!value.success) return lastWords('Baton could not read this message. Try again, or open the case by hand.');
  const payload = value.data.messagePayload ?? null;
  if (payload === null)
    return dialogNext(turn, await turn.teams.doors.line('new', callerOf(turn, { place: null })), null);
  const message = messageIn(turn, payload);
  const answer = await turn.teams.doors.openFrom(message, callerOf(turn, { place: message.place }));
  return dialogNext(turn, answer, null);
}

function messageIn(turn: Turn, payload: Payload) {
  const { teams, spot } = turn;
  const { user, application } = payload.from ?? {};
  const id = user?.id ?? application?.id ?? 'unknown';
  const root = payload.replyToId ?? spot.root;
  const { contentType, content } = payload.body ?? { contentType: 'text', content: '' };
  return {
    place: placeIn({ ...spot, root }, payload.id),
    text: plainText({ contentType, content: withoutPictures(content) }),
    files: filesOf(payload.attachments, content),
    at: happenedAt(payload.createdDateTime, teams.clock.now()),
    author: partyOf(teams.desk(), { ids: [id], name: user?.displayName ?? application?.displayName ?? null }),
  };
}

/** composeExtension/submitAction: the form of such a dialog. */
export async function extensionSent(turn: Turn): Promise<InvokeAnswer> {
  const value = extensionValue.safeParse(turn.activity.value);
  const pressed = value.success ? readPressed(value.data.data) : null;
  if (pressed === null) return lastWords('This form is from another version of Baton. Open it again, please.');
  return dialogNext(turn, await carry(turn, pressed), pressed);
}
