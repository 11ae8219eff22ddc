/** Who has a form of a case open. A form opened again is the newest opening; what is over goes with the next opening of any. */
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { OpenForm } from '../../src/app/ports';
import { type CaseId, caseId, type Instant, instant, type PersonId, personId } from '../../src/domain/ids';
import { first, rows, slot, slots, statement, type Work, write } from './work';

const COLUMNS = ['caseId', 'person', 'doing', 'since', 'until'] as const;

const over = statement('presenceOver', ({ db, t: { presence } }) =>
  db.delete(presence).where(lte(presence.until, slot('at'))),
);
const add = statement('presenceAdd', ({ db, t: { presence } }) =>
  db
    .insert(presence)
    .values(slots(COLUMNS, 1))
    .onConflictDoUpdate({
      target: [presence.caseId, presence.person],
      set: { doing: sql`excluded.doing`, since: sql`excluded.since`, until: sql`excluded.until` },
    }),
);
const gone = statement('presenceGone', ({ db, t: { presence } }) =>
  db
    .delete(presence)
    .where(and(eq(presence.caseId, slot('case')), eq(presence.person, slot('person'))))
    .returning(),
);
const atCase = statement('presenceAt', ({ db, t: { presence } }) =>
  db
    .select()
    .from(presence)
    .where(and(eq(presence.caseId, slot('case')), gt(presence.until, slot('at')))),
);

interface Row {
  readonly caseId: string;
  readonly person: string;
  readonly doing: string;
  readonly since: number;
  readonly until: number;
}

/** As `appear` wrote it. */
const openFormOf = (row: Row): OpenForm => ({
  case: caseId(row.caseId),
  person: personId(row.person),
  doing: row.doing as OpenForm['doing'],
  since: instant(Number(row.since)),
  until: instant(Number(row.until)),
});

/** `Store.appear`. */
export function* appear({ case: it, person, doing, since, until }: OpenForm): Work<void> {
  yield* write(over, { at: since });
  yield* write(add, { caseId0: it, person0: person, doing0: doing, since0: since, until0: until });
}

/** `Store.leave`. */
export function* leave(it: CaseId, person: PersonId): Work<OpenForm | null> {
  const row = yield* first<Row>(gone, { case: it, person });
  return row === null ? null : openFormOf(row);
}

/** `Store.present`: sorted here, as there are never many. */
export function* present(it: CaseId, at: Instant): Work<readonly OpenForm[]> {
  const found = yield* rows<Row>(atCase, { case: it, at });
  return found.map(openFormOf).sort((one, two) => one.since - two.since);
}
