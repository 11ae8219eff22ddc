import type { TeamsChannel, TeamsChat, TeamsTeam, TeamsUser } from './protocol';
import type { TeamsState } from './state';

/** Where something is said: a channel (in a thread, or at its top when `rootId` is null) or a personal chat. */
export type Place =
  | { kind: 'channel'; id: string; team: TeamsTeam; channel: TeamsChannel; rootId: string | null }
  | { kind: 'personal'; id: string; chat: TeamsChat };

/** The place a Bot Connector conversation id names (`19:…`, `19:…;messageid=…`, `a:…`), or null. */
export function placeOf(state: TeamsState, conversationId: string): Place | null {
  const [id = '', root] = conversationId.split(';messageid=');
  const chat = state.chats.find((one) => one.id === id);
  if (chat !== undefined) {
    return { kind: 'personal', id, chat };
  }
  for (const team of state.teams) {
    const channel = team.channels.find((one) => one.id === id);
    if (channel !== undefined) {
      return { kind: 'channel', id, team, channel, rootId: root ?? null };
    }
  }
  return null;
}

export function isInstalled(place: Place): boolean {
  return place.kind === 'channel' ? place.team.appInstalled : place.chat.appInstalled;
}

export function mayEnter(place: Place, user: TeamsUser): boolean {
  return place.kind === 'channel' ? place.team.members.includes(user.id) : place.chat.user === user.id;
}

export function membersOf(state: TeamsState, place: Place): TeamsUser[] {
  return state.users.filter((user) => mayEnter(place, user));
}
