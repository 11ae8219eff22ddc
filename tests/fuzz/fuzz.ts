/**
 * Throws damaged payloads at every route and listener of a running Baton, in rounds of three: unsigned (nothing may
 * change), signed but of people who are not of the desk (they may open cases and speak, no more), and signed as they were.
 */
import { performance } from 'node:perf_hooks';
import BetterSqlite3 from 'better-sqlite3';
import type { Json } from '../../adapters/sandbox/teams/protocol';
import type { Product } from '../support/product';
import { broken, type Dice, diceOf, mutated } from './mutations';
import { asOutsider, type Recorded } from './recorded';

export type Side = 'unsigned' | 'outsider' | 'staff';
const SIDES: readonly Side[] = ['unsigned', 'outsider', 'staff'];

export interface Finding {
  readonly index: number;
  readonly side: Side;
  readonly kind: string;
  readonly problem: string;
  readonly body: string;
}
export interface Fuzzed {
  readonly payloads: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly kinds: ReadonlySet<string>;
  /** The longest answer, in milliseconds; of one that took longer than a second the quickest of six. */
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

interface Letter {
  readonly kind: string;
  readonly path: string;
  readonly method: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
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
      await eachOf(indices, (index) => throwOne(target, { seed: run.seed, index, side }, found));
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
type Found = { statuses: Record<string, number>; kinds: Set<string>; slowestMs: number; findings: Finding[] };

async function throwOne({ product, recorded }: Target, { seed, index, side }: Throw, found: Found): Promise<void> {
  const letter = letterOf(product, recorded, side, diceOf(seed, index));
  found.kinds.add(letter.kind);
  const complain = (problem: string): void =>
    void found.findings.push({ index, side, kind: letter.kind, problem, body: letter.body.slice(0, 4_000) });
  const first = await answerTo(product, letter);
  found.statuses[first.status] = (found.statuses[first.status] ?? 0) + 1;
  if (!isAnswer(first.status, letter.kind)) complain(`answered ${first.status} ${first.problem}`);
  // A busy machine is slow for a while; a payload that is slow is slow each time. A signature is good once only.
  let { ms } = first;
  for (let again = 0; again < 5 && ms > ANSWER_WITHIN_MS; again += 1)
    ms = Math.min(ms, (await answerTo(product, letterOf(product, recorded, side, diceOf(seed, index)))).ms);
  found.slowestMs = Math.max(found.slowestMs, ms);
  if (ms > ANSWER_WITHIN_MS) complain(`took ${Math.round(ms)} ms, six times over`);
}

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

function letterOf(product: Product, recorded: readonly Recorded[], side: Side, dice: Dice): Letter {
  if (dice.chance(0.03)) return toOtherRoute(dice, recorded);
  const chosen = dice.one(recorded);
  const payload = side === 'outsider' ? asOutsider(chosen.payload) : chosen.payload;
  const damaged = mutated(payload, dice);
  // What was damaged may name somebody of the desk again: whose payload it is was settled before.
  const body = chosen.to === 'slack' ? slackBody(chosen, damaged, dice) : broken(JSON.stringify(damaged), dice);
  return chosen.to === 'slack'
    ? toSlack(product, { chosen, body, side, dice })
    : toTeams(product, { chosen, body, side, dice });
}

function slackBody({ what }: Recorded, damaged: Json, dice: Dice): string {
  const text = broken(JSON.stringify(damaged), dice);
  if (what === 'event') return text;
  if (what !== 'command') return dice.chance(0.03) ? `payload=%E0%A4%A${text}` : `payload=${percent(text)}`;
  const fields = Object.entries((damaged ?? {}) as Record<string, Json>).map(
    ([name, value]) => `${percent(name)}=${percent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return dice.chance(0.05) ? `${fields.join('&')}&text=%ZZ%` : fields.join('&');
}

const percent = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'));

interface Sent {
  readonly chosen: Recorded;
  readonly body: string;
  readonly side: Side;
  readonly dice: Dice;
}

function toSlack(product: Product, { chosen, body, side, dice }: Sent): Letter {
  const usual = chosen.what === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
  const contentType = dice.chance(0.05)
    ? dice.one(['text/plain', 'application/json', 'multipart/form-data', 'x', ''])
    : usual;
  const now = Math.floor(Date.now() / 1000);
  const forged = dice.one([
    { secret: 'somebody else' },
    { timestamp: now - 301 - dice.below(9_000) },
    { timestamp: now + 301 + dice.below(9_000) },
    { timestamp: 0 },
  ]);
  const { headers } = product.slack.signed(body, { contentType, ...(side === 'unsigned' ? forged : {}) });
  const bare = side === 'unsigned' && dice.chance(0.3);
  return {
    kind: `slack ${chosen.kind}`,
    path: '/slack/events',
    method: 'POST',
    body,
    headers: bare ? { 'content-type': contentType } : headers,
  };
}

function toTeams(product: Product, { chosen, body, side, dice }: Sent): Letter {
  const forgery = dice.one([
    { aud: 'another-app' },
    { iss: 'https://evil.test' },
    { expiresInS: -3600 },
    { unsigned: true },
    { kid: 'unknown' },
    { serviceUrl: 'https://evil.test/' },
  ]);
  const token = product.teams.token(side === 'unsigned' ? forgery : {});
  const authorization =
    side === 'unsigned' && dice.chance(0.3)
      ? dice.one(['', 'Bearer', 'Bearer x.y.z', 'Basic eA=='])
      : `Bearer ${token}`;
  const contentType = dice.chance(0.05) ? dice.one(['text/plain', 'application/xml', 'x']) : 'application/json';
  return {
    kind: `teams ${chosen.kind}`,
    path: '/api/messages',
    method: 'POST',
    body,
    headers: { 'content-type': contentType, authorization },
  };
}

const PATHS = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/slack/events',
  '/api/messages',
  '/ui/act/slack',
  '/ui/nothing',
  '/..%2f..%2fetc',
  '/%',
  '/slack/events/../x',
  `/${'a'.repeat(5_000)}`,
];

/** Routes that are nobody's, methods that are not theirs. Never signed, so nothing may come of it. */
function toOtherRoute(dice: Dice, recorded: readonly Recorded[]): Letter {
  const path = dice.one(PATHS);
  return {
    kind: `route ${path.slice(0, 20)}`,
    path,
    method: dice.one(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
    body: broken(JSON.stringify(mutated(dice.one(recorded).payload, dice)), dice),
    headers: { 'content-type': dice.one(['application/json', 'text/html', 'x']) },
  };
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
