import { is, SQL } from 'drizzle-orm';
import { PgDialect, PgTable, getTableConfig as postgresTable } from 'drizzle-orm/pg-core';
import { SQLiteSyncDialect, SQLiteTable, getTableConfig as sqliteTable } from 'drizzle-orm/sqlite-core';
import * as postgresTables from '../../drizzle/postgres/schema';
import * as sqliteTables from '../../drizzle/sqlite/schema';

const sqlite = { ...sqliteTables };
const postgres = { ...postgresTables };

/** The types that hold the same: what a column of SQLite may be called in PostgreSQL. */
const SAME_TYPES: Readonly<Record<string, readonly string[]>> = {
  integer: ['bigint', 'integer', 'bigserial'],
  text: ['text', 'json'],
};

interface Described {
  readonly columns: readonly unknown[];
  readonly indices: readonly unknown[];
  readonly keys: readonly unknown[];
}

const plain = (text: string): string => text.replaceAll('"', '').replace(/ collate C/g, '');
const bySql = { sqlite: new SQLiteSyncDialect(), postgres: new PgDialect() };
const written = (part: unknown, dialect: keyof typeof bySql): string => {
  if (is(part, SQL)) return plain(bySql[dialect].sqlToQuery(part).sql).split('.').pop() ?? '';
  return (part as { name: string }).name;
};

function inSqlite(table: SQLiteTable): Described {
  const it = sqliteTable(table);
  return {
    columns: it.columns.map((column) => [
      column.name,
      column.keyAsName,
      column.notNull,
      column.primary,
      column.dataType,
    ]),
    indices: it.indexes.map(({ config }) => [
      config.name,
      config.unique,
      config.columns.map((column) => written(column, 'sqlite')),
      config.where === undefined ? null : written(config.where, 'sqlite'),
    ]),
    keys: it.primaryKeys.map((key) => [key.getName(), key.columns.map(({ name }) => name)]),
  };
}

function inPostgres(table: PgTable): Described {
  const it = postgresTable(table);
  return {
    columns: it.columns.map((column) => [
      column.name,
      column.keyAsName,
      column.notNull,
      column.primary,
      column.dataType,
    ]),
    indices: it.indexes.map(({ config }) => [
      config.name,
      config.unique,
      config.columns.map((column) => written(column, 'postgres')),
      config.where === undefined ? null : written(config.where, 'postgres'),
    ]),
    keys: it.primaryKeys.map((key) => [key.getName(), key.columns.map(({ name }) => name)]),
  };
}

describe('the two schemas', () => {
  const tables = Object.keys(sqlite).sort() as (keyof typeof sqlite)[];

  it('have the same tables', () => {
    expect(Object.keys(postgres).sort()).toEqual(tables);
    expect(tables).toEqual([
      'cases',
      'clients',
      'conversations',
      'counters',
      'early',
      'journal',
      'memories',
      'outbox',
      'pauses',
      'places',
      'presence',
      'receipts',
    ]);
  });

  it.each(tables)('agree on %s: columns, what may be missing, keys, indices and their conditions', (name) => {
    const [one, two] = [sqlite[name], postgres[name]];
    if (!is(one, SQLiteTable) || !is(two, PgTable)) throw new Error(`${name} is no table`);
    expect(sqliteTable(one).name).toBe(postgresTable(two).name);
    expect(inPostgres(two)).toEqual(inSqlite(one));
    expect(inSqlite(one).columns.length).toBeGreaterThan(1);
  });

  it.each(tables)('hold the same in the columns of %s', (name) => {
    const columns = sqliteTable(sqlite[name]).columns.map((column) => [column.name, column.getSQLType()] as const);
    const types = new Map(postgresTable(postgres[name]).columns.map((column) => [column.name, column.getSQLType()]));
    for (const [column, type] of columns) expect(SAME_TYPES[type]).toContain(types.get(column));
  });
});
