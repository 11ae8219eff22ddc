import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Caller } from '../../../src/app/doors';
import type { Answer } from '../../../src/app/view';
import { ask, sayTo, whole, wordsOf } from '../answers';
import { filesIn, filesOf } from '../files';
import { buttonTo } from '../forms';
import { callerOf, type Parts } from '../parts';
import { MessageEvent, type SlackMessage, SlackMessageShape } from '../payloads';
import { instantOf, messageKeys, placeOf } from '../refs';

/** What people say. Everything else that Slack sends as a message (joins, topics, other apps, link previews) is none. */
const SAID = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

type Happened =
  | { readonly kind: 'heard'; readonly message: SlackMessage; readonly edit: ''; readonly by: string }
  | { readonly kind: 'edited' | 'deleted'; readonly message: SlackMessage; readonly edit: string; readonly by: string };

const byPerson = (message: SlackMessage, me: Parts['me']): string | null =>
  message.bot_id || !message.user || message.user === me.userId ? null : message.user;

/** A file that was deleted stays in its message as a tombstone. */
const sameFiles = (before: SlackMessage['files'], now: SlackMessage['files']): boolean =>
  JSON.stringify(filesOf(before)) === JSON.stringify(filesOf(now));

function edited(event: MessageEvent['event'], me: Parts['me']): Happened | null {
  const { message, previous_message: before } = event;
  if (!message) return null;
  const at = message.edited?.ts ?? event.event_ts ?? event.ts;
  // the root of a thread that is deleted stays as a tombstone
  if (message.subtype === 'tombstone') return before ? deleted(before, at, me) : null;
  const by = byPerson(message, me);
  const sameWords = before?.text === message.text && sameFiles(before?.files, message.files);
  if (by === null || !SAID.has(message.subtype) || sameWords) return null;
  return { kind: 'edited', message, edit: at, by: message.edited?.user ?? by };
}

function deleted(before: SlackMessage, at: string, me: Parts['me']): Happened | null {
  const by = byPerson(before, me);
  return by === null ? null : { kind: 'deleted', message: before, edit: at, by };
}

/** What an event of type `message` tells of; null when it is nothing that people said. */
export function happened(event: MessageEvent['event'], me: Parts['me']): Happened | null {
  if (event.subtype === 'message_changed') return edited(event, me);
  if (event.subtype === 'message_deleted')
    return event.previous_message ? deleted(event.previous_message, event.event_ts ?? event.ts, me) : null;
  if (!SAID.has(event.subtype)) return null;
  const message = SlackMessageShape.parse(event);
  const by = byPerson(message, me);
  return by === null ? null : { kind: 'heard', message, edit: '', by };
}

export const message =
  (parts: Parts) =>
  async ({ body }: SlackEventMiddlewareArgs<'message'>): Promise<void> => {
    const given = MessageEvent.safeParse(body);
    if (!given.success) return parts.log.debug({}, 'a message event of an unknown shape was ignored');
    const { event, event_id, team_id } = given.data;
    const it = happened(event, parts.me);
    if (it === null) return;
    const { channel, subtype = '' } = event;
    const { ts, thread_ts } = it.message;
    const place = placeOf(channel, ts, thread_ts);
    const natural = { channel, ts, subtype: it.kind === 'heard' ? '' : subtype, edit: it.edit };
    const keys = messageKeys({ team_id, event_id }, natural);
    const caller = await callerOf(parts, { user: it.by, place, what: `slack:message ${event_id}`, keys });
    if (it.kind === 'deleted') return parts.doors.deleted(place, instantOf(it.edit), caller);
    const [text, files] = await Promise.all([
      parts.people.wordsOf(it.message),
      filesIn(parts, place, it.message.files),
    ]);
    if (it.kind === 'edited') return parts.doors.edited({ place, text, files, at: instantOf(it.edit) }, caller);
    const toBaton = event.channel_type === 'im' && place.thread === null;
    if (toBaton) return converse(parts, it.by, text, { ...caller, files });
    await parts.doors.heard({ place, text, files, at: instantOf(ts) }, caller);
  };

/**
 * In a direct message the grammar needs no slash. Slack opens forms from a press only, so a form comes as a button. A file
 * without a word is the beginning of a case.
 */
async function converse(parts: Parts, user: string, text: string, caller: Caller): Promise<void> {
  const said = text.trim().replace(/^\/?case\b\s*/i, '');
  const words = said === '' && (caller.files ?? []).length > 0 ? 'new' : said;
  const answer: Answer = await whole(await ask(parts, 'direct message', () => parts.doors.line(words, caller)));
  const view = answer.kind === 'form' ? buttonTo(answer.form) : wordsOf(answer);
  if (view) await sayTo(parts, user, { channel: null, message: '', thread: null }, view);
}
