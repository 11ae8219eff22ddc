import { type Desk, priorityInForce } from '../desk/desk';
import type { CaseId, PriorityName } from '../ids';
import type { ClockName } from '../sla/clock';
import type { Kept, Retold } from './retell';

/** How often one promise was kept, on the clocks of one desk. */
export interface Share {
  readonly clock: ClockName;
  /** Null: nobody ever triaged these cases. */
  readonly priority: PriorityName | null;
  readonly now: Kept;
  readonly drafted: Kept;
}

export type Verdict = 'met' | 'missed' | 'open';

/** A case that is missed on one of the desks and not on the other. */
export interface Flip {
  readonly case: CaseId;
  readonly ref: string;
  readonly title: string;
  readonly clock: ClockName;
  /** On the desk as it is. */
  readonly is: Verdict;
  /** On the draft. */
  readonly becomes: Verdict;
}

export interface Comparison {
  readonly cases: number;
  readonly shares: readonly Share[];
  readonly flips: readonly Flip[];
}

const CLOCKS: readonly ClockName[] = ['triage', 'first_response', 'next_response', 'update', 'resolution'];
const NONE: Kept = { met: 0, missed: 0 };

/** One case told twice: on the clocks of the desk as it is, and on those of the draft. */
export interface Twice {
  readonly now: Retold;
  readonly drafted: Retold;
}

/** Shares by clock and priority, the most urgent first, and the cases that flip, in the order in which they were given. */
export function compare(told: readonly Twice[], desk: Desk): Comparison {
  const names = [...desk.priorities.map(({ name }) => name), ...strangers(told, desk), null];
  const shares = CLOCKS.flatMap((clock) =>
    names.map((priority): Share => {
      const own = told.filter(({ now }) => now.case.priority === priority);
      return {
        clock,
        priority,
        now: sum(own.map(({ now }) => now.clocks.get(clock) ?? NONE)),
        drafted: sum(own.map(({ drafted }) => drafted.clocks.get(clock) ?? NONE)),
      };
    }),
  );
  return {
    cases: told.length,
    shares: shares.filter(({ now, drafted }) => now.met + now.missed + drafted.met + drafted.missed > 0),
    flips: told.flatMap((one) => CLOCKS.flatMap((clock) => flipOf(one, clock))),
  };
}

/** Priorities of old cases that the desk no longer has: their cases run on the targets of untriaged ones. */
const strangers = (told: readonly Twice[], desk: Desk): readonly PriorityName[] => [
  ...new Set(
    told.flatMap(({ now: { case: it } }) =>
      it.priority !== null && priorityInForce(desk, it.priority).name !== it.priority ? [it.priority] : [],
    ),
  ),
];

const sum = (all: readonly Kept[]): Kept =>
  all.reduce((so, one) => ({ met: so.met + one.met, missed: so.missed + one.missed }), NONE);

/** Missed once is missed. A promise that only one of the desks makes cannot flip. */
function flipOf({ now, drafted }: Twice, clock: ClockName): readonly Flip[] {
  const is = verdict(now, clock);
  const becomes = verdict(drafted, clock);
  if (is === null || becomes === null || (is === 'missed') === (becomes === 'missed')) return [];
  const { id, ref, title } = now.case;
  return [{ case: id, ref, title, clock, is, becomes }];
}

function verdict({ clocks, open }: Retold, clock: ClockName): Verdict | null {
  const { met, missed } = clocks.get(clock) ?? NONE;
  if (missed > 0) return 'missed';
  if (open.has(clock)) return 'open';
  return met > 0 ? 'met' : null;
}
