import type { Instant } from '../domain/ids';
import { deliver, LEASE_MS } from './deliver';
import { bucketOf, createPacer, type Pace, type Pacer, pacesOf } from './pacing';
import type { Engine } from './perform';
import type { Candidate, Choice, Posting, Surface } from './ports';

/** How many deliveries may be under way at once. */
const UNDER_WAY_MAX = 32;
/** How many of them to one channel: one that answers slowly holds up no other. */
const TO_ONE_MAX = 4;

export interface Pump {
  /** Look for work now. Safe to call at any time and any number of times. */
  nudge(): void;
  /** Resolves when nothing is under way any more; nothing new is started. */
  stop(): Promise<void>;
  /** Resolves when there is nothing left that could go now. For tests and for stopping politely. */
  idle(): Promise<void>;
}

/** Drains the outbox: claims what may go at the platforms' pace, delivers it, and looks again as long as there is something. */
export function createPump(engine: () => Engine): Pump {
  const pacer = createPacer();
  const underWay = new Map<Promise<void>, Posting>();
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const look = async (): Promise<void> => {
    do {
      again = false;
      const room = UNDER_WAY_MAX - underWay.size;
      const at = engine().clock.now();
      const choice = choiceOf(engine(), { pacer, at, room, busy: [...underWay.values()] });
      const rows = stopped || room <= 0 ? [] : await engine().store.claim(at, room, LEASE_MS, choice);
      for (const row of rows) {
        pacer.take(pacesOf(engine().surfaces, row), at);
        start(row);
      }
    } while (again && !stopped);
  };
  const start = (row: Posting): void => {
    const done = deliver(engine(), row, pacer).finally(() => {
      underWay.delete(done);
      nudge();
    });
    underWay.set(done, row);
  };
  const nudge = (): void => {
    again = true;
    if (looking !== null || stopped) return;
    looking = look()
      .catch((error: unknown) => engine().troubled('the outbox could not be read', error))
      .finally(() => {
        looking = null;
        if (again && underWay.size < UNDER_WAY_MAX && !stopped) nudge();
      });
  };
  const idle = async (): Promise<void> => {
    while (looking !== null || underWay.size > 0) await Promise.all([looking, ...underWay.keys()]);
  };
  return {
    nudge,
    idle,
    stop: () => {
      stopped = true;
      return idle();
    },
  };
}

interface Going {
  readonly pacer: Pacer;
  readonly at: Instant;
  readonly room: number;
  /** The deliveries of this process that are under way. */
  readonly busy: readonly Posting[];
}

/** What may go now by the platforms' pace, tried out on a copy: the claim may have to be made twice. */
function choiceOf({ surfaces }: Engine, { pacer, at, room, busy }: Going): Choice {
  const under = busy.map(({ to }) => bucketOf(to));
  const taken = [...new Set(under)].filter((bucket) => under.filter((one) => one === bucket).length >= TO_ONE_MAX);
  return {
    full: pacer.full(at),
    busy: [...taken, ...pacer.resting(at)],
    still: [...surfaces.values()]
      .filter((surface) => !pacer.may(changeOn(surface), at))
      .map(({ platform }) => platform),
    choose: (found) => {
      const trial = pacer.fork(at);
      const going = [...under];
      const chosen: Candidate[] = [];
      for (const posting of found) {
        // When the clock has jumped a lease has ended while its delivery is under way: it will say itself how it went.
        if (busy.some(({ id }) => id === posting.id)) continue;
        const bucket = bucketOf(posting.to);
        const paces = pacesOf(surfaces, posting);
        const isFree = going.filter((one) => one === bucket).length < TO_ONE_MAX && trial.may(paces, at);
        if (!isFree || chosen.length >= room) continue;
        trial.take(paces, at);
        going.push(bucket);
        chosen.push(posting);
      }
      return chosen;
    },
  };
}

/** What every change of a message on this platform counts towards, wherever it stands. */
function changeOn({ platform, paces }: Surface): readonly Pace[] {
  const to = { kind: 'channel', platform, channel: '', thread: null } as const;
  return paces?.({ kind: 'update', to, at: { platform, channel: '', message: '', thread: null } }) ?? [];
}
