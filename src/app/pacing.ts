/**
 * How fast Baton speaks. Each platform says which of its limits a call counts towards (`Surface.paces`); what is kept here is how
 * much of each is used. Told the time, never asking it. Each process keeps its own: what several do together is put right by
 * the platform's 429, which pauses the destination for all of them.
 */
import type { Instant } from '../domain/ids';
import type { Candidate, Destination, Posting } from './ports';
import type { Surface } from './surface';

/** One limit: `burst` calls at once, then one more every `everyMs`. In any T ms there are at most `burst + T / everyMs`. */
export interface Pace {
  readonly key: string;
  readonly burst: number;
  readonly everyMs: number;
}

/** A call that is about to be made: a new message, a change of the one at `at`, or a look at what is there. */
export type Call =
  | { readonly kind: 'post' | 'look'; readonly to: Destination }
  | { readonly kind: 'update'; readonly to: Destination; readonly at: NonNullable<Posting['posted']> };

export interface Pacer {
  /** Is there room in every one of them? */
  may(paces: readonly Pace[], at: Instant): boolean;
  take(paces: readonly Pace[], at: Instant): void;
  /** What was taken for a call that was not made after all. */
  giveBack(paces: readonly Pace[]): void;
  /** The platform says that it is too much: no burst of these until the pace itself allows one. */
  drain(paces: readonly Pace[], at: Instant): void;
  /** Nothing to this bucket until then: a pause that could not be recorded is kept here at least. */
  rest(bucket: string, until: Instant): void;
  /** The buckets that rest now. */
  resting(at: Instant): readonly string[];
  /** The keys without room now. */
  full(at: Instant): readonly string[];
  /** The same, to try things out on. */
  fork(at: Instant): Pacer;
}

interface Used {
  readonly pace: Pace;
  /** When all of the burst is free again if nothing more is taken. */
  readonly freeAt: number;
}

/** How much of the burst is used, in ms of waiting. A clock that was set back does not make it more than all of it. */
const debtOf = ({ pace, freeAt }: Used, at: Instant): number =>
  Math.min(Math.max(0, freeAt - at), pace.burst * pace.everyMs);

const isFull = (used: Used, at: Instant): boolean =>
  debtOf(used, at) + used.pace.everyMs > used.pace.burst * used.pace.everyMs;

export const createPacer = (): Pacer => pacerOn(new Map());

function pacerOn(used: Map<string, Used>): Pacer {
  const owe = (pace: Pace, at: Instant, ms: number): void => {
    used.set(pace.key, { pace, freeAt: at + ms });
  };
  const debt = (pace: Pace, at: Instant): number => debtOf({ pace, freeAt: used.get(pace.key)?.freeAt ?? 0 }, at);
  const rests = new Map<string, Instant>();
  return {
    rest: (bucket, until) => {
      rests.set(bucket, until);
    },
    resting: (at) => {
      for (const [bucket, until] of rests) if (until <= at) rests.delete(bucket);
      return [...rests.keys()];
    },
    may: (paces, at) => paces.every((pace) => !isFull({ pace, freeAt: used.get(pace.key)?.freeAt ?? 0 }, at)),
    take: (paces, at) => {
      for (const pace of paces) owe(pace, at, debt(pace, at) + pace.everyMs);
    },
    giveBack: (paces) => {
      for (const { key, everyMs } of paces) {
        const known = used.get(key);
        if (known !== undefined) used.set(key, { ...known, freeAt: known.freeAt - everyMs });
      }
    },
    drain: (paces, at) => {
      for (const pace of paces) owe(pace, at, pace.burst * pace.everyMs);
    },
    full: (at) => [...used.values()].filter((one) => isFull(one, at)).map(({ pace }) => pace.key),
    fork: (at) => {
      for (const [key, one] of used) if (one.freeAt <= at) used.delete(key);
      return pacerOn(new Map(used));
    },
  };
}

/** What the platform's pace and its pauses are counted by: the channel, or the person in private. */
export function bucketOf(to: Destination): string {
  return to.kind === 'person' ? `${to.platform}|@${to.user}` : `${to.platform}|${to.channel}`;
}

/** The limits that a posting counts towards when it is carried out. */
export function pacesOf(surfaces: ReadonlyMap<string, Surface>, posting: Candidate): readonly Pace[] {
  const surface = surfaces.get(posting.to.platform);
  return surface?.paces === undefined ? [] : callsOf(posting).flatMap((call) => surface.paces?.(call) ?? []);
}

function callsOf({ kind, to, posted, ambiguous }: Candidate): readonly Call[] {
  if (kind === 'capture') return [{ kind: 'look', to }];
  if (posted !== null) return kind === 'keep' ? [{ kind: 'update', to, at: posted }] : [];
  return [...(ambiguous ? [{ kind: 'look', to } as const] : []), { kind: 'post', to }];
}
