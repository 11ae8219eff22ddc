import { type Instant, instant, MINUTE_MS } from '../ids';
import { nth } from './sure';

/** A storm that goes on is cut after this long, so that a list stays readable and a new one is noticed. */
const CUT_MS = 10 * MINUTE_MS;

export interface Storm {
  /** Its first warning; the name of the storm, which stays as it grows. */
  readonly from: Instant;
  readonly until: Instant;
}

/** Between which instants warnings must be known to say whether one at `at` belongs to a storm. */
export function stormReach(at: Instant): Storm {
  const cut = Math.floor(at / CUT_MS) * CUT_MS;
  return { from: instant(cut - MINUTE_MS), until: instant(cut + CUT_MS + MINUTE_MS) };
}

/**
 * The storm to which a warning at `at` belongs, or null: more than `over` warnings within one minute, and those that
 * follow without a minute's pause. `times` are all warnings of `stormReach(at)`, in order.
 */
export function stormAt(times: readonly Instant[], at: Instant, over: number): Storm | null {
  const cut = Math.floor(at / CUT_MS) * CUT_MS;
  const dense = new Set(denseOnes(times, over));
  const storms: Storm[] = [];
  for (const time of times.filter((one) => one >= cut && one < cut + CUT_MS)) {
    const last = storms.at(-1);
    if (last !== undefined && time - last.until < MINUTE_MS) storms[storms.length - 1] = { ...last, until: time };
    else if (dense.has(time)) storms.push({ from: time, until: time });
  }
  return storms.find((storm) => storm.from <= at && at <= storm.until) ?? null;
}

/** Those that lie in some minute with more than `over` of them. */
function denseOnes(times: readonly Instant[], over: number): readonly Instant[] {
  const found = new Set<number>();
  let first = 0;
  for (const [last, time] of times.entries()) {
    while (time - nth(times, first) > MINUTE_MS) first += 1;
    if (last - first + 1 > over) for (let index = first; index <= last; index += 1) found.add(index);
  }
  return times.filter((_, index) => found.has(index));
}
