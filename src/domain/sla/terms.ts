import type { Case } from '../case/case';
import { calendarOf, type Desk, type Priority, priorityInForce } from '../desk/desk';
import type { ClockName } from './clock';
import type { Calendar } from './hours';
import { type ClientTerms, DEFAULT_RULES, type Promised, type SlaRules, type Terms } from './rules';

/** What a case has that its targets depend on. */
export type Dealt = Pick<Case, 'priority' | 'client' | 'level' | 'targets'>;

/** What one clock of a case promises at present; a target of null: nothing. */
export interface InForce {
  readonly targetMs: number | null;
  readonly calendar: Calendar;
}

export const rulesOf = (desk: Desk): SlaRules => desk.sla ?? DEFAULT_RULES;

/**
 * The target and the calendar of a clock. The target is the one set for this very case, else that of its client, its
 * client's tier, its priority: the first of these that says anything. The calendar likewise: of the client, the tier, the
 * priority (of each first for the clock, then for the priority, then for all), else of the level, else the desk's hours.
 */
export function termsOf(name: ClockName, it: Dealt, desk: Desk): InForce {
  const priority = priorityInForce(desk, it.priority);
  const deals = dealsOf(it, desk);
  const words = deals.flatMap((deal) => deal.priorities[priority.name]?.clocks[name] ?? []);
  const promised = words.length > 0 ? (words[0]?.ms ?? null) : ownTarget(name, priority, desk);
  const named = [...deals.flatMap((deal) => calendarsNamed(deal, priority, name)), ownCalendar(name, priority, desk)];
  const calendar = named.find((one) => one !== null) ?? rulesOf(desk).levelCalendars[it.level ?? ''] ?? 'desk';
  return { targetMs: it.targets?.[name] ?? promised, calendar: calendarOf(desk, calendar) };
}

/** The calendar of the case as a whole: what is counted beside the clocks, such as the time to accept a hand-over. */
export const caseCalendar = (it: Dealt, desk: Desk): Calendar => termsOf('resolution', it, desk).calendar;

/** The client's own terms, then those of their tier. */
function dealsOf({ client }: Dealt, desk: Desk): readonly Terms[] {
  const rules = rulesOf(desk);
  const own = client === null ? undefined : rules.clients.find((one) => isClient(one, client));
  if (own === undefined) return [];
  const tier = own.tier === null ? undefined : rules.tiers[own.tier];
  return tier === undefined ? [own] : [own, tier];
}

function isClient(terms: ClientTerms, { id, name }: NonNullable<Dealt['client']>): boolean {
  const known = terms.name.trim().toLowerCase();
  return known === name.trim().toLowerCase() || known === id.toLowerCase();
}

function calendarsNamed(deal: Terms, priority: Priority, name: ClockName): readonly (string | null)[] {
  const terms = deal.priorities[priority.name];
  return [terms?.clocks[name]?.calendar ?? null, terms?.calendar ?? null, deal.calendar];
}

/** A priority that keeps the desk's hours names none: a level with hours of its own may. */
function ownCalendar(name: ClockName, priority: Priority, desk: Desk): string | null {
  return promisedBy(priority, name, desk)?.calendar ?? (priority.calendar === 'desk' ? null : priority.calendar);
}

function ownTarget(name: ClockName, priority: Priority, desk: Desk): number | null {
  switch (name) {
    case 'first_response':
      return priority.firstResponseMs;
    case 'resolution':
      return priority.resolutionMs;
    case 'update':
      return priority.updateEveryMs;
    case 'triage':
    case 'next_response':
      return promisedBy(priority, name, desk)?.ms ?? null;
  }
}

const promisedBy = (priority: Priority, name: ClockName, desk: Desk): Promised | undefined =>
  rulesOf(desk).priorities[priority.name]?.[name];
