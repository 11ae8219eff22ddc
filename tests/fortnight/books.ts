/** The books of a run: every live case, what people have said of when they are there, and what has gone out, as the store was told. */
import type { Choice, Happened, Outcome, Plan, Posting, Store } from '../../src/app/ports';
import { type Case, isLive } from '../../src/domain/case/case';
import type { CaseId } from '../../src/domain/ids';
import type { Said } from './roster';

export interface Change {
  readonly at: number;
  readonly before: Case | null;
  readonly after: Case;
  /** In order; the last one made the version that `after` has. */
  readonly events: readonly Happened[];
  readonly wakeAt: number | null;
}

export interface Books {
  readonly live: Map<CaseId, Case>;
  readonly opened: { count: number };
  said: Said;
  /** What a claimed row is about; a platform is only told its id. */
  readonly postings: Map<string, Posting>;
  /** The store with eyes. */
  watch(store: Store): Store;
}

interface Kept {
  readonly away: Said['away'];
  readonly swaps: readonly (Said['swaps'][number] & { readonly state: string })[];
}

export interface Listeners {
  readonly changed: (change: Change) => void;
  /** Something in the outbox waits until then. */
  readonly due: (at: number) => void;
}

export function createBooks(now: () => number, { changed, due }: Listeners): Books {
  const commit = (before: Case | null, plan: Extract<Plan, { kind: 'commit' }>): void => {
    const { after, events, wakeAt } = plan;
    if (before === null) books.opened.count += 1;
    if (isLive(after)) books.live.set(after.id, after);
    else books.live.delete(after.id);
    changed({ at: now(), before, after, events, wakeAt });
  };
  const books: Books = {
    live: new Map(),
    opened: { count: 0 },
    said: { away: [], swaps: [] },
    postings: new Map(),
    watch: (store) =>
      overlaid(store, {
        transact: async (work, choose) => {
          let seen: { readonly before: Case | null; readonly plan: Plan } | null = null;
          const outcome: Outcome = await store.transact(work, (before, next) => {
            const plan = choose(before, next);
            seen = { before, plan };
            return plan;
          });
          const { before, plan } = seen ?? ({} as { before?: Case | null; plan?: Plan });
          if (outcome.kind === 'committed' && plan?.kind === 'commit') commit(before ?? null, plan);
          return outcome;
        },
        rememberIf: async (name, before, text) => {
          const done = await store.rememberIf(name, before, text);
          if (done && name === 'attendance') {
            const { away, swaps } = JSON.parse(text) as Kept;
            books.said = { away, swaps: swaps.filter(({ state }) => state === 'agreed') };
          }
          return done;
        },
        claim: async (at, limit, leaseMs, choice?: Choice) => {
          const rows = await store.claim(at, limit, leaseMs, choice);
          for (const row of rows) books.postings.set(row.id, row);
          return rows;
        },
        settle: async (posting, how, at) => {
          await store.settle(posting, how, at);
          if (how.kind === 'later') due(how.notBefore);
        },
      }),
  };
  return books;
}

/** A store with some of its methods replaced. */
export const overlaid = (store: Store, own: Partial<Store>): Store =>
  new Proxy(store, {
    get: (_, name) => {
      const method = own[name as keyof Store] ?? Reflect.get(store, name);
      return typeof method === 'function' ? method.bind(store) : method;
    },
  });
