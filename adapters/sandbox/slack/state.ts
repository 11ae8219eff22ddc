import type { Json, JsonObject, SlackBlock, SlackBookmark, SlackChannel, SlackMessage, SlackUser } from './protocol';

/** What a workspace looks like before the app has said a word. Nothing of it is sent to the app as an event. */
export type SlackSeed = {
  team: { id: string; name: string; domain: string };
  app: { id: string; bot_id: string; bot_user_id: string };
  users: (Pick<SlackUser, 'id' | 'name' | 'real_name'> & Partial<SlackUser>)[];
  channels: (Pick<SlackChannel, 'id' | 'name' | 'members'> & Partial<SlackChannel>)[];
  /** `ago_ms` before the start; `thread` is the index in this list of the message that it answers. */
  messages?: { channel: string; user: string; text: string; ago_ms: number; thread?: number; reactions?: Reactions }[];
  bookmarks?: SlackBookmark[];
};
type Reactions = { name: string; users: string[] }[];

/** A view as the platform keeps it: the app's JSON with block ids filled in, and its place in the person's stack. */
export type StoredView = {
  id: string;
  user: string;
  hash: string;
  type: 'modal' | 'home';
  json: JsonObject;
  blocks: SlackBlock[];
  rootId: string;
  previousId: string | null;
  errors: { [blockId: string]: string };
  pending: boolean;
  trouble: string | null;
  /** The channel of the command or message that led here: what `default_to_current_conversation` means. */
  origin: string | null;
};

export type Trigger = { user: string; at: number; used: boolean; viewId: string | null; origin: string | null };

/** Where a response_url leads: who may see the answer, and the message that it may replace or delete. */
export type Hook = {
  user: string;
  channel: string;
  at: number;
  uses: number;
  ts: string | null;
};

export type SlackState = {
  seed: SlackSeed;
  users: Map<string, SlackUser>;
  channels: Map<string, SlackChannel>;
  /** Channel id → ts → message, in order of arrival; ephemerals stand among the rest. */
  messages: Map<string, Map<string, SlackMessage>>;
  views: Map<string, StoredView>;
  /** User id → ids of open modals, bottom first. */
  stacks: Map<string, string[]>;
  /** User id → id of the Home view. */
  homes: Map<string, string>;
  triggers: Map<string, Trigger>;
  hooks: Map<string, Hook>;
  /** Options that the app last suggested: place and element → by value. */
  suggestions: Map<string, Map<string, Json>>;
  /** `user channel` → ts of the last message read. */
  read: Map<string, string>;
  revision: number;
  lastMicros: number;
  lastId: number;
};

const COLOURS = ['#4a154b', '#1264a3', '#2bac76', '#e01e5a', '#b5651d', '#36697a', '#6b4ba1', '#00796b'];

/** A profile that says nothing of what somebody is doing. */
export const NO_STATUS = { status_emoji: '', status_text: '', status_expiration: 0 };

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
}

/** The next message id: unique and increasing even when the clock stands still or is set back. */
export function nextTs(state: SlackState, now: number): string {
  state.lastMicros = Math.max(state.lastMicros + 1, Math.floor(now * 1000));
  return tsOf(state.lastMicros);
}

/** A timestamp of microseconds in Slack's spelling: `1700000000.000100`. */
function tsOf(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** A new id in the manner of Slack's: `V0000000A`. */
export function nextId(state: SlackState, prefix: string): string {
  state.lastId += 1;
  return `${prefix}${state.lastId.toString(36).toUpperCase().padStart(8, '0')}`;
}

export function messagesIn(state: SlackState, channel: string): Map<string, SlackMessage> {
  const known = state.messages.get(channel);
  if (known) return known;
  const fresh = new Map<string, SlackMessage>();
  state.messages.set(channel, fresh);
  return fresh;
}

/** Where a message stands. Messages are kept in channels that exist, so a missing one is a bug. */
export function channelOf(state: SlackState, message: SlackMessage): SlackChannel {
  const channel = state.channels.get(message.channel);
  if (!channel) throw new Error(`message ${message.ts} stands in no channel`);
  return channel;
}

export function newMessage(given: Pick<SlackMessage, 'channel' | 'ts' | 'user' | 'text'>): SlackMessage {
  return { ...given, blocks: [], reactions: [], reply_count: 0, reply_users: [], mentions: [] };
}

/** Adds a message and, for a reply, keeps the counters of its parent. */
export function keepMessage(state: SlackState, message: SlackMessage): void {
  messagesIn(state, message.channel).set(message.ts, message);
  const { thread_ts: threadTs } = message;
  if (message.ephemeral_to !== undefined || threadTs === undefined || threadTs === message.ts) return;
  const parent = messagesIn(state, message.channel).get(threadTs);
  if (!parent) return;
  parent.thread_ts = threadTs;
  parent.reply_count += 1;
  parent.latest_reply = message.ts;
  if (!parent.reply_users.includes(message.user)) parent.reply_users.push(message.user);
}

/** Counts the replies of a thread anew, after one was taken away. */
export function recountThread(state: SlackState, channel: string, threadTs: string): void {
  const parent = messagesIn(state, channel).get(threadTs);
  if (!parent) return;
  const replies = repliesTo(state, channel, threadTs);
  parent.reply_count = replies.length;
  parent.reply_users = [...new Set(replies.map((reply) => reply.user))];
  if (replies.length > 0) {
    parent.thread_ts = threadTs;
    parent.latest_reply = replies[replies.length - 1]?.ts;
  } else {
    delete parent.thread_ts;
    delete parent.latest_reply;
  }
}

export function repliesTo(state: SlackState, channel: string, threadTs: string): SlackMessage[] {
  return [...messagesIn(state, channel).values()].filter(
    (one) => one.thread_ts === threadTs && one.ts !== threadTs && one.ephemeral_to === undefined,
  );
}

/** The direct message between these two, made on first use. */
export function directMessage(state: SlackState, one: string, other: string): SlackChannel {
  for (const channel of state.channels.values()) {
    if (channel.kind === 'im' && channel.members.includes(one) && channel.members.includes(other)) return channel;
  }
  const id = nextId(state, 'D');
  const channel: SlackChannel = { id, name: id, kind: 'im', topic: '', members: [one, other], is_archived: false };
  state.channels.set(id, channel);
  return channel;
}

function seedUsers(seed: SlackSeed, botName: string): Map<string, SlackUser> {
  const users = new Map<string, SlackUser>();
  const bot = {
    id: seed.app.bot_user_id,
    name: botName.toLowerCase().replace(/\s+/g, '-'),
    real_name: botName,
    is_bot: true,
  };
  for (const given of [...seed.users, bot]) {
    const colour = COLOURS[users.size % COLOURS.length] ?? '#4a154b';
    const defaults = { title: '', email: '', tz: 'Europe/London', is_bot: false, colour, ...NO_STATUS, dnd: null };
    users.set(given.id, { ...defaults, initials: initialsOf(given.real_name), ...given });
  }
  return users;
}

function seedMessages(state: SlackState, seed: SlackSeed, now: number): void {
  const made: SlackMessage[] = [];
  for (const given of seed.messages ?? []) {
    const parent = given.thread === undefined ? undefined : made[given.thread];
    const ts = nextTs(state, now - given.ago_ms);
    const message = newMessage({ channel: given.channel, ts, user: given.user, text: given.text });
    if (parent) message.thread_ts = parent.ts;
    message.reactions = (given.reactions ?? []).map((reaction) => ({ ...reaction, users: [...reaction.users] }));
    made.push(message);
    keepMessage(state, message);
    for (const user of state.users.keys()) state.read.set(`${user} ${given.channel}`, ts);
  }
}

export function seededState(seed: SlackSeed, botName: string, now: number): SlackState {
  const oldest = Math.max(0, ...(seed.messages ?? []).map((message) => message.ago_ms));
  const state: SlackState = {
    seed,
    users: seedUsers(seed, botName),
    channels: new Map(
      seed.channels.map((given) => [
        given.id,
        { kind: 'channel', topic: '', is_archived: false, ...given, members: [...given.members] },
      ]),
    ),
    messages: new Map(),
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    hooks: new Map(),
    suggestions: new Map(),
    read: new Map(),
    revision: 1,
    lastMicros: Math.floor((now - oldest) * 1000) - 1,
    lastId: 0,
  };
  seedMessages(state, seed, now);
  return state;
}
