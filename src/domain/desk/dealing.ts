/** All that one person has goes to others at once: to whom each case goes, and why. */
import { type Case, ownerOf } from '../case/case';
import { type Refusal, refuse } from '../case/refusals';
import { wantedFor } from '../case/turn';
import type { PersonId } from '../ids';
import { byUrgency, type Desk, type Level, personOf } from './desk';
import { type Staffing, weightOf } from './load';
import { type Choice, choose, chooseLead, type Now } from './routing';
import { ableMembers, firstLevel, levelNamed } from './turns';

export interface Dealt {
  readonly case: Case;
  /** Null: nobody could have it. */
  readonly to: PersonId | null;
  readonly why: string;
}

/** To whom: these people, or (empty) whoever of each case’s level has the least to do. */
export interface Deal {
  readonly from: PersonId;
  readonly to: readonly PersonId[];
}

/** Why these people cannot be given what `from` has; null when they can. */
export function cannotDeal(desk: Desk, { from, to }: Deal): Refusal | null {
  for (const id of to) {
    const person = personOf(desk, id);
    const name = personOf(desk, from)?.name ?? from;
    if (person === null) return refuse('person-unknown');
    if (person.role === 'viewer') return refuse('person-cannot-own');
    if (id === from) return refuse('already-theirs', `These are ${name}’s cases already. Choose somebody else.`);
  }
  return null;
}

/**
 * Each case to somebody, the most urgent first: as a single case would find its person (on shift, skill, room, who knows the
 * client, least loaded), each choice knowing of those before it. `dealtWith` tells who dealt with the client of a case.
 */
export function dealOut(
  cases: readonly Case[],
  { from, to }: Deal,
  now: Now,
  dealtWith: (it: Case) => Staffing['dealt'],
): readonly Dealt[] {
  const { desk } = now;
  const loads = new Map(now.staffing.loads);
  const ordered = cases
    .filter((it) => ownerOf(it) === from)
    .toSorted((a, b) => byUrgency(desk, a.priority ?? desk.untriaged, b.priority ?? desk.untriaged));
  return ordered.map((it) => {
    const choice = choiceFor(it, { from, to }, { ...now, staffing: { ...now.staffing, loads, dealt: dealtWith(it) } });
    if (choice === null) return { case: it, to: null, why: 'nobody of its level could have it' };
    const before = loads.get(choice.person) ?? { weight: 0, lastAt: null };
    loads.set(choice.person, { weight: before.weight + weightOf(desk, it.priority), lastAt: now.at });
    return { case: it, to: choice.person, why: choice.reason };
  });
}

function choiceFor(it: Case, { from, to }: Deal, now: Now): Pick<Choice, 'person' | 'reason'> | null {
  const wanted = { ...wantedFor(it), heldBy: null };
  const [only] = to;
  if (only !== undefined && to.length === 1) return { person: only, reason: 'chosen for all of them' };
  if (to.length > 1) return choose(among(to), wanted, [], now);
  const level = levelFor(it, now.desk);
  const choice = choose(level, wanted, [from], now);
  if (choice?.there) return choice;
  const why = choice === null ? `nobody else is of ${level.name}` : `nobody of ${level.name} is on shift`;
  const lead = chooseLead(wanted, [from], why, now);
  return lead?.there || choice === null ? lead : choice;
}

const among = (members: readonly PersonId[]): Level => ({ name: 'those chosen', members, acceptWithinMs: 0 });

/** The case’s own level, the first where it is of none; on a desk without levels everybody who works cases. */
function levelFor({ level }: Case, desk: Desk): Level {
  const own = levelNamed(desk, level);
  const found = own !== null && ableMembers(desk, own).length > 0 ? own : firstLevel(desk);
  return (
    found ?? { ...among(desk.people.filter(({ role }) => role !== 'viewer').map(({ id }) => id)), name: 'the desk' }
  );
}
