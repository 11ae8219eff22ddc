import { z } from 'zod';
import {
  count,
  databaseUrl,
  httpUrl,
  isLoopback,
  LOG_LEVELS,
  type LogLevel,
  port,
  secret,
  serviceHosts,
  slackToken,
  text,
  withSlash,
} from './config/values';

/** Slack by signed HTTP requests, or by a socket that Baton opens itself. */
export type SlackConfig = { readonly botToken: string; readonly apiUrl: string } & (
  | { readonly kind: 'http'; readonly signingSecret: string }
  | { readonly kind: 'socket'; readonly appToken: string }
);

export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** Hosts (`host` or `host:port`) to which the bot's token may go besides Microsoft's own. */
  readonly serviceHosts: readonly string[];
  /** Null each: Microsoft's public cloud. Set for a national cloud or an emulator. */
  readonly openIdMetadataUrl: string | null;
  readonly tokenIssuer: string | null;
  readonly loginUrl: string | null;
}

export interface Config {
  readonly http: { readonly host: string; readonly port: number };
  /** `file:…` for SQLite or `postgres://…`. */
  readonly databaseUrl: string;
  /** `given`: `DESK_CONFIG` names it, so that it has to exist. */
  readonly deskFile: { readonly path: string; readonly given: boolean };
  readonly logLevel: LogLevel;
  /** Where a backup is put every day, and how many are kept; null: none is made. SQLite only. */
  readonly backup: { readonly dir: string; readonly keep: number } | null;
  /** Asked every minute in which all is well. */
  readonly heartbeatUrl: string | null;
  /** With neither Slack nor Teams Baton opens its sandbox. */
  readonly slack: SlackConfig | null;
  readonly teams: TeamsConfig | null;
}

/** One setting that is wrong: `line` names it and says how to mend it. Never holds a secret. */
export interface SettingsProblem {
  readonly setting: string;
  readonly line: string;
}

export type ReadConfig = { readonly config: Config } | { readonly problems: readonly SettingsProblem[] };

const settings = z.object({
  PORT: port.default(3000),
  HOST: text.optional(),
  DATABASE_URL: databaseUrl.default('file:./data/baton.db'),
  DESK_CONFIG: z.string().optional(),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(LOG_LEVELS, { error: `is not a level; use one of ${LOG_LEVELS.join(', ')}` }))
    .default('info'),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEEP: count.default(14),
  HEARTBEAT_URL: httpUrl.optional(),
  SLACK_BOT_TOKEN: slackToken(/^xoxb-|^xoxe\.xoxb-/, 'the "Bot User OAuth Token", which begins with xoxb-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_APP_TOKEN: slackToken(
    /^xapp-/,
    'an app-level token with connections:write, which begins with xapp-',
  ).optional(),
  SLACK_API_URL: httpUrl.transform(withSlash).default('https://slack.com/api/'),
  TEAMS_APP_ID: text.optional(),
  TEAMS_APP_PASSWORD: secret.optional(),
  TEAMS_TENANT_ID: text.optional(),
  TEAMS_OPENID_METADATA_URL: httpUrl.optional(),
  TEAMS_TOKEN_ISSUER: text.optional(),
  TEAMS_LOGIN_URL: httpUrl.optional(),
  TEAMS_SERVICE_URLS: serviceHosts.default([]),
});
type Settings = z.infer<typeof settings>;

/**
 * The settings in `env`, checked. An empty value counts as absent, as compose files write it.
 * All problems are told at once; the caller prints their lines and ends with exit code 2.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const given = Object.entries(env)
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => problem(String(issue.path[0]), issue.message)) };
  }
  const read = parsed.data;
  const problems = [...slackGaps(read), ...teamsGaps(read), ...exposedSandbox(read), ...backupGaps(read)];
  if (problems.length > 0) return { problems };
  const slack = slackOf(read);
  const teams = teamsOf(read);
  const sandbox = slack === null && teams === null;
  return {
    config: {
      http: { host: read.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'), port: read.PORT },
      databaseUrl: read.DATABASE_URL,
      deskFile: { path: read.DESK_CONFIG ?? './desk.yaml', given: read.DESK_CONFIG !== undefined },
      logLevel: read.LOG_LEVEL,
      backup: read.BACKUP_DIR === undefined ? null : { dir: read.BACKUP_DIR, keep: read.BACKUP_KEEP },
      heartbeatUrl: read.HEARTBEAT_URL ?? null,
      slack,
      teams,
    },
  };
}

function slackOf(read: Settings): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = read;
  if (botToken === undefined) return null;
  const apiUrl = read.SLACK_API_URL;
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken, apiUrl };
  return signingSecret === undefined ? null : { kind: 'http', botToken, signingSecret, apiUrl };
}

function slackGaps(read: Settings): SettingsProblem[] {
  const proof = read.SLACK_APP_TOKEN ?? read.SLACK_SIGNING_SECRET;
  if (read.SLACK_BOT_TOKEN === undefined) {
    const other = read.SLACK_APP_TOKEN === undefined ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN';
    const mend = `missing, though ${other} is set; copy the "Bot User OAuth Token" (xoxb-…), or unset ${other}`;
    return proof === undefined ? [] : [problem('SLACK_BOT_TOKEN', mend)];
  }
  const mend =
    'missing, though SLACK_BOT_TOKEN is set; copy it from "Basic Information" of the Slack app, or set SLACK_APP_TOKEN for Socket Mode';
  return proof === undefined ? [problem('SLACK_SIGNING_SECRET', mend)] : [];
}

const TEAMS_NEEDS = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'] as const;

function teamsOf(read: Settings): TeamsConfig | null {
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = read;
  if (appId === undefined || appPassword === undefined || tenantId === undefined) return null;
  return {
    appId,
    appPassword,
    tenantId,
    serviceHosts: read.TEAMS_SERVICE_URLS,
    openIdMetadataUrl: read.TEAMS_OPENID_METADATA_URL ?? null,
    tokenIssuer: read.TEAMS_TOKEN_ISSUER ?? null,
    loginUrl: read.TEAMS_LOGIN_URL ?? null,
  };
}

/** All or none: without an app id the Bot Framework adapter would accept anybody's messages. */
function teamsGaps(read: Settings): SettingsProblem[] {
  const set = TEAMS_NEEDS.filter((name) => read[name] !== undefined);
  const missing = TEAMS_NEEDS.filter((name) => read[name] === undefined);
  if (set.length === 0) return [];
  return missing.map((name) =>
    problem(
      name,
      `missing, though ${set.join(' and ')} ${set.length === 1 ? 'is' : 'are'} set; Teams needs all of ${TEAMS_NEEDS.join(', ')}`,
    ),
  );
}

function exposedSandbox(read: Settings): SettingsProblem[] {
  const isSandbox = read.SLACK_BOT_TOKEN === undefined && read.TEAMS_APP_ID === undefined;
  if (!isSandbox || read.HOST === undefined || isLoopback(read.HOST)) return [];
  return [
    problem('HOST', 'would open the sandbox, which has no login, to others; use 127.0.0.1, or set up Slack or Teams'),
  ];
}

function backupGaps(read: Settings): SettingsProblem[] {
  if (read.BACKUP_DIR === undefined || read.DATABASE_URL.startsWith('file:')) return [];
  const mend = 'is for SQLite only; unset it and let pg_dump run every day ("npx baton backup" prints the command)';
  return [problem('BACKUP_DIR', mend)];
}

function problem(setting: string, sentence: string): SettingsProblem {
  return { setting, line: `${setting}: ${sentence}.` };
}
