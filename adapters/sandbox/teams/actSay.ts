import { changed, type TeamsCore } from './core';
import { deliver } from './delivery';
import { clientInfo, envelope } from './envelope';
import { attached, filesFrom, filesRefusal, pastedIn } from './files';
import type { Place } from './places';
import type { JsonObject, TeamsAct, TeamsActResult, TeamsMention, TeamsMessage, TeamsUser } from './protocol';
import { failed, isFailed, isHeard, type MessageScene, messageScene, sceneOf } from './scene';
import { addMessage, messageOf } from './state';

type Say = Extract<TeamsAct, { act: 'say' }>;

/** A person writes: a message to all, or a slash command that only the bot and the writer see. */
export async function say(core: TeamsCore, act: Say): Promise<TeamsActResult> {
  const scene = sceneOf(core, act.user, act.conversation);
  if (isFailed(scene)) {
    return scene;
  }
  const { user, place } = scene;
  const refusal = sayRefusal(core, act, place);
  if (refusal !== null) {
    return failed(refusal);
  }
  const targeted = act.slash === true && place.kind === 'channel';
  const { text, mentions } = drawn(core, act, place);
  const message = addMessage(core.state, core.options.now(), {
    conversation: place.id,
    from: user.id,
    fromBot: false,
    rootId: act.thread ?? null,
    text,
    mentions,
    files: filesFrom(core, act, place),
    pictures: act.pictures ?? 0,
    targetedTo: targeted ? user.id : null,
  });
  if (place.kind === 'channel' && act.thread === undefined) {
    message.rootId = message.id;
  }
  changed(core);
  if (isHeard(core, place, message)) {
    await deliver(core, messageActivity(core, { user, place, message }, 'message', act));
  }
  return { ok: true, messageId: message.id };
}

function sayRefusal(core: TeamsCore, act: Say, place: Place): string | null {
  const refusal = filesRefusal(core, act, place);
  if (refusal !== null) {
    return refusal;
  }
  const isEmpty = act.text.trim() === '' && (act.files ?? []).length === 0 && (act.pictures ?? 0) === 0;
  if (isEmpty && act.mentionBot !== true) {
    return 'Write something first.';
  }
  if (act.thread !== undefined && messageOf(core.state, place.id, act.thread)?.rootId !== act.thread) {
    return 'This thread is no longer there.';
  }
  const said = act.text.trim().toLowerCase();
  const slashes = core.app.commands.filter((command) => command.triggers.includes('slash'));
  if (act.slash === true && !slashes.some((command) => said.startsWith(command.title.toLowerCase()))) {
    return 'The app offers no such slash command.';
  }
  return null;
}

/** The text as drawn, with `@Bot name` in it as a mention. Mentions of the bot exist in channels only. */
function drawn(core: TeamsCore, act: Say, place: Place): { text: string; mentions: TeamsMention[] } {
  const words = `@${core.app.botName}`;
  const text = act.mentionBot === true ? `${words} ${act.text}` : act.text;
  if (place.kind === 'personal' || act.slash === true || !text.includes(words)) {
    return { text, mentions: [] };
  }
  return { text, mentions: [{ id: core.botId, name: core.app.botName, text: words }] };
}

export async function edit(core: TeamsCore, act: Extract<TeamsAct, { act: 'edit' }>): Promise<TeamsActResult> {
  const scene = ownMessage(core, act);
  if (isFailed(scene)) {
    return scene;
  }
  const { message } = scene;
  message.text = act.text;
  message.mentions = message.mentions.filter((mention) => act.text.includes(mention.text));
  message.editedAt = core.options.now();
  changed(core);
  return tellUpdate(core, scene, { type: 'messageUpdate', eventType: 'editMessage' });
}

/** Deletes softly: `undelete` brings the text back. */
export async function deleteMessage(
  core: TeamsCore,
  act: Extract<TeamsAct, { act: 'deleteMessage' }>,
): Promise<TeamsActResult> {
  const scene = ownMessage(core, act);
  if (isFailed(scene)) {
    return scene;
  }
  scene.message.deleted = true;
  changed(core);
  return tellUpdate(core, scene, { type: 'messageDelete', eventType: 'softDeleteMessage' });
}

export async function undeleteMessage(
  core: TeamsCore,
  act: Extract<TeamsAct, { act: 'undeleteMessage' }>,
): Promise<TeamsActResult> {
  const scene = sceneOf(core, act.user, act.conversation);
  if (isFailed(scene)) {
    return scene;
  }
  const message = messageOf(core.state, scene.place.id, act.messageId);
  if (message === null || !message.deleted || message.from !== act.user) {
    return failed('There is nothing to bring back.');
  }
  message.deleted = false;
  changed(core);
  return tellUpdate(core, { ...scene, message }, { type: 'messageUpdate', eventType: 'undeleteMessage' });
}

function ownMessage(core: TeamsCore, at: { user: string; conversation: string; messageId: string }) {
  const scene = messageScene(core, at);
  if (isFailed(scene) || scene.message.from === at.user) {
    return scene;
  }
  return failed('Only the writer can change this message.');
}

async function tellUpdate(
  core: TeamsCore,
  scene: MessageScene,
  what: { type: 'messageUpdate' | 'messageDelete'; eventType: string },
): Promise<TeamsActResult> {
  if (isHeard(core, scene.place, scene.message)) {
    const full = messageActivity(core, scene, what.type, {});
    const parts = what.type === 'messageUpdate' ? full : withoutText(full);
    const channelData = { ...(full.channelData as JsonObject), eventType: what.eventType };
    await deliver(core, { ...parts, channelData });
  }
  return { ok: true, messageId: scene.message.id };
}

function withoutText(activity: JsonObject): JsonObject {
  const { text: _text, attachments: _attachments, textFormat: _textFormat, ...rest } = activity;
  return rest;
}

/** The activity of a message, as the bot gets it: the text encoded, the mention as `<at>`, the HTML beside it. */
export function messageActivity(
  core: TeamsCore,
  scene: { user: TeamsUser; place: Place; message: TeamsMessage },
  type: string,
  how: { mentionBot?: boolean; thread?: string },
): JsonObject {
  const { user, place, message } = scene;
  const at = `<at>${core.app.botName}</at>`;
  const encoded = message.mentions.reduce((text, mention) => text.replace(mention.text, at), encode(message.text));
  // A mention picked from the list is followed by a hard space, which reaches the bot as `&nbsp;`.
  const text = how.mentionBot === true ? encoded.replace(`${at} `, `${at}&nbsp;`) : encoded;
  const mentions = message.mentions.map(({ id, name }) => ({ type: 'mention', mentioned: { id, name }, text: at }));
  const isTargeted = message.targetedTo !== null;
  // A slash command outside a thread names the channel alone: nothing was posted that could be a thread.
  const rootId = isTargeted ? (how.thread ?? null) : message.rootId;
  return envelope(
    core,
    { user, place, type, id: message.id, rootId },
    {
      textFormat: 'plain',
      text,
      attachments: [
        ...attached(core, message, place),
        { contentType: 'text/html', content: htmlOf(text, at, core.app.botName) + pastedIn(message) },
      ],
      entities: [...mentions, clientInfo(user)],
      ...(isTargeted ? { recipient: { id: core.botId, name: core.app.botName, isTargeted: true } } : {}),
    },
  );
}

function htmlOf(text: string, at: string, name: string): string {
  const span = `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>`;
  return text === '' ? '' : `<p>${text.replace(at, span).replaceAll('\n', '<br>')}</p>`;
}

export function encode(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
