/** Claiming what is to be delivered and recording how it went, with a little and with very much that was delivered before. */
import { openStore } from '../adapters/storage';
import { LEASE_MS } from '../src/app/deliver';
import { bucketOf } from '../src/app/pacing';
import type { Destination, Intent, Store } from '../src/app/ports';
import { type CaseId, HOUR_MS, type Instant, instant, later } from '../src/domain/ids';
import { engineOn, opened } from './engine';
import type { Ground, Grounds } from './grounds';
import { besideFirst, compared, type Row } from './report';
import { cpuWords, inTurns } from './turns';

export interface QueueSizes {
  /** How many messages were delivered before, the fewest first. */
  readonly counts: readonly number[];
  readonly due: number;
  readonly rounds: number;
  /** How many wait for a destination that was asked to slow down. */
  readonly waiting: number;
}

const START = instant(Date.UTC(2026, 10, 23, 9));
const APART_MS = 10_000;
const WANTED_TOGETHER = 500;
const PAUSED: Destination = { kind: 'channel', platform: 'slack', channel: 'C0PAUSED', thread: null };

interface Queue {
  /** Claims what is due in this round and settles all of it. Throws when it was not exactly that. */
  drainAt(round: number): Promise<void>;
  close(): Promise<void>;
}

export async function queueRows({ name, ground }: Grounds, sizes: QueueSizes): Promise<readonly Row[]> {
  const queues: Queue[] = [];
  try {
    for (const count of sizes.counts)
      queues.push(await queueOf(ground(`sent${count}`), count, { ...sizes, waiting: 0 }));
    queues.push(await queueOf(ground('waiting'), sizes.counts[0] ?? 0, sizes));
    const spent = await inTurns(
      sizes.rounds,
      queues.map((one) => one.drainAt),
    );
    const measured = spent.map((one, at) => ({
      size: `${(sizes.counts[at] ?? 0).toLocaleString('en')} sent before`,
      value: one.ms,
      how: `median of ${sizes.rounds}, each claimed and settled, its card linked to its case; ${cpuWords(one)}`,
    }));
    const [few, backlog] = [measured[0], measured.pop()];
    if (few === undefined || backlog === undefined) throw new Error('nothing was measured');
    const what = `outbox on ${name}, ${sizes.due} due`;
    const waits = `${sizes.waiting.toLocaleString('en')} waiting for a paused channel`;
    return [
      ...besideFirst({ what, unit: 'ms' }, measured),
      compared(
        { what: `${what}, ${waits}`, value: backlog.value, unit: 'ms', how: backlog.how },
        { what: 'none waiting', value: few.value },
      ),
    ];
  } finally {
    for (const one of queues) await one.close();
  }
}

async function queueOf({ url, copier }: Ground, sentBefore: number, sizes: QueueSizes): Promise<Queue> {
  const store = await openStore(url);
  const engine = engineOn(store, { at: START as Instant });
  const before = await opened(engine, { priority: null, message: 'before' });
  const { length: ofOne } = await drained(store, START, sizes.due);
  const id = await opened(engine, { priority: null, message: 'now' });
  await drained(store, START, sizes.due);
  for (let from = 0; from < sizes.waiting; from += WANTED_TOGETHER)
    await wanted(store, id, {
      name: `waits${from}`,
      count: Math.min(WANTED_TOGETHER, sizes.waiting - from),
      to: PAUSED,
      at: START,
    });
  await store.pause({ bucket: bucketOf(PAUSED), until: later(START, HOUR_MS), problem: 'bench' }, START);
  // Last, as it also has the server look at how much there is of everything.
  await copier.fill([{ of: before, count: Math.ceil(sentBefore / ofOne), tables: ['outbox'], apartMs: 1000 }]);
  const roundAt = (round: number): Instant => later(START, (round + 1) * APART_MS);
  for (let round = 0; round <= sizes.rounds; round += 1)
    await wanted(store, id, { name: `round${round}`, count: sizes.due, to: null, at: roundAt(round) });
  return {
    async drainAt(round) {
      const settled = await drained(store, roundAt(round), sizes.due);
      if (settled.length !== sizes.due) throw new Error(`${settled.length} were claimed instead of ${sizes.due}`);
    },
    close: () => store.close(),
  };
}

interface Wish {
  readonly name: string;
  readonly count: number;
  /** Null: each to a channel of its own. */
  readonly to: Destination | null;
  readonly at: Instant;
}

/** Cards of one case, each a message of its own. */
async function wanted(store: Store, id: CaseId, { name, count, to, at }: Wish): Promise<void> {
  const intents = Array.from(
    { length: count },
    (_, at): Intent => ({
      kind: 'keep',
      case: id,
      to: to ?? { kind: 'channel', platform: 'slack', channel: `C${at}`, thread: null },
      dedupe: `bench:${name}:${at}`,
      drawing: { view: 'case-card', args: {} },
      urgency: 3,
    }),
  );
  await store.want(intents, { what: 'bench', keys: [] }, at);
}

/** What was claimed; all of it is settled as posted. */
async function drained(store: Store, at: Instant, limit: number): Promise<readonly string[]> {
  const claimed = await store.claim(at, limit, LEASE_MS);
  const settle = claimed.map((posting) => {
    const posted = { platform: 'slack', channel: 'C0TRIAGE', message: posting.id, thread: null } as const;
    return store.settle(posting, { kind: 'sent', posted, role: 'card' }, at);
  });
  await Promise.all(settle);
  return claimed.map(({ id }) => id);
}
