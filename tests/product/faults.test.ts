import { SECOND_MS } from '../../src/domain/ids';
import {
  eventually,
  type Product,
  SlackPerson,
  startProduct,
  TeamsPerson,
  TRIAGE,
  textOf,
  wordsOn,
} from '../support/product';

describe('What goes wrong between Baton and the platforms', () => {
  let product: Product;
  let alice: SlackPerson;
  beforeAll(async () => {
    product = await startProduct();
    alice = new SlackPerson(product, 'U0ALICE');
  });
  afterAll(() => product.stop());
  afterEach(() => {
    product.slack.clearFaults();
    product.teams.clearFaults();
  });

  const cards = (ref: string) =>
    product.slack.snapshot().messages.filter((one) => one.channel === 'C0TRIAGE' && wordsOn(one).includes(`${ref} · `));
  const open = async (title: string, by = alice): Promise<void> => {
    await by.types(`new ${title}`);
    await by.fills({ Title: title });
  };

  it('posts one card although Slack failed after the effect', async () => {
    product.slack.fault({ method: 'chat.postMessage', times: 1, drop: 'after', where: { channel: 'C0TRIAGE' } });
    await open('Lost answer');
    await alice.card('CASE-1001', 'Lost answer');
    await alice.types('p1 CASE-1001');
    product.push(30 * SECOND_MS);
    await alice.card('CASE-1001', 'P1 Urgent');
    expect(cards('CASE-1001')).toHaveLength(1);
  });

  it('posts one card although Slack answered 500 after the effect', async () => {
    const where = { channel: 'C0TRIAGE' };
    product.slack.fault({ method: 'chat.postMessage', times: 1, status: 500, effect: true, where });
    await open('Answered 500');
    await alice.types('p2 CASE-1002');
    product.push(30 * SECOND_MS);
    await alice.card('CASE-1002', 'P2 Standard');
    expect(cards('CASE-1002')).toHaveLength(1);
  });

  it('posts the card after all when it is not found twice', async () => {
    const failed = () =>
      product.slack.calls.some(
        (call) => call.kind === 'call' && call.status === 500 && JSON.stringify(call.args).includes('Never arrived'),
      );
    product.slack.fault({ method: 'chat.postMessage', times: 1, status: 500, where: { channel: 'C0TRIAGE' } });
    await open('Never arrived');
    await eventually(product, 'the failure', failed);
    await fetch(`${product.url}/readyz`);
    const looks = () =>
      product.slack.calls.filter((call) => call.kind === 'call' && call.method === 'conversations.history').length;
    const before = looks();
    product.push(5 * SECOND_MS);
    await eventually(product, 'the first look', () => looks() > before);
    await fetch(`${product.url}/readyz`);
    expect(cards('CASE-1003')).toHaveLength(0);
    product.push(11 * SECOND_MS);
    await alice.card('CASE-1003', 'Never arrived');
    expect(cards('CASE-1003')).toHaveLength(1);
  });

  it('lets one slow channel wait and no other', async () => {
    product.slack.fault({
      method: 'chat.postMessage',
      times: 1,
      status: 429,
      retryAfter: 3600,
      where: { channel: 'C0TRIAGE' },
    });
    await open('Slow channel', new SlackPerson(product, 'U0CAROL'));
    const teams = new TeamsPerson(product, '29:1-alice-acme');
    await teams.card('CASE-1004', 'Slow channel');
    const bob = await eventually(product, 'Bob or Alice is told in private', () =>
      product.slack
        .snapshot()
        .messages.find((one) => one.channel.startsWith('D') && wordsOn(one).includes('CASE-1004')),
    );
    expect(bob).toBeDefined();
    await eventually(product, 'the 429', () =>
      product.slack.calls.some((call) => call.kind === 'call' && call.status === 429),
    );
    // A round trip to the product: by then it has read the 429, so that the clock moves after it and not before.
    await fetch(`${product.url}/readyz`);
    expect(cards('CASE-1004')).toHaveLength(0);
    product.push(3601 * SECOND_MS);
    await alice.card('CASE-1004', 'Slow channel');
  });

  it('posts the card anew when somebody deleted it', async () => {
    await open('Deleted card');
    const card = await alice.card('CASE-1005');
    await product.slack.act({ act: 'deleteMessage', user: 'U0LENA', channel: card.channel, ts: card.ts });
    await alice.types('p3 CASE-1005');
    await alice.card('CASE-1005', 'P3 Low');
  });

  it('shows one card in Teams although the Connector was slow, busy, or told it to wait', async () => {
    product.teams.fault({ verb: 'POST', path: /conversations/, times: 1, status: 429, retryAfter: 1 });
    await open('Busy Connector');
    product.push(60 * SECOND_MS);
    const teams = new TeamsPerson(product, '29:1-alice-acme');
    await teams.card('CASE-1006', 'Busy Connector');
    const shown = product.teams
      .snapshot()
      .messages.filter((one) => one.conversation === TRIAGE && textOf(one).includes('CASE-1006 · '));
    expect(shown).toHaveLength(1);
  });

  it('has the effect of an event once, however often and under whatever id it comes', async () => {
    const ravi = new SlackPerson(product, 'U0RAVI');
    const ts = await ravi.says('The gate does not open', 'C0SUPPORT');
    await alice.reacts('ticket', { channel: 'C0SUPPORT', ts });
    await ravi.sees('is open: The gate does not open', 'C0SUPPORT');
    const [event] = product.slack.eventIds('reaction_added').slice(-1);
    for (let again = 0; again < 11; again += 1) await product.slack.redeliver(event ?? '');
    await product.slack.settled();
    expect(
      product.slack.snapshot().messages.filter((one) => wordsOn(one).includes('is open: The gate does not open')),
    ).toHaveLength(1);
  });
});
