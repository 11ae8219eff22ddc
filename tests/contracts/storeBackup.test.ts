import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { backUp, openStore, restore } from '../../adapters/storage';
import { backupName, backupsIn, lookAtBackups } from '../../src/backups';
import { DAY_MS, HOUR_MS } from '../../src/domain/ids';
import { change, type Ground, intent, MONDAY, opened, openedOn, sqliteFile } from '../support/stores';

let ground: Ground;
let database: string;
let copy: string;
beforeEach(async () => {
  ground = await sqliteFile();
  database = ground.url.slice('file:'.length);
  copy = join(dirname(database), 'copies', 'copy.db');
});
afterEach(() => ground.drop());

const beside = (file: string): string[] =>
  readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)) && name !== basename(file));
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (problem: Error) => problem.message,
  );
const count = (file: string, table: string): unknown => {
  const client = new BetterSqlite3(file, { readonly: true });
  const found = client.prepare(`select count(*) as count from ${table}`).get() as { count: number };
  client.close();
  return found.count;
};

describe('A backup', () => {
  it('is one whole moment of a database that is written all the time', async () => {
    const store = await openedOn(ground);
    let writing = true;
    let written = 0;
    const load = async (): Promise<void> => {
      while (writing) {
        const it = await opened(store);
        await Promise.all([change(store, it.id), change(store, it.id)]);
        written += 1;
      }
    };
    const loads = [load(), load(), load()];
    while (written < 20) await store.ping();
    const { cases, bytes } = await backUp(database, copy);
    writing = false;
    await Promise.all(loads);
    expect(cases).toBeGreaterThanOrEqual(20);
    expect(bytes).toBe(statSync(copy).size);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(beside(copy)).toEqual([]);
    const restored = await openStore(`file:${copy}`);
    const { cases: all } = await restored.list({ offset: 0, limit: 1000 });
    expect(all).toHaveLength(cases);
    for (const it of all) expect(await restored.journalOf(it.id)).toHaveLength(it.version);
    await restored.close();
    await store.close();
  });

  it('that fails leaves the last one as it was, and nothing half', async () => {
    const store = await openedOn(ground);
    await opened(store);
    await store.close();
    await backUp(database, copy);
    const before = readFileSync(copy);
    truncateSync(database, 40_000);
    expect(await refusal(backUp(database, copy))).not.toBe('none');
    expect(await refusal(backUp(`${database}.not-there`, copy))).toContain('There is no database at');
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(beside(copy)).toEqual([]);
  });

  it('is put back only while nobody has the database open, and what was there is kept', async () => {
    const store = await openedOn(ground);
    const first = await opened(store);
    await store.want([intent('waits')], { what: 'test', keys: [] }, MONDAY);
    await backUp(database, copy);
    const second = await opened(store);
    expect(await refusal(restore(copy, database))).toContain('Baton runs on');
    expect((await store.caseById(second.id))?.number).toBe(second.number);
    await store.close();
    const { cases, aside } = await restore(copy, database);
    expect(cases).toBe(1);
    expect(count(aside ?? '', 'cases')).toBe(2);
    expect(statSync(database).mode & 0o777).toBe(0o600);
    const again = await openedOn(ground);
    expect((await again.caseByNumber(first.number))?.id).toBe(first.id);
    expect(await again.caseById(second.id)).toBeNull();
    // It was probably sent since, so it is looked for first.
    expect(await again.claim(MONDAY, 10, 1000)).toMatchObject([{ ambiguous: true }]);
    await again.close();
  });

  it('that is damaged, or none, is not put back', async () => {
    const store = await openedOn(ground);
    for (let n = 0; n < 30; n += 1) await opened(store, { case: { description: 'x'.repeat(4000) } });
    await backUp(database, copy);
    await store.close();
    const whole = readFileSync(copy);
    writeFileSync(copy, whole.subarray(0, whole.length / 2));
    expect(await refusal(restore(copy, database))).toMatch(/damaged/);
    whole.fill(7, 20_000, 60_000);
    writeFileSync(copy, whole);
    expect(await refusal(restore(copy, database))).toMatch(/damaged/);
    writeFileSync(copy, 'A letter to my aunt. '.repeat(500));
    expect(await refusal(restore(copy, database))).toMatch(/no database of Baton/);
    expect(count(database, 'cases')).toBe(30);
    expect(beside(database).filter((name) => !/-(wal|shm)$/.test(name))).toEqual([]);
  });

  it('is put back in place of a damaged database, and of none', async () => {
    const store = await openedOn(ground);
    await opened(store);
    await backUp(database, copy);
    await store.close();
    writeFileSync(database, 'Not a database any more. '.repeat(500));
    const { aside } = await restore(copy, database);
    expect(readFileSync(aside ?? '', 'utf8')).toContain('Not a database');
    const elsewhere = join(dirname(database), 'new', 'baton.db');
    expect(await restore(copy, elsewhere)).toMatchObject({ cases: 1, aside: null });
    expect(count(elsewhere, 'cases')).toBe(1);
    expect(count(database, 'cases')).toBe(1);
  });
});

describe('Backups by themselves', () => {
  it('are one a day, so many kept, and leave alone what is not theirs', async () => {
    const dir = dirname(copy);
    let nowMs: number = MONDAY;
    const look = () =>
      lookAtBackups({ dir, keep: 3, nowMs: () => nowMs, backUp: async (file) => writeFileSync(file, '') });
    expect(backupsIn(dir)).toEqual([]);
    expect(await look()).toBe(backupName(MONDAY));
    writeFileSync(join(dir, 'baton-by-hand.db'), '');
    nowMs += 23 * HOUR_MS;
    expect(await look()).toBeNull();
    for (let day = 0; day < 5; day += 1) {
      nowMs += DAY_MS;
      expect(await look()).toBe(backupName(nowMs));
    }
    expect(backupsIn(dir).map(({ atMs }) => atMs)).toEqual([nowMs - 2 * DAY_MS, nowMs - DAY_MS, nowMs]);
    expect(existsSync(join(dir, 'baton-by-hand.db'))).toBe(true);
  });

  it('keep what there is when one fails', async () => {
    const dir = dirname(copy);
    const backups = { dir, keep: 1, backUp: async (file: string) => writeFileSync(file, '') };
    await lookAtBackups({ ...backups, nowMs: () => MONDAY });
    const failing = { ...backups, nowMs: () => MONDAY + DAY_MS, backUp: async () => Promise.reject(new Error('full')) };
    await expect(lookAtBackups(failing)).rejects.toThrow('full');
    expect(backupsIn(dir)).toHaveLength(1);
  });
});
