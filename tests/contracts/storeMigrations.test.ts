import BetterSqlite3 from 'better-sqlite3';
import { getTableConfig as postgresTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteTable } from 'drizzle-orm/sqlite-core';
import { Client } from 'pg';
import * as postgresTables from '../../drizzle/postgres/schema';
import * as sqliteTables from '../../drizzle/sqlite/schema';
import { isPglite } from '../support/postgres';
import { opened, openedOn, postgres, sqliteFile } from '../support/stores';

/** Table, column, and whether it may be missing: as the schema says, and as the migrations made it. */
type Column = readonly [string, string, boolean];
const sorted = <Item>(items: readonly Item[]): Item[] =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('the migrations', () => {
  it('make what the schema says on SQLite', async () => {
    const ground = await sqliteFile();
    await (await openedOn(ground)).close();
    const client = new BetterSqlite3(ground.url.slice('file:'.length));
    const columns = client
      .prepare(
        `select m.name as "table", c.name as "column", c."notnull" as required
         from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like '\\_\\_%' escape '\\'
           and m.name not like 'sqlite\\_%' escape '\\'`,
      )
      .all() as { readonly table: string; readonly column: string; readonly required: number }[];
    const indices = client
      .prepare(`select name from sqlite_master where type = 'index' and name not like 'sqlite\\_%' escape '\\'`)
      .all() as { readonly name: string }[];
    client.close();
    await ground.drop();
    const said = Object.values({ ...sqliteTables }).map(sqliteTable);
    expect(sorted(columns.map((it): Column => [it.table, it.column, it.required === 1]))).toEqual(
      sorted(said.flatMap((table) => table.columns.map((it): Column => [table.name, it.name, it.notNull]))),
    );
    expect(sorted(indices.map(({ name }) => name))).toEqual(
      sorted(said.flatMap((table) => table.indexes.map(({ config }) => config.name))),
    );
  });

  it('make what the schema says on PostgreSQL', async () => {
    const ground = await postgres();
    await (await openedOn(ground)).close();
    const client = new Client({ connectionString: ground.url });
    await client.connect();
    const columns = await client.query<{ table: string; column: string; required: boolean }>(
      `select table_name as "table", column_name as "column", is_nullable = 'NO' as required
       from information_schema.columns where table_schema = 'public' and table_name not like '\\_\\_%'`,
    );
    const indices = await client.query<{ name: string }>(
      `select indexname as name from pg_indexes where schemaname = 'public' and indexname not like '%pkey'`,
    );
    await client.end();
    await ground.drop();
    const said = Object.values({ ...postgresTables }).map(postgresTable);
    expect(sorted(columns.rows.map((it): Column => [it.table, it.column, it.required]))).toEqual(
      sorted(said.flatMap((table) => table.columns.map((it): Column => [table.name, it.name, it.notNull]))),
    );
    expect(sorted(indices.rows.map(({ name }) => name))).toEqual(
      sorted(
        said.flatMap((table) => [
          ...table.indexes.map(({ config }) => String(config.name)),
          ...table.primaryKeys.map((key) => key.getName()),
        ]),
      ),
    );
  });

  it('are applied once, though four processes start at the same moment', async () => {
    if (isPglite()) return;
    const ground = await postgres();
    const url = new URL(ground.url);
    url.searchParams.set('schema', 'desk "one"');
    const stores = await Promise.all(Array.from({ length: 4 }, () => openedOn({ ...ground, url: url.href })));
    const numbers = await Promise.all(stores.map(async (store) => (await opened(store)).number));
    expect(numbers.sort()).toEqual([1001, 1002, 1003, 1004]);
    await Promise.all(stores.map((store) => store.close()));
    await ground.drop();
  });
});
