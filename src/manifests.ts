/** What an operator uploads: `npm run manifest:slack` prints the Slack app, `npm run manifest:teams` packs the Teams app. */
import { mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { config as readDotEnv } from 'dotenv';
import { MANIFEST_USAGE, manifestCommand } from '../adapters/slack/manifest';
import { writeTeamsPackage } from '../adapters/teams/package';

const TEAMS_FILES = join(__dirname, '..', 'manifests', 'teams');
/** Not below dist/manifests: a build removes there what it did not put there. */
const TEAMS_PACKAGE = join(__dirname, '..', 'baton-teams.zip');

const TEAMS_USAGE = 'npm run manifest:teams takes no words: it reads TEAMS_APP_ID from .env or the environment.';

async function teamsCommand(words: readonly string[]): Promise<string> {
  if (words.length > 0) throw new Error(TEAMS_USAGE);
  const appId = process.env['TEAMS_APP_ID']?.trim() ?? '';
  if (appId === '')
    throw new Error(
      'TEAMS_APP_ID: missing; set it in .env to the "Application (client) ID" of the bot\'s app registration.',
    );
  mkdirSync(dirname(TEAMS_PACKAGE), { recursive: true });
  await writeTeamsPackage(TEAMS_FILES, appId, TEAMS_PACKAGE);
  return `${relative('', TEAMS_PACKAGE)}\n`;
}

async function run([platform, ...words]: readonly string[]): Promise<string> {
  if (platform === 'slack') return words[0] === '--help' ? `${MANIFEST_USAGE}\n` : manifestCommand(words);
  if (platform === 'teams') return teamsCommand(words);
  throw new Error('Say for which platform: npm run manifest:slack, or npm run manifest:teams.');
}

readDotEnv({ quiet: true });
run(process.argv.slice(2)).then(
  (text) => void process.stdout.write(text),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
