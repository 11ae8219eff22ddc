import { emit } from './events';
import type { SlackChannel } from './protocol';
import { nextTs } from './state';
import type { World } from './world';

const TYPE_LETTERS = { channel: 'C', private: 'G', im: 'D' };
type Member = { type: 'member_joined_channel' | 'member_left_channel'; user: string; inviter?: string };

/** Tells the app who came into a channel or left it. */
export function emitMember(world: World, channel: SlackChannel, { type, user, inviter }: Member): void {
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
