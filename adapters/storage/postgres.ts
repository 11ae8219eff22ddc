import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { type ClientBase, Pool, type PoolClient } from 'pg';
import * as tables from '../../drizzle/postgres/schema';
import { type Database, migrationsOf, type StoreLog } from './database';
import { asFailure, closedFailure, codeOf, StoreFailure } from './failures';
import { type Ask, type Ground, storable, Undone, type Work } from './work';

const CONNECTIONS_MAX = 10;
const ATTEMPTS_MAX = 3;
/** How long a server that no longer answers may hold up the end. */
const GOODBYE_MAX_MS = 2000;
/** Somebody else was first (unique), or both went the same way (serialization, deadlock): reading again tells. */
const AGAIN: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);
/** `baton` in the numbers of a keyboard; the second half of each lock is the schema's, as several may share a server. */
const LOCK = 22866;

interface Settings {
  readonly url: string;
  readonly schema: string | null;
  readonly max: number;
}

/** `postgres://…?schema=desk&max=5`: the schema is made when missing, `max` limits the connections (10). */
export function readPostgresUrl(given: string): Settings {
  const url = new URL(given);
  const schema = url.searchParams.get('schema');
  const max = Number(url.searchParams.get('max') ?? CONNECTIONS_MAX);
  url.searchParams.delete('schema');
  url.searchParams.delete('max');
  return { url: url.href, schema, max: Number.isInteger(max) && max > 0 ? max : CONNECTIONS_MAX };
}

/** Connects, and applies the migrations that are missing; several processes may do so at once. */
export async function openPostgres(given: string, log: StoreLog): Promise<Database> {
  const settings = readPostgresUrl(given);
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    onConnect: (client) => prepareConnection(client, settings.schema),
  });
  pool.on('error', (problem) => log.warn({ code: codeOf(problem) }, 'a connection to the database was lost'));
  try {
    await withClient(pool, (client) => bringUpToDate(client, settings.schema));
  } catch (problem) {
    await pool.end();
    throw asFailure(problem);
  }
  return databaseOf(pool);
}

async function prepareConnection(client: ClientBase, schema: string | null): Promise<void> {
  // A connection that is cut tells its query, and then everybody who listens; when nobody does, the process ends.
  client.on('error', () => undefined);
  // A pooler in between may hand over a used session: with another search path, and our names for statements taken.
  await client.query('discard all');
  await client.query(`set lock_timeout = '10s'`);
  if (schema !== null) await client.query(`set search_path to "${schema.replaceAll('"', '""')}"`);
}

async function bringUpToDate(client: PoolClient, schema: string | null): Promise<void> {
  await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK, `migrate ${schema}`]);
  try {
    if (schema !== null) await client.query(`create schema if not exists "${schema.replaceAll('"', '""')}"`);
    const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
    const migrationsSchema = rows[0]?.schema ?? 'public';
    await migrate(drizzle(client), { migrationsFolder: migrationsOf('postgres'), migrationsSchema });
  } finally {
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, `migrate ${schema}`]);
  }
}

function databaseOf(pool: Pool): Database {
  const performers = new WeakMap<PoolClient, Perform>();
  const performOn = (client: PoolClient): Perform => {
    const known = performers.get(client) ?? performer(client);
    performers.set(client, known);
    return known;
  };
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  /** Kept track of, so that closing waits for it: a pool that ends leaves those who wait for a connection waiting. */
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== null) throw closedFailure();
    const answer = reported(work());
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
  };
  return {
    read: (work) => run(() => withClient(pool, (client) => drive(work(), performOn(client)))),
    write: (work, alone) =>
      run(() =>
        again(() => withClient(pool, (client) => transaction(client, work, { perform: performOn(client), alone }))),
      ),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => closed(pool));
      return closing;
    },
  };
}

/** The pool says that it has ended while its sockets are still closing. */
async function closed(pool: Pool): Promise<void> {
  const connections = pool.totalCount;
  let removed = 0;
  const allRemoved = new Promise<void>((resolve) => {
    if (connections === 0) resolve();
    pool.on('remove', () => {
      removed += 1;
      if (removed === connections) resolve();
    });
  });
  await pool.end();
  await Promise.race([allRemoved, setTimeout(GOODBYE_MAX_MS, undefined, { ref: false })]);
}

async function reported<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (problem) {
    throw asFailure(problem);
  }
}

async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (problem) {
      if (count === ATTEMPTS_MAX || !AGAIN.has(codeOf(problem))) throw problem;
    }
  }
}

/** A connection that was lost is not given back to the pool. */
async function withClient<T>(pool: Pool, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    const answer = await use(client);
    broken = false;
    return answer;
  } catch (problem) {
    const failure = asFailure(problem);
    broken = failure instanceof StoreFailure && failure.trouble === 'unreachable';
    throw problem;
  } finally {
    client.release(broken);
  }
}

async function transaction<T>(
  client: PoolClient,
  work: () => Work<T>,
  how: { readonly perform: Perform; readonly alone: string | undefined },
): Promise<T> {
  await client.query('begin');
  try {
    if (how.alone !== undefined) {
      await client.query('select pg_advisory_xact_lock($1, hashtext($2 || current_schema()))', [LOCK, how.alone]);
    }
    const answer = await drive(work(), how.perform);
    await client.query('commit');
    return answer;
  } catch (problem) {
    await client.query('rollback');
    if (problem instanceof Undone) return problem.answer as T;
    throw problem;
  }
}

async function drive<T>(work: Work<T>, perform: Perform): Promise<T> {
  let step = work.next([]);
  while (!step.done) step = work.next(await perform(step.value));
  return step.value;
}

type Perform = (ask: Ask) => Promise<readonly unknown[]>;
/** What a statement of `Ground` is here, whatever it is typed as. */
interface Prepared {
  execute(values: Record<string, unknown>): Promise<unknown>;
}
interface Lockable {
  for(strength: 'update', config?: { skipLocked: true }): unknown;
}

function performer(client: PoolClient): Perform {
  const ground: Ground = {
    // See Ground: the same builder methods over the same tables, run only below.
    db: drizzle(client) as unknown as Ground['db'],
    t: tables as unknown as Ground['t'],
    locked: <Query>(query: Query) => (query as unknown as Lockable).for('update') as Query,
    free: <Query>(query: Query) => (query as unknown as Lockable).for('update', { skipLocked: true }) as Query,
    texts: (array) => sql`(select json_array_elements_text(${array}::json))`,
    bytes: (column) => sql`${column} collate "C"`,
  };
  const prepared = new Map<string, Prepared>();
  const prepare = (ask: Ask): Prepared => {
    const { name } = ask.statement;
    const known = prepared.get(name);
    if (known !== undefined) return known;
    const query = ask.statement.build(ground) as unknown as { prepare(name: string): Prepared };
    const fresh = query.prepare(name);
    prepared.set(name, fresh);
    return fresh;
  };
  return async (ask) => {
    const answer = await prepare(ask).execute(storable(ask.values));
    return ask.kind === 'rows' ? (answer as readonly unknown[]) : [];
  };
}
