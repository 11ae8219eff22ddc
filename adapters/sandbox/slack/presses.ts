import { acknowledged, ask, basePayload, bodyOf, channelName, isSeenBy, lateness, no } from './asking';
import { findElement, type Placed, pressedAction, type Suggested, stateValues } from './entries';
import { optionGroup, optionList } from './limits/elements';
import { list, type Problem } from './limits/shape';
import { isInteractive } from './manifest';
import { messageJson } from './messages';
import type {
  Json,
  JsonObject,
  SlackAct,
  SlackActResult,
  SlackBlock,
  SlackEntries,
  SlackMessage,
  SlackOption,
  SlackOptionGroup,
  SlackPlace,
  SlackUser,
} from './protocol';
import { mintHook } from './responseUrls';
import { messagesIn, nextTs, type StoredView } from './state';
import { mintTrigger } from './triggers';
import { viewJson } from './views';
import type { World } from './world';

type Act<Name> = Extract<SlackAct, { act: Name }>;
export type Place = { kind: 'message'; message: SlackMessage } | { kind: 'view'; view: StoredView };

/** The message or view that this person sees there. */
function placeOf(world: World, at: SlackPlace, user: string): Place | undefined {
  if ('view_id' in at) {
    const view = world.state.views.get(at.view_id);
    return view?.user === user ? { kind: 'view', view } : undefined;
  }
  const message = messagesIn(world.state, at.channel).get(at.ts);
  const seen = message && isSeenBy(message, user) && world.state.channels.get(at.channel)?.members.includes(user);
  return message && seen ? { kind: 'message', message } : undefined;
}

function blocksOf(place: Place): SlackBlock[] {
  return place.kind === 'view' ? place.view.blocks : place.message.blocks;
}

function keyOf(place: Place, placed: Placed): string {
  const where = place.kind === 'view' ? place.view.id : `${place.message.channel} ${place.message.ts}`;
  return `${where} ${placed.block.block_id} ${String(placed.element.action_id)}`;
}

/** Looks up what the app suggested for an external select of this place. */
export function suggestedIn(world: World, place: Place): Suggested {
  return (placed) => world.state.suggestions.get(keyOf(place, placed));
}

function placePayload(world: World, place: Place, user: SlackUser, values: JsonObject): JsonObject {
  if (place.kind === 'view')
    return {
      container: { type: 'view', view_id: place.view.id },
      view: viewJson(world, place.view, values),
    };
  const { message } = place;
  const isEphemeral = message.ephemeral_to !== undefined;
  const channel = world.state.channels.get(message.channel);
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    },
    channel: { id: message.channel, name: channel ? channelName(channel) : '' },
    // Slack sends no message along when only one person can see it.
    ...(isEphemeral ? {} : { message: messageJson(world, message) }),
    state: { values },
    response_url: mintHook(world, 'actions', { user: user.id, channel: message.channel, ts: message.ts }),
  };
}

function withEntry(values: SlackEntries | undefined, act: Act<'press'>): SlackEntries {
  const entries = values ?? {};
  if (act.value === undefined) return entries;
  return { ...entries, [act.block_id]: { ...entries[act.block_id], [act.action_id]: act.value } };
}

/** A button, a menu, a select or a picker, in a message, a modal or the Home tab. */
export async function press(world: World, act: Act<'press'>, user: SlackUser): Promise<SlackActResult> {
  const place = placeOf(world, act.place, user.id);
  const placed = place && findElement(blocksOf(place), act.block_id, act.action_id);
  if (!place || !placed) return no('element_not_found', 'That is not there any more.');
  if (!isInteractive(world.manifest))
    return no('interactivity_disabled', 'This app is not configured to handle interactive responses.');
  if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return { ok: true };
  const suggested = suggestedIn(world, place);
  const viewId = place.kind === 'view' && place.view.type === 'modal' ? place.view.id : null;
  const origin = place.kind === 'view' ? place.view.origin : place.message.channel;
  const values = stateValues(blocksOf(place), withEntry(act.values, act), suggested);
  const answer = await ask(world, {
    what: 'interaction',
    type: 'block_actions',
    payload: {
      ...basePayload(world, 'block_actions', user),
      trigger_id: mintTrigger(world, user.id, origin, viewId),
      ...placePayload(world, place, user, values),
      actions: [pressedAction(placed, act.value, { ts: nextTs(world.state, world.now()), suggested })],
    },
  });
  return acknowledged(answer) ? { ok: true } : no(lateness(answer), 'The app did not respond. Try again.');
}

type Suggestion = { options?: SlackOption[]; option_groups?: SlackOptionGroup[] };

/** The app's options when they are what Slack takes: 100 at most, each with text and value. */
function readOptions(body: JsonObject): Suggestion | Problem[] {
  const found: Problem[] = [];
  const spot = { pointer: '/options', surface: 'modal' as const, found };
  if (body.option_groups !== undefined) {
    list(0, 100, optionGroup)(body.option_groups, spot);
    return found.length > 0 ? found : { option_groups: body.option_groups as unknown as SlackOptionGroup[] };
  }
  optionList(body.options ?? null, spot);
  return found.length > 0 ? found : { options: body.options as unknown as SlackOption[] };
}

/** What is typed into an external select; the app answers with options. Too short a query asks nobody. */
export async function suggest(world: World, act: Act<'suggest'>, user: SlackUser): Promise<SlackActResult> {
  const place = placeOf(world, act.place, user.id);
  const placed = place && findElement(blocksOf(place), act.block_id, act.action_id);
  if (!place || !placed) return no('element_not_found', 'That is not there any more.');
  const least = typeof placed.element.min_query_length === 'number' ? placed.element.min_query_length : 3;
  if (act.query.length < least) return { ok: true, options: [] };
  const { response_url: _none, state: _state, ...rest } = placePayload(world, place, user, {});
  const answer = await ask(world, {
    what: 'options',
    type: 'block_suggestion',
    payload: {
      ...basePayload(world, 'block_suggestion', user),
      ...rest,
      action_id: act.action_id,
      block_id: act.block_id,
      value: act.query,
    },
  });
  if (!acknowledged(answer)) return no(lateness(answer), 'Could not load the options. Try again.');
  const read = readOptions(bodyOf(answer));
  if (Array.isArray(read)) return no('invalid_options', read[0]?.message ?? 'The options could not be read.');
  const known = world.state.suggestions.get(keyOf(place, placed)) ?? new Map<string, Json>();
  for (const option of [...(read.options ?? []), ...(read.option_groups ?? []).flatMap((group) => group.options)])
    known.set(option.value, option as unknown as Json);
  world.state.suggestions.set(keyOf(place, placed), known);
  return { ok: true, ...read };
}
