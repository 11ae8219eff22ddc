import { checkBlocks } from '../limits/blocks';
import { LIMITS } from '../limits/numbers';
import { isObject, type Problem } from '../limits/shape';
import { amend, arrive, keptBlocks, messageJson, remove } from '../messages';
import type { Json, JsonObject, SlackChannel, SlackMessage } from '../protocol';
import { directMessage, messagesIn, newMessage, nextTs } from '../state';
import type { World } from '../world';
import { arrayOf, bot, fail, hasScope, isTrue, type Methods, type Refusal, text, visibleChannel } from './method';

/** Slack's spelling of what is wrong with blocks. */
export function refusedBlocks(error: string, problems: Problem[]): Refusal {
  const errors = problems.map((one) => `${one.message} [json-pointer:${one.pointer}]`);
  return fail(error, { errors, response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) } });
}

type Content = { text: string; blocks: Json[] };

/** The text and blocks of a message, or Slack's refusal. Text beyond 40,000 characters is cut, not refused. */
export function readContent(args: JsonObject): Content | Refusal {
  const blocks = arrayOf(args.blocks) ?? [];
  const words = (text(args, 'text') ?? text(args, 'markdown_text') ?? '').slice(0, LIMITS.message.text);
  if (args.blocks !== undefined && !Array.isArray(args.blocks)) return fail('invalid_blocks_format');
  if (words === '' && blocks.length === 0) return fail('no_text');
  const problems = checkBlocks(blocks, 'message');
  if (problems.length > 0) return refusedBlocks('invalid_blocks', problems);
  if (
    JSON.stringify(blocks).length > LIMITS.message.blockCharacters &&
    lettersIn(blocks) > LIMITS.message.blockCharacters
  )
    return fail('msg_blocks_too_long');
  return { text: words, blocks };
}

function lettersIn(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + lettersIn(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + Object.values(value).reduce<number>((sum, one) => sum + lettersIn(one), 0);
}

export function isRefusal(given: Content | Refusal): given is Refusal {
  return 'ok' in given;
}

function readMetadata(args: JsonObject): SlackMessage['metadata'] | Refusal {
  const given = args.metadata;
  if (given === undefined) return undefined;
  if (!isObject(given) || typeof given.event_type !== 'string' || !isObject(given.event_payload))
    return fail('invalid_metadata_format');
  if (JSON.stringify(given).length > LIMITS.metadataBytes) return fail('metadata_too_large');
  return { event_type: given.event_type, event_payload: given.event_payload };
}

function isRefusedMetadata(given: SlackMessage['metadata'] | Refusal): given is Refusal {
  return given !== undefined && 'ok' in given;
}

/** Where the app wants to write: a channel's id, `#name`, or a person's id for their direct message. */
function target(world: World, args: JsonObject): SlackChannel | JsonObject {
  const id = text(args, 'channel');
  const named = [...world.state.channels.values()].find((one) => `#${one.name}` === id || one.name === id);
  const person = id === undefined ? undefined : world.state.users.get(id);
  const channel = person ? directMessage(world.state, person.id, bot(world)) : visibleChannel(world, named?.id ?? id);
  if (!channel) return fail('channel_not_found');
  if (channel.is_archived) return fail('is_archived');
  const open = channel.kind === 'channel' && hasScope(world, 'chat:write.public');
  return channel.members.includes(bot(world)) || open ? channel : fail('not_in_channel');
}

function isChannel(given: SlackChannel | JsonObject): given is SlackChannel {
  return 'members' in given;
}

/** The parent of the thread that is meant; a reply's own ts leads to the same thread. */
function threadOf(world: World, channel: SlackChannel, args: JsonObject): string | undefined | JsonObject {
  const given = text(args, 'thread_ts');
  if (given === undefined) return undefined;
  const found = messagesIn(world.state, channel.id).get(given);
  if (!found || found.ephemeral_to !== undefined) return fail('thread_not_found');
  return found.thread_ts ?? found.ts;
}

/** A message by the app, not yet arrived. Used by chat.postMessage and by response URLs. */
export function draftMessage(world: World, channel: SlackChannel, content: Content): SlackMessage {
  const ts = nextTs(world.state, world.now());
  const message = newMessage({ channel: channel.id, ts, user: bot(world), text: content.text });
  message.bot_id = world.state.seed.app.bot_id;
  message.blocks = keptBlocks(content.blocks);
  return message;
}

function postMessage(world: World, args: JsonObject): JsonObject {
  const channel = target(world, args);
  if (!isChannel(channel)) return channel;
  const content = readContent(args);
  if (isRefusal(content)) return content;
  const metadata = readMetadata(args);
  if (isRefusedMetadata(metadata)) return metadata;
  const thread = threadOf(world, channel, args);
  if (typeof thread === 'object') return thread;
  const message = draftMessage(world, channel, content);
  if (metadata) message.metadata = metadata;
  if (thread !== undefined) message.thread_ts = thread;
  if (thread !== undefined && isTrue(args, 'reply_broadcast')) message.subtype = 'thread_broadcast';
  arrive(world, message);
  return { ok: true, channel: channel.id, ts: message.ts, message: messageJson(world, message, true) };
}

function postEphemeral(world: World, args: JsonObject): JsonObject {
  const channel = target(world, args);
  if (!isChannel(channel)) return channel;
  const reader = text(args, 'user');
  if (reader === undefined || !world.state.users.has(reader)) return fail('user_not_found');
  if (!channel.members.includes(reader)) return fail('user_not_in_channel');
  const content = readContent(args);
  if (isRefusal(content)) return content;
  const thread = threadOf(world, channel, args);
  if (typeof thread === 'object') return thread;
  const message = draftMessage(world, channel, content);
  message.ephemeral_to = reader;
  if (thread !== undefined) message.thread_ts = thread;
  arrive(world, message);
  return { ok: true, message_ts: message.ts };
}

/** The message that the app may change: its own, shown to everyone. */
function ownMessage(world: World, args: JsonObject, refusal: string): SlackMessage | Refusal {
  const channel = visibleChannel(world, text(args, 'channel'));
  if (!channel) return fail('channel_not_found');
  const message = messagesIn(world.state, channel.id).get(text(args, 'ts') ?? '');
  if (!message || message.ephemeral_to !== undefined || message.deleted) return fail('message_not_found');
  if (message.bot_id !== world.state.seed.app.bot_id) return fail(refusal);
  return channel.is_archived ? fail('is_archived') : message;
}

function isRefused(given: SlackMessage | Refusal): given is Refusal {
  return 'ok' in given;
}

function update(world: World, args: JsonObject): JsonObject {
  const found = ownMessage(world, args, 'cant_update_message');
  if (isRefused(found)) return found;
  const message = found;
  if ((text(args, 'text') ?? '').length > LIMITS.message.updatedText) return fail('msg_too_long');
  const content = readContent(args);
  if (isRefusal(content)) return content;
  const metadata = readMetadata(args);
  if (isRefusedMetadata(metadata)) return metadata;
  amend(
    world,
    message,
    {
      text: text(args, 'text') === undefined ? message.text : content.text,
      // Blocks that are not sent stay; an empty list takes them away.
      blocks: args.blocks === undefined ? message.blocks : keptBlocks(content.blocks),
      ...(metadata ? { metadata } : {}),
    },
    bot(world),
  );
  const json = messageJson(world, message, true);
  return { ok: true, channel: message.channel, ts: message.ts, text: message.text, message: json };
}

function deleteMessage(world: World, args: JsonObject): JsonObject {
  const found = ownMessage(world, args, 'cant_delete_message');
  if (isRefused(found)) return found;
  remove(world, found);
  return { ok: true, channel: found.channel, ts: found.ts };
}

function getPermalink(world: World, args: JsonObject): JsonObject {
  const channel = visibleChannel(world, text(args, 'channel'));
  if (!channel) return fail('channel_not_found');
  const message = messagesIn(world.state, channel.id).get(text(args, 'message_ts') ?? '');
  if (!message) return fail('message_not_found');
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
  const thread =
    message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  return {
    ok: true,
    channel: channel.id,
    permalink: `https://${world.state.seed.team.domain}.slack.com/${path}${thread}`,
  };
}

export const chatMethods: Methods = {
  'chat.postMessage': { scopes: ['chat:write'], run: postMessage },
  'chat.postEphemeral': { scopes: ['chat:write'], run: postEphemeral },
  'chat.update': { scopes: ['chat:write'], run: update },
  'chat.delete': { scopes: ['chat:write'], run: deleteMessage },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};
