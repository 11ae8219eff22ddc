/** Slack's hands: posts, updates, looks for and reads messages. Every method throws only SurfaceFailure. */
import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import { type DeskNow, type Destination, type Surface, SurfaceFailure } from '../../src/app/ports';
import type { View } from '../../src/app/view';
import type { Place } from '../../src/domain/case/case';
import type { Me } from './api';
import { cardOf, type Drawn } from './cards';
import { asSurface, errorWord } from './failures';
import { EVENT_TYPE, type Eyes, findPosting, readMessage } from './looking';
import { lostOf } from './lost';
import { pacesOf } from './pace';
import { penOf } from './parts';
import type { People } from './people';
import { PLATFORM, placeOf } from './refs';

const DIRECT_MAX = 2_000;
/** Said to one person who turns out not to be reachable in the channel: a direct message is as private. */
const NOT_THERE = ['user_not_in_channel', 'not_in_channel', 'channel_not_found', 'is_archived'];
/** Nothing in a message of ours is made into links, mentions or previews by Slack. */
const LITERAL = { link_names: false, parse: 'none' } as const;
const NO_PREVIEW = { unfurl_links: false, unfurl_media: false } as const;

interface SurfaceParts {
  readonly api: WebClient;
  readonly desk: DeskNow;
  readonly me: Me;
  readonly people: People;
  readonly busy: NonNullable<Surface['busy']>;
}

/** Finds the direct conversation with somebody once and remembers it: ids of direct messages do not change. */
function directMessages(api: WebClient): (user: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (user) => {
    const kept = known.get(user);
    if (kept) return kept;
    const id = (await api.conversations.open({ users: user })).channel?.id;
    if (!id) throw new SurfaceFailure('refused', 'Slack opened no direct message.');
    known.set(user, id);
    const oldest = known.keys().next().value;
    if (known.size > DIRECT_MAX && oldest !== undefined) known.delete(oldest);
    return id;
  };
}

type Spot = { readonly channel: string; readonly thread: string | null };
const inThread = ({ thread }: Spot): { thread_ts?: string } => (thread === null ? {} : { thread_ts: thread });

async function say(api: WebClient, spot: Spot, message: Drawn, posting: string): Promise<Place> {
  const metadata = posting === '' ? {} : { metadata: { event_type: EVENT_TYPE, event_payload: { posting } } };
  const at = { channel: spot.channel, ...inThread(spot) };
  const args: ChatPostMessageArguments = { ...at, ...message, ...metadata, ...LITERAL, ...NO_PREVIEW };
  const { ts, channel } = await api.chat.postMessage(args);
  if (!ts) throw new SurfaceFailure('ambiguous', 'Slack did not say where the message is.');
  return placeOf(channel ?? spot.channel, ts, spot.thread);
}

type Whisper = Extract<Destination, { kind: 'whisper' }>;

/** Null when the person cannot be whispered to there. */
async function whisper(api: WebClient, to: Whisper, message: Drawn): Promise<Place | null> {
  try {
    const at = { channel: to.channel, user: to.user, ...inThread(to) };
    const { message_ts: ts } = await api.chat.postEphemeral({ ...at, ...message, ...LITERAL });
    return placeOf(to.channel, ts ?? '', to.thread);
  } catch (error) {
    if (NOT_THERE.includes(errorWord(error) ?? '')) return null;
    throw error;
  }
}

export function createSurface({ api, desk, me, people, busy }: SurfaceParts): Surface {
  const directOf = directMessages(api);
  const eyes: Eyes = { api, botId: me.botId, people, directOf };
  const draw = (view: View): Drawn => cardOf(view, penOf(desk(), me));

  async function post(to: Destination, view: View, posting: string): Promise<Place> {
    const message = draw(view);
    if (to.kind === 'channel') return say(api, to, message, posting);
    const whispered = to.kind === 'whisper' ? await whisper(api, to, message) : null;
    return whispered ?? say(api, { channel: await directOf(to.user), thread: null }, message, posting);
  }

  async function update(at: Place, view: View): Promise<void> {
    await api.chat.update({ channel: at.channel, ts: at.message, ...draw(view), ...LITERAL });
  }

  return {
    platform: PLATFORM,
    post: (to, view, posting) => asSurface(() => post(to, view, posting.id)),
    update: (at, _to, view) => asSurface(() => update(at, view)),
    find: (to, posting) => asSurface(() => findPosting(eyes, to, posting)),
    read: (place) => asSurface(() => readMessage(eyes, place)),
    paces: pacesOf,
    lost: (now) => asSurface(() => lostOf(api, now)),
    busy,
  };
}
