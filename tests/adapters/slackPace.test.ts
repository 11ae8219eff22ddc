/** Slack's own 429 in front of real deliveries: fifty channels, one of which is told to wait. */
import { randomUUID } from 'node:crypto';
import { openStore } from '../../adapters/storage';
import type { Engine } from '../../src/app/perform';
import type { Intent, Store } from '../../src/app/ports';
import { createPump, type Pump } from '../../src/app/pump';
import { instant, SECOND_MS } from '../../src/domain/ids';
import { DESK, type Running, running, SEED, until } from './slackSupport';

const CHANNELS = 50;
const ids = Array.from({ length: CHANNELS }, (_, n) => `C0ROOM${n}`);
const [slowOne] = ids;

describe('fifty channels', () => {
  let it_: Running;
  let store: Store;
  let pump: Pump;
  beforeAll(async () => {
    const channels = ids.map((id) => ({ id, name: id.toLowerCase(), members: ['U0BATON'] }));
    it_ = await running({ world: { seed: { ...SEED, channels: [...SEED.channels, ...channels] }, logSize: 5000 } });
    store = await openStore('file::memory:', { newId: randomUUID });
    const engine: Engine = {
      store,
      clock: { now: () => instant(it_.clock.now()) },
      desk: () => DESK,
      surfaces: new Map([['slack', it_.slack.surface]]),
      accepted: () => undefined,
      troubled: (what, error) => {
        throw new Error(what, { cause: error });
      },
      nudge: () => pump.nudge(),
    };
    pump = createPump(() => engine);
  });
  afterAll(async () => {
    await pump.stop();
    await it_.stop();
    await store.close();
  });

  const wish = (round: string, channel: string): Intent => ({
    kind: 'post',
    case: null,
    to: { kind: 'channel', platform: 'slack', channel, thread: null },
    dedupe: `${round}:${channel}`,
    drawing: { view: 'desk-problem', args: { say: `${round} ${channel}` } },
    urgency: 2,
  });

  /** How long it took until the last of these channels had its message, in ms. */
  async function timeFor(round: string, others: readonly string[]): Promise<number> {
    const began = performance.now();
    await store.want(
      ids.map((id) => wish(round, id)),
      { what: 'a test', keys: [] },
      instant(it_.clock.now()),
    );
    pump.nudge();
    const here = () =>
      it_.world.snapshot().messages.filter((one) => JSON.stringify(one.blocks).includes(`${round} C0`));
    await until(it_.world, () => new Set(here().map((one) => one.channel)).size >= others.length);
    const ms = performance.now() - began;
    await pump.idle();
    expect(
      here()
        .map((one) => one.channel)
        .sort(),
    ).toEqual([...others].sort());
    return ms;
  }

  it('are delayed by at most 100 ms by the 429 of one of them', async () => {
    const quiet: number[] = [];
    const slowed: number[] = [];
    // Three of each, the best of which counts: the machine has other things to do as well.
    for (const round of [1, 2, 3]) {
      it_.clock.push(120 * SECOND_MS);
      quiet.push(await timeFor(`quiet${round}.`, ids));
      it_.clock.push(120 * SECOND_MS);
      it_.world.fault({ method: 'chat.postMessage', retryAfter: 60, where: { channel: slowOne! } });
      const others = ids.filter((id) => id !== slowOne);
      slowed.push(await timeFor(`slowed${round}.`, others));
      expect(await store.outbox(instant(it_.clock.now()))).toMatchObject({ pending: 1, paused: 1 });
      // Left alone for as long as it asked, and not a second tried in between.
      it_.clock.push(59 * SECOND_MS);
      pump.nudge();
      await pump.idle();
      expect(await store.outbox(instant(it_.clock.now()))).toMatchObject({ pending: 1 });
      it_.clock.push(2 * SECOND_MS);
      pump.nudge();
      await pump.idle();
      expect(await store.outbox(instant(it_.clock.now()))).toMatchObject({ pending: 0, dead: 0 });
    }
    const delay = Math.min(...slowed) - Math.min(...quiet);
    if (process.env['MEASURE'])
      process.stdout.write(
        `\n50 channels: ${quiet.map(Math.round)} ms quiet, ${slowed.map(Math.round)} ms slowed, ${Math.round(delay)} ms later\n`,
      );
    expect(delay).toBeLessThanOrEqual(100);
  });
});

describe('a Slack that keeps its pace to the letter', () => {
  it('gets everything in the end, in order, and no message twice', async () => {
    const it_ = await running({ world: { rateLimit: true } });
    const store = await openStore('file::memory:', { newId: randomUUID });
    const troubles: string[] = [];
    const engine: Engine = {
      store,
      clock: { now: () => instant(it_.clock.now()) },
      desk: () => DESK,
      surfaces: new Map([['slack', it_.slack.surface]]),
      accepted: () => undefined,
      troubled: (what) => void troubles.push(what),
      nudge: () => pump.nudge(),
    };
    const pump = createPump(() => engine);
    const said = Array.from({ length: 12 }, (_, n) => `message ${String(n).padStart(2, '0')}`);
    await store.want(
      said.map((say) => ({ ...wishTo('C0TRIAGE', say), drawing: { view: 'desk-problem', args: { say } } })),
      { what: 'a test', keys: [] },
      instant(it_.clock.now()),
    );
    for (let second = 0; second < 60; second += 1) {
      pump.nudge();
      await pump.idle();
      it_.clock.push(SECOND_MS);
    }
    const here = it_.world.snapshot().messages.filter((one) => one.channel === 'C0TRIAGE');
    expect(here.map((one) => /message \d\d/.exec(JSON.stringify(one.blocks))?.[0])).toEqual(said);
    expect(troubles).toEqual([]);
    await pump.stop();
    await it_.stop();
    await store.close();
  });
  const wishTo = (channel: string, name: string): Omit<Intent, 'drawing'> => ({
    kind: 'post',
    case: null,
    to: { kind: 'channel', platform: 'slack', channel, thread: null },
    dedupe: name,
    urgency: 2,
  });
});
