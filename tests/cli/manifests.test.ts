import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'yaml';
import { build, folder, type Ran, run } from './spawned';

const ROOT = join(__dirname, '..', '..');
const PACKAGE = join(ROOT, 'dist', 'baton-teams.zip');
const manifests = (words: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  run('dist/src/manifests.js', words, { cwd: folder(), env });

beforeAll(build);

describe('the Slack manifest', () => {
  it('is printed for HTTP with every address that Slack needs', async () => {
    const { code, out, err } = await manifests(['slack', '--url', 'https://desk.example.com/']);
    const address = 'https://desk.example.com/slack/events';
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parse(out)).toMatchObject({
      features: { slash_commands: [{ command: '/case', url: address }] },
      settings: {
        event_subscriptions: { request_url: address },
        interactivity: { is_enabled: true, request_url: address, message_menu_options_url: address },
        socket_mode_enabled: false,
      },
    });
  });

  it('is the one in the repository for Socket Mode', async () => {
    const [bare, asked] = await Promise.all([manifests(['slack']), manifests(['slack', '--socket'])]);
    expect(bare).toEqual(asked);
    expect(parse(bare.out)).toEqual(parse(readFileSync(join(ROOT, 'manifests/slack.yaml'), 'utf8')));
  });

  it.each([
    [['slack', '--url', 'http://desk.example.com'], 'https addresses only'],
    [['slack', '--url', 'desk'], '"desk" is no address'],
    [['slack', '--url'], '--url BASE'],
    [['slack', '--http'], '--url BASE'],
    [[], 'npm run manifest:slack'],
  ])('%j is answered with what to write', async (words, sentence) => {
    const { code, out, err } = await manifests(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
  });
});

describe('the Teams package', () => {
  const id = '3f0d6c1e-9a5b-4c3d-8e7f-0123456789ab';

  it('holds the manifest with the app id, and both icons', async () => {
    rmSync(PACKAGE, { force: true });
    const { code, out, err } = await manifests(['teams'], { TEAMS_APP_ID: id.toUpperCase() });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trim().endsWith(join('dist', 'baton-teams.zip'))).toBe(true);
    const files = unzipSync(readFileSync(PACKAGE));
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    expect([manifest.id, manifest.bots[0].botId, manifest.composeExtensions[0].botId]).toEqual([id, id, id]);
  });

  it.each([
    [{}, 'TEAMS_APP_ID: missing'],
    [{ TEAMS_APP_ID: 'baton' }, 'TEAMS_APP_ID ("baton") is not an app id'],
  ])('is not made with %j', async (env: Record<string, string>, sentence) => {
    rmSync(PACKAGE, { force: true });
    const { code, err } = await manifests(['teams'], env);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(existsSync(PACKAGE)).toBe(false);
  });

  it('takes no words', async () => {
    const { code, err } = await manifests(['teams', 'here.zip'], { TEAMS_APP_ID: id });
    expect(code).toBe(2);
    expect(err).toContain('takes no words');
  });
});
