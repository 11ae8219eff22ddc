/** The emulated Slack of the bench, and signed requests taken from it to be sent by a client that does nothing else. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../adapters/sandbox/seed';
import { createSlackWorld, type SlackWorld } from '../adapters/sandbox/slack';
import type { SlackMessage } from '../adapters/sandbox/slack/protocol';
import { entriesOf } from '../adapters/sandbox/slack/reading';

const SECRETS = { botToken: 'xoxb-bench', appToken: 'xapp-bench', signingSecret: 'bench-signing-secret' };

export interface Recorded {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Workspace {
  readonly world: SlackWorld;
  /** What points Baton, or bare Bolt, at this workspace. */
  readonly settings: Readonly<Record<string, string>>;
  /** From now on events and commands go to the app at this address. */
  connect(appUrl: string): void;
  /** Stops the workspace's clock, so that no trigger expires between its recording and its use; then lets it go on. */
  withStoppedClock<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The requests that Slack would send for these commands of Alice's, signed and with triggers of their own. */
  record(texts: readonly string[]): Promise<readonly Recorded[]>;
  /** The requests that Slack would send for what people do in `work`. */
  recordActs(work: () => Promise<unknown>): Promise<readonly Recorded[]>;
  stop(): Promise<void>;
}

/** With `channels` there are these besides, and the bot is in them. */
export async function openWorkspace(channels: readonly string[] = []): Promise<Workspace> {
  let stoppedAt: number | null = null;
  const manifest = parse(readFileSync(join(__dirname, '..', 'manifests', 'slack.yaml'), 'utf8'));
  const now = (): number => stoppedAt ?? Date.now();
  const world = createSlackWorld({ seed: seedWith(channels), manifest, now, delivery: 'http', ...SECRETS });
  await world.start(0);
  let requestUrl = '';
  const connect = (appUrl: string): void => {
    requestUrl = `${appUrl}/slack/events`;
    world.setRequestUrl(requestUrl);
  };
  const recordActs: Workspace['recordActs'] = async (work) => {
    const recorder = await openRecorder();
    world.setRequestUrl(recorder.url);
    await work();
    await world.settled();
    world.setRequestUrl(requestUrl);
    await recorder.stop();
    return recorder.recorded;
  };
  return {
    world,
    settings: {
      SLACK_BOT_TOKEN: SECRETS.botToken,
      SLACK_SIGNING_SECRET: SECRETS.signingSecret,
      SLACK_API_URL: world.apiUrl,
    },
    connect,
    async withStoppedClock(work) {
      stoppedAt = Date.now();
      try {
        return await work();
      } finally {
        stoppedAt = null;
      }
    },
    record: (texts) =>
      recordActs(async () => {
        for (const text of texts) await commanded(world, text);
      }),
    recordActs,
    stop: () => world.stop(),
  };
}

const seedWith = (channels: readonly string[]): typeof SLACK_SEED => ({
  ...SLACK_SEED,
  channels: [
    ...SLACK_SEED.channels,
    ...channels.map((id) => ({ id, name: id.toLowerCase(), members: [SLACK_SEED.app.bot_user_id] })),
  ],
});

export async function commanded(world: SlackWorld, text: string): Promise<void> {
  const result = await world.act({ act: 'command', user: 'U0ALICE', channel: 'C0TRIAGE', command: '/case', text });
  if (!result.ok) throw new Error(`/case ${text}: ${result.words}`);
}

/** Acknowledges everything and keeps it. */
async function openRecorder() {
  const recorded: Recorded[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      recorded.push({ body, headers: request.headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    recorded,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The card that everybody sees, and not what Alice alone was told. */
function cardOf(world: SlackWorld, title: string): SlackMessage | undefined {
  const isCard = ({ channel, ephemeral_to, text }: SlackMessage): boolean =>
    channel === 'C0TRIAGE' && ephemeral_to === undefined && text.includes(title);
  return world.snapshot().messages.find(isCard);
}

/** Opens a case through the form, as a person does. Returns its reference and where its card is. */
export async function openedCase(
  world: SlackWorld,
  title: string,
): Promise<{ readonly ref: string; readonly ts: string }> {
  await commanded(world, `new ${title}`);
  const view = await until(world, () => world.snapshot().modals['U0ALICE']?.at(-1));
  const values = entriesOf(view, { Title: title, 'What happened': 'Nobody there can log in since nine.' });
  const result = await world.act({ act: 'submitView', user: 'U0ALICE', view_id: view.id, values });
  if (!result.ok) throw new Error(`the form was refused: ${result.words}`);
  const card = await until(world, () => cardOf(world, title));
  return { ref: /CASE-\d+/.exec(card.text)?.[0] ?? '', ts: card.ts };
}

const GIVE_UP_MS = 20_000;

/** Resolves when the workspace has come to hold what is looked for; rejects after 20 s. */
export function until<Found>(world: SlackWorld, look: () => Found | undefined): Promise<Found> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(bell);
      unlisten();
    };
    const check = (): void => {
      const found = look();
      if (found === undefined) return;
      end();
      resolve(found);
    };
    const bell = setTimeout(() => {
      end();
      reject(new Error('what was waited for did not happen within 20 s'));
    }, GIVE_UP_MS);
    const unlisten = world.onChange(check);
    check();
  });
}
