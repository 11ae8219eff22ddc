import { withheld } from './files';
import { botEvents, botScopes } from './manifest';
import type { JsonObject, SlackChannel } from './protocol';
import { nextId } from './state';
import type { World } from './world';

/** The name under which an event is subscribed and the scope that it needs, by kind of conversation. */
const MESSAGE_EVENTS = {
  channel: { name: 'message.channels', scope: 'channels:history' },
  private: { name: 'message.groups', scope: 'groups:history' },
  im: { name: 'message.im', scope: 'im:history' },
};
const MEMBER_SCOPES = { channel: 'channels:read', private: 'groups:read', im: 'im:read' };

function needed(event: JsonObject, channel: SlackChannel): { name: string; scope?: string } {
  const type = String(event.type);
  if (type === 'message') return MESSAGE_EVENTS[channel.kind];
  if (type.startsWith('reaction_')) return { name: type, scope: 'reactions:read' };
  if (type === 'app_mention') return { name: type, scope: 'app_mentions:read' };
  if (type.startsWith('member_')) return { name: type, scope: MEMBER_SCOPES[channel.kind] };
  return { name: type };
}

/** Sends an event to the app when the manifest asks for it, the scopes allow it and the bot is in the conversation. */
export function emit(world: World, channel: SlackChannel, event: JsonObject): void {
  const { name, scope } = needed(event, channel);
  if (!botEvents(world.manifest).includes(name)) return;
  if (scope !== undefined && !botScopes(world.manifest).includes(scope)) return;
  if (!channel.members.includes(world.state.seed.app.bot_user_id)) return;
  const eventId = nextId(world.state, 'Ev');
  world.deliveries.tell({
    what: 'event',
    type: String(event.type),
    payload: envelope(world, channel, withheld(channel, event), eventId),
    eventId,
  });
}

function envelope(world: World, channel: SlackChannel, event: JsonObject, eventId: string): JsonObject {
  const { team, app } = world.state.seed;
  return {
    token: 'sandbox-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.bot_user_id, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: channel.is_ext_shared === true,
    event_context: `4-${eventId}`,
  };
}
