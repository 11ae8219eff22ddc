/** What the desk wants done about a breach besides telling of it: the next level is asked, or somebody on shift gets the case. */
import { priorityInForce } from '../desk/desk';
import { type Choice, choose, firstThere, isThere, type Now, nowOf } from '../desk/routing';
import type { ClockName } from '../sla/clock';
import { clocksInLine } from '../sla/policy';
import { type Case, isLive } from './case';
import type { CaseEvent } from './events';
import { proposal } from './handover';
import { type Asking, askableAfter, levelAsked } from './offered';
import { beginWork, followed } from './ownership';
import { wantedFor } from './turn';

/** Breaches that a change of hands can mend: the client waits for an answer or for the solution. */
const ACTED_ON: Readonly<Partial<Record<ClockName, string>>> = {
  first_response: 'first response',
  next_response: 'next response',
  resolution: 'resolution',
};

/** What follows from the breaches among `events`. A case that is being handed over already is left to that. */
export function afterBreach(it: Case, events: readonly CaseEvent[], told: Asking): readonly CaseEvent[] {
  const broken = events.flatMap((event) => (event.type === 'SlaBreached' ? (ACTED_ON[event.clock] ?? []) : []));
  const [what] = broken;
  if (what === undefined || !isLive(it) || it.handover !== null) return [];
  switch (priorityInForce(told.desk, it.priority).onBreach ?? 'warn') {
    case 'warn':
      return [];
    case 'raise':
      return raised(it, what, told);
    case 'reassign':
      return reassigned(it, what, told);
  }
}

function raised(it: Case, what: string, told: Asking): readonly CaseEvent[] {
  if (it.holder.kind === 'nobody') return [];
  const from = it.holder.person;
  const level = askableAfter(told.desk, it.level, it, from);
  if (level === null) return [];
  const words = {
    from,
    asked: levelAsked(level, it, from, told),
    tried: 'Baton raised this by itself when the time was up; the history says what was done.',
    needed: `The ${what} is breached: take the case over and see it through.`,
    told: 'Nothing about this yet, as far as Baton knows.',
  };
  return [{ type: 'HandoverProposed', handover: proposal(it, words, told) }];
}

/** Stays where it is while its holder is on shift themselves, or while nobody is. */
function reassigned(it: Case, what: string, asking: Asking): readonly CaseEvent[] {
  const { holder } = it;
  const { desk, at } = asking;
  const now = nowOf(asking);
  if (holder.kind === 'owner' && isThere(holder.person, now)) return [];
  const next = onShift(it, now);
  if (next === null) return [];
  const from = holder.kind === 'owner' ? holder.person : null;
  const why = `${what} breached; ${next.reason}`;
  const told = { desk, at, by: { kind: 'system' } as const };
  const assigned: CaseEvent = { type: 'CaseAssigned', owner: next.person, from, why };
  return followed(it, beginWork(it, [assigned], told), told, (after) => clocksInLine(after, told));
}

/** Whoever is next of the case's level and on shift, else of the levels above it, else of those below; who is busy after those who are not. */
function onShift(it: Case, now: Now): Choice | null {
  const { levels } = now.desk;
  const from = Math.max(
    0,
    levels.findIndex((level) => level.name === it.level),
  );
  const passed = it.holder.kind === 'owner' ? [it.holder.person] : [];
  const choices = [...levels.slice(from), ...levels.slice(0, from)].map((level) =>
    choose(level, wantedFor(it), passed, now),
  );
  return firstThere(choices);
}
