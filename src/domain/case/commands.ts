import type { Instant, PersonId, PriorityName } from '../ids';
import type { ClockName } from '../sla/clock';
import type { Client, Party, Place } from './case';
import type { CaseFile } from './file';

/** Who hears something that is said on a case: `public` is where the reporter reads, `desk` stays among staff. */
export type Audience = 'public' | 'desk';

/** What happens when two people disagree on the priority: the higher one is kept, or the lower one is taken. */
export type Settlement = 'keep' | 'lower';

/**
 * What a person, a platform or an alarm asks of a case. `seen` is the version of the case that the person looked at when
 * they pressed (null when they typed): a press on a stale card has no effect.
 */
export type Command =
  | {
      readonly kind: 'OpenCase';
      readonly title: string;
      readonly description: string;
      /** What came with the message that it is opened from. */
      readonly files?: readonly CaseFile[];
      readonly client: Client | null;
      readonly contact: string | null;
      readonly category: string | null;
      readonly priority: PriorityName | null;
      readonly source: Place | null;
      readonly cameBy: string;
      readonly reporter: Party;
    }
  | { readonly kind: 'TriageCase'; readonly priority: PriorityName; readonly seen: number | null }
  | { readonly kind: 'ReactPriority'; readonly priority: PriorityName; readonly via: string; readonly at: Instant }
  | { readonly kind: 'UnreactPriority'; readonly priority: PriorityName; readonly via: string; readonly at: Instant }
  | { readonly kind: 'SettlePriority'; readonly settlement: Settlement; readonly seen: number | null }
  /** `takeOver`: also when somebody else owns the case; an emoji does not. */
  | { readonly kind: 'TakeCase'; readonly takeOver: boolean; readonly seen: number | null }
  /** `deal`: one of all that `from` owns, which change hands together and are told together; `why` it goes to this person. */
  | {
      readonly kind: 'AssignCase';
      readonly to: PersonId;
      readonly seen: number | null;
      readonly deal?: { readonly id: string; readonly from: PersonId; readonly why: string };
    }
  | { readonly kind: 'AwaitClient'; readonly seen: number | null }
  | { readonly kind: 'ResumeCase'; readonly seen: number | null }
  | { readonly kind: 'ResolveCase'; readonly how: string; readonly seen: number | null }
  | { readonly kind: 'ReopenCase'; readonly seen: number | null }
  | {
      readonly kind: 'EscalateCase';
      readonly tried: string;
      readonly needed: string;
      readonly told: string;
      /** The level to ask; null asks the next one with members, unless a person is named. */
      readonly level: string | null;
      /** One person to ask. */
      readonly person?: PersonId | null;
      /** Only their advice is asked for: the case stays with its owner. */
      readonly advice?: boolean;
      /** The time that was promised to the client, also one that has passed. */
      readonly deadline?: Instant | null;
      readonly seen: number | null;
    }
  | { readonly kind: 'AcceptHandover'; readonly handover: string }
  | { readonly kind: 'GiveAdvice'; readonly handover: string; readonly advice: string }
  /** By whoever proposed it, the owner, or a lead. */
  | { readonly kind: 'WithdrawHandover'; readonly handover: string; readonly seen?: number | null }
  | { readonly kind: 'DeclineHandover'; readonly handover: string; readonly reason: string }
  /** `words` is the sentence in which the client was told; `dueAt` the time that it names. */
  | { readonly kind: 'MakePromise'; readonly words: string; readonly dueAt: Instant }
  /** The client has heard, though not through Baton. */
  | { readonly kind: 'KeepPromise'; readonly promise: string }
  /** The client no longer waits for it. */
  | { readonly kind: 'DropPromise'; readonly promise: string }
  | { readonly kind: 'NudgeOwner' }
  /** Another target for this very case, in open ms; null: the desk's again. */
  | { readonly kind: 'SetTarget'; readonly clock: ClockName; readonly targetMs: number | null }
  | { readonly kind: 'AddNote'; readonly text: string }
  | { readonly kind: 'ReplyToReporter'; readonly text: string }
  | {
      readonly kind: 'HearMessage';
      readonly place: Place;
      readonly text: string;
      readonly files?: readonly CaseFile[];
      readonly audience: Audience;
      readonly at: Instant;
    }
  | {
      readonly kind: 'HearEdit';
      readonly place: Place;
      readonly text: string;
      readonly files?: readonly CaseFile[];
      readonly at: Instant;
    }
  | { readonly kind: 'HearDeletion'; readonly place: Place; readonly at: Instant }
  /** Somebody came, left or has room again: is it still the right person's turn? */
  | { readonly kind: 'NameTurn' }
  /** Its owner has gone and it cannot wait until they are back: somebody on shift is asked to take it over. */
  | {
      readonly kind: 'HandOverShift';
      readonly tried: string;
      readonly needed: string;
      readonly told: string;
      /** The owner has said what is next; else the leads hear that they have not. */
      readonly hasStep: boolean;
      readonly back: Instant | null;
      readonly pack: string;
      /** Everybody who was asked has declined: somebody who comes is asked anew, but the leads are not woken again. */
      readonly again?: true;
    }
  | { readonly kind: 'WakeCase' };

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;
