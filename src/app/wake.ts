import type { Status } from '../domain/case/case';
import { routes } from '../domain/desk/whoseTurn';
import type { CaseId } from '../domain/ids';
import { versionOf } from '../domain/sla/kept';
import { LIVE } from './openCases';
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
  // Where people are chosen by what they hold, each choice has to know of the one before: at the end of a shift many are due at once.
  const atOnce = routes(engine.desk()) ? 1 : WAKES_AT_ONCE;
  while (woken < WAKES_PER_TICK_MAX) {
    const due = await engine.store.due(engine.clock.now(), WAKES_PER_READ_MAX);
    for (let from = 0; from < due.length; from += atOnce) {
      await Promise.all(due.slice(from, from + atOnce).map((id) => wake(engine, id, 'alarm')));
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

const CASES_PER_READ = 200;
/** Each a walk along an index; asked for together, every page would read all cases there ever were. */
const NOT_CLOSED: readonly (readonly Status[])[] = [LIVE, ['Resolved']];
const LOOKED_BY = 'desk by which every case was looked at';

/**
 * After an edit of the desk file, and at a start with another desk than the last one, every live case follows: its clocks
 * and its alarm go by the new rules from now on. Costs nothing while the desk is the same.
 */
export async function followDesk(engine: Engine): Promise<void> {
  const { calendars, priorities, warnAt, sla = null, untriaged, levels, people, triageRota = null } = engine.desk();
  // Who has left, or only looks from now on, answers no hand-over any more.
  const roles = people.map(({ id, role }) => [id, role]);
  const version = versionOf({ calendars, priorities, warnAt, sla, untriaged, levels, roles, triageRota });
  if ((await engine.store.recall(LOOKED_BY)) === version) return;
  await wakeAll(engine);
  // Only now: a process that ends half-way begins again.
  await engine.store.remember(LOOKED_BY, version);
}

async function wakeAll(engine: Engine): Promise<void> {
  // All of them are read first: waking moves cases about in the list, and none may slip from page to page.
  const all: CaseId[] = [];
  for (const statuses of NOT_CLOSED) {
    let offset = 0;
    for (let more = true; more; offset += CASES_PER_READ) {
      const { cases } = await engine.store.list({ statuses, offset, limit: CASES_PER_READ });
      all.push(...cases.map((it) => it.id));
      more = cases.length === CASES_PER_READ;
    }
  }
  for (const id of all) await wake(engine, id, 'desk file edited');
}
