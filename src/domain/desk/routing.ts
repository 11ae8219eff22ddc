import type { Client } from '../case/case';
import { DAY_MS, type Instant, type PersonId, type PriorityName } from '../ids';
import { backAt, isOnShift } from './availability';
import { type Busy, busyAt, busySentence, busyText } from './busy';
import { type Desk, type Level, leadsOf, personOf } from './desk';
import { capacityOf, loadText, STAFFED_AS_PLANNED, type Staffing, weightOf } from './load';
import { ableMembers } from './turns';

/** What of a case decides whose it should be. */
export interface Wanted {
  readonly number: number;
  readonly client: Client | null;
  readonly category: string | null;
  readonly priority: PriorityName | null;
  /** Who has it now, so that it does not count against them. */
  readonly heldBy: PersonId | null;
}

export interface Now {
  readonly desk: Desk;
  readonly staffing: Staffing;
  readonly at: Instant;
}

/** What a decision is told, as of the desk file alone where nothing more is known. */
export const nowOf = ({ desk, at, staffing = STAFFED_AS_PLANNED }: Omit<Now, 'staffing'> & Partial<Now>): Now => ({
  desk,
  at,
  staffing,
});

/** Whether they are on shift now, as far as is known. */
export const isThere = (person: PersonId, { desk, staffing, at }: Now): boolean =>
  isOnShift({ desk, attendance: staffing.attendance }, person, at);

/** Somebody, and why they. */
export interface Choice {
  readonly person: PersonId;
  /** For people: `on shift, 2 of 5, last handled Northwind`. */
  readonly reason: string;
  /** Nobody better was there: somebody who is full, busy, off shift or without the skill. It is looked at again when that changes. */
  readonly stopgap: boolean;
  /** Whether they are on shift. */
  readonly there: boolean;
  /** What they do instead of reading what comes in: everybody else who is there does so too. */
  readonly busy?: Busy;
  /** When what they were chosen for ends (a shift of the rota); absent: when they leave. */
  readonly ends?: Instant;
}

/** Whoever had a case of the client longer ago than this no longer knows much about it. */
const LATELY_MS = 30 * DAY_MS;

interface Candidate {
  readonly person: PersonId;
  readonly there: boolean;
  readonly busy: Busy | null;
  readonly skilled: boolean;
  readonly free: boolean;
  /** Weighted cases they hold, without this one. */
  readonly weight: number;
  readonly share: number;
  readonly lastAt: number;
  readonly place: number;
}

/**
 * Who of a level is next: of those on shift who know the category and have room, whoever handled the client lately, else the
 * least loaded, else whoever got nothing for the longest time. Then those who are full, then those without the skill; whoever
 * is busy only where all who are on shift are; with nobody on shift whoever is back first. `passed` had their turn already.
 * Null: nobody is left.
 */
export function choose(level: Level, wanted: Wanted, passed: readonly PersonId[], now: Now): Choice | null {
  const candidates = candidatesOf(ableMembers(now.desk, level), passed, wanted, now);
  if (candidates.length === 0) return null;
  const there = candidates.filter((one) => one.there);
  if (there.length === 0) return backFirst(candidates, level, now);
  const free = notBusy(there);
  const chosen = bestOf(free, candidates, wanted, now);
  const { busy } = free.length === there.length ? {} : bestOf(there, candidates, wanted, now);
  return busy === undefined ? chosen : { ...chosen, reason: `${chosen.reason}, ${busySentence(busy, now)}` };
}

/** Of `there`, who are never nobody; `all` of the level tell whether a skill is worth naming. */
function bestOf(there: readonly Candidate[], all: readonly Candidate[], wanted: Wanted, now: Now): Choice {
  const best = there.filter((one) => one.skilled && one.free);
  const known = best.length > 0 ? stickyOf(best, wanted, now) : null;
  if (known !== null) return choiceOf(known, now, [`last handled ${wanted.client?.name ?? ''}`]);
  if (best.length > 0) return choiceOf(leastLoaded(best), now, skillNotes(all, wanted));
  const skilled = there.filter((one) => one.skilled);
  if (skilled.length > 0)
    return { ...choiceOf(leastLoaded(skilled), now, ['everybody on shift is full']), stopgap: true };
  return {
    ...choiceOf(leastLoaded(there), now, [`nobody on shift knows ${wanted.category ?? 'this'}`]),
    stopgap: true,
  };
}

/** Those who may be asked; everybody where nobody may. */
const notBusy = (people: readonly Candidate[]): readonly Candidate[] => {
  const free = people.filter(({ busy }) => busy === null);
  return free.length > 0 ? free : people;
};

/** The first who is on shift and may be asked, else the first on shift; null: nobody is. */
export const firstThere = <One extends Pick<Choice, 'there' | 'busy'>>(
  choices: readonly (One | null)[],
): One | null => {
  const there = choices.filter((one) => one?.there === true);
  return there.find((one) => one?.busy === undefined) ?? there[0] ?? null;
};

/** A lead for what nobody else can have: on shift and least loaded, else the one who is back first; null: the desk has no leads. */
export function chooseLead(wanted: Wanted, passed: readonly PersonId[], why: string, now: Now): Choice | null {
  const leads = candidatesOf(
    leadsOf(now.desk).map(({ id }) => id),
    passed,
    wanted,
    now,
  );
  const present = notBusy(leads.filter((one) => one.there));
  // An admin runs the desk and is asked where no lead is there.
  const first = present.filter((one) => personOf(now.desk, one.person)?.role === 'lead');
  const there = first.length > 0 ? first : present;
  const lead = there.length > 0 ? leastLoaded(there) : firstBack(leads, now);
  if (lead === null) return null;
  const reason = [`lead, as ${why}`, ...busyNotes(lead, now)].join(', ');
  return { person: lead.person, reason, stopgap: true, there: lead.there, ...busyPart(lead) };
}

function candidatesOf(
  people: readonly PersonId[],
  passed: readonly PersonId[],
  wanted: Wanted,
  now: Now,
): readonly Candidate[] {
  const left = people.filter((person) => !passed.includes(person));
  // Of those who are alike in all else one comes after the other by the number of the case.
  const turn = (index: number): number => (index + left.length - (wanted.number % left.length)) % left.length;
  return left.map((person, index) => candidateOf(person, turn(index), wanted, now));
}

function candidateOf(person: PersonId, place: number, wanted: Wanted, now: Now): Candidate {
  const { desk, staffing, at } = now;
  const load = staffing.loads.get(person) ?? { weight: 0, lastAt: null };
  const own = weightOf(desk, wanted.priority);
  const weight = Math.max(0, load.weight - (wanted.heldBy === person ? own : 0));
  const skills = personOf(desk, person)?.skills;
  const most = personOf(desk, person)?.maxOpen;
  return {
    person,
    there: isThere(person, now),
    busy: busyAt(staffing.attendance, person, at),
    skilled: skills === undefined || wanted.category === null || skills.includes(wanted.category),
    free: most === undefined || weight + own <= most,
    weight,
    share: weight / capacityOf(desk, person),
    lastAt: load.lastAt ?? Number.NEGATIVE_INFINITY,
    place,
  };
}

const leastLoaded = <One extends Candidate>(candidates: readonly One[]): One =>
  candidates.reduce((best, one) => (inOrder(one, best) < 0 ? one : best));

const inOrder = (a: Candidate, b: Candidate): number =>
  a.share - b.share || compare(a.lastAt, b.lastAt) || a.place - b.place;

/** `a - b` of two minus infinities is not a number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Whoever handled the client lately, unless they have more to do than somebody else by more than a case. */
function stickyOf(free: readonly Candidate[], { client }: Wanted, { desk, staffing, at }: Now): Candidate | null {
  if (client === null) return null;
  const least = Math.min(...free.map((one) => one.share));
  for (const { person, at: then } of staffing.dealt) {
    if (at - then > LATELY_MS) break;
    const known = free.find((one) => one.person === person);
    if (known !== undefined && known.share <= least + 1 / capacityOf(desk, person)) return known;
  }
  return null;
}

function backFirst(candidates: readonly Candidate[], level: Level, now: Now): Choice | null {
  const first = firstBack(candidates, now);
  return first === null
    ? null
    : { person: first.person, reason: `nobody of ${level.name} is on shift; back first`, stopgap: true, there: false };
}

function firstBack(candidates: readonly Candidate[], { desk, staffing, at }: Now): Candidate | null {
  const plan = { desk, attendance: staffing.attendance };
  const [first, ...others] = candidates.map((one) => ({
    ...one,
    back: backAt(plan, one.person, at) ?? Number.POSITIVE_INFINITY,
  }));
  if (first === undefined) return null;
  return others.reduce((best, one) => ((compare(one.back, best.back) || inOrder(one, best)) < 0 ? one : best), first);
}

function choiceOf(one: Candidate, now: Now, notes: readonly string[]): Choice {
  const { person, weight, busy } = one;
  const reason = ['on shift', ...busyNotes(one, now), loadText(now.desk, person, weight), ...notes].join(', ');
  return { person, reason, stopgap: busy !== null, there: true, ...busyPart(one) };
}

const busyNotes = ({ busy }: Candidate, now: Now): readonly string[] => (busy === null ? [] : [busyText(busy, now)]);
const busyPart = ({ busy }: Candidate): Pick<Choice, 'busy'> => (busy === null ? {} : { busy });

/** The skill is worth telling where others of the level lack it. */
const skillNotes = (all: readonly Candidate[], { category }: Wanted): readonly string[] =>
  category !== null && all.some((one) => !one.skilled) ? [`knows ${category}`] : [];
