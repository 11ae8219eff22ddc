/** Who holds what, and who dealt with a client lately: what a choice of the next person goes by. */
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Dealt, Held } from '../../src/app/ports';
import { instant, type PersonId, personId, priorityName } from '../../src/domain/ids';
import { shortKey } from './rows';
import { first, many, rows, slot, statement, type Work } from './work';

const heldBy = statement('heldBy', ({ db, t: { cases } }) =>
  db
    .select({ priority: cases.priority })
    .from(cases)
    .where(and(eq(cases.holder, slot('person')), eq(cases.live, 1))),
);
const lastGiven = statement('lastGiven', ({ db, t: { cases } }) =>
  db
    .select({ at: cases.heldSince })
    .from(cases)
    .where(and(eq(cases.holder, slot('person')), isNotNull(cases.heldSince)))
    .orderBy(desc(cases.heldSince))
    .limit(1),
);
const dealtWith = statement('dealtWith', ({ db, t: { cases } }) =>
  db
    .select({ owner: cases.owner, at: cases.heldSince })
    .from(cases)
    .where(and(eq(cases.client, slot('client')), isNotNull(cases.heldSince)))
    .orderBy(desc(cases.heldSince))
    .limit(many('limit')),
);

/** `Store.held`: two walks along an index a person, as one over all of them would have to sort. */
export function* held(people: readonly PersonId[]): Work<readonly Held[]> {
  const found: Held[] = [];
  for (const person of people) {
    const priorities = (yield* rows(heldBy, { person })).map(({ priority }) =>
      priority === null ? null : priorityName(priority),
    );
    const last = (yield* first(lastGiven, { person }))?.at ?? null;
    found.push({ person, priorities, lastAt: last === null ? null : instant(Number(last)) });
  }
  return found;
}

/** `Store.dealt`. */
export function* dealt(client: string, limit: number): Work<readonly Dealt[]> {
  const found = yield* rows(dealtWith, { client: shortKey(client), limit });
  return found.flatMap(({ owner, at }) =>
    owner === null || at === null ? [] : [{ person: personId(owner), at: instant(Number(at)) }],
  );
}
