/** `npm run kill -- --kills 200 --db sqlite|postgres [--minutes 20]`: exit code 1 when anything was lost, doubled, or repeated without a word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { killLoop } from './loop';
import { steady } from './steady';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    db: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string', default: '600' },
    steady: { type: 'string' },
    processes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});

/** mulberry32: small, and the same for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Ground {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

function sqlite(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'baton-kill-'));
  return {
    url: `file:${join(folder, 'baton.db')}`,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A database of its own on the server of `TEST_POSTGRES_URL`, or the one on this machine. */
async function postgres(): Promise<Ground> {
  const server = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  const name = `baton_kill_${process.pid}`;
  const run = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}

/** `--steady 60`: no kills but a minute at 50 acts a second, measured. With `--processes 3` one of them is killed in the middle. */
async function holdSteady(ground: Ground, seconds: number): Promise<void> {
  const processes = Number(values.processes);
  const how = { databaseUrl: ground.url, processes, seconds, perSecond: 50, killOne: processes > 1 };
  const told = await steady(how);
  await ground.drop();
  process.stdout.write(`${JSON.stringify({ db: values.db, processes, ...told }, null, 2)}\n`);
  process.exit(told.lost.length === 0 && told.doubled.length === 0 && told.alarmsTwice === 0 ? 0 : 1);
}

async function main(): Promise<void> {
  const kills = Number(values.kills);
  const ground = values.db === 'postgres' ? await postgres() : sqlite();
  const began = performance.now();
  if (values.steady !== undefined) return holdSteady(ground, Number(values.steady));
  const killed = await killLoop({
    kills,
    databaseUrl: ground.url,
    withinMs: Number(values.minutes) * 60_000,
    random: diceOf(Number(values.seed)),
    told: (round, where) => {
      if (round % 20 === 0) process.stderr.write(`${round} of ${kills} kills, the last at ${where}\n`);
    },
  });
  await ground.drop();
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  process.stdout.write(`${JSON.stringify({ db: values.db, seed: values.seed, minutes, ...killed }, null, 2)}\n`);
  const isWell = killed.lost.length === 0 && killed.doubled.length === 0 && killed.repeatedSilently === 0;
  const repeats = killed.repeatedFlagged <= killed.kills;
  process.stdout.write(
    isWell && repeats ? `0 lost, 0 doubled over ${killed.kills} kills\n` : 'SOMETHING IS WRONG: see above\n',
  );
  process.exit(isWell && repeats ? 0 : 1);
}

void main();
