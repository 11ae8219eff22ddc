import { and, eq, inArray, lte, notInArray, or, sql } from 'drizzle-orm';
import type { OutboxState, Posting, Settled } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import { PLACE_COLUMNS, placeRow } from './rows';
import { fill, first, type Ground, rows, slot, slots, statement, type Work, write } from './work';

type Outbox = Ground['t']['outbox'];

/** Word for word the condition of the index `outbox_active`: neither database would use the index otherwise. */
const ACTIVE = sql.raw(`state in ('pending', 'sending')`);

const isDue = (outbox: Outbox) =>
  or(
    and(eq(outbox.state, 'pending'), lte(outbox.notBefore, slot('at'))),
    and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, slot('at'))),
  );

/**
 * The row at the head of each lane, where that may go now. Rows behind it wait even while it is held back: what was wanted
 * first is said first. A lane in which something is on its way (a dead row that was wanted again can be older) waits too.
 */
const heads = statement('outboxHeads', ({ db, t: { outbox }, free }) => {
  const oldest = db
    .select({ seq: sql`min(${outbox.seq})` })
    .from(outbox)
    .where(ACTIVE)
    .groupBy(outbox.lane);
  const underWay = db
    .select({ lane: outbox.lane })
    .from(outbox)
    .where(and(ACTIVE, sql`${outbox.state} = 'sending' and ${outbox.leaseUntil} > ${slot('at')}`));
  return free(
    db
      .select()
      .from(outbox)
      .where(and(inArray(outbox.seq, oldest), isDue(outbox), notInArray(outbox.lane, underWay)))
      .orderBy(outbox.urgency, outbox.seq)
      .limit(slot('limit')),
  );
});

const lease = (count: number) =>
  statement(`outboxLease${count}`, ({ db, t: { outbox } }) =>
    db
      .update(outbox)
      .set({
        // Set by the row as it was: one that is claimed while `sending` was left by somebody who may have sent it.
        ambiguous: sql`case when ${outbox.state} = 'sending' then 1 else ${outbox.ambiguous} end`,
        state: 'sending',
        attempt: sql`${outbox.attempt} + 1`,
        leaseUntil: sql`${slot('leaseUntil')}`,
      })
      .where(
        inArray(
          outbox.seq,
          slots(['seq'], count).map(({ seq }) => seq),
        ),
      ),
  );

/** Only the claim that is still the row's own may settle it. */
const isMine = (outbox: Outbox) =>
  and(
    eq(outbox.id, slot('id')),
    eq(outbox.state, 'sending'),
    eq(outbox.attempt, slot('attempt')),
    sql`${outbox.done} < ${slot('wanted')}`,
  );

const sent = statement('outboxSent', ({ db, t: { outbox } }) =>
  db
    .update(outbox)
    .set({
      state: sql`case when ${outbox.wanted} > ${slot('wanted')} then 'pending' else 'sent' end`,
      done: sql`${slot('wanted')}`,
      posted: sql`${sql.param(slot('posted'), outbox.posted)}`,
      notBefore: sql`${slot('at')}`,
      attempt: 0,
      leaseUntil: null,
      ambiguous: 0,
      problem: null,
    })
    .where(isMine(outbox))
    .returning({ id: outbox.id }),
);
const putOff = statement('outboxPutOff', ({ db, t: { outbox } }) =>
  db
    .update(outbox)
    .set({
      state: 'pending',
      notBefore: sql`${slot('notBefore')}`,
      problem: sql`${slot('problem')}`,
      ambiguous: sql`${slot('ambiguous')}`,
      leaseUntil: null,
    })
    .where(isMine(outbox)),
);
const givenUp = statement('outboxGivenUp', ({ db, t: { outbox } }) =>
  db
    .update(outbox)
    .set({ state: 'dead', problem: sql`${slot('problem')}`, leaseUntil: null })
    .where(isMine(outbox)),
);
const linkPosted = statement('outboxLinkPosted', ({ db, t }) =>
  db.insert(t.places).values(slots(PLACE_COLUMNS, 1)).onConflictDoNothing(),
);

const count = sql<number>`count(*)`.mapWith(Number);
const waiting = statement('outboxWaiting', ({ db, t: { outbox } }) =>
  db
    .select({ count, oldest: sql<number | null>`min(case when ${isDue(outbox)} then ${outbox.wantedAt} end)` })
    .from(outbox)
    .where(ACTIVE),
);
const dead = statement('outboxDead', ({ db, t: { outbox } }) =>
  db.select({ count }).from(outbox).where(sql.raw(`state = 'dead'`)),
);

/** `Store.claim`. */
export function* claim(at: Instant, limit: number, leaseMs: number): Work<readonly Posting[]> {
  const due = yield* rows(heads, { at, limit });
  if (due.length === 0) return [];
  const leaseUntil = at + leaseMs;
  yield* write(lease(due.length), { ...fill(due.map(({ seq }) => ({ seq }))), leaseUntil });
  return due.map(postingOf);
}

type Row = Outbox['$inferSelect'];
/** The row as claimed. What its JSON columns hold was written by `intentRow` and `settle`. */
function postingOf(row: Row): Posting {
  return {
    id: row.id,
    kind: row.kind as Posting['kind'],
    case: row.caseId as Posting['case'],
    to: row.destination as Posting['to'],
    drawing: row.drawing as Posting['drawing'],
    urgency: row.urgency,
    attempt: row.attempt + 1,
    posted: (row.posted ?? null) as Posting['posted'],
    wanted: row.wanted,
    ambiguous: row.state === 'sending' || row.ambiguous === 1,
    createdAt: instant(row.createdAt),
  };
}

/** `Store.settle`. A claim whose lease ended and that somebody else took over settles nothing. */
export function* settle(posting: Posting, how: Settled, at: Instant): Work<void> {
  const mine = { id: posting.id, attempt: posting.attempt, wanted: posting.wanted };
  switch (how.kind) {
    case 'later':
      return yield* write(putOff, {
        ...mine,
        notBefore: how.notBefore,
        problem: how.problem,
        ambiguous: how.ambiguous ? 1 : 0,
      });
    case 'dead':
      return yield* write(givenUp, { ...mine, problem: how.problem });
    case 'sent': {
      const posted = how.posted ?? posting.posted;
      const settled = yield* first(sent, { ...mine, at, posted });
      if (settled !== null && how.role !== null) yield* link(posting, posted, how.role, at);
    }
  }
}

function* link(
  posting: Posting,
  posted: Place | null,
  role: NonNullable<Extract<Settled, { kind: 'sent' }>['role']>,
  at: Instant,
): Work<void> {
  if (posting.case === null || posted === null || posted.message === '') return;
  yield* write(linkPosted, fill([placeRow({ place: posted, role }, posting.case, at)]));
}

/** `Store.outbox`. */
export function* outboxState(at: Instant): Work<OutboxState> {
  const active = yield* first(waiting, { at });
  const given = yield* first(dead);
  const oldest = active?.oldest ?? null;
  return {
    pending: active?.count ?? 0,
    dead: given?.count ?? 0,
    oldestDueAt: oldest === null ? null : instant(Number(oldest)),
  };
}
