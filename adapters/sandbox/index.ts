import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pushableClock, type SandboxClock } from './clock';
import { PEOPLE, ROOMS, SLACK_SEED, TEAMS_SEED } from './seed';
import { openPage } from './server';
import { createSlackWorld, type SlackManifest, type SlackWorld } from './slack';
import type { JsonObject } from './teams/protocol';
import { createTeamsWorld, type TeamsWorld } from './teams/world';

export type { SandboxClock } from './clock';

export interface SandboxOptions {
  /** Where the product listens (`http://127.0.0.1:3000`); a function is asked once, by `connect`. */
  appUrl: string | (() => string);
  /** What an operator would upload: what they do not declare does not exist here. */
  manifests: { slack: SlackManifest; teams: JsonObject };
  /** Default `http`: signed requests to `{appUrl}/slack/events`. */
  slackDelivery?: 'http' | 'socket';
  /** The instant (ms) of the next thing the product will do by itself; without it the page has no “Next warning”. */
  nextWarning?: () => number | null | Promise<number | null>;
  /** Real time in milliseconds; default Date.now. */
  realNow?: () => number;
}

/** A Slack workspace and a Teams tenant on this machine, and the page in which people live in both. */
export interface Sandbox {
  /** Where the page is once the product listens. */
  readonly url: string;
  /** The ordinary settings that point the product at the emulated platforms. */
  readonly env: Record<string, string>;
  readonly clock: SandboxClock;
  readonly slack: SlackWorld;
  readonly teams: TeamsWorld;
  /** For the product's HTTP server: answers the page's paths (`/` and `/ui/…`), false for all others. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** To be called when the product listens: deliveries begin, and the bot is told where it is installed. */
  connect(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the sandbox. Its platforms listen on free loopback ports; the page is served by the product's own server. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = pushableClock(options.realNow);
  const secrets = { signingSecret: secret(), botToken: `xoxb-${secret()}`, appToken: `xapp-1-${secret()}` };
  const delivery = options.slackDelivery ?? 'http';
  const slack = createSlackWorld({
    seed: SLACK_SEED,
    manifest: options.manifests.slack,
    now: clock.now,
    delivery,
    ...secrets,
  });
  const teams = await createTeamsWorld({
    seed: TEAMS_SEED,
    manifest: options.manifests.teams,
    now: clock.now,
    appId: botIdIn(options.manifests.teams) ?? randomUUID(),
    appPassword: secret(),
    tenantId: randomUUID(),
  });
  await Promise.all([slack.start(0), teams.start(0)]);
  const { nextWarning } = options;
  const setup = { people: PEOPLE, rooms: ROOMS, hasNextWarning: nextWarning !== undefined };
  const page = await openPage({ slack, teams, clock, setup, nextWarning });
  const appUrl = () => (typeof options.appUrl === 'string' ? options.appUrl : options.appUrl()).replace(/\/$/, '');
  return {
    get url() {
      return `${appUrl()}/`;
    },
    env: {
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      ...(delivery === 'socket' ? { SLACK_APP_TOKEN: secrets.appToken } : {}),
      SLACK_API_URL: slack.apiUrl,
      ...teams.settings(),
    },
    clock,
    slack,
    teams,
    handle: page.handle,
    async connect() {
      slack.setRequestUrl(`${appUrl()}/slack/events`);
      teams.connect(`${appUrl()}/api/messages`);
      await teams.announceInstalls();
    },
    async stop() {
      page.stop();
      await Promise.all([slack.stop(), teams.stop()]);
    },
  };
}

function secret(): string {
  return randomBytes(16).toString('hex');
}

/** The bot's id when the manifest names one, and not a place to put it (`${{BOT_ID}}`). */
function botIdIn(manifest: JsonObject): string | null {
  const bots = manifest['bots'];
  const bot = Array.isArray(bots) ? bots[0] : null;
  const id = bot !== null && typeof bot === 'object' && !Array.isArray(bot) ? bot['botId'] : null;
  return typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id) ? id : null;
}
