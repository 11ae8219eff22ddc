import { messageFault } from './activityCheck';
import { type Answer, badSyntax, noConversation, refuse } from './answers';
import { entryRefusal, placeMessage } from './connectorActivities';
import type { ConnectorCall } from './connectorCall';
import type { TeamsCore } from './core';
import { asArray, asObject, asText, isObject } from './json';
import { placeOf } from './places';
import type { JsonObject } from './protocol';
import { overRate } from './rates';
import { userByAnyId } from './state';

/** POST /v3/conversations: a new thread in a channel, or the personal chat with one member. */
export function createConversation(call: ConnectorCall): Answer {
  const { core, body } = call;
  const channelId = asText(asObject(asObject(body.channelData).channel).id);
  if (channelId !== '') {
    return startThread(core, channelId, body);
  }
  const members = asArray(body.members).map(asObject);
  if (body.isGroup === true || members.length > 1) {
    return badSyntax('Bots cannot create group chats: name one member, or a channel in channelData.channel.id.');
  }
  return openChat(core, asText(members[0]?.id), body);
}

function startThread(core: TeamsCore, channelId: string, body: JsonObject): Answer {
  const place = placeOf(core.state, channelId);
  if (place?.kind !== 'channel' || place.rootId !== null) {
    return noConversation();
  }
  if (!isObject(body.activity)) {
    return badSyntax('Incorrect conversation creation parameters: a channel thread starts with an activity.');
  }
  const refusal = entryRefusal(place, false) ?? messageFault(body.activity) ?? overRate(core, 'message', channelId);
  if (refusal !== null) {
    return refusal;
  }
  const root = placeMessage(core, place, body.activity, null);
  return { status: 201, body: { id: `${channelId};messageid=${root.id}`, activityId: root.id } };
}

function openChat(core: TeamsCore, memberId: string, body: JsonObject): Answer {
  const tenantId = asText(body.tenantId) || asText(asObject(asObject(body.channelData).tenant).id);
  if (tenantId === '' || memberId === '') {
    return badSyntax('Bad format of conversation ID');
  }
  const member = userByAnyId(core.state, memberId);
  if (member === null || tenantId !== core.options.tenantId) {
    return refuse(403, 'Forbidden', 'Failed to decrypt conversation id: the member is not of this tenant.');
  }
  const chat = core.state.chats.find((one) => one.user === member.id);
  const place = chat === undefined ? null : placeOf(core.state, chat.id);
  const refusal = entryRefusal(place, false);
  if (chat === undefined || place === null || refusal !== null) {
    return refusal ?? noConversation();
  }
  if (!isObject(body.activity)) {
    return { status: 201, body: { id: chat.id } };
  }
  const faulty = messageFault(body.activity) ?? overRate(core, 'message', chat.id);
  return (
    faulty ?? { status: 201, body: { id: chat.id, activityId: placeMessage(core, place, body.activity, null).id } }
  );
}
