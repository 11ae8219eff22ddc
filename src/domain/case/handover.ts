import { type Desk, personOf } from '../desk/desk';
import { standingOf } from '../desk/roles';
import { ableMembers, levelAfter, levelNamed, levelOfPerson } from '../desk/turns';
import type { Instant, PersonId } from '../ids';
import { clocksInLine } from '../sla/policy';
import { caseCalendar } from '../sla/terms';
import { addOpen } from '../sla/walk';
import { listed } from '../words';
import { type Asked, type Case, type Handover, ownerOf, partyName } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { TEXT_MAX } from './open';
import { followed, startWork } from './ownership';
import { type Refusal, refuse } from './refusals';
import { meanwhile, staleFor } from './stale';
import { notLive, speaker } from './triage';

/** A proposal to the next level. Until somebody accepts, the holder stays the holder. */
export function escalate(it: Case, command: CommandOf<'EscalateCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['handover', 'status']);
  if (stale !== null) return stale;
  const no = notLive(it) ?? incomplete(command);
  if (no !== null) return no;
  if (it.handover !== null)
    return refuse(
      'handover-open',
      `${it.ref} is already offered to ${askedName(it.handover.asked)}. Wait for their answer first.`,
    );
  const from = speaker(told);
  const level = command.level === null ? levelAfter(told.desk, it.level) : levelNamed(told.desk, command.level);
  if (from === null) return refuse('not-of-the-desk');
  if (level === null || ableMembers(told.desk, level).length === 0)
    return refuse(command.level === null ? 'no-further-level' : 'level-unknown');
  const asked: Asked = { kind: 'level', level: level.name };
  const handover: Handover = {
    id: `h${it.handovers + 1}`,
    from,
    tried: command.tried.trim(),
    needed: command.needed.trim(),
    told: command.told.trim(),
    at: told.at,
    asked,
    askedBefore: [],
    acceptBy: acceptBy(it, told.desk, asked, told.at),
  };
  return [{ type: 'HandoverProposed', handover }];
}

/** When the asked level's time is up, on the calendar of the case; null for the leads: there is nobody after them. */
function acceptBy(it: Case, desk: Desk, asked: Asked, from: Instant): Instant | null {
  if (asked.kind === 'leads') return null;
  return addOpen(caseCalendar(it, desk), from, levelNamed(desk, asked.level)?.acceptWithinMs ?? 0);
}

function incomplete(command: CommandOf<'EscalateCase'>): Refusal | null {
  const words = [command.tried, command.needed, command.told];
  if (words.some((said) => said.trim() === '')) return refuse('handover-incomplete');
  return words.some((said) => said.length > TEXT_MAX) ? refuse('text-too-long') : null;
}

/** Ownership moves to the person who accepts, in this one decision. */
export function accept(it: Case, command: CommandOf<'AcceptHandover'>, told: Told): Decision {
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const no = notAsked(handover, told);
  const owner = speaker(told);
  if (no !== null || owner === null) return no ?? refuse('not-of-the-desk');
  const level = askedLevels(handover).find((name) => levelNamed(told.desk, name)?.members.includes(owner));
  const accepted: Extract<CaseEvent, { type: 'HandoverAccepted' }> = {
    type: 'HandoverAccepted',
    handover: handover.id,
    owner,
    from: ownerOf(it),
    level: level ?? levelOfPerson(told.desk, owner)?.name ?? it.level,
  };
  const why = `the case is with ${accepted.level ?? partyName(told.by)} now`;
  return startWork(
    it,
    followed(it, [accepted], told, (now) => clocksInLine(now, told, why)),
    told,
  );
}

/** Back to the owner, with the reason. */
export function decline(it: Case, command: CommandOf<'DeclineHandover'>, told: Told): Decision {
  const handover = openHandover(it, command.handover, told);
  if ('refused' in handover) return handover;
  const no = notAsked(handover, told);
  if (no !== null) return no;
  if (command.reason.trim() === '') return refuse('reason-missing');
  if (command.reason.length > TEXT_MAX) return refuse('text-too-long');
  return [
    {
      type: 'HandoverDeclined',
      handover: handover.id,
      reason: command.reason.trim(),
      backTo: ownerOf(it) ?? handover.from,
    },
  ];
}

/** The time of the asked level is up: the next level is asked, after the last one the leads. Empty while it is not. */
export function moveOn(it: Case, told: Pick<Told, 'desk' | 'at'>): readonly CaseEvent[] {
  const { handover } = it;
  if (handover === null || handover.acceptBy === null || handover.acceptBy > told.at || handover.asked.kind !== 'level')
    return [];
  const next = levelAfter(told.desk, handover.asked.level);
  const asked: Asked = next === null ? { kind: 'leads' } : { kind: 'level', level: next.name };
  const moved: Handover = {
    ...handover,
    asked,
    askedBefore: [...handover.askedBefore, handover.asked.level],
    acceptBy: acceptBy(it, told.desk, asked, told.at),
  };
  return [{ type: 'HandoverMovedOn', handover: moved, from: handover.asked }];
}

function openHandover(it: Case, id: string, told: Told): Handover | Refusal {
  if (it.handover !== null && it.handover.id === id) return it.handover;
  const { handover: last } = it.changed;
  return refuse('handover-gone', `This hand-over is no longer open: ${meanwhile(it, last, told.at)}.`);
}

function notAsked(handover: Handover, told: Told): Refusal | null {
  const standing = standingOf(told.desk, told.by);
  const me = speaker(told);
  if (standing === 'lead' || standing === 'admin') return null;
  const mine = askedLevels(handover).some((name) => me !== null && levelNamed(told.desk, name)?.members.includes(me));
  if (mine) return null;
  return refuse(
    'not-asked',
    `This hand-over was offered to ${askedName(handover.asked)} (${listed(askedPeople(told.desk, handover).map((id) => personOf(told.desk, id)?.name ?? id))}), so only they and the leads can answer it. Thank you for looking, ${partyName(told.by)}.`,
  );
}

const askedLevels = ({ asked, askedBefore }: Handover): readonly string[] =>
  asked.kind === 'level' ? [asked.level, ...askedBefore] : askedBefore;

export const askedName = (asked: Asked): string => (asked.kind === 'level' ? asked.level : 'the leads');

/** Everybody who is asked now. */
export function askedPeople(desk: Desk, { asked }: Handover): readonly PersonId[] {
  if (asked.kind === 'level') return ableMembers(desk, levelNamed(desk, asked.level));
  return desk.people.filter((person) => person.role === 'lead' || person.role === 'admin').map((person) => person.id);
}
