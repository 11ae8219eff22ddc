import { randomBytes } from 'node:crypto';
import { emit } from './events';
import { fileJson } from './files';
import type { Json, JsonObject, SlackBlock, SlackChannel, SlackMessage } from './protocol';
import { channelOf, keepMessage, messagesIn, nextTs, recountThread } from './state';
import { mentionsOf, richTextOf } from './words';
import type { World } from './world';

/** A message in the spelling of conversations.history and of events. `all` adds metadata, which Slack shows on request. */
export function messageJson(world: World, message: SlackMessage, all = false): JsonObject {
  const { seed } = world.state;
  const json: JsonObject = {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: seed.team.id,
  };
  if (message.bot_id !== undefined && message.bot_id !== seed.app.bot_id) return otherBotJson(message);
  if (message.bot_id !== undefined) {
    json.bot_id = message.bot_id;
    json.app_id = seed.app.id;
    json.bot_profile = {
      id: message.bot_id,
      app_id: seed.app.id,
      name: world.manifest.display_information.name,
      deleted: false,
      updated: 0,
      team_id: seed.team.id,
    };
    json.blocks = message.blocks;
  } else {
    json.client_msg_id = `00000000-0000-4000-8000-${message.ts.replace('.', '').slice(-12)}`;
    json.blocks = message.text === '' ? [] : [richTextOf(message.text, message.ts.slice(-5))];
  }
  if (message.files) Object.assign(json, { files: message.files.map((file) => fileJson(world, file)), upload: false });
  const subtype = message.subtype ?? (message.files ? 'file_share' : undefined);
  if (subtype) json.subtype = subtype;
  if (message.edited) json.edited = message.edited;
  if (message.thread_ts !== undefined) Object.assign(json, threadJson(world, message, message.thread_ts));
  if (message.reactions.length > 0)
    json.reactions = message.reactions.map((one) => ({ ...one, users: [...one.users], count: one.users.length }));
  if (all && message.metadata) json.metadata = message.metadata;
  return json;
}

/** Other integrations have a name and a bot_id, and no user. */
function otherBotJson(message: SlackMessage): JsonObject {
  const { text, ts, bot_id = '', thread_ts } = message;
  const said = { type: 'message', subtype: 'bot_message', text, ts, username: 'Status', bot_id };
  return thread_ts === undefined ? said : { ...said, thread_ts };
}

function threadJson(world: World, message: SlackMessage, threadTs: string): JsonObject {
  if (threadTs !== message.ts) {
    const parent = messagesIn(world.state, message.channel).get(threadTs);
    return { thread_ts: threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const { reply_count, reply_users, latest_reply } = message;
  const replies = { reply_count, reply_users_count: reply_users.length, reply_users };
  return { thread_ts: threadTs, ...replies, ...(latest_reply ? { latest_reply } : {}), is_locked: false };
}

export function channelType(channel: SlackChannel): string {
  return { channel: 'channel', private: 'group', im: 'im' }[channel.kind];
}

/** Takes a new message in, tells the app if it can see it, and tells it once more when its bot is mentioned. */
export function arrive(world: World, message: SlackMessage): void {
  const channel = channelOf(world.state, message);
  message.mentions = mentionsOf(message.text, message.blocks);
  keepMessage(world.state, message);
  world.state.read.set(`${message.user} ${message.channel}`, message.ts);
  world.changed();
  if (message.ephemeral_to !== undefined) return;
  const json = messageJson(world, message, true);
  const about = { channel: channel.id, event_ts: message.ts };
  emit(world, channel, { ...json, ...about, channel_type: channelType(channel) });
  const bot = world.state.seed.app.bot_user_id;
  if (message.mentions.includes(bot) && message.user !== bot && channel.kind !== 'im')
    emit(world, channel, { ...json, ...about, type: 'app_mention' });
}

type Change = Partial<Pick<SlackMessage, 'text' | 'blocks' | 'metadata'>>;

/** Changes a message in place and tells the app, as Slack does, with the message before and after. */
export function amend(world: World, message: SlackMessage, change: Change, by: string): void {
  const channel = channelOf(world.state, message);
  const previous = messageJson(world, message);
  const at = nextTs(world.state, world.now());
  Object.assign(message, change);
  message.mentions = mentionsOf(message.text, message.blocks);
  // Slack marks as edited what reads differently; a card that was redrawn carries no such mark.
  if (message.blocks.length === 0) message.edited = { user: by, ts: `${at.split('.')[0]}.000000` };
  world.changed();
  if (message.ephemeral_to !== undefined) return;
  emit(world, channel, {
    type: 'message',
    subtype: 'message_changed',
    message: messageJson(world, message, true),
    previous_message: previous,
    channel: channel.id,
    hidden: true,
    ts: at,
    event_ts: at,
    channel_type: channelType(channel),
  });
}

/** Deletes a message. A parent with replies stays as a tombstone, which is what Slack shows. */
export function remove(world: World, message: SlackMessage): void {
  const channel = channelOf(world.state, message);
  const previous = messageJson(world, message);
  const at = nextTs(world.state, world.now());
  if (message.reply_count > 0) {
    Object.assign(message, {
      deleted: true,
      text: 'This message was deleted.',
      blocks: [],
      mentions: [],
      reactions: [],
    });
    delete message.files;
  } else {
    messagesIn(world.state, channel.id).delete(message.ts);
    if (message.thread_ts !== undefined) recountThread(world.state, channel.id, message.thread_ts);
  }
  world.changed();
  if (message.ephemeral_to !== undefined) return;
  emit(world, channel, {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: previous,
    channel: channel.id,
    hidden: true,
    deleted_ts: message.ts,
    ts: at,
    event_ts: at,
    channel_type: channelType(channel),
  });
}

/** The blocks as Slack keeps them: ids filled in, defaults of text objects written out. */
export function keptBlocks(blocks: Json[]): SlackBlock[] {
  return blocks.map((given) => {
    const block = withDefaults(given, false) as JsonObject;
    return {
      ...block,
      type: String(block.type),
      block_id: String(block.block_id ?? randomBytes(3).toString('base64url')),
    };
  });
}

const ACTIONLESS = ['image', 'mrkdwn', 'plain_text', 'card'];

function withDefaults(value: Json, isElement: boolean): Json {
  if (Array.isArray(value)) return value.map((one) => withDefaults(one, isElement));
  if (typeof value !== 'object' || value === null) return value;
  if (value.type === 'rich_text') return value;
  const kept: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    kept[name] = withDefaults(inner, name === 'elements' || name === 'accessory' || name === 'element');
  }
  if (value.type === 'plain_text') kept.emoji ??= true;
  if (value.type === 'mrkdwn') kept.verbatim ??= false;
  if (isElement && !ACTIONLESS.includes(String(value.type))) kept.action_id ??= randomBytes(3).toString('base64url');
  return kept;
}
