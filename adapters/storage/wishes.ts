import { and, eq, sql } from 'drizzle-orm';
import type { Cause, Drawing, Intent } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import { leaveReceipts } from './receipts';
import { INTENT_COLUMNS, intentRow, shortKey } from './rows';
import { fill, first, slot, slots, statement, Undone, type Work, write } from './work';

/**
 * An intent that is there already: `keep` is wanted once more, with the newest drawing, and goes out again if it was sent or
 * had been given up; anything else stays as it is. One that waits (a platform asked for patience) goes on waiting.
 */
const add = (count: number) =>
  statement(`wishesAdd${count}`, ({ db, t: { outbox } }) => {
    const settled = sql`${outbox.state} in ('sent', 'ambiguous', 'dead')`;
    return db
      .insert(outbox)
      .values(slots(INTENT_COLUMNS, count))
      .onConflictDoUpdate({
        target: outbox.dedupe,
        setWhere: eq(outbox.kind, 'keep'),
        set: {
          wanted: sql`${outbox.wanted} + 1`,
          drawing: sql`excluded.drawing`,
          destination: sql`excluded.destination`,
          lane: sql`excluded.lane`,
          bucket: sql`excluded.bucket`,
          urgency: sql`excluded.urgency`,
          state: sql`case when ${settled} then 'pending' else ${outbox.state} end`,
          sends: sql`case when ${settled} then 0 else ${outbox.sends} end`,
          tended: sql`case when ${settled} then null else ${outbox.tended} end`,
          attempt: sql`case when ${settled} then 0 else ${outbox.attempt} end`,
          notBefore: sql`case when ${settled} then excluded.not_before else ${outbox.notBefore} end`,
          wantedAt: sql`case when ${outbox.state} = 'pending' then ${outbox.wantedAt} else excluded.wanted_at end`,
        },
      });
  });

/** Puts intents into the outbox, in their order; of two under one name the last counts. */
export function* addWishes(intents: readonly Intent[], at: Instant, newId: () => string): Work<void> {
  const named = new Map(intents.map((intent) => [shortKey(intent.dedupe), intent]));
  if (named.size === 0) return;
  yield* write(add(named.size), fill([...named.values()].map((intent) => intentRow(intent, newId(), at))));
}

/** `Store.want`: intents that belong to no case, with their receipts. */
export function* want(intents: readonly Intent[], cause: Cause, at: Instant, newId: () => string): Work<boolean> {
  const receipts = yield* leaveReceipts(cause, null, at);
  if (receipts.seen) throw new Undone(false);
  yield* addWishes(intents, at, newId);
  return true;
}

const posted = statement('postedAt', ({ db, t: { outbox } }) =>
  db
    .select({ posted: outbox.posted })
    .from(outbox)
    .where(eq(outbox.dedupe, slot('dedupe'))),
);
const linked = statement('linkedAt', ({ db, t: { places } }) =>
  db
    .select({ since: places.linkedAt })
    .from(places)
    .where(
      and(
        eq(places.platform, slot('platform')),
        eq(places.channel, slot('channel')),
        eq(places.message, slot('message')),
      ),
    ),
);
const drawing = statement('drawingOf', ({ db, t: { outbox } }) =>
  db
    .select({ drawing: outbox.drawing })
    .from(outbox)
    .where(eq(outbox.dedupe, slot('dedupe'))),
);

/** `Store.drawingOf`: what an intent was made with, by its name. */
export function* drawingOf(dedupe: string): Work<Drawing | null> {
  return ((yield* first(drawing, { dedupe: shortKey(dedupe) }))?.drawing ?? null) as Drawing | null;
}

/** `Store.postedAt`: a posting of a case is linked to it in the transaction that records that it was sent. */
export function* postedAt(dedupe: string): Work<{ readonly place: Place; readonly since: Instant } | null> {
  const place = ((yield* first(posted, { dedupe: shortKey(dedupe) }))?.posted ?? null) as Place | null;
  if (place === null) return null;
  const { platform, channel, message } = place;
  const link = yield* first(linked, { platform, channel, message });
  return link === null ? null : { place, since: instant(link.since) };
}
