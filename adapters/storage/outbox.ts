import { and, eq, gt, inArray, lte, not, notInArray, or, sql } from 'drizzle-orm';
import type { Candidate, Choice, OutboxState, Posting, Settled } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import { PLACE_COLUMNS, placeRow } from './rows';
import { fill, first, type Ground, rows, slot, slots, statement, type Work, write } from './work';

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

/** When an active row may go: the expression of the index `outbox_due`, word for word. */
const DUE_AT = sql.raw(`(case when state = 'pending' then not_before else lease_until end)`);

/**
 * The row at the head of each lane, where that may go now. Rows behind it wait even while it is held back: what was wanted
 * first is said first. A lane in which something is on its way (a dead row that was wanted again can be older) waits too.
 * Along the index of what is due, so that it costs next to nothing while nothing is; only what a choice goes by is read.
 */
const heads = statement('outboxHeads', (ground) => {
  const { db, free, texts } = ground;
  const { outbox } = ground.t;
  const isSending = sql`ahead.state = 'sending' and ahead.lease_until > ${slot('at')}`;
  const waitsForAnother = sql`exists (select 1 from ${outbox} ahead where ahead.lane = ${outbox.lane}
    and ahead.${ACTIVE} and (ahead.seq < ${outbox.seq} or (${isSending})))`;
  return free(
    db
      .select({
        seq: outbox.seq,
        id: outbox.id,
        kind: outbox.kind,
        to: outbox.destination,
        posted: outbox.posted,
        ambiguous: sql`case when ${outbox.state} = 'sending' then 1 else ${outbox.ambiguous} end`.mapWith(Boolean),
      })
      .from(outbox)
      .where(
        and(
          ACTIVE,
          sql`${DUE_AT} <= ${slot('at')}`,
          not(waitsForAnother),
          isFree(ground),
          not(sql`(${outbox.posted} is null and ${outbox.bucket} in ${texts(slot('full'))})`),
        ),
      )
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
        sends: sql`${outbox.sends} + case when ${outbox.state} = 'sending' then 1 else 0 end`,
        leaseUntil: sql`${slot('leaseUntil')}`,
      })
      .where(
        inArray(
          outbox.seq,
          slots(['seq'], count).map(({ seq }) => seq),
        ),
      )
      .returning(),
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
      sends: 0,
      leaseUntil: null,
      ambiguous: 0,
      problem: sql`${slot('problem')}`,
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

/** Of each row that is claimed some are looked at, since not all that may go is chosen: a pool may be used up. */
const CANDIDATES = 4;

interface Claim {
  readonly at: Instant;
  readonly limit: number;
  readonly leaseMs: number;
}

/** `Store.claim`. */
export function* claim({ at, limit, leaseMs }: Claim, choice?: Choice): Work<readonly Posting[]> {
  const most = choice === undefined ? limit : limit * CANDIDATES;
  const found = yield* rows(heads, { at, limit: most, full: JSON.stringify(choice?.full ?? []) });
  const seqOf = new Map(found.map((row) => [row.id, row.seq]));
  const all = found.map(candidateOf);
  const chosen = choice === undefined ? all : choice.choose(all).slice(0, limit);
  if (chosen.length === 0) return [];
  const seqs = chosen.map(({ id }) => ({ seq: seqOf.get(id) }));
  const leased = yield* rows(lease(chosen.length), { ...fill(seqs), leaseUntil: at + leaseMs });
  const order = new Map(chosen.map(({ id }, index) => [id, index]));
  return leased.map(postingOf).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

// What the JSON columns hold was written by `intentRow` and `settle`.

type Found = Pick<Row, 'id' | 'kind' | 'posted'> & { readonly to: unknown; readonly ambiguous: unknown };
const candidateOf = ({ id, kind, to, posted, ambiguous }: Found): Candidate => ({
  id,
  kind: kind as Candidate['kind'],
  to: to as Candidate['to'],
  posted: (posted ?? null) as Candidate['posted'],
  ambiguous: ambiguous === true,
});

type Row = Outbox['$inferSelect'];
/** The row as it is claimed now. */
function postingOf(row: Row): Posting {
  return {
    id: row.id,
    kind: row.kind as Posting['kind'],
    case: row.caseId as Posting['case'],
    to: row.destination as Posting['to'],
    drawing: row.drawing as Posting['drawing'],
    urgency: row.urgency,
    attempt: row.attempt,
    sends: row.sends,
    posted: (row.posted ?? null) as Posting['posted'],
    wanted: row.wanted,
    // Kept in one number: 0 certain, 1 uncertain, 2 uncertain and looked for once …
    ambiguous: row.ambiguous > 0,
    looked: Math.max(0, row.ambiguous - 1),
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
      const settled = yield* first(sent, { ...mine, at, posted, problem: how.doubt ?? null });
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
