/** Many cases at once: copies of real ones made inside the database, with ids, numbers and references of their own. */
import BetterSqlite3 from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import { Client } from 'pg';
import { cases, journal, outbox } from '../drizzle/sqlite/schema';
import type { CaseEvent } from '../src/domain/case/events';
import type { CaseId } from '../src/domain/ids';

export interface Copy {
  readonly of: CaseId;
  readonly count: number;
  /** What is copied of it; absent: the case's own row. */
  readonly tables?: readonly TableName[];
  /** Only events of these types; absent: all of them. */
  readonly types?: readonly CaseEvent['type'][];
  /** Each copy is so much older than the one before. */
  readonly apartMs?: number;
  /** Without what no list shows of a case: with it a million of them would not fit into 2 GB. They cannot be worked on. */
  readonly trimmed?: boolean;
}

export interface Copier {
  fill(copies: readonly Copy[]): Promise<void>;
  answers(): Promise<boolean>;
  drop(): Promise<void>;
}

type TableName = 'cases' | 'journal' | 'outbox';

const tablesOf = ({ tables }: Copy): readonly TableName[] => tables ?? ['cases'];

const FIRST_NUMBER = 1_000_000;
/** So many in a transaction: the log of a larger one would need as much of the disk as the tables. */
const TOGETHER = 50_000;

/** How a dialect writes what a copy differs by; `i` counts the copies. */
interface Dialect {
  readonly series: string;
  /** The number of the first copy, the id of what is copied, and how much older each copy is. */
  readonly first: string;
  readonly original: string;
  readonly apart: string;
  readonly json: (text: string) => string;
  /** A case's state without clocks and without the fields of these names. */
  readonly without: (json: string, fields: readonly string[]) => string;
}

/** More than half of a case's state, with its clocks. */
const LEFT_OUT = ['changed', 'triage', 'touched', 'promises', 'loggedBy'];

interface Copied {
  readonly columns: readonly string[];
  /** The column that holds the case's id. */
  readonly by: string;
  /** What is a copy's own: everything in which its id, number, reference or time occurs. All other columns are as they were. */
  readonly own: (dialect: Dialect, trimmed: boolean) => Readonly<Record<string, string>>;
}

const columnsOf = (table: typeof cases | typeof journal | typeof outbox): readonly string[] =>
  Object.values(getTableColumns(table)).map(({ name }) => name);

const numberIn = ({ first }: Dialect): string => `(${first} + i)`;
const idIn = (dialect: Dialect): string => `('bench-' || ${numberIn(dialect)})`;
const renamed = (text: string, dialect: Dialect): string => `replace(${text}, original.case_id, ${idIn(dialect)})`;

const older = (instant: string, { apart }: Dialect): string => `${instant} - i * ${apart}`;

const COPIED: Readonly<Record<TableName, Copied>> = {
  cases: {
    columns: columnsOf(cases),
    by: 'id',
    own(dialect, trimmed) {
      const [id, number] = [idIn(dialect), numberIn(dialect)];
      const [was, ref] = [`'CASE-' || original.number`, `('CASE-' || ${number})`];
      const state = `replace(replace(replace(cast(original.state as text), original.id, ${id}), ${was}, ${ref}),
        '"number":' || original.number, '"number":' || ${number})`;
      return {
        id,
        number,
        search: `replace(original.search, lower(${was}), lower(${ref}))`,
        opened_at: older('original.opened_at', dialect),
        state: trimmed ? dialect.without(dialect.json(state), LEFT_OUT) : dialect.json(state),
      };
    },
  },
  journal: {
    columns: columnsOf(journal),
    by: 'stream',
    own: (dialect) => ({ stream: idIn(dialect), at: older('original.at', dialect) }),
  },
  outbox: {
    columns: columnsOf(outbox).filter((name) => name !== 'seq'),
    by: 'case_id',
    own: (dialect) => ({
      case_id: idIn(dialect),
      id: `original.id || '-' || ${numberIn(dialect)}`,
      dedupe: renamed('original.dedupe', dialect),
      lane: renamed('original.lane', dialect),
      created_at: older('original.created_at', dialect),
      wanted_at: older('original.wanted_at', dialect),
    }),
  },
};

function copySql(name: TableName, dialect: Dialect, { types, trimmed }: Copy): string {
  const { columns, by, own } = COPIED[name];
  const owned = own(dialect, trimmed ?? false);
  const values = columns.map((column) => owned[column] ?? `original.${column}`);
  const only = name === 'journal' && types !== undefined ? ` and type in (${types.map((one) => `'${one}'`)})` : '';
  return `insert into ${name} (${columns.join(', ')}) select ${values.join(', ')}
    from (select * from ${name} where ${by} = ${dialect.original}${only}) as original, ${dialect.series}`;
}

/** The copies `from` to `until` of one original, made in one transaction; `first` is the number of its very first copy. */
type Part = Copy & { readonly first: number; readonly from: number; readonly until: number };

function partsOf(copies: readonly Copy[], firstNumber: number): readonly Part[] {
  const parts: Part[] = [];
  let first = firstNumber;
  for (const copy of copies) {
    for (let from = 0; from < copy.count; from += TOGETHER)
      parts.push({ ...copy, first, from, until: Math.min(from + TOGETHER, copy.count) });
    first += copy.count;
  }
  return parts;
}

/** Throws unless so many rows are so many copies. */
function assertCopied(rows: number, { from, until }: Part): void {
  const count = until - from;
  if (rows < count || rows % count !== 0) throw new Error(`${rows} rows are not ${count} copies`);
}

const SQLITE: Dialect = {
  series: `(with recursive counted(i) as (select @from union all select i + 1 from counted where i + 1 < @until) select i from counted)`,
  first: '@first',
  original: '@original',
  apart: '@apart',
  json: (text) => text,
  without: (json, fields) =>
    `json_set(json_remove(${json}, ${fields.map((one) => `'$.${one}'`)}), '$.clocks', json('[]'))`,
};

/** Fills by a second connection, which does not sync: only the fill is spared, what is measured commits as ever. */
export function sqliteCopier(path: string): Copier {
  let next = FIRST_NUMBER;
  return {
    async fill(copies) {
      const client = new BetterSqlite3(path);
      client.pragma('synchronous = OFF');
      client.pragma('cache_size = -262144');
      for (const part of partsOf(copies, next)) {
        const { first, of, from, until, apartMs = 0 } = part;
        // Whole numbers have to be told as such, or they become 1000000.0 in the ids.
        const whole = { first: BigInt(first), from: BigInt(from), until: BigInt(until), apart: BigInt(apartMs) };
        client.transaction(() => {
          for (const table of tablesOf(part))
            assertCopied(client.prepare(copySql(table, SQLITE, part)).run({ ...whole, original: of }).changes, part);
        })();
        client.pragma('wal_checkpoint(TRUNCATE)');
        next = first + until;
      }
      client.close();
    },
    answers: async () => true,
    drop: async () => undefined,
  };
}

const POSTGRES: Dialect = {
  series: 'generate_series($3::int, $4::int - 1) as i',
  first: '$1::int',
  original: '$2::text',
  apart: '$5::bigint',
  json: (text) => `cast(${text} as jsonb)`,
  without: (json, fields) => `(${json} - '{${fields}}'::text[]) || '{"clocks":[]}'`,
};

export function postgresCopier(server: string, schema: string): Copier {
  let next = FIRST_NUMBER;
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
        await client.query('set synchronous_commit to off');
        for (const part of partsOf(copies, next)) {
          const { first, of, from, until, apartMs = 0 } = part;
          for (const table of tablesOf(part)) {
            const { rowCount } = await client.query(copySql(table, POSTGRES, part), [first, of, from, until, apartMs]);
            assertCopied(rowCount ?? 0, part);
          }
          next = first + until;
        }
        // As autovacuum would have done long before a million cases.
        for (const table of new Set(copies.flatMap((copy) => tablesOf(copy))))
          await client.query(`vacuum (analyze) ${table}`);
      }),
    answers: () =>
      run((client) => client.query('select 1')).then(
        () => true,
        () => false,
      ),
    drop: () => run((client) => client.query(`drop schema if exists ${schema} cascade`)).then(() => undefined),
  };
}
