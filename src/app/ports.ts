/** What the app needs from the world, told by the app. Storage and platforms implement these; tests run one contract on each. */
import type { Case, Client, Party, Place, Status } from '../domain/case/case';
import type { CaseEvent, Recorded } from '../domain/case/events';
import type { Refusal } from '../domain/case/refusals';
import type { Desk, PlatformName } from '../domain/desk/desk';
import type { CaseId, Instant, PersonId, PriorityName } from '../domain/ids';
import type { Intent, OutboxStore } from './outbox';

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
  | {
      readonly kind: 'refuse';
      readonly refusal: Refusal;
      /** The caller asks anew under the same keys, so that no receipts are left. */
      readonly again?: true;
    };

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
  /** Cases that somebody owns who is none of these. */
  readonly ownedByOthersThan?: readonly PersonId[];
  /** Cases whose turn it is for this person, or that this person owns. */
  readonly holder?: PersonId;
  /** The key of whoever reported or logged it (partyKey). */
  readonly reporter?: string;
  readonly unowned?: boolean;
  readonly untriaged?: boolean;
  readonly priority?: PriorityName;
  readonly level?: string;
  /** Every word must occur in the reference, title, description, a file's name or the client's name, in any case of letters. */
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

/** How to speak to a conversation of a platform that needs more than an id (Teams): learnt from verified activities. */
export interface Conversation {
  readonly platform: PlatformName;
  readonly id: string;
  /** `dm:<user>` for a private conversation, `channel:<id>` or the id itself. Unique per platform. */
  readonly key: string;
  /** Opaque to the app: service URL, tenant, bot id … as the adapter needs them. */
  readonly reference: Readonly<Record<string, string>>;
}

/** The live cases that a person owns or has to find an owner for. */
export interface Held {
  readonly person: PersonId;
  /** One entry a case; null: not triaged yet. */
  readonly priorities: readonly (PriorityName | null)[];
  /** When a case became theirs last, open or not; null: never. */
  readonly lastAt: Instant | null;
}

/** Somebody who owns a case of a client, and since when. */
export interface Dealt {
  readonly person: PersonId;
  readonly at: Instant;
}

/** Something that was heard before the message or the case that it is about. `key` is its own name, the same each time. */
export interface Early {
  readonly key: string;
  readonly place: Place;
  /** When it happened. */
  readonly at: Instant;
  readonly what:
    | { readonly kind: 'deleted'; readonly by: Party }
    | { readonly kind: 'reaction'; readonly emoji: string; readonly added: boolean; readonly by: Party };
}

/** Somebody has a form of a case open, and may be writing. */
export interface OpenForm {
  readonly case: CaseId;
  readonly person: PersonId;
  readonly doing: 'reply' | 'resolve' | 'hand-over';
  readonly since: Instant;
  /** Nobody hears of a form that was closed unsent: from here on they are taken to have gone. */
  readonly until: Instant;
}

export interface Store extends OutboxStore {
  /**
   * The one way anything changes. Reads the case under lock (null for `new`), asks `choose` once (again after a
   * serialization failure), and writes what it plans together with the receipts: all of it or none of it.
   * `choose` is synchronous and pure. A refusal also leaves its receipts, unless it is to be asked `again`.
   */
  transact(
    work: { readonly case: CaseId | null; readonly cause: Cause; readonly at: Instant },
    choose: (current: Case | null, next: { readonly id: CaseId; readonly number: number }) => Plan,
  ): Promise<Outcome>;
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

  conversation(platform: PlatformName, key: string): Promise<Conversation | null>;
  rememberConversation(conversation: Conversation): Promise<void>;

  /** What was remembered last under that name, or null. */
  recall(name: string): Promise<string | null>;
  remember(name: string, text: string): Promise<void>;
  /** Remembers `text` only while what is remembered is still `before` (null: nothing yet). False when it is not. */
  rememberIf(name: string, before: string | null, text: string): Promise<boolean>;

  /** What each of these people holds now, in their order. */
  held(people: readonly PersonId[]): Promise<readonly Held[]>;
  /** Who got this client's newest cases, the latest first; those that nobody owns are passed over. */
  dealt(client: string, limit: number): Promise<readonly Dealt[]>;

  /** Keeps what came too early, with its receipts. False when it was seen before. */
  keepEarly(early: Early, cause: Cause, at: Instant): Promise<boolean>;
  /** What came too early for that message, in the order in which it happened. */
  earlyAt(place: Place): Promise<readonly Early[]>;
  /** Removes what was kept before `before`. */
  forgetEarly(before: Instant): Promise<void>;

  /** Notes who has a form of a case open: one form a person and case, the newest. */
  appear(form: OpenForm): Promise<void>;
  /** They sent it or gave it up; what was noted, or null. */
  leave(it: CaseId, person: PersonId): Promise<OpenForm | null>;
  /** Who has one open, the earliest first. */
  present(it: CaseId, at: Instant): Promise<readonly OpenForm[]>;

  /** Removes receipts older than `before`. */
  forgetReceipts(before: Instant): Promise<void>;
  /** Throws when the database cannot be read and written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type {
  Candidate,
  Choice,
  Delivery,
  DeskDrawing,
  Destination,
  Drawing,
  DrawingName,
  Intent,
  OutboxState,
  Pause,
  Posting,
  Settled,
  Stuck,
  Tended,
  Troubles,
} from './outbox';
export { type FailureKind, type HeardMessage, type Lost, type Surface, SurfaceFailure } from './surface';
