import { busyAt } from '../desk/busy';
import { isThere, nowOf, type Wanted } from '../desk/routing';
import { isAble } from '../desk/turns';
import { claimOf, routes, TO_TAKE, TO_TRIAGE, turnFor } from '../desk/whoseTurn';
import { type Instant, later, MINUTE_MS, type PersonId } from '../ids';
import { type Case, isLive } from './case';
import type { Told } from './decision';
import type { CaseEvent } from './events';

type Now = Pick<Told, 'desk' | 'at' | 'staffing'>;

/** What of the case decides whose it should be. */
export const wantedFor = (it: Case): Wanted => ({
  number: it.number,
  client: it.client,
  category: it.category,
  priority: it.priority,
  heldBy: it.holder.kind === 'nobody' ? null : it.holder.person,
});

/** When the turn passes on; null while somebody owns the case, is asked to, or the client is waited for. */
export function turnEndsAt(it: Case): Instant | null {
  const { holder } = it;
  if (holder.kind !== 'turn' || it.handover !== null || !isLive(it) || it.status === 'Awaiting client') return null;
  return holder.until ?? null;
}

/** The time to triage or to take it has passed: it is the next person's turn. Empty while it has not. */
export function turnDue(it: Case, told: Now): readonly CaseEvent[] {
  const until = turnEndsAt(it);
  const { holder } = it;
  if (until === null || until > told.at || holder.kind !== 'turn') return [];
  const turn = { why: holder.why, level: it.level };
  const claimMs = claimOf(turn, told.desk);
  const hadTheirTime = claimMs !== null && until - holder.since >= claimMs;
  const passed = [...(holder.passed ?? []), holder.person];
  const next = turnFor(wantedFor(it), { ...turn, passed }, told);
  // With nobody else there it stays with whom it is, who is told again.
  if (next.kind !== 'turn')
    return [{ type: 'TurnNamed', holder: { ...holder, since: told.at, until: later(told.at, AGAIN_MS) } }];
  const because = hadTheirTime ? (holder.why === TO_TRIAGE ? 'untriaged' : 'unclaimed') : 'rerouted';
  return [{ type: 'TurnNamed', holder: next, from: holder.person, because }];
}

/** Nobody is left to ask: whose turn it is hears of it this often. */
const AGAIN_MS = 30 * MINUTE_MS;

/**
 * Looks again whether it is the right person's turn: whoever has it left, is busy or never was there, or it was a stopgap
 * and somebody better is there now. Nothing happens on desks that only rotate, nor to a case that has an owner.
 */
export function nameTurn(it: Case, told: Told): readonly CaseEvent[] {
  const { holder } = it;
  if (holder.kind !== 'turn' || !isMisplaced(it, told)) return [];
  const there = isThere(holder.person, nowOf(told));
  const next = turnFor(
    wantedFor(it),
    { why: holder.why, level: it.level, passed: there ? (holder.passed ?? []) : [] },
    told,
  );
  if (next.kind !== 'turn' || next.person === holder.person) return [];
  // One stopgap for another helps nobody, unless the first has gone home.
  if (there && next.stopgap === true) return [];
  return [{ type: 'TurnNamed', holder: next, from: holder.person, because: 'rerouted' }];
}

/**
 * Whose turn it was has left the desk file, or only looks from now on; or there was nobody when the turn was named. Empty while
 * they are of the desk, and where there is still nobody.
 */
export function turnLeft(it: Case, told: Now): readonly CaseEvent[] {
  const { holder } = it;
  if (holder.kind === 'owner' || (holder.kind === 'turn' && isAble(told.desk, holder.person))) return [];
  const why = holder.kind === 'turn' ? holder.why : it.priority === null ? TO_TRIAGE : TO_TAKE;
  const next = turnFor(wantedFor(it), { why, level: it.level }, told);
  if (next.kind !== 'turn') return [];
  const from = holder.kind === 'turn' ? { from: holder.person } : {};
  return [{ type: 'TurnNamed', holder: next, ...from, because: 'left' }];
}

/** Whether somebody better may be there by now than whoever's turn it is. */
export function isMisplaced(it: Case, now: Now): boolean {
  const { holder } = it;
  if (!isLive(it) || holder.kind !== 'turn' || it.handover !== null || !routes(now.desk)) return false;
  return holder.stopgap === true || !isThere(holder.person, nowOf(now)) || isBusy(holder.person, now);
}

const isBusy = (person: PersonId, told: Now): boolean =>
  busyAt(nowOf(told).staffing.attendance, person, told.at) !== null;
