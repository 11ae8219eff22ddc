import { type Config, readConfig } from '../../src/config';

type Env = Record<string, string>;

const SLACK: Env = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' };
const TEAMS: Env = { TEAMS_APP_ID: 'app-1', TEAMS_APP_PASSWORD: 'pass~word', TEAMS_TENANT_ID: 'tenant-1' };

function configOf(env: Env): Config {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.map(({ line }) => line).join('\n'));
  return read.config;
}

function linesOf(env: Env): string[] {
  const read = readConfig(env);
  return 'problems' in read ? read.problems.map(({ line }) => line) : [];
}

describe('the settings', () => {
  it('are not needed: without any, Baton opens its sandbox on this machine', () => {
    expect(configOf({})).toEqual({
      http: { host: '127.0.0.1', port: 3000 },
      databaseUrl: 'file:./data/baton.db',
      deskFile: { path: './desk.yaml', given: false },
      logLevel: 'info',
      backup: null,
      heartbeatUrl: null,
      slack: null,
      teams: null,
    });
  });

  it('count as absent when they are empty', () => {
    expect(configOf({ PORT: '', SLACK_BOT_TOKEN: ' ', TEAMS_APP_ID: '', DESK_CONFIG: '' })).toEqual(configOf({}));
  });

  it('give Slack over HTTP with token and signing secret', () => {
    const { slack, http } = configOf(SLACK);
    expect(slack).toEqual({
      kind: 'http',
      botToken: SLACK['SLACK_BOT_TOKEN'],
      signingSecret: SLACK['SLACK_SIGNING_SECRET'],
      apiUrl: 'https://slack.com/api/',
    });
    expect(http.host).toBe('0.0.0.0');
  });

  it('give Socket Mode as soon as there is an app token', () => {
    expect(configOf({ ...SLACK, SLACK_APP_TOKEN: 'xapp-1-A-2-b' }).slack).toMatchObject({
      kind: 'socket',
      appToken: 'xapp-1-A-2-b',
    });
    expect(configOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1-A-2-b' }).slack?.kind).toBe('socket');
  });

  it('give Teams with all three of its settings, and its emulator by address', () => {
    const emulator = {
      TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:4001/v1/.well-known/openidconfiguration',
      TEAMS_TOKEN_ISSUER: 'https://api.botframework.com',
      TEAMS_LOGIN_URL: 'http://localhost:4001',
      TEAMS_SERVICE_URLS: '127.0.0.1:4001, SMBA.example.com',
    };
    expect(configOf(TEAMS).teams).toMatchObject({ appId: 'app-1', loginUrl: null, serviceHosts: [] });
    expect(configOf({ ...TEAMS, ...emulator }).teams).toEqual({
      appId: 'app-1',
      appPassword: 'pass~word',
      tenantId: 'tenant-1',
      openIdMetadataUrl: emulator.TEAMS_OPENID_METADATA_URL,
      tokenIssuer: emulator.TEAMS_TOKEN_ISSUER,
      loginUrl: emulator.TEAMS_LOGIN_URL,
      serviceHosts: ['127.0.0.1:4001', 'smba.example.com'],
    });
  });

  it('take an emulated Slack on this machine and end its address with a slash', () => {
    expect(configOf({ ...SLACK, SLACK_API_URL: 'http://127.0.0.1:4000/api' }).slack?.apiUrl).toBe(
      'http://127.0.0.1:4000/api/',
    );
    expect(configOf({ ...SLACK, SLACK_API_URL: 'http://[::1]:4000/api/' }).slack?.apiUrl).toBe(
      'http://[::1]:4000/api/',
    );
  });

  it('take the rest as given', () => {
    const env = {
      PORT: '0',
      HOST: 'localhost',
      DATABASE_URL: 'postgres://u@db:5432/baton',
      DESK_CONFIG: 'my desk.yaml',
      LOG_LEVEL: 'DEBUG',
    };
    expect(configOf(env)).toMatchObject({
      http: { host: 'localhost', port: 0 },
      databaseUrl: 'postgres://u@db:5432/baton',
      deskFile: { path: 'my desk.yaml', given: true },
      logLevel: 'debug',
    });
  });

  it.each<[Env, string]>([
    [{ PORT: 'abc' }, 'PORT: is not a port; write a number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT: is not a port; write a number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT: is not a port; write a number from 0 to 65535.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: is not a level; use one of trace, debug, info, warn, error, fatal, silent.'],
    [
      { DATABASE_URL: 'mysql://root@db/x' },
      'DATABASE_URL: is not known; write file:./data/baton.db or postgres://user@host:5432/name.',
    ],
    [
      { DATABASE_URL: 'file:' },
      'DATABASE_URL: is not known; write file:./data/baton.db or postgres://user@host:5432/name.',
    ],
    [{ DATABASE_URL: 'postgres://u@db' }, 'DATABASE_URL: lacks a part; write postgres://user:password@host:5432/name.'],
    [
      { HOST: '0.0.0.0' },
      'HOST: would open the sandbox, which has no login, to others; use 127.0.0.1, or set up Slack or Teams.',
    ],
    [
      { ...SLACK, SLACK_BOT_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN: does not look right; it wants the "Bot User OAuth Token", which begins with xoxb-.',
    ],
    [
      { ...SLACK, SLACK_APP_TOKEN: 'xoxb-1' },
      'SLACK_APP_TOKEN: does not look right; it wants an app-level token with connections:write, which begins with xapp-.',
    ],
    [
      { ...SLACK, SLACK_SIGNING_SECRET: 'xoxb-1-2-abc' },
      'SLACK_SIGNING_SECRET: holds a Slack token; this setting wants a secret, not a token.',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_SIGNING_SECRET: missing, though SLACK_BOT_TOKEN is set; copy it from "Basic Information" of the Slack app, or set SLACK_APP_TOKEN for Socket Mode.',
    ],
    [
      { SLACK_SIGNING_SECRET: 'abc' },
      'SLACK_BOT_TOKEN: missing, though SLACK_SIGNING_SECRET is set; copy the "Bot User OAuth Token" (xoxb-…), or unset SLACK_SIGNING_SECRET.',
    ],
    [
      { ...SLACK, SLACK_API_URL: 'http://gateway.example.com/api/' },
      'SLACK_API_URL: sends tokens in the clear; use https:// (http:// is for this machine only).',
    ],
    [
      { ...SLACK, SLACK_API_URL: 'http://127.0.0.1.example.com/api/' },
      'SLACK_API_URL: sends tokens in the clear; use https:// (http:// is for this machine only).',
    ],
    [
      { ...SLACK, SLACK_API_URL: 'slack' },
      'SLACK_API_URL: is not a web address; write it whole, beginning with https://.',
    ],
    [
      { TEAMS_APP_PASSWORD: 'p', TEAMS_TENANT_ID: 't' },
      'TEAMS_APP_ID: missing, though TEAMS_APP_PASSWORD and TEAMS_TENANT_ID are set; Teams needs all of TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID.',
    ],
    [
      { ...TEAMS, TEAMS_LOGIN_URL: 'http://login.example.com' },
      'TEAMS_LOGIN_URL: sends tokens in the clear; use https:// (http:// is for this machine only).',
    ],
    [
      { ...TEAMS, TEAMS_SERVICE_URLS: 'https://smba.example.com/teams' },
      'TEAMS_SERVICE_URLS: holds "https://smba.example.com/teams"; write hosts only, as in smba.trafficmanager.net, 127.0.0.1:3979.',
    ],
  ])('%j is refused by one line that says how to mend it', (env, line) => {
    expect(linesOf(env)).toEqual([line]);
  });

  it('tell every problem at once', () => {
    expect(linesOf({ PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(2);
    expect(linesOf({ SLACK_BOT_TOKEN: 'xoxb-1', TEAMS_APP_ID: 'a' })).toHaveLength(3);
  });

  it('are never repeated in a problem when they are secret', () => {
    const env = {
      SLACK_BOT_TOKEN: 'topsecret',
      SLACK_APP_TOKEN: 'topsecret',
      TEAMS_APP_PASSWORD: 'top secret',
      DATABASE_URL: 'topsecret',
    };
    expect(linesOf(env)).toHaveLength(4);
    expect(linesOf(env).join()).not.toMatch(/top ?secret/);
  });
});
