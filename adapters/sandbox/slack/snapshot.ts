import { commandsOf, hasHome, shortcutsOf } from './manifest';
import type { SlackMessage, SlackSnapshot, SlackView } from './protocol';
import { messagesIn } from './state';
import { shownView } from './views';
import type { World } from './world';

function unreadOf(world: World): SlackSnapshot['unread'] {
  const unread: SlackSnapshot['unread'] = {};
  for (const channel of world.state.channels.values()) {
    const messages = [...messagesIn(world.state, channel.id).values()];
    for (const user of channel.members) {
      const read = world.state.read.get(`${user} ${channel.id}`) ?? '';
      const fresh = messages.filter((one) => one.ts > read && counts(one, user));
      if (fresh.length === 0) continue;
      const mentions = channel.kind === 'im' ? fresh.length : fresh.filter((one) => isFor(one, user)).length;
      unread[user] = { ...unread[user], [channel.id]: { count: fresh.length, mentions } };
    }
  }
  return unread;
}

/** Replies are counted by their thread, not by the channel. */
function counts(message: SlackMessage, user: string): boolean {
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts && !message.subtype;
  const isShown = message.ephemeral_to === undefined || message.ephemeral_to === user;
  return message.user !== user && isShown && !isReply && !message.deleted;
}

function isFor(message: SlackMessage, user: string): boolean {
  return message.mentions.some((one) => one === user || ['here', 'channel', 'everyone'].includes(one));
}

/** Everything that a page needs to draw the workspace for any of its people: a copy, safe to keep. */
export function snapshotOf(world: World): SlackSnapshot {
  const { state, manifest } = world;
  const { team, app } = state.seed;
  const modals: { [userId: string]: SlackView[] } = {};
  for (const [user, ids] of state.stacks) {
    const views = ids.flatMap((id) => state.views.get(id) ?? []);
    if (views.length > 0) modals[user] = views.map(shownView);
  }
  const homes: { [userId: string]: SlackView } = {};
  for (const [user, id] of state.homes) {
    const view = state.views.get(id);
    if (view) homes[user] = shownView(view);
  }
  const messages = [...state.messages.values()].flatMap((channel) => [...channel.values()]);
  return structuredClone({
    revision: state.revision,
    now: world.now(),
    team,
    app: {
      id: app.id,
      name: manifest.display_information.name,
      bot_id: app.bot_id,
      bot_user_id: app.bot_user_id,
      has_home: hasHome(manifest),
      connected: world.deliveries.isConnected(),
    },
    users: [...state.users.values()],
    channels: [...state.channels.values()],
    messages: messages.sort((one, other) => (one.ts < other.ts ? -1 : 1)),
    modals,
    homes,
    commands: commandsOf(manifest).map(({ should_escape: _internal, ...shown }) => shown),
    shortcuts: shortcutsOf(manifest),
    bookmarks: state.seed.bookmarks ?? [],
    unread: unreadOf(world),
  });
}
