/** Tells a watchman outside that all is well: when this falls silent, somebody is woken who does not depend on Baton. */
const WITHIN_MS = 5000;

export interface Lines {
  warn(details: object, sentence: string): void;
  info(details: object, sentence: string): void;
}

export interface Heartbeat {
  /** Asks the address once, unless the last time is still under way. Never rejects, and nothing waits for it. */
  beat(): Promise<'answered' | 'failed' | 'under way'>;
}

/** `url` may be as good as a password, so it is never logged. A failure is logged once, until it has answered again. */
export function createHeartbeat(url: string, log: Lines, withinMs = WITHIN_MS): Heartbeat {
  let underWay = false;
  let failing = false;
  return {
    beat: async () => {
      if (underWay) return 'under way';
      underWay = true;
      const problem = await ask(url, withinMs);
      underWay = false;
      if (problem !== null && !failing)
        log.warn({ problem }, 'HEARTBEAT_URL does not answer; it is asked every minute');
      if (problem === null && failing) log.info({}, 'HEARTBEAT_URL answers again');
      failing = problem !== null;
      return failing ? 'failed' : 'answered';
    },
  };
}

async function ask(url: string, withinMs: number): Promise<string | null> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(withinMs) });
    await answer.body?.cancel();
    return answer.ok ? null : `it answered ${answer.status}`;
  } catch (error) {
    const { name } = error as Error;
    return name === 'TimeoutError' ? 'no answer in time' : 'no connection';
  }
}
