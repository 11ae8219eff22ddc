/** Who somebody is: a person of the desk by their id, or a guest by the name that Slack knows. */
import type { WebClient } from '@slack/web-api';
import type { Clock, DeskNow } from '../../src/app/ports';
import type { Party } from '../../src/domain/case/case';
import { personBy } from '../../src/domain/desk/desk';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { type Log, reasonOf } from './log';
import { PLATFORM } from './refs';
import { mentioned, plainWords } from './words';

interface Known {
  readonly name: string | null;
  readonly until: number;
}

const KNOWN_MAX = 5_000;
const KEEP_MS = 6 * HOUR_MS;
/** A name that could not be had is not asked for again at once: a look-up must not cost every event its three seconds. */
const KEEP_FAILURE_MS = MINUTE_MS;
const LOOKUP_MS = 500;

export interface People {
  /** Never fails. `hint` is the handle that came with the payload: it serves when Slack does not tell the full name in time. */
  partyOf(user: string, hint?: string | null): Promise<Party>;
  nameOf(user: string): Promise<string>;
  /** The words of a message as people saw them, mentions by name. */
  wordsOf(message: { readonly text?: string | null | undefined }): Promise<string>;
}

interface Sources {
  readonly api: WebClient;
  readonly desk: DeskNow;
  readonly clock: Clock;
  readonly log: Log;
}

async function lookUp(api: WebClient, user: string): Promise<string | null> {
  const { user: found } = await api.users.info({ user });
  const names = [found?.real_name, found?.profile?.real_name, found?.profile?.display_name, found?.name];
  return names.find((name) => name !== undefined && name.trim() !== '') ?? null;
}

/** What comes of the work, or null when it takes longer; it goes on all the same. */
export function withinMs<Result>(work: Promise<Result>, ms: number): Promise<Result | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), ms);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Names of guests, asked for once and kept for some hours; at most 5,000 of them, the oldest forgotten first. */
export function createPeople({ api, desk, clock, log }: Sources): People {
  const known = new Map<string, Known>();
  const asked = new Map<string, Promise<string | null>>();

  function keep(user: string, name: string | null): void {
    known.delete(user);
    known.set(user, { name, until: clock.now() + (name === null ? KEEP_FAILURE_MS : KEEP_MS) });
    const oldest = known.keys().next().value;
    if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest);
  }

  async function ask(user: string): Promise<string | null> {
    const name = await lookUp(api, user).catch((error: unknown) => {
      log.debug({ user, problem: reasonOf(error) }, 'a name could not be looked up in Slack');
      return null;
    });
    keep(user, name);
    asked.delete(user);
    return name;
  }

  async function guestName(user: string): Promise<string | null> {
    const kept = known.get(user);
    if (kept && kept.until > clock.now()) return kept.name;
    let asking = asked.get(user);
    if (asking === undefined) {
      asking = ask(user);
      asked.set(user, asking);
    }
    return (await withinMs(asking, LOOKUP_MS)) ?? kept?.name ?? null;
  }

  async function nameOf(user: string): Promise<string> {
    return personBy(desk(), PLATFORM, user)?.name ?? (await guestName(user)) ?? user;
  }

  return {
    nameOf,
    async partyOf(user, hint) {
      const person = personBy(desk(), PLATFORM, user);
      if (person) return { kind: 'person', id: person.id, name: person.name };
      return { kind: 'guest', platform: PLATFORM, user, name: (await guestName(user)) ?? (hint || user) };
    },
    async wordsOf({ text }) {
      const written = text ?? '';
      const users = mentioned(written);
      const names = await Promise.all(users.map(nameOf));
      return plainWords(written, (user, label) => names[users.indexOf(user)] ?? label ?? user);
    },
  };
}
