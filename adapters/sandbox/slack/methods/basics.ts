import { checkBlocks } from '../limits/blocks';
import { messageJson } from '../messages';
import { dndJson, statusJson } from '../profiles';
import type { JsonObject, SlackMessage, SlackUser } from '../protocol';
import { reactTo } from '../reactions';
import { messagesIn } from '../state';
import type { World } from '../world';
import {
  arrayOf,
  bot,
  fail,
  hasScope,
  type Methods,
  missingScope,
  page,
  type Refusal,
  scopeFor,
  text,
  visibleChannel,
} from './method';

function authTest(world: World): JsonObject {
  const { team, app } = world.state.seed;
  const user = world.state.users.get(app.bot_user_id)?.name ?? '';
  const url = `https://${team.domain}.slack.com/`;
  const who = { user_id: app.bot_user_id, bot_id: app.bot_id, app_id: app.id };
  return { ok: true, url, team: team.name, user, team_id: team.id, ...who, is_enterprise_install: false };
}

function teamInfo(world: World): JsonObject {
  const { id, name, domain } = world.state.seed.team;
  return { ok: true, team: { id, name, domain, email_domain: '', icon: {} } };
}

function profileJson(world: World, user: SlackUser): JsonObject {
  const profile: JsonObject = { real_name: user.real_name, display_name: user.name, title: user.title };
  if (hasScope(world, 'users:read.email') && user.email !== '') profile.email = user.email;
  return { ...profile, ...statusJson(world, user) };
}

function userJson(world: World, user: SlackUser): JsonObject {
  return {
    id: user.id,
    team_id: world.state.seed.team.id,
    name: user.name,
    real_name: user.real_name,
    deleted: false,
    tz: user.tz,
    profile: profileJson(world, user),
    is_bot: user.is_bot,
    is_app_user: false,
    is_admin: false,
    is_restricted: false,
    is_ultra_restricted: false,
    updated: 0,
  };
}

function usersInfo(world: World, args: JsonObject): JsonObject {
  const user = world.state.users.get(text(args, 'user') ?? '');
  return user ? { ok: true, user: userJson(world, user) } : fail('user_not_found');
}

function profileGet(world: World, args: JsonObject): JsonObject {
  const user = world.state.users.get(text(args, 'user') ?? bot(world));
  return user ? { ok: true, profile: profileJson(world, user) } : fail('user_not_found');
}

const DND_USERS_MAX = 50;

function dndTeamInfo(world: World, args: JsonObject): JsonObject {
  const asked = (text(args, 'users') ?? '').split(',').filter((id) => id !== '');
  if (asked.length === 0) return fail('no_users_provided');
  if (asked.length > DND_USERS_MAX) return fail('invalid_arguments');
  const users = asked.flatMap((id) => world.state.users.get(id) ?? []);
  return { ok: true, users: Object.fromEntries(users.map((user) => [user.id, dndJson(world, user)])) };
}

function usersList(world: World, args: JsonObject): JsonObject {
  const { items, next } = page([...world.state.users.values()], args, { usual: 1_000, max: 1_000 });
  return { ok: true, members: items.map((one) => userJson(world, one)), response_metadata: { next_cursor: next } };
}

function lookupByEmail(world: World, args: JsonObject): JsonObject {
  const email = text(args, 'email')?.toLowerCase();
  const user = [...world.state.users.values()].find((one) => one.email !== '' && one.email.toLowerCase() === email);
  return user ? { ok: true, user: userJson(world, user) } : fail('users_not_found');
}

function messageOf(world: World, args: JsonObject): SlackMessage | Refusal {
  const channel = visibleChannel(world, text(args, 'channel'));
  if (!channel) return fail('channel_not_found');
  const message = messagesIn(world.state, channel.id).get(text(args, 'timestamp') ?? '');
  return message && message.ephemeral_to === undefined && !message.deleted ? message : fail('message_not_found');
}

function reactionsAdd(world: World, args: JsonObject): JsonObject {
  const message = messageOf(world, args);
  if ('ok' in message) return message;
  const channel = world.state.channels.get(message.channel);
  if (!channel?.members.includes(bot(world))) return fail('not_in_channel');
  const name = text(args, 'name')?.replaceAll(':', '');
  if (name === undefined) return fail('invalid_name');
  return reactTo(world, message, { name, user: bot(world) }) ? { ok: true } : fail('already_reacted');
}

function reactionsGet(world: World, args: JsonObject): JsonObject {
  const message = messageOf(world, args);
  if ('ok' in message) return message;
  return { ok: true, type: 'message', channel: message.channel, message: messageJson(world, message) };
}

function bookmarks(world: World, args: JsonObject): JsonObject {
  const channel = visibleChannel(world, text(args, 'channel_id'));
  if (!channel) return fail('channel_not_found');
  if (!hasScope(world, scopeFor(channel, 'read')) && !hasScope(world, 'bookmarks:read'))
    return missingScope(world, 'bookmarks:read');
  const own = (world.state.seed.bookmarks ?? []).filter((one) => one.channel_id === channel.id);
  return { ok: true, bookmarks: own.map((one) => ({ ...one, type: 'link' })) };
}

function validateBlocks(_world: World, args: JsonObject): JsonObject {
  const blocks = arrayOf(args.blocks);
  if (!blocks) return fail('invalid_blocks_format');
  const problems = checkBlocks(blocks, 'message');
  if (problems.length === 0) return { ok: true };
  const errors = problems.map((one) => ({
    code: one.code,
    message: one.message,
    field: one.pointer.split('/').at(-1) ?? '',
    pointer: one.pointer,
    constraint: one.message,
  }));
  return fail('invalid_blocks', { errors });
}

export const basicMethods: Methods = {
  'auth.test': { scopes: [], run: authTest },
  'api.test': { scopes: [], token: 'none', run: (_world, args) => ({ ok: true, args }) },
  'team.info': { scopes: ['team:read'], run: teamInfo },
  'users.info': { scopes: ['users:read'], run: usersInfo },
  'users.profile.get': { scopes: ['users.profile:read'], run: profileGet },
  'dnd.teamInfo': { scopes: ['dnd:read'], run: dndTeamInfo },
  'users.list': { scopes: ['users:read'], run: usersList },
  'users.lookupByEmail': { scopes: ['users:read.email'], run: lookupByEmail },
  'reactions.add': { scopes: ['reactions:write'], run: reactionsAdd },
  'reactions.get': { scopes: ['reactions:read'], run: reactionsGet },
  'bookmarks.list': { scopes: ['bookmarks:read'], run: bookmarks },
  'blocks.validate': { scopes: [], token: 'none', run: validateBlocks },
};
