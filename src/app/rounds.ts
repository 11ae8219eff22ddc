import { type Round, roundsDue } from '../domain/desk/rounds';
import { type Instant, later, MINUTE_MS } from '../domain/ids';
import { lookAtCoverage } from './coverageWatch';
import { sendDigest } from './digest';
import { createHandling } from './handling';
import { lookAtLeavers } from './pack';
import type { Engine } from './perform';
import { lookAtShifts } from './shiftRound';
import { tellShortHanded } from './shortHanded';

/** How often it is asked whether everything that is due can be done in time. */
const SHORT_HANDED_EVERY_MS = 5 * MINUTE_MS;

export interface Rounds {
  /** What is due by the desk's clock, each once. Call it every minute, and whenever the clock has jumped. Never rejects. */
  look(): Promise<void>;
  /** Resolves when the look that is under way has ended; there is none after it. */
  stop(): Promise<void>;
}

/** The regular work of the desk: digests, coverage, and whether the people on shift can do what is due. */
export function createRounds(engine: Engine): Rounds {
  const done = new Set<string>();
  const handling = createHandling();
  let nextForecastAt: Instant | null = null;

  const once = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      engine.troubled(`${what} failed; it is tried again in a minute`, error);
      return false;
    }
  };
  const run = (round: Round): Promise<void> =>
    round.kind === 'coverage' ? lookAtCoverage(engine) : sendDigest(engine, round);

  const look = async (): Promise<void> => {
    const at = engine.clock.now();
    // Not waited for: a platform that is slow to answer must not hold the rounds up. What it tells counts from the next choice on.
    void engine.busy?.look();
    for (const round of roundsDue(engine.desk(), at)) {
      const key = `${round.kind}:${round.date}`;
      if (!done.has(key) && (await once(`the ${round.kind} round`, () => run(round)))) done.add(key);
    }
    // Rounds are never due for longer than a day, so that a name is not needed for longer than that.
    if (done.size > 20) for (const key of [...done].slice(0, 10)) done.delete(key);
    await once('the look at who is on shift', () => lookAtShifts(engine));
    await once('the look at who has gone', () => lookAtLeavers(engine));
    if (nextForecastAt !== null && at < nextForecastAt && at >= later(nextForecastAt, -SHORT_HANDED_EVERY_MS)) return;
    if (await once('the forecast', () => tellShortHanded(engine, handling)))
      nextForecastAt = later(at, SHORT_HANDED_EVERY_MS);
  };

  let last: Promise<void> = Promise.resolve();
  let stopped = false;
  return {
    // One look after the other: a look that is asked for while another is under way may see a clock that has jumped since.
    look: () => {
      last = last.then(() => (stopped ? undefined : look()));
      return last;
    },
    stop: () => {
      stopped = true;
      return last;
    },
  };
}
