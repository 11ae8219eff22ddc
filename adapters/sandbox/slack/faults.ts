import type { JsonObject } from './protocol';

/**
 * One thing that goes wrong with calls of the Web API (or `respond` for response URLs). `drop` cuts the connection: before
 * the call has had its effect, or after it, when the app cannot know. `method: '*'` means any of them.
 */
export type SlackFault = {
  method: string;
  /** How many calls it hits; 1 when left out. */
  times?: number;
  /** Only calls whose arguments hold these strings, e.g. `{ channel: 'C0TRIAGE' }`. */
  where?: { [argument: string]: string };
  status?: number;
  error?: string;
  /** Seconds; makes it a 429. */
  retryAfter?: number;
  delayMs?: number;
  drop?: 'before' | 'after';
  /** With `status` or `error`: the call has its effect all the same, and the app is told that it failed. */
  effect?: boolean;
};

export type Faults = {
  add(fault: SlackFault): void;
  /** The fault for this call, counted down; undefined when all is well. */
  take(method: string, args: JsonObject): SlackFault | undefined;
  clear(): void;
};

export function createFaults(): Faults {
  let armed: { fault: SlackFault; left: number }[] = [];
  const hits = (fault: SlackFault, method: string, args: JsonObject): boolean =>
    (fault.method === '*' || fault.method === method) &&
    Object.entries(fault.where ?? {}).every(([name, value]) => args[name] === value);
  return {
    add(fault) {
      armed.push({ fault, left: fault.times ?? 1 });
    },
    take(method, args) {
      const found = armed.find((one) => hits(one.fault, method, args));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) armed = armed.filter((one) => one !== found);
      return found.fault;
    },
    clear() {
      armed = [];
    },
  };
}
