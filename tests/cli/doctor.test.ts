import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest, type SlackWorld } from '../../adapters/sandbox/slack';
import { type Running, startBaton } from '../../src/main';
import { baton, build, folder, type Ran } from './spawned';

const ROOT = join(__dirname, '..', '..');
const SECRETS = {
  botToken: 'xoxb-the-bot-token-of-tests',
  appToken: 'xapp-the-app-token-of-tests',
  signingSecret: 'the-signing-secret-of-tests',
};
const manifest = (): SlackManifest => parse(readFileSync(join(ROOT, 'manifests/slack.yaml'), 'utf8'));

/** A folder with the example desk in it, as in a fresh clone. `edit` changes its words. */
function deskFolder(edit: (words: string) => string = (words) => words): string {
  const cwd = folder();
  writeFileSync(join(cwd, 'desk.yaml'), edit(readFileSync(join(ROOT, 'desk.yaml'), 'utf8')));
  return cwd;
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const doctor = (cwd: string, env: Record<string, string> = {}): Promise<Ran> => baton(['doctor'], { cwd, env });
const toMend = ({ out }: Ran): string[] => out.split('\n').filter((line) => line.startsWith('  ✗ '));

beforeAll(build);

describe('baton', () => {
  it('helps when asked, and when nothing was said', async () => {
    const cwd = folder();
    const [asked, bare] = await Promise.all([baton(['help'], { cwd }), baton([], { cwd })]);
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toContain('doctor');
    expect(bare.out).toBe(asked.out);
  });

  it('answers an unknown word with the nearest command', async () => {
    const { code, out, err } = await baton(['docter'], { cwd: folder() });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('did you mean doctor?');
    expect(err).toContain('help');
  });

  it('runs no check on words that it would have to ignore', async () => {
    const { code, err } = await baton(['doctor', '--fix'], { cwd: folder() });
    expect(code).toBe(2);
    expect(err).toContain('"--fix"');
  });
});

describe('doctor without a platform', () => {
  it('says that the sandbox will open and is content', async () => {
    const ran = await doctor(deskFolder());
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('npm start opens the sandbox');
    expect(ran.out).toContain('All is well.');
    expect(toMend(ran)).toEqual([]);
  });

  it('is content with an empty folder too, and says what is missing for later', async () => {
    const ran = await doctor(folder());
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('There is no ./desk.yaml');
    expect(ran.out).toContain('– Nobody is on the desk');
  });

  it('reads .env', async () => {
    const cwd = deskFolder();
    writeFileSync(join(cwd, '.env'), 'PORT=4711\n');
    expect((await doctor(cwd)).out).toContain(':4711');
  });

  it('looks at the database that it was given', async () => {
    const ran = await doctor(deskFolder(), { DATABASE_URL: 'file:./cases.db' });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('SQLite, ./cases.db: opened, up to date, read and written.');
  });
});

describe('doctor with what Baton would not start with', () => {
  it('names the setting, says how to mend it, and never shows a secret', async () => {
    const ran = await doctor(deskFolder(), {
      PORT: 'three thousand',
      SLACK_BOT_TOKEN: SECRETS.appToken,
      SLACK_SIGNING_SECRET: SECRETS.signingSecret,
      TEAMS_APP_PASSWORD: 'a-password of tests',
    });
    expect(ran.code).toBe(2);
    expect(toMend(ran).join('\n')).toMatch(/PORT: .*write a number/);
    expect(toMend(ran).join('\n')).toMatch(/SLACK_BOT_TOKEN: .*xoxb-/);
    for (const secret of [SECRETS.appToken, SECRETS.signingSecret, 'a-password of tests'])
      expect(ran.out + ran.err).not.toContain(secret);
  });

  it('says which of several settings is missing', async () => {
    const ran = await doctor(deskFolder(), { SLACK_BOT_TOKEN: SECRETS.botToken });
    expect(ran.code).toBe(2);
    expect(toMend(ran)[0]).toContain('SLACK_SIGNING_SECRET');
    expect(ran.out).not.toContain(SECRETS.botToken);
  });

  it('names line and key of a desk file with a typo', async () => {
    const cwd = deskFolder((words) => words.replace('levels:', 'levls:'));
    const line =
      readFileSync(join(cwd, 'desk.yaml'), 'utf8')
        .split('\n')
        .findIndex((it) => it.startsWith('levls:')) + 1;
    const ran = await doctor(cwd);
    expect(ran.code).toBe(2);
    expect(toMend(ran)[0]).toContain(`desk.yaml:${line}: levls`);
    expect(toMend(ran)[0]).toContain('did you mean levels?');
    expect(ran.out).toContain('Baton would not start');
  });

  it('says that DESK_CONFIG names a file that is not there', async () => {
    const ran = await doctor(folder(), { DESK_CONFIG: './acme.yaml' });
    expect(ran.code).toBe(2);
    expect(toMend(ran)[0]).toContain('DESK_CONFIG: ./acme.yaml is not there');
  });
});

describe('doctor and the database', () => {
  it('says what ails it, without the password', async () => {
    const ran = await doctor(deskFolder(), { DATABASE_URL: 'postgres://desk:open-sesame@127.0.0.1:1/cases' });
    expect(ran.code).toBe(1);
    expect(toMend(ran)).toHaveLength(1);
    expect(toMend(ran)[0]).toMatch(/PostgreSQL, cases at 127\.0\.0\.1:1: .*Check DATABASE_URL/);
    expect(ran.out + ran.err).not.toContain('open-sesame');
  });

  it('tells a file that is no database', async () => {
    const cwd = deskFolder();
    copyFileSync(join(cwd, 'desk.yaml'), join(cwd, 'cases.db'));
    const ran = await doctor(cwd, { DATABASE_URL: 'file:./cases.db' });
    expect(ran.code).toBe(1);
    expect(toMend(ran)[0]).toContain('not a database');
  });
});

describe('doctor beside a Baton that runs on both platforms', () => {
  let running: Running;
  let cwd: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    cwd = deskFolder();
    const own = { PORT: '0', LOG_LEVEL: 'silent', DESK_CONFIG: join(cwd, 'desk.yaml') };
    const database = `file:${join(cwd, 'baton.db')}`;
    running = await startBaton({ ...own, DATABASE_URL: database });
    env = { ...running.sandbox?.env, DATABASE_URL: database };
  });
  afterAll(() => running.stop());

  it('finds all well, and says so of each part', async () => {
    const ran = await doctor(cwd, env);
    expect(toMend(ran)).toEqual([]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    for (const title of ['Settings', 'Desk file', 'Database', 'Slack', 'Teams', 'People', 'Coverage'])
      expect(ran.out).toMatch(new RegExp(`^${title}$`, 'm'));
    for (const words of [
      'Baton is in the triage channel #triage',
      'Alice Anderson is Alice Anderson in Slack',
      'Teams: the bot gets its token',
    ])
      expect(ran.out).toContain(`✓ ${words}`);
    for (const [name, value] of Object.entries(env))
      if (/TOKEN|SECRET|PASSWORD/.test(name)) expect(ran.out).not.toContain(value);
  });

  it('tells a Teams password that is refused', async () => {
    const ran = await doctor(cwd, { ...env, TEAMS_APP_PASSWORD: 'another-password' });
    expect(ran.code).toBe(1);
    expect(toMend(ran)).toHaveLength(1);
    expect(toMend(ran)[0]).toContain('TEAMS_APP_PASSWORD');
    expect(ran.out).not.toContain('another-password');
  });

  it('says that Teams has not spoken where the database is a new one', async () => {
    const ran = await doctor(cwd, { ...env, DATABASE_URL: `file:${join(folder(), 'new.db')}` });
    expect(ran.code).toBe(1);
    expect(toMend(ran).join('\n')).toContain('Teams has not spoken to Baton yet');
  });
});

describe('doctor and Slack', () => {
  const worlds: SlackWorld[] = [];
  afterEach(() => Promise.all(worlds.splice(0).map((world) => world.stop())));

  async function slack(given: SlackManifest = manifest(), delivery: 'http' | 'socket' = 'http') {
    const world = createSlackWorld({ seed: SLACK_SEED, manifest: given, now: Date.now, delivery, ...SECRETS });
    await world.start();
    worlds.push(world);
    const proof = { SLACK_SIGNING_SECRET: SECRETS.signingSecret };
    return { world, env: { SLACK_API_URL: world.apiUrl, SLACK_BOT_TOKEN: SECRETS.botToken, ...proof } };
  }

  it('finds everything that is out of order at once, each with what to do', async () => {
    const lacking = manifest();
    const bot = lacking.oauth_config?.scopes?.bot ?? [];
    bot.splice(bot.indexOf('reactions:read'), 1);
    const { world, env } = await slack(lacking);
    world.takeOut('C0TRIAGE', 'U0BATON');
    world.setArchived('C0SUPPORT', true);
    const cwd = deskFolder((words) =>
      words.replace('slack: U0BOB, ', 'slack: U0NOBODY, ').replace('slack: U0CAROL, ', ''),
    );
    const ran = await doctor(cwd, env);
    const problems = toMend(ran).join('\n');
    expect(ran.code).toBe(1);
    expect(problems).toContain('lacks reactions:read');
    expect(problems).toContain('Baton is not in the triage channel #triage: type /invite @Baton there');
    expect(problems).toContain('#support is archived');
    expect(problems).toContain('Slack knows no U0NOBODY: mend "slack" of Bob Brown');
    expect(problems).toContain('Carol Chen has no account on Slack');
    expect(toMend(ran)).toHaveLength(5);
  });

  it('tells a bot token that Slack refuses', async () => {
    const { env } = await slack();
    const ran = await doctor(deskFolder(), { ...env, SLACK_BOT_TOKEN: 'xoxb-some-other-token' });
    expect(ran.code).toBe(1);
    expect(toMend(ran)).toHaveLength(1);
    expect(toMend(ran)[0]).toContain('check SLACK_BOT_TOKEN');
    expect(ran.out).not.toContain('xoxb-some-other-token');
  });

  it('tries the app-level token in Socket Mode', async () => {
    const { env } = await slack(manifest(), 'socket');
    const good = await doctor(deskFolder(), { ...env, SLACK_APP_TOKEN: SECRETS.appToken });
    const bad = await doctor(deskFolder(), { ...env, SLACK_APP_TOKEN: 'xapp-some-other-token' });
    expect(good.code).toBe(0);
    expect(good.out).toContain('✓ Socket Mode: the app-level token is good.');
    expect(bad.code).toBe(1);
    expect(toMend(bad)[0]).toContain('Slack refuses SLACK_APP_TOKEN');
    expect(bad.out).not.toContain('xapp-some-other-token');
  });

  it('says that Slack cannot be reached', async () => {
    const { env } = await slack();
    const ran = await doctor(deskFolder(), { ...env, SLACK_API_URL: `http://127.0.0.1:${await closedPort()}/api/` });
    expect(ran.code).toBe(1);
    expect(toMend(ran)[0]).toContain('cannot be reached');
  });

  it('finds levels without anybody and a desk without leads', async () => {
    const { env } = await slack();
    const cwd = deskFolder((words) => words.replace('role: lead }', 'role: viewer }').replace('slack: C0LEADS, ', ''));
    const problems = toMend(await doctor(cwd, env)).join('\n');
    expect(problems).toContain('The level L3 Management has nobody who can take a case');
    expect(problems).toContain('Nobody is a lead or an admin');
    expect(problems).toContain('No leads’ channel on Slack');
  });
});
