import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Client } from 'pg';

export interface FreshPostgres {
  /** An empty database of this suite's own. */
  readonly url: string;
  /** How many connections may be open at the same time: 1 on PGlite. */
  readonly connectionsMax: number;
  /** Close every connection first. */
  readonly drop: () => Promise<void>;
}

/** True when the run has no real server: suites about several connections or processes have to skip themselves. */
export const isPglite = (): boolean => process.env['TEST_POSTGRES_TURNSTILE'] !== undefined;

/**
 * An empty PostgreSQL database for one suite: `beforeAll(freshPostgres)`, `afterAll(drop)`.
 * On PGlite it is emptied for each suite in turn; the wait counts towards the hook's time limit.
 */
export async function freshPostgres(): Promise<FreshPostgres> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (server === undefined) throw new Error('No TEST_POSTGRES_URL: jest was started without its globalSetup.');
  if (isPglite()) return turnOnPglite(server);
  const name = `baton_${process.pid}_${randomBytes(4).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    connectionsMax: 5,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  };
}

async function turnOnPglite(server: string): Promise<FreshPostgres> {
  const turn = await waitForTurn(Number(process.env['TEST_POSTGRES_TURNSTILE']));
  await run(
    server,
    'drop schema if exists drizzle cascade; drop schema if exists public cascade; create schema public',
  );
  return {
    url: server,
    connectionsMax: 1,
    drop: async () => {
      turn.destroy();
    },
  };
}

function waitForTurn(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
