/**
 * What Baton keeps, on SQLite. `drizzle/postgres/schema.ts` is the same in PostgreSQL's types; a test holds them together.
 * Instants are milliseconds since 1970 in UTC. No foreign keys: every row of a change is written in one transaction, and
 * drizzle-kit would tie them to the schema `public`.
 */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const cases = sqliteTable(
  'cases',
  {
    id: text('id').primaryKey(),
    number: integer('number').notNull(),
    status: text('status').notNull(),
    /** 1 while work goes on, 0 once resolved or closed: the queue's indices start with it. */
    live: integer('live').notNull(),
    priority: text('priority'),
    owner: text('owner'),
    /** Whose turn it is: the owner, or the one who is named to find one. */
    holder: text('holder'),
    /** Since when it is the holder's: who got a case last, and who dealt with a client lately. */
    heldSince: integer('held_since'),
    level: text('level'),
    client: text('client'),
    /** The keys of whoever reported and of whoever logged it: somebody who is not of the desk sees these cases only. */
    reporter: text('reporter').notNull(),
    loggedBy: text('logged_by').notNull(),
    wakeAt: integer('wake_at'),
    dueAt: integer('due_at'),
    openedAt: integer('opened_at').notNull(),
    version: integer('version').notNull(),
    search: text('search').notNull(),
    state: text('state', { mode: 'json' }).notNull(),
  },
  (t) => [
    uniqueIndex('cases_number').on(t.number),
    index('cases_wake').on(t.wakeAt, t.id).where(sql`${t.wakeAt} is not null`),
    // Status, priority and level are there to be counted and passed over without reading the rows.
    index('cases_queue').on(t.live, t.dueAt, t.openedAt, t.number, t.status, t.priority, t.level),
    index('cases_owner').on(t.owner, t.live, t.dueAt, t.openedAt, t.number),
    index('cases_reporter').on(t.reporter, t.openedAt),
    index('cases_logged_by').on(t.loggedBy, t.openedAt),
    index('cases_holder').on(t.holder, t.live, t.dueAt, t.openedAt, t.number),
    index('cases_held').on(t.holder, t.heldSince),
    index('cases_client').on(t.client, t.heldSince),
  ],
);

export const journal = sqliteTable(
  'journal',
  {
    stream: text('stream').notNull(),
    version: integer('version').notNull(),
    at: integer('at').notNull(),
    by: text('by', { mode: 'json' }).notNull(),
    cause: text('cause').notNull(),
    type: text('type').notNull(),
    data: text('data', { mode: 'json' }).notNull(),
  },
  (t) => [
    uniqueIndex('journal_stream_version').on(t.stream, t.version),
    // What happened in a stretch of time, over all cases: digests, handling times, what-if.
    index('journal_type').on(t.type, t.at, t.stream, t.version),
  ],
);

export const receipts = sqliteTable(
  'receipts',
  {
    key: text('key').primaryKey(),
    caseId: text('case_id'),
    at: integer('at').notNull(),
  },
  (t) => [index('receipts_at').on(t.at)],
);

export const outbox = sqliteTable(
  'outbox',
  {
    /** The order in which things were first wanted; never reused. */
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    caseId: text('case_id'),
    /** Rows of one lane go out one after the other. */
    lane: text('lane').notNull(),
    /** What the platform's pace is counted by: the channel or person without the thread. */
    bucket: text('bucket').notNull(),
    dedupe: text('dedupe').notNull(),
    drawing: text('drawing', { mode: 'json' }).notNull(),
    destination: text('destination', { mode: 'json' }).notNull(),
    urgency: integer('urgency').notNull(),
    /** pending · sending · sent; ambiguous: only a person can tell whether it arrived; dead: given up, with the problem */
    state: text('state').notNull(),
    /** Claims so far: only the claim that is still the row's own may settle it. */
    attempt: integer('attempt').notNull(),
    /** How often it was really sent, or may have been; a claim that was held back is none. */
    sends: integer('sends').notNull().default(0),
    notBefore: integer('not_before').notNull(),
    leaseUntil: integer('lease_until'),
    ambiguous: integer('ambiguous').notNull(),
    posted: text('posted', { mode: 'json' }),
    /** How often it was wanted, and the last wish that was fulfilled. */
    wanted: integer('wanted').notNull(),
    done: integer('done').notNull(),
    wantedAt: integer('wanted_at').notNull(),
    /** Why it waits or was given up; of a sent one, what is not certain about it. */
    problem: text('problem'),
    /** Who sent it again by hand, or said that it had arrived, and when. */
    tended: text('tended', { mode: 'json' }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('outbox_id').on(t.id),
    uniqueIndex('outbox_dedupe').on(t.dedupe),
    index('outbox_active').on(t.lane, t.seq).where(sql`state in ('pending', 'sending')`),
    // What a claim walks along: when each row that waits or is on its way may go.
    index('outbox_due')
      .on(sql`(case when state = 'pending' then not_before else lease_until end)`)
      .where(sql`state in ('pending', 'sending')`),
    index('outbox_troubled').on(t.seq).where(sql`state in ('ambiguous', 'dead')`),
  ],
);

/** Destinations that were asked to slow down, and until when: over a restart too, and for every process. */
export const pauses = sqliteTable(
  'pauses',
  {
    bucket: text('bucket').primaryKey(),
    until: integer('until').notNull(),
    problem: text('problem').notNull(),
  },
  (t) => [index('pauses_until').on(t.until)],
);

export const places = sqliteTable(
  'places',
  {
    platform: text('platform').notNull(),
    channel: text('channel').notNull(),
    message: text('message').notNull(),
    thread: text('thread'),
    caseId: text('case_id').notNull(),
    role: text('role').notNull(),
    linkedAt: integer('linked_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'places_place', columns: [t.platform, t.channel, t.message] }),
    index('places_case').on(t.caseId, t.role, t.platform, t.linkedAt),
  ],
);

export const clients = sqliteTable(
  'clients',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** The name as it is compared: one width, one case of letters. */
    nameKey: text('name_key').notNull(),
  },
  (t) => [uniqueIndex('clients_name_key').on(t.nameKey)],
);

export const conversations = sqliteTable(
  'conversations',
  {
    platform: text('platform').notNull(),
    key: text('key').notNull(),
    id: text('id').notNull(),
    reference: text('reference', { mode: 'json' }).notNull(),
  },
  (t) => [primaryKey({ name: 'conversations_key', columns: [t.platform, t.key] })],
);

export const counters = sqliteTable('counters', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

/** What Baton itself must not forget between two starts, by name: what the leads were told last. */
export const memories = sqliteTable('memories', {
  name: text('name').primaryKey(),
  text: text('text').notNull(),
});

/** What was heard before the message or the case that it is about: platforms deliver in any order. */
export const early = sqliteTable(
  'early',
  {
    key: text('key').primaryKey(),
    platform: text('platform').notNull(),
    channel: text('channel').notNull(),
    message: text('message').notNull(),
    /** When it happened, and when it was heard. */
    at: integer('at').notNull(),
    keptAt: integer('kept_at').notNull(),
    data: text('data', { mode: 'json' }).notNull(),
  },
  (t) => [index('early_place').on(t.platform, t.channel, t.message, t.at, t.key), index('early_kept').on(t.keptAt)],
);

/** Who has a form of a case open, for the others to see. Nobody hears of a form that was closed unsent, hence `until`. */
export const presence = sqliteTable(
  'presence',
  {
    caseId: text('case_id').notNull(),
    person: text('person').notNull(),
    doing: text('doing').notNull(),
    since: integer('since').notNull(),
    until: integer('until').notNull(),
  },
  (t) => [primaryKey({ name: 'presence_person', columns: [t.caseId, t.person] }), index('presence_until').on(t.until)],
);
