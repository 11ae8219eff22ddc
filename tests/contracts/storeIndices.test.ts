import BetterSqlite3 from 'better-sqlite3';
import { Client } from 'pg';
import type { Store } from '../../src/app/ports';
import type { Status } from '../../src/domain/case/case';
import {
  change,
  channel,
  type Ground,
  intent,
  msLater,
  opened,
  openedOn,
  person,
  place,
  postgres,
  sqliteFile,
} from '../support/stores';

const LIVE: readonly Status[] = ['New', 'Triaged', 'In progress', 'Awaiting client'];

/** Every question that is asked often. The search for words is left out: it reads what it looks through. */
async function askEverything(store: Store): Promise<void> {
  const it = await opened(store, {
    keys: ['k'],
    places: [{ place: place('m'), role: 'source' }],
    intents: (id) => [intent('i', { case: id })],
    case: { client: { id: 'c', name: 'Acme' } },
  });
  await change(store, it.id, { keys: ['k2'] });
  await opened(store, { keys: ['k'] }).catch(() => undefined);
  await store.want([intent('w', { to: channel('C0B') })], { what: 'test', keys: ['w'] }, msLater(0));
  await store.caseById(it.id);
  await store.caseByNumber(it.number);
  await store.caseAt(place('m', { thread: 't' }));
  await store.journalOf(it.id);
  await store.happened({ type: 'CaseOpened', from: msLater(0), until: msLater(1), offset: 0, limit: 10 });
  await store.happened({
    type: 'CaseOpened',
    from: msLater(0),
    until: msLater(1),
    newestFirst: true,
    offset: 0,
    limit: 10,
  });
  await store.remember('coverage', '[]');
  await store.recall('coverage');
  await store.rememberIf('away', null, '{}');
  await store.rememberIf('away', '{}', '[]');
  await store.held([person('alice')]);
  await store.dealt('c', 3);
  const early = { kind: 'deleted', by: { kind: 'system' } } as const;
  await store.keepEarly(
    { key: 'e', place: place('e'), at: msLater(0), what: early },
    { what: '', keys: [] },
    msLater(0),
  );
  await store.earlyAt(place('e'));
  await store.forgetEarly(msLater(0));
  const form = { case: it.id, person: person('alice'), doing: 'reply' } as const;
  await store.appear({ ...form, since: msLater(0), until: msLater(1) });
  await store.present(it.id, msLater(0));
  await store.leave(it.id, person('alice'));
  await store.due(msLater(0), 100);
  await store.cardOf(it.id, 'slack');
  await store.clients('ac', 20);
  await store.clientById('c');
  await store.conversation('slack', 'k');
  await store.rememberConversation({ platform: 'slack', id: 'x', key: 'x', reference: {} });
  await store.drawingOf('i');
  await store.postedAt('i');
  const [one, two] = await store.claim(msLater(0), 10, 1000);
  await store.settle(one!, { kind: 'sent', posted: place('card'), role: 'card' }, msLater(1));
  await store.settle(two!, { kind: 'later', notBefore: msLater(2), problem: '', ambiguous: false }, msLater(1));
  const [again] = await store.claim(msLater(2), 10, 1000);
  await store.settle(again!, { kind: 'dead', problem: '' }, msLater(3));
  await store.outbox(msLater(0));
  await store.pause({ bucket: 'slack|C0B', until: msLater(1), problem: '' }, msLater(0));
  await store.troubles(msLater(0), { offset: 0, limit: 10 });
  await store.delivery(one!.id);
  for (const how of ['arrived', 'again'] as const)
    await store.tend(one!.id, { how, by: { kind: 'system' }, at: msLater(0) });
  await store.forgetReceipts(msLater(-1));
  await store.ping();
  // A page that is full is counted besides.
  const page = { offset: 0, limit: 0, statuses: LIVE };
  await store.list(page);
  await store.list({ ...page, untriaged: true });
  await store.list({ ...page, statuses: ['New'] });
  await store.list({ ...page, statuses: ['Resolved'] });
  await store.list({ ...page, owner: person('alice') });
  await store.list({ ...page, ownedByOthersThan: [person('alice')] });
  await store.list({ ...page, holder: person('alice') });
}

async function questionsOn(ground: Ground, asked: () => readonly string[]): Promise<readonly string[]> {
  const store = await openedOn(ground);
  const before = asked().length;
  await askEverything(store);
  const questions = asked().slice(before);
  await store.close();
  return [...new Set(questions)].filter((text) => /^(with|select|update|delete|insert)\b/i.test(text));
}

describe('no question reads a whole table or sorts what it read', () => {
  it('on SQLite', async () => {
    const ground = await sqliteFile();
    const prepared = jest.spyOn(BetterSqlite3.prototype, 'prepare');
    const questions = await questionsOn(ground, () => prepared.mock.calls.map(([text]) => String(text)));
    prepared.mockRestore();
    const client = new BetterSqlite3(ground.url.slice('file:'.length));
    const found = questions.map((text) => {
      const plan = client.prepare(`explain query plan ${text}`).all(...parametersOf(text)) as {
        readonly detail: string;
      }[];
      return { text, bad: plan.filter(({ detail }) => /^SCAN (?!.*INDEX)|TEMP B-TREE/.test(detail)) };
    });
    client.close();
    await ground.drop();
    expect(found.length).toBeGreaterThan(30);
    expect(found.filter(({ text, bad }) => bad.length > 0 && !isClaim(text))).toEqual([]);
  });

  it('on PostgreSQL', async () => {
    const ground = await postgres();
    const queried = jest.spyOn(Client.prototype, 'query');
    const questions = await questionsOn(ground, () =>
      (queried.mock.calls as readonly unknown[][])
        .map(([query]) => textOf(query))
        .filter((text) => !/advisory/.test(text)),
    );
    queried.mockRestore();
    const client = new Client({ connectionString: ground.url });
    await client.connect();
    // A plan that still reads the table whole has no index to go by; the tables here are too small to prefer one.
    await client.query(
      'set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off',
    );
    const found: { readonly text: string; readonly bad: readonly string[] }[] = [];
    for (const [index, text] of questions.entries()) {
      await client.query(`prepare q${index} as ${text}`);
      const nulls = parametersOf(text).map(() => 'null');
      const plan = await client.query<{ 'QUERY PLAN': string }>(
        `explain execute q${index}${nulls.length > 0 ? `(${nulls.join(', ')})` : ''}`,
      );
      const steps = plan.rows.map((row) => row['QUERY PLAN']);
      found.push({ text, bad: steps.filter((step) => /Seq Scan|Sort /.test(step)) });
    }
    await client.end();
    await ground.drop();
    expect(found.length).toBeGreaterThan(30);
    expect(found.filter(({ text, bad }) => bad.length > 0 && !isClaim(text))).toEqual([]);
  });
});

/** A claim sorts by urgency what it found: one row a lane. */
const isClaim = (text: string): boolean => text.includes('ahead.seq');

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { readonly text?: unknown }).text ?? '');

/** As many nulls as the statement has parameters: `?` on SQLite, `$1` … on PostgreSQL. */
function parametersOf(text: string): readonly null[] {
  const numbered = text.match(/\$\d+/g);
  const count =
    numbered === null ? (text.match(/\?/g) ?? []).length : Math.max(...numbered.map((it) => Number(it.slice(1))));
  return Array.from({ length: count }, () => null);
}
