import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { type FreshPostgres, freshPostgres } from '../support/postgres';
import { elementNames, eventually, type Product, SlackPerson, startProduct, wordsOn } from '../support/product';

function atMost({ url, connectionsMax }: FreshPostgres): string {
  const database = new URL(url);
  database.searchParams.set('max', String(connectionsMax));
  return database.href;
}

describe.each([
  ['signed HTTP', 'http', 'SQLite'],
  ['Socket Mode', 'socket', 'PostgreSQL'],
])('A day of a desk in Slack, by %s', (_, delivery, database) => {
  let product: Product;
  let postgres: FreshPostgres | null = null;
  let alice: SlackPerson;
  let bob: SlackPerson;
  let carol: SlackPerson;
  let lena: SlackPerson;
  let ravi: SlackPerson;

  beforeAll(async () => {
    postgres = database === 'PostgreSQL' ? await freshPostgres() : null;
    const url = postgres === null ? {} : { DATABASE_URL: atMost(postgres) };
    product = await startProduct({ SANDBOX_SLACK: delivery, ...url });
    [alice, bob, carol, lena, ravi] = ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0LENA', 'U0RAVI'].map(
      (id) => new SlackPerson(product, id),
    ) as [SlackPerson, SlackPerson, SlackPerson, SlackPerson, SlackPerson];
  });
  afterAll(async () => {
    // Also when the start failed: the next suite waits for this database.
    await product?.stop();
    await postgres?.drop();
  });

  it('opens a case by command and form, and keeps what was typed when something is missing', async () => {
    await alice.types('new Printer on fire');
    const form = await alice.form();
    expect(elementNames(form)).toEqual(
      expect.arrayContaining(['Title', 'What happened', 'Client', 'Category', 'Priority']),
    );
    expect(form.submit).toBe('Open case');
    await alice.fills({ 'What happened': 'Smoke on floor two', Category: 'Technical' });
    await alice.sees('CASE-1001 is open', 'C0SUPPORT');
    const card = await alice.card('CASE-1001', 'New', 'Not triaged yet', 'Technical', 'First response due');
    expect(card.mentions).toEqual([]);
  });

  it('opens a case from a message by 🎫, once however often, and tells the opener privately', async () => {
    const ts = await ravi.says('Nobody at Contoso can log in. All 60 seats.', 'C0SUPPORT');
    const source = { channel: 'C0SUPPORT', ts };
    await alice.reacts('ticket', source);
    await bob.reacts('ticket', source);
    // Whoever of the two comes first opened it, and the other one is told which case it is.
    const told = (person: SlackPerson): string | undefined =>
      ['You opened CASE-1002', 'That message belongs to CASE-1002 already'].find(
        (words) => person.messages(words).length > 0,
      );
    const both = await eventually(product, 'both are told', () => {
      const words = [told(alice), told(bob)];
      return words.every((one) => one !== undefined) ? words : null;
    });
    expect(new Set(both).size).toBe(2);
    const confirmation = await ravi.sees('is open: Nobody at Contoso can log in', 'C0SUPPORT');
    expect(confirmation.thread_ts).toBe(ts);
    expect(product.slack.snapshot().messages.filter((one) => wordsOn(one).includes('CASE-1003'))).toEqual([]);
  });

  it('triages by 🔴, takes by 👀, and hears the thread', async () => {
    const [source] = ravi.messages('Nobody at Contoso can log in', 'C0SUPPORT');
    if (source === undefined) throw new Error('the source message is gone');
    await ravi.reacts('large_blue_circle', source);
    await alice.reacts('red_circle', source);
    await alice.card('CASE-1002', 'P1 Urgent', 'Triaged');
    await alice.reacts('eyes', source);
    await alice.card('CASE-1002', 'In progress', 'Alice Anderson');
    await ravi.sees('Alice Anderson is on it', 'C0SUPPORT');
    await alice.types('wait CASE-1002');
    await alice.card('CASE-1002', 'Awaiting client', 'Resolution paused');
    await ravi.says('It is back for half of them', 'C0SUPPORT', source.ts);
    await alice.card('CASE-1002', 'In progress');
  });

  it('warns the leads before the promise is broken', async () => {
    product.push(3 * HOUR_MS + 2 * MINUTE_MS);
    const warning = await lena.sees('Resolution at risk · CASE-1002', 'C0LEADS');
    expect(wordsOn(warning)).toContain('Alice Anderson');
    expect(elementNames(warning)).toEqual(expect.arrayContaining(['Take', 'Escalate']));
  });

  it('hands over by a card, and the case belongs to whoever accepts', async () => {
    await alice.presses('Escalate', await alice.card('CASE-1002'));
    const form = await alice.form();
    expect(form.submit).toBe('Hand over');
    await alice.fills({
      'What has been tried': 'Restarted SSO',
      'What is needed': 'Look at the certificate',
      'What the client has been told': 'An update at five',
    });
    const offered = await carol.sees('Hand-over CASE-1002', 'C0TRIAGE');
    expect(wordsOn(offered)).toContain('Look at the certificate');
    expect(wordsOn(offered)).toContain('triaged it as P1');
    await bob.presses('Accept', offered);
    await bob.sees('offered to L2 Specialists (Carol Chen)');
    await alice.card('CASE-1002', 'Alice Anderson');
    await carol.presses('Accept', offered);
    await alice.card('CASE-1002', 'Carol Chen');
    await alice.sees('Carol Chen accepted CASE-1002');
    await ravi.sees('Carol Chen has taken over', 'C0SUPPORT');
    await carol.sees('Accepted by Carol Chen', 'C0TRIAGE');
  });

  it('resolves with how, tells the reporter, and reopens', async () => {
    await carol.presses('Resolve', await carol.card('CASE-1002', 'Carol Chen'));
    await carol.fills({ 'How was it solved?': 'Renewed the certificate' });
    const told = await ravi.sees('Renewed the certificate', 'C0SUPPORT');
    expect(told.mentions).toEqual(['U0RAVI']);
    await carol.card('CASE-1002', 'Resolved', 'Resolution met');
    await carol.presses('Reopen', await carol.card('CASE-1002', 'Resolved'));
    await carol.card('CASE-1002', 'In progress', 'Carol Chen');
  });

  it('refuses a stale press and says who did what', async () => {
    await alice.types('p2 CASE-1001');
    const card = await alice.card('CASE-1001', 'P2 Standard');
    // The card stays as it was on Alice's screen while Bob takes the case.
    product.slack.fault({ method: 'chat.update', times: 1, status: 500 });
    await bob.types('take CASE-1001');
    await bob.sees('CASE-1001 is yours now');
    await alice.presses('Take', card);
    const told = await alice.sees('Meanwhile Bob Brown took CASE-1001');
    expect(told.ephemeral_to).toBe('U0ALICE');
    await alice.card('CASE-1001', 'Bob Brown');
  });

  it('shows everybody their own Home, with words where there is nothing', async () => {
    const home = await alice.home('My cases');
    expect(wordsOn(home)).toContain('CASE-1001');
    expect(wordsOn(await lena.home('You have no open cases'))).toContain('Waiting for triage');
    expect(wordsOn(await ravi.home('Cases you reported'))).not.toContain('CASE-1001');
  });

  it('answers every mistake privately with what to do instead', async () => {
    const mistakes: readonly (readonly [string, string])[] = [
      ['show CASE-9999', 'There is no case CASE-9999'],
      ['taek CASE-1001', '“taek” is not a word of this desk'],
      ['take', 'Which case?'],
      ['assign CASE-1001 @nobody', 'Nobody of the desk is called'],
      ['list sideways', 'does not know “sideways”'],
    ];
    for (const [typed, answer] of mistakes) {
      await alice.types(typed);
      expect((await alice.sees(answer, 'C0SUPPORT')).ephemeral_to).toBe('U0ALICE');
    }
    await ravi.types('take CASE-1001');
    await ravi.sees('that you reported');
  });

  it('follows edits and deletions, and shows them in the details', async () => {
    const [source] = ravi.messages('Nobody at Contoso can log in', 'C0SUPPORT');
    if (source === undefined) throw new Error('the source message is gone');
    const reply = await ravi.says('My phone number is 555', 'C0SUPPORT', source.ts);
    await product.slack.act({ act: 'deleteMessage', user: 'U0RAVI', channel: 'C0SUPPORT', ts: reply });
    await product.slack.settled();
    await alice.types('show CASE-1002');
    const details = await alice.sees('wrote a message and deleted it');
    expect(wordsOn(details)).not.toContain('555');
  });
});
