import type { TeamsSeed } from './options';
import type {
  JsonObject,
  TeamsChannel,
  TeamsChat,
  TeamsDialog,
  TeamsMessage,
  TeamsNotice,
  TeamsTeam,
  TeamsUser,
} from './protocol';

/** A dialog with what Teams must remember to send the submit on. */
export interface OpenDialog extends TeamsDialog {
  conversation: string;
  /** The message as the extension's command saw it; null from a card or the composer. */
  messagePayload: JsonObject | null;
}

/** All that the emulated Teams knows. Changed in place by the acts and by the Connector API only. */
export interface TeamsState {
  users: TeamsUser[];
  teams: TeamsTeam[];
  chats: TeamsChat[];
  messages: TeamsMessage[];
  dialogs: Map<string, OpenDialog>;
  notices: Map<string, TeamsNotice>;
  revision: number;
  lastId: number;
  lastEvent: number;
}

const COLOURS = ['#4f6bed', '#c239b3', '#0f7b6c', '#ca5010', '#8764b8', '#3a96dd', '#986f0b', '#d13438'];

/** The world as the seed tells it, at the instant `now`. */
export function createState(seed: TeamsSeed, now: number): TeamsState {
  const users = seed.users.map((user, index) => ({
    title: '',
    email: `${user.name.split(' ')[0]?.toLowerCase()}@acme.test`,
    initials: initialsOf(user.name),
    colour: COLOURS[index % COLOURS.length] ?? '#4f6bed',
    tz: 'Europe/London',
    ...user,
  }));
  const everybody = users.map((user) => user.id);
  const state: TeamsState = {
    users,
    teams: seed.teams.map((team) => ({
      ...team,
      members: team.members ?? everybody,
      appInstalled: team.appInstalled ?? true,
      channels: team.channels.map((channel): TeamsChannel => ({ topic: '', ...channel, teamId: team.id })),
    })),
    chats: users.map((user) => ({
      id: `a:1${user.aadObjectId.replaceAll('-', '')}`,
      user: user.id,
      appInstalled: (seed.personalInstalls ?? everybody).includes(user.id),
    })),
    messages: [],
    dialogs: new Map(),
    notices: new Map(),
    revision: 1,
    lastId: 0,
    lastEvent: 0,
  };
  plantMessages(state, seed, now);
  return state;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words.length < 2 ? name.slice(0, 2).toUpperCase() : `${words[0]?.[0]}${words.at(-1)?.[0]}`.toUpperCase();
}

function plantMessages(state: TeamsState, seed: TeamsSeed, now: number): void {
  const inOrder = [...(seed.messages ?? [])].sort((a, b) => b.agoMs - a.agoMs);
  for (const planted of inOrder) {
    const root = addMessage(state, now - planted.agoMs, { ...planted, rootId: null, fromBot: false });
    root.rootId = state.chats.some((chat) => chat.id === planted.conversation) ? null : root.id;
    for (const reply of planted.replies ?? []) {
      const { conversation } = planted;
      addMessage(state, now - reply.agoMs, { ...reply, conversation, rootId: root.rootId, fromBot: false });
    }
  }
  state.messages.sort((a, b) => a.at - b.at);
}

/** What a new message must say of itself; the rest has the usual beginnings. */
export type NewMessage = Pick<TeamsMessage, 'conversation' | 'from' | 'fromBot' | 'rootId' | 'text'> &
  Partial<TeamsMessage>;

/** Adds a message and gives it the next id. */
export function addMessage(state: TeamsState, at: number, given: NewMessage): TeamsMessage {
  const message: TeamsMessage = {
    conversation: given.conversation,
    from: given.from,
    fromBot: given.fromBot,
    rootId: given.rootId,
    text: given.text,
    id: mintId(state, at),
    at,
    textFormat: given.textFormat ?? 'plain',
    attachments: given.attachments ?? [],
    files: given.files ?? [],
    pictures: given.pictures ?? 0,
    attachmentLayout: given.attachmentLayout ?? 'list',
    mentions: given.mentions ?? [],
    reactions: [],
    editedAt: null,
    deleted: false,
    targetedTo: given.targetedTo ?? null,
    views: [],
    suggestedActions: given.suggestedActions ?? [],
  };
  state.messages.push(message);
  return message;
}

/** Message ids are the instant in milliseconds, as in Teams, and never the same twice. */
export function mintId(state: TeamsState, at: number): string {
  state.lastId = Math.max(state.lastId + 1, Math.floor(at));
  return String(state.lastId);
}

/** The id of an activity that is no message (`f:…`). */
export function mintEventId(state: TeamsState): string {
  state.lastEvent += 1;
  return `f:${state.lastEvent.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

export function userOf(state: TeamsState, id: string): TeamsUser | null {
  return state.users.find((user) => user.id === id) ?? null;
}

/** A person by any of the ids that the Connector takes: `29:…`, the Entra object id, or `8:orgid:` before it. */
export function userByAnyId(state: TeamsState, id: string): TeamsUser | null {
  const bare = id.startsWith('8:orgid:') ? id.slice('8:orgid:'.length) : id;
  return state.users.find((user) => user.id === id || user.aadObjectId === bare) ?? null;
}

export function messageOf(state: TeamsState, conversation: string, id: string): TeamsMessage | null {
  return state.messages.findLast((message) => message.id === id && message.conversation === conversation) ?? null;
}
