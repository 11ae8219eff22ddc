import { type Case, isLive, type LiveCase } from '../case/case';
import { type Desk, type Level, priorityInForce } from '../desk/desk';
import { shiftsOf } from '../desk/shifts';
import { ableMembers, levelNamed } from '../desk/turns';
import type { CaseId, Instant, PersonId, PriorityName } from '../ids';
import { dueOf } from '../sla/clock';
import { calendarInForce } from '../sla/kept';
import { addOpen, openBetween } from '../sla/walk';
import type { Handling } from './handling';

/** A case of the due list, and the work that is still in it, in ms of somebody's shift. */
interface Task {
  readonly case: LiveCase;
  readonly dueAt: Instant;
  readonly workMs: number;
}

/** A case that will not be done in time, and who could still do it in time. */
export interface Missed {
  readonly case: CaseId;
  readonly ref: string;
  readonly level: string;
  readonly dueAt: Instant;
  /** Who would do it: its owner, else whoever of the level has time first. */
  readonly by: PersonId;
  /** When it would be done; null: never, by the shifts as they are. */
  readonly doneAt: Instant | null;
  /** Who could do it in time without letting another case down; null: nobody. */
  readonly to: PersonId | null;
}

export interface Forecast {
  readonly missed: readonly Missed[];
  /** How many cases with a due time were looked at, by level. */
  readonly looked: Readonly<Record<string, number>>;
  /** Priorities of the due list with too few resolved cases to say how long one takes; their cases are left out. */
  readonly unknown: readonly PriorityName[];
}

export interface Known {
  readonly desk: Desk;
  readonly handling: ReadonlyMap<PriorityName, Handling>;
  readonly at: Instant;
}

/**
 * Whether everything that is due can be done in time by the people on shift: each person does their cases one after the
 * other, first what is due first, and a case takes as long as the median of its priority took. A case without an owner
 * goes to whoever of its level could have it done first.
 */
export function forecast(cases: readonly Case[], known: Known): Forecast {
  const tasks = cases.filter(isLive).flatMap((it) => taskOf(it, known));
  const sized = tasks.filter(({ workMs }) => workMs > 0).sort((a, b) => a.dueAt - b.dueAt);
  const unknown = new Set(tasks.filter(({ workMs }) => workMs === 0).map((task) => inForce(task.case, known)));
  const queues = assigned(sized, known);
  const looked: Record<string, number> = {};
  for (const { case: it } of sized) looked[it.level ?? ''] = (looked[it.level ?? ''] ?? 0) + 1;
  return { missed: proposals(queues, known), looked, unknown: [...unknown] };
}

const inForce = (it: Case, { desk }: Known): PriorityName => priorityInForce(desk, it.priority).name;

/** `workMs` 0: nobody knows how long it takes. */
function taskOf(it: LiveCase, known: Known): readonly Task[] {
  const clock = it.clocks.find((one) => one.name === 'resolution' && one.state === 'running');
  const dueAt = clock === undefined ? null : dueOf(clock, calendarInForce(it, known.desk, clock.calendar));
  if (dueAt === null || levelNamed(known.desk, it.level) === null) return [];
  return [{ case: it, dueAt, workMs: known.handling.get(inForce(it, known))?.medianMs ?? 0 }];
}

/** A card has no room for more, and a desk that is that far behind needs more than somebody to swap with. */
export const PROPOSALS_MAX = 8;
/** However long it was worked on, a case that is not done has work left in it. */
const LEFT_MIN_SHARE = 0.25;

/** Each person's tasks, what is due first first. What is in progress has had its share of its owner's time already. */
type Queues = Map<PersonId, Task[]>;

function assigned(tasks: readonly Task[], known: Known): Queues {
  const queues: Queues = new Map();
  const underWay = new Map<PersonId, number>();
  for (const { case: it } of tasks) {
    const owner = it.status === 'In progress' && it.holder.kind === 'owner' ? it.holder.person : null;
    if (owner !== null) underWay.set(owner, (underWay.get(owner) ?? 0) + 1);
  }
  // Tasks come in the order of their due times, so each goes to the end of its queue: one sum a person is enough.
  const loads = new Map<PersonId, number>();
  for (const task of tasks) {
    const { holder, status } = task.case;
    const owner = holder.kind === 'owner' ? holder.person : firstFree(loads, task, known);
    if (owner === null) continue;
    const isUnderWay = status === 'In progress' && holder.kind === 'owner';
    const spentMs = isUnderWay
      ? openBetween(shiftsOf(known.desk, owner), holder.since, known.at) / (underWay.get(owner) ?? 1)
      : 0;
    const workMs = Math.max(task.workMs - spentMs, task.workMs * LEFT_MIN_SHARE);
    loads.set(owner, (loads.get(owner) ?? 0) + workMs);
    const queue = queues.get(owner);
    if (queue === undefined) queues.set(owner, [{ ...task, workMs }]);
    else queue.push({ ...task, workMs });
  }
  return queues;
}

/** Whoever of the level could have it done first. */
function firstFree(loads: ReadonlyMap<PersonId, number>, task: Task, { desk, at }: Known): PersonId | null {
  const members = ableMembers(desk, levelNamed(desk, task.case.level));
  return best(members, (person) =>
    addOpen(shiftsOf(desk, person), at, Math.ceil((loads.get(person) ?? 0) + task.workMs)),
  );
}

/** The person with the earliest instant; those without one come last. */
function best(people: readonly PersonId[], when: (person: PersonId) => Instant | null): PersonId | null {
  const timed = people.map((person) => ({ person, at: when(person) ?? Number.POSITIVE_INFINITY }));
  return (
    timed.reduce<(typeof timed)[number] | null>(
      (first, one) => (first === null || one.at < first.at ? one : first),
      null,
    )?.person ?? null
  );
}

const inOrder = (queue: readonly Task[], task: Task): Task[] => [...queue, task].sort((a, b) => a.dueAt - b.dueAt);

/** When each task of a queue would be done, by the person's shifts. */
function doneTimes(person: PersonId, queue: readonly Task[], { desk, at }: Known): ReadonlyMap<CaseId, Instant | null> {
  const shifts = shiftsOf(desk, person);
  let workMs = 0;
  return new Map(
    queue.map((task) => {
      workMs += task.workMs;
      return [task.case.id, addOpen(shifts, at, Math.ceil(workMs))];
    }),
  );
}

/** Those of a queue that are not late yet and will be. */
function lateOnes(person: PersonId, queue: readonly Task[], known: Known): readonly Task[] {
  const done = doneTimes(person, queue, known);
  return queue.filter(({ case: it, dueAt }) => {
    const doneAt = done.get(it.id) ?? null;
    return dueAt > known.at && (doneAt === null || doneAt > dueAt);
  });
}

/** What will be missed, by what is due first, and who could take it: each proposal is made as if those before it were followed. */
function proposals(queues: Queues, known: Known): readonly Missed[] {
  const late = [...queues].flatMap(([person, queue]) => {
    const done = doneTimes(person, queue, known);
    return lateOnes(person, queue, known).map((task) => ({ person, task, doneAt: done.get(task.case.id) ?? null }));
  });
  return late
    .sort((a, b) => a.task.dueAt - b.task.dueAt)
    .map(({ person, task, doneAt }, index) => {
      const to = index < PROPOSALS_MAX ? rescuer(queues, task, person, known) : null;
      if (to !== null) {
        queues.set(
          person,
          (queues.get(person) ?? []).filter((one) => one !== task),
        );
        queues.set(to, inOrder(queues.get(to) ?? [], task));
      }
      const { id, ref, level } = task.case;
      return { case: id, ref, level: level ?? '', dueAt: task.dueAt, by: person, doneAt, to };
    });
}

/** Somebody of the same level, else of the next ones, who could do it in time and lets nothing else down for it. */
function rescuer(queues: Queues, task: Task, from: PersonId, known: Known): PersonId | null {
  for (const level of levelsFrom(known.desk, task.case.level)) {
    const able = ableMembers(known.desk, level).filter(
      (person) => person !== from && keepsAll(queues, task, person, known),
    );
    const found = best(
      able,
      (person) => doneTimes(person, inOrder(queues.get(person) ?? [], task), known).get(task.case.id) ?? null,
    );
    if (found !== null) return found;
  }
  return null;
}

function keepsAll(queues: Queues, task: Task, person: PersonId, known: Known): boolean {
  const before = lateOnes(person, queues.get(person) ?? [], known);
  const after = lateOnes(person, inOrder(queues.get(person) ?? [], task), known);
  return after.every((one) => before.includes(one));
}

function levelsFrom(desk: Desk, name: string | null): readonly Level[] {
  const from = desk.levels.findIndex((level) => level.name === name);
  return from === -1 ? [] : desk.levels.slice(from);
}
