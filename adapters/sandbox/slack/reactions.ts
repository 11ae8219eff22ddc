import { emit } from './events';
import { channelType } from './messages';
import type { SlackMessage } from './protocol';
import { channelOf, nextTs } from './state';
import type { World } from './world';

type Reaction = { name: string; user: string };

/** False when this person has already reacted so. */
export function reactTo(world: World, message: SlackMessage, { name, user }: Reaction): boolean {
  const known = message.reactions.find((one) => one.name === name);
  if (known?.users.includes(user)) return false;
  if (known) known.users.push(user);
  else message.reactions.push({ name, users: [user] });
  world.changed();
  tell(world, 'reaction_added', message, { name, user });
  return true;
}

/** False when there is no such reaction of this person. */
export function unreactTo(world: World, message: SlackMessage, { name, user }: Reaction): boolean {
  const known = message.reactions.find((one) => one.name === name);
  if (!known?.users.includes(user)) return false;
  known.users = known.users.filter((one) => one !== user);
  message.reactions = message.reactions.filter((one) => one.users.length > 0);
  world.changed();
  tell(world, 'reaction_removed', message, { name, user });
  return true;
}

function tell(world: World, type: string, message: SlackMessage, { name, user }: Reaction): void {
  const channel = channelOf(world.state, message);
  emit(world, channel, {
    type,
    user,
    reaction: name,
    item_user: message.user,
    item: { type: 'message', channel: channel.id, ts: message.ts, channel_type: channelType(channel) },
    event_ts: nextTs(world.state, world.now()),
  });
}
