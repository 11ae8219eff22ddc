/** After all the kills: what Slack shows, what the database holds and what people did are held against each other. */
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { SlackWorld } from '../../adapters/sandbox/slack';
import type { SlackMessage } from '../../adapters/sandbox/slack/protocol';
import { wordsOn } from '../../adapters/sandbox/slack/reading';
import type { Store } from '../../src/app/ports';
import type { Case } from '../../src/domain/case/case';
import { evolve } from '../../src/domain/case/evolve';
import { confirmedIn, type Fault, SUPPORT, type Traffic } from './traffic';

/** Longer than any lease or wait between attempts while the platform answers. */
const STANDSTILL_MS = 90_000;
const LOOK_EVERY_MS = 500;
const REPEATED = 'it may be here twice';

export interface Verdict {
  readonly cases: number;
  /** Sentences: what was acknowledged and has no effect. */
  readonly lost: readonly string[];
  /** Sentences: what had its effect twice, or a state that its journal does not tell. */
  readonly doubled: readonly string[];
  /** Messages that stand there more than once, each time beyond the first; those that say so, and those that do not. */
  readonly repeatedFlagged: number;
  readonly repeatedSilently: number;
  /** Messages that say that they may stand there twice. */
  readonly flagged: number;
}

type Counts = Partial<Record<string, number>>;

/** How often each kind of event is in the journal of a fault's case; null while there is none. */
async function eventsOf(store: Store, { ts }: Fault): Promise<{ readonly it: Case; readonly counts: Counts } | null> {
  const at = await store.caseAt({ platform: 'slack', channel: SUPPORT, message: ts, thread: null });
  const it = at === null ? null : await store.caseById(at.case);
  if (it === null) return null;
  const counts: Counts = {};
  for (const { event } of await store.journalOf(it.id)) counts[event.type] = (counts[event.type] ?? 0) + 1;
  return { it, counts };
}

const wantedOf = ({ triaged, taken, words }: Fault): Counts => ({
  CaseOpened: 1,
  CaseTriaged: triaged ? 1 : 0,
  CaseTaken: taken ? 1 : 0,
  MessageHeard: words,
});

/** What still has to come: zero when everything that was acknowledged has had its effect and nothing waits to be said. */
async function remaining(store: Store, slack: SlackWorld, traffic: Traffic): Promise<number> {
  const confirmed = new Set(confirmedIn(slack));
  let left = (await store.outbox(Date.now() as Parameters<Store['outbox']>[0])).pending;
  for (const fault of traffic.faults) {
    left += (await differences(store, fault)).lost.length + (confirmed.has(fault.ts) ? 0 : 1);
  }
  return left;
}

/** Waits until nothing remains, or until nothing has come for so long: what is missing then is lost. */
export async function quiet(store: Store, slack: SlackWorld, traffic: Traffic): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  while (performance.now() - since < STANDSTILL_MS) {
    const left = await remaining(store, slack, traffic);
    if (left === 0) return;
    if (left < least) {
      least = left;
      since = performance.now();
    }
    await wait(LOOK_EVERY_MS);
  }
}

async function differences(store: Store, fault: Fault): Promise<{ lost: string[]; doubled: string[] }> {
  const found = await eventsOf(store, fault);
  if (found === null) return { lost: [`${fault.ts}: no case`], doubled: [] };
  const each = Object.entries(wantedOf(fault)).map(([type, want = 0]) => ({
    type,
    want,
    has: found.counts[type] ?? 0,
  }));
  const say = ({ type, want, has }: (typeof each)[number]): string => `${found.it.ref}: ${has} ${type}, not ${want}`;
  return {
    lost: each.filter(({ want, has }) => has < want).map(say),
    doubled: each.filter(({ want, has }) => has > want).map(say),
  };
}

export async function judge(store: Store, slack: SlackWorld, traffic: Traffic): Promise<Verdict> {
  const lost: string[] = [];
  const doubled: string[] = [];
  const confirmed = new Set(confirmedIn(slack));
  for (const fault of traffic.faults) {
    const found = await differences(store, fault);
    lost.push(...found.lost, ...(confirmed.has(fault.ts) ? [] : [`${fault.ts}: no confirmation`]));
    doubled.push(...found.doubled);
  }
  const { total } = await store.list({ offset: 0, limit: 1 });
  if (total !== traffic.faults.length) doubled.push(`${total} cases of ${traffic.faults.length} faults`);
  doubled.push(...(await unlikeTheirJournals(store)));
  const { ambiguous, dead } = await store.outbox(Date.now() as Parameters<Store['outbox']>[0]);
  if (dead > 0) lost.push(`${dead} messages were given up`);
  return { cases: total, lost, doubled, ...repeatsIn(slack, traffic, ambiguous) };
}

async function unlikeTheirJournals(store: Store): Promise<string[]> {
  const wrong: string[] = [];
  for (let offset = 0; ; offset += 100) {
    const { cases } = await store.list({ offset, limit: 100 });
    for (const it of cases) {
      const journal = await store.journalOf(it.id);
      const isWhole = journal.every(({ version }, index) => version === index + 1);
      const folded = journal.reduce<Case | null>((before, { event, ...told }) => evolve(before, event, told), null);
      const same = isDeepStrictEqual(JSON.parse(JSON.stringify(folded)), JSON.parse(JSON.stringify(it)));
      if (!isWhole || !same) wrong.push(`${it.ref} is not what its journal says`);
    }
    if (cases.length < 100) return wrong;
  }
}

function repeatsIn(slack: SlackWorld, traffic: Traffic, ambiguous: number) {
  const mine = slack.snapshot().messages.filter((one) => one.user === 'U0BATON');
  const groups = new Map<string, SlackMessage[]>();
  for (const one of mine) {
    const posting = one.metadata?.event_payload['posting'];
    if (typeof posting === 'string') groups.set(posting, [...(groups.get(posting) ?? []), one]);
  }
  const isFlagged = (one: SlackMessage): boolean => wordsOn(one).includes(REPEATED);
  const again = [...groups.values()].filter((group) => group.length > 1);
  const extra = again.reduce((sum, group) => sum + group.length - 1, 0);
  const silent = again.filter((group) => !group.some(isFlagged)).length;
  // What one person alone sees carries no mark to look for: there is one offer for each message that was said.
  const offers = mine.filter((one) => one.ephemeral_to !== undefined && wordsOn(one).includes('Open a case?'));
  const offersAgain = Math.max(0, offers.length - traffic.said());
  const offersSilently = Math.max(0, offersAgain - offers.filter(isFlagged).length);
  return {
    repeatedFlagged: extra + offersAgain - silent - offersSilently,
    repeatedSilently: silent + offersSilently,
    flagged: mine.filter(isFlagged).length + ambiguous,
  };
}
