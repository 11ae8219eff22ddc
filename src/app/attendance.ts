/** What people said in chat about when they are there: absences and swaps of shifts. Kept as one memory, as a desk has few of them. */
import type { Absence, Attendance } from '../domain/desk/availability';
import type { Swap } from '../domain/desk/rota';
import { DAY_MS, type Instant } from '../domain/ids';
import type { BusyWatch } from './busy';
import type { Store } from './ports';

/** A colleague was asked to do somebody's shift; it counts once they agree. */
export interface AskedSwap extends Swap {
  readonly id: string;
  readonly state: 'asked' | 'agreed' | 'declined';
  readonly at: Instant;
  /** When the shift begins. */
  readonly begins: Instant;
}

/** As kept. */
export interface Kept {
  readonly away: readonly Absence[];
  readonly swaps: readonly AskedSwap[];
}

const MEMORY = 'attendance';
/** What is over is forgotten with the next change after this long. */
const KEPT_MS = 2 * DAY_MS;
const ATTEMPTS_MAX = 10;

export async function keptAttendance(store: Pick<Store, 'recall'>): Promise<Kept> {
  return read(await store.recall(MEMORY));
}

/** What is kept, and what platforms have told. */
export interface Known {
  readonly store: Pick<Store, 'recall'>;
  readonly busy?: Pick<BusyWatch, 'known'>;
}

/** As the choice of people needs it: what was only asked for does not count yet. Asks no platform. */
export async function attendanceNow({ store, busy }: Known): Promise<Attendance> {
  const { away, swaps } = await keptAttendance(store);
  return { away, swaps: swaps.filter(({ state }) => state === 'agreed'), busy: busy?.known() ?? [] };
}

/** Changes what is kept; when somebody else did so meanwhile, begins again from theirs. `change` returns null to leave it. */
export async function amendAttendance(
  store: Pick<Store, 'recall' | 'rememberIf'>,
  at: Instant,
  change: (kept: Kept) => Kept | null,
): Promise<Kept> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const before = await store.recall(MEMORY);
    const kept = read(before);
    const changed = change(kept);
    if (changed === null) return kept;
    if (await store.rememberIf(MEMORY, before, JSON.stringify(withoutPast(changed, at)))) return changed;
  }
  throw new Error(`who is there changed ${ATTEMPTS_MAX} times while it was being changed`);
}

const withoutPast = ({ away, swaps }: Kept, at: Instant): Kept => ({
  away: away.filter(({ until }) => until > at - KEPT_MS),
  swaps: swaps.filter(({ begins }) => begins > at - KEPT_MS),
});

/** Written by this file. */
const read = (words: string | null): Kept => (words === null ? { away: [], swaps: [] } : (JSON.parse(words) as Kept));
