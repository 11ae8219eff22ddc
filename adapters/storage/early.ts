import { and, asc, eq, lt } from 'drizzle-orm';
import type { Cause, Early } from '../../src/app/ports';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import { leaveReceipts } from './receipts';
import { shortKey } from './rows';
import { rows, slot, slots, statement, Undone, type Work, write } from './work';

const COLUMNS = ['key', 'platform', 'channel', 'message', 'at', 'keptAt', 'data'] as const;

const add = statement('earlyAdd', ({ db, t }) => db.insert(t.early).values(slots(COLUMNS, 1)).onConflictDoNothing());

const atPlace = statement('earlyAt', ({ db, t: { early } }) =>
  db
    .select({ key: early.key, at: early.at, data: early.data })
    .from(early)
    .where(
      and(eq(early.platform, slot('platform')), eq(early.channel, slot('channel')), eq(early.message, slot('message'))),
    )
    .orderBy(asc(early.at), asc(early.key)),
);

const forgotten = statement('earlyForget', ({ db, t }) => db.delete(t.early).where(lt(t.early.keptAt, slot('before'))));

/** `Store.keepEarly`: what came too early, with its receipts. */
export function* keepEarly({ key, place, at, what }: Early, cause: Cause, now: Instant): Work<boolean> {
  const receipts = yield* leaveReceipts(cause, null, now);
  if (receipts.seen) throw new Undone(false);
  const { platform, channel, message, thread } = place;
  yield* write(add, {
    key0: shortKey(key),
    platform0: platform,
    channel0: channel,
    message0: message,
    at0: at,
    keptAt0: now,
    data0: { thread, what },
  });
  return true;
}

export function* earlyAt({ platform, channel, message }: Place): Work<readonly Early[]> {
  const found = yield* rows(atPlace, { platform, channel, message });
  return found.map(({ key, at, data }) => {
    // As `keepEarly` wrote it.
    const { thread, what } = data as { thread: Place['thread']; what: Early['what'] };
    return { key, place: { platform, channel, message, thread }, at: instant(Number(at)), what };
  });
}

export function* forgetEarly(before: Instant): Work<void> {
  yield* write(forgotten, { before });
}
