/**
 * Slack's limits, as far as deliveries meet them. Windows, Home pages and private answers are not here: they answer a press
 * within seconds and cannot wait. Source: docs.slack.dev/apis/web-api/rate-limits and the tier of each method.
 */
import type { Call, Pace } from '../../src/app/pacing';
import { bucketOf } from '../../src/app/pacing';

const PACES = {
  /** chat.postMessage: "1 message per second per channel", short bursts are tolerated. */
  channel: { burst: 10, everyMs: 1000 },
  /** chat.postMessage: "several hundred messages per minute" in a workspace; here at most 400. */
  workspace: { burst: 100, everyMs: 200 },
  /** chat.update: tier 3, 50 a minute and more, "sporadic bursts are welcome". */
  updates: { burst: 20, everyMs: 1200 },
  /** One message that changes all the time: two changes at once, then one every 1.5 s; each shows the newest state. */
  message: { burst: 2, everyMs: 1500 },
  /** chat.postEphemeral: tier 4, 100 a minute and more, "generous burst behavior". */
  whispers: { burst: 40, everyMs: 600 },
  /** conversations.history and .replies: tier 3. */
  looks: { burst: 10, everyMs: 1200 },
} as const;

const pace = (name: keyof typeof PACES, key: string): Pace => ({ key, ...PACES[name] });

/** What a call counts towards. Baton speaks in one workspace, so that its name is in no key. */
export function pacesOf(call: Call): readonly Pace[] {
  if (call.kind === 'look') return [pace('looks', 'slack looks')];
  if (call.kind === 'update') {
    const { channel, message } = call.at;
    return [pace('updates', 'slack updates'), pace('message', `slack message ${channel} ${message}`)];
  }
  if (call.to.kind === 'whisper') return [pace('whispers', 'slack whispers')];
  return [pace('workspace', 'slack posts'), pace('channel', bucketOf(call.to))];
}
