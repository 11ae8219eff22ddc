/** One look at the clock with few and with very many open cases: it must cost what is due, not what is open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/storage';
import { type Engine, perform } from '../src/app/perform';
import type { Store } from '../src/app/ports';
import { tick } from '../src/app/wake';
import type { Desk } from '../src/domain/desk/desk';
import { type CaseId, type Instant, instant, later, MINUTE_MS, personId, priorityName } from '../src/domain/ids';
import { benchDesk } from './desk';
import { type Copier, type Copy, postgresCopier, sqliteCopier } from './fill';
import { median } from './numbers';
import { compared, type Row, type Skipped } from './report';

export interface TickSizes {
  readonly few: number;
  readonly many: number;
  readonly due: number;
  readonly rounds: number;
}

const START = instant(Date.UTC(2026, 10, 23, 9));
/** An urgent case is warned about after 75 % of its hour. */
const WARNED_AFTER_MS = 45 * MINUTE_MS;
const APART_MS = 10_000;

interface Filled {
  readonly store: Store;
  /** One tick of the round, in ms. Throws when it did not wake exactly what was due. */
  tickAt(round: number): Promise<number>;
  close(): Promise<void>;
}

interface Ground {
  readonly url: string;
  readonly copier: Copier;
}

export async function sqliteTickRows(sizes: TickSizes): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  try {
    const path = (name: string): string => join(folder, `${name}.db`);
    const ground = (name: string): Ground => ({ url: `file:${path(name)}`, copier: sqliteCopier(path(name)) });
    return await tickRows('SQLite', sizes, { few: ground('few'), many: ground('many') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In schemas of its own, dropped at the end, on the server at TEST_POSTGRES_URL. */
export async function postgresTickRows(
  sizes: TickSizes,
  server: string | undefined,
): Promise<readonly Row[] | Skipped> {
  const what = 'tick on PostgreSQL';
  if (!server) return { what, why: 'TEST_POSTGRES_URL names no server' };
  const ground = (name: string): Ground => {
    const schema = `baton_bench_${process.pid}_${name}`;
    const url = new URL(server);
    url.searchParams.set('schema', schema);
    return { url: url.href, copier: postgresCopier(server, schema) };
  };
  const grounds = { few: ground('few'), many: ground('many') };
  if (!(await grounds.few.copier.answers())) return { what, why: 'no server answers at TEST_POSTGRES_URL' };
  try {
    return await tickRows('PostgreSQL', sizes, grounds);
  } finally {
    await grounds.few.copier.drop();
    await grounds.many.copier.drop();
  }
}

async function tickRows(
  name: string,
  sizes: TickSizes,
  grounds: { few: Ground; many: Ground },
): Promise<readonly Row[]> {
  const few = await filled(grounds.few, sizes.few, sizes);
  const many = await filled(grounds.many, sizes.many, sizes);
  try {
    const fewMs: number[] = [];
    const manyMs: number[] = [];
    for (let round = 0; round <= sizes.rounds; round += 1) {
      const pair = [await few.tickAt(round), await many.tickAt(round)] as const;
      // The first fills the caches.
      if (round === 0) continue;
      fewMs.push(pair[0]);
      manyMs.push(pair[1]);
    }
    const open = (count: number): string => `${count.toLocaleString('en')} open`;
    return [
      compared(
        {
          what: `tick on ${name}, ${sizes.due} due, ${open(sizes.many)}`,
          value: median(manyMs),
          unit: 'ms',
          how: `median of ${sizes.rounds}, each case woken, warned about and committed`,
        },
        { what: open(sizes.few), value: median(fewMs) },
      ),
    ];
  } finally {
    await few.close();
    await many.close();
  }
}

/** `rounds + 1` groups of cases that come due one after the other, and the rest that is due much later. */
async function filled({ url, copier }: Ground, open: number, sizes: TickSizes): Promise<Filled> {
  const store = await openStore(url);
  const clock = { at: START as Instant };
  const engine = engineOn(store, clock);
  const groups = sizes.rounds + 1;
  const rest = open - groups * sizes.due;
  if (rest < 1) throw new Error(`${open} cases are too few for ${groups} rounds of ${sizes.due}`);
  const copies: Copy[] = [];
  for (let group = 0; group < groups; group += 1) {
    clock.at = later(START, group * APART_MS);
    copies.push({ of: await opened(engine, 'P1'), count: sizes.due - 1 });
  }
  clock.at = later(START, groups * APART_MS);
  copies.push({ of: await opened(engine, 'P3'), count: rest - 1 });
  await copier.fill(copies);
  const { total } = await store.list({ offset: 0, limit: 1 });
  if (total !== open) throw new Error(`${total} cases are open instead of ${open}`);
  return {
    store,
    async tickAt(round) {
      clock.at = later(START, round * APART_MS + WARNED_AFTER_MS);
      const startedAt = performance.now();
      const woken = await tick(engine);
      const ms = performance.now() - startedAt;
      if (woken !== sizes.due) throw new Error(`${woken} cases were woken instead of ${sizes.due}`);
      return ms;
    },
    close: () => store.close(),
  };
}

/** An engine without platforms, at a time that is told. */
export function engineOn(store: Store, clock: { readonly at: Instant }, desk: Desk = benchDesk()): Engine {
  return {
    store,
    clock: { now: () => clock.at },
    desk: () => desk,
    surfaces: new Map(),
    accepted: () => undefined,
    troubled: (what, error) => {
      throw new Error(what, { cause: error });
    },
    nudge: () => undefined,
  };
}

/** A fresh case of Alice's. */
export async function opened(engine: Engine, priority: string | null): Promise<CaseId> {
  const alice = { kind: 'person', id: personId('alice'), name: 'Alice Anderson' } as const;
  const outcome = await perform(engine, {
    command: {
      kind: 'OpenCase',
      title: 'Nobody at Contoso can log in',
      description: 'Since half an hour all 60 seats see SSO error 503. They restarted twice and asked for a call back.',
      client: { id: 'contoso', name: 'Contoso' },
      contact: null,
      category: 'Technical',
      priority: priority === null ? null : priorityName(priority),
      source: { platform: 'slack', channel: 'C0SUPPORT', message: `${engine.clock.now() / 1000}`, thread: null },
      cameBy: 'slack',
      reporter: alice,
    },
    case: null,
    by: alice,
    cause: { what: 'bench', keys: [] },
  });
  if (outcome.kind !== 'committed') throw new Error(`a case could not be opened: ${outcome.kind}`);
  return outcome.case.id;
}
