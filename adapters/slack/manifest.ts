/** The app manifest that an operator uploads: one file, and a variant of it for each way that Slack can reach Baton. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import { parse, stringify } from 'yaml';

/** Beside the product's own files, in the source tree as in the built one. */
export const MANIFEST_PATH = resolve(__dirname, '../../manifests/slack.yaml');

/** A Slack app manifest, as the platform's own package describes it. */
export type Manifest = AppsManifestValidateArguments['manifest'];

/** The manifest as it lies in `manifests/slack.yaml`: the Socket Mode variant, which needs no address. */
export function readSlackManifest(path = MANIFEST_PATH): Manifest {
  return parse(readFileSync(path, 'utf8')) as Manifest;
}

/** How Slack reaches Baton: over a socket that Baton opens, or at its address on the internet. */
export type Reach = { readonly by: 'socket' } | { readonly by: 'http'; readonly baseUrl: string };

/** The same app for the other way in. Throws a sentence when the address is none that Slack would call. */
export function manifestFor(reach: Reach, base: Manifest = readSlackManifest()): Manifest {
  const url = reach.by === 'http' ? requestUrl(reach.baseUrl) : null;
  const at = url === null ? {} : { request_url: url };
  const { settings = {}, features = {} } = base;
  const commands = (features.slash_commands ?? []).map(({ url: _old, ...command }) => ({
    ...command,
    ...(url ? { url } : {}),
  }));
  const { request_url: _events, ...events } = settings.event_subscriptions ?? {};
  const interactivity = { is_enabled: true, ...at, ...(url ? { message_menu_options_url: url } : {}) };
  return {
    ...base,
    features: { ...features, slash_commands: commands },
    settings: {
      ...settings,
      event_subscriptions: { ...at, ...events },
      interactivity,
      socket_mode_enabled: url === null,
    },
  };
}

function requestUrl(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) throw new Error(`"${baseUrl}" is no address. Give one like https://baton.example.com`);
  const { protocol, origin, pathname } = new URL(baseUrl);
  if (protocol !== 'https:')
    throw new Error('Slack calls https addresses only. Give one like https://baton.example.com');
  return `${origin}${pathname.replace(/\/+$/, '')}/slack/events`;
}

/** The manifest as the operator pastes it into Slack. */
export const manifestYaml = (manifest: Manifest): string => stringify(manifest, { lineWidth: 0 });

export const MANIFEST_USAGE = `Prints the Slack app manifest, to be pasted at api.slack.com/apps ("From a manifest").
  --socket      for Socket Mode (SLACK_APP_TOKEN); the default
  --url BASE    for HTTP: Slack calls BASE/slack/events`;

/** What `npm run manifest:slack -- …` prints. Throws a sentence for words that it does not know. */
export function manifestCommand(args: readonly string[]): string {
  const [word, value, ...rest] = args;
  if (word === undefined || (word === '--socket' && value === undefined))
    return manifestYaml(manifestFor({ by: 'socket' }));
  if (word === '--url' && value !== undefined && rest.length === 0)
    return manifestYaml(manifestFor({ by: 'http', baseUrl: value }));
  throw new Error(MANIFEST_USAGE);
}
