import type { Instant } from '../ids';
import { WEEKDAYS, type Weekday } from '../sla/hours';
import { weekdayIndex } from '../sla/localTime';
import { rulesOf } from '../sla/terms';
import { inWords, listed } from '../words';
import { type Desk, leadsOf, type PlatformName, personOf } from './desk';
import { coveredSpans, type Gap, gapsOf, rotaGaps } from './gaps';
import { localDay, wallTime } from './localDay';
import { hasNoTerms, type Promised, promisesOf } from './promised';
import { knowsShifts } from './shifts';
import { ableMembers } from './turns';

/** Something about who is there when it counts. */
export interface Flaw {
  /** What it is, without its wording: a flaw is new when one of its keys is. */
  readonly keys: readonly string[];
  readonly say: string;
  /** `broken`: somebody will be let down. `known`: worth knowing, and told to nobody who did not ask. */
  readonly weight: 'broken' | 'known';
}

/** What is wrong with who is there in the next two weeks, and who could not be reached. Pure; what only platforms know is not in it. */
export function coverageFlaws(desk: Desk, at: Instant, connected: readonly PlatformName[]): readonly Flaw[] {
  if (desk.people.length === 0) return [];
  return [
    ...shiftFlaws(desk, at),
    ...rotaFlaws(desk, at),
    ...tierFlaws(desk),
    ...levelFlaws(desk),
    ...reachFlaws(desk, connected),
  ];
}

/** Hours in which nobody is there although clocks run. */
function shiftFlaws(desk: Desk, at: Instant): readonly Flaw[] {
  if (!knowsShifts(desk))
    return [
      {
        keys: ['no-hours'],
        say: 'The desk file does not say when people work (people: hours), so nobody can tell when nobody is on shift.',
        weight: 'known',
      },
    ];
  const covered = coveredSpans(desk, at);
  if (covered.length === 0)
    return [
      { keys: ['nobody-ever'], say: 'Nobody who takes cases is on shift in the next two weeks.', weight: 'broken' },
    ];
  return promisesOf(desk).flatMap((promised) => promiseFlaws(desk, promised, gapsOf(promised.calendar, covered, at)));
}

/** Hours of the desk in which nobody is named to triage: what comes in then is a lead's. */
function rotaFlaws(desk: Desk, at: Instant): readonly Flaw[] {
  const days = new Map<string, Weekday[]>();
  for (const gap of rotaGaps(desk, [], at)) {
    const { times, day } = lookOf(desk, gap);
    days.set(times, [...new Set([...(days.get(times) ?? []), day])]);
  }
  return [...days].map(([times, on]) => ({
    keys: on.map((day) => `rota:${day} ${times}`),
    say: `The triage rota has nobody ${onDays(on)} from ${times}; what comes in then goes to the leads.`,
    weight: 'broken',
  }));
}

/** Gaps that look the same from one day to the next are told in one sentence. */
function promiseFlaws(desk: Desk, promised: Promised, gaps: readonly Gap[]): readonly Flaw[] {
  const alike = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const look = lookOf(desk, gap);
    alike.set(look.times, [...(alike.get(look.times) ?? []), gap]);
  }
  return [...alike].map(([times, same]) => gapFlaw(desk, promised, times, same));
}

function gapFlaw(desk: Desk, promised: Promised, times: string, gaps: readonly Gap[]): Flaw {
  const days = [...new Set(gaps.map((gap) => lookOf(desk, gap).day))];
  const longestMs = Math.max(...gaps.map((gap) => gap.openMs));
  const late = longestMs > promised.firstResponseMs;
  const runs = `${promised.name}: nobody is on shift ${onDays(days)} from ${times}, though its clocks run for ${inWords(longestMs)} of it`;
  const broken = `; a first response is promised within ${inWords(promised.firstResponseMs)}, so a case of then is missed before anybody comes.`;
  return {
    keys: days.map((day) => `nobody:${promised.name}:${day} ${times}`),
    say: late
      ? `${runs}${broken}`
      : `${runs}; its first response (${inWords(promised.firstResponseMs)}) can wait that long.`,
    weight: late ? 'broken' : 'known',
  };
}

/** `20:00 to 08:00 the next day`, and the weekday on which it begins, in the desk's zone. */
function lookOf({ zone }: Desk, gap: Gap): { readonly day: Weekday; readonly times: string } {
  const [from, to] = [localDay(zone, gap.from), localDay(zone, gap.to)];
  const nights = to - from;
  const next = nights === 0 ? '' : nights === 1 ? ' the next day' : ` ${nights} days later`;
  return { day: weekday(from), times: `${wallTime(zone, gap.from)} to ${wallTime(zone, gap.to)}${next}` };
}

const weekday = (day: number): Weekday => WEEKDAYS[weekdayIndex(day)] ?? 'mon';
const NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const onDays = (days: readonly Weekday[]): string =>
  days.length === WEEKDAYS.length
    ? 'every day'
    : `on ${listed(WEEKDAYS.filter((day) => days.includes(day)).map((day) => NAMES[day]))}`;

/** A tier that says nothing is a promise somebody believes in and nobody keeps. */
function tierFlaws(desk: Desk): readonly Flaw[] {
  const { tiers } = rulesOf(desk);
  return Object.entries(tiers)
    .filter(([, terms]) => hasNoTerms(terms))
    .map(([tier]) => ({
      keys: [`tier:${tier}`],
      say: `The tier ${tier} promises nothing of its own: its clients get what everybody gets.`,
      weight: 'broken',
    }));
}

function levelFlaws(desk: Desk): readonly Flaw[] {
  return desk.levels.flatMap((level): readonly Flaw[] => {
    const able = ableMembers(desk, level);
    if (able.length === 0)
      return [
        { keys: [`empty:${level.name}`], say: `${level.name} has nobody who can take a case.`, weight: 'broken' },
      ];
    const idle = level.members.filter((id) => !able.includes(id));
    return idle.map((id) => ({
      keys: [`idle:${level.name}:${id}`],
      say: `${level.name} names ${personOf(desk, id)?.name ?? id}, who only looks and cannot take a case.`,
      weight: 'broken',
    }));
  });
}

/** People who are counted on and have no account where Baton could speak to them. */
function reachFlaws(desk: Desk, connected: readonly PlatformName[]): readonly Flaw[] {
  if (connected.length === 0) return [];
  const counted = new Set([...desk.levels.flatMap((level) => level.members), ...leadsOf(desk).map(({ id }) => id)]);
  return desk.people
    .filter(({ id, accounts }) => counted.has(id) && !connected.some((platform) => accounts[platform] !== undefined))
    .map(({ id, name }) => ({
      keys: [`unreached:${id}`],
      say: `${name} has no account on any platform that is connected, so nothing reaches them.`,
      weight: 'broken',
    }));
}

/** What is wrong now and was not when the keys in `known` were. */
export const newFlaws = (flaws: readonly Flaw[], known: readonly string[]): readonly Flaw[] =>
  flaws.filter(({ keys, weight }) => weight === 'broken' && keys.some((key) => !known.includes(key)));

export const keysOf = (flaws: readonly Flaw[]): readonly string[] => flaws.flatMap(({ keys }) => keys);
