import type { Status } from '../domain/case/case';
import { ALWAYS, type Calendar, meanOpenDayMs } from '../domain/sla/calendar';
import type { ClockName } from '../domain/sla/clock';
import type { ClockTerms, Promised, SlaRules, Terms } from '../domain/sla/rules';
import type { DeskWords, PriorityWords } from './deskSchema';
import type { ClockWords, DealWords, TargetWords } from './deskTerms';
import { durationMs } from './durations';

type Calendars = Readonly<Record<string, Calendar>>;

const STATUS: Readonly<Record<string, Status>> = {
  new: 'New',
  triaged: 'Triaged',
  'in progress': 'In progress',
  'awaiting client': 'Awaiting client',
};

/** The rules of the clocks beyond the three targets of each priority. A `d` is a day of the calendar that the target names, or its priority. */
export function slaRulesOf(words: DeskWords, calendars: Calendars): SlaRules {
  const { sla, priorities, levels } = words;
  const deal = (it: DealWords): Terms => termsOf(it, priorities, calendars);
  const levelHours = levels.flatMap(({ name, hours }) => (hours === undefined ? [] : [[name, hours] as const]));
  const grace = sla.grace_after_opening;
  return {
    priorities: Object.fromEntries(
      Object.entries(priorities).map(([name, it]) => [name, clockTerms(it, dayOf(calendars, it.hours))]),
    ),
    tiers: Object.fromEntries(Object.entries(sla.tiers).map(([name, it]) => [name, deal(it)])),
    clients: sla.clients.map((it) => ({ name: it.name, tier: it.tier ?? null, ...deal(it) })),
    levelCalendars: Object.fromEntries(levelHours),
    pauses: pausesOf(sla.pauses),
    graceMs: grace === undefined ? 0 : durationMs(grace, dayOf(calendars, 'desk')(null)),
    onPriorityChange: sla.on_priority_change,
    onReopen: sla.on_reopen,
  };
}

function pausesOf(words: DeskWords['sla']['pauses']): SlaRules['pauses'] {
  const entries = Object.entries(words).map(([clock, names]) => [clock, names.flatMap((name) => STATUS[name] ?? [])]);
  return Object.fromEntries(entries.filter(([, statuses]) => statuses !== undefined && statuses.length > 0));
}

/** How long a `d` is for a target that names `hours`, or none. */
type DayMs = (hours: string | null) => number;

const dayOf =
  (calendars: Calendars, ...broader: readonly (string | undefined)[]): DayMs =>
  (hours) =>
    meanOpenDayMs(calendars[hours ?? broader.find((name) => name !== undefined) ?? 'desk'] ?? ALWAYS);

function termsOf(deal: DealWords, priorities: DeskWords['priorities'], calendars: Calendars): Terms {
  const byPriority = Object.entries(deal.priorities).map(([name, it]) => {
    const dayMs = dayOf(calendars, it.hours, deal.hours, priorities[name]?.hours);
    return [name, { calendar: it.hours ?? null, clocks: clockTerms(it, dayMs) }] as const;
  });
  return { calendar: deal.hours ?? null, priorities: Object.fromEntries(byPriority) };
}

function clockTerms(words: ClockWords | PriorityWords, dayMs: DayMs): ClockTerms {
  const { triage, first_response, next_response, update_every, resolution } = words;
  const named: readonly (readonly [ClockName, TargetWords | undefined])[] = [
    ['triage', triage],
    ['first_response', first_response],
    ['next_response', next_response],
    ['update', update_every],
    ['resolution', resolution],
  ];
  return Object.fromEntries(named.flatMap(([name, it]) => (it === undefined ? [] : [[name, promised(it, dayMs)]])));
}

export function promised({ within, hours }: TargetWords, dayMs: DayMs): Promised {
  return { ms: within === null ? null : durationMs(within, dayMs(hours)), calendar: hours };
}
