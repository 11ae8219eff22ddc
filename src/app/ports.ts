/** What the app needs from the world, told by the app. Storage and platforms implement these; tests run one contract on each. */
import type { Case, Client, Party, Place, Status } from '../domain/case/case';
import type { CaseEvent, Recorded } from '../domain/case/events';
import type { Refusal } from '../domain/case/refusals';
import type { Desk, PlatformName } from '../domain/desk/desk';
import type { CaseId, Instant, PersonId, PriorityName } from '../domain/ids';

export interface Clock {
  now(): Instant;
}

/** The desk as it is now; the desk file may be edited while Baton runs. */
export type DeskNow = () => Desk;

/**
 * Why a change is asked for. `keys` are all the names under which the platform may send the same thing again (event id AND
 * natural key): if one of them was seen within the last 24 h, nothing happens a second time. Empty for alarms.
 */
export interface Cause {
  readonly what: string;
  readonly keys: readonly string[];
}

/** Where a posting goes. `person` is a private conversation; `whisper` is seen by one person in a channel. */
export type Destination =
  | {
      readonly kind: 'channel';
      readonly platform: PlatformName;
      readonly channel: string;
      readonly thread: string | null;
    }
  | { readonly kind: 'person'; readonly platform: PlatformName; readonly user: string }
  | {
      readonly kind: 'whisper';
      readonly platform: PlatformName;
      readonly channel: string;
      readonly thread: string | null;
      readonly user: string;
    };

/** What to draw when a posting is delivered: always from the state as committed then, never from the moment it was wanted. */
export interface Drawing {
  readonly view: DrawingName;
  readonly args: Readonly<Record<string, string | number | null>>;
}
export type DrawingName =
  | 'case-card'
  | 'opened'
  | 'offer'
  | 'ask-how'
  | 'handover-card'
  /** A warning in the leads' channel, kept up to date; `alarm` is its private twin, `alarm-line` the word under it about a new mark. */
  | 'warning'
  | 'alarm'
  | 'alarm-line'
  | 'storm'
  | 'promise-offer'
  | 'told'
  | 'thread-line'
  | 'reply'
  | 'resolved'
  | 'refused'
  | 'desk-problem'
  /** About the desk as a whole: a person's day, how the day went, who is not there when it counts, what will not be done in time. */
  | 'morning'
  | 'evening'
  | 'coverage'
  | 'short-handed';

/** What kind of work an outbox row is: `post` once; `keep` one message up to date (post, then update); `capture` read a message and open a case from it. */
export type PostingKind = 'post' | 'keep' | 'capture';

export interface Intent {
  readonly kind: PostingKind;
  readonly case: CaseId | null;
  readonly to: Destination;
  /** Unique for good: the same intent is never stored twice; a `keep` intent met again wants its message refreshed. */
  readonly dedupe: string;
  readonly drawing: Drawing;
  /** 0 escalation · 1 warning · 2 reply and confirmation · 3 card update. Lower goes first. */
  readonly urgency: 0 | 1 | 2 | 3;
}

/** An event with who did it: what was due on the case is Baton's doing, the rest the caller's. */
export interface Happened {
  readonly event: CaseEvent;
  readonly by: Party;
}

/** What a decision amounts to, ready to be written in one transaction. */
export type Plan =
  | {
      readonly kind: 'commit';
      readonly events: readonly Happened[];
      readonly after: Case;
      /** When the case must be looked at again; null = never. */
      readonly wakeAt: Instant | null;
      /** The earliest due instant among its running clocks, for lists by urgency. */
      readonly dueAt: Instant | null;
      readonly intents: readonly Intent[];
      /** Messages that belong to the case from now on. */
      readonly places: readonly LinkedPlace[];
      readonly at: Instant;
    }
  | { readonly kind: 'refuse'; readonly refusal: Refusal };

/** `source` and its thread, the `card`, a `heard` message, a `handover` card, a `warning`: everything by which a case can be found from a place. */
export interface LinkedPlace {
  readonly place: Place;
  readonly role: 'source' | 'card' | 'heard' | 'handover' | 'warning' | 'told';
}

export interface CaseAt {
  readonly case: CaseId;
  readonly role: LinkedPlace['role'];
}

export type Outcome =
  | { readonly kind: 'committed'; readonly case: Case; readonly events: readonly CaseEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly case: Case | null }
  /** Seen before: `case` is what it concerned the first time, if anything. */
  | { readonly kind: 'duplicate'; readonly case: Case | null };

export interface CaseQuery {
  readonly statuses?: readonly Status[];
  readonly owner?: PersonId;
  /** Cases whose turn it is for this person, or that this person owns. */
  readonly holder?: PersonId;
  /** The key of whoever reported or logged it (partyKey). */
  readonly reporter?: string;
  readonly unowned?: boolean;
  readonly untriaged?: boolean;
  readonly priority?: PriorityName;
  readonly level?: string;
  /** Every word must occur in the reference, title, description or client's name, in any case of letters. */
  readonly words?: string;
  readonly offset: number;
  readonly limit: number;
}

export interface Page {
  readonly cases: readonly Case[];
  readonly total: number;
}

/** Events of one type over all cases, `from` ≤ at < `until`, in the order of their recording or the other way round. */
export interface HappenedQuery {
  readonly type: CaseEvent['type'];
  readonly from: Instant;
  readonly until: Instant;
  readonly newestFirst?: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** A row of the outbox as the deliverer claims it. */
export interface Posting {
  readonly id: string;
  readonly kind: PostingKind;
  readonly case: CaseId | null;
  readonly to: Destination;
  readonly drawing: Drawing;
  readonly urgency: number;
  readonly attempt: number;
  /** Where it was posted before (kind `keep`), or null. */
  readonly posted: Place | null;
  /** The claim covers wishes up to this number; a newer wish keeps the row pending. */
  readonly wanted: number;
  /** True when an earlier attempt may have taken effect: look before sending again. */
  readonly ambiguous: boolean;
  readonly createdAt: Instant;
}

export type Settled =
  | { readonly kind: 'sent'; readonly posted: Place | null; readonly role: LinkedPlace['role'] | null }
  | { readonly kind: 'later'; readonly notBefore: Instant; readonly problem: string; readonly ambiguous: boolean }
  | { readonly kind: 'dead'; readonly problem: string };

export interface OutboxState {
  readonly pending: number;
  readonly dead: number;
  /** When the oldest row that could have been sent was wanted; null when the outbox is empty. */
  readonly oldestDueAt: Instant | null;
}

/** How to speak to a conversation of a platform that needs more than an id (Teams): learnt from verified activities. */
export interface Conversation {
  readonly platform: PlatformName;
  readonly id: string;
  /** `dm:<user>` for a private conversation, `channel:<id>` or the id itself. Unique per platform. */
  readonly key: string;
  /** Opaque to the app: service URL, tenant, bot id … as the adapter needs them. */
  readonly reference: Readonly<Record<string, string>>;
}

export interface Store {
  /**
   * The one way anything changes. Reads the case under lock (null for `new`), asks `choose` once (again after a
   * serialization failure), and writes what it plans together with the receipts: all of it or none of it.
   * `choose` is synchronous and pure. A refusal also leaves its receipts.
   */
  transact(
    work: { readonly case: CaseId | null; readonly cause: Cause; readonly at: Instant },
    choose: (current: Case | null, next: { readonly id: CaseId; readonly number: number }) => Plan,
  ): Promise<Outcome>;
  /** The drawing of an intent by its dedupe key (what an offer was made from), or null. */
  drawingOf(dedupe: string): Promise<Drawing | null>;
  /** Where the posting of that dedupe key stands, and since when; null while it is not posted. */
  postedAt(dedupe: string): Promise<{ readonly place: Place; readonly since: Instant } | null>;
  /** Writes intents that belong to no case (an offer in an intake channel, a capture) with their receipts. False when seen before. */
  want(intents: readonly Intent[], cause: Cause, at: Instant): Promise<boolean>;

  caseById(id: CaseId): Promise<Case | null>;
  /** By number: `CASE-1042`, `case-1042` and `1042` are the same case. */
  caseByNumber(number: number): Promise<Case | null>;
  /** The case that a message belongs to; by the message itself, else by its thread. */
  caseAt(place: Place): Promise<CaseAt | null>;
  journalOf(id: CaseId): Promise<readonly Recorded[]>;
  happened(query: HappenedQuery): Promise<readonly Recorded[]>;
  /** By urgency: earliest due first, cases without a due time after, then oldest first. */
  list(query: CaseQuery): Promise<Page>;
  /** Cases whose alarm is due, earliest first. Reading is not claiming: ringing twice is harmless. */
  due(at: Instant, limit: number): Promise<readonly CaseId[]>;
  /** The earliest alarm of all cases, in the past when it is late; null when none is set. */
  nextAlarmAt(): Promise<Instant | null>;
  /** The place of the case's card on a platform, or null while it is not posted. */
  cardOf(id: CaseId, platform: PlatformName): Promise<Place | null>;

  clients(startingWith: string, limit: number): Promise<readonly Client[]>;
  clientById(id: string): Promise<Client | null>;

  /** Claims up to `limit` rows that may go now: at most one per lane (destination and thread), the most urgent and oldest first. The lease ends by itself after `leaseMs`; the row is then ambiguous. */
  claim(at: Instant, limit: number, leaseMs: number): Promise<readonly Posting[]>;
  settle(posting: Posting, how: Settled, at: Instant): Promise<void>;
  outbox(at: Instant): Promise<OutboxState>;

  conversation(platform: PlatformName, key: string): Promise<Conversation | null>;
  rememberConversation(conversation: Conversation): Promise<void>;

  /** What was remembered last under that name, or null. */
  recall(name: string): Promise<string | null>;
  remember(name: string, text: string): Promise<void>;

  /** Removes receipts older than `before`. */
  forgetReceipts(before: Instant): Promise<void>;
  /** Throws when the database cannot be read and written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export { type FailureKind, type HeardMessage, type Lost, type Surface, SurfaceFailure } from './surface';
