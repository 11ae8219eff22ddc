/** Secrets that are told from all other words, in a real process that everything goes wrong for: nothing of them comes out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest, type SlackWorld } from '../../adapters/sandbox/slack';
import { baton, build, folder } from '../cli/spawned';

const ROOT = join(__dirname, '..', '..');
const CANARIES = {
  signingSecret: 'canary-signing-0f1e2d3c',
  botToken: 'xoxb-canary-bot-4b5a6978',
  appToken: 'xapp-canary-app-8796a5b4',
};
const PASSWORD = 'canary-password-c3d2e1f0';
/** Addresses that are as good as passwords: of the watchman, and of a private calendar. */
const HEARTBEAT = 'canary-heartbeat-11223344';
const CALENDAR = 'canary-calendar-55667788';
/** What a client writes: on the cards, and nowhere that an operator or a machine reads. */
const WORDS = 'canary-words-99aabbcc';

describe('Secrets of a process for which everything goes wrong', () => {
  const home = folder();
  let slack: SlackWorld;
  let child: ChildProcess;
  let heard = '';
  let url = '';
  let env: Record<string, string>;
  let copies = '';
  const secrets = [...Object.values(CANARIES), PASSWORD, HEARTBEAT, CALENDAR];
  const leaks = (text: string, of = secrets): string[] => of.filter((one) => text.includes(one));

  beforeAll(async () => {
    build();
    const manifest = parse(readFileSync(join(ROOT, 'manifests', 'slack.yaml'), 'utf8')) as SlackManifest;
    slack = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'http', ...CANARIES });
    await slack.start(0);
    copies = join(home, 'copies');
    const desk = readFileSync(join(ROOT, 'desk.yaml'), 'utf8');
    const feed = `holidays:\n    - { ical: "http://127.0.0.1:9/${CALENDAR}.ics" }\n`;
    writeFileSync(join(home, 'desk.yaml'), desk.replace(/holidays:.*\n/, feed));
    env = {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'debug',
      DATABASE_URL: `file:${join(home, 'baton.db')}`,
      DESK_CONFIG: join(home, 'desk.yaml'),
      BACKUP_DIR: copies,
      HEARTBEAT_URL: `http://127.0.0.1:9/${HEARTBEAT}`,
      SLACK_BOT_TOKEN: CANARIES.botToken,
      SLACK_SIGNING_SECRET: CANARIES.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
      TEAMS_TENANT_ID: '99999999-8888-4777-8666-555555555555',
      TEAMS_APP_PASSWORD: PASSWORD,
      // Nobody is there.
      TEAMS_LOGIN_URL: 'http://127.0.0.1:9',
      TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:9/keys',
    };
    child = spawn(process.execPath, [join(ROOT, 'dist', 'src', 'main.js')], { env, cwd: home });
    url = await new Promise<string>((resolve) => {
      const hear = (part: Buffer): void => {
        heard += part.toString();
        const found = /Baton listens on (\S+)/.exec(heard);
        if (found?.[1] !== undefined) resolve(found[1]);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
    });
    slack.setRequestUrl(`${url}/slack/events`);
  });
  afterAll(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await slack.stop();
  });

  const says = async (text: string): Promise<string> => {
    const said = await slack.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text });
    if (!said.ok || said.ts === undefined) throw new Error(JSON.stringify(said));
    return said.ts;
  };
  const types = (user: string, text: string) =>
    slack.act({ act: 'command', user, channel: 'C0SUPPORT', command: '/case', text });
  /** What a visitor without any right is answered. */
  async function pages(): Promise<string> {
    const answers = [];
    for (const [path, method] of [
      ['/metrics', 'GET'],
      ['/readyz', 'GET'],
      ['/healthz', 'GET'],
      ['/slack/events', 'POST'],
      ['/api/messages', 'POST'],
    ] as const) {
      const more =
        method === 'POST'
          ? { body: '{', headers: { 'content-type': 'application/json', authorization: 'Bearer a.b.c' } }
          : {};
      answers.push(await (await fetch(url + path, { method, ...more })).text());
    }
    return answers.join('\n');
  }

  it('are in no log line, answer, page, export, report or file, nor are people’s words in what operators read', async () => {
    const ts = await says(`It burns ${WORDS}`);
    await slack.act({ act: 'react', user: 'U0ALICE', channel: 'C0SUPPORT', ts, name: 'ticket' });
    const opened = (): boolean => JSON.stringify(slack.snapshot().messages).includes('is open:');
    for (const until = Date.now() + 20_000; !opened() && Date.now() < until; ) await fetch(`${url}/healthz`);
    for (const words of ['why CASE-1001', 'why CASE-1001 csv', 'why CASE-1001 all', 'show CASE-1001', 'ops', 'board'])
      await types('U0LENA', words);
    for (const method of ['chat.postMessage', 'chat.postEphemeral', 'users.info', 'views.open'])
      slack.fault({ method, times: 20, status: 500 });
    await types('U0ALICE', `new Printer ${WORDS}`);
    await types('U0ALICE', `note CASE-1001 ${WORDS}`);
    await says(`It burns ${WORDS} ${CANARIES.appToken.slice(0, 4)}`);
    await slack.settled();
    const shown = await pages();
    const operator = [];
    for (const command of [
      ['doctor'],
      ['coverage'],
      ['whatif', '--desk', 'desk.yaml'],
      ['backup', 'by-hand.db'],
      ['wrong'],
    ]) {
      const { out, err } = await baton(command, { cwd: home, env });
      expect(out.length + err.length).toBeGreaterThan(20);
      operator.push(out, err);
    }
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    const chat = JSON.stringify([slack.snapshot().messages, slack.snapshot().modals, slack.calls]);
    const kept = filesIn(home);
    expect(heard).toContain('"level":"warn"');
    expect(opened()).toBe(true);
    expect(chat).toContain(WORDS);
    expect(kept.filter(({ name }) => /^baton-.*db$|by-hand/.test(name))).toHaveLength(2);
    expect(kept.filter(({ name, mode }) => /[.]db/.test(name) && mode !== 0o600)).toEqual([]);
    expect(statSync(copies).mode & 0o777).toBe(0o700);
    const written = kept.filter(({ name }) => name !== 'desk.yaml').map(({ text }) => text);
    expect(leaks([heard, shown, chat, ...operator, ...written].join('\n'))).toEqual([]);
    expect(leaks([heard, shown, ...operator].join('\n'), [WORDS])).toEqual([]);
  });
});

/** Every file below a folder, with its mode. */
const filesIn = (dir: string): { name: string; mode: number; text: string }[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return [{ name: entry.name, mode: statSync(path).mode & 0o777, text: readFileSync(path, 'latin1') }];
  });
