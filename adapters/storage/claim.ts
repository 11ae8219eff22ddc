/** Claiming what may go of the outbox, so that of several processes one sends it. */
import { and, inArray, not, sql } from 'drizzle-orm';
import type { Candidate, Choice, Posting } from '../../src/app/ports';
import { type Instant, instant } from '../../src/domain/ids';
import { ACTIVE } from './outbox';
import { fill, type Ground, many, rows, slot, slots, statement, type Work } from './work';

/** When an active row may go: the expression of the index `outbox_due`, word for word. */
const DUE_AT = sql.raw(`(case when state = 'pending' then not_before else lease_until end)`);

/**
 * The row at the head of each lane, where that may go now. Rows behind it wait even while it is held back: what was wanted
 * first is said first. A lane in which something is on its way (a dead row that was wanted again can be older) waits too.
 * Along the index of what is due, so that it costs next to nothing while nothing is; only what a choice goes by is read.
 */
const heads = statement('outboxHeads', (ground) => {
  const { outbox, pauses } = ground.t;
  const isPaused = sql`exists (select 1 from ${pauses} where ${pauses.bucket} = ${outbox.bucket}
    and ${pauses.until} > ${slot('at')})`;
  const isSending = sql`ahead.state = 'sending' and ahead.lease_until > ${slot('at')}`;
  const waitsForAnother = sql`exists (select 1 from ${outbox} ahead where ahead.lane = ${outbox.lane}
    and ahead.${ACTIVE} and (ahead.seq < ${outbox.seq} or (${isSending})))`;
  return ground.free(
    ground.db
      .select({
        seq: outbox.seq,
        id: outbox.id,
        kind: outbox.kind,
        to: outbox.destination,
        posted: outbox.posted,
        ambiguous: sql`case when ${outbox.state} = 'sending' then 1 else ${outbox.ambiguous} end`.mapWith(Boolean),
      })
      .from(outbox)
      .where(and(ACTIVE, sql`${DUE_AT} <= ${slot('at')}`, not(isPaused), not(waitsForAnother), not(hasNoRoom(ground))))
      .orderBy(outbox.urgency, outbox.seq)
      .limit(many('limit')),
  );
});

/** There is no room for it, whatever else goes now. */
const hasNoRoom = ({ t: { outbox }, texts }: Ground) => sql`(
  ${outbox.bucket} in ${texts(slot('busy'))}
  or (${outbox.posted} is null and ${outbox.bucket} in ${texts(slot('full'))})
  or (${outbox.posted} is not null and ${outbox.kind} = 'keep'
    and ${outbox.destination} ->> 'platform' in ${texts(slot('still'))}))`;

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
  const { full = [], busy = [], still = [] } = choice ?? {};
  const lists = { full: JSON.stringify(full), busy: JSON.stringify(busy), still: JSON.stringify(still) };
  const found = yield* rows(heads, { at, ...lists, limit: most });
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

type Head = Pick<Row, 'id' | 'kind' | 'posted'> & {
  readonly to: unknown;
  readonly ambiguous: unknown;
};
const candidateOf = ({ id, kind, to, posted, ambiguous }: Head): Candidate => ({
  id,
  kind: kind as Candidate['kind'],
  to: to as Candidate['to'],
  posted: (posted ?? null) as Candidate['posted'],
  ambiguous: ambiguous === true,
});

type Row = Ground['t']['outbox']['$inferSelect'];
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
