import { DAY_MS } from '../../src/domain/ids';
import { type Product, SlackPerson, SUPPORT, startProduct, TeamsPerson, textOf, wordsOn } from '../support/product';

describe('Bad input gets a sentence that says what to do', () => {
  let product: Product;
  let alice: SlackPerson;
  let ravi: SlackPerson;
  beforeAll(async () => {
    product = await startProduct();
    alice = new SlackPerson(product, 'U0ALICE');
    ravi = new SlackPerson(product, 'U0RAVI');
  });
  afterAll(() => product.stop());

  it('keeps all of a title of 10,000 characters', async () => {
    const long = `Everything is slow ${'and slower '.repeat(909)}`.trim();
    await alice.types(`new ${long}`);
    await alice.fills({});
    await alice.types('show CASE-1001');
    const details = await alice.sees('What happened');
    expect(wordsOn(details)).toContain('and slower and slower');
  });

  it('does the same in Teams, where the case opens at once', async () => {
    const inTeams = new TeamsPerson(product, '29:1-alice-acme');
    await inTeams.says(`case new ${'Nothing works at all '.repeat(400)}`, SUPPORT, { mentionBot: true });
    const card = await inTeams.card('CASE-1002', 'Nothing works at all');
    expect(textOf(card)).toContain('…');
  });

  it('lets nobody ping a channel or a person through a case', async () => {
    const hostile = '<!channel> <@U0LENA> @here &lt;!everyone&gt; [click](https://evil.example) *bold* `code`';
    await ravi.types(`new ${hostile}`);
    await ravi.fills({ Title: hostile, 'What happened': hostile });
    const card = await alice.card('CASE-1003');
    expect(card.mentions).toEqual([]);
    await new TeamsPerson(product, '29:1-alice-acme').card('CASE-1003', '[click](https://evil.example)');
    expect(product.slack.snapshot().messages.flatMap((one) => one.mentions)).toEqual([]);
  });

  it('tells people who are not of the desk who may', async () => {
    await ravi.presses('Take', await alice.card('CASE-1003')).catch(() => undefined);
    await ravi.types('take CASE-1003');
    await ravi.sees('Only people of the desk can do this');
    const card = await alice.card('CASE-1003');
    expect(wordsOn(card)).not.toContain('In progress');
  });

  it('answers a press on a card from last week with what happened meanwhile', async () => {
    const card = await alice.card('CASE-1003');
    // Everything that would bring Alice's card up to date fails for now: she sees it as it was.
    product.slack.fault({ method: 'chat.update', times: 50, status: 500 });
    const bob = new SlackPerson(product, 'U0BOB');
    await bob.types('resolve CASE-1003 It was a joke');
    await bob.sees('CASE-1003 is resolved');
    product.push(4 * DAY_MS);
    await alice.presses('Take', card);
    const told = await alice.sees('closed CASE-1003');
    expect(told.ephemeral_to).toBe('U0ALICE');
    product.slack.clearFaults();
    await alice.types('show 999999999999');
    await alice.sees('There is no case CASE-999999999999');
  });

  it('stays up whatever is thrown at its doors', async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '{"a":1}',
      '{"type":5}',
      `{"type":"message","text":"${'x'.repeat(2000)}"}`,
      'payload=%E0%A4%A',
    ];
    for (const path of ['/slack/events', '/api/messages', '/healthz', '/metrics', '/nowhere', '/ui/act/slack']) {
      for (const body of bodies) {
        const answer = await fetch(product.url + path, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }
    }
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  });
});
