/** One look at the clock with few and with very many open cases: it must cost what is due, not what is open. */
import { openStore } from '../adapters/storage';
import { tick } from '../src/app/wake';
import { type Instant, instant, later, MINUTE_MS } from '../src/domain/ids';
import { engineOn, opened } from './engine';
import type { Copy } from './fill';
import type { Ground, Grounds } from './grounds';
import { besideFirst, type Row } from './report';
import { cpuWords, inTurns } from './turns';

export interface TickSizes {
  /** How many cases are open, the fewest first. */
  readonly counts: readonly number[];
  readonly due: number;
  readonly rounds: number;
}

const START = instant(Date.UTC(2026, 10, 23, 9));
/** An urgent case is warned about after 75 % of its hour. */
const WARNED_AFTER_MS = 45 * MINUTE_MS;
const APART_MS = 10_000;

interface Filled {
  /** The tick of the round. Throws when it did not wake exactly what was due. */
  tickAt(round: number): Promise<void>;
  close(): Promise<void>;
}

export async function tickRows({ name, ground }: Grounds, sizes: TickSizes): Promise<readonly Row[]> {
  const filled: Filled[] = [];
  try {
    for (const count of sizes.counts) filled.push(await filledWith(ground(`open${count}`), count, sizes));
    const spent = await inTurns(
      sizes.rounds,
      filled.map((one) => one.tickAt),
    );
    const measured = spent.map((one, at) => ({
      size: `${(sizes.counts[at] ?? 0).toLocaleString('en')} open`,
      value: one.ms,
      how: `median of ${sizes.rounds}, each case woken, warned about and committed; ${cpuWords(one)}`,
    }));
    return besideFirst({ what: `tick on ${name}, ${sizes.due} due`, unit: 'ms' }, measured);
  } finally {
    for (const one of filled) await one.close();
  }
}

/** `rounds + 1` groups of cases that come due one after the other, and the rest that is due much later. */
async function filledWith({ url, copier }: Ground, open: number, sizes: TickSizes): Promise<Filled> {
  const store = await openStore(url);
  const clock = { at: START as Instant };
  const engine = engineOn(store, clock);
  const groups = sizes.rounds + 1;
  const rest = open - groups * sizes.due;
  if (rest < 1) throw new Error(`${open} cases are too few for ${groups} rounds of ${sizes.due}`);
  const copies: Copy[] = [];
  for (let group = 0; group < groups; group += 1) {
    clock.at = later(START, group * APART_MS);
    copies.push({ of: await opened(engine, { priority: 'P1' }), count: sizes.due - 1 });
  }
  clock.at = later(START, groups * APART_MS);
  copies.push({ of: await opened(engine, { priority: 'P3' }), count: rest - 1, trimmed: true });
  await copier.fill(copies);
  const { total } = await store.list({ offset: 0, limit: 1 });
  if (total !== open) throw new Error(`${total} cases are open instead of ${open}`);
  return {
    async tickAt(round) {
      clock.at = later(START, round * APART_MS + WARNED_AFTER_MS);
      const woken = await tick(engine);
      if (woken !== sizes.due) throw new Error(`${woken} cases were woken instead of ${sizes.due}`);
    },
    close: () => store.close(),
  };
}
