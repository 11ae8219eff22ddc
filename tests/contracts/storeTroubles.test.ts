import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Client } from 'pg';
import { openStore } from '../../adapters/storage';
import type { Store } from '../../src/app/ports';
import { isPglite } from '../support/postgres';
import {
  change,
  type Ground,
  intent,
  MONDAY,
  open,
  opened,
  openedOn,
  place,
  postgres,
  sqliteFile,
} from '../support/stores';

const pathOf = (ground: Ground): string => ground.url.slice('file:'.length);
const troubleOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (problem: { readonly name?: string; readonly trouble?: string }) =>
      problem.name === 'StoreFailure' ? problem.trouble : problem,
  );

/** Opens a store and gets hold of its connection, to play tricks on it. */
async function openedWithConnection(ground: Ground): Promise<{ store: Store; connection: BetterSqlite3.Database }> {
  const pragma = jest.spyOn(BetterSqlite3.prototype, 'pragma');
  const store = await openedOn(ground);
  const connection = pragma.mock.contexts[0] as unknown as BetterSqlite3.Database;
  pragma.mockRestore();
  return { store, connection };
}

describe('a database file', () => {
  let ground: Ground;
  beforeEach(async () => {
    ground = await sqliteFile();
  });
  afterEach(() => ground.drop());

  it('is made with its folder, and nobody else may read it', async () => {
    const store = await openedOn(ground);
    await opened(store);
    const modes = ['', '-wal', '-shm'].map((end) => statSync(pathOf(ground) + end).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    expect(statSync(dirname(pathOf(ground))).mode & 0o777).toBe(0o700);
    await store.close();
  });

  it('is all in one piece after it was closed', async () => {
    const store = await openedOn(ground);
    const it = await opened(store);
    await store.close();
    expect(() => statSync(`${pathOf(ground)}-wal`)).toThrow('ENOENT');
    const client = new BetterSqlite3(pathOf(ground), { readonly: true });
    expect(client.prepare('select number from cases').all()).toEqual([{ number: it.number }]);
    client.close();
  });

  it('syncs at every commit', async () => {
    const { store, connection } = await openedWithConnection(ground);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    await store.close();
  });

  it('takes what is asked at the same moment in one commit', async () => {
    const prepare = jest.spyOn(BetterSqlite3.prototype, 'prepare');
    const store = await openedOn(ground);
    const at = prepare.mock.calls.findIndex(([text]) => text === 'commit');
    const commit = jest.spyOn(prepare.mock.results[at]!.value as BetterSqlite3.Statement, 'run');
    prepare.mockRestore();
    const many = await Promise.all(Array.from({ length: 40 }, () => opened(store)));
    expect(commit).toHaveBeenCalledTimes(1);
    expect(new Set(many.map(({ number }) => number)).size).toBe(40);
    await opened(store);
    expect(commit).toHaveBeenCalledTimes(2);
    await store.close();
  });

  it('on a full disk refuses what does not fit, and that only', async () => {
    const { store, connection } = await openedWithConnection(ground);
    const it = await opened(store);
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 20}`);
    const huge = open(store, { case: { description: 'x'.repeat(1_000_000) } });
    const answers = await Promise.all([
      troubleOf(change(store, it.id)),
      troubleOf(huge),
      troubleOf(change(store, it.id)),
    ]);
    expect(answers).toEqual(['none', 'full', 'none']);
    await expect(open(store, { case: { description: 'x'.repeat(1_000_000) } })).rejects.toThrow(
      'The disk of the database is full: nothing was changed. Free some space; Baton goes on by itself.',
    );
    expect((await store.caseById(it.id))!.version).toBe(3);
    connection.pragma('max_page_count = 1000000');
    expect((await opened(store, { case: { description: 'x'.repeat(1_000_000) } })).number).toBe(it.number + 1);
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    await store.close();
  });

  it('held by somebody else says so, and goes on afterwards', async () => {
    const store = await openedOn(ground);
    const other = new BetterSqlite3(pathOf(ground));
    other.exec('begin immediate');
    expect(await Promise.all([troubleOf(open(store)), troubleOf(open(store))])).toEqual(['locked', 'locked']);
    expect(await store.caseByNumber(1001)).toBeNull();
    other.exec('rollback');
    other.close();
    expect((await opened(store)).number).toBe(1001);
    await store.close();
  });

  it('mended by hand keeps to its lanes: what is sent again waits for what is on its way', async () => {
    const store = await openedOn(ground);
    const settled = { kind: 'sent' as const, posted: null, role: null };
    await store.want([intent('older'), intent('newer')], { what: 'test', keys: [] }, MONDAY);
    const [older] = await store.claim(MONDAY, 10, 1000);
    await store.settle(older!, settled, MONDAY);
    const [newer] = await store.claim(MONDAY, 10, 1000);
    const hand = new BetterSqlite3(pathOf(ground));
    hand.exec(`update outbox set state = 'pending', done = 0 where dedupe = 'older'`);
    hand.close();
    expect(await store.claim(MONDAY, 10, 1000)).toEqual([]);
    await store.settle(newer!, settled, MONDAY);
    expect((await store.claim(MONDAY, 10, 1000)).map(({ id }) => id)).toEqual([older!.id]);
    await store.close();
  });

  it('that is none is told from one', async () => {
    mkdirSync(dirname(pathOf(ground)), { recursive: true });
    writeFileSync(pathOf(ground), 'This is a letter to my aunt, and long enough to have a header. '.repeat(100));
    await expect(openedOn(ground)).rejects.toThrow('The database is damaged or is not a database.');
  });

  it('that cannot be one is told of in a sentence', async () => {
    mkdirSync(pathOf(ground), { recursive: true });
    expect(await troubleOf(openedOn(ground))).toBe('unwritable');
    expect(await troubleOf(openStore(`${ground.url}/\0`))).not.toBe('none');
    await expect(openStore('mysql://root:secret@localhost/x')).rejects.toThrow('must begin with file: or postgres://');
    await expect(openStore('mysql://root:secret@localhost/x')).rejects.not.toThrow('secret');
    expect(await troubleOf(openStore('file:'))).toBe('unreachable');
  });
});

describe('a PostgreSQL server', () => {
  let ground: Ground;
  let store: Store;
  beforeAll(async () => {
    ground = await postgres();
    store = await openedOn(ground);
  });
  afterAll(async () => {
    await store.close();
    await ground.drop();
  });

  it('that is not there, or lets nobody in, is told of without the password', async () => {
    const nowhere = openStore('postgres://desk:secret@127.0.0.1:1/desk');
    await expect(nowhere).rejects.toMatchObject({ trouble: 'unreachable', code: 'ECONNREFUSED' });
    await expect(nowhere).rejects.not.toThrow('secret');
    if (isPglite()) return;
    const wrong = new URL(ground.url);
    wrong.pathname = '/there_is_no_such_database';
    await expect(openStore(wrong.href)).rejects.toMatchObject({ trouble: 'not-let-in', code: '3D000' });
  });

  it('that cuts connections fails what was under way, and nothing after that', async () => {
    if (isPglite()) return;
    const it = await opened(store);
    const admin = new Client({ connectionString: ground.url });
    await admin.connect();
    for (let round = 0; round < 3; round += 1) {
      const underWay = Array.from({ length: 20 }, () => troubleOf(change(store, it.id)));
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
      for (const trouble of await Promise.all(underWay)) expect(['none', 'unreachable']).toContain(trouble);
    }
    await admin.end();
    const version = (await store.caseById(it.id).catch(() => store.caseById(it.id)))!.version;
    expect(await store.journalOf(it.id)).toHaveLength(version);
    expect((await change(store, it.id)).kind).toBe('committed');
  });

  it('that refuses a row is quoted without what stood in it', async () => {
    const long = Array.from(
      { length: 5000 },
      (_, index) => String.fromCharCode(97 + ((index * index * 7) % 26)) + index,
    ).join('');
    const failing = open(store, {
      places: [{ place: place(long), role: 'heard' }],
      case: { title: 'a private matter' },
    });
    const problem: unknown = await failing.catch((caught: unknown) => caught);
    expect(problem).toMatchObject({ name: 'StoreFailure', trouble: 'failed' });
    expect(JSON.stringify(problem) + String(problem) + (problem as Error).stack).not.toMatch(/private matter|a0h1/);
    expect((await open(store)).kind).toBe('committed');
  });
});
