/** What may happen to the machine that Baton runs on, on the real process or the whole product in this one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest, type SlackWorld } from '../../adapters/sandbox/slack';
import { wordsOn } from '../../adapters/sandbox/slack/reading';
import { backupsIn } from '../../src/backups';
import { startBaton as startHere } from '../../src/main';
import { build, run } from '../cli/spawned';
import { freePort, startBaton as startApart } from '../kill/baton';
import { type Ground, sqliteFile } from '../support/stores';

const ROOT = join(__dirname, '..', '..');
const SECRETS = { signingSecret: 'a-signing-secret', botToken: 'xoxb-desk', appToken: 'xapp-desk' };
const manifest = parse(readFileSync(join(ROOT, 'manifests', 'slack.yaml'), 'utf8')) as SlackManifest;

let ground: Ground;
let slack: SlackWorld;
let env: Record<string, string>;
const database = (): string => ground.url.slice('file:'.length);

beforeAll(build);
beforeEach(async () => {
  ground = await sqliteFile();
  const retryDelaysMs = [100, ...Array.from({ length: 100 }, () => 200)];
  slack = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'http', retryDelaysMs, ...SECRETS });
  await slack.start(0);
  const port = await freePort();
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: ground.url,
    SLACK_BOT_TOKEN: SECRETS.botToken,
    SLACK_SIGNING_SECRET: SECRETS.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    LOG_LEVEL: 'silent',
  };
});
afterEach(async () => {
  await slack.stop();
  await ground.drop();
});

const until = (what: string, look: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`never came: ${what}`)), 20_000);
    const off = slack.onChange(() => check());
    const check = (): void => {
      if (!look()) return;
      clearTimeout(timer);
      off();
      resolve();
    };
    check();
  });
const opensCase = async (text: string): Promise<void> => {
  const said = await slack.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text });
  if (!said.ok || said.ts === undefined) throw new Error('nothing was said');
  await slack.act({ act: 'react', user: 'U0ALICE', channel: 'C0SUPPORT', ts: said.ts, name: 'ticket' });
};
const confirmations = (): number =>
  slack.snapshot().messages.filter((one) => one.thread_ts !== undefined && wordsOn(one).includes('is open:')).length;
const refusedReactions = (): number =>
  slack.calls.filter((one) => one.kind === 'delivery' && one.type === 'reaction_added' && one.status >= 500).length;
const readyz = async (): Promise<{ status: number; reasons: string[] }> => {
  const answer = await fetch(`http://127.0.0.1:${env['PORT']}/readyz`);
  return { status: answer.status, reasons: ((await answer.json()) as { reasons: string[] }).reasons };
};

const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${env['PORT']}/metrics`)).text();

describe('A database', () => {
  it('that another process holds: nothing is acknowledged, /readyz says why, and all goes on by itself', async () => {
    const running = await startHere(env);
    const other = new BetterSqlite3(database());
    other.exec('begin immediate');
    await opensCase('The line is dead');
    await until('a reaction that was not acknowledged', () => refusedReactions() > 0);
    const { status, reasons } = await readyz();
    expect(status).toBe(503);
    expect(reasons.join(' ')).toContain('The database is held by another process: nothing was changed.');
    expect((await fetch(`http://127.0.0.1:${env['PORT']}/metrics`)).status).toBe(200);
    other.exec('rollback');
    other.close();
    await until('the case', () => confirmations() === 1);
    expect((await readyz()).status).toBe(200);
    await running.stop();
  });

  it('on a full disk: nothing is acknowledged, nothing is damaged, and all goes on when there is room', async () => {
    const pragma = jest.spyOn(BetterSqlite3.prototype, 'pragma');
    const running = await startHere(env);
    const connection = pragma.mock.contexts[0] as unknown as BetterSqlite3.Database;
    pragma.mockRestore();
    const pages = Number(connection.pragma('page_count', { simple: true }));
    connection.pragma(`max_page_count = ${pages}`);
    let opened = 0;
    for (; refusedReactions() === 0; opened += 1) {
      await opensCase(`${opened} ${'and the line is dead '.repeat(150)}`);
      await slack.settled();
    }
    connection.pragma('max_page_count = 1000000');
    await until('every case', () => confirmations() === opened);
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(connection.prepare('select count(*) as cases from cases').get()).toEqual({ cases: opened });
    await running.stop();
  });

  it('that is damaged stops the start with a sentence that says what to do', async () => {
    await (await startHere(env)).stop();
    writeFileSync(database(), Buffer.alloc(100_000, 7));
    const { code, err } = await run('dist/src/main.js', [], { cwd: dirname(database()), env });
    expect(code).toBe(2);
    expect(err).toContain('The database is damaged or is not a database. Stop Baton and put the last backup back');
    expect(err).toContain('npx baton restore FILE');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('The process', () => {
  it('asked to stop while Slack does not answer ends within ten seconds, and what hung is said by the next one', async () => {
    const baton = await startApart({ PATH: process.env['PATH'], ...env }, null);
    slack.fault({ method: 'chat.postMessage', times: 100, delayMs: 60_000 });
    await opensCase('The line is dead');
    // A client that sends half a request holds the door open besides.
    const half = fetch(`http://127.0.0.1:${env['PORT']}/slack/events`, {
      method: 'POST',
      body: new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) }),
      duplex: 'half',
    } as RequestInit).catch(() => 'cut off');
    while (!(await metrics()).includes('baton_outbox_rows{state="sending"} 1')) await slack.settled();
    const began = performance.now();
    baton.child.kill('SIGTERM');
    await baton.gone;
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(baton.child.exitCode).toBe(0);
    await half;
    slack.clearFaults();
    const next = await startApart({ PATH: process.env['PATH'], ...env }, null);
    await until('the case', () => confirmations() === 1);
    next.child.kill('SIGTERM');
    await next.gone;
    expect(next.child.exitCode).toBe(0);
  });

  it('asked to stop with a socket open closes it, though Slack does not answer, and Slack can use what it held at once', async () => {
    const app = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'socket', ...SECRETS });
    await app.start(0);
    const { SLACK_SIGNING_SECRET: _, ...rest } = env;
    const settings = {
      PATH: process.env['PATH'],
      ...rest,
      SLACK_APP_TOKEN: SECRETS.appToken,
      SLACK_API_URL: app.apiUrl,
    };
    const baton = await startApart(settings, null);
    while (!app.snapshot().app.connected) await metrics();
    app.fault({ method: 'chat.postMessage', times: 100, delayMs: 60_000 });
    const said = await app.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'The line is dead' });
    if (!said.ok || said.ts === undefined) throw new Error('nothing was said');
    await app.act({ act: 'react', user: 'U0ALICE', channel: 'C0SUPPORT', ts: said.ts, name: 'ticket' });
    while (!(await metrics()).includes('baton_outbox_rows{state="sending"} 1')) await app.settled();
    const began = performance.now();
    baton.child.kill('SIGTERM');
    await baton.gone;
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(baton.child.exitCode).toBe(0);
    expect(app.snapshot().app.connected).toBe(false);
    await app.stop();
  }, 90_000);

  it('does not start with a token that Slack refuses, and says which', async () => {
    const { code, err } = await run('dist/src/main.js', [], {
      cwd: dirname(database()).replace(/data$/, ''),
      env: { ...env, SLACK_BOT_TOKEN: 'xoxb-another' },
    });
    expect(code).toBe(2);
    expect(err).toContain('SLACK_BOT_TOKEN');
    expect(err).not.toContain('xoxb-another');
  });

  it('makes its first backup by itself', async () => {
    const dir = join(dirname(database()), 'copies');
    const baton = await startApart({ PATH: process.env['PATH'], ...env, BACKUP_DIR: dir }, null);
    const began = Date.now();
    while (backupsIn(dir).length === 0 && Date.now() - began < 30_000) await readyz();
    expect(backupsIn(dir)).toHaveLength(1);
    baton.child.kill('SIGTERM');
    await baton.gone;
  });
});
