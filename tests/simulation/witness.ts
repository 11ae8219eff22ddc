/** Sees everything that nodes ask of the store and the platforms, and writes down what the checks need. */
import { StoreFailure } from '../../adapters/storage';
import {
  type Cause,
  type Choice,
  type Intent,
  type Outcome,
  type Plan,
  type Posting,
  type Settled,
  type Store,
  SurfaceFailure,
} from '../../src/app/ports';
import type { Case } from '../../src/domain/case/case';
import { instant, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Stage } from './stage';
import type { Life } from './wire';

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** One change as it was committed, at its true time. */
export interface Change {
  readonly at: number;
  readonly node: string;
  readonly cause: string;
  readonly before: Case | null;
  readonly plan: Extract<Plan, { kind: 'commit' }>;
}

/** One row of the outbox, as its claims and their ends were seen. */
export interface Row {
  posting: Posting;
  claims: number;
  /** Until when it is claimed; null once that was settled. */
  leaseUntil: number | null;
  last: Settled | null;
  /** When that was. */
  endedAt: number;
  /** Whether it was ever left in doubt: a call that failed after it may have taken effect, or a node that died with it. */
  uncertain: boolean;
  /** Whether it was said that it may stand there twice, or that nobody can tell. */
  flagged: boolean;
}

export interface Witness {
  readonly violations: string[];
  violated(what: string): void;
  watched(life: Life, name: keyof Store, method: Method): Method;
  /** A node hears that a channel asks for patience. */
  toldToWait(life: Life, channel: string, until: number): void;
  called(life: Life, channel: string): void;
  /** Something could not be done or heard of: whoever is there looks again, as the ticker does every second. */
  lookAgain(): void;
  /** What nodes said to their log that went wrong. */
  readonly troubles: Map<string, number>;
  troubled(what: string, error: unknown): void;
  readonly changes: Change[];
  /** What became of each cause, in the order in which the store decided. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome['kind'][]>;
  readonly rows: ReadonlyMap<string, Row>;
  /** In which order intents were committed, by what tells them apart. */
  readonly wanted: ReadonlyMap<string, { readonly order: number; readonly intent: Intent }>;
}

export interface Listeners {
  /** Something may be due then, by the clock of whoever wrote it. */
  readonly due: (at: number) => void;
  readonly changed: (change: Change) => void;
}

/** What tells an intent from others, as far as a claimed row shows it. */
export const keyOf = (it: Pick<Posting, 'kind' | 'case' | 'to' | 'drawing'>): string =>
  JSON.stringify([it.kind, it.case, it.to, it.drawing]);

/** A delivery that was under way already when its channel asked for patience is not held against it. */
const UNDER_WAY_MS = 12_000;

/** What is left for later by the pace of a platform is looked at again at the next tick. */
function unhurried(choice: Choice | undefined, leftSome: () => void): Choice | undefined {
  if (choice === undefined) return undefined;
  if (choice.full.length + choice.still.length > 0) leftSome();
  return {
    ...choice,
    choose: (found) => {
      const chosen = choice.choose(found);
      if (chosen.length < found.length) leftSome();
      return chosen;
    },
  };
}

const isExpected = (error: unknown): boolean => error instanceof SurfaceFailure || error instanceof StoreFailure;

export function createWitness(stage: Stage, { due: whenDue, changed }: Listeners): Witness {
  const violations: string[] = [];
  const changes: Change[] = [];
  const outcomes = new Map<string, Outcome['kind'][]>();
  const rows = new Map<string, Row>();
  const wanted = new Map<string, { order: number; intent: Intent }>();
  const patience = new WeakMap<Life, Map<string, { since: number; until: number }>>();

  const violated = (what: string): void => {
    violations.push(`step ${stage.step()}, ${new Date(stage.now()).toISOString()}: ${what}`);
    stage.note(`VIOLATION ${what}`);
  };
  const names = new Set<string>();
  const want = (intents: readonly Intent[]): void => {
    for (const intent of intents) {
      const key = keyOf(intent);
      // What has a name that was wanted before is the same posting, though it may be worded otherwise by now.
      if (!wanted.has(key) && !(intent.kind === 'post' && names.has(intent.dedupe)))
        wanted.set(key, { order: wanted.size, intent });
      names.add(intent.dedupe);
    }
  };

  const transact =
    (life: Life, method: Method): Method =>
    async (asked, choose) => {
      const { cause } = asked as Parameters<Store['transact']>[0];
      let seen: { before: Case | null; plan: Plan } | null = null;
      const spy: Parameters<Store['transact']>[1] = (before, next) => {
        const plan = (choose as Parameters<Store['transact']>[1])(before, next);
        seen = { before, plan };
        return plan;
      };
      const outcome = (await method(asked, spy)) as Outcome;
      outcomes.set(cause.what, [...(outcomes.get(cause.what) ?? []), outcome.kind]);
      const { before, plan } = (seen ?? {}) as { before?: Case | null; plan?: Plan };
      if (outcome.kind === 'committed' && plan?.kind === 'commit') {
        // As the store says that it was kept, not as it was asked to.
        const kept = { ...plan, after: outcome.case };
        committed({ at: stage.now(), node: life.node, cause: cause.what, before: before ?? null, plan: kept });
      }
      return outcome;
    };
  const committed = (change: Change): void => {
    const { plan, node, cause } = change;
    const events = plan.events.map(({ event }) => event.type).join(',');
    stage.note(`${node} ${cause}: ${plan.after.ref} v${plan.after.version} ${plan.after.status} ${events}`);
    changes.push(change);
    changed(change);
    want(plan.intents);
    if (plan.wakeAt !== null) whenDue(plan.wakeAt);
  };

  const claimed = (life: Life, postings: readonly Posting[], leaseUntil: number): void => {
    for (const posting of postings) {
      const row = rows.get(posting.id);
      const uncertain = (row?.uncertain ?? false) || posting.ambiguous;
      rows.set(posting.id, {
        posting,
        claims: (row?.claims ?? 0) + 1,
        leaseUntil,
        last: row?.last ?? null,
        endedAt: row?.endedAt ?? 0,
        uncertain,
        flagged: row?.flagged ?? false,
      });
      stage.note(`${life.node} claims ${posting.id} ${posting.drawing.view} #${posting.attempt}`);
    }
  };
  const settled = (posting: Posting, how: Settled): void => {
    const row = rows.get(posting.id);
    if (row === undefined) throw new Error(`${posting.id} was settled and never claimed`);
    // Somebody else has taken it over since: the store lets this one settle nothing.
    if (posting.attempt !== row.posting.attempt) return;
    row.last = how;
    row.endedAt = stage.now();
    row.leaseUntil = null;
    row.flagged ||= how.kind === 'ambiguous' || (how.kind === 'sent' && how.doubt !== undefined);
    if (how.kind === 'later') {
      row.uncertain ||= how.ambiguous;
      whenDue(how.notBefore);
    }
    stage.note(
      `${posting.id} ${how.kind}${how.kind === 'sent' ? ` ${how.posted?.message ?? 'nowhere'} ${how.doubt ?? ''}` : ` ${how.problem}`}`,
    );
  };

  const troubles = new Map<string, number>();
  return {
    violations,
    violated,
    troubles,
    troubled: (what, error) => {
      troubles.set(what, (troubles.get(what) ?? 0) + 1);
      if (!isExpected(error)) violated(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
    },
    lookAgain: () => {
      whenDue(stage.now() + SECOND_MS);
      for (const { leaseUntil } of rows.values()) if (leaseUntil !== null) whenDue(leaseUntil);
    },
    changes,
    outcomes,
    rows,
    wanted,
    watched: (life, name, method) => {
      if (name === 'transact') return transact(life, method);
      if (name === 'want')
        return async (intents, cause, at) => {
          const isNew = (await method(intents, cause, at)) as boolean;
          stage.note(`${life.node} ${(cause as Cause).what}: wants ${(intents as readonly Intent[]).length} ${isNew}`);
          if (isNew) want(intents as readonly Intent[]);
          return isNew;
        };
      if (name === 'claim')
        return async (at, limit, leaseMs, choice) => {
          const watched = unhurried(choice as Choice | undefined, () => whenDue(stage.now() + SECOND_MS));
          const postings = (await method(at, limit, leaseMs, watched)) as readonly Posting[];
          claimed(life, postings, instant(Number(at) + Number(leaseMs)));
          return postings;
        };
      if (name === 'settle')
        return async (posting, how, at) => {
          await method(posting, how, at);
          settled(posting as Posting, how as Settled);
        };
      return method;
    },
    toldToWait: (life, channel, until) => {
      const known = patience.get(life) ?? new Map();
      patience.set(life, known.set(channel, { since: stage.now(), until }));
    },
    called: (life, channel) => {
      const asked = patience.get(life)?.get(channel);
      if (asked === undefined || stage.now() >= asked.until || stage.now() < asked.since + UNDER_WAY_MS) return;
      if (Math.abs(life.offsetMs) < MINUTE_MS)
        violated(`${life.node} called ${channel} ${asked.until - stage.now()} ms before its patience ended`);
    },
  };
}
