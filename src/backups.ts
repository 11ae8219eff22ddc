/** The backups that Baton makes by itself: one a day, so many kept. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from './domain/ids';

/** A day and as much again: one that is older was missed. */
export const BACKUP_LATE_MS = 2 * DAY_MS;
const BACKUP_WITHIN_MS = HOUR_MS;
/** Names sort by their time, and nothing that people put beside them is touched. */
const NAME = /^baton-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)Z\.db$/;

export const backupName = (atMs: number): string =>
  `baton-${new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z.db`;

/** The backups in a folder, the oldest first, each with the time in its name; empty when there is no such folder. */
export function backupsIn(dir: string): readonly { readonly name: string; readonly atMs: number }[] {
  try {
    return readdirSync(dir)
      .sort()
      .flatMap((name) => {
        const [, date, hour, minute, second] = NAME.exec(name) ?? [];
        return date === undefined ? [] : [{ name, atMs: Date.parse(`${date}${hour}:${minute}:${second}Z`) }];
      });
  } catch {
    return [];
  }
}

export interface Backups {
  readonly dir: string;
  /** How many are kept, at least one. */
  readonly keep: number;
  readonly nowMs: () => number;
  readonly backUp: (file: string) => Promise<void>;
}

/** Makes a backup when the newest is a day old, and then removes those that are too many. Resolves with its name, or null. */
export async function lookAtBackups({ dir, keep, nowMs, backUp }: Backups): Promise<string | null> {
  const newest = backupsIn(dir).at(-1);
  if (newest !== undefined && nowMs() - newest.atMs < DAY_MS) return null;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const name = backupName(nowMs());
  await backUp(join(dir, name));
  for (const old of backupsIn(dir).slice(0, -keep)) rmSync(join(dir, old.name));
  return name;
}

/** In a process of its own: reading a whole database holds up whatever runs beside it. Rejects with what `baton backup` said. */
export const backUpApart =
  (databaseUrl: string) =>
  (file: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, DATABASE_URL: databaseUrl };
      execFile(
        process.execPath,
        [join(__dirname, 'cli.js'), 'backup', file],
        { env, timeout: BACKUP_WITHIN_MS },
        (error, _, said) => (error === null ? resolve() : reject(new Error(said.trim() || error.message))),
      );
    });
