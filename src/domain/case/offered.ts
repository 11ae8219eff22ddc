/** Who is asked by a proposal: now, before, and next; until when, and when they are reminded. */
import { type Desk, type Level, leadsOf, personOf, type WarningMark } from '../desk/desk';
import { choose, chooseLead, nowOf } from '../desk/routing';
import { ableMembers, isAble, levelAfter, levelNamed } from '../desk/turns';
import { HOUR_MS, type Instant, MINUTE_MS, type PersonId } from '../ids';
import { meanOpenDayMs } from '../sla/calendar';
import { caseCalendar } from '../sla/terms';
import { addOpen } from '../sla/walk';
import { type Asked, type Case, type Handover, type HandoverKind, ownerOf } from './case';
import type { Told } from './decision';
import { wantedFor } from './turn';

/** For somebody who is of no level: as long as a level has that says nothing. */
const ACCEPT_WITHIN_MS = 30 * MINUTE_MS;
/** The leads are the last who are asked, so they get a day of the case's calendar, and at least this. */
const LEADS_WITHIN_MS = HOUR_MS;
const REMIND_AT: readonly WarningMark[] = [{ kind: 'share', share: 0.5 }];

export const kindOf = ({ kind }: Handover): HandoverKind => kind ?? 'hand-over';

export function askedName(asked: Asked): string {
  switch (asked.kind) {
    case 'level':
      return asked.level;
    case 'person':
      return asked.name;
    case 'leads':
      return 'the leads';
  }
}

/** Everybody who is asked now; whoever proposed it is not, unless nobody else is left. */
export function askedPeople(desk: Desk, { asked, from }: Pick<Handover, 'asked' | 'from'>): readonly PersonId[] {
  const able = ableOf(desk, asked);
  const others = able.filter((person) => person !== from);
  return others.length > 0 ? others : able;
}

function ableOf(desk: Desk, asked: Asked): readonly PersonId[] {
  switch (asked.kind) {
    case 'level':
      return ableMembers(desk, levelNamed(desk, asked.level));
    case 'person':
      return isAble(desk, asked.person) ? [asked.person] : [];
    case 'leads':
      return leadsOf(desk).map(({ id }) => id);
  }
}

/** Whether the person was asked at any time: who let the time pass may still answer. */
export function wasAsked(desk: Desk, { asked, askedBefore, peopleBefore = [] }: Handover, person: PersonId): boolean {
  const levels = asked.kind === 'level' ? [asked.level, ...askedBefore] : askedBefore;
  const byName = asked.kind === 'person' && asked.person === person;
  return byName || peopleBefore.includes(person) || levels.some((name) => isMember(desk, name, person));
}

/** The level that the case stands on once the person has accepted; null where they are of none that was asked. */
export function acceptedLevel(desk: Desk, { asked, askedBefore }: Handover, person: PersonId): string | null {
  const levels = asked.kind === 'leads' || asked.level === null ? askedBefore : [asked.level, ...askedBefore];
  return levels.find((name) => isMember(desk, name, person)) ?? null;
}

const isMember = (desk: Desk, level: string, person: PersonId): boolean =>
  levelNamed(desk, level)?.members.includes(person) ?? false;

/** Those of a level who could take the case over from its owner and from whoever proposes it. */
export function candidatesOf(desk: Desk, level: Level, it: Case, from: PersonId): readonly PersonId[] {
  return ableMembers(desk, level).filter((person) => person !== from && person !== ownerOf(it));
}

/** The first level above `name` in which somebody could take the case over; null after the last. */
export function askableAfter(desk: Desk, name: string | null, it: Case, from: PersonId): Level | null {
  const next = levelAfter(desk, name);
  return next === null || candidatesOf(desk, next, it, from).length > 0
    ? next
    : askableAfter(desk, next.name, it, from);
}

/**
 * Who is asked when nobody has answered in time: after one person the next of their level, after a level the next one up,
 * after the last the leads. Null when there is nobody left to ask.
 */
export function askedNext(told: Asking, it: Case, handover: Handover): Asked | null {
  const { desk } = told;
  const { asked, from, peopleBefore = [] } = handover;
  if (asked.kind === 'leads') return null;
  const level = levelNamed(desk, asked.level);
  if (asked.kind === 'person' && level !== null) {
    const passed = [asked.person, ...peopleBefore];
    const next = nextOf(level, it, { from, passed }, told);
    if (next?.there) return next.asked;
    // Before somebody is woken, whoever else is there is asked.
    const awake = someoneAbove(level, it, { from, passed }, told);
    if (awake !== null) return awake;
    if (next !== null) return next.asked;
  }
  const above = askableAfter(desk, asked.level ?? desk.levels.at(-1)?.name ?? null, it, from);
  if (above !== null) return levelAsked(above, it, from, told);
  return leadsOf(desk).length > 0 ? { kind: 'leads' } : null;
}

export type Asking = Pick<Told, 'desk' | 'at' | 'staffing'>;

/** All of a level at once; where it claims in turn, one after the other. */
export function levelAsked(level: Level, it: Case, from: PersonId, told: Asking): Asked {
  const first = level.claimMs === undefined ? null : nextOf(level, it, { from, passed: [] }, told);
  return first?.asked ?? { kind: 'level', level: level.name };
}

interface Passing {
  readonly from: PersonId;
  readonly passed: readonly PersonId[];
}

/** Whoever of the level is next by shift, load and skill, and whether they are on shift; null when everybody has been asked. */
function nextOf(
  level: Level,
  it: Case,
  passing: Passing,
  told: Asking,
): { readonly asked: Asked; readonly there: boolean } | null {
  const next = choose(level, wantedFor(it), notAgain(it, passing), nowOf(told));
  return next === null ? null : { asked: personAsked(told.desk, next.person, level.name), there: next.there };
}

function notAgain(it: Case, { passed, from }: Passing): readonly PersonId[] {
  const owner = ownerOf(it);
  return [...passed, from, ...(owner === null ? [] : [owner])];
}

/** Somebody on shift in the levels above, else a lead on shift; null where nobody is. */
function someoneAbove(level: Level, it: Case, passing: Passing, told: Asking): Asked | null {
  const { desk } = told;
  const above = desk.levels.slice(desk.levels.indexOf(level) + 1);
  const there = above.find((one) => nextOf(one, it, passing, told)?.there);
  if (there !== undefined) return levelAsked(there, it, passing.from, told);
  const lead = chooseLead(wantedFor(it), notAgain(it, passing), 'nobody else is there', nowOf(told));
  return lead?.there ? personAsked(desk, lead.person, null) : null;
}

export const personAsked = (desk: Desk, person: PersonId, level: string | null): Asked => ({
  kind: 'person',
  person,
  name: personOf(desk, person)?.name ?? person,
  level,
});

/** Until when an answer is waited for and when those asked are reminded, in open time of the case as that level has it. */
export function timesOf(
  desk: Desk,
  it: Case,
  asked: Asked,
  at: Instant,
): Required<Pick<Handover, 'acceptBy' | 'remindAt'>> {
  const level = asked.kind === 'leads' ? null : levelNamed(desk, asked.level);
  const calendar = caseCalendar({ ...it, level: level?.name ?? it.level }, desk);
  const after = (ms: number): Instant => addOpen(calendar, at, ms) ?? at;
  const withinMs =
    asked.kind === 'leads'
      ? Math.max(LEADS_WITHIN_MS, meanOpenDayMs(calendar))
      : ((asked.kind === 'person' ? level?.claimMs : undefined) ?? level?.acceptWithinMs ?? ACCEPT_WITHIN_MS);
  const marks = (level?.remindAt ?? REMIND_AT).map((mark) =>
    mark.kind === 'share' ? Math.round(mark.share * withinMs) : withinMs - mark.ms,
  );
  const within = [...new Set(marks)].filter((ms) => ms > 0 && ms < withinMs).sort((a, b) => a - b);
  return { acceptBy: after(withinMs), remindAt: within.map(after) };
}
