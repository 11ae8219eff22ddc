/**
 * Every piece of database work is written once, as a generator that asks for one statement after the other and gets the
 * rows. SQLite answers at once (its transactions must not wait), PostgreSQL when it can: only the drivers of the
 * generator differ, in sqlite.ts and postgres.ts.
 */
import type { SQL } from 'drizzle-orm';
import { type Placeholder, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type * as tables from '../../drizzle/sqlite/schema';

/**
 * What statements are built from. Typed as SQLite's builder for both: the two schemas have the same tables and columns
 * (a test sees to it), the builders the same methods, and nothing is run through them but by `rows` and `write`.
 */
export interface Ground {
  readonly db: BetterSQLite3Database<Record<string, never>>;
  readonly t: typeof tables;
  /** Keeps what is selected from changing until the transaction ends. */
  locked<Query>(query: Query): Query;
  /** The same, leaving out what another process holds. */
  free<Query>(query: Query): Query;
  /** The texts of a JSON array as a list to compare with. */
  texts(array: Placeholder): SQL;
  /** The column compared by its bytes, so that a beginning is a range of its index. */
  bytes(column: SQLiteColumn): SQL;
}

export type Values = Readonly<Record<string, unknown>>;
export interface RowsQuery<Row> {
  prepare(): { all(values?: Record<string, unknown>): Row[] };
}
export interface WriteQuery {
  prepare(): { run(values?: Record<string, unknown>): unknown };
}

/** `name` is what it is kept prepared under (one statement a name). */
export interface Statement<Query> {
  readonly name: string;
  readonly build: (ground: Ground) => Query;
}
export type Ask =
  | { readonly kind: 'rows'; readonly statement: Statement<RowsQuery<unknown>>; readonly values: Values }
  | { readonly kind: 'write'; readonly statement: Statement<WriteQuery>; readonly values: Values };
export type Work<T> = Generator<Ask, T, readonly unknown[]>;

export function statement<Query>(name: string, build: (ground: Ground) => Query): Statement<Query> {
  return { name, build };
}

export function* rows<Row>(asked: Statement<RowsQuery<Row>>, values: Values = {}): Work<readonly Row[]> {
  // The driver answers with the rows of the statement it was asked for; the generator's type cannot say so.
  return (yield { kind: 'rows', statement: asked, values }) as readonly Row[];
}

export function* first<Row>(asked: Statement<RowsQuery<Row>>, values: Values = {}): Work<Row | null> {
  const [row] = yield* rows(asked, values);
  return row ?? null;
}

export function* write(asked: Statement<WriteQuery>, values: Values = {}): Work<void> {
  yield { kind: 'write', statement: asked, values };
}

/** Thrown by work to undo all it did so far and answer `answer` all the same. */
export class Undone extends Error {
  constructor(readonly answer: unknown) {
    super('undone');
  }
}

/**
 * A number of rows to be given with the question. Not the bare placeholder: SQLite looks at the number that a LIMIT is given and
 * prepares the statement anew for each, which takes ten times as long as most questions.
 */
export const many = (name: string): Placeholder =>
  // What the builder makes of either is the same; its type knows of placeholders only.
  sql`(${slot(name)} + 0)` as unknown as Placeholder;

/** A column of JSON as the text that it is kept as. */
export const textOf = (column: SQLiteColumn): SQL<string> => sql<string>`cast(${column} as text)`;

export const slot = (name: string): Placeholder => sql.placeholder(name);

/** A placeholder for each column of `count` rows: `title0`, `title1` … */
export function slots<Name extends string>(columns: readonly Name[], count: number): Record<Name, Placeholder>[] {
  return Array.from(
    { length: count },
    (_, row) => Object.fromEntries(columns.map((name) => [name, slot(`${name}${row}`)])) as Record<Name, Placeholder>,
  );
}

/** The values for `slots`. A loop, as every change passes here: the same with `flatMap` took a seventh of its time. */
export function fill(records: readonly Values[]): Values {
  const values: Record<string, unknown> = {};
  for (const [row, record] of records.entries()) {
    for (const name in record) values[name + row] = record[name];
  }
  return values;
}

/** PostgreSQL's text cannot hold the character NUL; people's text may. Both databases keep the same instead. */
export function storable(values: Values): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    clean[name] = typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  }
  return clean;
}
