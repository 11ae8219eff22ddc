import { Client } from 'pg';

/** Runs `work` with a PostgreSQL schema of its own, which is gone afterwards. */
export async function withOwnSchema<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const schema = `simulation ${process.pid}`;
  const url = new URL(server);
  url.searchParams.set('schema', schema);
  url.searchParams.set('max', '2');
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`drop schema if exists "${schema}" cascade`);
    return await work(url.href);
  } finally {
    await client.query(`drop schema if exists "${schema}" cascade`);
    await client.end();
  }
}
