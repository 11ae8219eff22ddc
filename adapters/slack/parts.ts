/** What the listeners work with. */
import type { WebClient } from '@slack/web-api';
import type { Caller, Doors } from '../../src/app/doors';
import type { Clock, DeskNow, Surface } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Desk, personOf } from '../../src/domain/desk/desk';
import type { Me } from './api';
import type { Pen } from './inline';
import type { Log } from './log';
import type { People } from './people';
import { addressOf, PLATFORM } from './refs';

export interface Parts {
  readonly doors: Doors;
  readonly desk: DeskNow;
  readonly clock: Clock;
  readonly log: Log;
  readonly api: WebClient;
  readonly me: Me;
  readonly people: People;
  readonly surface: Surface;
  readonly tries: Tries;
}

export function penOf(desk: Desk, me: Me): Pen {
  return {
    account: (person) => personOf(desk, person)?.accounts[PLATFORM] ?? null,
    address: (place) => addressOf(me.url, place),
  };
}

interface Told {
  readonly user: string;
  readonly name?: string | null;
  readonly place: Place | null;
  /** What it was, with Slack's id of it: goes into the journal. */
  readonly what: string;
  readonly keys: readonly string[];
}

/** Who calls, in the engine's terms. */
export async function callerOf(parts: Pick<Parts, 'people'>, told: Told): Promise<Caller> {
  const party = await parts.people.partyOf(told.user, told.name ?? null);
  return { party, platform: PLATFORM, place: told.place, cause: { what: told.what, keys: told.keys } };
}

/** How often a form has been sent back with errors, by the id of its view. */
export interface Tries {
  of(view: string): number;
  again(view: string): void;
}

const TRIES_MAX = 2_000;

/** Forgets the oldest forms first: an open one is at most some hours old. */
export function createTries(): Tries {
  const tries = new Map<string, number>();
  return {
    of: (view) => tries.get(view) ?? 0,
    again(view) {
      tries.set(view, (tries.get(view) ?? 0) + 1);
      const oldest = tries.keys().next().value;
      if (tries.size > TRIES_MAX && oldest !== undefined) tries.delete(oldest);
    },
  };
}
