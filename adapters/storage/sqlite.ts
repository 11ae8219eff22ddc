import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import * as tables from '../../drizzle/sqlite/schema';
import { type Database, migrationsOf } from './database';
import { asFailure } from './failures';
import { type Ask, type Ground, type RowsQuery, storable, type Work, type WriteQuery } from './work';
import { oneWriter } from './writer';

/** How long to wait for another process that writes. The event loop stands still meanwhile, so not long. */
const BUSY_TIMEOUT_MS = 250;

/** Opens the file (made with mode 0600, folder included) or `:memory:`, and applies the migrations it lacks. */
export function openSqlite(path: string): Database {
  try {
    if (path !== ':memory:') makeFile(path);
    const client = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      return settled(client);
    } catch (problem) {
      client.close();
      throw problem;
    }
  } catch (problem) {
    throw asFailure(problem);
  }
}

/** Before SQLite does, so that nobody else can read it for even a moment; the WAL takes over the file's mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function settled(client: BetterSqlite3.Database): Database {
  client.pragma('journal_mode = WAL');
  // What was acknowledged survives a power cut: in WAL only FULL syncs at each commit.
  client.pragma('synchronous = FULL');
  client.pragma('cache_size = -65536');
  // Many questions need a small table of their own for a moment; a file for it takes longer than they do.
  client.pragma('temp_store = memory');
  const db = drizzle(client);
  migrate(db, { migrationsFolder: migrationsOf('sqlite') });
  return databaseOf(client, db);
}

function databaseOf(client: BetterSqlite3.Database, db: BetterSQLite3Database<Record<string, never>>): Database {
  const perform = performer(db);
  const writer = oneWriter(client);
  return {
    write: (work) => writer.write(() => drive(work(), perform)),
    // Transactions of the one connection never wait in the middle, so a read cannot see half of one.
    read: async (work) => {
      try {
        return drive(work(), perform);
      } catch (problem) {
        throw asFailure(problem);
      }
    },
    close: async () => {
      if (!client.open) return;
      writer.end();
      // Not `optimize`: what it learns of small tables makes SQLite read them whole, also when they have grown.
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.close();
    },
  };
}

/** Runs work to its end at once: a transaction that waited would let other writes in between. */
function drive<T>(work: Work<T>, perform: (ask: Ask) => readonly unknown[]): T {
  let step = work.next([]);
  while (!step.done) step = work.next(perform(step.value));
  return step.value;
}

type Rows = ReturnType<RowsQuery<unknown>['prepare']>;
type Write = ReturnType<WriteQuery['prepare']>;

function performer(db: Ground['db']): (ask: Ask) => readonly unknown[] {
  const ground: Ground = {
    db,
    t: tables,
    // There is one writer, and whoever reads in a transaction is it.
    locked: (query) => query,
    free: (query) => query,
    texts: (array) => sql`(select value from json_each(${array}))`,
    bytes: (column) => column.getSQL(),
  };
  const rows = new Map<string, Rows>();
  const writes = new Map<string, Write>();
  return (ask) => {
    const { name } = ask.statement;
    if (ask.kind === 'rows') {
      const query = kept(rows, name, () => ask.statement.build(ground).prepare());
      return query.all(storable(ask.values));
    }
    kept(writes, name, () => ask.statement.build(ground).prepare()).run(storable(ask.values));
    return [];
  };
}

function kept<Prepared>(prepared: Map<string, Prepared>, name: string, prepare: () => Prepared): Prepared {
  const known = prepared.get(name);
  if (known !== undefined) return known;
  const fresh = prepare();
  prepared.set(name, fresh);
  return fresh;
}
