import type { CaseId, Instant, PersonId, PriorityName } from '../ids';
import type { Clock, ClockName } from '../sla/clock';
import type { KeptCalendars } from '../sla/kept';
import type { Asked, CasePromise, Client, Handover, Holder, Party, Place, Triage } from './case';
import type { Audience } from './commands';
import type { CaseFile } from './file';

/** What happened, in the journal for good. The case is the fold of these (evolve.ts). */
export type CaseEvent =
  | {
      readonly type: 'CaseOpened';
      readonly id: CaseId;
      readonly number: number;
      readonly ref: string;
      readonly title: string;
      readonly description: string;
      /** What came with the message; absent: nothing. So in every event that carries a message. */
      readonly files?: readonly CaseFile[];
      readonly client: Client | null;
      readonly contact: string | null;
      readonly category: string | null;
      readonly source: Place | null;
      readonly cameBy: string;
      readonly wish: PriorityName | null;
      readonly reporter: Party;
      readonly holder: Holder;
      readonly level: string | null;
    }
  | {
      readonly type: 'CaseTriaged';
      readonly priority: PriorityName;
      readonly from: PriorityName | null;
      readonly via: string;
    }
  | { readonly type: 'TriageUndone'; readonly from: PriorityName; readonly to: PriorityName | null }
  /** The ladder of emoji moved, whether or not the priority did. */
  | { readonly type: 'TriageNoted'; readonly triage: Triage }
  | {
      readonly type: 'PriorityDisputed';
      readonly standing: PriorityName;
      readonly proposed: PriorityName;
      readonly proposedBy: PersonId;
    }
  /** `because`: whose turn it was let it pass untriaged or unclaimed, somebody better came, or they left the desk; absent: the case changed. */
  | {
      readonly type: 'TurnNamed';
      readonly holder: Holder;
      readonly from?: PersonId;
      readonly because?: 'untriaged' | 'unclaimed' | 'rerouted' | 'left';
    }
  | { readonly type: 'CaseTaken'; readonly owner: PersonId; readonly from: PersonId | null }
  /** `why`: it was assigned by the desk's rules, and this is the reason in words. `deal`: with others, told together. */
  | {
      readonly type: 'CaseAssigned';
      readonly owner: PersonId;
      readonly from: PersonId | null;
      readonly why?: string;
      readonly deal?: string;
    }
  | { readonly type: 'WorkStarted' }
  | { readonly type: 'ClientAwaited' }
  | { readonly type: 'CaseResumed'; readonly because: 'asked' | 'client-replied' }
  | { readonly type: 'CaseResolved'; readonly how: string; readonly closesAt: Instant }
  | { readonly type: 'CaseReopened' }
  | { readonly type: 'CaseClosed' }
  | { readonly type: 'HandoverProposed'; readonly handover: Handover }
  | { readonly type: 'HandoverMovedOn'; readonly handover: Handover; readonly from: Asked }
  /** Whoever is asked now is reminded; `remindAt` is what is left of the reminders. */
  | { readonly type: 'HandoverReminded'; readonly handover: string; readonly remindAt: readonly Instant[] }
  | {
      readonly type: 'HandoverAccepted';
      readonly handover: string;
      readonly owner: PersonId;
      readonly from: PersonId | null;
      readonly level: string | null;
    }
  | { readonly type: 'HandoverDeclined'; readonly handover: string; readonly reason: string; readonly backTo: PersonId }
  | { readonly type: 'HandoverWithdrawn'; readonly handover: string; readonly because: string }
  | { readonly type: 'AdviceGiven'; readonly handover: string; readonly advice: string }
  /** Nobody answered, the leads neither. `turn`: the lead who has to find an owner where there is none. */
  | { readonly type: 'HandoverExpired'; readonly handover: string; readonly turn: PersonId | null }
  /** Nobody has touched the case since: the owner is asked, and after as long again the leads are told. */
  | { readonly type: 'OwnerAsked'; readonly owner: PersonId; readonly since: Instant }
  /** `unasked`: its owner is not there, so that they were not asked first. */
  | { readonly type: 'UntouchedTold'; readonly owner: PersonId; readonly since: Instant; readonly unasked?: true }
  | { readonly type: 'NoteAdded'; readonly text: string }
  | { readonly type: 'ReplySent'; readonly text: string }
  | {
      readonly type: 'MessageHeard';
      readonly place: Place;
      readonly text: string;
      readonly files?: readonly CaseFile[];
      readonly audience: Audience;
      readonly staff: boolean;
      readonly at: Instant;
    }
  /** The message as it stands now, files included. */
  | {
      readonly type: 'MessageEdited';
      readonly place: Place;
      readonly text: string;
      readonly files?: readonly CaseFile[];
      readonly at: Instant;
    }
  | { readonly type: 'MessageDeleted'; readonly place: Place; readonly at: Instant }
  /** The clocks as they stand after this decision; `moved` says what each change was, for the ledger. */
  | {
      readonly type: 'ClocksMoved';
      readonly clocks: readonly Clock[];
      readonly moved: readonly ClockMove[];
      /** Versions of calendars that count from now on. */
      readonly calendars?: KeptCalendars;
    }
  /** A target for this very case; null: the desk's again. */
  | { readonly type: 'TargetSet'; readonly clock: ClockName; readonly targetMs: number | null }
  | {
      readonly type: 'SlaWarned';
      readonly clock: ClockName;
      readonly mark: string;
      readonly at: Instant;
      readonly dueAt: Instant;
    }
  | { readonly type: 'SlaBreached'; readonly clock: ClockName; readonly at: Instant }
  | { readonly type: 'PromiseMade'; readonly promise: CasePromise }
  | { readonly type: 'PromiseWarned'; readonly promise: string; readonly at: Instant }
  | { readonly type: 'PromiseKept'; readonly promise: string; readonly how: 'word' | 'said' }
  | { readonly type: 'PromiseBroken'; readonly promise: string; readonly at: Instant }
  | { readonly type: 'PromiseDropped'; readonly promise: string; readonly because: 'asked' | 'replaced' }
  | { readonly type: 'OwnerNudged'; readonly owner: PersonId };

export interface ClockMove {
  readonly clock: ClockName;
  readonly kind: 'started' | 'restarted' | 'paused' | 'resumed' | 'retargeted' | 'met' | 'reopened' | 'cancelled';
  readonly at: Instant;
  readonly targetMs: number;
  readonly calendar: string;
  /** By how much this cycle is longer than the target (see Clock). */
  readonly extraMs?: number;
  /** Cancelled in the same breath as it began anew: a cycle in which nothing is promised. */
  readonly anew?: true;
  /** In people's words, where there is more to say than who did it. */
  readonly why?: string;
}

/** An event as the journal keeps it. */
export interface Recorded {
  readonly stream: CaseId;
  readonly version: number;
  readonly at: Instant;
  readonly by: Party;
  /** What made it happen: the kind of door and the platform's id, e.g. `slack:reaction_added Ev0123`. */
  readonly cause: string;
  readonly event: CaseEvent;
}
