import type { Instant } from '../ids';
import { clocksDue } from '../sla/policy';
import { type Case, isLive } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { moveOn } from './handover';

/**
 * Everything that is due on the case by now, whether an alarm rang or somebody came first: warnings and breaches at
 * their true instant, a hand-over that nobody accepted, the closing of a resolved case.
 */
export function whatIsDue(it: Case, told: Pick<Told, 'desk' | 'at'>): readonly CaseEvent[] {
  const clocks = isLive(it) ? clocksDue(it, told) : [];
  const waited = isLive(it) ? moveOn(it, told) : [];
  const closed: readonly CaseEvent[] =
    it.status === 'Resolved' && it.closesAt <= told.at ? [{ type: 'CaseClosed' }] : [];
  return [...clocks, ...waited, ...closed];
}

/** The case with all that was due on it at `until` recorded, and the events that were needed for it. */
export function broughtUpToDate(
  it: Case,
  told: Pick<Told, 'desk' | 'at'>,
  until: Instant = told.at,
): { readonly events: readonly CaseEvent[]; readonly now: Case } {
  const events = whatIsDue(it, { desk: told.desk, at: until });
  return { events, now: evolveAll(it, events, { at: told.at, by: { kind: 'system' } }) ?? it };
}
