import type { SlackFault } from '../../adapters/sandbox/slack/faults';
import { HOUR_MS, SECOND_MS } from '../../src/domain/ids';
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

/** A row of the metrics, as Prometheus would read it. */
async function metric(product: Product, name: string): Promise<number> {
  const text = await (await fetch(`${product.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  if (line === undefined) throw new Error(`no ${name} among the metrics`);
  return Number(line.slice(name.length + 1));
}

/** Lets the desk's time run until nothing waits or is on its way; each answer is awaited, none is slept for. */
async function allSaid(product: Product): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const left = await Promise.all(
      ['pending', 'sending'].map((state) => metric(product, `baton_outbox_rows{state="${state}"}`)),
    );
    if (left.every((count) => count === 0)) return;
    product.push(SECOND_MS);
  }
  throw new Error('something is left to be said');
}

describe('Slack fails after it has done what was asked', () => {
  let product: Product;
  let alice: SlackPerson;
  let ravi: SlackPerson;
  beforeEach(async () => {
    product = await startProduct();
    alice = new SlackPerson(product, 'U0ALICE');
    ravi = new SlackPerson(product, 'U0RAVI');
  });
  afterEach(() => product.stop());

  /** The mark of every posting that stands somewhere. */
  const marks = (): string[] =>
    product.slack.snapshot().messages.flatMap(({ metadata }) => {
      const payload = (metadata as { event_payload?: { posting?: string } } | undefined)?.event_payload;
      return payload?.posting === undefined ? [] : [payload.posting];
    });
  const ways: readonly (readonly [string, Partial<SlackFault>])[] = [
    ['cuts the connection', { drop: 'after' }],
    ['answers 500', { status: 500, effect: true }],
  ];
  it.each(ways)('%s: every message stands there once', async (_, way) => {
    const places = ['C0TRIAGE', 'C0SUPPORT', 'C0LEADS'];
    for (const channel of places) product.slack.fault({ method: 'chat.postMessage', where: { channel }, ...way });
    const ts = await ravi.says('The lift is stuck', 'C0SUPPORT');
    await alice.reacts('ticket', { channel: 'C0SUPPORT', ts });
    await alice.card('CASE-1001', 'The lift is stuck');
    await ravi.sees('is open: The lift is stuck', 'C0SUPPORT');
    product.slack.fault({ method: 'chat.postMessage', where: { channel: 'C0SUPPORT' }, ...way });
    await alice.types('take CASE-1001');
    await alice.types('p1 CASE-1001');
    await alice.types('reply CASE-1001 Somebody is on the way');
    await eventually(product, 'the reply', () => ravi.messages('Somebody is on the way', 'C0SUPPORT').length > 0);
    product.push(3.5 * HOUR_MS);
    await eventually(product, 'the warning', () => alice.messages('CASE-1001', 'C0LEADS').length > 0);
    await allSaid(product);
    const failed = product.slack.calls.filter(
      (call) => call.kind === 'call' && call.method === 'chat.postMessage' && call.status !== 200,
    );
    expect(failed).toHaveLength(4);
    const postings = marks();
    expect(postings.length).toBeGreaterThanOrEqual(6);
    expect(new Set(postings).size).toBe(postings.length);
    expect(await metric(product, 'baton_outbox_rows{state="ambiguous"}')).toBe(0);
    expect(await metric(product, 'baton_outbox_rows{state="dead"}')).toBe(0);
  });

  it('answers later than anybody waits: the card stands there once, and is kept up to date', async () => {
    product.slack.fault({ method: 'chat.postMessage', where: { channel: 'C0TRIAGE' }, delayMs: 11_000 });
    await alice.types('new Slow answer');
    await alice.fills({ Title: 'Slow answer' });
    await alice.card('CASE-1001', 'Slow answer');
    await alice.types('p1 CASE-1001');
    const isUpToDate = () => alice.messages('P1 Urgent', 'C0TRIAGE').length > 0;
    await eventually(product, 'the card with its priority', isUpToDate, 25_000);
    await allSaid(product);
    expect(alice.messages('Slow answer', 'C0TRIAGE')).toHaveLength(1);
    expect(new Set(marks()).size).toBe(marks().length);
  });
});

describe('Teams fails after it has done what was asked', () => {
  let product: Product;
  let alice: TeamsPerson;
  let ravi: TeamsPerson;
  beforeAll(async () => {
    product = await startProduct();
    [alice, ravi] = ['alice', 'ravi'].map((key) => new TeamsPerson(product, `29:1-${key}-acme`)) as [
      TeamsPerson,
      TeamsPerson,
    ];
  });
  afterAll(() => product.stop());
  const replies = (): number => ravi.messages('We have restarted it', SUPPORT).filter((one) => one.fromBot).length;
  const private_ = (words: string) =>
    eventually(product, `Alice is asked: ${words}`, () =>
      alice.messages(words).find((one) => one.conversation.startsWith('a:')),
    );

  it('asks the owner about a reply, and sends it again only when they say so', async () => {
    const said = await ravi.says('Mail does not arrive', SUPPORT);
    const message = await eventually(product, 'the message', () => ravi.messages('Mail does not arrive').at(-1));
    await alice.opensExtension('openCase', message);
    await alice.fills('Open case', { title: 'Mail does not arrive', description: 'Since nine' });
    await alice.presses('Take', await alice.card('CASE-1001'));
    await alice.card('CASE-1001', 'Alice Anderson');
    await ravi.sees('is on it', SUPPORT);
    await allSaid(product);
    product.teams.fault({ verb: 'POST', path: said, times: 1, drop: 'after' });
    await new SlackPerson(product, 'U0ALICE').types('reply CASE-1001 We have restarted it');
    await ravi.sees('We have restarted it', SUPPORT);
    product.push(5 * SECOND_MS);
    const question = await private_('Did this reach the client of CASE-1001?');
    expect(textOf(question)).toContain('We have restarted it');
    expect(await metric(product, 'baton_outbox_rows{state="ambiguous"}')).toBe(1);
    const before = replies();
    product.push(HOUR_MS / 2);
    await allSaid(product);
    expect(replies()).toBe(before);
    await alice.presses('Send again', question);
    await private_('Alice Anderson sent it again');
    await eventually(product, 'the reply once more', () => replies() > before);
    expect(await metric(product, 'baton_outbox_rows{state="ambiguous"}')).toBe(0);
  });

  it('shows leads what was given up with `case ops`, on both platforms, and others not', async () => {
    const lena = new SlackPerson(product, 'U0LENA');
    product.slack.fault({ method: 'chat.postMessage', error: 'is_archived', where: { channel: 'C0TRIAGE' } });
    await new SlackPerson(product, 'U0ALICE').types('new Lost in the archive');
    await new SlackPerson(product, 'U0ALICE').fills({ Title: 'Lost in the archive' });
    await alice.card('CASE-1002', 'Lost in the archive');
    await allSaid(product);
    await alice.says('case ops', 'a:10000000000000000000000000000a11c');
    await alice.sees('leads and admins');
    const inTeams = new TeamsPerson(product, '29:1-lena-acme');
    await inTeams.says('case ops', 'a:100000000000000000000000000001ea0');
    expect(textOf(await inTeams.sees('Given up'))).toContain('Send again');
    await lena.types('ops');
    const shown = await lena.sees('Given up');
    expect(wordsOn(shown)).toContain('the card of CASE-1002');
    expect(wordsOn(shown)).toContain('The channel is archived.');
    await lena.presses('Send again', shown);
    await lena.card('CASE-1002', 'Lost in the archive');
    await lena.types('ops');
    await lena.sees('All is well');
  });
});
