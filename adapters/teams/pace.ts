/** Limits of the Bot Connector. Source: rate-limit.md of msteams-docs ("Rate limit your bot to optimize it for Teams"). */
import type { Call, Pace } from '../../src/app/pacing';

const PACES = {
  /** "50 requests per second per app and tenant". */
  tenant: { burst: 25, everyMs: 40 },
  /** A bot in one conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s. Six at once and one a second are never more. */
  conversation: { burst: 6, everyMs: 1000 },
  /** A bot in one conversation: 1,800 in an hour. 180 and then one every 2.25 s are never more (1,780). */
  hour: { burst: 180, everyMs: 2250 },
  /** One message that changes all the time: two changes at once, then one every 1.5 s; each shows the newest state. */
  message: { burst: 2, everyMs: 1500 },
} as const;

const pace = (name: keyof typeof PACES, key: string): Pace => ({ key, ...PACES[name] });

/** A call counts towards its own conversation: a thread is one, and so is the making of new threads in a channel. */
function conversationOf(call: Call): string {
  if (call.kind === 'update') return `${call.at.channel};${call.at.thread ?? call.at.message}`;
  if (call.to.kind === 'person') return `@${call.to.user}`;
  return call.to.thread === null ? call.to.channel : `${call.to.channel};${call.to.thread}`;
}

export function pacesOf(call: Call): readonly Pace[] {
  // Teams cannot be asked what is there, so that a look costs nothing.
  if (call.kind === 'look') return [];
  const conversation = conversationOf(call);
  const all = [
    pace('tenant', 'teams tenant'),
    pace('conversation', `teams conversation ${conversation}`),
    pace('hour', `teams hour ${conversation}`),
  ];
  return call.kind === 'update'
    ? [...all, pace('message', `teams message ${call.at.channel} ${call.at.message}`)]
    : all;
}
