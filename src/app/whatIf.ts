import { setImmediate } from 'node:timers/promises';
import type { Place } from '../domain/case/case';
import type { Desk, PlatformName } from '../domain/desk/desk';
import { type CaseId, DAY_MS, type Instant, later } from '../domain/ids';
import { type Comparison, compare, type Twice } from '../domain/whatif/compare';
import { retell } from '../domain/whatif/retell';
import type { Store } from './ports';

/** The longest stretch that can be asked for. */
export const DAYS_MAX = 3660;

export interface WhatIf {
  readonly now: Desk;
  readonly draft: Desk;
  readonly at: Instant;
  /** Cases opened within so many days up to `at`. */
  readonly days: number;
  /** At most so many of them, the newest; absent: all. */
  readonly most?: number;
}

export interface WhatIfResult extends Comparison {
  /** False: there were more than `most`. */
  readonly all: boolean;
}

/** A case takes about a millisecond; after so many the process sees to everything else that waits. */
const PAGE = 50;

/** What would have been kept and missed under another desk file. Reads the journal and changes nothing. */
export async function whatIf(store: Pick<Store, 'happened' | 'journalOf'>, asked: WhatIf): Promise<WhatIfResult> {
  const most = asked.most ?? Number.POSITIVE_INFINITY;
  const span = { from: later(asked.at, -asked.days * DAY_MS), until: later(asked.at, 1) };
  const told: Twice[] = [];
  let looked = 0;
  while (looked <= most) {
    const limit = Math.min(PAGE, most + 1 - looked);
    const opened = await store.happened({ type: 'CaseOpened', ...span, newestFirst: true, offset: looked, limit });
    // A page at once: somebody waits, and a server answers many connections sooner than one after the other.
    const asking = opened.slice(0, most - looked).map(({ stream }) => store.journalOf(stream));
    for (const journal of await Promise.all(asking)) {
      const one = twice(journal, asked);
      if (one !== null) told.push(one);
    }
    looked += opened.length;
    await setImmediate();
    if (opened.length < limit) break;
  }
  return { ...compare(told, asked.now), all: looked <= most };
}

function twice(journal: Awaited<ReturnType<Store['journalOf']>>, { now, draft, at }: WhatIf): Twice | null {
  const [before, after] = [retell(journal, now, at), retell(journal, draft, at)];
  return before === null || after === null ? null : { now: before, drafted: after };
}

/** Where the cards of these cases are on a platform; those without one are left out. */
export async function cardsOf(
  store: Pick<Store, 'cardOf'>,
  cases: readonly CaseId[],
  platform: PlatformName,
): Promise<ReadonlyMap<CaseId, Place>> {
  const found = new Map<CaseId, Place>();
  for (const id of new Set(cases)) {
    const card = await store.cardOf(id, platform);
    if (card !== null) found.set(id, card);
  }
  return found;
}
