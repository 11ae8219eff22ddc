/** The morning's list for each person, and the evening's account for the leads. */

import type { Case } from '../domain/case/case';
import type { Recorded } from '../domain/case/events';
import { type Miss, whyMissed } from '../domain/case/missed';
import { personOf } from '../domain/desk/desk';
import { eveningSpan, LATE_MS, type Round } from '../domain/desk/rounds';
import { type CaseId, type Instant, instant, later, type PersonId, personId } from '../domain/ids';
import type { ClockName } from '../domain/sla/clock';
import { leadsPlaces, personally } from './audience';
import { LIVE } from './openCases';
import type { Engine } from './perform';
import type { Destination, Drawing, Intent, Posting } from './ports';
import type { View } from './view';
import { type Evening, eveningView, type MissedOne, morningView } from './views/digest';

const PAGE = 200;
const WAITING_LOOKED_MAX = 2000;
const HAPPENED_MAX = 20_000;
/** How many cases a digest names; the rest are counted. */
const NAMED_MAX = 10;
const WAITING_NAMED_MAX = 5;

/** Wants a round's digests, once whatever the number of processes and of calls. */
export async function sendDigest(engine: Engine, round: Round): Promise<void> {
  if (round.kind === 'evening') return sendEvening(engine, round);
  const intents = mornings(engine, round);
  await engine.store.want(
    intents,
    { what: 'digest', keys: [`digest:${round.kind}:${round.date}`] },
    engine.clock.now(),
  );
  engine.nudge();
}

function mornings(engine: Engine, { date }: Round): readonly Intent[] {
  return engine
    .desk()
    .people.filter((person) => person.role !== 'viewer')
    .flatMap(({ id }) => {
      const to = personally(engine, id);
      return to === null ? [] : [intentOf(to, `morning:${date}:${id}`, { view: 'morning', args: { person: id } })];
    });
}

const TOLD_UNTIL = 'digest:evening';

/** Goes on where the last account ended: one that could not go out in time is made up for by the next. */
async function sendEvening(engine: Engine, round: Round): Promise<void> {
  const told = await engine.store.recall(TOLD_UNTIL);
  const span = eveningSpan(engine.desk(), round.at, told === null ? null : instant(Number(told)));
  if (span.from >= span.until) return;
  const cause = { what: 'digest', keys: [`digest:evening:${round.date}`] };
  await engine.store.want(evenings(engine, round, span), cause, engine.clock.now());
  await engine.store.remember(TOLD_UNTIL, String(span.until));
  engine.nudge();
}

function evenings(engine: Engine, { date }: Round, { from, until }: Span): readonly Intent[] {
  return leadsPlaces(engine).map((to) =>
    intentOf(to, `evening:${date}:${to.platform}:${to.kind === 'person' ? to.user : to.channel}`, {
      view: 'evening',
      args: { from, until },
    }),
  );
}

const intentOf = (to: Destination, name: string, drawing: Drawing): Intent => ({
  kind: 'post',
  case: null,
  to,
  dedupe: `digest:${name}`,
  drawing,
  urgency: 2,
});

/** Null when nothing is theirs: an empty list is not worth a message. */
export async function drawMorning(engine: Engine, { drawing }: Posting): Promise<View | null> {
  const id: PersonId = personId(String(drawing.args['person']));
  const person = personOf(engine.desk(), id);
  const { cases, total } = await engine.store.list({ statuses: LIVE, holder: id, offset: 0, limit: NAMED_MAX });
  if (person === null || total === 0) return null;
  return morningView(person.name, { cases, total }, engine.desk(), engine.clock.now());
}

/** Null when nothing was due and nobody waits. */
export async function drawEvening(engine: Engine, { drawing }: Posting): Promise<View | null> {
  const span = { from: instant(Number(drawing.args['from'])), until: instant(Number(drawing.args['until'])) };
  const desk = engine.desk();
  const breaches = (await happened(engine, 'SlaBreached', span)).filter(
    (one) => one.event.type === 'SlaBreached' && isOf(span, one.event.at, one.at),
  );
  const evening: Evening = {
    ...span,
    met: metOf(await happened(engine, 'ClocksMoved', span), span),
    missed: await missedOf(engine, breaches.slice(0, NAMED_MAX)),
    missedTotal: breaches.length,
    waiting: await waitingLongest(engine),
  };
  const nothing = evening.met.length === 0 && evening.missedTotal === 0 && evening.waiting.length === 0;
  return nothing ? null : eveningView(evening, desk, engine.clock.now());
}

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * Whether it belongs to this account by its true instant, however late it was recorded. What was recorded too late even for
 * the account of its own day belongs to the first one that could know of it.
 */
function isOf({ from, until }: Span, at: Instant, recordedAt: Instant): boolean {
  return at < until && (at >= from || recordedAt >= from + LATE_MS);
}

async function happened(
  { store }: Engine,
  type: 'SlaBreached' | 'ClocksMoved',
  span: Span,
): Promise<readonly Recorded[]> {
  const recorded = { from: span.from, until: later(span.until, LATE_MS) };
  const found: Recorded[] = [];
  while (found.length < HAPPENED_MAX) {
    const page = await store.happened({ type, ...recorded, offset: found.length, limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) break;
  }
  return found;
}

/** What was kept, by clock: a clock that ends after its breach is not. */
function metOf(moves: readonly Recorded[], span: Span): Evening['met'] {
  const counts = new Map<ClockName, number>();
  for (const { event, at: recordedAt } of moves) {
    if (event.type !== 'ClocksMoved') continue;
    for (const { clock: name, kind, at } of event.moved) {
      const clock = event.clocks.find((one) => one.name === name);
      const kept =
        isOf(span, at, recordedAt) &&
        kind === 'met' &&
        clock?.state === 'stopped' &&
        clock.promised &&
        clock.breachedAt === null;
      if (kept) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].map(([clock, count]) => ({ clock, count }));
}

async function missedOf(engine: Engine, breaches: readonly Recorded[]): Promise<readonly MissedOne[]> {
  const found = await Promise.all(breaches.map((one) => missedOne(engine, one)));
  return found.filter((one) => one !== null).sort((a, b) => a.at - b.at);
}

async function missedOne({ store, desk }: Engine, { stream, version, event }: Recorded): Promise<MissedOne | null> {
  const it = await store.caseById(stream);
  if (it === null || event.type !== 'SlaBreached') return null;
  const miss: Miss = { clock: event.clock, at: event.at, version };
  return { case: it, clock: event.clock, at: event.at, why: whyMissed(await store.journalOf(stream), miss, desk()) };
}

/** Those who have waited longest for a word of the desk, the longest first. */
async function waitingLongest({ store }: Engine): Promise<Evening['waiting']> {
  const waiting = new Map<CaseId, { readonly case: Case; readonly since: Instant }>();
  for (let offset = 0; offset < WAITING_LOOKED_MAX; offset += PAGE) {
    const { cases } = await store.list({ statuses: LIVE, offset, limit: PAGE });
    for (const it of cases) {
      const since = waitsSince(it);
      if (since !== null) waiting.set(it.id, { case: it, since });
    }
    if (cases.length < PAGE) break;
  }
  return [...waiting.values()].sort((a, b) => a.since - b.since).slice(0, WAITING_NAMED_MAX);
}

/** Since when the client waits for a word of the desk: their last one, or the opening, that nobody has answered; else null. */
function waitsSince(it: Case): Instant | null {
  if (it.status === 'Awaiting client') return null;
  const { lastClientWordAt: asked, lastStaffWordAt: answered } = it;
  if (answered === null) return it.openedAt;
  return asked !== null && asked > answered ? asked : null;
}
