import type { Answer, Outgoing } from './delivery';
import { isObject } from './limits/shape';
import type { JsonObject, SlackActResult, SlackChannel, SlackMessage, SlackUser } from './protocol';
import type { World } from './world';

export type No = Extract<SlackActResult, { ok: false }>;

/** A refusal to the person: a word for programs and the sentence that Slack shows. */
export function no(error: string, words: string): No {
  return { ok: false, error, words };
}

function who(world: World, user: SlackUser): JsonObject {
  return { id: user.id, username: user.name, name: user.name, team_id: world.state.seed.team.id };
}

/** What every interaction payload begins with. */
export function basePayload(world: World, type: string, user: SlackUser): JsonObject {
  const { team, app } = world.state.seed;
  return {
    type,
    user: who(world, user),
    api_app_id: app.id,
    token: 'sandbox-verification-token',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function acknowledged(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** Why the app's answer was none. */
export function lateness(answer: Answer): string {
  if (answer.reason === 'http_timeout') return 'operation_timeout';
  return answer.reason === 'connection_failed' ? 'dispatch_failed' : 'http_service_error';
}

export async function ask(world: World, outgoing: Omit<Outgoing, 'eventId'>): Promise<Answer> {
  return world.deliveries.ask(outgoing);
}

/** The acknowledgement's body as an object: plain words become `text`, nothing becomes an empty object. */
export function bodyOf(answer: Answer): JsonObject {
  if (typeof answer.body === 'string') return answer.body === '' ? {} : { text: answer.body };
  return isObject(answer.body) ? answer.body : {};
}

const CHANNEL_WORDS = { channel: undefined, private: 'privategroup', im: 'directmessage' };

/** Slack names public channels only. */
export function channelName(channel: SlackChannel): string {
  return CHANNEL_WORDS[channel.kind] ?? channel.name;
}

export function isSeenBy(message: SlackMessage, user: string): boolean {
  return message.ephemeral_to === undefined || message.ephemeral_to === user;
}
