/** A disk on which nothing can be committed any more: what people, the platforms and the operator see of it, and what is left after it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { eventually, type Product, SlackPerson, SUPPORT, startProduct, TeamsPerson, wordsOn } from '../support/product';

const database = join(mkdtempSync(join(tmpdir(), 'baton-full-')), 'baton.db');
let isFull = false;
let product: Product;
let alice: SlackPerson;
let inTeams: TeamsPerson;

/** As SQLite says it: the transaction stands open and holds all that was done, and the commit fails. */
function fillsUp(): void {
  const { prepare } = BetterSqlite3.prototype;
  jest.spyOn(BetterSqlite3.prototype, 'prepare').mockImplementation(function (this: BetterSqlite3.Database, sql) {
    const statement = prepare.call(this, sql);
    if (sql === 'commit') {
      const run = statement.run.bind(statement);
      statement.run = (...given: unknown[]) => {
        if (isFull) throw new BetterSqlite3.SqliteError('database or disk is full', 'SQLITE_FULL');
        return Reflect.apply(run, statement, given);
      };
    }
    return statement;
  });
}

beforeAll(async () => {
  fillsUp();
  product = await startProduct({ DATABASE_URL: `file:${database}` });
  alice = new SlackPerson(product, 'U0ALICE');
  inTeams = new TeamsPerson(product, '29:1-alice-acme');
  await alice.types('new Printer on fire');
  await alice.fills({});
  await alice.card('CASE-1001');
  await inTeams.card('CASE-1001');
  await product.slack.settled();
}, 60_000);
afterAll(async () => {
  isFull = false;
  await product.stop();
  jest.restoreAllMocks();
});

const read = (query: string): unknown => {
  const client = new BetterSqlite3(database, { readonly: true });
  const found = client.prepare(query).pluck().get();
  client.close();
  return found;
};
const changes = (): unknown => read(`select count(*) from journal where json_extract(by, '$.kind') <> 'system'`);
const readyz = async () => {
  const answer = await fetch(`${product.url}/readyz`);
  return { status: answer.status, words: await answer.text() };
};
const APOLOGY = 'again in a moment';

it('refuses what it cannot keep, says so to everybody, and goes on by itself when there is room', async () => {
  const before = changes();
  const card = await alice.card('CASE-1001');
  const teamsCard = await inTeams.card('CASE-1001');
  isFull = true;

  // The platforms: not acknowledged, so that they send it again.
  const ts = await alice.says('The gate does not open', 'C0SUPPORT');
  await alice.reacts('ticket', { channel: 'C0SUPPORT', ts });
  const refused = await eventually(product, 'a reaction that is refused', () =>
    product.slack.calls.find((one) => one.kind === 'delivery' && one.type === 'reaction_added' && one.status >= 500),
  );
  expect(refused).toBeDefined();

  // People: a sentence, and what they typed stays theirs.
  await alice.types(`note CASE-1001 ${'It smokes. '.repeat(20)}`);
  await alice.sees(APOLOGY);
  await alice.presses('Take', card);
  await eventually(product, 'a second apology', () => alice.messages(APOLOGY).length > 1);
  const pressed = await inTeams.presses('Take', teamsCard);
  expect(JSON.stringify(pressed)).toContain(APOLOGY);
  await inTeams.says('case note CASE-1001 It smokes', SUPPORT, { mentionBot: true });
  await inTeams.sees(APOLOGY);

  // The operator.
  const { status, words } = await readyz();
  expect([status, words.includes('The disk of the database is full')]).toEqual([503, true]);
  for (const path of ['/healthz', '/metrics']) expect((await fetch(product.url + path)).status).toBe(200);
  expect(changes()).toBe(before);

  isFull = false;
  for (const event of product.slack.eventIds('reaction_added').slice(-1)) product.slack.redeliver(event);
  await alice.sees('is open: The gate does not open', 'C0SUPPORT');
  await alice.presses('Take', card);
  expect(wordsOn(await alice.card('CASE-1001', 'In progress'))).toContain('Alice Anderson');
  expect((await readyz()).status).toBe(200);
  expect(read('pragma integrity_check')).toBe('ok');
  expect(read(`select count(*) from journal where type = 'CaseTaken'`)).toBe(1);
  expect(read(`select count(*) from journal where type = 'NoteAdded'`)).toBe(0);
  expect(read('select count(*) from cases')).toBe(2);
}, 60_000);
