import type { DeskWords } from './deskSchema';
import type { ClockWords, DealWords } from './deskTerms';
import { ROUND_THE_CLOCK } from './deskTimes';
import { unknownWord } from './deskWords';
import type { Issue, Path } from './deskYaml';

interface Known {
  readonly calendars: readonly string[];
  readonly priorities: readonly string[];
}

/** Tiers, clients, levels and targets that name a calendar, priority or tier which the file does not know. */
export function slaIssues({ sla, priorities, levels, calendars }: DeskWords): Issue[] {
  const known: Known = {
    calendars: ['desk', ROUND_THE_CLOCK, ...Object.keys(calendars)],
    priorities: Object.keys(priorities),
  };
  const tiers = Object.keys(sla.tiers);
  const lostTiers = sla.clients.flatMap(({ tier }, at): Issue[] =>
    tier === undefined || tiers.includes(tier)
      ? []
      : [{ path: ['sla', 'clients', at, 'tier'], message: unknownWord(tier, tiers, 'tier') }],
  );
  return [
    ...Object.entries(priorities).flatMap(([name, it]) => clockIssues(it, ['priorities', name], known)),
    ...levels.flatMap(({ hours }, at) => calendarIssue(hours, ['levels', at, 'hours'], known)),
    ...Object.entries(sla.tiers).flatMap(([name, it]) => dealIssues(it, ['sla', 'tiers', name], known)),
    ...sla.clients.flatMap((it, at) => dealIssues(it, ['sla', 'clients', at], known)),
    ...lostTiers,
  ];
}

function dealIssues({ hours, priorities }: DealWords, path: Path, known: Known): Issue[] {
  const own = calendarIssue(hours, [...path, 'hours'], known);
  const each = Object.entries(priorities).flatMap(([name, it]) => {
    const place = [...path, 'priorities', name];
    const lost = known.priorities.includes(name)
      ? []
      : [{ path: place, message: unknownWord(name, known.priorities, 'priority') }];
    return [...lost, ...calendarIssue(it.hours, [...place, 'hours'], known), ...clockIssues(it, place, known)];
  });
  return [...own, ...each];
}

const CLOCKS = ['triage', 'first_response', 'next_response', 'update_every', 'resolution'] as const;

const clockIssues = (words: ClockWords, path: Path, known: Known): Issue[] =>
  CLOCKS.flatMap((clock) => calendarIssue(words[clock]?.hours, [...path, clock, 'hours'], known));

function calendarIssue(name: string | null | undefined, path: Path, { calendars }: Known): Issue[] {
  const isKnown = name === undefined || name === null || calendars.includes(name);
  return isKnown ? [] : [{ path, message: unknownWord(name, calendars, 'calendar') }];
}
