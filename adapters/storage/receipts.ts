import { eq, inArray, lt } from 'drizzle-orm';
import type { Cause } from '../../src/app/ports';
import type { Case } from '../../src/domain/case/case';
import type { CaseId, Instant } from '../../src/domain/ids';
import { RECEIPT_COLUMNS, shortKey } from './rows';
import { fill, first, rows, slot, slots, statement, type Work, write } from './work';

const add = (count: number) =>
  statement(`receiptsAdd${count}`, ({ db, t }) =>
    db
      .insert(t.receipts)
      .values(slots(RECEIPT_COLUMNS, count))
      .onConflictDoNothing()
      .returning({ key: t.receipts.key }),
  );

const caseBehind = (count: number) =>
  statement(`receiptsCase${count}`, ({ db, t }) =>
    db
      .select({ state: t.cases.state })
      .from(t.receipts)
      .innerJoin(t.cases, eq(t.cases.id, t.receipts.caseId))
      .where(
        inArray(
          t.receipts.key,
          slots(['key'], count).map(({ key }) => key),
        ),
      )
      .limit(1),
  );

const forgotten = statement('receiptsForget', ({ db, t }) =>
  db.delete(t.receipts).where(lt(t.receipts.at, slot('before'))),
);

/**
 * Leaves a receipt under every name of the cause. When one of them is there already the cause was met before: the answer
 * is then what it concerned, and the caller has to undo what was left here.
 */
export function* leaveReceipts(
  cause: Cause,
  about: CaseId | null,
  at: Instant,
): Work<{ readonly seen: boolean; readonly concerned: Case | null }> {
  // Sorted: two processes with the same keys must lock them in the same order.
  const keys = [...new Set(cause.keys.map(shortKey))].sort();
  if (keys.length === 0) return { seen: false, concerned: null };
  const left = yield* rows(add(keys.length), fill(keys.map((key) => ({ key, caseId: about, at }))));
  if (left.length === keys.length) return { seen: false, concerned: null };
  const fresh = new Set(left.map(({ key }) => key));
  const seen = keys.filter((key) => !fresh.has(key));
  const concerned = yield* first(caseBehind(seen.length), fill(seen.map((key) => ({ key }))));
  return { seen: true, concerned: (concerned?.state ?? null) as Case | null };
}

export function* forgetReceipts(before: Instant): Work<void> {
  yield* write(forgotten, { before });
}
