import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest, type SlackWorld } from '../../adapters/sandbox/slack';
import { wordsOn } from '../../adapters/sandbox/slack/reading';

const ROOT = join(__dirname, '..', '..');
const KILLS = Number(process.env['KILLS'] ?? 8);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Asks again and again, since a process that starts tells nobody; each answer is awaited, none is slept for. */
async function ready(url: string): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('Baton did not get ready');
}

describe('kill -9 under load', () => {
  let slack: SlackWorld;
  let baton: ChildProcess;
  let url: string;
  let env: NodeJS.ProcessEnv;
  const folder = mkdtempSync(join(tmpdir(), 'baton-kill-'));
  const now = () => Date.now();

  const start = async (): Promise<void> => {
    baton = spawn(process.execPath, [join(ROOT, 'dist', 'src', 'main.js')], { env, stdio: 'ignore', cwd: ROOT });
    await ready(url);
  };
  const kill = async (): Promise<void> => {
    const gone = once(baton, 'exit');
    baton.kill('SIGKILL');
    await gone;
  };

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'build.mjs')], { cwd: ROOT, stdio: 'ignore' });
    const secrets = { signingSecret: 'a-signing-secret', botToken: 'xoxb-desk', appToken: 'xapp-desk' };
    const manifest = parse(readFileSync(join(ROOT, 'manifests', 'slack.yaml'), 'utf8')) as SlackManifest;
    // Slack gives up after three tries; here it goes on, so that what is missing in the end was lost by Baton.
    const retryDelaysMs = [300, 900, ...Array.from({ length: 60 }, () => 2000)];
    slack = createSlackWorld({ seed: SLACK_SEED, manifest, now, delivery: 'http', retryDelaysMs, ...secrets });
    await slack.start(0);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    slack.setRequestUrl(`${url}/slack/events`);
    env = {
      PATH: process.env['PATH'],
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${join(folder, 'baton.db')}`,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      LOG_LEVEL: 'silent',
    };
    await start();
  }, 60_000);

  afterAll(async () => {
    await kill();
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`loses nothing and doubles nothing over ${KILLS} kills`, async () => {
    const captured: string[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      const acts: Promise<unknown>[] = [];
      for (let one = 0; one < 4; one += 1) {
        const said = await slack.act({
          act: 'say',
          user: 'U0RAVI',
          channel: 'C0SUPPORT',
          text: `Fault ${round}-${one} of the line`,
        });
        if (!said.ok || said.ts === undefined) throw new Error('the message was not said');
        captured.push(said.ts);
        acts.push(slack.act({ act: 'react', user: 'U0ALICE', channel: 'C0SUPPORT', ts: said.ts, name: 'ticket' }));
      }
      // Killed at some point of the work: after as many calls of the Web API as the round says, or at once.
      const calls = slack.calls.length + round * 2;
      await new Promise<void>((resolve) => {
        const off = slack.onChange(() => {
          if (slack.calls.length < calls) return;
          off();
          resolve();
        });
        if (slack.calls.length >= calls) {
          off();
          resolve();
        }
      });
      await kill();
      await start();
      await Promise.all(acts);
    }
    const confirmations = (ts: string) =>
      slack.snapshot().messages.filter((one) => one.thread_ts === ts && wordsOn(one).includes('is open:'));
    const cards = (ref: string) =>
      slack.snapshot().messages.filter((one) => one.channel === 'C0TRIAGE' && wordsOn(one).includes(`${ref} · `));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(
            new Error(`lost: ${captured.filter((ts) => confirmations(ts).length === 0).length} of ${captured.length}`),
          ),
        60_000,
      );
      const check = (): void => {
        if (!captured.every((ts) => confirmations(ts).length > 0)) return;
        clearTimeout(timer);
        off();
        resolve();
      };
      const off = slack.onChange(check);
      check();
    });
    await slack.settled();
    const refs = captured.map((ts) => /CASE-\d+/.exec(confirmations(ts).map(wordsOn).join(' '))?.[0] ?? 'none');
    expect(captured.map((ts) => confirmations(ts).length)).toEqual(captured.map(() => 1));
    expect(new Set(refs).size).toBe(captured.length);
    expect(refs.map((ref) => cards(ref).length).filter((count) => count > 1)).toEqual([]);
  }, 180_000);
});
