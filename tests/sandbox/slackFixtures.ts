import {
  createSlackWorld,
  type SlackManifest,
  type SlackSeed,
  type SlackWorld,
  type SlackWorldOptions,
} from '../../adapters/sandbox/slack';
import type { SlackMessage, SlackView } from '../../adapters/sandbox/slack/protocol';

export const SEED: SlackSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  app: { id: 'A0DESK', bot_id: 'B0DESK', bot_user_id: 'U0DESK' },
  users: [
    { id: 'U0RITA', name: 'rita', real_name: 'Rita Reporter', email: 'rita@acme.test' },
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice Anderson', email: 'alice@acme.test', title: 'Agent' },
  ],
  channels: [
    { id: 'C0SUPPORT', name: 'support', members: ['U0RITA', 'U0ALICE', 'U0DESK'], topic: 'Ask here' },
    { id: 'C0RANDOM', name: 'random', members: ['U0RITA', 'U0ALICE'] },
    { id: 'C0SECRET', name: 'secret', kind: 'private', members: ['U0ALICE'] },
    { id: 'C0OLD', name: 'old', members: ['U0DESK'], is_archived: true },
  ],
  messages: [{ channel: 'C0SUPPORT', user: 'U0RITA', text: 'Exports are empty', ago_ms: 60_000 }],
};

export const MANIFEST: SlackManifest = {
  display_information: { name: 'Desk' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'Desk' },
    shortcuts: [{ name: 'Open a case', type: 'message', callback_id: 'open_case', description: 'From this message' }],
    slash_commands: [{ command: '/desk', description: 'Cases', usage_hint: 'new', should_escape: true }],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'channels:history',
        'channels:read',
        'im:history',
        'im:write',
        'im:read',
        'users:read',
        'users:read.email',
        'reactions:read',
        'reactions:write',
        'app_mentions:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'message.channels',
        'message.im',
        'reaction_added',
        'app_home_opened',
        'app_mention',
        'member_joined_channel',
      ],
    },
    interactivity: { is_enabled: true },
  },
};

export const SECRETS = { signingSecret: 'a-signing-secret', botToken: 'xoxb-desk', appToken: 'xapp-desk' };

/** A clock that moves when it is told to. */
export function standingClock(start = Date.parse('2026-03-02T10:00:00Z')) {
  let now = start;
  return {
    now: () => now,
    push: (ms: number): void => {
      now += ms;
    },
  };
}

export function slackWorld(options: Partial<SlackWorldOptions> = {}): SlackWorld {
  const clock = standingClock();
  return createSlackWorld({ seed: SEED, manifest: MANIFEST, now: clock.now, ...SECRETS, delivery: 'http', ...options });
}

/** Resolves when the world has come to hold what is looked for; the test's own time limit ends the wait. */
export function until<Found>(world: SlackWorld, look: () => Found | undefined | false): Promise<Found> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      try {
        const found = look();
        if (found === undefined || found === false) return;
        stop();
        resolve(found);
      } catch (problem) {
        stop();
        reject(problem);
      }
    };
    const stop = world.onChange(check);
    check();
  });
}

export function messagesWith(world: SlackWorld, words: string): SlackMessage[] {
  return world.snapshot().messages.filter((one) => JSON.stringify([one.text, one.blocks]).includes(words));
}

export function messageWith(world: SlackWorld, words: string): Promise<SlackMessage> {
  return until(world, () => messagesWith(world, words)[0]);
}

export function topModal(world: SlackWorld, user: string): Promise<SlackView> {
  return until(world, () => world.snapshot().modals[user]?.at(-1));
}

/** Calls the Web API as the app would. */
export async function callSlack(
  world: SlackWorld,
  method: string,
  args: { [name: string]: unknown } = {},
  token = SECRETS.botToken,
) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const response = await fetch(world.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, connection: 'close' },
    body: form,
  });
  const body = (await response.json()) as { ok: boolean; error?: string; [more: string]: unknown };
  return Object.assign(body, { status: response.status, retryAfter: response.headers.get('retry-after') });
}
