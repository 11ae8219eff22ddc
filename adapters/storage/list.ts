import { and, asc, eq, inArray, isNotNull, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { CaseQuery, Page } from '../../src/app/ports';
import { STATUSES, type Status } from '../../src/domain/case/case';
import type { ReadBefore } from './readBefore';
import { comparable } from './rows';
import { first, type Ground, many, rows, slot, statement, textOf, type Values, type Work } from './work';

const WORDS_MAX = 10;
const WORD_LENGTH_MAX = 200;
const OVER: ReadonlySet<Status> = new Set(['Resolved', 'Closed']);

/** One filter: what it is called in the names of statements (PostgreSQL cuts a name at 63 characters), and what it asks. */
interface Filter {
  readonly name: string;
  readonly values: Values;
  on(ground: Ground): SQL | undefined;
}

/**
 * `Store.list`, in the order of the indices `cases_queue`, `_owner`, `_holder`. Every combination of filters is prepared once.
 * Counted is only what the page does not tell.
 */
export function* list(query: CaseQuery, before: ReadBefore): Work<Page> {
  const { limit, offset } = query;
  const filters = filtersOf(query);
  const kind = filters.map(({ name }) => name).join('.');
  const values = Object.assign({}, ...filters.map((filter) => filter.values)) as Values;
  const where = (ground: Ground): SQL | undefined => and(...filters.map((filter) => filter.on(ground)));
  const page = statement(`list ${kind}`, (ground) => {
    const { cases } = ground.t;
    return ground.db
      .select({ id: cases.id, text: textOf(cases.state) })
      .from(cases)
      .where(where(ground))
      .orderBy(sql`${cases.dueAt} asc nulls last`, asc(cases.openedAt), asc(cases.number))
      .limit(many('limit'))
      .offset(many('offset'));
  });
  const found = (yield* rows(page, { ...values, limit, offset })).map(({ id, text }) => before.caseOf(id, text));
  const endsHere = found.length < limit && (found.length > 0 || offset === 0);
  if (endsHere) return { cases: found, total: offset + found.length };
  const total = statement(`count ${kind}`, (ground) =>
    ground.db
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(ground.t.cases)
      .where(where(ground)),
  );
  return { cases: found, total: (yield* first(total, values))?.count ?? 0 };
}

function filtersOf(query: CaseQuery): readonly Filter[] {
  const { statuses, owner, ownedByOthersThan, holder, priority, level, reporter } = query;
  return [
    ...(statuses === undefined ? [] : [byStatus(statuses)]),
    ...(query.unowned === true ? [{ name: 'unowned', values: {}, on: ({ t }: Ground) => isNull(t.cases.owner) }] : []),
    ...(query.untriaged === true ? [{ name: 'new', values: {}, on: ({ t }: Ground) => isNull(t.cases.priority) }] : []),
    ...is('owner', owner),
    ...(ownedByOthersThan === undefined ? [] : [byOthersThan(ownedByOthersThan)]),
    ...is('holder', holder),
    ...is('priority', priority),
    ...is('level', level),
    ...(reporter === undefined ? [] : [byReporter(reporter)]),
    ...wordsOf(query.words ?? '').map(byWord),
  ];
}

function is(column: 'owner' | 'holder' | 'priority' | 'level', value: string | undefined): readonly Filter[] {
  if (value === undefined) return [];
  return [{ name: column, values: { [column]: value }, on: ({ t }) => eq(t.cases[column], slot(column)) }];
}

/** `live` is what the indices begin with: said where it follows from the statuses, so that only open cases are walked. */
function byStatus(statuses: readonly Status[]): Filter {
  const over = statuses.filter((status) => OVER.has(status)).length;
  const live = over === 0 ? 1 : over === statuses.length ? 0 : null;
  const all = over === 0 && new Set(statuses).size === STATUSES.length - OVER.size;
  return {
    name: `s${statuses.map((status) => STATUSES.indexOf(status)).join('')}`,
    values: {},
    on: ({ t: { cases } }) =>
      and(live === null ? undefined : eq(cases.live, live), all ? undefined : inArray(cases.status, [...statuses])),
  };
}

const byOthersThan = (people: readonly string[]): Filter => ({
  name: 'others',
  values: { people: JSON.stringify(people) },
  on: ({ t: { cases }, texts }) => and(isNotNull(cases.owner), notInArray(cases.owner, texts(slot('people')))),
});

const byReporter = (reporter: string): Filter => ({
  name: 'by',
  values: { reporter },
  on: ({ t: { cases } }) => sql`(${cases.reporter} = ${slot('reporter')} or ${cases.loggedBy} = ${slot('reporter')})`,
});

const byWord = (word: string, index: number): Filter => ({
  name: 'w',
  values: { [`word${index}`]: `%${literally(word)}%` },
  on: ({ t: { cases } }) => sql`${cases.search} like ${slot(`word${index}`)} escape '\\'`,
});

const wordsOf = (text: string): string[] =>
  comparable(text.replaceAll('\0', ' '))
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
    .map((word) => word.slice(0, WORD_LENGTH_MAX));

const literally = (word: string): string => word.replace(/[\\%_]/g, '\\$&');
