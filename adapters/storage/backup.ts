/** Copies of an SQLite database that are whole: made while Baton runs, looked through before they count, and put back. */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { asFailure, codeOf } from './failures';

/** All pages in one step: a copy in many steps begins anew whenever Baton writes in between, and under load never ends. */
const ALL_PAGES = 0x7fff_ffff;
/** What SQLite keeps beside a database while it is open. */
const BESIDE = ['-wal', '-shm', '-journal'] as const;

/** Why there is no backup, or why none was put back. One sentence for whoever asked. */
export class BackupFailure extends Error {}

export interface Copy {
  readonly cases: number;
  readonly bytes: number;
}

/**
 * Copies the database at `from` to `to` as it is at one moment. `to` is there whole and looked through (mode 0600), or as it was
 * before. Throws BackupFailure or StoreFailure.
 */
export async function backUp(from: string, to: string): Promise<Copy> {
  if (!existsSync(from)) throw new BackupFailure(`There is no database at ${from}.`);
  return inPlaceOf(to, async (partial) => {
    const source = new BetterSqlite3(from, { fileMustExist: true });
    try {
      await source.backup(partial, { progress: () => ALL_PAGES });
    } finally {
      source.close();
    }
  });
}

export interface Restored extends Copy {
  /** Where the database that was there lies now; null when there was none. */
  readonly aside: string | null;
}

/** Puts the copy at `from` in place of the database at `to`, which is kept beside it. Refuses while anybody has it open. */
export async function restore(from: string, to: string): Promise<Restored> {
  if (!existsSync(from)) throw new BackupFailure(`There is no backup at ${from}.`);
  let aside: string | null = null;
  const copy = await inPlaceOf(
    to,
    async (partial) => {
      copyFileSync(from, partial);
      chmodSync(partial, 0o600);
      // A copy that was made by hand of a running Baton has its newest pages beside it.
      if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${partial}-wal`);
    },
    (partial) => {
      mayHaveBeenSent(partial);
      aside = setAside(to);
    },
  );
  return { ...copy, aside };
}

/** Makes the copy under another name, looks through it, and only then gives it its own. */
async function inPlaceOf(
  to: string,
  make: (partial: string) => Promise<void>,
  before: (partial: string) => void = () => undefined,
): Promise<Copy> {
  const partial = `${to}.${randomUUID().slice(0, 8)}.partial`;
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    closeSync(openSync(partial, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
    await make(partial);
    const cases = casesIn(partial);
    before(partial);
    synced(partial);
    renameSync(partial, to);
    synced(dirname(to));
    return { cases, bytes: statSync(to).size };
  } catch (problem) {
    for (const end of ['', ...BESIDE]) rmSync(partial + end, { force: true });
    throw asFailure(problem);
  }
}

/** Reads all of a copy and makes it one file. Throws when anything in it is not as it should be. */
function casesIn(copy: string): number {
  try {
    const client = new BetterSqlite3(copy, { fileMustExist: true });
    try {
      client.pragma('journal_mode = DELETE');
      const found = client.pragma('integrity_check', { simple: true });
      if (found !== 'ok') throw new BackupFailure(`The copy is damaged (${String(found)}): it was not kept.`);
      return client.prepare<[], { cases: number }>('select count(*) as cases from cases').get()?.cases ?? 0;
    } finally {
      client.close();
    }
  } catch (problem) {
    if (problem instanceof BackupFailure || /FULL|IOERR/.test(codeOf(problem))) throw problem;
    throw new BackupFailure(`That is no database of Baton, or a damaged one (${(problem as Error).message}).`);
  }
}

/** What waited to be sent when the copy was made has probably been sent since: Baton looks for it, or asks, before it sends it again. */
function mayHaveBeenSent(copy: string): void {
  const client = new BetterSqlite3(copy);
  try {
    client.exec(`update outbox set ambiguous = 1 where state in ('pending', 'sending') and ambiguous = 0`);
  } finally {
    client.close();
  }
}

/**
 * Gives the database another name beside its own, which the copy then takes at one stroke: there is one at every moment.
 * Whoever has it open holds a lock on it, so that nobody else can have it alone.
 */
function setAside(database: string): string | null {
  if (!existsSync(database)) return null;
  try {
    const client = new BetterSqlite3(database, { timeout: 0 });
    try {
      client.pragma('locking_mode = EXCLUSIVE');
      client.exec('begin exclusive; commit');
      client.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      client.close();
    }
  } catch (problem) {
    if (/BUSY|LOCKED/.test(codeOf(problem)))
      throw new BackupFailure(`Baton runs on ${database}: stop it first. Nothing was changed.`);
    // A damaged one is what a backup is put back for.
    if (!/CORRUPT|NOTADB/.test(codeOf(problem))) throw problem;
  }
  const aside = `${database}.before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  try {
    linkSync(database, aside);
  } catch {
    // Not every file system knows links.
    copyFileSync(database, aside, constants.COPYFILE_EXCL);
  }
  for (const end of BESIDE) if (existsSync(database + end)) renameSync(database + end, aside + end);
  return aside;
}

function synced(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
