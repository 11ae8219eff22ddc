/** Many cases at once: copies of real ones made inside the database, with ids, numbers and references of their own. */
import BetterSqlite3 from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import { Client } from 'pg';
import { cases } from '../drizzle/sqlite/schema';
import type { CaseId } from '../src/domain/ids';

export interface Copy {
  readonly of: CaseId;
  readonly count: number;
}

export interface Copier {
  fill(copies: readonly Copy[]): Promise<void>;
  answers(): Promise<boolean>;
  drop(): Promise<void>;
}

const FIRST_NUMBER = 1_000_000;
const COLUMNS = Object.values(getTableColumns(cases)).map(({ name }) => name);

/** How a dialect writes what a copy differs by; `i` counts the copies. */
interface Dialect {
  readonly series: string;
  /** The number of the first copy, and the id of what is copied. */
  readonly first: string;
  readonly original: string;
  readonly json: (text: string) => string;
}

/** What is a copy's own: everything in which its id, number or reference occurs. All other columns are as they were. */
function copySql({ series, first, original, json }: Dialect): string {
  const number = `(${first} + i)`;
  const id = `('bench-' || ${number})`;
  const ref = `('CASE-' || ${number})`;
  const was = `'CASE-' || original.number`;
  const state = `replace(replace(replace(cast(original.state as text), original.id, ${id}), ${was}, ${ref}),
    '"number":' || original.number, '"number":' || ${number})`;
  const own: Readonly<Record<string, string>> = {
    id,
    number,
    search: `replace(original.search, lower(${was}), lower(${ref}))`,
    state: json(state),
  };
  const values = COLUMNS.map((column) => own[column] ?? `original.${column}`);
  return `insert into cases (${COLUMNS.join(', ')}) select ${values.join(', ')}
    from (select * from cases where id = ${original}) as original, ${series}`;
}

/** Fills by a second connection, which does not sync: only the fill is spared, the ticks commit as ever. */
export function sqliteCopier(path: string): Copier {
  return {
    async fill(copies) {
      const client = new BetterSqlite3(path);
      client.pragma('synchronous = OFF');
      client.pragma('cache_size = -262144');
      const series = `(with recursive counted(i) as (select 0 union all select i + 1 from counted where i + 1 < @count) select i from counted)`;
      const insert = client.prepare(copySql({ series, first: '@first', original: '@original', json: (text) => text }));
      let number = FIRST_NUMBER;
      client.transaction(() => {
        for (const { of, count } of copies.filter((it) => it.count > 0)) {
          const { changes } = insert.run({ first: BigInt(number), original: of, count });
          if (changes !== count) throw new Error(`${changes} copies were made instead of ${count}`);
          number += count;
        }
      })();
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.close();
    },
    answers: async () => true,
    drop: async () => undefined,
  };
}

export function postgresCopier(server: string, schema: string): Copier {
  const run = async <Result>(work: (client: Client) => Promise<Result>): Promise<Result> => {
    const client = new Client({ connectionString: server, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  return {
    fill: (copies) =>
      run(async (client) => {
        await client.query(`set search_path to ${schema}`);
        const series = 'generate_series(0, $3::int - 1) as i';
        const sql = copySql({
          series,
          first: '$1::int',
          original: '$2::text',
          json: (text) => `cast(${text} as jsonb)`,
        });
        let number = FIRST_NUMBER;
        for (const { of, count } of copies.filter((it) => it.count > 0)) {
          const { rowCount } = await client.query(sql, [number, of, count]);
          if (rowCount !== count) throw new Error(`${rowCount} copies were made instead of ${count}`);
          number += count;
        }
        // As autovacuum would have done long before a million cases.
        await client.query('vacuum (analyze) cases');
      }),
    answers: () =>
      run((client) => client.query('select 1')).then(
        () => true,
        () => false,
      ),
    drop: () => run((client) => client.query(`drop schema if exists ${schema} cascade`)).then(() => undefined),
  };
}
