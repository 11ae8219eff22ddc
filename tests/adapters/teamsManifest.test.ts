import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TeamsManifest } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { manifestFor, teamsPackage, writeTeamsPackage } from '../../adapters/teams';
import { APP_ID, manifestText } from './teamsBench';

const FOLDER = join(__dirname, '../../manifests/teams');
const icon = (name: string): Buffer => readFileSync(join(FOLDER, name));
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

// In a process of its own: the package loads an ES module by require, which Node can and jest cannot. Its schemas come
// with it; a look at the network would fail.
const CHECK = `
globalThis.fetch = () => { throw new Error('The check wants the network'); };
const { AppManifestUtils } = require('@microsoft/app-manifest');
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  const problems = await AppManifestUtils.validateAgainstSchema(JSON.parse(Buffer.concat(chunks)));
  process.stdout.write(JSON.stringify(problems));
});`;

/** What Microsoft's own check finds wrong with a manifest. */
function problemsOf(manifest: object): string[] {
  const cwd = join(__dirname, '../..');
  const run = spawnSync(process.execPath, ['-e', CHECK], { cwd, input: JSON.stringify(manifest), encoding: 'utf8' });
  if (run.stdout === '') throw new Error(run.stderr);
  return JSON.parse(run.stdout) as string[];
}

test('the manifest is valid as it lies there and with an app id', () => {
  expect(problemsOf(JSON.parse(manifestText()) as TeamsManifest)).toEqual([]);
  expect(problemsOf(manifestFor(manifestText(), APP_ID))).toEqual([]);
});

test('the check bites: a wrong scope is found', () => {
  const manifest = JSON.parse(manifestText()) as { bots: { scopes: string[] }[] };
  manifest.bots[0]!.scopes = ['everywhere'];
  expect(problemsOf(manifest)).not.toEqual([]);
});

test('it asks for what Baton needs', () => {
  const manifest = manifestFor(manifestText(), APP_ID) as unknown as {
    manifestVersion: string;
    bots: {
      botId: string;
      supportsTargetedMessages: boolean;
      commandLists: { triggers?: string[]; commands: { title: string }[] }[];
    }[];
    composeExtensions: { commands: { id: string; type: string; context: string[] }[] }[];
    authorization: { permissions: { resourceSpecific: { name: string }[] } };
    webApplicationInfo: { id: string };
  };
  expect(Number(manifest.manifestVersion.split('.')[1])).toBeGreaterThanOrEqual(29);
  expect(manifest.bots[0]).toMatchObject({ botId: APP_ID, supportsTargetedMessages: true });
  expect(manifest.bots[0]!.commandLists.some(({ triggers }) => triggers?.includes('slash'))).toBe(true);
  expect(
    manifest.bots[0]!.commandLists.flatMap(({ commands }) => commands).every(({ title }) => title.startsWith('case ')),
  ).toBe(true);
  expect(manifest.composeExtensions[0]!.commands).toContainEqual(
    expect.objectContaining({ id: 'openCase', type: 'action', context: ['message'] }),
  );
  expect(manifest.authorization.permissions.resourceSpecific).toEqual([
    { name: 'ChannelMessage.Read.Group', type: 'Application' },
  ]);
  expect(manifest.webApplicationInfo.id).toBe(APP_ID);
  expect(JSON.stringify(manifest)).not.toContain('00000000-0000-0000-0000-000000000000');
});

test('the icons have the sizes that Teams asks for', () => {
  expect(sizeOf(icon('color.png'))).toEqual({ width: 192, height: 192 });
  expect(sizeOf(icon('outline.png'))).toEqual({ width: 32, height: 32 });
});

test('the package holds manifest and icons at its top', async () => {
  const zip = teamsPackage(
    { manifest: manifestText(), color: icon('color.png'), outline: icon('outline.png') },
    APP_ID,
  );
  const files = unzipSync(zip);
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  expect(JSON.parse(strFromU8(files['manifest.json']!))).toMatchObject({ id: APP_ID });
  const folder = await mkdtemp(join(tmpdir(), 'teams-package-'));
  try {
    await writeTeamsPackage(FOLDER, APP_ID, join(folder, 'baton.zip'));
    expect(Object.keys(unzipSync(await readFile(join(folder, 'baton.zip'))))).toHaveLength(3);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('something that is no app id is refused in words', () => {
  expect(() => manifestFor(manifestText(), 'my-app')).toThrow(/TEAMS_APP_ID \("my-app"\) is not an app id/);
});
