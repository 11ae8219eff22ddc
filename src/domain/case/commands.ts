import type { Instant, PersonId, PriorityName } from '../ids';
import type { ClockName } from '../sla/clock';
import type { Client, Party, Place } from './case';

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
  | { readonly kind: 'AssignCase'; readonly to: PersonId; readonly seen: number | null }
  | { readonly kind: 'AwaitClient'; readonly seen: number | null }
  | { readonly kind: 'ResumeCase'; readonly seen: number | null }
  | { readonly kind: 'ResolveCase'; readonly how: string; readonly seen: number | null }
  | { readonly kind: 'ReopenCase'; readonly seen: number | null }
  | {
      readonly kind: 'EscalateCase';
      readonly tried: string;
      readonly needed: string;
      readonly told: string;
      /** The level to ask; null asks the next one with members. */
      readonly level: string | null;
      readonly seen: number | null;
    }
  | { readonly kind: 'AcceptHandover'; readonly handover: string }
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
      readonly audience: Audience;
      readonly at: Instant;
    }
  | { readonly kind: 'HearEdit'; readonly place: Place; readonly text: string; readonly at: Instant }
  | { readonly kind: 'HearDeletion'; readonly place: Place; readonly at: Instant }
  | { readonly kind: 'WakeCase' };

export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;
