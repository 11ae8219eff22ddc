import { createServer, type Server, type Socket } from 'node:net';
import { Client } from 'pg';

/** What the teardown has to stop; empty when a PostgreSQL was already running. */
export const started: { stop: () => Promise<void> } = { stop: async () => undefined };

const USUAL_URL = 'postgres://postgres@127.0.0.1:5432/test';

/**
 * Finds a PostgreSQL for the whole run: `TEST_POSTGRES_URL`, the usual local one, or PGlite started here once.
 * Tests reach it by `freshPostgres()`. PGlite is one session for everybody, so a turnstile lets one suite in at a time.
 */
// biome-ignore lint/style/noDefaultExport: jest calls the default export of a globalSetup file.
export default async function findPostgres(): Promise<void> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (process.env['TEST_POSTGRES_PGLITE'] === undefined) {
    const url = given ?? USUAL_URL;
    if (await answers(url)) {
      process.env['TEST_POSTGRES_URL'] = url;
      delete process.env['TEST_POSTGRES_TURNSTILE'];
      return;
    }
    if (given !== undefined) throw new Error(`TEST_POSTGRES_URL is set, but no PostgreSQL answers at ${given}.`);
  }
  await startPglite();
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function startPglite(): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite');
  const { PGLiteSocketServer } = await import('@electric-sql/pglite-socket');
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 1 });
  await server.start();
  const turnstile = await openTurnstile();
  process.env['TEST_POSTGRES_URL'] = `postgres://postgres:postgres@${server.getServerConn()}/postgres?sslmode=disable`;
  process.env['TEST_POSTGRES_TURNSTILE'] = String(portOf(turnstile));
  started.stop = async () => {
    turnstile.close();
    await server.stop();
    await db.close();
  };
}

/** Whoever connects waits for the word `go`; the next one gets it when this connection closes, be it by a crash. */
async function openTurnstile(): Promise<Server> {
  const queue: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const wasInside = queue[0] === socket;
      queue.splice(queue.indexOf(socket), 1);
      if (wasInside) queue[0]?.write('go');
    });
    queue.push(socket);
    if (queue[0] === socket) socket.write('go');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The turnstile has no port.');
  return address.port;
}
