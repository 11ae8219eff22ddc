import type { Status } from '../case/case';
import type { ClockName } from './clock';

/** What is promised of one clock. */
export interface Promised {
  /** Open ms; null: nothing is promised, whatever a broader rule says. */
  readonly ms: number | null;
  /** The calendar that this clock runs on, by name; null: the one of the broader rule. */
  readonly calendar: string | null;
}

export type ClockTerms = Partial<Readonly<Record<ClockName, Promised>>>;

/** What is promised to the clients of a tier, or to one client, beside or instead of what the priorities promise. */
export interface Terms {
  readonly calendar: string | null;
  /** By the name of the priority. */
  readonly priorities: Readonly<Record<string, { readonly calendar: string | null; readonly clocks: ClockTerms }>>;
}

/** A client is known by the name on its cases, in any case of letters. */
export interface ClientTerms extends Terms {
  readonly name: string;
  readonly tier: string | null;
}

/** What the desk file says of clocks beyond the targets of its priorities. Plain data; no part of it is needed. */
export interface SlaRules {
  /** By the name of the priority: clocks that only some desks promise, and calendars of single clocks. */
  readonly priorities: Readonly<Record<string, ClockTerms>>;
  readonly tiers: Readonly<Record<string, Terms>>;
  readonly clients: readonly ClientTerms[];
  /** By the name of the level: where its cases count, unless a client, tier or priority says otherwise. */
  readonly levelCalendars: Readonly<Record<string, string>>;
  /** In which statuses each clock stands still. */
  readonly pauses: Partial<Readonly<Record<ClockName, readonly Status[]>>>;
  /** Open ms more for what comes while its calendar is closed, so that a morning does not begin with breaches. */
  readonly graceMs: number;
  readonly onPriorityChange: 'keep_elapsed' | 'restart';
  readonly onReopen: 'resume' | 'restart';
}

/** While the client is waited for, work is not late and there is nothing to update them of; they still wait for answers. */
export const DEFAULT_PAUSES: SlaRules['pauses'] = { resolution: ['Awaiting client'], update: ['Awaiting client'] };

export const DEFAULT_RULES: SlaRules = {
  priorities: {},
  tiers: {},
  clients: [],
  levelCalendars: {},
  pauses: DEFAULT_PAUSES,
  graceMs: 0,
  onPriorityChange: 'keep_elapsed',
  onReopen: 'resume',
};
