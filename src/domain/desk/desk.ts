import type { PersonId, PriorityName } from '../ids';
import type { Calendar } from '../sla/calendar';
import type { SlaRules } from '../sla/rules';

/** A chat platform by the name its adapter carries, e.g. `slack` or `teams`. The domain compares these names and no more. */
export type PlatformName = string;

/** What a person may do: who may look, who works cases, who is told when things go wrong, who runs the desk. */
export type Role = 'viewer' | 'agent' | 'lead' | 'admin';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly zone: string | null;
  /** The person's user id on each platform they are on. */
  readonly accounts: Readonly<Record<PlatformName, string>>;
  /** When they work, in their own zone; absent: the desk file does not say, and they are taken to keep the desk's hours. */
  readonly hours?: Calendar;
  /** When private messages wait (open time of this calendar is quiet time); absent: never. */
  readonly quiet?: Calendar;
  /** The categories that they know; absent: all of them. */
  readonly skills?: readonly string[];
  /** How many cases they can hold at once, counted by the weight of their priorities; absent: nobody has said. */
  readonly maxOpen?: number;
}

/** A stretch of the triage rota that comes again every week. */
export interface RotaShift {
  readonly name: string;
  /** Several do it a week each, in turn. */
  readonly who: readonly PersonId[];
  /** Windows of the week in the zone of the shift; on a holiday there is no shift unless an override names somebody. */
  readonly hours: Calendar;
}

/** Who triages when. */
export interface TriageRota {
  readonly shifts: readonly RotaShift[];
  /** By local date and name of the shift: somebody else, or null for nobody. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, PersonId | null>>>>;
  /** A case that nobody has triaged after this many ms goes to the next person and to the leads. */
  readonly withinMs: number;
}

/** Local times (`HH:MM`) in the desk's zone at which the digests go out. */
export interface DigestTimes {
  /** Each person's own list. */
  readonly morning: string;
  /** How the day went, for the leads. */
  readonly evening: string;
}

/** One rung of the escalation ladder. */
export interface Level {
  readonly name: string;
  readonly members: readonly PersonId[];
  /** How long a hand-over may wait for an Accept, in open milliseconds of the case's calendar on this level. */
  readonly acceptWithinMs: number;
  /** When those who are asked are reminded within that time. Absent: at half of it. */
  readonly remindAt?: readonly WarningMark[];
  /** How the next person is found: one after the other by case number, or by who has the least to do. Absent: rotate. */
  readonly route?: 'rotate' | 'load';
  /** How many ms one person has to take a case before it is the next one's turn; absent: as long as they are there. */
  readonly claimMs?: number;
}

export interface Priority {
  readonly name: PriorityName;
  readonly label: string;
  /** Short names without colons, as Slack spells them: `red_circle`. */
  readonly emoji: readonly string[];
  readonly firstResponseMs: number;
  readonly resolutionMs: number;
  /** The written criterion: when does a case deserve this priority? */
  readonly when: string;
  readonly updateEveryMs: number | null;
  /** An owned case that nobody touches for so many open milliseconds is asked about. Absent: never. */
  readonly staleAfterMs?: number;
  /** What a breach of an answer or of the resolution brings about besides the warning. Absent: nothing (`warn`). */
  readonly onBreach?: BreachPolicy;
  /** The name of the calendar in `Desk.calendars` on which this priority's clocks run. */
  readonly calendar: string;
  /** What a case of it counts against somebody's `maxOpen`. Absent: 1. */
  readonly weight?: number;
}

/** `warn` only tells; `raise` asks the next level to take over; `reassign` gives the case to somebody who is on shift. */
export type BreachPolicy = 'warn' | 'raise' | 'reassign';

/** When to warn: at a share of the target (0.75) or that long before it is due. */
export type WarningMark =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'before'; readonly ms: number };

export type IntakeMode = 'ask' | 'auto' | 'reaction';

export interface IntakeChannel {
  readonly platform: PlatformName;
  readonly channel: string;
  readonly mode: IntakeMode;
}

/** What an emoji means besides a priority. */
export type EmojiVerb = 'open' | 'take' | 'wait' | 'resolve';

/** The whole of what the desk file says, checked and resolved. Plain data. */
export interface Desk {
  readonly name: string;
  readonly prefix: string;
  readonly zone: string;
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly people: readonly Person[];
  /** First to last rung. */
  readonly levels: readonly Level[];
  /** The channel where case cards live, by platform. */
  readonly triage: Readonly<Record<PlatformName, string>>;
  /** The channel for at-risk and breach warnings, by platform. */
  readonly leads: Readonly<Record<PlatformName, string>>;
  readonly intake: readonly IntakeChannel[];
  /** Highest first; never empty. */
  readonly priorities: readonly Priority[];
  readonly categories: readonly string[];
  readonly emoji: Readonly<Record<EmojiVerb, readonly string[]>>;
  readonly warnAt: readonly WarningMark[];
  readonly resolutionStarts: 'reported' | 'in_progress';
  /** Whose targets an untriaged case runs on until somebody triages it. */
  readonly untriaged: PriorityName;
  /** A resolved case closes after this many milliseconds unless it is reopened. */
  readonly closeAfterMs: number;
  /** Tiers, clients and the finer rules of the clocks. Absent: none, and the usual rules (DEFAULT_RULES). */
  readonly sla?: SlaRules;
  /** Absent: no digest is sent. */
  readonly digest?: DigestTimes;
  /** More warnings than this within a minute become one list in the leads' channel. Absent: 5. */
  readonly stormOver?: number;
  /** Absent: who triages is found like anybody else. */
  readonly triageRota?: TriageRota;
}

export function personOf(desk: Desk, id: PersonId): Person | null {
  return desk.people.find((person) => person.id === id) ?? null;
}

/** The person whom `platform` knows as `user`, or null when they are not of the desk. Ids compare without case. */
export function personBy(desk: Desk, platform: PlatformName, user: string): Person | null {
  const wanted = user.toLowerCase();
  return desk.people.find((person) => person.accounts[platform]?.toLowerCase() === wanted) ?? null;
}

/** The priority of that name in any case of letters, or null. */
export function priorityOf(desk: Desk, name: string | null): Priority | null {
  if (name === null) return null;
  const wanted = name.toLowerCase();
  return desk.priorities.find((priority) => priority.name.toLowerCase() === wanted) ?? null;
}

/** The priority whose targets count now: the case's own, or the desk's rule for untriaged cases. */
export function priorityInForce(desk: Desk, name: PriorityName | null): Priority {
  const found =
    priorityOf(desk, name) ?? priorityOf(desk, desk.untriaged) ?? desk.priorities[desk.priorities.length - 1];
  if (found === undefined) throw new Error('A desk has at least one priority; the desk file check guarantees it.');
  return found;
}

/** Below zero when `a` is more urgent than `b`; names the desk no longer has rank last. */
export function byUrgency(desk: Desk, a: PriorityName, b: PriorityName): number {
  return rank(desk, a) - rank(desk, b);
}

function rank(desk: Desk, name: PriorityName): number {
  const index = desk.priorities.findIndex((priority) => priority.name === name);
  return index === -1 ? desk.priorities.length : index;
}

export function calendarOf(desk: Desk, name: string): Calendar {
  const calendar = desk.calendars[name] ?? desk.calendars['desk'];
  if (calendar === undefined) throw new Error('A desk has a calendar named "desk"; the desk file check guarantees it.');
  return calendar;
}

export const leadsOf = (desk: Desk): readonly Person[] =>
  desk.people.filter((person) => person.role === 'lead' || person.role === 'admin');
