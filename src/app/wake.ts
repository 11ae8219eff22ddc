import type { CaseId } from '../domain/ids';
import { type Engine, perform } from './perform';

/** How many due cases one look at the clock reads; the rest follow in the same tick. */
const WAKES_PER_READ_MAX = 200;
/** Woken together they share one sync of the disk (SQLite) or several connections (PostgreSQL). */
const WAKES_AT_ONCE = 25;
/** One tick never works longer than this many cases, so that deliveries get their turn. */
const WAKES_PER_TICK_MAX = 2000;

/**
 * Wakes every case whose alarm has rung. Costs what is due, not what is open. Ringing twice is harmless: a case that was
 * woken by another process has nothing due any more. Returns how many were woken.
 */
export async function tick(engine: Engine): Promise<number> {
  let woken = 0;
  while (woken < WAKES_PER_TICK_MAX) {
    const due = await engine.store.due(engine.clock.now(), WAKES_PER_READ_MAX);
    for (let from = 0; from < due.length; from += WAKES_AT_ONCE) {
      await Promise.all(due.slice(from, from + WAKES_AT_ONCE).map((id) => wake(engine, id, 'alarm')));
    }
    woken += due.length;
    if (due.length < WAKES_PER_READ_MAX) break;
  }
  return woken;
}

/** Looks at one case again. A failure is told and leaves the alarm as it was: the next tick tries again. */
export async function wake(engine: Engine, id: CaseId, what: string): Promise<void> {
  try {
    await perform(engine, {
      command: { kind: 'WakeCase' },
      case: id,
      by: { kind: 'system' },
      cause: { what, keys: [] },
    });
  } catch (error) {
    engine.troubled('a case could not be woken', error);
  }
}

/** After an edit of the desk file every live case gets its alarm by the new rules. */
export async function wakeAll(engine: Engine): Promise<void> {
  const page = 200;
  for (let offset = 0; ; offset += page) {
    const { cases } = await engine.store.list({
      statuses: ['New', 'Triaged', 'In progress', 'Awaiting client', 'Resolved'],
      offset,
      limit: page,
    });
    for (const it of cases) await wake(engine, it.id, 'desk file edited');
    if (cases.length < page) return;
  }
}
