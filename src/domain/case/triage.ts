import { priorityOf } from '../desk/desk';
import { standingOf } from '../desk/roles';
import { TO_TAKE, TO_TRIAGE, turnFor } from '../desk/whoseTurn';
import type { PersonId, PriorityName } from '../ids';
import { clocksAtPriority } from '../sla/policy';
import { type Case, isLive, type Triage } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { priorityBy, putOn, type Said, sayPriority, takeOff } from './ladder';
import { type Refusal, refuse } from './refusals';
import { staleFor } from './stale';
import { wantedFor } from './turn';

/** Said in words or by a button: it stands whatever emoji were there before. */
export function triage(it: Case, command: CommandOf<'TriageCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['priority']);
  if (stale !== null) return stale;
  const no = notLive(it);
  if (no !== null) return no;
  const by = speaker(told);
  const priority = priorityOf(told.desk, command.priority);
  if (by === null || priority === null) return refuse('priority-unknown', unknownPriority(told));
  if (priority.name === it.priority && it.triage.dispute === null) return refuse('priority-unchanged');
  return toPriority(it, sayPriority({ by, priority: priority.name, at: told.at }), told, 'asked');
}

/** An emoji was put on the source message or the card. One that was heard before, or is older than what was said since, leaves no trace. */
export function reactPriority(it: Case, command: CommandOf<'ReactPriority'>, told: Told): Decision {
  return emojiMoved(it, command, told, putOn);
}

export function unreactPriority(it: Case, command: CommandOf<'UnreactPriority'>, told: Told): Decision {
  return emojiMoved(it, command, told, takeOff);
}

function emojiMoved(
  it: Case,
  command: CommandOf<'ReactPriority' | 'UnreactPriority'>,
  told: Told,
  move: typeof putOn,
): Decision {
  const no = notLive(it);
  if (no !== null) return no;
  const by = speaker(told);
  if (by === null || priorityOf(told.desk, command.priority) === null)
    return refuse('priority-unknown', unknownPriority(told));
  const said: Said = { by, priority: command.priority, via: command.via, at: command.at };
  const moved = move(told.desk, it.triage, said);
  return moved === null ? [] : toPriority(it, moved, told, 'emoji');
}

/** Keep or Lower, by either of the two who disagree, or by a lead. It is the desk's word then, whatever becomes of the emoji. */
export function settlePriority(it: Case, command: CommandOf<'SettlePriority'>, told: Told): Decision {
  const dispute = it.triage.dispute;
  const stale = staleFor(it, { ...told, seen: command.seen }, ['priority']);
  if (stale !== null) return stale;
  if (dispute === null) return refuse('no-dispute');
  const by = speaker(told);
  const isTheirs = by === dispute.standingBy || by === dispute.proposedBy;
  const standing = standingOf(told.desk, told.by);
  if (!isTheirs && standing !== 'lead' && standing !== 'admin') return refuse('not-your-dispute');
  if (by === null) return refuse('not-your-dispute');
  const priority = command.settlement === 'keep' ? dispute.standing : dispute.proposed;
  return toPriority(it, sayPriority({ by, priority, at: told.at }), told, 'settled');
}

/** The events that bring a case from the ladder as it was to the ladder as it is now. */
export function toPriority(it: Case, ladder: Triage, told: Told, via: string): readonly CaseEvent[] {
  const now = priorityBy(told.desk, ladder);
  const noted: CaseEvent = { type: 'TriageNoted', triage: ladder };
  return [noted, ...priorityMoved(it, now, told, via), ...disputed(it, ladder)];
}

function priorityMoved(it: Case, now: PriorityName | null, told: Told, via: string): readonly CaseEvent[] {
  if (now === it.priority) return [];
  const change: CaseEvent =
    now === null && it.priority !== null
      ? { type: 'TriageUndone', from: it.priority, to: null }
      : via === 'emoji' && it.priority !== null && now !== null && isBack(it, now)
        ? { type: 'TriageUndone', from: it.priority, to: now }
        : { type: 'CaseTriaged', priority: now as PriorityName, from: it.priority, via };
  const why = now === null ? TO_TRIAGE : TO_TAKE;
  const wanted = { ...wantedFor(it), priority: now };
  const turn: readonly CaseEvent[] =
    it.holder.kind === 'owner' ? [] : [{ type: 'TurnNamed', holder: turnFor(wanted, { why, level: it.level }, told) }];
  const after = evolveAll(it, [change], told) ?? it;
  return [change, ...clocksAtPriority(after, it.priority, told), ...turn];
}

/** The priority falls back to one that somebody had voted for before. */
const isBack = (it: Case, now: PriorityName): boolean => it.triage.votes.some((vote) => vote.priority === now);

function disputed(it: Case, ladder: Triage): readonly CaseEvent[] {
  const { dispute } = ladder;
  if (dispute === null || JSON.stringify(dispute) === JSON.stringify(it.triage.dispute)) return [];
  return [
    {
      type: 'PriorityDisputed',
      standing: dispute.standing,
      proposed: dispute.proposed,
      proposedBy: dispute.proposedBy,
    },
  ];
}

export function notLive(it: Case): Refusal | null {
  if (isLive(it)) return null;
  return refuse(it.status === 'Closed' ? 'case-closed' : 'case-resolved');
}

export const speaker = (told: Told): PersonId | null => (told.by.kind === 'person' ? told.by.id : null);

const unknownPriority = (told: Told): string =>
  `The desk has no such priority. It knows ${told.desk.priorities.map(({ name, label }) => `${name} (${label})`).join(', ')}.`;
