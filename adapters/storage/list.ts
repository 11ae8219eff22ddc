import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { CaseQuery, Page } from '../../src/app/ports';
import { type Case, STATUSES, type Status } from '../../src/domain/case/case';
import { comparable } from './rows';
import { type Ground, rows, statement, type Work } from './work';

const WORDS_MAX = 10;
const WORD_LENGTH_MAX = 200;
const OVER: ReadonlySet<Status> = new Set(['Resolved', 'Closed']);

/** `Store.list`. Built anew each time, as filters vary; the order is that of the indices `cases_queue`, `_owner`, `_holder`. */
export function* list(query: CaseQuery): Work<Page> {
  const page = statement(null, (ground) => {
    const { cases } = ground.t;
    return ground.db
      .select({ state: cases.state })
      .from(cases)
      .where(and(...filters(query, ground)))
      .orderBy(sql`${cases.dueAt} asc nulls last`, asc(cases.openedAt), asc(cases.number))
      .limit(query.limit)
      .offset(query.offset);
  });
  const total = statement(null, (ground) =>
    ground.db
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(ground.t.cases)
      .where(and(...filters(query, ground))),
  );
  const found = yield* rows(page);
  const [counted] = yield* rows(total);
  return { cases: found.map(({ state }) => state as Case), total: counted?.count ?? 0 };
}

function filters(query: CaseQuery, { t: { cases } }: Ground): SQL[] {
  const { statuses, owner, holder, priority, level, reporter } = query;
  return [
    ...(statuses === undefined ? [] : byStatus(statuses, cases)),
    ...(owner === undefined ? [] : [eq(cases.owner, owner)]),
    ...(holder === undefined ? [] : [eq(cases.holder, holder)]),
    ...(query.unowned === true ? [isNull(cases.owner)] : []),
    ...(query.untriaged === true ? [isNull(cases.priority)] : []),
    ...(priority === undefined ? [] : [eq(cases.priority, priority)]),
    ...(level === undefined ? [] : [eq(cases.level, level)]),
    ...(reporter === undefined ? [] : [sql`(${cases.reporter} = ${reporter} or ${cases.loggedBy} = ${reporter})`]),
    ...wordsOf(query.words ?? '').map((word) => sql`${cases.search} like ${`%${literally(word)}%`} escape '\\'`),
  ];
}

/** `live` is what the indices begin with: said where it follows from the statuses, so that only open cases are walked. */
function byStatus(statuses: readonly Status[], cases: Ground['t']['cases']): SQL[] {
  const over = statuses.filter((status) => OVER.has(status)).length;
  const live = over === 0 ? [eq(cases.live, 1)] : over === statuses.length ? [eq(cases.live, 0)] : [];
  const all = over === 0 && new Set(statuses).size === STATUSES.length - OVER.size;
  return all ? live : [...live, inArray(cases.status, [...statuses])];
}

const wordsOf = (text: string): string[] =>
  comparable(text.replaceAll('\0', ' '))
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
    .map((word) => word.slice(0, WORD_LENGTH_MAX));

const literally = (word: string): string => word.replace(/[\\%_]/g, '\\$&');
