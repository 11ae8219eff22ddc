/** What people do, as Slack and Teams send it: signed, with everything that the platforms would write on it. */
import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../adapters/sandbox/teams/protocol';
import { ACTION_PREFIX } from '../../adapters/slack/buttons';
import { EXECUTE_PREFIX } from '../../adapters/teams/buttons';
import type { ButtonData, Verb } from '../../src/app/view';
import type { Place } from '../../src/domain/case/case';

/** One thing that somebody does; `at` is the message that it is done to. */
export type Ask =
  | { readonly door: 'press'; readonly verb: Verb; readonly data: ButtonData; readonly at: Place }
  | {
      readonly door: 'submit';
      readonly verb: Verb;
      readonly data: ButtonData;
      readonly values: Readonly<Record<string, string>>;
      readonly at: Place;
    }
  | { readonly door: 'line'; readonly words: string }
  | { readonly door: 'reacted'; readonly emoji: string; readonly at: Place }
  | { readonly door: 'openFrom' | 'heard' | 'edited' | 'deleted'; readonly at: Place; readonly text: string }
  | { readonly door: 'home' }
  | { readonly door: 'clients'; readonly typed: string };

const TEAM = 'T0ACME';
let count = 0;
const fresh = (): number => {
  count += 1;
  return count;
};
/** A time of Slack's that nothing else has: in the future of all cases, by microseconds. */
const ts = (): string => `1795430000.${String(fresh()).padStart(6, '0')}`;

export interface SlackRequest {
  readonly body: string;
  readonly contentType: string;
}
const form = (payload: object): SlackRequest => ({
  body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  contentType: 'application/x-www-form-urlencoded',
});
const event = (inner: object): SlackRequest => ({
  body: JSON.stringify({
    type: 'event_callback',
    team_id: TEAM,
    event_id: `Ev${fresh()}`,
    authorizations: [{ team_id: TEAM, enterprise_id: null }],
    event: inner,
  }),
  contentType: 'application/json',
});

/** Null where Slack has no such thing. */
export function toSlack(ask: Ask, user: string): SlackRequest | null {
  const actor = { user: { id: user, username: user.toLowerCase(), team_id: TEAM }, team: { id: TEAM } };
  const trigger_id = `trigger.${fresh()}`;
  switch (ask.door) {
    case 'press': {
      const { channel, message, thread } = ask.at;
      const container = { type: 'message', channel_id: channel, message_ts: message, thread_ts: thread ?? undefined };
      const action = { type: 'button', block_id: 'b', action_id: `${ACTION_PREFIX}${ask.verb}:0` };
      const actions = [{ ...action, value: JSON.stringify(ask.data) }];
      // Pages of the Home tab are no presses on messages.
      return form({ type: 'block_actions', ...actor, trigger_id, container, channel: { id: channel }, actions });
    }
    case 'submit': {
      const { channel, message, thread } = ask.at;
      const blocks = Object.keys(ask.values).map((name) => ({ type: 'input', block_id: name }));
      const values = Object.fromEntries(
        Object.entries(ask.values).map(([name, value]) => [name, { field: { type: 'plain_text_input', value } }]),
      );
      const view = {
        id: `V${fresh()}`,
        hash: 'h',
        type: 'modal',
        callback_id: `${ACTION_PREFIX}${ask.verb}`,
        private_metadata: JSON.stringify({ data: ask.data, origin: { channel, message, thread } }),
        blocks,
        state: { values },
      };
      return form({ type: 'view_submission', ...actor, trigger_id, view });
    }
    case 'line': {
      const fields = { command: '/case', text: ask.words, team_id: TEAM, channel_id: 'C0SUPPORT', user_id: user };
      const body = new URLSearchParams({ ...fields, user_name: user.toLowerCase(), trigger_id }).toString();
      return { body, contentType: 'application/x-www-form-urlencoded' };
    }
    case 'reacted': {
      const item = { type: 'message', channel: ask.at.channel, ts: ask.at.message };
      return event({ type: 'reaction_added', user, reaction: ask.emoji, item, event_ts: ts() });
    }
    case 'openFrom': {
      const channel = { id: ask.at.channel, name: 'support' };
      const message = { type: 'message', user: 'U0RAVI', ts: ask.at.message, text: ask.text };
      return form({ type: 'message_action', callback_id: 'open_case', ...actor, trigger_id, channel, message });
    }
    case 'heard':
    case 'edited':
    case 'deleted':
      return event(spoken(ask, user));
    case 'home':
      return event({ type: 'app_home_opened', user, tab: 'home', event_ts: ts() });
    case 'clients':
      return form({ type: 'block_suggestion', ...actor, action_id: `${ACTION_PREFIX}client`, value: ask.typed });
  }
}

function spoken({ door, at, text }: Extract<Ask, { door: 'openFrom' | 'heard' | 'edited' | 'deleted' }>, user: string) {
  const place = { type: 'message', channel: at.channel, channel_type: 'channel', event_ts: ts() };
  const said = { user, ts: at.message, text, ...(at.thread === null ? {} : { thread_ts: at.thread }) };
  if (door === 'heard') return { ...place, ...said };
  if (door === 'deleted')
    return { ...place, subtype: 'message_deleted', ts: ts(), deleted_ts: at.message, previous_message: said };
  const message = { ...said, edited: { user, ts: ts() } };
  return { ...place, subtype: 'message_changed', ts: ts(), message, previous_message: { ...said, text: 'before' } };
}

/** An activity without its sender and addresses, which the house fills in. `aside`: where it happened. */
export interface TeamsRequest extends JsonObject {
  readonly type: string;
}
const invoke = (name: string, value: Json, at?: Place): TeamsRequest => ({
  type: 'invoke',
  name,
  value,
  id: `invoke-${fresh()}`,
  ...(at === undefined ? {} : { replyToId: at.message }),
});

/** Null where Teams has no such thing: there is no Home tab, and clients are looked up by another name. */
export function toTeams(ask: Ask, opensForm: boolean): TeamsRequest | null {
  switch (ask.door) {
    case 'press': {
      const baton = { verb: ask.verb, data: ask.data };
      if (opensForm) return invoke('task/fetch', { data: { baton } }, ask.at);
      const action = { type: 'Action.Execute', verb: `${EXECUTE_PREFIX}${ask.verb}`, data: { baton } };
      return invoke('adaptiveCard/action', { action, trigger: 'manual' }, ask.at);
    }
    case 'submit': {
      const baton = { verb: ask.verb, data: ask.data, nonce: randomUUID() };
      return invoke('task/submit', { data: { baton, ...ask.values } }, ask.at);
    }
    case 'line':
      return { type: 'message', id: `said-${fresh()}`, text: `case ${ask.words}`, conversation: { aside: 'personal' } };
    case 'reacted':
      return {
        type: 'messageReaction',
        id: `reaction-${fresh()}`,
        replyToId: ask.at.message,
        reactionsAdded: [{ type: ask.emoji }],
      };
    case 'openFrom': {
      const body = { contentType: 'text', content: ask.text };
      const from = { user: { id: 'teams-ravi', displayName: 'Ravi Reporter' } };
      const messagePayload = { id: ask.at.message, body, from, createdDateTime: '2026-11-23T09:00:00Z' };
      return invoke('composeExtension/fetchTask', { commandId: 'openCase', messagePayload });
    }
    case 'heard':
      return { type: 'message', id: ask.at.message, text: ask.text };
    case 'edited':
      return { type: 'messageUpdate', id: ask.at.message, text: ask.text, channelData: { eventType: 'editMessage' } };
    case 'deleted':
      return { type: 'messageDelete', id: ask.at.message, channelData: { eventType: 'softDeleteMessage' } };
    case 'home':
      return null;
    case 'clients':
      return invoke('application/search', { queryText: ask.typed, dataset: 'baton.clients' });
  }
}
