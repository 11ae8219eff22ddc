import { isDeepStrictEqual } from 'node:util';
import { and, eq, gt, inArray, lte, notInArray, or, sql } from 'drizzle-orm';
import type { OutboxState, Posting, Settled } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import { PLACE_COLUMNS, placeRow } from './rows';
import { fill, first, type Ground, slot, slots, statement, type Work, write } from './work';

type Outbox = Ground['t']['outbox'];

/** Word for word the condition of the index `outbox_active`: neither database would use the index otherwise. */
export const ACTIVE = sql.raw(`state in ('pending', 'sending')`);

/** Likewise of `outbox_troubled`. */
export const AT_REST = sql.raw(`state in ('ambiguous', 'dead')`);

export const isDue = (outbox: Outbox) =>
  or(
    and(eq(outbox.state, 'pending'), lte(outbox.notBefore, slot('at'))),
    and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, slot('at'))),
  );

/** Not to a destination that was asked to slow down. */
export const isFree = ({ db, t: { outbox, pauses } }: Ground) =>
  notInArray(
    outbox.bucket,
    db
      .select({ bucket: pauses.bucket })
      .from(pauses)
      .where(gt(pauses.until, slot('at'))),
  );

/** First in its lane: what is behind it waits for it. */
export const isHead = ({ db, t: { outbox } }: Ground) =>
  inArray(
    outbox.seq,
    db
      .select({ seq: sql`min(${outbox.seq})` })
      .from(outbox)
      .where(ACTIVE)
      .groupBy(outbox.lane),
  );

/** Only the claim that is still the row's own may settle it. */
const isMine = (outbox: Outbox) =>
  and(
    eq(outbox.id, slot('id')),
    eq(outbox.state, 'sending'),
    eq(outbox.attempt, slot('attempt')),
    sql`${outbox.done} < ${slot('wanted')}`,
  );

const settledAsSent = ({ db, t: { outbox } }: Ground) =>
  db
    .update(outbox)
    .set({
      state: sql`case when ${outbox.wanted} > ${slot('wanted')} then 'pending' else 'sent' end`,
      done: sql`${slot('wanted')}`,
      posted: sql`${sql.param(slot('posted'), outbox.posted)}`,
      notBefore: sql`${slot('at')}`,
      attempt: 0,
      sends: 0,
      leaseUntil: null,
      ambiguous: 0,
      problem: sql`${slot('problem')}`,
    })
    .where(isMine(outbox));
const sent = statement('outboxSent', settledAsSent);
const sentAnew = statement('outboxSentAnew', (ground) => settledAsSent(ground).returning({ id: ground.t.outbox.id }));
const putOff = statement('outboxPutOff', ({ db, t: { outbox } }) =>
  db
    .update(outbox)
    .set({
      state: 'pending',
      notBefore: sql`${slot('notBefore')}`,
      problem: sql`${slot('problem')}`,
      ambiguous: sql`${slot('ambiguous')}`,
      sends: sql`${outbox.sends} + ${slot('tries')}`,
      leaseUntil: null,
    })
    .where(isMine(outbox)),
);
const atRest = (state: 'ambiguous' | 'dead') =>
  statement(`outboxAtRest ${state}`, ({ db, t: { outbox } }) =>
    db
      .update(outbox)
      .set({
        state,
        problem: sql`${slot('problem')}`,
        sends: sql`${outbox.sends} + ${slot('tries')}`,
        leaseUntil: null,
      })
      .where(isMine(outbox)),
  );
const GIVEN_UP = { dead: atRest('dead'), ambiguous: atRest('ambiguous') };
const linkPosted = statement('outboxLinkPosted', ({ db, t }) =>
  db.insert(t.places).values(slots(PLACE_COLUMNS, 1)).onConflictDoNothing(),
);

const count = sql<number>`count(*)`.mapWith(Number);
const waiting = statement('outboxWaiting', (ground) => {
  const { outbox } = ground.t;
  const goes = and(isHead(ground), isDue(outbox), isFree(ground));
  return ground.db
    .select({
      count,
      sending: sql`count(case when ${outbox.state} = 'sending' then 1 end)`.mapWith(Number),
      oldest: sql<number | null>`min(case when ${goes} then ${outbox.wantedAt} end)`,
    })
    .from(outbox)
    .where(ACTIVE);
});
const resting = statement('outboxResting', ({ db, t: { outbox } }) =>
  db
    .select({ count, dead: sql`count(case when ${outbox.state} = 'dead' then 1 end)`.mapWith(Number) })
    .from(outbox)
    .where(AT_REST),
);
const paused = statement('outboxPaused', ({ db, t: { pauses } }) =>
  db
    .select({ count })
    .from(pauses)
    .where(gt(pauses.until, slot('at'))),
);

/** `Store.settle`. A claim whose lease ended and that somebody else took over settles nothing. */
export function* settle(posting: Posting, how: Settled, at: Instant): Work<void> {
  const mine = { id: posting.id, attempt: posting.attempt, wanted: posting.wanted };
  switch (how.kind) {
    case 'later':
      return yield* write(putOff, {
        ...mine,
        notBefore: how.notBefore,
        problem: how.problem,
        ambiguous: how.ambiguous ? 1 + (how.looked ?? 0) : 0,
        tries: how.held === true ? 0 : 1,
      });
    case 'ambiguous':
    case 'dead':
      return yield* write(GIVEN_UP[how.kind], {
        ...mine,
        problem: how.problem,
        // One that rests since nobody can look was not sent once more to find that out.
        tries: how.kind === 'dead' ? 1 : 0,
      });
    case 'sent': {
      const posted = how.posted ?? posting.posted;
      const values = { ...mine, at, posted, problem: how.doubt ?? null };
      // What stands where it stood was linked when it was posted there.
      if (how.role === null || isDeepStrictEqual(posted, posting.posted)) return yield* write(sent, values);
      if ((yield* first(sentAnew, values)) !== null) yield* link(posting, posted, how.role, at);
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
  const rests = yield* first(resting);
  const oldest = active?.oldest ?? null;
  const dead = rests?.dead ?? 0;
  return {
    pending: active?.count ?? 0,
    sending: active?.sending ?? 0,
    ambiguous: (rests?.count ?? 0) - dead,
    dead,
    paused: (yield* first(paused, { at }))?.count ?? 0,
    oldestDueAt: oldest === null ? null : instant(Number(oldest)),
  };
}
