/** The rows of a case, written by prepared statements and nothing else: what opening one costs when nobody decides anything. */
import { randomUUID } from 'node:crypto';
import BetterSqlite3 from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { Pool } from 'pg';
import { readPostgresUrl } from '../adapters/storage/postgres';
import * as tables from '../drizzle/sqlite/schema';
import type { CaseId } from '../src/domain/ids';

/** Every table that opening a case writes to, and the column by which the rows of a case are found. */
const WRITTEN = [
  { table: tables.receipts, by: 'case_id' },
  { table: tables.cases, by: 'id' },
  { table: tables.places, by: 'case_id' },
  { table: tables.journal, by: 'stream' },
  { table: tables.outbox, by: 'case_id' },
] as const;

interface Written {
  readonly name: string;
  readonly columns: readonly string[];
  readonly by: string;
}

/** `seq` is given by the database. */
const columnsOf = (table: SQLiteTable): readonly string[] =>
  Object.values(getTableColumns(table))
    .map(({ name }) => name)
    .filter((name) => name !== 'seq');

const TABLES: readonly Written[] = WRITTEN.map(({ table, by }) => ({
  name: getTableName(table),
  columns: columnsOf(table),
  by,
}));

const COUNT_SQL = `update counters set value = value + 1 where name = 'case'`;

type Values = readonly unknown[];
/** The rows of one case by table, in the order of `TABLES`. */
export type CaseRows = readonly (readonly Values[])[];

export interface Bare {
  /** The rows that this case has. */
  read(id: CaseId): Promise<CaseRows>;
  /** One transaction, as durable as Baton's own. */
  write(rows: CaseRows): Promise<void>;
  close(): Promise<void>;
}

/** A copy with ids, reference and number of its own; the texts in `own` are those of this case alone. */
export function freshCopy(rows: CaseRows, own: readonly string[], number: number): CaseRows {
  const fresh = own.reduce((text, one) => text.replaceAll(one, randomUUID()), JSON.stringify(rows));
  const [receipts, cases, places, journal, outbox] = JSON.parse(fresh) as [
    Values[],
    Values[],
    Values[],
    Values[],
    Values[],
  ];
  const at = columnsOf(tables.cases).indexOf('number');
  const idAt = columnsOf(tables.outbox).indexOf('id');
  return [
    receipts,
    cases.map((row) => row.with(at, number)),
    places,
    journal,
    outbox.map((row) => row.with(idAt, randomUUID())),
  ];
}

/** With the settings of adapters/storage/sqlite. */
export function bareSqlite(path: string): Bare {
  const client = new BetterSqlite3(path);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('cache_size = -65536');
  const inserts = TABLES.map((table) => client.prepare(insertSql(table, () => '?')));
  const count = client.prepare(COUNT_SQL);
  const write = client.transaction((rows: CaseRows) => {
    for (const [at, of] of rows.entries()) for (const row of of) inserts[at]?.run(row);
    count.run();
  });
  return {
    read: async (id) => TABLES.map((table) => client.prepare(selectSql(table, '?')).raw().all(id) as Values[]),
    write: async (rows) => write.immediate(rows),
    close: async () => void client.close(),
  };
}

/** As many connections as Baton takes. */
export function barePostgres(given: string): Bare {
  const { url, schema, max } = readPostgresUrl(given);
  const pool = new Pool({
    connectionString: url,
    max,
    onConnect: async (client) => void (await client.query(`set search_path to "${schema}"`)),
  });
  const inserts = TABLES.map((table) => ({ name: table.name, text: insertSql(table, (at) => `$${at + 1}`) }));
  return {
    read: (id) =>
      Promise.all(
        TABLES.map(async (table) => {
          const { rows } = await pool.query<unknown[]>({
            text: selectSql(table, '$1'),
            values: [id],
            rowMode: 'array',
          });
          return rows.map((row) => row.map(asParameter));
        }),
      ),
    async write(rows) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (const [at, insert] of inserts.entries())
          for (const row of rows[at] ?? []) await client.query({ ...insert, values: [...row] });
        await client.query({ name: 'count', text: COUNT_SQL });
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** The driver reads JSON columns and does not write them. */
const asParameter = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

const selectSql = ({ name, columns, by }: Written, slot: string): string =>
  `select ${columns.join(', ')} from ${name} where ${by} = ${slot}`;

const insertSql = ({ name, columns }: Written, slot: (at: number) => string): string =>
  `insert into ${name} (${columns.join(', ')}) values (${columns.map((_, at) => slot(at)).join(', ')})`;
