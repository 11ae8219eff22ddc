import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm';
import type { CaseAt, Conversation, HappenedQuery } from '../../src/app/ports';
import type { Case, Client, Place } from '../../src/domain/case/case';
import type { Recorded } from '../../src/domain/case/events';
import type { PlatformName } from '../../src/domain/desk/desk';
import { type CaseId, caseId, type Instant, instant } from '../../src/domain/ids';
import type { ReadBefore } from './readBefore';
import { nameKey } from './rows';
import { first, many, rows, slot, statement, textOf, type Work, write } from './work';

const byId = statement('caseById', ({ db, t }) =>
  db
    .select({ text: textOf(t.cases.state) })
    .from(t.cases)
    .where(eq(t.cases.id, slot('id'))),
);
const byNumber = statement('caseByNumber', ({ db, t }) =>
  db
    .select({ id: t.cases.id, text: textOf(t.cases.state) })
    .from(t.cases)
    .where(eq(t.cases.number, slot('number'))),
);
const atPlace = statement('caseAt', ({ db, t: { places } }) =>
  db
    .select({ caseId: places.caseId, role: places.role, message: places.message })
    .from(places)
    .where(
      and(
        eq(places.platform, slot('platform')),
        eq(places.channel, slot('channel')),
        inArray(places.message, [slot('message'), slot('thread')]),
      ),
    ),
);
const journalSince = statement('journalSince', ({ db, t: { journal } }) =>
  db
    .select()
    .from(journal)
    .where(and(eq(journal.stream, slot('id')), gt(journal.version, slot('after'))))
    .orderBy(asc(journal.version)),
);
const happenedOf = (newestFirst: boolean) =>
  statement(newestFirst ? 'happenedLast' : 'happened', ({ db, t: { journal } }) => {
    const along = newestFirst ? desc : asc;
    return db
      .select()
      .from(journal)
      .where(and(eq(journal.type, slot('type')), gte(journal.at, slot('from')), lt(journal.at, slot('until'))))
      .orderBy(along(journal.at), along(journal.stream), along(journal.version))
      .limit(many('limit'))
      .offset(many('offset'));
  });
const HAPPENED = happenedOf(false);
const HAPPENED_LAST = happenedOf(true);
const recalled = statement('recall', ({ db, t: { memories } }) =>
  db
    .select({ text: memories.text })
    .from(memories)
    .where(eq(memories.name, slot('name'))),
);
const remembered = statement('remember', ({ db, t: { memories } }) =>
  db
    .insert(memories)
    .values({ name: slot('name'), text: slot('text') })
    .onConflictDoUpdate({ target: memories.name, set: { text: sql`excluded.text` } }),
);
const rememberedFirst = statement('rememberFirst', ({ db, t: { memories } }) =>
  db
    .insert(memories)
    .values({ name: slot('name'), text: slot('text') })
    .onConflictDoNothing()
    .returning({ name: memories.name }),
);
const rememberedInstead = statement('rememberInstead', ({ db, t: { memories } }) =>
  db
    .update(memories)
    .set({ text: sql`${slot('text')}` })
    .where(and(eq(memories.name, slot('name')), eq(memories.text, slot('before'))))
    .returning({ name: memories.name }),
);
const dueCases = statement('due', ({ db, t: { cases } }) =>
  db
    .select({ id: cases.id })
    .from(cases)
    .where(lte(cases.wakeAt, slot('at')))
    .orderBy(asc(cases.wakeAt), asc(cases.id))
    .limit(many('limit')),
);
const nextAlarm = statement('nextAlarm', ({ db, t: { cases } }) =>
  db
    .select({ wakeAt: cases.wakeAt })
    .from(cases)
    .where(isNotNull(cases.wakeAt))
    .orderBy(asc(cases.wakeAt), asc(cases.id))
    .limit(1),
);
const newestCard = statement('cardOf', ({ db, t: { places } }) =>
  db
    .select({ platform: places.platform, channel: places.channel, message: places.message, thread: places.thread })
    .from(places)
    .where(and(eq(places.caseId, slot('id')), eq(places.role, 'card'), eq(places.platform, slot('platform'))))
    .orderBy(desc(places.linkedAt))
    .limit(1),
);
const clientsFrom = statement('clients', ({ db, t: { clients }, bytes }) =>
  db
    .select({ id: clients.id, name: clients.name })
    .from(clients)
    .where(and(gte(bytes(clients.nameKey), slot('from')), lt(bytes(clients.nameKey), slot('until'))))
    .orderBy(bytes(clients.nameKey))
    .limit(many('limit')),
);
const client = statement('clientById', ({ db, t: { clients } }) =>
  db
    .select({ id: clients.id, name: clients.name })
    .from(clients)
    .where(eq(clients.id, slot('id'))),
);
const conversationOf = statement('conversation', ({ db, t: { conversations } }) =>
  db
    .select()
    .from(conversations)
    .where(and(eq(conversations.platform, slot('platform')), eq(conversations.key, slot('key')))),
);
const conversationKeep = statement('conversationKeep', ({ db, t: { conversations } }) =>
  db
    .insert(conversations)
    .values({ platform: slot('platform'), key: slot('key'), id: slot('id'), reference: slot('reference') })
    .onConflictDoUpdate({
      target: [conversations.platform, conversations.key],
      set: { id: sql`excluded.id`, reference: sql`excluded.reference` },
    }),
);
const pinged = statement('ping', ({ db, t: { counters } }) =>
  db
    .insert(counters)
    .values({ name: 'ping', value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value }),
);
const numbersFrom = statement('numbersFrom', ({ db, t }) =>
  db
    .insert(t.counters)
    .values({ name: 'case', value: slot('last') })
    .onConflictDoNothing(),
);

// What the columns of type JSON hold was written by commit.ts and is read back as what it was.

export function* caseById(id: CaseId, before: ReadBefore): Work<Case | null> {
  const found = yield* first(byId, { id });
  return found === null ? null : before.caseOf(id, found.text);
}

export function* caseByNumber(number: number, before: ReadBefore): Work<Case | null> {
  if (!Number.isSafeInteger(number)) return null;
  const found = yield* first(byNumber, { number });
  return found === null ? null : before.caseOf(found.id, found.text);
}

/** `Store.caseAt`: the message itself goes before the root of its thread. */
export function* caseAt(place: Place): Work<CaseAt | null> {
  const { platform, channel, message } = place;
  const found = yield* rows(atPlace, { platform, channel, message, thread: place.thread ?? message });
  const nearest = found.find((row) => row.message === message) ?? found[0];
  return nearest === undefined ? null : { case: caseId(nearest.caseId), role: nearest.role as CaseAt['role'] };
}

/** `Store.journalOf`: what came since it was read last. */
export function* journalOf(id: CaseId, before: ReadBefore): Work<readonly Recorded[]> {
  const known = before.journalOf(id);
  const since = yield* rows(journalSince, { id, after: known.at(-1)?.version ?? 0 });
  if (since.length === 0) return known;
  const journal = [...known, ...since.map(recordedOf)];
  before.keepJournal(id, journal);
  return journal;
}

/** `Store.happened`: along the index `journal_type`. */
export function* happened({ newestFirst = false, ...query }: HappenedQuery): Work<readonly Recorded[]> {
  return (yield* rows(newestFirst ? HAPPENED_LAST : HAPPENED, { ...query })).map(recordedOf);
}

interface JournalRow {
  readonly stream: string;
  readonly version: number;
  readonly at: number;
  readonly by: unknown;
  readonly cause: string;
  readonly data: unknown;
}

const recordedOf = (row: JournalRow): Recorded => ({
  stream: caseId(row.stream),
  version: row.version,
  at: instant(row.at),
  by: row.by as Recorded['by'],
  cause: row.cause,
  event: row.data as Recorded['event'],
});

export function* recall(name: string): Work<string | null> {
  return (yield* first(recalled, { name }))?.text ?? null;
}

export function* remember(name: string, text: string): Work<void> {
  yield* write(remembered, { name, text });
}

/** `Store.rememberIf`: a comparison and a write that nothing comes between. */
export function* rememberIf(name: string, before: string | null, text: string): Work<boolean> {
  const written =
    before === null
      ? yield* rows(rememberedFirst, { name, text })
      : yield* rows(rememberedInstead, { name, text, before });
  return written.length === 1;
}

export function* nextAlarmAt(): Work<Instant | null> {
  const found = yield* first(nextAlarm, {});
  return found?.wakeAt == null ? null : instant(Number(found.wakeAt));
}

export function* due(at: Instant, limit: number): Work<readonly CaseId[]> {
  return (yield* rows(dueCases, { at, limit })).map(({ id }) => caseId(id));
}

/** `Store.cardOf`: the newest, as a card that somebody deleted is posted anew. */
export function* cardOf(id: CaseId, platform: PlatformName): Work<Place | null> {
  return yield* first(newestCard, { id, platform });
}

/** The last character there is: every name that begins with some text lies between the text and the text with this. */
const LAST_CHARACTER = '\u{10FFFF}';

export function* clients(startingWith: string, limit: number): Work<readonly Client[]> {
  const from = nameKey(startingWith);
  return yield* rows(clientsFrom, { from, until: from + LAST_CHARACTER, limit });
}

export function* clientById(id: string): Work<Client | null> {
  return yield* first(client, { id });
}

export function* conversation(platform: PlatformName, key: string): Work<Conversation | null> {
  return (yield* first(conversationOf, { platform, key })) as Conversation | null;
}

export function* rememberConversation(known: Conversation): Work<void> {
  yield* write(conversationKeep, { ...known });
}

/** `Store.ping`: something is written, so that a full disk or a read-only database shows. */
export function* ping(): Work<void> {
  if ((yield* first(pinged)) === null) throw new Error('the database took a write and gave nothing back');
}

/** The first case is number 1001: a number of four digits does not look like a test. */
export function* beginNumbers(): Work<void> {
  yield* write(numbersFrom, { last: 1000 });
}
