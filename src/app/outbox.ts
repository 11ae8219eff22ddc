/** The outbox: what is to be said, to whom, and what became of it. Part of the ports; storage keeps it, deliver carries it out. */
import type { Party, Place } from '../domain/case/case';
import type { PlatformName } from '../domain/desk/desk';
import type { CaseId, Instant } from '../domain/ids';
import type { Cause, LinkedPlace } from './ports';

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
  /** To the leads about one case that does not go on by itself. */
  | 'leads-word'
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
  /** Nobody can tell whether words to a client arrived: whoever owns the case is asked. */
  | 'unsure'
  | DeskDrawing;

/** What is drawn from the desk as a whole or from several cases together. */
export type DeskDrawing =
  /** About the desk as a whole: a person's day, how the day went, who is not there when it counts, what will not be done in time. */
  | 'morning'
  | 'evening'
  | 'coverage'
  | 'short-handed'
  /** How Baton itself is doing: kept up to date until all is well. */
  | 'audit'
  /** To the person on the triage rota when their shift begins; and to a colleague who is asked to do one. */
  | 'shift'
  | 'swap'
  /** Somebody's cases that cannot wait until they are back, for whoever is there; and the question for next steps before. */
  | 'pack'
  | 'leaving'
  /** What changed hands together, to whom it was given and to whose it was. */
  | 'dealt'
  /** To the leads: somebody has gone and said of some cases not what is next. */
  | 'stepless';

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

/** A row of the outbox as the deliverer claims it. */
export interface Posting {
  readonly id: string;
  readonly kind: PostingKind;
  readonly case: CaseId | null;
  readonly to: Destination;
  readonly drawing: Drawing;
  readonly urgency: number;
  /** Which claim of the row this is. */
  readonly attempt: number;
  /** How often it was really sent before, or may have been. */
  readonly sends: number;
  /** Where it was posted before (kind `keep`), or null. */
  readonly posted: Place | null;
  /** The claim covers wishes up to this number; a newer wish keeps the row pending. */
  readonly wanted: number;
  /** True when an earlier attempt may have taken effect: look before sending again. */
  readonly ambiguous: boolean;
  /** How often it was looked for since and not found. */
  readonly looked: number;
  readonly createdAt: Instant;
}

export type Settled =
  | {
      readonly kind: 'sent';
      readonly posted: Place | null;
      readonly role: LinkedPlace['role'] | null;
      /** What is not certain about it, e.g. that it may stand there twice. */
      readonly doubt?: string;
    }
  | {
      readonly kind: 'later';
      readonly notBefore: Instant;
      readonly problem: string;
      readonly ambiguous: boolean;
      readonly looked?: number;
      /** It was held back and not sent: no attempt. */
      readonly held?: true;
    }
  /** Only a person can tell whether it arrived, and only a person sends it again. */
  | { readonly kind: 'ambiguous'; readonly problem: string }
  | { readonly kind: 'dead'; readonly problem: string };

/** pending → sending → sent, ambiguous or dead. */
export type OutboxRowState = 'pending' | 'sending' | 'sent' | 'ambiguous' | 'dead';

export interface OutboxState {
  /** All that waits or is on its way, `sending` included. */
  readonly pending: number;
  readonly sending: number;
  readonly ambiguous: number;
  readonly dead: number;
  /** How many destinations were asked to slow down. */
  readonly paused: number;
  /** When the oldest row that could have been sent was wanted; null when the outbox is empty. */
  readonly oldestDueAt: Instant | null;
}

/** A row that may go, as far as a choice goes by it. */
export type Candidate = Pick<Posting, 'id' | 'kind' | 'to' | 'posted' | 'ambiguous'>;

/** Which of the rows that may go are claimed now. Pure: a claim may be tried twice. */
export interface Choice {
  /** Buckets (see bucketOf) into which nothing new can be posted now. */
  readonly full: readonly string[];
  /** Buckets to which nothing more may go now: as much is under way as may be, or they rest. */
  readonly busy: readonly string[];
  /** Platforms on which nothing that stands there can be changed now. */
  readonly still: readonly PlatformName[];
  /** Some of `found`, which come the most urgent and oldest first. */
  readonly choose: (found: readonly Candidate[]) => readonly Candidate[];
}

/** Who looked after a message that had come to rest, how, and when. */
export interface Tended {
  readonly how: 'again' | 'arrived';
  readonly by: Party;
  readonly at: Instant;
}

/** A row of the outbox as a person looks at it. */
export interface Delivery {
  readonly id: string;
  readonly state: OutboxRowState;
  readonly case: CaseId | null;
  readonly to: Destination;
  readonly drawing: Drawing;
  readonly sends: number;
  readonly wantedAt: Instant;
  readonly problem: string | null;
  readonly tended: Tended | null;
}

export interface Pause {
  readonly bucket: string;
  readonly until: Instant;
  readonly problem: string;
}

export interface Troubles {
  /** Uncertain and dead ones, the newest first. */
  readonly deliveries: readonly Delivery[];
  readonly total: number;
  readonly pauses: readonly Pause[];
  /** What has waited longest of all that could have gone. */
  readonly oldest: Delivery | null;
}

/** How many destinations nothing gets through to, and since when the first message for them waits. */
export interface Stuck {
  readonly count: number;
  readonly since: Instant | null;
}

/** The part of the store that deliveries live by. */
export interface OutboxStore {
  /** The drawing of an intent by its dedupe key (what an offer was made from), or null. */
  drawingOf(dedupe: string): Promise<Drawing | null>;
  /** Where the posting of that dedupe key stands, and since when; null while it is not posted. */
  postedAt(dedupe: string): Promise<{ readonly place: Place; readonly since: Instant } | null>;
  /** Writes intents that belong to no case (an offer in an intake channel, a capture) with their receipts. False when seen before. */
  want(intents: readonly Intent[], cause: Cause, at: Instant): Promise<boolean>;
  /** Claims up to `limit` rows that may go now: at most one per lane (destination and thread), none of a paused bucket, the most urgent and oldest first. The lease ends by itself after `leaseMs`; the row is then ambiguous. */
  claim(at: Instant, limit: number, leaseMs: number, choice?: Choice): Promise<readonly Posting[]>;
  settle(posting: Posting, how: Settled, at: Instant): Promise<void>;
  outbox(at: Instant): Promise<OutboxState>;
  /** Nothing of that bucket is claimed before `until`, by whatever process; a longer pause stands. */
  pause(pause: Pause, at: Instant): Promise<void>;
  /** What has come to rest without having arrived for certain, and what holds up the rest. */
  troubles(at: Instant, page: { readonly offset: number; readonly limit: number }): Promise<Troubles>;
  delivery(id: string): Promise<Delivery | null>;
  /** What was wanted before `before` and did not get through: tried in vain, asked to slow down, or not looked at. What waits for people's hours is not stuck. */
  stuck(before: Instant, at: Instant): Promise<Stuck>;
  /**
   * Sends a row that has come to rest (ambiguous or dead) once more, or takes an ambiguous one for arrived. Answers what it has
   * come to; null when it had not come to rest, or not so (any more).
   */
  tend(id: string, tended: Tended): Promise<Delivery | null>;
}
