import { isSeenBy, no } from './asking';
import { runCommand, runGlobalShortcut, runMessageShortcut } from './commands';
import { ImpossibleEntry } from './entries';
import { emit } from './events';
import { filesFrom } from './files';
import { hasHome } from './manifest';
import { emitMember } from './membership';
import { amend, arrive, remove } from './messages';
import { press, suggest } from './presses';
import { setDnd, setStatus } from './profiles';
import type { SlackAct, SlackActResult, SlackChannel, SlackMessage, SlackUser } from './protocol';
import { reactTo, unreactTo } from './reactions';
import { directMessage, messagesIn, newMessage, nextTs } from './state';
import { closeView, submitView } from './submissions';
import { viewJson } from './views';
import { typedText } from './words';
import type { World } from './world';

type Act<Name> = Extract<SlackAct, { act: Name }>;
type Handlers = {
  [Name in SlackAct['act']]: (
    world: World,
    act: Act<Name>,
    user: SlackUser,
  ) => Promise<SlackActResult> | SlackActResult;
};

const NOT_HERE = no('channel_not_found', 'There is no such conversation for you.');
const NO_MESSAGE = no('message_not_found', 'That message is not there any more.');
const NOT_YOURS = no('not_yours', 'You can only change your own messages.');
const ARCHIVED = no('is_archived', 'This channel is archived.');

/** A conversation that this person is in. */
function roomOf(world: World, id: string, user: SlackUser): SlackChannel | undefined {
  const channel = world.state.channels.get(id);
  return channel?.members.includes(user.id) ? channel : undefined;
}

function messageFor(world: World, act: { channel: string; ts: string }, user: SlackUser): SlackMessage | undefined {
  if (!roomOf(world, act.channel, user)) return undefined;
  const message = messagesIn(world.state, act.channel).get(act.ts);
  return message && isSeenBy(message, user.id) && !message.deleted ? message : undefined;
}

function typed(world: World, text: string): string {
  return typedText(text, { users: world.state.users.values(), channels: world.state.channels.values() });
}

function say(world: World, act: Act<'say'>, user: SlackUser): SlackActResult {
  const channel = roomOf(world, act.channel, user);
  if (!channel) return NOT_HERE;
  if (channel.is_archived) return ARCHIVED;
  const files = filesFrom(world, act.files, user);
  if (files === null) return no('invalid_files', 'Attach up to ten files, each with a name.');
  if (act.text.trim() === '' && files.length === 0) return no('no_text', 'Write something first.');
  const toApp = channel.kind === 'im' && channel.members.includes(world.state.seed.app.bot_user_id);
  if (toApp && world.manifest.features?.app_home?.messages_tab_enabled === false)
    return no('messages_tab_disabled', 'Sending messages to this app has been turned off.');
  const parent = act.thread_ts === undefined ? undefined : messagesIn(world.state, channel.id).get(act.thread_ts);
  if (act.thread_ts !== undefined && !parent) return NO_MESSAGE;
  const ts = nextTs(world.state, world.now());
  const message = newMessage({ channel: channel.id, ts, user: user.id, text: typed(world, act.text) });
  if (files.length > 0) message.files = files;
  if (parent) message.thread_ts = parent.thread_ts ?? parent.ts;
  if (parent && act.broadcast) message.subtype = 'thread_broadcast';
  arrive(world, message);
  return { ok: true, ts };
}

function react(world: World, act: Act<'react' | 'unreact'>, user: SlackUser): SlackActResult {
  const message = messageFor(world, act, user);
  if (!message || message.ephemeral_to !== undefined) return NO_MESSAGE;
  const reaction = { name: act.name.replaceAll(':', ''), user: user.id };
  const done = act.act === 'react' ? reactTo(world, message, reaction) : unreactTo(world, message, reaction);
  if (done) return { ok: true };
  return act.act === 'react'
    ? no('already_reacted', 'You have reacted so already.')
    : no('no_reaction', 'You have not reacted so.');
}

function openHome(world: World, act: Act<'openHome'>, user: SlackUser): SlackActResult {
  if (!hasHome(world.manifest)) return no('not_enabled', 'This app has no Home tab.');
  const im = directMessage(world.state, user.id, world.state.seed.app.bot_user_id);
  const view = world.state.views.get(world.state.homes.get(user.id) ?? '');
  const tab = act.tab ?? 'home';
  world.changed();
  emit(world, im, {
    type: 'app_home_opened',
    user: user.id,
    channel: im.id,
    tab,
    ...(view && tab === 'home' ? { view: viewJson(world, view) } : {}),
    event_ts: nextTs(world.state, world.now()),
  });
  return { ok: true, channel: im.id };
}

function enter(world: World, channel: SlackChannel | undefined, user: string, inviter?: string): SlackActResult {
  if (!channel || channel.kind === 'im') return NOT_HERE;
  if (!world.state.users.has(user)) return no('user_not_found', 'There is no such person.');
  if (channel.members.includes(user)) return { ok: true };
  channel.members.push(user);
  world.changed();
  emitMember(world, channel, { type: 'member_joined_channel', user, inviter });
  return { ok: true };
}

function leave(world: World, act: Act<'leave'>, user: SlackUser): SlackActResult {
  const channel = roomOf(world, act.channel, user);
  if (!channel || channel.kind === 'im') return NOT_HERE;
  channel.members = channel.members.filter((id) => id !== user.id);
  world.changed();
  emitMember(world, channel, { type: 'member_left_channel', user: user.id });
  return { ok: true };
}

const HANDLERS: Handlers = {
  say,
  edit(world, act, user) {
    const message = messageFor(world, act, user);
    if (!message) return NO_MESSAGE;
    if (message.user !== user.id) return NOT_YOURS;
    amend(world, message, { text: typed(world, act.text) }, user.id);
    return { ok: true };
  },
  deleteMessage(world, act, user) {
    const message = messageFor(world, act, user);
    if (!message) return NO_MESSAGE;
    if (message.user !== user.id) return NOT_YOURS;
    remove(world, message);
    return { ok: true };
  },
  react,
  unreact: react,
  command(world, act, user) {
    const channel = world.state.channels.get(act.channel);
    return channel ? runCommand(world, act, user, channel) : NOT_HERE;
  },
  messageShortcut(world, act, user) {
    const message = messageFor(world, act, user);
    return message ? runMessageShortcut(world, act.callback_id, user, message) : NO_MESSAGE;
  },
  globalShortcut: (world, act, user) => runGlobalShortcut(world, act.callback_id, user),
  press,
  suggest,
  submitView,
  closeView,
  setStatus,
  setDnd,
  openHome,
  openIm(world, act, user) {
    const other = act.with ?? world.state.seed.app.bot_user_id;
    if (!world.state.users.has(other)) return no('user_not_found', 'There is no such person.');
    const channel = directMessage(world.state, user.id, other);
    world.changed();
    return { ok: true, channel: channel.id };
  },
  join(world, act, user) {
    const channel = world.state.channels.get(act.channel);
    return enter(world, channel?.kind === 'channel' ? channel : undefined, user.id);
  },
  invite: (world, act, user) => enter(world, roomOf(world, act.channel, user), act.invited, user.id),
  leave,
  markRead(world, act, user) {
    const last = [...messagesIn(world.state, act.channel).keys()].at(-1);
    const key = `${user.id} ${act.channel}`;
    if (last === undefined || world.state.read.get(key) === last) return { ok: true };
    world.state.read.set(key, last);
    world.changed();
    return { ok: true };
  },
  dismiss(world, act, user) {
    const message = messageFor(world, act, user);
    if (message?.ephemeral_to !== user.id) return NO_MESSAGE;
    messagesIn(world.state, act.channel).delete(act.ts);
    world.changed();
    return { ok: true };
  },
};

/** Carries out what a person does. Never throws for what they sent: a malformed act is refused in words. */
export async function carryOut(world: World, act: SlackAct): Promise<SlackActResult> {
  const user = world.state.users.get(act?.user);
  if (!user || user.is_bot) return no('user_not_found', 'There is no such person.');
  if (!Object.hasOwn(HANDLERS, act.act)) return no('unknown_act', 'Nobody can do that here.');
  // The table's type ties every name to its act; the compiler cannot follow that through a lookup by variable.
  const handler = HANDLERS[act.act] as (world: World, act: SlackAct, user: SlackUser) => Promise<SlackActResult>;
  try {
    return await handler(world, act, user);
  } catch (problem) {
    if (problem instanceof ImpossibleEntry) return no('impossible_entry', problem.message);
    if (problem instanceof TypeError) return no('malformed_act', 'That act lacks something it needs.');
    throw problem;
  }
}
