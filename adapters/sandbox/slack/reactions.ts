import { emit } from './events';
import { channelType } from './messages';
import type { JsonObject, SlackChannel, SlackMessage } from './protocol';
import { nextTs } from './state';
import type { World } from './world';

function reactionEvent(world: World, type: string, channel: SlackChannel, message: SlackMessage): JsonObject {
  return {
    type,
    item_user: message.user,
    item: { type: 'message', channel: channel.id, ts: message.ts, channel_type: channelType(channel) },
    event_ts: nextTs(world.state, world.now()),
  };
}

/** False when this person has already reacted so. */
export function reactTo(
  world: World,
  channel: SlackChannel,
  message: SlackMessage,
  name: string,
  user: string,
): boolean {
  const known = message.reactions.find((one) => one.name === name);
  if (known?.users.includes(user)) return false;
  if (known) known.users.push(user);
  else message.reactions.push({ name, users: [user] });
  world.changed();
  emit(world, channel, { ...reactionEvent(world, 'reaction_added', channel, message), user, reaction: name });
  return true;
}

/** False when there is no such reaction of this person. */
export function unreactTo(
  world: World,
  channel: SlackChannel,
  message: SlackMessage,
  name: string,
  user: string,
): boolean {
  const known = message.reactions.find((one) => one.name === name);
  if (!known?.users.includes(user)) return false;
  known.users = known.users.filter((one) => one !== user);
  message.reactions = message.reactions.filter((one) => one.users.length > 0);
  world.changed();
  emit(world, channel, { ...reactionEvent(world, 'reaction_removed', channel, message), user, reaction: name });
  return true;
}
