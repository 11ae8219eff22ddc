/** What must hold at the end of a run, after an hour of calm: nothing lost, nothing twice, nothing unsaid. */
import { isDeepStrictEqual } from 'node:util';
import type { CaseQuery, Store } from '../../src/app/ports';
import type { View } from '../../src/app/view';
import { caseCard } from '../../src/app/views/caseCard';
import { type Case, isLive } from '../../src/domain/case/case';
import { aboutOf, isAlarm, markOf, subjectKey } from '../../src/domain/case/danger';
import type { Recorded } from '../../src/domain/case/events';
import { evolve } from '../../src/domain/case/evolve';
import type { Desk } from '../../src/domain/desk/desk';
import { type Instant, instant } from '../../src/domain/ids';
import type { Clock } from '../../src/domain/sla/clock';
import type { Sent } from './inbound';
import { keyOf, type Row, type Witness } from './witness';
import { canLook, type Shown, type World } from './world';

export interface Findings {
  readonly store: Store;
  readonly world: World;
  readonly witness: Witness;
  readonly sent: readonly Sent[];
  readonly desk: Desk;
  readonly now: Instant;
  /** Clocks of nodes were wrong at times: leases end early then, and what should be there once may be there twice. */
  readonly clocksWereWrong: boolean;
}

export async function check(findings: Findings): Promise<readonly Case[]> {
  const cases = await allCases(findings.store);
  for (const it of cases) {
    const journal = await findings.store.journalOf(it.id);
    checkJournal(findings, it, journal);
    checkAlarms(findings, it, journal);
    checkCards(findings, it);
  }
  checkSent(findings);
  checkPostings(findings);
  await checkNothingWaits(findings);
  return cases;
}

async function allCases(store: Store): Promise<readonly Case[]> {
  const all: Case[] = [];
  const query: Omit<CaseQuery, 'offset'> = { limit: 200 };
  for (let more = true; more; ) {
    const { cases } = await store.list({ ...query, offset: all.length });
    all.push(...cases);
    more = cases.length === 200;
  }
  return all.sort((a, b) => a.number - b.number);
}

const asKept = (it: Case): unknown => JSON.parse(JSON.stringify(it));

/** Invariant 1: the state is the fold of its events, each recorded once. */
function checkJournal({ witness }: Findings, it: Case, journal: readonly Recorded[]): void {
  const gap = journal.find(({ version }, index) => version !== index + 1);
  if (gap !== undefined) witness.violated(`${it.ref}: the journal jumps to version ${gap.version}`);
  const folded = journal.reduce<Case | null>(
    (before, { event, at, by, version }) => evolve(before, event, { at, by, version }),
    null,
  );
  if (folded === null || !isDeepStrictEqual(asKept(folded), asKept(it)))
    witness.violated(`${it.ref}: the state is not the fold of its journal`);
  if (isLive(it) && it.holder.kind === 'nobody') witness.violated(`${it.ref} is nobody’s`);
}

/** Invariant 2: one warning for each mark, clock and cycle, and none after the end. */
function checkAlarms({ witness }: Findings, it: Case, journal: readonly Recorded[]): void {
  let clocks: readonly Clock[] = [];
  const told = new Set<string>();
  for (const { event } of journal) {
    if (event.type === 'ClocksMoved') clocks = event.clocks;
    if (!isAlarm(event)) continue;
    const key = `${subjectKey(aboutOf(event, clocks))} ${markOf(event)}`;
    if (told.has(key)) witness.violated(`${it.ref}: ${key} was told twice`);
    told.add(key);
  }
}

/** One card for each platform, and it says how the case stands. */
function checkCards({ witness, world, desk, now }: Findings, it: Case): void {
  for (const platform of Object.keys(desk.triage)) {
    const row = [...witness.rows.values()].find(
      ({ posting }) =>
        posting.case === it.id && posting.drawing.view === 'case-card' && posting.to.platform === platform,
    );
    if (row === undefined) {
      witness.violated(`${it.ref} has no card on ${platform}`);
      continue;
    }
    if (row.last?.kind === 'dead' || row.last?.kind === 'ambiguous') continue;
    const cards = world.shown.filter((one) => one.posting === row.posting.id && one.goneAt === null);
    const expected = caseCard(it, desk, now);
    const newest = cards.findLast((card) => saysTheSame(card.view, expected));
    const wasDeleted =
      cards.length === 0 &&
      world.shown.some((one) => one.posting === row.posting.id && (one.goneAt ?? 0) >= row.endedAt);
    if (newest === undefined && !wasDeleted)
      witness.violated(`${it.ref}: its card on ${platform} says ${cards.at(-1)?.view.summary ?? 'nothing'}`);
  }
}

/** The same but for what changes by the minute, and for the remark that it may be there twice. */
const saysTheSame = (shown: View, expected: View): boolean =>
  shown.summary.startsWith(expected.summary) &&
  isDeepStrictEqual(shown.title, expected.title) &&
  isDeepStrictEqual(shown.buttons, expected.buttons);

/** Every act was done at most once, and those that were acknowledged were not lost. */
function checkSent({ witness, sent }: Findings): void {
  const commits = new Map<string, number>();
  for (const { cause } of witness.changes) commits.set(cause, (commits.get(cause) ?? 0) + 1);
  for (const { what, answers } of sent) {
    const times = commits.get(what) ?? 0;
    const outcomes = witness.outcomes.get(what) ?? [];
    if (times > 1) witness.violated(`${what} had its effect ${times} times`);
    const isLost = answers > 0 && outcomes.length > 0 && outcomes.every((kind) => kind === 'duplicate');
    if (isLost && !OPENINGS.test(what)) witness.violated(`${what} was acknowledged as known already and never done`);
  }
}

/** Whoever opens a case from a message that has one is shown that one. */
const OPENINGS = /^sim (message|open-from|send open|new )/;

/** Every posting is there once; a second time only where Baton cannot look and was in doubt. Order is kept in each thread. */
function checkPostings(findings: Findings): void {
  const { witness, world, clocksWereWrong } = findings;
  const byPosting = new Map<string, Shown[]>();
  for (const one of world.shown) byPosting.set(one.posting, [...(byPosting.get(one.posting) ?? []), one]);
  const names = new Map<string, string>();
  for (const [id, row] of witness.rows) {
    const there = (byPosting.get(id) ?? []).filter((one) => one.goneAt === null);
    const { posting } = row;
    const name = `${posting.drawing.view} ${id} of ${posting.case} to ${JSON.stringify(posting.to)}`;
    const isExcused = (row.uncertain && row.flagged && !canLook(posting.to)) || clocksWereWrong;
    if (there.length > 1 && !isExcused) witness.violated(`${name} was posted ${there.length} times`);
    if (row.leaseUntil !== null) witness.violated(`${name} was claimed and never settled`);
    if (row.last?.kind === 'later') witness.violated(`${name} still waits: ${row.last.problem}`);
    const key = keyOf(posting);
    if (posting.kind === 'post' && posting.case !== null && names.has(key))
      witness.violated(`${name} is the same as ${names.get(key)}`);
    names.set(key, id);
  }
  checkIntents(findings);
  if (!clocksWereWrong) checkOrder(findings);
}

/** Invariant 4: whatever was wanted came to an end that can be named. */
function checkIntents({ witness }: Findings): void {
  const ends = new Map<string, Row>();
  for (const row of witness.rows.values()) ends.set(keyOf(row.posting), row);
  for (const [key, { intent }] of witness.wanted) {
    if (intent.kind === 'post' && !ends.has(key)) witness.violated(`${intent.dedupe} was wanted and never tried`);
  }
}

function checkOrder({ witness, world }: Findings): void {
  const last = new Map<string, { order: number; name: string }>();
  const seen = new Set<string>();
  for (const one of world.shown) {
    const row = witness.rows.get(one.posting);
    if (row?.posting.kind !== 'post' || one.to.kind !== 'channel' || one.to.thread === null || seen.has(one.posting))
      continue;
    seen.add(one.posting);
    const lane = `${one.to.platform} ${one.to.channel} ${one.to.thread}`;
    const order = witness.wanted.get(keyOf(row.posting))?.order ?? -1;
    const before = last.get(lane);
    if (before !== undefined && before.order > order)
      witness.violated(`${one.view.summary} came after ${before.name} in ${lane}`);
    last.set(lane, { order, name: one.view.summary });
  }
}

async function checkNothingWaits({ store, witness, now }: Findings): Promise<void> {
  const { pending } = await store.outbox(now);
  if (pending > 0) witness.violated(`${pending} postings still wait after an hour of calm`);
  const alarm = await store.nextAlarmAt();
  if (alarm !== null && alarm < instant(now - 60_000)) witness.violated(`an alarm of ${alarm} has not rung`);
}
