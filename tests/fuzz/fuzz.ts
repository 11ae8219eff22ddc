/**
 * Throws damaged payloads at every route and listener of a running Baton, in rounds of three: unsigned (nothing may
 * change), signed but of people who are not of the desk (they may open cases and speak, no more), and signed as they were.
 */
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import BetterSqlite3 from 'better-sqlite3';
import type { Product } from '../support/product';
import { type Letter, letterOf, type Side } from './letters';
import { diceOf } from './mutations';
import type { Recorded } from './recorded';

const SIDES: readonly Side[] = ['unsigned', 'outsider', 'staff'];

export interface Finding {
  readonly index: number;
  readonly side: Side;
  readonly kind: string;
  readonly problem: string;
  readonly body: string;
}
/** An answer that took longer than a second, with what the machine was doing meanwhile: every one is told. */
export interface Slow {
  readonly index: number;
  readonly kind: string;
  /** By the wall clock: the first time, and each time that the payload was sent again, alone. */
  readonly ms: readonly number[];
  /** What this process, Baton and the emulators in it, had of the processor during the first. */
  readonly cpuMs: number;
  /** The machine's load over the last minute; more than its cores means that everybody waits. */
  readonly load: number;
}
export interface Fuzzed {
  readonly payloads: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly kinds: ReadonlySet<string>;
  /** The longest answer of all by the wall clock, in milliseconds. */
  readonly slowestMs: number;
  readonly slow: readonly Slow[];
  readonly findings: readonly Finding[];
}

const ANSWER_WITHIN_MS = 1_000;
const AT_ONCE = 4;
const BATCH = 200;

/** What people who are not of the desk may cause: they open cases and speak. Baton's own doings are by itself. */
const EVERYONES = /^(CaseOpened|MessageHeard|MessageEdited|MessageDeleted|CaseResumed|ClocksMoved|ClientAsked)$/;

interface Target {
  readonly product: Product;
  /** The SQLite file of the product, to look at what changed. */
  readonly database: string;
  readonly recorded: readonly Recorded[];
}

export async function fuzz(target: Target, run: { readonly seed: number; readonly payloads: number }): Promise<Fuzzed> {
  const found = {
    statuses: {} as Record<string, number>,
    kinds: new Set<string>(),
    slowestMs: 0,
    slow: [] as Slow[],
    findings: [] as Finding[],
  };
  const unheard: string[] = [];
  const hear = (reason: unknown): void =>
    void unheard.push(reason instanceof Error ? String(reason.stack) : String(reason));
  process.on('unhandledRejection', hear);
  const journal = openJournal(target.database);
  try {
    for (let from = 0, round = 0; from < run.payloads; from += BATCH, round += 1) {
      const side = SIDES[round % SIDES.length] as Side;
      await atRest(target.product, journal);
      const before = journal.last();
      const indices = Array.from({ length: Math.min(BATCH, run.payloads - from) }, (_, at) => from + at);
      const late: Late[] = [];
      await eachOf(indices, async (index) => {
        const thrown = { seed: run.seed, index, side };
        const ms = await throwOne(target, thrown, found);
        if (ms !== null) late.push({ ...thrown, ...ms });
      });
      for (const one of late) await lookAtLate(target, one, found);
      await atRest(target.product, journal);
      const batch = { index: from, side, kind: `payloads ${from} to ${from + indices.length - 1}`, body: '' };
      for (const problem of [...changesWithout(side, journal.since(before)), ...unheard.splice(0)])
        found.findings.push({ ...batch, problem });
    }
    const ready = await fetch(`${target.product.url}/healthz`).catch(() => null);
    if (ready?.status !== 200)
      found.findings.push({ index: run.payloads, side: 'staff', kind: 'healthz', problem: 'Baton is gone', body: '' });
  } finally {
    process.off('unhandledRejection', hear);
    journal.close();
  }
  return { payloads: run.payloads, ...found };
}

interface Throw {
  readonly seed: number;
  readonly index: number;
  readonly side: Side;
}
interface Late extends Throw, Omit<Slow, 'ms'> {
  readonly ms: number;
}
interface Found {
  statuses: Record<string, number>;
  kinds: Set<string>;
  slowestMs: number;
  slow: Slow[];
  findings: Finding[];
}

/** Null unless the answer took longer than a second; then what is known of it. */
async function throwOne(
  { product, recorded }: Target,
  { seed, index, side }: Throw,
  found: Found,
): Promise<Omit<Late, keyof Throw> | null> {
  const letter = letterOf(product, recorded, side, diceOf(seed, index));
  found.kinds.add(letter.kind);
  const before = process.cpuUsage();
  const { status, problem, ms } = await answerTo(product, letter);
  found.statuses[status] = (found.statuses[status] ?? 0) + 1;
  found.slowestMs = Math.max(found.slowestMs, ms);
  if (!isAnswer(status, letter.kind)) {
    const body = letter.body.slice(0, 4_000);
    found.findings.push({ index, side, kind: letter.kind, problem: `answered ${status} ${problem}`, body });
  }
  if (ms <= ANSWER_WITHIN_MS) return null;
  const { user, system } = process.cpuUsage(before);
  return { kind: letter.kind, ms, cpuMs: (user + system) / 1_000, load: loadavg()[0] ?? 0 };
}

/**
 * A busy machine is slow for a while, a payload that is slow is slow each time: it is sent five times more, alone. All of it is
 * told; it is a finding when it never was quicker, or when the processor was busy for so long that one of those that were
 * thrown together must have taken a second. A signature is good once only.
 */
async function lookAtLate({ product, recorded }: Target, late: Late, found: Found): Promise<void> {
  const { seed, index, side, kind, cpuMs, load } = late;
  const ms = [late.ms];
  let body = '';
  for (let again = 0; again < 5; again += 1) {
    const letter = letterOf(product, recorded, side, diceOf(seed, index));
    ({ body } = letter);
    ms.push((await answerTo(product, letter)).ms);
  }
  const slow = { index, kind, ms: ms.map(Math.round), cpuMs: Math.round(cpuMs), load };
  found.slow.push(slow);
  const isItsOwn = cpuMs > ANSWER_WITHIN_MS * AT_ONCE || Math.min(...ms) > ANSWER_WITHIN_MS;
  if (isItsOwn) found.findings.push({ index, side, kind, problem: slowWords(slow), body: body.slice(0, 4_000) });
}

export const slowWords = ({ index, kind, ms: [first, ...again], cpuMs, load }: Slow): string =>
  `payload ${index}, ${kind}: took ${first} ms, ${cpuMs} ms of them on the processor at a load of ${load.toFixed(1)}; again alone: ${again.join(', ')} ms`;

/** 501 is what Teams itself wants to hear about an invoke that a bot does not know. */
const isAnswer = (status: number, kind: string): boolean =>
  (status >= 200 && status < 500) || (status === 501 && kind.startsWith('teams invoke'));

async function answerTo(product: Product, letter: Letter) {
  const began = performance.now();
  try {
    const answer = await fetch(product.url + letter.path, {
      method: letter.method,
      headers: letter.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
      ...(letter.method === 'GET' || letter.method === 'HEAD' ? {} : { body: letter.body }),
    });
    await answer.arrayBuffer();
    return { status: answer.status, problem: '', ms: performance.now() - began };
  } catch (error) {
    return { status: 0, problem: String(error), ms: performance.now() - began };
  }
}

interface Change {
  readonly type: string;
  readonly by: { readonly kind: string };
}

function changesWithout(side: Side, changes: readonly Change[]): readonly string[] {
  const others = changes.filter(({ by }) => by.kind !== 'system');
  if (side === 'staff') return [];
  const wrong =
    side === 'unsigned' ? others : others.filter(({ type, by }) => by.kind === 'person' || !EVERYONES.test(type));
  return wrong.map((change) => `changed without authority: ${JSON.stringify(change)}`);
}

/** What is in the journal, by a connection of its own. */
function openJournal(path: string) {
  const client = new BetterSqlite3(path, { readonly: true });
  const last = client.prepare('select coalesce(max(rowid), 0) as last from journal').pluck();
  const since = client.prepare('select type, by from journal where rowid > ?');
  const captures = client
    .prepare("select count(*) from outbox where kind = 'capture' and state in ('pending', 'sending')")
    .pluck();
  return {
    last: () => Number(last.get()),
    since: (rowid: number): Change[] =>
      (since.all(rowid) as { type: string; by: string }[]).map(({ type, by }) => ({
        type,
        by: JSON.parse(by) as Change['by'],
      })),
    captures: () => Number(captures.get()),
    close: () => client.close(),
  };
}

/** Until what was asked of Baton is in the journal: messages that are to become cases are read after the answer. */
async function atRest(product: Product, journal: ReturnType<typeof openJournal>): Promise<void> {
  const until = performance.now() + 20_000;
  while (journal.captures() > 0 && performance.now() < until) await fetch(`${product.url}/healthz`);
}

/** Four at a time: as many as find something to do, and no so many that they wait for each other. */
async function eachOf(indices: readonly number[], work: (index: number) => Promise<void>): Promise<void> {
  const waiting = [...indices];
  const worker = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) await work(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
