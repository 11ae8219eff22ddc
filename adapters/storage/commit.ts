import { and, eq, sql } from 'drizzle-orm';
import type { Cause, Outcome, Store } from '../../src/app/ports';
import type { Case } from '../../src/domain/case/case';
import { caseId } from '../../src/domain/ids';
import type { ReadBefore } from './readBefore';
import { leaveReceipts } from './receipts';
import {
  CASE_COLUMNS,
  type Commit,
  caseRow,
  EVENT_COLUMNS,
  eventRows,
  nameKey,
  PLACE_COLUMNS,
  placeKey,
  placeRow,
  placesOf,
} from './rows';
import { addWishes } from './wishes';
import { fill, first, rows, slot, slots, statement, textOf, Undone, type Work, write } from './work';

type Asked = Parameters<Store['transact']>[0];
type Choose = Parameters<Store['transact']>[1];
type Next = Parameters<Choose>[1];

const CASE_NUMBERS = 'case';

const caseForChange = statement('caseForChange', ({ db, t, locked }) =>
  locked(
    db
      .select({ text: textOf(t.cases.state) })
      .from(t.cases)
      .where(eq(t.cases.id, slot('id'))),
  ),
);
const lastNumber = statement('lastNumber', ({ db, t, locked }) =>
  locked(db.select({ value: t.counters.value }).from(t.counters).where(eq(t.counters.name, CASE_NUMBERS))),
);
const numberTaken = statement('numberTaken', ({ db, t }) =>
  db
    .update(t.counters)
    .set({ value: sql`${slot('number')}` })
    .where(eq(t.counters.name, CASE_NUMBERS)),
);
const caseAdd = statement('caseAdd', ({ db, t }) => {
  const [values] = slots(CASE_COLUMNS, 1);
  return db.insert(t.cases).values(values as NonNullable<typeof values>);
});
const caseChange = statement('caseChange', ({ db, t }) => {
  const set = Object.fromEntries(
    CASE_COLUMNS.map((name) => [name, sql`${sql.param(slot(`${name}0`), t.cases[name])}`]),
  );
  return db
    .update(t.cases)
    .set(set)
    .where(eq(t.cases.id, slot('id0')));
});
const eventsAdd = (count: number) =>
  statement(`eventsAdd${count}`, ({ db, t }) => db.insert(t.journal).values(slots(EVENT_COLUMNS, count)));
const placesAdd = (count: number) =>
  statement(`placesAdd${count}`, ({ db, t: { places } }) =>
    db
      .insert(places)
      .values(slots(PLACE_COLUMNS, count))
      .onConflictDoNothing()
      .returning({ platform: places.platform, channel: places.channel, message: places.message }),
  );
const caseWithPlace = statement('caseWithPlace', ({ db, t: { cases, places } }) =>
  db
    .select({ state: cases.state })
    .from(places)
    .innerJoin(cases, eq(cases.id, places.caseId))
    .where(
      and(
        eq(places.platform, slot('platform')),
        eq(places.channel, slot('channel')),
        eq(places.message, slot('message')),
      ),
    ),
);
const clientAdd = statement('clientAdd', ({ db, t }) =>
  db
    .insert(t.clients)
    .values({ id: slot('id'), name: slot('name'), nameKey: slot('nameKey') })
    .onConflictDoNothing(),
);

/** What a change is made with. */
interface Means {
  readonly newId: () => string;
  readonly before: ReadBefore;
}

/** `Store.transact` as one transaction's work: receipts, the case under lock, the decision, and all that it plans. */
export function* transact(asked: Asked, choose: Choose, { newId, before }: Means): Work<Outcome> {
  const id = asked.case ?? caseId(newId());
  const receipts = yield* leaveReceipts(asked.cause, id, asked.at);
  if (receipts.seen) throw new Undone({ kind: 'duplicate', case: receipts.concerned } satisfies Outcome);
  const found = asked.case === null ? null : yield* first(caseForChange, { id });
  const current = found === null ? null : before.caseOf(id, found.text);
  const next = { id, number: current?.number ?? (yield* nextNumber()) };
  const plan = choose(current, next);
  if (plan.kind === 'refuse') {
    const refused = { kind: 'refused', refusal: plan.refusal, case: current } satisfies Outcome;
    if (plan.again) throw new Undone(refused);
    return refused;
  }
  yield* commit(current, next, plan, { cause: asked.cause, newId });
  return { kind: 'committed', case: plan.after, events: plan.events.map(({ event }) => event) };
}

/** The number that the next case gets if it is opened. Locks the counter: whoever opens next waits for this one's end. */
function* nextNumber(): Work<number> {
  const last = yield* first(lastNumber);
  if (last === null) throw new Error('the counter of case numbers is missing');
  return last.value + 1;
}

function* commit(
  current: Case | null,
  next: Next,
  plan: Commit,
  how: { readonly cause: Cause; readonly newId: () => string },
): Work<void> {
  assertFits(current, next, plan);
  yield* linkPlaces(current, plan);
  const values = fill([caseRow(plan)]);
  if (current === null) yield* write(numberTaken, { number: next.number });
  yield* write(current === null ? caseAdd : caseChange, values);
  if (plan.events.length > 0) yield* write(eventsAdd(plan.events.length), fill(eventRows(plan, how.cause.what)));
  const { client } = plan.after;
  if (client !== null && client.id !== current?.client?.id) {
    yield* write(clientAdd, { ...client, nameKey: nameKey(client.name) });
  }
  yield* addWishes(plan.intents, plan.at, how.newId);
}

/** A plan that does not follow from what was read is a mistake of ours, and must not reach the journal. */
function assertFits(current: Case | null, next: Next, plan: Commit): void {
  const { after } = plan;
  const version = (current?.version ?? 0) + plan.events.length;
  if (after.version !== version) throw new Error(`${after.ref}: version ${after.version} planned, ${version} expected`);
  if (after.id !== next.id || after.number !== next.number) {
    throw new Error(`${after.ref}: planned as another case than ${next.id} (${next.number})`);
  }
}

/** A place belongs to one case, the first. A case about to be opened from a message that has one is that one again. */
function* linkPlaces(current: Case | null, plan: Commit): Work<void> {
  const wanted = placesOf(plan);
  if (wanted.length === 0) return;
  const values = wanted.map((linked) => placeRow(linked, plan.after.id, plan.at));
  const linked = new Set((yield* rows(placesAdd(wanted.length), fill(values))).map(placeKey));
  if (current !== null) return;
  const taken = wanted.find(({ place, role }) => role === 'source' && !linked.has(placeKey(place)));
  if (taken === undefined) return;
  const { platform, channel, message } = taken.place;
  const holder = yield* first(caseWithPlace, { platform, channel, message });
  throw new Undone({ kind: 'duplicate', case: (holder?.state ?? null) as Case | null } satisfies Outcome);
}
