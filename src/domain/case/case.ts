import type { PlatformName } from '../desk/desk';
import type { CaseId, Instant, PersonId, PriorityName } from '../ids';
import type { Clock, ClockName } from '../sla/clock';
import type { KeptCalendars } from '../sla/kept';
import type { CaseFile } from './file';

/** Somebody who does something: a person of the desk, somebody else in the workspace or team, or Baton itself. */
export type Party =
  | { readonly kind: 'person'; readonly id: PersonId; readonly name: string }
  | { readonly kind: 'guest'; readonly platform: PlatformName; readonly user: string; readonly name: string }
  | { readonly kind: 'system' };

/** Where something was said: a message in a channel or conversation of a platform; `thread` is its root when it is a reply. */
export interface Place {
  readonly platform: PlatformName;
  readonly channel: string;
  readonly message: string;
  readonly thread: string | null;
}

export interface Client {
  readonly id: string;
  readonly name: string;
}

/** Whose case it is: an owner, or the one whose turn it is to find one; `nobody` only on a desk without people. */
export type Holder =
  | { readonly kind: 'owner'; readonly person: PersonId; readonly since: Instant }
  | {
      readonly kind: 'turn';
      readonly person: PersonId;
      readonly why: string;
      readonly since: Instant;
      /** Why they were chosen: `on shift, 2 of 5, last handled Northwind`. Absent: it came round to them. */
      readonly reason?: string;
      /** When it is the next person's turn; absent: not before somebody takes it. */
      readonly until?: Instant;
      /** Who let the same turn pass before them. */
      readonly passed?: readonly PersonId[];
      /** Nobody better was there; it is looked at again when somebody comes or has room. */
      readonly stopgap?: boolean;
    }
  | { readonly kind: 'nobody'; readonly since: Instant };

/** One person's say about the priority, by command or by emoji on a message. */
export interface Vote {
  readonly by: PersonId;
  readonly priority: PriorityName;
  readonly at: Instant;
  /** `place|emoji` for a reaction; `command` when it was said in words or by a button. */
  readonly via: string;
}

/** An emoji that was put on (`on`) or taken off, as a platform told it. */
export interface HeardVote extends Vote {
  readonly on: boolean;
}

/** What the ladder of emoji knows: the live votes, what they were counted from, and a quarrel if there is one. */
export interface Triage {
  readonly votes: readonly Vote[];
  /** The last priority that was said in words or by a button; emoji from before it count no more. */
  readonly word: Vote | null;
  /** Every emoji heard of since, in the order in which they happened: late ones find their place. */
  readonly heard: readonly HeardVote[];
  readonly dispute: Dispute | null;
}

export interface Dispute {
  readonly standing: PriorityName;
  readonly standingBy: PersonId;
  readonly proposed: PriorityName;
  readonly proposedBy: PersonId;
}

/** Who is asked: a level of the ladder by name, one person (by themselves, or as one of a level), or the leads at the end. */
export type Asked =
  | { readonly kind: 'level'; readonly level: string }
  | { readonly kind: 'person'; readonly person: PersonId; readonly name: string; readonly level: string | null }
  | { readonly kind: 'leads' };

/**
 * What is asked for. A `hand-over` moves ownership to whoever accepts; `advice` leaves the case with its owner and is
 * answered in words.
 */
export type HandoverKind = 'hand-over' | 'advice';

/** A proposal that waits for an answer. Until then the holder stays the holder. */
export interface Handover {
  readonly id: string;
  /** Absent in journals from before advice could be asked for: a hand-over. */
  readonly kind?: HandoverKind;
  readonly from: PersonId;
  readonly tried: string;
  readonly needed: string;
  readonly told: string;
  /** The time that was promised to the client; absent or null: none was. */
  readonly deadline?: Instant | null;
  readonly at: Instant;
  readonly asked: Asked;
  /** Levels that were asked before and let the time pass; they may still accept. */
  readonly askedBefore: readonly string[];
  /** People who were asked by name and let the time pass; they may still accept. */
  readonly peopleBefore?: readonly PersonId[];
  /** After this instant the next in line is asked, after the leads it expires. Null in old journals: the leads, for good. */
  readonly acceptBy: Instant | null;
  /** When whoever is asked now is reminded, earliest first; what has been done is taken out. */
  readonly remindAt?: readonly Instant[];
  /** Made at the end of its owner's shift, together with their other cases: the name of that hand-over pack. */
  readonly pack?: string;
  /** Its owner went without saying what is next. */
  readonly noStep?: true;
}

/** Ownership moved by a hand-over that was accepted. */
export interface Hop {
  readonly at: Instant;
  readonly from: PersonId;
  readonly to: PersonId;
}

/** When a person last did something on the case, and what was said to the owner (`asked`) and the leads (`told`) about the silence since. */
export interface Touch {
  readonly at: Instant;
  readonly asked: Instant | null;
  readonly told: boolean;
}

/**
 * A word given to the client: they hear from the desk by `dueAt`. It belongs to the case, whoever owns it then, and stays
 * in sight after it was broken, until the client hears from the desk.
 */
export interface CasePromise {
  readonly id: string;
  readonly by: PersonId;
  /** The sentence it was given in. */
  readonly words: string;
  readonly madeAt: Instant;
  readonly dueAt: Instant;
  /** When to warn; null where there is no room for it before it is due. */
  readonly warnAt: Instant | null;
  readonly warned: boolean;
  readonly broken: boolean;
}

/** Who reminded the owner of the case, so that nobody is reminded twice within minutes. */
export interface Nudge {
  readonly by: Party;
  readonly of: PersonId;
  readonly at: Instant;
}

/** The last time something changed, for telling a person with a stale card what happened meanwhile and by whom. */
export interface Stamp {
  readonly version: number;
  readonly at: Instant;
  readonly by: Party;
  readonly what: string;
}

/** What every case has, whatever its status. */
export interface Common {
  readonly id: CaseId;
  readonly number: number;
  readonly ref: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** The files of the message that it was opened from, as that message stands now. Absent: none. */
  readonly files?: readonly CaseFile[];
  /** When the message that it was opened from last changed, as description and files show it; absent: it never did. */
  readonly describedAt?: Instant;
  readonly client: Client | null;
  readonly contact: string | null;
  readonly category: string | null;
  readonly source: Place | null;
  readonly cameBy: string;
  readonly reporter: Party;
  readonly loggedBy: Party;
  readonly openedAt: Instant;
  readonly priority: PriorityName | null;
  /** What somebody who is not of the desk asked for when they opened the case; shown, never counted. */
  readonly wish: PriorityName | null;
  readonly triage: Triage;
  readonly holder: Holder;
  /** The rung of the ladder that the case stands on, by name; null on a desk without levels. */
  readonly level: string | null;
  readonly handover: Handover | null;
  readonly handovers: number;
  readonly notes: number;
  readonly messages: number;
  readonly lastClientWordAt: Instant | null;
  readonly lastStaffWordAt: Instant | null;
  readonly clocks: readonly Clock[];
  /** The calendars that the clocks run on, as they were when they began to. Absent in cases from before they were kept. */
  readonly calendars?: KeptCalendars;
  /** Targets in open ms that were set for this very case. */
  readonly targets?: Partial<Readonly<Record<ClockName, number>>>;
  /** The promise that the client waits for, or that was broken and not answered yet. Absent in cases from before promises. */
  readonly promise?: CasePromise | null;
  /** How many promises were made, kept and broken so far. */
  readonly promises?: { readonly made: number; readonly kept: number; readonly broken: number };
  readonly nudged?: Nudge | null;
  /** Every hand-over that was accepted, oldest first. Absent in cases from before they were counted. */
  readonly hops?: readonly Hop[];
  /** Who handed it to the present owner, so that it can be handed back; null after Take and Assign. */
  readonly handedBy?: PersonId | null;
  readonly touched?: Touch;
  readonly changed: {
    readonly holder: Stamp;
    readonly status: Stamp;
    readonly priority: Stamp;
    readonly handover: Stamp;
  };
}

export interface NewCase extends Common {
  readonly status: 'New';
}
export interface TriagedCase extends Common {
  readonly status: 'Triaged';
}
export interface OpenCase extends Common {
  readonly status: 'In progress';
}
export interface WaitingCase extends Common {
  readonly status: 'Awaiting client';
  readonly waitingSince: Instant;
}
export interface ResolvedCase extends Common {
  readonly status: 'Resolved';
  readonly resolution: string;
  readonly resolvedBy: Party;
  readonly resolvedAt: Instant;
  /** When it closes unless it is reopened. */
  readonly closesAt: Instant;
}
export interface ClosedCase extends Common {
  readonly status: 'Closed';
  readonly resolution: string;
  readonly resolvedBy: Party;
  readonly resolvedAt: Instant;
  readonly closedAt: Instant;
}

export type Case = NewCase | TriagedCase | OpenCase | WaitingCase | ResolvedCase | ClosedCase;
export type Status = Case['status'];
/** A case on which work goes on. */
export type LiveCase = NewCase | TriagedCase | OpenCase | WaitingCase;

export const STATUSES: readonly Status[] = ['New', 'Triaged', 'In progress', 'Awaiting client', 'Resolved', 'Closed'];

export const isLive = (it: Case): it is LiveCase => it.status !== 'Resolved' && it.status !== 'Closed';
export const ownerOf = (it: Case): PersonId | null => (it.holder.kind === 'owner' ? it.holder.person : null);

export const partyName = (party: Party): string => (party.kind === 'system' ? 'Baton' : party.name);

export function sameParty(a: Party, b: Party): boolean {
  if (a.kind === 'person' && b.kind === 'person') return a.id === b.id;
  if (a.kind === 'guest' && b.kind === 'guest') return a.platform === b.platform && a.user === b.user;
  return a.kind === 'system' && b.kind === 'system';
}

/** One word for a party, the same wherever they are met: `person:alice`, `slack:U0RAVI`, `baton`. */
export function partyKey(party: Party): string {
  if (party.kind === 'system') return 'baton';
  return party.kind === 'person' ? `person:${party.id}` : `${party.platform}:${party.user}`;
}
