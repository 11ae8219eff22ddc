/** One platform's hands, and how its calls may fail. */
import type { Party, Place } from '../domain/case/case';
import type { CaseFile } from '../domain/case/file';
import type { Busy } from '../domain/desk/busy';
import type { Desk, Person, PlatformName } from '../domain/desk/desk';
import type { Instant } from '../domain/ids';
import type { Call, Pace } from './pacing';
import type { Destination } from './ports';
import type { View } from './view';

/** Why a call to a platform failed, in the terms that delivery decides by. */
export type FailureKind =
  /** Certainly not sent (refused connection, DNS, 5xx before effect is NOT this): try again. */
  | 'not-sent'
  /** The platform asked to slow down: only this destination waits, `retryAfterMs`. */
  | 'slow-down'
  /** It may or may not have taken effect (timeout, reset, 5xx): look before sending again. */
  | 'ambiguous'
  /** The message or channel is gone; a `keep` posting is posted anew when only the message is gone. */
  | 'gone'
  /** The platform refuses for good (not in channel, blocked, invalid): no retry. */
  | 'refused';

export class SurfaceFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly problem: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(problem);
    this.name = 'SurfaceFailure';
  }
}

export interface HeardMessage {
  readonly place: Place;
  readonly author: Party;
  /** The words as plain text: mentions by name, no markup. */
  readonly text: string;
  readonly files?: readonly CaseFile[];
  readonly at: Instant;
}

/** A person or a channel of the desk file that the platform no longer has, or that Baton may not speak to. */
export interface Lost {
  /** Its id, the same each time. */
  readonly what: string;
  /** What is wrong and how to mend it. */
  readonly say: string;
}

/** One platform's hands. Every method throws only SurfaceFailure. */
export interface Surface {
  readonly platform: PlatformName;
  /** Posts and says where. `posting` is left in the message where the platform allows, so that it can be found again. */
  post(to: Destination, view: View, posting: { readonly id: string }): Promise<Place>;
  update(at: Place, to: Destination, view: View): Promise<void>;
  /** Looks whether a posting took effect. `unknown` where the platform cannot be asked. */
  find(
    to: Destination,
    posting: { readonly id: string; readonly createdAt: Instant },
  ): Promise<Place | 'absent' | 'unknown'>;
  /** Reads one message as it stands; null when it is gone or cannot be read. */
  read(place: Place): Promise<HeardMessage | null>;
  /** The platform's limits that a call counts towards. Absent where it keeps none. */
  paces?(call: Call): readonly Pace[];
  /** Who and what of the desk file is not there on this platform. Absent where the platform cannot be asked. */
  lost?(desk: Desk): Promise<readonly Lost[]>;
  /**
   * Which of these people are busy, now or soon, as far as the platform tells; of whom it tells nothing is not. Never rejects:
   * without leave to ask, or without an answer, it is what was told last, or nothing. Absent where no such thing is told.
   */
  busy?(people: readonly Person[]): Promise<readonly Busy[]>;
}
