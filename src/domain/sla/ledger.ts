import { type Instant, MINUTE_MS } from '../ids';
import { exactly } from '../words';
import type { Calendar } from './hours';
import { type Segment, segments } from './segments';

/** What was done to one clock, as the journal tells it. `why` is in people's words and names who, e.g. `waiting for the client, by Alice`. */
export type ClockEntry = { readonly at: Instant } & (
  | { readonly kind: 'started'; readonly targetMs: number; readonly calendar: Calendar }
  /** A new target or calendar. `recount`: all of the time is counted again on the new calendar. */
  | {
      readonly kind: 'retargeted';
      readonly targetMs: number;
      readonly calendar: Calendar;
      readonly why: string;
      readonly recount?: boolean;
    }
  | {
      readonly kind: 'paused' | 'resumed' | 'met' | 'reopened' | 'restarted' | 'cancelled' | 'warned' | 'breached';
      readonly why?: string;
    }
);

/** A stretch of time and what of it counted, or (from = to) a moment at which something happened to the clock. */
export interface LedgerRow {
  readonly from: Instant;
  readonly to: Instant;
  /** What the stretch added to the clock. */
  readonly openMs: number;
  readonly why: string;
}

export interface Ledger {
  readonly rows: readonly LedgerRow[];
  /** The sum of the open ms of the rows since the last restart: exactly what the clock has elapsed. */
  readonly usedMs: number;
  readonly targetMs: number;
  /** Time that did not count, by reason, in the order in which the reasons first came up. */
  readonly uncounted: readonly { readonly why: string; readonly ms: number }[];
}

interface Telling {
  readonly rows: readonly LedgerRow[];
  readonly at: Instant;
  readonly usedMs: number;
  readonly targetMs: number;
  readonly calendar: Calendar;
  readonly mode: 'running' | 'paused' | 'stopped';
  /** Why the clock stands still, while it does. */
  readonly still: string;
}

/** The ledger of one clock up to `now`; null for a clock that was never started. Entries in any order. */
export function ledgerOf(entries: readonly ClockEntry[], now: Instant): Ledger | null {
  const ordered = entries.filter((it) => it.at <= now).sort((a, b) => a.at - b.at);
  const first = ordered.find((it) => it.kind === 'started');
  if (first === undefined) return null;
  const blank = {
    rows: [],
    at: first.at,
    usedMs: 0,
    targetMs: first.targetMs,
    calendar: first.calendar,
    mode: 'running',
    still: '',
  } as const;
  const all = recounted(ordered.slice(ordered.indexOf(first)));
  const { rows, usedMs, targetMs } = passed(all.reduce(entered, blank), now);
  return { rows, usedMs, targetMs, uncounted: uncountedOf(rows) };
}

/** A recount replaces every calendar before it. */
function recounted(entries: readonly ClockEntry[]): readonly ClockEntry[] {
  const last = entries.findLastIndex((it) => it.kind === 'retargeted' && it.recount === true);
  const change = entries[last];
  if (change?.kind !== 'retargeted') return entries;
  return entries.map((it, index) => (index < last && 'calendar' in it ? { ...it, calendar: change.calendar } : it));
}

function entered(before: Telling, entry: ClockEntry): Telling {
  const telling = passed(before, entry.at);
  const why = wordsOf(entry);
  const moment = { from: entry.at, to: entry.at, openMs: 0, why };
  const next = { ...telling, rows: [...telling.rows, moment] };
  switch (entry.kind) {
    case 'started':
    case 'retargeted':
      return { ...next, targetMs: entry.targetMs, calendar: entry.calendar };
    case 'paused':
      return next.mode === 'running' ? { ...next, mode: 'paused', still: why } : next;
    case 'resumed':
      return next.mode === 'paused' ? { ...next, mode: 'running' } : next;
    case 'met':
      return { ...next, mode: 'stopped', still: why };
    case 'reopened':
      return { ...next, mode: 'running' };
    case 'restarted':
      return { ...next, mode: next.mode === 'stopped' ? 'running' : next.mode, usedMs: 0 };
    case 'cancelled':
    case 'warned':
    case 'breached':
      return next;
  }
}

function wordsOf(entry: ClockEntry): string {
  const what = entry.kind === 'retargeted' ? 'target changed' : entry.kind;
  const why = 'why' in entry ? entry.why : undefined;
  return why === undefined ? what : `${what}: ${why}`;
}

/** Time goes on to `to`: counted along the calendar, or standing still. */
function passed(telling: Telling, to: Instant): Telling {
  const { at, mode, still, calendar } = telling;
  if (at >= to) return telling;
  const rows = mode === 'running' ? segments(calendar, at, to).map(rowOf) : [{ from: at, to, openMs: 0, why: still }];
  const usedMs = rows.reduce((sum, row) => sum + row.openMs, telling.usedMs);
  return { ...telling, rows: [...telling.rows, ...rows], at: to, usedMs };
}

function rowOf({ from, to, open, why, name }: Segment): LedgerRow {
  return { from, to, openMs: open ? to - from : 0, why: name === undefined ? why : `${why} ${name}` };
}

function uncountedOf(rows: readonly LedgerRow[]): Ledger['uncounted'] {
  const sums = new Map<string, number>();
  for (const { from, to, openMs, why } of rows) {
    if (openMs === 0 && to > from) sums.set(why, (sums.get(why) ?? 0) + to - from);
  }
  return [...sums].map(([why, ms]) => ({ why, ms }));
}

/** `used 1 h 20 min of 4 h 00 min, 2 h 40 min left`; used and left add up to the target, so the left is rounded up. */
export function usedOfText({ usedMs, targetMs }: Pick<Ledger, 'usedMs' | 'targetMs'>): string {
  const left = Math.max(0, Math.ceil((targetMs - usedMs) / MINUTE_MS) * MINUTE_MS);
  const over = usedMs > targetMs ? ` (${exactly(usedMs - targetMs)} over)` : '';
  return `used ${exactly(usedMs)} of ${exactly(targetMs)}, ${exactly(left)} left${over}`;
}

/** `night 15 h 00 min, weekend 48 h 00 min`: the time that did not count; empty when all of it did. */
export const uncountedText = (ledger: Ledger): string =>
  ledger.uncounted.map(({ why, ms }) => `${why} ${exactly(ms)}`).join(', ');
