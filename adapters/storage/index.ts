/** Where Baton keeps everything: SQLite in a file, or PostgreSQL. `Store` of src/app/ports says what each method promises. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../src/app/ports';
import { claim } from './claim';
import { transact } from './commit';
import type { Database, StoreLog } from './database';
import { earlyAt, forgetEarly, keepEarly } from './early';
import { StoreFailure } from './failures';
import { dealt, held } from './held';
import { list } from './list';
import { outboxState, settle } from './outbox';
import { openPostgres } from './postgres';
import { appear, leave, present } from './presence';
import * as queries from './queries';
import { createReadBefore } from './readBefore';
import { forgetReceipts } from './receipts';
import { openSqlite } from './sqlite';
import { delivery, pause, stuck, tend, troubles } from './troubles';
import { drawingOf, postedAt, want } from './wishes';

export { BackupFailure, backUp, restore } from './backup';
export { StoreFailure };

export interface StoreOptions {
  readonly log?: StoreLog;
  /** The ids of cases and postings; UUIDs unless a simulation gives its own. */
  readonly newId?: () => string;
}

/**
 * Opens `file:./data/baton.db`, `file::memory:` or `postgres://…` and brings its tables up to date. Throws StoreFailure,
 * whose message tells the operator what to do.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const log = options.log ?? { warn: () => undefined };
  const database = await openDatabase(url, log);
  await database.write(queries.beginNumbers);
  return storeOf(database, options.newId ?? randomUUID);
}

/** The file of an SQLite database; null for one in memory and for PostgreSQL. */
export function sqlitePath(url: string): string | null {
  if (!url.startsWith('file:') || url === 'file::memory:' || url === 'file:') return null;
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
}

async function openDatabase(url: string, log: StoreLog): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, log);
  if (url === 'file::memory:' || url === 'sqlite::memory:') return openSqlite(':memory:');
  const path = sqlitePath(url);
  if (path !== null) return openSqlite(path);
  // The URL itself is not told: it may hold a password.
  throw new StoreFailure('unreachable', 'url', 'DATABASE_URL must begin with file: or postgres://');
}

function storeOf(database: Database, newId: () => string): Store {
  const { read, write } = database;
  const before = createReadBefore();
  return {
    transact: (asked, choose) => write(() => transact(asked, choose, { newId, before })),
    want: (intents, cause, at) => write(() => want(intents, cause, at, newId)),
    drawingOf: (dedupe) => read(() => drawingOf(dedupe)),
    postedAt: (dedupe) => read(() => postedAt(dedupe)),
    caseById: (id) => read(() => queries.caseById(id, before)),
    caseByNumber: (number) => read(() => queries.caseByNumber(number, before)),
    caseAt: (place) => read(() => queries.caseAt(place)),
    journalOf: (id) => read(() => queries.journalOf(id, before)),
    happened: (query) => read(() => queries.happened(query)),
    list: (query) => read(() => list(query, before)),
    due: (at, limit) => read(() => queries.due(at, limit)),
    nextAlarmAt: () => read(() => queries.nextAlarmAt()),
    cardOf: (id, platform) => read(() => queries.cardOf(id, platform)),
    clients: (startingWith, limit) => read(() => queries.clients(startingWith, limit)),
    clientById: (id) => read(() => queries.clientById(id)),
    claim: (at, limit, leaseMs, choice) => write(() => claim({ at, limit, leaseMs }, choice), 'claim'),
    settle: (posting, how, at) => write(() => settle(posting, how, at)),
    outbox: (at) => read(() => outboxState(at)),
    pause: (wanted, at) => write(() => pause(wanted, at)),
    troubles: (at, page) => read(() => troubles(at, page)),
    delivery: (id) => read(() => delivery(id)),
    stuck: (before, at) => read(() => stuck(before, at)),
    tend: (id, tended) => write(() => tend(id, tended)),
    conversation: (platform, key) => read(() => queries.conversation(platform, key)),
    rememberConversation: (known) => write(() => queries.rememberConversation(known)),
    recall: (name) => read(() => queries.recall(name)),
    remember: (name, text) => write(() => queries.remember(name, text)),
    rememberIf: (name, before, text) => write(() => queries.rememberIf(name, before, text)),
    held: (people) => read(() => held(people)),
    dealt: (client, limit) => read(() => dealt(client, limit)),
    keepEarly: (early, cause, at) => write(() => keepEarly(early, cause, at)),
    earlyAt: (place) => read(() => earlyAt(place)),
    forgetEarly: (before) => write(() => forgetEarly(before)),
    appear: (form) => write(() => appear(form)),
    leave: (it, person) => write(() => leave(it, person)),
    present: (it, at) => read(() => present(it, at)),
    forgetReceipts: (before) => write(() => forgetReceipts(before)),
    ping: () => write(queries.ping),
    close: () => database.close(),
  };
}
