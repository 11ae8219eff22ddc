import { emit } from './events';
import type { SlackChannel } from './protocol';
import { nextTs } from './state';
import type { World } from './world';

const TYPE_LETTERS = { channel: 'C', private: 'G', im: 'D' };

function emitMember(world: World, type: string, channel: SlackChannel, user: string, inviter?: string): void {
  emit(world, channel, {
    type,
    user,
    channel: channel.id,
    channel_type: TYPE_LETTERS[channel.kind],
    team: world.state.seed.team.id,
    ...(inviter === undefined ? {} : { inviter }),
    event_ts: nextTs(world.state, world.now()),
  });
}

export function emitJoined(world: World, channel: SlackChannel, user: string, inviter?: string): void {
  emitMember(world, 'member_joined_channel', channel, user, inviter);
}

export function emitLeft(world: World, channel: SlackChannel, user: string): void {
  emitMember(world, 'member_left_channel', channel, user);
}
