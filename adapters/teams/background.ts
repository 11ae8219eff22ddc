import type { Log } from './settings';

/** Work that nobody waits for: private answers are sent after the turn, whose time limit is Teams' (15 s). */
export interface Background {
  run(what: string, work: () => Promise<unknown>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export function openBackground(log: Log): Background {
  const flying = new Set<Promise<void>>();
  return {
    run(what, work) {
      const flight = work()
        .then(() => undefined)
        .catch((error: unknown) => log.warn({ what, problem: String(error) }, 'A private answer did not reach Teams'))
        .finally(() => flying.delete(flight));
      flying.add(flight);
    },
    async settled() {
      while (flying.size > 0) await Promise.all(flying);
    },
  };
}
