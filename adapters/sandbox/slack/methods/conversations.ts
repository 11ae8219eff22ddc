import { emitMember } from '../membership';
import { messageJson } from '../messages';
import type { JsonObject, SlackChannel, SlackMessage } from '../protocol';
import { directMessage, messagesIn, repliesTo } from '../state';
import type { World } from '../world';
import {
  bot,
  fail,
  hasScope,
  isTrue,
  type Methods,
  missingScope,
  page,
  scopeFor,
  text,
  visibleChannel,
} from './method';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

function channelJson(world: World, channel: SlackChannel): JsonObject {
  const isMember = channel.members.includes(bot(world));
  if (channel.kind === 'im') {
    const other = channel.members.find((id) => id !== bot(world)) ?? '';
    return { id: channel.id, created: 0, is_im: true, is_archived: false, user: other, is_user_deleted: false };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.is_archived,
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_member: isMember,
    created: 0,
    creator: '',
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** The channel of the call, if the app may `right` it; else Slack's refusal. */
function allowed(world: World, args: JsonObject, right: 'read' | 'history'): SlackChannel | JsonObject {
  const channel = visibleChannel(world, text(args, 'channel'));
  if (!channel) return fail('channel_not_found');
  const scope = scopeFor(channel, right);
  if (!hasScope(world, scope)) return missingScope(world, scope);
  if (right === 'history' && !channel.members.includes(bot(world))) return fail('not_in_channel');
  return channel;
}

function isChannel(given: SlackChannel | JsonObject): given is SlackChannel {
  return 'members' in given;
}

function info(world: World, args: JsonObject): JsonObject {
  const channel = allowed(world, args, 'read');
  if (!isChannel(channel)) return channel;
  const json = channelJson(world, channel);
  if (isTrue(args, 'include_num_members')) json.num_members = channel.members.length;
  return { ok: true, channel: json };
}

const KIND_NAMES = { channel: 'public_channel', private: 'private_channel', im: 'im' };

function listOf(world: World, args: JsonObject, fits: (channel: SlackChannel) => boolean): JsonObject {
  const types = (text(args, 'types') ?? 'public_channel').split(',').map((one) => one.trim());
  const wanted = [...world.state.channels.values()].filter(
    (one) => types.includes(KIND_NAMES[one.kind]) && visibleChannel(world, one.id) && fits(one),
  );
  const lacking = wanted.map((one) => scopeFor(one, 'read')).find((scope) => !hasScope(world, scope));
  if (lacking) return missingScope(world, lacking);
  const current = wanted.filter((one) => !(isTrue(args, 'exclude_archived') && one.is_archived));
  const { items, next } = page(current, args, { usual: 100, max: 1_000 });
  return { ok: true, channels: items.map((one) => channelJson(world, one)), response_metadata: { next_cursor: next } };
}

function members(world: World, args: JsonObject): JsonObject {
  const channel = allowed(world, args, 'read');
  if (!isChannel(channel)) return channel;
  const { items, next } = page(channel.members, args, { usual: 100, max: 1_000 });
  return { ok: true, members: items, response_metadata: { next_cursor: next } };
}

function open(world: World, args: JsonObject): JsonObject {
  const users = (text(args, 'users') ?? '').split(',').filter((id) => id !== '');
  const known = text(args, 'channel');
  if (known !== undefined) {
    const channel = visibleChannel(world, known);
    return channel ? { ok: true, channel: { id: channel.id } } : fail('channel_not_found');
  }
  const user = users[0];
  if (user === undefined) return fail('users_list_not_supplied');
  if (users.length > 1) return missingScope(world, 'mpim:write');
  if (!world.state.users.has(user)) return fail('user_not_found');
  const before = world.state.channels.size;
  const channel = directMessage(world.state, user, bot(world));
  const already = world.state.channels.size === before;
  world.changed();
  return { ok: true, channel: { id: channel.id }, ...(already ? { no_op: true, already_open: true } : {}) };
}

function between(messages: SlackMessage[], args: JsonObject): SlackMessage[] {
  const oldest = Number(text(args, 'oldest') ?? 0);
  const latest = Number(text(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = isTrue(args, 'inclusive');
  return messages.filter((one) => {
    const at = Number(one.ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function pageOfMessages(world: World, messages: SlackMessage[], args: JsonObject): JsonObject {
  const { items, next } = page(messages, args, { usual: 100, max: 1_000 });
  const all = isTrue(args, 'include_all_metadata');
  return {
    ok: true,
    messages: items.map((one) => messageJson(world, one, all)),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function history(world: World, args: JsonObject): JsonObject {
  const channel = allowed(world, args, 'history');
  if (!isChannel(channel)) return channel;
  const shown = [...messagesIn(world.state, channel.id).values()].filter((one) => {
    const isReply = one.thread_ts !== undefined && one.thread_ts !== one.ts;
    return one.ephemeral_to === undefined && (!isReply || one.subtype === 'thread_broadcast');
  });
  return { ...pageOfMessages(world, between(shown, args).reverse(), args), pin_count: 0 };
}

function replies(world: World, args: JsonObject): JsonObject {
  const channel = allowed(world, args, 'history');
  if (!isChannel(channel)) return channel;
  const asked = messagesIn(world.state, channel.id).get(text(args, 'ts') ?? '');
  if (!asked || asked.ephemeral_to !== undefined) return fail('thread_not_found');
  const parent = messagesIn(world.state, channel.id).get(asked.thread_ts ?? asked.ts);
  const answers = between(repliesTo(world.state, channel.id, parent?.ts ?? asked.ts), args);
  return pageOfMessages(world, parent ? [parent, ...answers] : answers, args);
}

function join(world: World, args: JsonObject): JsonObject {
  const channel = world.state.channels.get(text(args, 'channel') ?? '');
  if (!channel) return fail('channel_not_found');
  if (channel.kind !== 'channel') return fail('method_not_supported_for_channel_type');
  if (channel.is_archived) return fail('is_archived');
  if (!channel.members.includes(bot(world))) {
    channel.members.push(bot(world));
    world.changed();
    emitMember(world, channel, { type: 'member_joined_channel', user: bot(world) });
  }
  return { ok: true, channel: channelJson(world, channel) };
}

export const conversationMethods: Methods = {
  'conversations.info': { scopes: READ, run: info },
  'conversations.list': { scopes: READ, run: (world, args) => listOf(world, args, () => true) },
  'conversations.members': { scopes: READ, run: members },
  'conversations.open': { scopes: ['im:write', 'mpim:write'], run: open },
  'conversations.history': { scopes: HISTORY, run: history },
  'conversations.replies': { scopes: HISTORY, run: replies },
  'conversations.join': { scopes: ['channels:join'], run: join },
  'users.conversations': {
    scopes: READ,
    run: (world, args) => {
      const user = text(args, 'user') ?? bot(world);
      return listOf(world, args, (channel) => channel.members.includes(user));
    },
  },
};
