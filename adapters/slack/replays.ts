/** Slack's window for signatures: a request older or newer than this is refused. */
export const SKEW_MAX_MS = 5 * 60_000;
/** A signature can be valid for twice that; afterwards its timestamp refuses it anyway. */
const REMEMBER_MS = 2 * SKEW_MAX_MS;
/** 30,000 events an hour are Slack's own limit: ten minutes of those, five times over. */
const REMEMBERED_MAX = 25_000;

export interface Replays {
  /** Takes a signature in. `new` the first time; later whether the request that carried it has been answered well. */
  take(signature: string): 'new' | 'under way' | 'answered';
  answered(signature: string): void;
  /** The request failed: Slack may send it again, within the same second even with the same signature. */
  forget(signature: string): void;
}

/** Remembers signatures for ten minutes, the oldest first out. `now` is the wall clock that signatures are made by. */
export function createReplays(now: () => number): Replays {
  const taken = new Map<string, { readonly at: number; answered: boolean }>();
  function drop(): void {
    for (const [signature, { at }] of taken) {
      if (taken.size <= REMEMBERED_MAX && now() - at <= REMEMBER_MS) return;
      taken.delete(signature);
    }
  }
  return {
    take(signature) {
      drop();
      const known = taken.get(signature);
      if (known) return known.answered ? 'answered' : 'under way';
      taken.set(signature, { at: now(), answered: false });
      return 'new';
    },
    answered(signature) {
      const known = taken.get(signature);
      if (known) known.answered = true;
    },
    forget: (signature) => void taken.delete(signature),
  };
}
