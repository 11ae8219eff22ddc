import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { JsonObject } from './connector';

/** Stands in the manifest for the app id, in the form that the manifest's schema asks for. */
export const APP_ID_PLACEHOLDER = '00000000-0000-0000-0000-000000000000';
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export interface PackageFiles {
  readonly manifest: string;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}

/** The app manifest for an app id. Throws a sentence when the id is none. */
export function manifestFor(manifest: string, appId: string): JsonObject {
  if (!GUID.test(appId)) {
    throw new Error(`TEAMS_APP_ID ("${appId}") is not an app id: it reads like ${APP_ID_PLACEHOLDER}.`);
  }
  return JSON.parse(manifest.replaceAll(APP_ID_PLACEHOLDER, appId.toLowerCase())) as JsonObject;
}

/** The app package that an operator uploads to Teams: manifest and icons in a zip. */
export function teamsPackage({ manifest, color, outline }: PackageFiles, appId: string): Uint8Array {
  const filled = `${JSON.stringify(manifestFor(manifest, appId), null, 2)}\n`;
  return zipSync({ 'manifest.json': strToU8(filled), 'color.png': color, 'outline.png': outline });
}

/** Reads the folder `manifests/teams` and writes the package to `out`. */
export async function writeTeamsPackage(folder: string, appId: string, out: string): Promise<void> {
  const [manifest, color, outline] = await Promise.all([
    readFile(join(folder, 'manifest.json'), 'utf8'),
    readFile(join(folder, 'color.png')),
    readFile(join(folder, 'outline.png')),
  ]);
  await writeFile(out, teamsPackage({ manifest, color, outline }, appId));
}
