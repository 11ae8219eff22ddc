import { Client } from 'pg';
import type { Posting, Store } from '../../src/app/ports';
import { isPglite } from '../support/postgres';
import {
  change,
  channel,
  type Ground,
  intent,
  MONDAY,
  msLater,
  open,
  opened,
  openedOn,
  place,
  postgres,
} from '../support/stores';

const LEASE_MS = 30_000;

/** Three stores on one database stand for three processes: nothing but the database is between them. */
/** Of this database only: other suites share the server. */
const LOCKED_OUT = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

describe('several processes on one PostgreSQL database', () => {
  if (isPglite()) {
    it.skip('need a server of more than one connection', () => undefined);
    return;
  }
  let ground: Ground;
  let stores: readonly Store[];
  const one = (index: number): Store => stores[index % stores.length]!;
  beforeAll(async () => {
    ground = await postgres();
    stores = await Promise.all([openedOn(ground), openedOn(ground), openedOn(ground)]);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await ground.drop();
  });

  it('make one case of 11 opens from one message', async () => {
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 11 }, (_, index) =>
          open(one(index), { keys: [`p${round}:${index}`], places: [{ place: place(`p${round}`), role: 'source' }] }),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
      expect(new Set(outcomes.map((it) => it.case!.id)).size).toBe(1);
    }
  });

  it('make one case of 11 opens under one name, whatever the order of the names', async () => {
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 11 }, (_, index) => {
          const keys = [`n${round}:a`, `n${round}:b`, `n${round}:${index}`];
          return open(one(index), { keys: index % 2 === 0 ? keys : [...keys].reverse() });
        }),
      );
      expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    }
  });

  it('that lock each other out come again', async () => {
    const [rival, watcher] = [
      new Client({ connectionString: ground.url }),
      new Client({ connectionString: ground.url }),
    ];
    await Promise.all([rival.connect(), watcher.connect()]);
    await rival.query('begin');
    await rival.query(`insert into receipts (key, at) values ('lock:b', 0)`);
    const opening = open(one(0), { keys: ['lock:a', 'lock:b'] });
    const waits = async (): Promise<boolean> => (await watcher.query(LOCKED_OUT)).rowCount !== 0;
    while (!(await waits())) await watcher.query('select 1');
    // Now each holds what the other wants. The server fails whoever looks first after its deadlock_timeout: the store, one
    // second after it began to wait; the rival only where a busy machine has let that second pass before this line.
    await rival.query(`set deadlock_timeout = '5s'`).catch(() => undefined);
    await rival.query(`insert into receipts (key, at) values ('lock:a', 0)`).catch(() => undefined);
    await rival.query('rollback');
    expect((await opening).kind).toBe('committed');
    await Promise.all([rival.end(), watcher.end()]);
  });

  it('give no number twice and leave none out', async () => {
    const first = (await opened(one(0))).number;
    const many = await Promise.all(Array.from({ length: 45 }, (_, index) => opened(one(index))));
    expect(many.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 45 }, (_, index) => first + 1 + index),
    );
  });

  it('lose no change of one case', async () => {
    const it = await opened(one(0));
    await Promise.all(Array.from({ length: 60 }, (_, index) => change(one(index), it.id)));
    const journal = await one(1).journalOf(it.id);
    expect(journal.map(({ version }) => version)).toEqual(Array.from({ length: 61 }, (_, index) => index + 1));
  });

  it('deliver each posting once, one of a lane at a time and in order', async () => {
    const lanes = 7;
    for (let n = 0; n < 70; n += 1) {
      const to = channel(`L${n % lanes}`);
      await one(n).want(
        [intent(`lane:${n}`, { to, drawing: { view: 'told', args: { n } } })],
        { what: 't', keys: [] },
        MONDAY,
      );
    }
    const underWay = new Set<string>();
    const said: Record<string, number[]> = {};
    const deliver = async (store: Store, posting: Posting): Promise<void> => {
      const lane = posting.to.kind === 'channel' ? posting.to.channel : '';
      expect(underWay.has(lane)).toBe(false);
      underWay.add(lane);
      await store.ping();
      said[lane] = [...(said[lane] ?? []), Number(posting.drawing.args['n'])];
      underWay.delete(lane);
      await store.settle(posting, { kind: 'sent', posted: null, role: null }, msLater(1));
    };
    await Promise.all(
      stores.map(async (store) => {
        while ((await store.outbox(msLater(1))).pending > 0) {
          const claimed = await store.claim(msLater(1), 3, LEASE_MS);
          await Promise.all(claimed.map((posting) => deliver(store, posting)));
        }
      }),
    );
    for (let lane = 0; lane < lanes; lane += 1) {
      expect(said[`L${lane}`]).toEqual(Array.from({ length: 10 }, (_, index) => lane + index * lanes));
    }
  });
});
