import { z } from 'zod';
import { type Destination, SurfaceFailure } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { attachmentOf, type Message } from './cards';
import type { Connector, JsonObject } from './connector';
import type { Conversations, Reference } from './conversations';
import { conversationId, writtenId } from './refs';
import { PLATFORM, type TeamsSettings } from './settings';

/** Posts and changes messages that have been drawn already. Throws SurfaceFailure. */
export interface Voice {
  post(to: Destination, message: Message, more?: JsonObject): Promise<Place>;
  update(at: Place, to: Destination, message: Message): Promise<void>;
}

interface Parts {
  readonly config: TeamsSettings;
  readonly connector: Connector;
  readonly conversations: Conversations;
}

export function openVoice(parts: Parts): Voice {
  return {
    post(to, message, more = {}) {
      const activity = { ...activityOf(message), ...more };
      switch (to.kind) {
        case 'channel':
          return postToChannel(parts, to, activity);
        case 'person':
          return postToPerson(parts, to.user, activity);
        case 'whisper':
          return whisper(parts, to, activity);
      }
    },
    update: (at, to, message) => update(parts, { at, to }, message),
  };
}

const activityOf = ({ card, summary }: Message): JsonObject => ({
  type: 'message',
  summary,
  attachments: [attachmentOf(card)],
});

const created = z.object({ id: z.string().min(1), activityId: z.string().nullish() });
const posted = z.object({ id: z.string().min(1) });

/** An answer without an id came after the effect: whether and where it landed is unknown. */
function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new SurfaceFailure('ambiguous', 'Teams answered without the id of the message.');
  return parsed.data;
}

async function reach({ conversations }: Parts, conversation: string): Promise<Reference> {
  return (await conversations.reach(conversation)) ?? unheard();
}

/** Teams tells where it can be reached with the first activity, the installation at the latest. */
function unheard(): never {
  throw new SurfaceFailure('not-sent', 'Teams has not spoken to Baton yet: add the app to a team or a chat.');
}

interface Spoken {
  readonly channel: string;
  readonly thread: string | null;
}

/** Posts into a conversation as it is: a thread or a chat. Answers the message's id. */
async function say(parts: Parts, { channel, thread }: Spoken, activity: JsonObject): Promise<string> {
  const { serviceUrl, botId } = await reach(parts, channel);
  const conversation = conversationId(channel, thread);
  const answer = await parts.connector({
    serviceUrl,
    method: 'POST',
    path: ['conversations', conversation, 'activities'],
    targeted: activity['recipient'] !== undefined,
    body: { ...activity, from: { id: botId }, conversation: { id: conversation } },
  });
  return read(posted, answer).id;
}

async function postToChannel(parts: Parts, { channel, thread }: Spoken, activity: JsonObject): Promise<Place> {
  const { kind } = await reach(parts, channel);
  // At its top a channel takes new conversations only; chats have no threads.
  if (kind === 'channel' && thread === null) return startThread(parts, channel, activity);
  return { platform: PLATFORM, channel, message: await say(parts, { channel, thread }, activity), thread };
}

async function startThread({ config, ...parts }: Parts, channel: string, activity: JsonObject): Promise<Place> {
  const { serviceUrl, botId } = await reach({ config, ...parts }, channel);
  const tenant = { id: config.tenantId };
  const body = {
    isGroup: true,
    bot: { id: botId },
    tenantId: tenant.id,
    channelData: { channel: { id: channel }, tenant },
    activity,
  };
  const answer = await parts.connector({ serviceUrl, method: 'POST', path: ['conversations'], body });
  const { id, activityId } = read(created, answer);
  return { platform: PLATFORM, channel, message: activityId ?? id.split(';messageid=')[1] ?? id, thread: null };
}

async function postToPerson(parts: Parts, user: string, activity: JsonObject): Promise<Place> {
  const channel = (await parts.conversations.chatWith(user)) ?? (await openChat(parts, user));
  return { platform: PLATFORM, channel, message: await say(parts, { channel, thread: null }, activity), thread: null };
}

async function openChat({ config, connector, conversations }: Parts, user: string): Promise<string> {
  const reference = (await conversations.reachTenant()) ?? unheard();
  const tenant = { id: config.tenantId };
  const body = {
    isGroup: false,
    bot: { id: reference.botId },
    members: [{ id: writtenId(user) }],
    tenantId: tenant.id,
    channelData: { tenant },
  };
  const call = { serviceUrl: reference.serviceUrl, method: 'POST', path: ['conversations'], body } as const;
  const { id } = read(created, await connector(call).catch(harmlessly));
  await conversations.rememberChat(user, id, reference);
  return id;
}

/** Opening a private chat says nothing to anybody and answers the same chat every time: what is uncertain may be repeated. */
function harmlessly(error: unknown): never {
  const isUncertain = error instanceof SurfaceFailure && error.kind === 'ambiguous';
  throw isUncertain ? new SurfaceFailure('not-sent', error.problem) : error;
}

/** For one person's eyes in a conversation, and in private where Teams refuses that (not a member, no targeted messages). */
async function whisper(
  parts: Parts,
  { channel, thread, user }: Spoken & { readonly user: string },
  activity: JsonObject,
): Promise<Place> {
  const { kind } = await reach(parts, channel);
  if (kind === 'personal') return postToChannel(parts, { channel, thread: null }, activity);
  const id = (await parts.conversations.memberId(user)) ?? writtenId(user);
  try {
    const message = await say(parts, { channel, thread }, { ...activity, recipient: { id, isTargeted: true } });
    return { platform: PLATFORM, channel, message, thread };
  } catch (error) {
    const isRefusal = error instanceof SurfaceFailure && (error.kind === 'refused' || error.kind === 'gone');
    if (!isRefusal) throw error;
    return postToPerson(parts, user, activity);
  }
}

interface Update {
  readonly at: Place;
  readonly to: Destination;
}

async function update(parts: Parts, { at, to }: Update, message: Message): Promise<void> {
  const { serviceUrl, kind } = await reach(parts, at.channel);
  const isTargeted = to.kind === 'whisper' && to.channel === at.channel && kind !== 'personal';
  // A whisper may lie at the top of a channel, which is no thread of its own.
  const root = kind === 'channel' && !isTargeted ? (at.thread ?? at.message) : at.thread;
  const conversation = conversationId(at.channel, root);
  await parts.connector({
    serviceUrl,
    method: 'PUT',
    path: ['conversations', conversation, 'activities', at.message],
    // No recipient on PUT: "Cannot edit Recipient of Targeted Message" (teams.ts #738).
    targeted: isTargeted,
    body: { ...activityOf(message), id: at.message, conversation: { id: conversation } },
  });
}
