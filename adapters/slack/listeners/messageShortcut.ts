import type { SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { View } from '../../../src/app/view';
import type { Party } from '../../../src/domain/case/case';
import { ask, drawn, openForm, privately, sentence, whole, wordsOf } from '../answers';
import { isOurs } from '../api';
import { filesIn } from '../files';
import { reasonOf } from '../log';
import { callerOf, type Parts } from '../parts';
import { MessageShortcut, type SlackMessage } from '../payloads';
import { instantOf, PLATFORM, placeOf, triggerKeys } from '../refs';
import { foreigner } from '../sentences';

/** "Open a case" in the menu of a message. */
export const messageShortcut =
  (parts: Parts) =>
  async ({ body, ack, respond }: SlackShortcutMiddlewareArgs): Promise<void> => {
    const given = MessageShortcut.parse(body);
    const { user, channel, message, trigger_id: trigger } = given;
    const say = (view: View): Promise<void> =>
      respond(privately(drawn(parts, view))).then(
        () => undefined,
        (error: unknown) => parts.log.warn({ problem: reasonOf(error) }, 'an answer to a shortcut could not be given'),
      );
    if (!isOurs(parts.me, user.team_id ?? given.team?.id, given.team?.enterprise_id ?? given.enterprise?.id)) {
      await ack();
      return say(sentence(foreigner(parts.me.team)));
    }
    const place = placeOf(channel.id, message.ts, message.thread_ts);
    const told = { user: user.id, name: user.name ?? user.username ?? null, place, what: `slack:shortcut ${trigger}` };
    const caller = await callerOf(parts, { ...told, keys: triggerKeys(trigger) });
    const [author, text, files] = await Promise.all([
      authorOf(parts, message),
      parts.people.wordsOf(message),
      filesIn(parts, place, message.files),
    ]);
    const heard = { place, text, files, at: instantOf(message.ts), author };
    const timely = await ask(parts, 'shortcut', () => parts.doors.openFrom(heard, caller));
    await ack();
    const answer = await whole(timely);
    const origin = { channel: channel.id, message: message.ts, thread: place.thread };
    const words =
      answer.kind === 'form' ? await openForm(parts, answer.form, { trigger, origin, push: false }) : wordsOf(answer);
    if (words) await say(words);
  };

/** Bots write without a user of their own; they are named by what they call themselves. */
async function authorOf(parts: Parts, message: SlackMessage): Promise<Party> {
  if (message.user) return parts.people.partyOf(message.user);
  const name = message.username ?? 'an app';
  return { kind: 'guest', platform: PLATFORM, user: message.bot_id ?? 'app', name };
}
