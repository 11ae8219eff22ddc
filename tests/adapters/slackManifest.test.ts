import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { MANIFEST_PATH, manifestCommand, manifestFor, readSlackManifest } from '../../adapters/slack/manifest';

const NAMES = { name: 35, description: 140, command: 32, usage: 1000, shortcut: 24, shortcutDescription: 150 };

describe('the Slack manifest', () => {
  const manifest = readSlackManifest();

  test('keeps to the limits of the platform', () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(NAMES.name);
    expect(shown.description!.length).toBeLessThanOrEqual(NAMES.description);
    expect(shown.long_description!.length).toBeGreaterThanOrEqual(175);
    expect(shown.long_description!.length).toBeLessThanOrEqual(4_000);
    expect(shown.background_color).toMatch(/^#([0-9a-f]{3}|[0-9a-f]{6})$/);
    for (const { command, description, usage_hint: usage } of features!.slash_commands!) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2_000);
      expect(usage!.length).toBeLessThanOrEqual(NAMES.usage);
    }
    for (const { name, description } of features!.shortcuts!) {
      expect(name.length).toBeLessThanOrEqual(NAMES.shortcut);
      expect(description.length).toBeLessThanOrEqual(NAMES.shortcutDescription);
    }
  });

  test('declares what the adapter listens to, and the scope of each event', () => {
    expect(manifest.features!.slash_commands![0]).toMatchObject({ command: '/case', should_escape: true });
    expect(manifest.features!.shortcuts![0]).toMatchObject({
      name: 'Open a case',
      type: 'message',
      callback_id: 'open_case',
    });
    const scopes: readonly string[] = manifest.oauth_config!.scopes!.bot!;
    const needed: Record<string, string> = {
      'message.channels': 'channels:history',
      'message.groups': 'groups:history',
      'message.im': 'im:history',
      reaction_added: 'reactions:read',
      reaction_removed: 'reactions:read',
    };
    const events: readonly string[] = manifest.settings!.event_subscriptions!.bot_events!;
    for (const [event, scope] of Object.entries(needed)) {
      expect(events).toContain(event);
      expect(scopes).toContain(scope);
    }
    expect(events).toContain('app_home_opened');
    expect(scopes).toEqual(expect.arrayContaining(['commands', 'chat:write', 'im:write', 'users:read']));
    expect(manifest.settings!.interactivity!.is_enabled).toBe(true);
  });

  test('is what the schema of the platform asks for, in both variants', () => {
    const schema = readFileSync(join(__dirname, '../fixtures/slack/manifest.schema.2.0.0.json'), 'utf8');
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const valid = ajv.compile(JSON.parse(schema));
    const problems = (given: unknown) => (valid(given) ? [] : valid.errors);
    expect(problems(manifest)).toEqual([]);
    expect(problems(manifestFor({ by: 'http', baseUrl: 'https://baton.example.com' }))).toEqual([]);
    expect(
      problems({ ...manifest, features: { ...manifest.features, slash_commands: [{ command: 'case' }] } }),
    ).not.toEqual([]);
  });

  test('holds no key that the platform does not know', () => {
    const known: Record<string, readonly string[]> = {
      '': ['_metadata', 'display_information', 'features', 'oauth_config', 'settings'],
      display_information: ['name', 'description', 'long_description', 'background_color'],
      features: ['app_home', 'bot_user', 'shortcuts', 'slash_commands'],
      settings: [
        'event_subscriptions',
        'interactivity',
        'org_deploy_enabled',
        'socket_mode_enabled',
        'token_rotation_enabled',
      ],
    };
    for (const [part, keys] of Object.entries(known)) {
      const given = part === '' ? manifest : manifest[part];
      expect(Object.keys(given as object).filter((key) => !keys.includes(key))).toEqual([]);
    }
  });

  test('comes for a socket without any address, and lies so in the repository', () => {
    expect(parse(manifestCommand([]))).toEqual(parse(readFileSync(MANIFEST_PATH, 'utf8')));
    expect(manifestCommand(['--socket'])).not.toContain('http');
  });

  test('comes for HTTP with every address', () => {
    const http = parse(manifestCommand(['--url', 'https://baton.example.com/base/'])) as ReturnType<typeof manifestFor>;
    const url = 'https://baton.example.com/base/slack/events';
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
    });
    expect(http.features!.slash_commands).toEqual([expect.objectContaining({ command: '/case', url })]);
    expect(manifestFor({ by: 'socket' }, http)).toEqual(manifest);
  });

  test.each(['http://baton.example.com', 'baton.example.com', ''])('refuses %j as an address', (url) => {
    expect(() => manifestFor({ by: 'http', baseUrl: url })).toThrow(/https:\/\/baton\.example\.com/);
  });

  test('says how it is used', () => {
    expect(() => manifestCommand(['--what'])).toThrow('--url BASE');
    expect(() => manifestCommand(['--url'])).toThrow('--url BASE');
  });
});
