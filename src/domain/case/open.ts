import { priorityOf } from '../desk/desk';
import { isStaff } from '../desk/roles';
import { firstLevel } from '../desk/turns';
import { TO_TRIAGE, turnFor } from '../desk/whoseTurn';
import { clocksAtOpening } from '../sla/policy';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { evolveAll } from './evolve';
import { withFiles } from './file';
import { sayPriority } from './ladder';
import { type Refusal, refuse } from './refusals';
import { speaker, toPriority } from './triage';

export const TITLE_MAX = 200;
export const TEXT_MAX = 10_000;

/** Anybody in the workspace may open a case. Only people of the desk set its priority; others' choice is kept as a wish. */
export function open(command: CommandOf<'OpenCase'>, told: Told): Decision {
  const no = unfit(command, told);
  if (no !== null) return no;
  const { desk, at, next } = told;
  const priority = command.priority === null ? null : (priorityOf(desk, command.priority)?.name ?? null);
  const mayTriage = isStaff(desk, told.by);
  const level = firstLevel(desk)?.name ?? null;
  const wanted = { ...command, number: next.number, priority: null, heldBy: null };
  const opened: CaseEvent = {
    type: 'CaseOpened',
    id: next.id,
    number: next.number,
    ref: `${desk.prefix}-${next.number}`,
    title: command.title.trim(),
    description: command.description.trim(),
    ...withFiles(command.files),
    client: command.client,
    contact: command.contact,
    category: command.category,
    source: command.source,
    cameBy: command.cameBy,
    wish: mayTriage ? null : priority,
    reporter: command.reporter,
    holder: turnFor(wanted, { why: TO_TRIAGE, level }, told),
    level,
  };
  const bare = evolveAll(null, [opened], told);
  const events: readonly CaseEvent[] = [opened, ...(bare === null ? [] : clocksAtOpening(bare, told))];
  const fresh = evolveAll(null, events, told);
  const by = speaker(told);
  if (fresh === null || priority === null || !mayTriage || by === null) return events;
  return [...events, ...toPriority(fresh, sayPriority({ by, priority, at }), told, 'asked')];
}

function unfit(command: CommandOf<'OpenCase'>, told: Told): Refusal | null {
  if (command.title.trim() === '') return refuse('title-missing');
  if (command.title.trim().length > TITLE_MAX) return refuse('title-too-long');
  if (command.description.length > TEXT_MAX) return refuse('text-too-long');
  if (command.priority !== null && priorityOf(told.desk, command.priority) === null) return refuse('priority-unknown');
  return null;
}
