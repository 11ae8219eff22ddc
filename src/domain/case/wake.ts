import type { Instant } from '../ids';
import { clocksDue, clocksInLine } from '../sla/policy';
import { type Case, isLive } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { moveOn } from './handover';
import { promiseDue } from './promise';

/**
 * Everything that is due on the case by now, whether an alarm rang or somebody came first: warnings and breaches at
 * their true instant, a promise to the client, a hand-over that nobody accepted, the closing of a resolved case.
 */
export function whatIsDue(it: Case, told: Pick<Told, 'desk' | 'at'>): readonly CaseEvent[] {
  // A clock that has just been stopped too late has its breach to tell, though the case is resolved by now.
  const clocks = isLive(it) ? clocksNow(it, told) : clocksDue(it, told);
  const waited = isLive(it) ? moveOn(it, told) : [];
  const closed: readonly CaseEvent[] =
    it.status === 'Resolved' && it.closesAt <= told.at ? [{ type: 'CaseClosed' }] : [];
  return [...clocks, ...promiseDue(it, told.at), ...waited, ...closed];
}

/** What has come by now on the terms of before; only then does an edit of the desk file count, from now on. */
function clocksNow(it: Case, told: Pick<Told, 'desk' | 'at'>): readonly CaseEvent[] {
  const due = clocksDue(it, told);
  return [...due, ...clocksInLine(evolveAll(it, due, { at: told.at, by: { kind: 'system' } }) ?? it, told)];
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
