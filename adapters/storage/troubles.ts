/** What of the outbox people look at and look after: pauses, what is uncertain, and what was given up. */
import { and, asc, desc, eq, gt, lte, not, or, sql } from 'drizzle-orm';
import type { Delivery, Pause, Stuck, Tended, Troubles } from '../../src/app/ports';
import { type Instant, instant } from '../../src/domain/ids';
import { ACTIVE, AT_REST, isDue, isFree, isHead } from './outbox';
import { first, type Ground, many, rows, slot, statement, type Work, write } from './work';

/** As many pauses as a person reads. */
const PAUSES_MAX = 50;

const passed = statement('pausesPassed', ({ db, t: { pauses } }) =>
  db.delete(pauses).where(lte(pauses.until, slot('at'))),
);
const paused = statement('pausesAdd', ({ db, t: { pauses } }) =>
  db
    .insert(pauses)
    .values({ bucket: slot('bucket'), until: slot('until'), problem: slot('problem') })
    .onConflictDoUpdate({
      target: pauses.bucket,
      set: { until: sql`excluded.until`, problem: sql`excluded.problem` },
      setWhere: sql`${pauses.until} < excluded.until`,
    }),
);
const standing = statement('pauses', ({ db, t: { pauses } }) =>
  db
    .select()
    .from(pauses)
    .where(gt(pauses.until, slot('at')))
    .orderBy(asc(pauses.until))
    .limit(PAUSES_MAX),
);
const resting = statement('troubles', ({ db, t: { outbox } }) =>
  db.select().from(outbox).where(AT_REST).orderBy(desc(outbox.seq)).limit(many('limit')).offset(many('offset')),
);
const total = statement('troublesTotal', ({ db, t: { outbox } }) =>
  db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(outbox)
    .where(AT_REST),
);
/** Along the index of what is active; the few that are due are then compared. */
const oldest = statement('troublesOldest', (ground) => {
  const { outbox } = ground.t;
  const isOldest = sql`${outbox.wantedAt} = (${ground.db
    .select({ at: sql`min(${outbox.wantedAt})` })
    .from(outbox)
    .where(and(ACTIVE, isDue(outbox), isFree(ground)))})`;
  return ground.db
    .select()
    .from(outbox)
    .where(and(ACTIVE, isOldest, isDue(outbox), isFree(ground)))
    .limit(1);
});
/** Heads of lanes only: what waits behind one that waits for people's hours is not stuck either. */
const stuckHeads = statement('stuck', (ground) => {
  const { outbox } = ground.t;
  const hasTried = or(gt(outbox.sends, 0), lte(outbox.notBefore, slot('at')), not(isFree(ground)));
  return ground.db
    .select({ count: sql`count(*)`.mapWith(Number), since: sql<number | null>`min(${outbox.wantedAt})` })
    .from(outbox)
    .where(and(ACTIVE, isHead(ground), lte(outbox.wantedAt, slot('before')), hasTried));
});
const byId = statement('delivery', ({ db, t: { outbox } }) =>
  db
    .select()
    .from(outbox)
    .where(eq(outbox.id, slot('id'))),
);

const tending = (tended: 'again' | 'arrived') =>
  statement(`tend ${tended}`, ({ db, t: { outbox } }) => {
    const again = {
      state: 'pending',
      notBefore: sql`${slot('at')}`,
      wantedAt: sql`${slot('at')}`,
      sends: 0,
      problem: null,
      // What only a person could tell is not asked of the platform; what was given up may still be looked for.
      ambiguous: sql`case when ${outbox.state} = 'ambiguous' then 0 else ${outbox.ambiguous} end`,
    };
    const arrived = { state: 'sent', done: sql`${outbox.wanted}`, ambiguous: 0 };
    return db
      .update(outbox)
      .set({
        ...(tended === 'again' ? again : arrived),
        tended: sql`${sql.param(slot('tended'), outbox.tended)}`,
      })
      .where(and(eq(outbox.id, slot('id')), tended === 'again' ? AT_REST : eq(outbox.state, 'ambiguous')))
      .returning();
  });
const TEND = { again: tending('again'), arrived: tending('arrived') };

type Row = Ground['t']['outbox']['$inferSelect'];
const deliveryOf = (row: Row): Delivery => ({
  id: row.id,
  state: row.state as Delivery['state'],
  case: row.caseId as Delivery['case'],
  to: row.destination as Delivery['to'],
  drawing: row.drawing as Delivery['drawing'],
  sends: row.sends,
  wantedAt: instant(row.wantedAt),
  problem: row.problem,
  tended: (row.tended ?? null) as Tended | null,
});

/** `Store.pause`. Those that have passed are cleared away, so that there are never more than stand. */
export function* pause(wanted: Pause, at: Instant): Work<void> {
  yield* write(passed, { at });
  yield* write(paused, { ...wanted });
}

/** `Store.troubles`. */
export function* troubles(at: Instant, page: { readonly offset: number; readonly limit: number }): Work<Troubles> {
  const deliveries = (yield* rows(resting, { ...page })).map(deliveryOf);
  const waiting = yield* first(oldest, { at });
  const stand = yield* rows(standing, { at });
  return {
    deliveries,
    total: (yield* first(total))?.count ?? 0,
    pauses: stand.map(({ bucket, until, problem }) => ({ bucket, until: instant(Number(until)), problem })),
    oldest: waiting === null ? null : deliveryOf(waiting),
  };
}

/** `Store.delivery`. */
export function* delivery(id: string): Work<Delivery | null> {
  const row = yield* first(byId, { id });
  return row === null ? null : deliveryOf(row);
}

/** `Store.tend`: the row's own state sees to it that of two who press at once one is first. */
export function* tend(id: string, tended: Tended): Work<Delivery | null> {
  const row = yield* first(TEND[tended.how], { id, at: tended.at, tended });
  return row === null ? null : deliveryOf(row);
}

/** `Store.stuck`. */
export function* stuck(before: Instant, at: Instant): Work<Stuck> {
  const found = yield* first(stuckHeads, { before, at });
  const since = found?.since ?? null;
  return { count: found?.count ?? 0, since: since === null ? null : instant(Number(since)) };
}
