/** The emulated Slack that the processes are started against, and their settings for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest, type SlackWorld } from '../../adapters/sandbox/slack';

/** The same from tests/ and from dist/tests/. */
export const ROOT = join(__dirname, '..', '..').replace(/[\\/]dist$/, '');
const SECRETS = { signingSecret: 'a-signing-secret', botToken: 'xoxb-desk', appToken: 'xapp-desk' };

export async function openSlack(): Promise<SlackWorld> {
  const manifest = parse(readFileSync(join(ROOT, 'manifests', 'slack.yaml'), 'utf8')) as SlackManifest;
  // Slack gives up after three tries; here it goes on, so that what is missing in the end was lost by Baton.
  const retryDelaysMs = [300, 900, ...Array.from({ length: 600 }, () => 2000)];
  const world = createSlackWorld({
    seed: SLACK_SEED,
    manifest,
    now: Date.now,
    delivery: 'http',
    retryDelaysMs,
    ...SECRETS,
  });
  await world.start(0);
  return world;
}

export const envOf = (apiUrl: string, databaseUrl: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOST: '127.0.0.1',
  DATABASE_URL: databaseUrl,
  SLACK_BOT_TOKEN: SECRETS.botToken,
  SLACK_SIGNING_SECRET: SECRETS.signingSecret,
  SLACK_API_URL: apiUrl,
  LOG_LEVEL: 'silent',
});
