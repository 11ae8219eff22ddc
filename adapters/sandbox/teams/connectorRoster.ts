import { type Answer, noConversation, notInRoster, ok, refuse } from './answers';
import type { ConnectorCall } from './connectorCall';
import type { TeamsCore } from './core';
import { isInstalled, membersOf, placeOf } from './places';
import type { JsonObject, TeamsTeam, TeamsUser } from './protocol';
import { userByAnyId } from './state';

/** GET /v3/conversations/{id}/members, and of an activity: all at once. */
export function listMembers(call: ConnectorCall): Answer {
  const roster = rosterOf(call);
  return Array.isArray(roster) ? ok(roster.map((user) => memberJson(call.core, user))) : roster;
}

/** GET /v3/conversations/{id}/pagedmembers?pageSize&continuationToken. Teams serves 50 to 500 a page. */
export function pageMembers(call: ConnectorCall): Answer {
  const roster = rosterOf(call);
  if (!Array.isArray(roster)) {
    return roster;
  }
  const asked = Number(call.query.get('pageSize') ?? '200');
  const size = Math.min(500, Math.max(1, Number.isFinite(asked) ? asked : 200));
  const from = Number(call.query.get('continuationToken') ?? '0');
  const page = roster.slice(from, from + size).map((user) => memberJson(call.core, user));
  const more: JsonObject = from + size < roster.length ? { continuationToken: String(from + size) } : {};
  return ok({ members: page, ...more });
}

/** GET /v3/conversations/{id}/members/{userId}, by `29:…` or by the Entra object id. */
export function oneMember(call: ConnectorCall): Answer {
  const roster = rosterOf(call);
  if (!Array.isArray(roster)) {
    return roster;
  }
  const user = userByAnyId(call.core.state, call.params[1] ?? '');
  return user !== null && roster.includes(user)
    ? ok(memberJson(call.core, user))
    : refuse(404, 'MemberNotFoundInConversation', 'Member not found in the conversation.');
}

/** GET /v3/teams/{id}. */
export function teamDetails(call: ConnectorCall): Answer {
  const team = teamOf(call);
  if (!('channels' in team)) {
    return team;
  }
  const { id, name, aadGroupId } = team;
  return ok({ id, name, aadGroupId, channelCount: team.channels.length, memberCount: team.members.length });
}

/** GET /v3/teams/{id}/conversations: its channels; General has no name there. */
export function teamChannels(call: ConnectorCall): Answer {
  const team = teamOf(call);
  if (!('channels' in team)) {
    return team;
  }
  const conversations = team.channels.map(({ id, name }) => ({ id, name: id === team.id ? null : name }));
  return ok({ conversations });
}

function rosterOf(call: ConnectorCall): TeamsUser[] | Answer {
  const { state } = call.core;
  const place = placeOf(state, call.params[0] ?? '');
  if (place === null) {
    return noConversation();
  }
  return isInstalled(place) ? membersOf(state, place) : notInRoster();
}

function teamOf(call: ConnectorCall): TeamsTeam | Answer {
  const team = call.core.state.teams.find((one) => one.id === call.params[0]);
  if (team === undefined) {
    return noConversation();
  }
  return team.appInstalled ? team : notInRoster();
}

function memberJson(core: TeamsCore, user: TeamsUser): JsonObject {
  const [givenName = '', ...rest] = user.name.split(' ');
  return {
    id: user.id,
    name: user.name,
    objectId: user.aadObjectId,
    aadObjectId: user.aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: user.email,
    userPrincipalName: user.email,
    tenantId: core.options.tenantId,
    userRole: 'user',
  };
}
