import type { Party, Place } from '../../src/domain/case/case';
import { type Desk, personBy } from '../../src/domain/desk/desk';
import { type Instant, instant } from '../../src/domain/ids';
import type { Activity } from './payloads';
import { PLATFORM } from './settings';

const THREAD = ';messageid=';

/** Where an activity happened: a conversation by its bare id, and the root of the thread when its id names one. */
export interface Spot {
  readonly conversation: string;
  readonly root: string | null;
  readonly kind: 'channel' | 'group' | 'personal';
}

export function spotOf({ conversation }: Pick<Activity, 'conversation'>): Spot {
  const [bare = '', root] = conversation.id.split(THREAD);
  return { conversation: bare, root: root ?? null, kind: kindOf(bare, conversation.conversationType ?? null) };
}

function kindOf(id: string, type: string | null): Spot['kind'] {
  if (type === 'personal') return 'personal';
  if (type === 'groupChat') return 'group';
  if (type === 'channel') return 'channel';
  return isChannelId(id) ? 'channel' : id.startsWith('19:') ? 'group' : 'personal';
}

/** Channels end so; group chats end in `@thread.v2`, personal chats begin with `a:`. */
export const isChannelId = (id: string): boolean => /@thread\.(tacv2|skype)$/.test(id);

/** The id under which the Connector knows a thread. replyToId has no say in where a message lands (botframework-sdk #6653). */
export const conversationId = (channel: string, thread: string | null): string =>
  thread === null ? channel : `${channel}${THREAD}${thread}`;

/** A message in a spot. The root of a thread is not a reply to itself, although its conversation names it. */
export function placeIn(spot: Spot, message: string): Place {
  const thread = spot.root === message ? null : spot.root;
  return { platform: PLATFORM, channel: spot.conversation, message, thread };
}

/** The id by which a person is known in desk files, or the one that only this bot knows them by. */
export const userOf = (account: NonNullable<Activity['from']>): string => account.aadObjectId ?? account.id;

/** A person's id as Teams writes it: object ids in small letters, whatever the desk file does; its own ids are left alone. */
export const writtenId = (id: string): string => (/^[\da-f-]{36}$/i.test(id) ? id.toLowerCase() : id);

/** The person of the desk behind a Teams account, or a guest. */
export function partyOf(desk: Desk, account: { ids: readonly string[]; name: string | null }): Party {
  const person = account.ids.map((id) => personBy(desk, PLATFORM, id)).find((found) => found !== null);
  if (person !== undefined && person !== null) return { kind: 'person', id: person.id, name: person.name };
  const user = account.ids[0] ?? 'unknown';
  return { kind: 'guest', platform: PLATFORM, user, name: account.name?.trim() || 'Somebody in Teams' };
}

/** When it happened by Teams' clock, or `now` where it does not say. */
export function happenedAt(timestamp: string | null | undefined, now: Instant): Instant {
  const at = Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? now : instant(at);
}

/** Whether an activity comes from a bot: our own posts come back under resource-specific consent. */
export function isFromBot({ from, recipient }: Activity): boolean {
  if (from === null || from === undefined) return true;
  return from.id === recipient?.id || from.id.startsWith('28:') || from.role === 'bot';
}

/** The tenants that an activity names; Teams writes it in one place or in both. */
export function tenantsOf({ channelData, conversation }: Activity): readonly string[] {
  return [channelData?.tenant?.id, conversation.tenantId].filter((id) => typeof id === 'string');
}
