/**
 * Posts cards to many channels, in a process of its own: Baton's outbox, pump and hands in Slack, or Slack's WebClient and nothing
 * else. It is told what to do by messages of its parent, one after the other, and answers each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatPostMessageArguments, LogLevel, WebClient } from '@slack/web-api';
import { startSlack } from '../adapters/slack';
import { openStore } from '../adapters/storage';
import { createDoors } from '../src/app/doors';
import type { Engine } from '../src/app/perform';
import type { Destination, Intent, Surface } from '../src/app/ports';
import { createPump, type Pump } from '../src/app/pump';
import { type CaseId, instant, MINUTE_MS } from '../src/domain/ids';
import { engineOn, opened } from './engine';

export interface Posts {
  readonly channels: readonly string[];
  readonly each: number;
  /** The channel that is asked to slow down. */
  readonly unmeasured: string;
}

/** `calm`: everything that was put off goes out, and the platform's pace is forgotten. */
export type PosterTask = { readonly post: Posts } | { readonly calm: true };

export interface Posted {
  /** From the wish to Slack's answer, in ms, of every message but those to the channel that is not measured. */
  readonly afterMs: readonly number[];
  readonly cpuMs: number;
}

/** How many calls Baton has under way at most. */
const AT_ONCE = 32;

type Poster = (task: PosterTask) => Promise<readonly number[]>;

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Desk {
  readonly engine: Engine;
  readonly pump: Pump;
  /** Called with the channel after each message that Slack took. */
  onPosted: (channel: string) => void;
  /** How far the clock is ahead of the wall's, in ms. */
  ahead: number;
}

async function openDesk(botToken: string, apiUrl: string): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const store = await openStore(`file:${join(folder, 'poster.db')}`);
  const surfaces = new Map<string, Surface>();
  const engine: Engine = {
    ...engineOn(store, { at: instant(Date.now()) }),
    clock: { now: () => instant(Date.now() + it.ahead) },
    surfaces,
    nudge: () => it.pump.nudge(),
    // The message that the case comes from is in no channel: nobody can answer it.
    troubled: () => undefined,
  };
  const it: Desk = { engine, pump: createPump(() => engine), onPosted: () => undefined, ahead: 0 };
  const config = { kind: 'http', botToken, apiUrl, signingSecret: 'bench' } as const;
  const { desk, clock } = engine;
  const { surface } = await startSlack({ config, doors: createDoors(engine), desk, clock, log: silent });
  const post: Surface['post'] = async (to, view, posting) => {
    const place = await surface.post(to, view, posting);
    if (to.kind === 'channel') it.onPosted(to.channel);
    return place;
  };
  surfaces.set('slack', { ...surface, post });
  return it;
}

async function batonPoster(botToken: string, apiUrl: string): Promise<Poster> {
  const it = await openDesk(botToken, apiUrl);
  const { engine, pump } = it;
  const { store, clock } = engine;
  const id = await opened(engine, { priority: 'P2' });
  const calm = async (): Promise<readonly number[]> => {
    do {
      // What waits for somebody's patience may go, and every burst is free again.
      it.ahead += 10 * MINUTE_MS;
      pump.nudge();
      await pump.idle();
    } while ((await store.outbox(clock.now())).pending > 0);
    it.ahead += 10 * MINUTE_MS;
    return [];
  };
  await calm();
  let round = 0;
  const post = async (posts: Posts): Promise<readonly number[]> => {
    round += 1;
    const wanted = wishes(posts, `round${round}`, id);
    const most = posts.each * (posts.channels.length - 1);
    const afterMs: number[] = [];
    const startedAt = performance.now();
    const all = new Promise<void>((resolve) => {
      it.onPosted = (channel) => {
        if (channel !== posts.unmeasured && afterMs.push(performance.now() - startedAt) === most) resolve();
      };
    });
    await store.want(wanted, { what: 'bench', keys: [] }, clock.now());
    pump.nudge();
    await all;
    return afterMs;
  };
  return (task) => ('calm' in task ? calm() : post(task.post));
}

function wishes({ channels, each }: Posts, name: string, id: CaseId): readonly Intent[] {
  return Array.from({ length: each }, (_, time) =>
    channels.map((channel): Intent => {
      const to: Destination = { kind: 'channel', platform: 'slack', channel, thread: null };
      return {
        kind: 'post',
        case: id,
        to,
        dedupe: `bench:${name}:${channel}:${time}`,
        drawing: { view: 'case-card', args: {} },
        urgency: 2,
      };
    }),
  ).flat();
}

/** `retries`: as the SDK comes; without, each call is made once, as Baton makes it. */
function barePoster(botToken: string, apiUrl: string, message: object, retries: boolean): Poster {
  const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const client = new WebClient(botToken, { slackApiUrl: apiUrl, ...(retries ? {} : once), logLevel: LogLevel.ERROR });
  return async (task) => {
    if ('calm' in task) return [];
    const { channels, each, unmeasured } = task.post;
    const waiting = Array.from({ length: each }, () => channels).flat();
    const afterMs: number[] = [];
    const startedAt = performance.now();
    const one = async (): Promise<void> => {
      for (let channel = waiting.shift(); channel !== undefined; channel = waiting.shift()) {
        const call = client.chat.postMessage({ ...message, channel } as ChatPostMessageArguments);
        if (channel === unmeasured) call.catch(() => undefined);
        else {
          await call;
          afterMs.push(performance.now() - startedAt);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    return afterMs;
  };
}

/** What the parent gives in the environment: where Slack is, and for the bare ones the message that they post. */
async function start(): Promise<void> {
  const { SLACK_BOT_TOKEN: token = '', SLACK_API_URL: url = '', POSTER_MESSAGE: message } = process.env;
  const retries = process.env['POSTER_RETRIES'] === '1';
  const poster =
    message === undefined ? await batonPoster(token, url) : barePoster(token, url, JSON.parse(message), retries);
  process.on('message', (task: PosterTask) => {
    const cpu = process.cpuUsage();
    void poster(task).then((afterMs) => {
      const { user, system } = process.cpuUsage(cpu);
      process.send?.({ afterMs, cpuMs: (user + system) / 1000 } satisfies Posted);
    });
  });
  // Ends as a process does that clears up after itself, and not by a signal.
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

void start();
