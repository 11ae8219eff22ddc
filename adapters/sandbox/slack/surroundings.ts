import { emitMember } from './membership';
import { arrive } from './messages';
import { NO_STATUS, newMessage, nextTs } from './state';
import type { World } from './world';

/** What happens to a workspace from outside the app and its people: for tests of what the app makes of it. */

const STATUS = { id: 'U0STATUS', name: 'status', real_name: 'Status', title: '', email: '', tz: 'Etc/UTC' };

/** Another integration writes into a channel. Returns the message's ts. */
export function otherBotSays(world: World, channel: string, text: string): string {
  world.state.users.set(STATUS.id, {
    ...STATUS,
    ...NO_STATUS,
    dnd: null,
    colour: '#616061',
    initials: 'S',
    is_bot: true,
  });
  const ts = nextTs(world.state, world.now());
  arrive(world, { ...newMessage({ channel, ts, user: STATUS.id, text }), bot_id: 'B0STATUS' });
  return ts;
}

export function setArchived(world: World, channelId: string, archived: boolean): void {
  const channel = world.state.channels.get(channelId);
  if (channel) channel.is_archived = archived;
  world.changed();
}

/** Takes a person, or the app's bot, out of a channel. */
export function takeOut(world: World, channelId: string, user: string): void {
  const channel = world.state.channels.get(channelId);
  if (!channel) return;
  channel.members = channel.members.filter((id) => id !== user);
  world.changed();
  emitMember(world, channel, { type: 'member_left_channel', user });
}
