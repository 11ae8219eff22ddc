import type { Conversation } from '../../src/app/ports';
import { boundedMap } from './bounded';
import type { Activity } from './payloads';
import { type Spot, spotOf, userOf } from './refs';
import { PLATFORM, type TeamsParts } from './settings';

/** What it takes to speak first: Teams tells it with every activity and nowhere else. */
export interface Reference {
  readonly serviceUrl: string;
  readonly botId: string;
  readonly kind: Spot['kind'];
}

export interface Conversations {
  /** Remembers, from an activity that has been verified, how to reach its conversation and its sender. */
  learn(activity: Activity): Promise<void>;
  /** How to reach a conversation: as it was last heard from, or as anything of the tenant was; null before the first word. */
  reach(conversation: string): Promise<Reference | null>;
  /** How to reach the tenant, whatever the conversation. */
  reachTenant(): Promise<Reference | null>;
  /** The private conversation with a person, when there was one. */
  chatWith(user: string): Promise<string | null>;
  rememberChat(user: string, chat: string, reference: Reference): Promise<void>;
  /** The id by which Teams calls a person in conversations (`29:…`), as against the one in desk files; null when unmet. */
  memberId(user: string): Promise<string | null>;
  /** The id and name in desk files of somebody whom Teams calls `member`; null when unmet. */
  account(member: string): Promise<{ readonly user: string; readonly name: string } | null>;
  rememberAccount(member: string, user: string, name: string): Promise<void>;
  /** True the first time it is asked for a person, for good. */
  greets(user: string): Promise<boolean>;
}

type Entries = Readonly<Record<string, string>>;
const WRITTEN_MAX = 5_000;

/** Keys of the store: `dm:` chats, `user:` and `member:` people, `tenant`, `greeted:`, and conversations by their own id. */
export function openConversations(parts: Pick<TeamsParts, 'store' | 'config' | 'log'>): Conversations {
  const { store, config } = parts;
  const written = boundedMap<Entries>(WRITTEN_MAX);

  async function write(key: string, id: string, reference: Entries): Promise<void> {
    const entries = { ...reference, id };
    if (JSON.stringify(written.get(key)) === JSON.stringify(entries)) return;
    const conversation: Conversation = { platform: PLATFORM, key, id, reference };
    await store.rememberConversation(conversation);
    written.set(key, entries);
  }

  async function read(key: string): Promise<Entries | null> {
    return written.get(key) ?? readAnew(key);
  }

  /** As the store has it now: another process may have heard from this conversation since. */
  async function readAnew(key: string): Promise<Entries | null> {
    const found = await store.conversation(PLATFORM, key);
    if (found === null) return null;
    const entries = { ...found.reference, id: found.id };
    written.set(key, entries);
    return entries;
  }

  async function learnPerson({ from }: Activity, spot: Spot, reference: Entries): Promise<void> {
    if (from === null || from === undefined || from.id.startsWith('28:')) return;
    const user = userOf(from);
    if (from.aadObjectId !== null && from.aadObjectId !== undefined) {
      const known = await read(keyOf('member', from.id));
      const name = from.name ?? known?.['name'] ?? '';
      await rememberAccount(from.id, user, name);
    }
    if (spot.kind === 'personal') await write(keyOf('dm', user), spot.conversation, reference);
  }

  async function rememberAccount(member: string, user: string, name: string): Promise<void> {
    await write(keyOf('member', member), user, { name });
    await write(keyOf('user', user), member, { name });
  }

  return {
    async learn(activity) {
      const spot = spotOf(activity);
      const botId = activity.recipient?.id ?? `28:${config.appId}`;
      const reference = { serviceUrl: activity.serviceUrl, botId, kind: spot.kind };
      await write(spot.conversation, spot.conversation, reference);
      await write('tenant', config.tenantId, { serviceUrl: activity.serviceUrl, botId, kind: 'channel' });
      await learnPerson(activity, spot, reference);
    },
    async reach(conversation) {
      return referenceIn((await readAnew(conversation)) ?? (await readAnew('tenant')), conversation);
    },
    async reachTenant() {
      return referenceIn(await readAnew('tenant'), '');
    },
    async chatWith(user) {
      return (await read(keyOf('dm', user)))?.['id'] ?? null;
    },
    async rememberChat(user, chat, { serviceUrl, botId }) {
      const reference = { serviceUrl, botId, kind: 'personal' };
      await write(chat, chat, reference);
      await write(keyOf('dm', user), chat, reference);
    },
    async memberId(user) {
      return (await read(keyOf('user', user)))?.['id'] ?? null;
    },
    async account(member) {
      const found = await read(keyOf('member', member));
      return found === null ? null : { user: found['id'] ?? member, name: found['name'] ?? '' };
    },
    rememberAccount,
    async greets(user) {
      if ((await read(keyOf('greeted', user))) !== null) return false;
      await write(keyOf('greeted', user), user, {});
      return true;
    },
  };
}

const keyOf = (what: 'dm' | 'user' | 'member' | 'greeted', id: string): string => `${what}:${id.toLowerCase()}`;

function referenceIn(entries: Entries | null, conversation: string): Reference | null {
  const serviceUrl = entries?.['serviceUrl'];
  const botId = entries?.['botId'];
  if (entries === null || serviceUrl === undefined || botId === undefined) return null;
  const own = entries['id'] === conversation ? entries['kind'] : undefined;
  return {
    serviceUrl,
    botId,
    kind: own === 'personal' || own === 'group' || own === 'channel' ? own : kindById(conversation),
  };
}

const kindById = (conversation: string): Spot['kind'] =>
  spotOf({ conversation: { id: conversation, conversationType: null, tenantId: null } }).kind;
