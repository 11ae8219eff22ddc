import { type Instant, MINUTE_MS } from '../ids';
import { exactly } from '../words';
import type { Calendar } from './hours';
import { type Segment, segments } from './segments';

/** What was done to one clock, as the journal tells it. `why` is in people's words and names who, e.g. `waiting for the client, by Alice`. */
export type ClockEntry = { readonly at: Instant; readonly why?: string } & (
  | ({ readonly kind: 'started' } & Cycle)
  /** From nought again, and again from a stop. */
  | ({ readonly kind: 'restarted' } & Partial<Cycle>)
  /** A new target or calendar. `recount`: all of the time is counted again on the new calendar. */
  | {
      readonly kind: 'retargeted';
      readonly targetMs: number;
      readonly calendar: Calendar;
      readonly extraMs?: number;
      readonly why: string;
      readonly recount?: boolean;
    }
  /** Nothing is promised any more; time goes on, on this calendar. `anew`: from nought, and again from a stop. */
  | { readonly kind: 'cancelled'; readonly calendar?: Calendar; readonly anew?: true }
  | { readonly kind: 'paused' | 'resumed' | 'met' | 'reopened' | 'warned' | 'breached' }
);

interface Cycle {
  readonly targetMs: number;
  readonly calendar: Calendar;
  /** By how much the cycle is longer than the target (see Clock). */
  readonly extraMs?: number;
}

/** A stretch of time and what of it counted, or (from = to) a moment at which something happened to the clock. */
export interface LedgerRow {
  readonly from: Instant;
  readonly to: Instant;
  /** What the stretch added to the clock. */
  readonly openMs: number;
  /** Counts restarts, from 1. */
  readonly cycle: number;
  readonly why: string;
}

export interface Ledger {
  readonly rows: readonly LedgerRow[];
  /** The sum of the open ms of the rows since the last restart: exactly what the clock has elapsed. */
  readonly usedMs: number;
  readonly targetMs: number;
  readonly extraMs: number;
  /** Whether anything is promised at the end. */
  readonly promised: boolean;
  /** Time of the last cycle that did not count, by reason, in the order in which the reasons first came up. */
  readonly uncounted: readonly { readonly why: string; readonly ms: number }[];
}

interface Telling {
  readonly rows: readonly LedgerRow[];
  readonly at: Instant;
  readonly usedMs: number;
  readonly targetMs: number;
  readonly extraMs: number;
  readonly promised: boolean;
  readonly cycle: number;
  readonly calendar: Calendar;
  readonly mode: 'running' | 'paused' | 'stopped';
  /** Why the clock stands still, while it does. */
  readonly still: string;
}

/** The ledger of one clock up to `now`; null for a clock that never promised anything. Entries in any order. */
export function ledgerOf(entries: readonly ClockEntry[], now: Instant): Ledger | null {
  const ordered = entries.filter((it) => it.at <= now).sort((a, b) => a.at - b.at);
  const first = ordered.find((it) => it.kind === 'started' || it.kind === 'cancelled');
  if (first?.calendar === undefined || !ordered.some(isPromise)) return null;
  const blank = {
    rows: [],
    at: first.at,
    usedMs: 0,
    targetMs: 0,
    extraMs: 0,
    promised: false,
    cycle: 1,
    calendar: first.calendar,
    mode: 'running',
    still: '',
  } as const;
  const all = recounted(ordered.slice(ordered.indexOf(first)));
  const { rows, usedMs, targetMs, extraMs, promised, cycle } = passed(all.reduce(entered, blank), now);
  const uncounted = uncountedOf(rows.filter((row) => row.cycle === cycle));
  return { rows, usedMs, targetMs, extraMs, promised, uncounted };
}

const isPromise = ({ kind }: ClockEntry): boolean =>
  kind === 'started' || kind === 'restarted' || kind === 'retargeted';

/** A recount replaces every calendar before it. */
function recounted(entries: readonly ClockEntry[]): readonly ClockEntry[] {
  const last = entries.findLastIndex((it) => it.kind === 'retargeted' && it.recount === true);
  const change = entries[last];
  if (change?.kind !== 'retargeted') return entries;
  return entries.map((it, index) =>
    index < last && 'calendar' in it && it.calendar !== undefined ? { ...it, calendar: change.calendar } : it,
  );
}

function entered(before: Telling, entry: ClockEntry): Telling {
  const telling = passed(before, entry.at);
  const why = wordsOf(entry, telling);
  const cycle = beginsAnew(entry) ? telling.cycle + 1 : telling.cycle;
  const moment = { from: entry.at, to: entry.at, openMs: 0, cycle, why };
  const next = { ...telling, cycle, rows: [...telling.rows, moment] };
  switch (entry.kind) {
    case 'started':
    case 'retargeted': {
      const { targetMs, calendar, extraMs = 0 } = entry;
      return { ...next, targetMs, calendar, extraMs, promised: true };
    }
    case 'paused':
      return next.mode === 'running' ? { ...next, mode: 'paused', still: why } : next;
    case 'resumed':
      return next.mode === 'paused' ? { ...next, mode: 'running' } : next;
    case 'met':
      return { ...next, mode: 'stopped', still: why };
    case 'reopened':
      return { ...next, mode: 'running' };
    case 'restarted': {
      const { targetMs = next.targetMs, calendar = next.calendar, extraMs = 0 } = entry;
      return { ...fromNought(next), targetMs, calendar, extraMs, promised: true };
    }
    case 'cancelled': {
      const from = beginsAnew(entry) ? fromNought(next) : next;
      return { ...from, calendar: entry.calendar ?? next.calendar, promised: false };
    }
    case 'warned':
    case 'breached':
      return next;
  }
}

const beginsAnew = (entry: ClockEntry): boolean =>
  entry.kind === 'restarted' || (entry.kind === 'cancelled' && entry.anew === true);

const fromNought = (telling: Telling): Telling => ({
  ...telling,
  usedMs: 0,
  mode: telling.mode === 'stopped' ? 'running' : telling.mode,
});

function wordsOf(entry: ClockEntry, before: Telling): string {
  const what = whatOf(entry, before);
  return entry.why === undefined ? what : `${what}: ${entry.why}`;
}

function whatOf(entry: ClockEntry, before: Telling): string {
  if (entry.kind === 'met' && !before.promised) return 'ended';
  if (entry.kind === 'met' && before.usedMs > before.targetMs + before.extraMs) return 'ended too late';
  if (entry.kind !== 'retargeted') return entry.kind;
  return entry.targetMs === before.targetMs && before.promised ? 'calendar switched' : 'target changed';
}

/** Time goes on to `to`: counted along the calendar, or standing still. */
function passed(telling: Telling, to: Instant): Telling {
  const { at, mode, still, calendar, cycle } = telling;
  if (at >= to) return telling;
  const rows =
    mode === 'running'
      ? segments(calendar, at, to).map((segment) => rowOf(segment, cycle))
      : [{ from: at, to, openMs: 0, cycle, why: still }];
  const usedMs = rows.reduce((sum, row) => sum + row.openMs, telling.usedMs);
  return { ...telling, rows: [...telling.rows, ...rows], at: to, usedMs };
}

function rowOf({ from, to, open, why, name }: Segment, cycle: number): LedgerRow {
  return { from, to, openMs: open ? to - from : 0, cycle, why: name === undefined ? why : `${why} ${name}` };
}

/**
 * The rows in whole minutes that add up: of each cycle the sum is its open time without the seconds that are left over,
 * as `usedOfText` says it.
 */
export function wholeMinutes(rows: readonly LedgerRow[]): readonly number[] {
  let cycle = 0;
  let sumMs = 0;
  return rows.map((row) => {
    if (row.cycle !== cycle) sumMs = 0;
    cycle = row.cycle;
    const before = Math.floor(sumMs / MINUTE_MS);
    sumMs += row.openMs;
    return Math.floor(sumMs / MINUTE_MS) - before;
  });
}
function uncountedOf(rows: readonly LedgerRow[]): Ledger['uncounted'] {
  const sums = new Map<string, number>();
  for (const { from, to, openMs, why } of rows) {
    if (openMs === 0 && to > from) sums.set(why, (sums.get(why) ?? 0) + to - from);
  }
  return [...sums].map(([why, ms]) => ({ why, ms }));
}

/** `2 h 40 min left` or `20 min over`, in open time; what is left is rounded up, so that used and left add up. */
export function leftWords(leftMs: number): string {
  if (leftMs >= 0) return `${exactly(Math.ceil(leftMs / MINUTE_MS) * MINUTE_MS)} left`;
  return leftMs > -MINUTE_MS ? 'under a minute over' : `${exactly(-leftMs)} over`;
}

type Sum = Pick<Ledger, 'usedMs' | 'targetMs'> & Partial<Pick<Ledger, 'extraMs' | 'promised'>>;

/** `used 1 h 20 min of 4 h 00 min, 2 h 40 min left`: used and left add up to all of the cycle. */
export function usedOfText({ usedMs, targetMs, extraMs = 0, promised = true }: Sum): string {
  if (!promised) return `used ${exactly(usedMs)}, and nothing is promised`;
  const left = targetMs + extraMs - usedMs;
  const over = left < 0 ? ` (${leftWords(left)})` : '';
  return `used ${exactly(usedMs)} of ${exactly(targetMs + extraMs)}, ${leftWords(Math.max(0, left))}${over}`;
}

/** `night 15 h 00 min, weekend 48 h 00 min`: the time that did not count; empty when all of it did. */
export const uncountedText = (ledger: Ledger): string =>
  ledger.uncounted.map(({ why, ms }) => `${why} ${exactly(ms)}`).join(', ');
