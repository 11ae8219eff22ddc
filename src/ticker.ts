import { SECOND_MS } from './domain/ids';

export interface Ticker {
  /** Tick now, besides the regular ones. */
  now(): void;
  /** Resolves when the tick that is under way has ended; there is none after it. */
  stop(): Promise<void>;
}

/** Runs `work` once a second, never twice at a time; a failure is told and the next tick tries again. */
export function everySecond(work: () => Promise<void>, troubled: (what: string, error: unknown) => void): Ticker {
  let running: Promise<void> | null = null;
  let again = false;
  const run = (): void => {
    if (running !== null) {
      again = true;
      return;
    }
    running = work()
      .catch((error: unknown) => troubled('a tick failed', error))
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          run();
        }
      });
  };
  const timer = setInterval(() => {
    if (running === null) run();
  }, SECOND_MS);
  return {
    now: run,
    stop: async () => {
      clearInterval(timer);
      again = false;
      await running;
    },
  };
}
