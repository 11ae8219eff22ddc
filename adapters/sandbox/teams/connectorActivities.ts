import { messageFault } from './activityCheck';
import {
  type Answer,
  badArgument,
  noActivity,
  noConversation,
  notInRoster,
  ok,
  refuse,
  writesBlocked,
} from './answers';
import type { ConnectorCall } from './connectorCall';
import { changed, type TeamsCore } from './core';
import { asObject, asText } from './json';
import { drawnMessage } from './messageParts';
import { isInstalled, mayEnter, type Place, placeOf } from './places';
import type { JsonObject, TeamsMessage } from './protocol';
import { overRate } from './rates';
import { addMessage, messageOf, mintEventId, userByAnyId } from './state';

/** POST /v3/conversations/{id}/activities[/{activityId}]: the id of the conversation alone says where it lands. */
export function postActivity(call: ConnectorCall): Answer {
  const { core, body } = call;
  const place = placeOf(core.state, call.params[0] ?? '');
  const refusal = entryRefusal(place, isTargeted(call));
  if (place === null || refusal !== null) {
    return refusal ?? noConversation();
  }
  if (body.type === 'typing') {
    return { status: 201, body: { id: mintEventId(core.state) } };
  }
  if (place.kind === 'channel' && place.rootId !== null && messageOf(core.state, place.id, place.rootId) === null) {
    return noConversation();
  }
  const faulty =
    messageFault(body) ?? targetFault(core, place, call) ?? overRate(core, 'message', call.params[0] ?? '');
  return faulty ?? posted(core, place, body, isTargeted(call));
}

/** Adds the message to a place that has been found fit for it. */
export function placeMessage(
  core: TeamsCore,
  place: Place,
  activity: JsonObject,
  targetedTo: string | null,
): TeamsMessage {
  const rootId = place.kind === 'channel' ? place.rootId : null;
  const from = { conversation: place.id, from: core.botId, fromBot: true, rootId, targetedTo };
  const message = addMessage(core.state, core.options.now(), { ...from, ...drawnMessage(core, activity) });
  if (place.kind === 'channel' && rootId === null) {
    message.rootId = message.id;
  }
  changed(core);
  return message;
}

function posted(core: TeamsCore, place: Place, activity: JsonObject, targeted: boolean): Answer {
  const recipient = userByAnyId(core.state, asText(asObject(activity.recipient).id));
  const message = placeMessage(core, place, activity, targeted ? (recipient?.id ?? null) : null);
  return { status: 201, body: { id: message.id } };
}

/** PUT …/activities/{activityId}: only the bot's own messages, and every personal view of it ends. */
export function updateActivity(call: ConnectorCall): Answer {
  const { core, body } = call;
  const found = ownMessage(call);
  if ('status' in found) {
    return found;
  }
  const faulty = messageFault(body) ?? overRate(core, 'message', call.params[0] ?? '');
  if (faulty !== null) {
    return faulty;
  }
  Object.assign(found, drawnMessage(core, body), { editedAt: core.options.now(), views: [] });
  changed(core);
  return ok({ id: found.id });
}

/** DELETE …/activities/{activityId}. */
export function deleteActivity(call: ConnectorCall): Answer {
  const found = ownMessage(call);
  if ('status' in found) {
    return found;
  }
  Object.assign(found, { deleted: true, text: '', attachments: [], views: [], suggestedActions: [] });
  changed(call.core);
  return ok();
}

/** PUT and DELETE …/activities/{activityId}/reactions/{type}: the bot's own reactions; repeating one changes nothing. */
export function setReaction(call: ConnectorCall): Answer {
  const { core, verb } = call;
  const [conversation = '', activityId = '', type = ''] = call.params;
  const place = placeOf(core.state, conversation);
  const refusal = entryRefusal(place, false) ?? overRate(core, 'reaction', 'all');
  if (place === null || refusal !== null) {
    return refusal ?? noConversation();
  }
  const message = messageOf(core.state, place.id, activityId);
  if (message === null || message.deleted || message.targetedTo !== null) {
    return noActivity();
  }
  changeReaction(message, { type, user: core.botId, on: verb === 'PUT' });
  changed(core);
  return ok();
}

/** Puts a person's (or the bot's) reaction on a message or takes it off; false when nothing was to change. */
export function changeReaction(message: TeamsMessage, change: { type: string; user: string; on: boolean }): boolean {
  const { type, user, on } = change;
  const existing = message.reactions.find((reaction) => reaction.type === type);
  if ((existing?.users.includes(user) ?? false) === on) {
    return false;
  }
  if (existing === undefined) {
    message.reactions.push({ type, users: [user] });
    return true;
  }
  existing.users = on ? [...existing.users, user] : existing.users.filter((one) => one !== user);
  message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0);
  return true;
}

/** Why the bot may not speak in a place, or null when it may. */
export function entryRefusal(place: Place | null, targeted: boolean): Answer | null {
  if (place === null) {
    return noConversation();
  }
  if (targeted && place.kind === 'personal') {
    return badArgument('Targeted messages are not supported in personal chats.');
  }
  if (isInstalled(place)) {
    return null;
  }
  // The documented error of a targeted message to where the bot is not, as against 403 for ordinary ones.
  return place.kind === 'personal' ? writesBlocked() : notInRoster(targeted ? 404 : 403);
}

function targetFault(core: TeamsCore, place: Place, call: ConnectorCall): Answer | null {
  const recipient = asObject(call.body.recipient);
  if (!isTargeted(call)) {
    return recipient.isTargeted === true
      ? badArgument('recipient.isTargeted needs ?isTargetedActivity=true; without it the message would be public.')
      : null;
  }
  const person = userByAnyId(core.state, asText(recipient.id));
  if (recipient.isTargeted !== true || person === null || !mayEnter(place, person)) {
    return badArgument('A targeted message needs a recipient of this conversation with isTargeted true.');
  }
  return null;
}

function isTargeted(call: ConnectorCall): boolean {
  return call.query.get('isTargetedActivity') === 'true';
}

/** The bot's own message that a call names, or the answer to give instead. */
function ownMessage(call: ConnectorCall): TeamsMessage | Answer {
  const [conversation = '', activityId = ''] = call.params;
  const place = placeOf(call.core.state, conversation);
  const refusal = entryRefusal(place, isTargeted(call));
  if (place === null || refusal !== null) {
    return refusal ?? noConversation();
  }
  const message = messageOf(call.core.state, place.id, activityId);
  if (message === null || message.deleted || (message.targetedTo !== null) !== isTargeted(call)) {
    return noActivity();
  }
  return message.fromBot ? message : refuse(403, 'Forbidden', 'A bot can only change its own messages.');
}
