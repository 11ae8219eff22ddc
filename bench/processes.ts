/** The processes that are measured: Baton as an operator starts it, and Bolt and botbuilder with nothing behind them. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DESK } from './desk';

/** bench runs from dist/bench, beside the product in dist/src. */
const PRODUCT = join(__dirname, '..', 'src', 'main.js');
const START_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 5;

export interface Baton {
  readonly url: string;
  /** From the spawn to the first 200 of /readyz, in ms. */
  readonly startedInMs: number;
  /** A figure of /metrics, summed over its labels; with `label` only of the lines that hold it. */
  metric(name: string, label?: string): Promise<number>;
  /** When everything that waits to be delivered has been; card updates go out at the pace that Slack allows. */
  drained(): Promise<void>;
  stop(): Promise<void>;
}

type Env = Readonly<Record<string, string>>;

/** Starts the built product in an empty folder with the desk of the bench, unless another is given. Nothing of this process's settings reaches it. */
export async function startBaton(settings: Env, desk = DESK): Promise<Baton> {
  const cwd = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  writeFileSync(join(cwd, 'desk.yaml'), desk);
  const port = await freePort();
  const env = { PATH: process.env['PATH'] ?? '', PORT: String(port), HOST: '127.0.0.1', ...settings };
  const spawnedAt = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', PRODUCT], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words: string[] = [];
  child.stderr.on('data', (chunk) => words.push(String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child, words);
  const startedInMs = performance.now() - spawnedAt;
  const metric: Baton['metric'] = async (name, label = '') => sumOf(await text(`${url}/metrics`), name, label);
  return {
    url,
    startedInMs,
    metric,
    async drained() {
      const rows = (state: string): Promise<number> => metric('baton_outbox_rows', `state="${state}"`);
      while ((await rows('pending')) + (await rows('sending')) > 0) await wait(LOOK_EVERY_MS);
      const dead = (await rows('dead')) + (await rows('ambiguous'));
      if (dead > 0) throw new Error(`${dead} messages could not be delivered: the figures would mean nothing.`);
    },
    async stop() {
      await stopped(child);
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** Tells the product to stop, as an operator would, and waits until it has. */
function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function untilReady(url: string, child: ChildProcess, words: readonly string[]): Promise<void> {
  const givenUpAt = performance.now() + START_WITHIN_MS;
  while (performance.now() < givenUpAt) {
    if (child.exitCode !== null) throw new Error(`Baton did not start: ${words.join('')}`);
    const isReady = await status(`${url}/readyz`).catch(() => 0);
    if (isReady === 200) return;
    await wait(LOOK_EVERY_MS);
  }
  child.kill('SIGKILL');
  throw new Error(`Baton was not ready within ${START_WITHIN_MS / 1000} s: ${words.join('')}`);
}

// A connection for each look: one that was kept may be closed by the server at the very moment it is used again.
const agent = new Agent({ keepAlive: false });

function status(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', reject);
  });
}

function text(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });
}

function sumOf(metrics: string, name: string, label: string): number {
  const lines = metrics.split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line) && line.includes(label));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface Bare {
  readonly url: string;
  /** From the spawn to its first listening, in ms. */
  readonly startedInMs: number;
  usage(): Promise<{ readonly cpuSeconds: number; readonly residentBytes: number }>;
  stop(): Promise<void>;
}

/** What bare.ts and bareTeams.ts say: where it listens, or what it has used. */
export type FromBare = { readonly port: number } | { readonly cpuSeconds: number; readonly residentBytes: number };

/** With `view` it also opens that form for every command, as Baton does for `/case new`. */
export const startBareBolt = (settings: Env, view?: object): Promise<Bare> =>
  startBare('bare.js', { ...settings, ...(view === undefined ? {} : { BARE_VIEW: JSON.stringify(view) }) });

/** `answers`: the cards that it answers with, as bareTeams.ts reads them. */
export const startBareTeams = (settings: Env, answers: Env): Promise<Bare> =>
  startBare('bareTeams.js', { ...settings, ...answers });

async function startBare(file: string, env: Env): Promise<Bare> {
  const spawnedAt = performance.now();
  const child = fork(join(__dirname, file), { env: { PATH: process.env['PATH'] ?? '', ...env } });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`)));
  ended.catch(() => undefined);
  const said = async <Said extends FromBare>(): Promise<Said> =>
    (await Promise.race([once(child, 'message'), ended]))[0];
  const { port } = await said<Extract<FromBare, { port: number }>>();
  const startedInMs = performance.now() - spawnedAt;
  return {
    url: `http://127.0.0.1:${port}`,
    startedInMs,
    usage() {
      const answer = said<Exclude<FromBare, { port: number }>>();
      child.send('usage');
      return answer;
    },
    stop: () => stopped(child),
  };
}
