/** A fault to be met by calls of the bot. The first one that fits is used `times` times. */
export interface TeamsFault {
  /** HTTP verb; any when left out. */
  verb?: string;
  /** A part of the path, or an expression over it; any when left out. */
  path?: string | RegExp;
  /** Default 1. */
  times?: number;
  /** Answer with this status instead of doing what was asked. */
  status?: number;
  /** The error's code and words, with `status`. */
  code?: string;
  message?: string;
  /** Seconds; alone it means 429. */
  retryAfter?: number;
  /** Wait before anything else. */
  delayMs?: number;
  /** Cut the connection: before the effect, or after it so that the bot cannot know. */
  drop?: 'before' | 'after';
  /** With `status`: do what was asked and answer the error all the same. Default false. */
  effect?: boolean;
}

export interface FaultBox {
  waiting: { fault: TeamsFault; left: number }[];
}

/** The fault that this call meets, if any; counts it off. */
export function takeFault(box: FaultBox, verb: string, path: string): TeamsFault | null {
  const entry = box.waiting.find(({ fault, left }) => left > 0 && fits(fault, verb, path));
  if (entry === undefined) {
    return null;
  }
  entry.left -= 1;
  box.waiting = box.waiting.filter(({ left }) => left > 0);
  return entry.fault;
}

function fits(fault: TeamsFault, verb: string, path: string): boolean {
  if (fault.verb !== undefined && fault.verb.toUpperCase() !== verb) {
    return false;
  }
  if (fault.path === undefined) {
    return true;
  }
  return typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path);
}

/** The status that a fault answers with, or null when it lets the call through. */
export function faultStatus(fault: TeamsFault): number | null {
  return fault.status ?? (fault.retryAfter === undefined ? null : 429);
}
