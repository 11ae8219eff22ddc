/** Feeds of holidays: asked every day, and the last good copy of each kept, so that a feed that is down costs nobody a holiday. */
import { createHash } from 'node:crypto';
import { DAY_MS, type Instant } from '../domain/ids';
import type { Holiday } from '../domain/sla/calendar';
import type { NamedFeed } from './deskHolidays';
import { feedAddress, feedName } from './feedAddress';
import type { FetchFeed } from './feedFetch';
import { type ReadHolidays, readHolidays } from './holidayFile';

/** Where copies outlive the process; every process that shares it shares them. */
export interface Memory {
  recall(name: string): Promise<string | null>;
  remember(name: string, text: string): Promise<void>;
}

interface Copy {
  readonly at: Instant;
  readonly holidays: readonly Holiday[];
}

/** A feed that could not be read just now. */
export interface FeedTrouble extends NamedFeed {
  /** The end of a sentence that begins with the feed's name. */
  readonly problem: string;
  /** Of when the copy is that is used instead; null: there is none. */
  readonly copyAt: Instant | null;
  readonly say: string;
}

export interface Feeds {
  /**
   * Gets a copy of each that has none yet: the one kept, else from the feed itself. What stays without one is a problem of
   * the desk file that names it; `isStart`: it counts as without holidays, for a Baton that is down misses more than those.
   */
  gather(named: readonly NamedFeed[], isStart?: boolean): Promise<void>;
  /** These are the feeds of the desk in force; others need no looking after. */
  only(named: readonly NamedFeed[]): void;
  /** Asks the feeds whose turn it is, and says which did not answer as they should. Never rejects for a feed. */
  refresh(): Promise<readonly FeedTrouble[]>;
  /** The holidays of the copy in hand. */
  readonly read: (address: string) => ReadHolidays;
  /** Another one when the holidays have changed. */
  version(address: string): string;
}

export const ASK_AGAIN = 'every 15 minutes';

export function createFeeds(parts: {
  readonly memory: Memory;
  readonly now: () => Instant;
  readonly fetch: FetchFeed;
}): Feeds {
  const { memory, now, fetch } = parts;
  const named = new Map<string, NamedFeed>();
  const copies = new Map<string, Copy>();
  const problems = new Map<string, string>();
  const tolerated = new Set<string>();
  const asked = new Set<string>();

  async function recall(address: string): Promise<void> {
    const kept = await memory.recall(nameOf(address));
    // Written below, by this version or another of Baton.
    if (kept !== null) copies.set(address, JSON.parse(kept) as Copy);
  }

  /** Null when all went well. */
  async function ask(address: string): Promise<string | null> {
    const at = now();
    const read = await holidaysFrom(address, at, fetch);
    asked.add(address);
    if ('problem' in read) {
      problems.set(address, read.problem);
      return read.problem;
    }
    const copy: Copy = { at, holidays: read.holidays };
    copies.set(address, copy);
    await memory.remember(nameOf(address), JSON.stringify(copy));
    return null;
  }

  async function look(feed: NamedFeed): Promise<readonly FeedTrouble[]> {
    const { address } = feed;
    // Another process may have asked in the meantime.
    await recall(address);
    const copy = copies.get(address);
    if (copy !== undefined && asked.has(address) && now() - copy.at < DAY_MS) return [];
    const problem = await ask(address);
    // A desk that names a feed without a copy is not in force, and who edited it has been told.
    const isUsed = copy !== undefined || tolerated.has(address);
    return problem === null || !isUsed ? [] : [troubleOf(feed, problem, copy?.at ?? null, now())];
  }

  return {
    gather: async (wanted, isStart = false) => {
      await Promise.all(
        wanted.map(async (feed) => {
          named.set(feed.address, feed);
          if (!copies.has(feed.address)) await recall(feed.address);
          if (!copies.has(feed.address) && (await ask(feed.address)) !== null && isStart) tolerated.add(feed.address);
        }),
      );
    },
    only: (wanted) => {
      named.clear();
      for (const feed of wanted) named.set(feed.address, feed);
      for (const address of tolerated) if (!named.has(address)) tolerated.delete(address);
    },
    refresh: async () => (await Promise.all([...named.values()].map(look))).flat(),
    read: (address) => {
      const copy = copies.get(address);
      if (copy !== undefined) return copy;
      if (tolerated.has(address)) return { holidays: [] };
      const why = problems.get(address) ?? 'has not been read yet';
      return { problem: `${why}, and there is no copy of it; mend the address, or wait: it is asked ${ASK_AGAIN}` };
    },
    version: (address) => digest(JSON.stringify(copies.get(address)?.holidays ?? null)),
  };
}

async function holidaysFrom(address: string, at: Instant, fetch: FetchFeed): Promise<ReadHolidays> {
  const checked = feedAddress(address);
  if ('problem' in checked) return checked;
  const fetched = await fetch(checked.url);
  return 'problem' in fetched ? fetched : readHolidays(fetched.text, new Date(at).getUTCFullYear());
}

function troubleOf(feed: NamedFeed, problem: string, copyAt: Instant | null, at: Instant): FeedTrouble {
  const meanwhile =
    copyAt === null
      ? 'There is no copy of it yet, so clocks run on its holidays as on any other day'
      : `The holidays of ${agoWords(copyAt, at)} stay in force`;
  const say = `${feed.where}: ${feedName(feed.address)} ${problem}. ${meanwhile}; it is asked again ${ASK_AGAIN}.`;
  return { ...feed, problem, copyAt, say };
}

/** `3 November 2026 (12 days ago)`. */
function agoWords(copyAt: Instant, at: Instant): string {
  const days = Math.max(0, Math.floor((at - copyAt) / DAY_MS));
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(copyAt);
  return `${day} (${days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`} ago)`;
}

/** The address itself may hold a key. */
const nameOf = (address: string): string => `holiday feed ${digest(address)}`;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
