/** Looking at what is in Slack: a posting of ours that may have taken effect, and one message as it stands. */
import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import type { Destination, HeardMessage } from '../../src/app/ports';
import type { Party, Place } from '../../src/domain/case/case';
import { type Instant, MINUTE_MS } from '../../src/domain/ids';
import { errorWord } from './failures';
import { filesOf } from './files';
import type { People } from './people';
import { instantOf, PLATFORM, placeOf, tsOf } from './refs';

/** The mark that a posting carries, so that it can be found again. */
export const EVENT_TYPE = 'baton_posting';
/** Our clock and Slack's may differ by as much as Slack's signatures may. */
const LOOK_BACK_MS = 5 * MINUTE_MS;
const PAGES_MAX = 5;
const PAGE = 100;

/** Looking is not possible with these; what cannot be asked is unknown. */
const CANNOT_LOOK = ['missing_scope', 'not_in_channel', 'channel_not_found', 'method_not_supported_for_channel_type'];
/** A message that cannot be read is as good as gone. */
const UNREADABLE = [...CANNOT_LOOK, 'thread_not_found', 'message_not_found'];

type SlackMessage = NonNullable<ConversationsHistoryResponse['messages']>[number];

export interface Eyes {
  readonly api: WebClient;
  readonly botId: string;
  readonly people: People;
  readonly directOf: (user: string) => Promise<string>;
}

/** `otherwise` when Slack answers with one of these errors. */
async function unless<Result, Other>(
  call: Promise<Result>,
  words: readonly string[],
  otherwise: Other,
): Promise<Result | Other> {
  try {
    return await call;
  } catch (error) {
    if (words.includes(errorWord(error) ?? '')) return otherwise;
    throw error;
  }
}

/** Anybody may copy a mark; only a message of our own bot is our posting. */
function isPosting({ bot_id, metadata }: SlackMessage, botId: string, id: string): boolean {
  const payload: unknown = metadata?.event_payload;
  const marked = bot_id === botId && metadata?.event_type === EVENT_TYPE;
  return marked && typeof payload === 'object' && payload !== null && 'posting' in payload && payload.posting === id;
}

async function look(eyes: Eyes, to: Destination, id: string, since: Instant): Promise<Place | 'absent' | 'unknown'> {
  // what only one person sees is in no history
  if (to.kind === 'whisper') return 'unknown';
  const channel = to.kind === 'person' ? await eyes.directOf(to.user) : to.channel;
  const thread = to.kind === 'person' ? null : to.thread;
  const range = {
    channel,
    oldest: tsOf(since - LOOK_BACK_MS),
    inclusive: true,
    limit: PAGE,
    include_all_metadata: true,
  };
  let cursor = '';
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = { ...range, ...(cursor ? { cursor } : {}) };
    const { conversations } = eyes.api;
    const answer = thread === null ? conversations.history(page) : conversations.replies({ ...page, ts: thread });
    const { messages, response_metadata: more } = await answer;
    const found = messages?.find((message) => isPosting(message, eyes.botId, id));
    if (found?.ts) return placeOf(channel, found.ts, thread);
    cursor = more?.next_cursor ?? '';
    if (cursor === '') return 'absent';
  }
  return 'unknown';
}

/** Looks for a posting among the messages since it was wanted. `unknown` where Slack does not let Baton look. */
export function findPosting(
  eyes: Eyes,
  to: Destination,
  posting: { readonly id: string; readonly createdAt: Instant },
): Promise<Place | 'absent' | 'unknown'> {
  return unless(look(eyes, to, posting.id, posting.createdAt), CANNOT_LOOK, 'unknown' as const);
}

/** A reply is not in the channel's history, and a reaction does not say that its message is a reply: so both are asked. */
async function fetchMessage(api: WebClient, { channel, message: ts, thread }: Place): Promise<SlackMessage | null> {
  const one = { channel, inclusive: true, limit: 10 };
  const among = ({ messages }: ConversationsHistoryResponse): SlackMessage | null =>
    messages?.find((message) => message.ts === ts) ?? null;
  if (thread !== null) return among(await api.conversations.replies({ ...one, ts: thread, oldest: ts, latest: ts }));
  const only = { ...one, oldest: ts, latest: ts };
  const root = among(await api.conversations.history(only));
  return root ?? among(await api.conversations.replies({ ...only, ts }));
}

function authorOf(message: SlackMessage, people: People): Promise<Party> {
  if (message.user) return people.partyOf(message.user);
  const name = message.username ?? message.bot_profile?.name ?? 'an app';
  return Promise.resolve({ kind: 'guest', platform: PLATFORM, user: message.bot_id ?? 'app', name });
}

/** One message as it stands; null when it is gone or Baton may not read it. */
export async function readMessage({ api, people }: Eyes, place: Place): Promise<HeardMessage | null> {
  if (place.message === '') return null;
  const message = await unless(fetchMessage(api, place), UNREADABLE, null);
  if (!message?.ts || message.subtype === 'tombstone') return null;
  const [author, text] = await Promise.all([authorOf(message, people), people.wordsOf(message)]);
  const files = filesOf(message.files);
  const at = instantOf(message.ts);
  return { place: placeOf(place.channel, message.ts, message.thread_ts), author, text, files, at };
}
