import { deliver, LEASE_MS, type SlowChannels } from './deliver';
import type { Engine } from './perform';

/** How many deliveries may be under way at once: a slow channel holds up its own lane and no other. */
const UNDER_WAY_MAX = 16;

export interface Pump {
  /** Look for work now. Safe to call at any time and any number of times. */
  nudge(): void;
  /** Resolves when nothing is under way any more; nothing new is started. */
  stop(): Promise<void>;
  /** Resolves when there is nothing left that could go now. For tests and for stopping politely. */
  idle(): Promise<void>;
}

/** Drains the outbox: claims what may go, delivers it, and looks again as long as there is something. */
export function createPump(engine: () => Engine): Pump {
  const slow: SlowChannels = new Map();
  const underWay = new Set<Promise<void>>();
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const look = async (): Promise<void> => {
    do {
      again = false;
      const room = UNDER_WAY_MAX - underWay.size;
      const rows = stopped || room <= 0 ? [] : await engine().store.claim(engine().clock.now(), room, LEASE_MS);
      for (const row of rows) start(deliver(engine(), row, slow));
    } while (again && !stopped);
  };
  const start = (delivery: Promise<void>): void => {
    const done = delivery.finally(() => {
      underWay.delete(done);
      nudge();
    });
    underWay.add(done);
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
    while (looking !== null || underWay.size > 0) await Promise.all([looking, ...underWay]);
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
