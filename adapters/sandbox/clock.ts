/** A clock that people can push ahead of real time, and never back. All values in milliseconds. */
export interface SandboxClock {
  now(): number;
  offsetMs(): number;
  /** Refuses (false) what is not a step forward of at most `PUSH_MAX_MS`. */
  push(ms: number): boolean;
  onPush(heard: (now: number) => void): () => void;
}

/** A month: enough for every deadline of a desk, too little to leave the years that zone tables know. */
export const PUSH_MAX_MS = 31 * 24 * 60 * 60 * 1000;

export function pushableClock(real: () => number = Date.now): SandboxClock {
  let offsetMs = 0;
  const listeners = new Set<(now: number) => void>();
  const now = () => real() + offsetMs;
  return {
    now,
    offsetMs: () => offsetMs,
    push(ms) {
      if (!Number.isFinite(ms) || ms <= 0 || ms > PUSH_MAX_MS) return false;
      offsetMs += Math.ceil(ms);
      for (const heard of listeners) heard(now());
      return true;
    },
    onPush(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
}
