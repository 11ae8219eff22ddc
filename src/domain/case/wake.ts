import type { Instant } from '../ids';
import { clocksDue, clocksInLine } from '../sla/policy';
import { afterBreach } from './breach';
import { type Case, isLive } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { promiseDue } from './promise';
import { turnDue, turnLeft } from './turn';
import { moveOn } from './unanswered';
import { untouched } from './untouched';

/**
 * Everything that is due on the case by now, whether an alarm rang or somebody came first: warnings and breaches at
 * their true instant and what the desk wants done about a breach, a promise to the client, a proposal that nobody
 * answered, a case that nobody touched, a turn that nobody took or whose holder left, the closing of a resolved case.
 */
export function whatIsDue(it: Case, told: Pick<Told, 'desk' | 'at' | 'staffing'>): readonly CaseEvent[] {
  // A clock that has just been stopped too late has its breach to tell, though the case is resolved by now.
  const clocks = isLive(it) ? clocksNow(it, told) : clocksDue(it, told);
  const now = folded(it, clocks, told);
  const moved = isLive(now) ? moveOn(now, told) : [];
  const then = folded(now, moved, told);
  const left = isLive(then) ? turnLeft(then, told) : [];
  const passed = isLive(then) && left.length === 0 ? turnDue(then, told) : [];
  const waited = isLive(then) ? [...moved, ...untouched(then, told), ...left, ...passed] : [];
  const closed: readonly CaseEvent[] =
    it.status === 'Resolved' && it.closesAt <= told.at ? [{ type: 'CaseClosed' }] : [];
  return [...clocks, ...promiseDue(now, told.at), ...waited, ...closed];
}

/** What has come by now on the terms of before; only then does an edit of the desk file count, from now on. */
function clocksNow(it: Case, told: Pick<Told, 'desk' | 'at' | 'staffing'>): readonly CaseEvent[] {
  const due = clocksDue(it, told);
  const inLine = [...due, ...clocksInLine(folded(it, due, told), told)];
  return [...inLine, ...afterBreach(folded(it, inLine, told), due, told)];
}

const folded = (it: Case, events: readonly CaseEvent[], { at }: Pick<Told, 'at'>): Case =>
  evolveAll(it, events, { at, by: { kind: 'system' } }) ?? it;

/** The case with all that was due on it at `until` recorded, and the events that were needed for it. */
export function broughtUpToDate(
  it: Case,
  told: Pick<Told, 'desk' | 'at' | 'staffing'>,
  until: Instant = told.at,
): { readonly events: readonly CaseEvent[]; readonly now: Case } {
  const events = whatIsDue(it, { ...told, at: until });
  return { events, now: evolveAll(it, events, { at: told.at, by: { kind: 'system' } }) ?? it };
}
