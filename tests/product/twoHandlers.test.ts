import { SECOND_MS } from '../../src/domain/ids';
import {
  eventually,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  textOf,
  wordsOn,
} from '../support/product';

/** Teams draws a sentence in pieces; people read it as one. */
const asOne = (words: string): string => words.replaceAll('\n', '');

describe('Two people on one case, one in Slack and one in Teams', () => {
  let product: Product;
  let bob: SlackPerson;
  let alice: TeamsPerson;

  beforeAll(async () => {
    product = await startProduct();
    bob = new SlackPerson(product, 'U0BOB');
    alice = new TeamsPerson(product, '29:1-alice-acme');
    await alice.says('case new Labels do not print', SUPPORT, { mentionBot: true });
    await alice.card('CASE-1001');
  });
  afterAll(() => product?.stop());

  it('see on both cards that the other is writing, and above the form that they open', async () => {
    await bob.types('reply CASE-1001');
    await bob.card('CASE-1001', 'Bob Brown is writing a reply');
    const card = await alice.card('CASE-1001', ' is writing a reply');
    expect(asOne(textOf(card))).toContain('Bob Brown is writing a reply; the form was opened');
    product.push(40 * SECOND_MS);
    await alice.presses('Resolve', card);
    expect(asOne(alice.dialogWords())).toMatch(/Bob Brown has had the reply form open for 4\d s\./u);
    await alice.card('CASE-1001', ' is writing how it was solved');
  });

  it('no longer do once it is sent, and what was written meanwhile is shown before theirs goes out', async () => {
    await bob.fills({ Reply: 'Switch it off and on again' });
    await eventually(product, 'a card on which Alice alone is writing', () =>
      product.teams
        .snapshot()
        .messages.map(textOf)
        .map(asOne)
        .some((words) => words.includes('Alice Anderson is writing') && !words.includes('Bob Brown is writing')),
    );
    await alice.fills('Resolve', { text: 'It prints again' });
    expect(asOne(alice.dialogWords())).toContain('CASE-1001 has moved on while you were writing');
    expect(asOne(alice.dialogWords())).toContain('Switch it off and on again');
    await alice.fills('Apply anyway', { text: 'It prints again' });
    const done = await bob.card('CASE-1001', 'Resolved', 'It prints again');
    expect(wordsOn(done)).not.toContain('is writing');
  });
});
