/** Secrets that are told from all other words, in a real process that everything goes wrong for: nothing of them comes out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
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

describe('Secrets of a process for which everything goes wrong', () => {
  const home = folder();
  let slack: SlackWorld;
  let child: ChildProcess;
  let heard = '';
  let url = '';
  let env: Record<string, string>;
  const leaks = (text: string): string[] => [...Object.values(CANARIES), PASSWORD].filter((one) => text.includes(one));

  beforeAll(async () => {
    build();
    const manifest = parse(readFileSync(join(ROOT, 'manifests', 'slack.yaml'), 'utf8')) as SlackManifest;
    slack = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'http', ...CANARIES });
    await slack.start(0);
    env = {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'debug',
      DATABASE_URL: `file:${join(home, 'baton.db')}`,
      DESK_CONFIG: join(ROOT, 'desk.yaml'),
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
  }, 60_000);
  afterAll(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await slack.stop();
  });

  it('are in no log line, answer, page or file', async () => {
    for (const method of ['chat.postMessage', 'chat.postEphemeral', 'users.info', 'views.open'])
      slack.fault({ method, times: 20, status: 500 });
    await slack.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'new Printer' });
    await slack.act({
      act: 'say',
      user: 'U0RAVI',
      channel: 'C0SUPPORT',
      text: `It burns ${CANARIES.appToken.slice(0, 4)}`,
    });
    await slack.settled();
    const answers = [];
    for (const [path, method] of [
      ['/metrics', 'GET'],
      ['/readyz', 'GET'],
      ['/slack/events', 'POST'],
      ['/api/messages', 'POST'],
    ] as const) {
      const more =
        method === 'POST'
          ? { body: '{', headers: { 'content-type': 'application/json', authorization: 'Bearer a.b.c' } }
          : {};
      answers.push(await (await fetch(url + path, { method, ...more })).text());
    }
    const doctor = await baton(['doctor'], { cwd: home, env });
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    const files = readdirSync(home).map((name) => readFileSync(join(home, name), 'latin1'));
    expect(heard).toContain('"level":"warn"');
    expect(doctor.out.length + doctor.err.length).toBeGreaterThan(100);
    expect(files.length).toBeGreaterThan(0);
    expect(leaks([heard, ...answers, doctor.out, doctor.err, ...files].join('\n'))).toEqual([]);
  }, 60_000);
});
