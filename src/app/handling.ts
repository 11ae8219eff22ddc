import { setImmediate } from 'node:timers/promises';
import { type Handling, handlingTimes, type WorkedCase, workedCase } from '../domain/capacity/handling';
import { type CaseId, DAY_MS, HOUR_MS, type Instant, later, type PriorityName } from '../domain/ids';
import type { Engine } from './perform';

/** How far back resolved cases still say how long one takes today. */
const SAMPLED_DAYS = 90;
/** The newest of them: more do not change a median. */
const SAMPLED_MAX = 500;
const PAUSE_EVERY = 50;
/** Medians move slowly, and reading the journals of a thousand cases is work. */
const KEPT_MS = 6 * HOUR_MS;

export type HandlingNow = (
  engine: Pick<Engine, 'store' | 'desk' | 'clock'>,
) => Promise<ReadonlyMap<PriorityName, Handling>>;

/** The median handling times of the last 90 days, read anew every six hours. */
export function createHandling(): HandlingNow {
  let known: { readonly at: Instant; readonly times: ReadonlyMap<PriorityName, Handling> } | null = null;
  return async (engine) => {
    const at = engine.clock.now();
    if (known !== null && at >= known.at && at < known.at + KEPT_MS) return known.times;
    known = { at, times: handlingTimes(engine.desk(), await workedCases(engine, at)) };
    return known.times;
  };
}

/** The newest resolved cases, and those in hand now: whoever works on five cases at once gives each a fifth of their time. */
async function workedCases({ store }: Pick<Engine, 'store'>, at: Instant): Promise<readonly WorkedCase[]> {
  const span = { from: later(at, -SAMPLED_DAYS * DAY_MS), until: later(at, 1) };
  const resolved = await store.happened({
    type: 'CaseResolved',
    ...span,
    newestFirst: true,
    offset: 0,
    limit: SAMPLED_MAX,
  });
  const inHand = await store.list({ statuses: ['In progress', 'Awaiting client'], offset: 0, limit: SAMPLED_MAX });
  const ids = new Set<CaseId>([...resolved.map((one) => one.stream), ...inHand.cases.map((one) => one.id)]);
  const worked: WorkedCase[] = [];
  for (const id of ids) {
    // A journal is read in a fraction of a millisecond; a thousand in a row would hold everything else up.
    if (worked.length % PAUSE_EVERY === 0) await setImmediate();
    const one = workedCase(await store.journalOf(id), at);
    if (one !== null) worked.push(one);
  }
  return worked;
}
