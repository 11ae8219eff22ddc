import { DAY_MS, HOUR_MS } from '../../src/domain/ids';
import {
  elementNames,
  eventually,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  wordsOn,
} from '../support/product';

describe('Where the time of a case went', () => {
  let product: Product;
  let lena: SlackPerson;
  let carol: TeamsPerson;
  beforeAll(async () => {
    product = await startProduct();
    lena = new SlackPerson(product, 'U0LENA');
    carol = new TeamsPerson(product, '29:1-carol-acme');
    await lena.types('new Keys do not rotate');
    await lena.fills({ 'What happened': 'Since Monday' });
    await lena.card('CASE-1001');
    await lena.types('p2 CASE-1001');
    await lena.card('CASE-1001', 'P2 Standard');
    product.push(3 * DAY_MS + HOUR_MS);
  });
  afterAll(() => product.stop());

  it('is told in short, as a whole and as CSV in Slack, each in the place of the other', async () => {
    await lena.types('why CASE-1001');
    const short = await lena.sees('Where the time of CASE-1001 went', 'C0SUPPORT');
    expect(short.ephemeral_to).toBe('U0LENA');
    expect(wordsOn(short)).toMatch(/used \d.* of .* left/);
    expect(elementNames(short)).toEqual(expect.arrayContaining(['Whole ledger', 'As CSV']));
    await lena.presses('Whole ledger', short);
    const whole = await lena.sees('The ledger of CASE-1001');
    expect(wordsOn(whole)).toContain('· open');
    await lena.presses('As CSV', whole);
    const csv = await lena.sees('case,clock,cycle,from,to,open minutes,what');
    expect(wordsOn(csv)).toMatch(/CASE-1001,Resolution,1,20\d\d-.*,open/);
    await lena.presses('Short', csv);
    await lena.sees('Where the time of CASE-1001 went');
  });

  it('is told by `why REF csv`, and a word it does not know is answered', async () => {
    await lena.types('why CASE-1001 all');
    await lena.sees('The ledger of CASE-1001');
    await lena.types('why CASE-1001 csv');
    await lena.sees('case,clock,cycle,from,to,open minutes,what');
    await lena.types('why CASE-1001 please');
    await lena.sees('does not know “please”');
  });

  it('is told in Teams, in private', async () => {
    await carol.says('case why CASE-1001', SUPPORT, { mentionBot: true });
    const short = await carol.sees('Where the time of CASE-1001 went');
    await carol.presses('Whole ledger', short);
    await eventually(product, 'the whole ledger in the place of the short answer', () =>
      product.teams
        .snapshot()
        .messages.flatMap((one) => one.views)
        .some(({ user, card }) => user === carol.id && /The ledger of CASE-1001.*· open/s.test(JSON.stringify(card))),
    );
    await carol.says('case why CASE-1001 csv', SUPPORT, { mentionBot: true });
    await carol.sees('case,clock,cycle,from,to,open minutes,what');
  });

  it('gives one case a target of its own, by leads', async () => {
    const alice = new SlackPerson(product, 'U0ALICE');
    await alice.types('target CASE-1001 resolution 40h');
    await alice.sees('That is for leads and admins');
    await lena.types('target CASE-1001');
    await lena.sees('Which clock, and how long?');
    await lena.types('target CASE-1001 resolution soon');
    await lena.sees('is not a length of time');
    await lena.types('target CASE-1001 resolution 40h');
    await lena.sees('Resolution of CASE-1001 is promised within 40 h 00 min now');
    await lena.types('why CASE-1001');
    await lena.sees('target changed: a target for this case, by Lena Lead; 40 h 00 min');
  });
});
