import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import {
  elementNames,
  eventually,
  LEADS,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  textOf,
  wordsOn,
} from '../support/product';

describe('Warnings and promises in Slack', () => {
  let product: Product;
  let alice: SlackPerson;
  let lena: SlackPerson;
  let ravi: SlackPerson;
  let source: { channel: string; ts: string };

  beforeAll(async () => {
    product = await startProduct();
    [alice, lena, ravi] = ['U0ALICE', 'U0LENA', 'U0RAVI'].map((id) => new SlackPerson(product, id)) as [
      SlackPerson,
      SlackPerson,
      SlackPerson,
    ];
    source = { channel: 'C0SUPPORT', ts: await ravi.says('Nobody at Contoso can log in', 'C0SUPPORT') };
    await alice.reacts('ticket', source);
    await alice.card('CASE-1001', 'Not triaged yet');
    await alice.types('p1 CASE-1001');
    await alice.types('take CASE-1001');
    await alice.card('CASE-1001', 'P1 Urgent', 'Alice Anderson');
  });
  afterAll(() => product.stop());

  const leads = (words: string) => lena.messages(words, 'C0LEADS');

  it('a warning is a card that says what, whose and how long, with buttons', async () => {
    product.push(181 * MINUTE_MS);
    const card = await lena.sees('Resolution at risk · CASE-1001', 'C0LEADS');
    for (const words of ['Alice Anderson', '75 %', 'P1 Urgent', 'left as of']) expect(wordsOn(card)).toContain(words);
    expect(elementNames(card)).toEqual(
      expect.arrayContaining(['Take', 'Reassign', 'Nudge owner', 'Escalate', 'Details']),
    );
  });

  it('nudges the owner in private, and tells the lead; a second nudge is refused kindly', async () => {
    const card = await lena.sees('Resolution at risk · CASE-1001', 'C0LEADS');
    await lena.presses('Nudge owner', card);
    expect((await lena.sees('Alice Anderson has been nudged about CASE-1001')).ephemeral_to).toBe('U0LENA');
    await alice.sees('Lena Lead asks you to look at CASE-1001');
    await lena.presses('Nudge owner', card);
    await lena.sees('Give them ten minutes');
  });

  it('is the same card when the clock is breached, with a word under it', async () => {
    const card = await lena.sees('Resolution at risk · CASE-1001', 'C0LEADS');
    product.push(HOUR_MS);
    const word = await lena.sees('Resolution of CASE-1001 is breached now', 'C0LEADS');
    expect(word.thread_ts).toBe(card.ts);
    const breached = await lena.sees('Resolution breached · CASE-1001', 'C0LEADS');
    expect(breached.ts).toBe(card.ts);
    expect(leads('Resolution at risk · CASE-1001')).toEqual([]);
  });

  it('says on the same card when it is over', async () => {
    await alice.types('resolve CASE-1001 Renewed the certificate');
    const over = await lena.sees('Resolution was breached · CASE-1001', 'C0LEADS');
    expect(wordsOn(over)).toContain('The breach stays on the record');
    expect(leads('Resolution was breached · CASE-1001')).toHaveLength(1);
  });

  it('offers a promise to whoever gave their word, keeps it in sight, warns of it and sees it kept', async () => {
    const mine = { channel: 'C0SUPPORT', ts: await ravi.says('The lift is stuck at Contoso', 'C0SUPPORT') };
    await alice.reacts('ticket', mine);
    await alice.card('CASE-1002', 'The lift is stuck');
    await alice.says('I’ll get back to you in two hours', 'C0SUPPORT', mine.ts);
    const offer = await alice.sees('Make it a promise', 'C0SUPPORT');
    expect(offer.ephemeral_to).toBe('U0ALICE');
    await alice.presses('Make it a promise', offer);
    await alice.card('CASE-1002', 'Promise', 'I’ll get back to you in two hours');
    product.push(100 * MINUTE_MS);
    await lena.sees('Promise to the client at risk · CASE-1002', 'C0LEADS');
    await alice.says('An engineer is on the way', 'C0SUPPORT', mine.ts);
    await alice.card('CASE-1002', '1 kept');
    await lena.sees('Promise to the client was at risk · CASE-1002', 'C0LEADS');
  });
});

describe('Warnings and promises in Teams', () => {
  let product: Product;
  let alice: TeamsPerson;
  let lena: TeamsPerson;
  let ravi: TeamsPerson;
  let lenaInSlack: SlackPerson;

  beforeAll(async () => {
    product = await startProduct();
    [alice, lena, ravi] = ['alice', 'lena', 'ravi'].map((key) => new TeamsPerson(product, `29:1-${key}-acme`)) as [
      TeamsPerson,
      TeamsPerson,
      TeamsPerson,
    ];
    lenaInSlack = new SlackPerson(product, 'U0LENA');
    const message = await ravi.sees('cannot print shipping labels', SUPPORT);
    await alice.opensExtension('openCase', message);
    await alice.fills('Open case', { title: 'Tailspin cannot print', description: 'The warehouse stands still' });
    await alice.reacts('1f534_largeredcircle', await alice.card('CASE-1001'));
    await alice.presses('Take', await alice.card('CASE-1001', 'P1 Urgent'));
    await alice.card('CASE-1001', 'In progress', 'Alice Anderson');
  });
  afterAll(() => product.stop());

  it('warns by a card with buttons, nudges, and is the same card at the breach and when it is over', async () => {
    product.push(181 * MINUTE_MS);
    const card = await lena.sees('Resolution at risk · CASE-1001', LEADS);
    for (const words of ['Alice Anderson', '75 %', 'left as of', 'Reassign', 'Escalate'])
      expect(textOf(card)).toContain(words);
    const answer = await lena.presses('Nudge owner', card);
    expect(answer.message ?? textOf(await lena.sees('has been nudged'))).toContain('Alice Anderson has been nudged');
    await alice.sees('Lena Lead asks you to look at CASE-1001');
    product.push(HOUR_MS);
    const word = await lena.sees('Resolution of CASE-1001 is breached now', LEADS);
    expect(word.rootId).toBe(card.id);
    const breached = await lena.sees('Resolution breached · CASE-1001', LEADS);
    expect(breached.id).toBe(card.id);
    await alice.presses('Resolve', await alice.card('CASE-1001', 'Alice Anderson'));
    await alice.fills('Resolve', { text: 'Cleared the queue' });
    const over = await lena.sees('Resolution was breached · CASE-1001', LEADS);
    expect(over.id).toBe(card.id);
    expect(textOf(over)).toContain('The breach stays on the record');
    await lenaInSlack.sees('Resolution was breached · CASE-1001', 'C0LEADS');
  });

  it('offers a promise beside the words, and its card says how it stands', async () => {
    await alice.presses('Reopen', await alice.card('CASE-1001', 'Resolved'));
    await alice.card('CASE-1001', 'In progress');
    const source = await ravi.sees('cannot print shipping labels', SUPPORT);
    await alice.says('We will call you in two hours', SUPPORT, { thread: source.id });
    const offer = await alice.sees('Make it a promise', SUPPORT);
    expect(offer.targetedTo).toBe(alice.id);
    await alice.presses('Make it a promise', offer);
    await alice.card('CASE-1001', 'Promise', 'We will call you in two hours');
    product.push(2 * HOUR_MS + MINUTE_MS);
    await lena.sees('Promise to the client breached · CASE-1001', LEADS);
    await alice.says('Here I am, late', SUPPORT, { thread: source.id });
    await alice.card('CASE-1001', '1 broken');
  });
});

it('a storm is one list on each platform, and shrinks as cases are taken', async () => {
  const product = await startProduct();
  try {
    const alice = new TeamsPerson(product, '29:1-alice-acme');
    const lena = new TeamsPerson(product, '29:1-lena-acme');
    const lenaInSlack = new SlackPerson(product, 'U0LENA');
    for (let number = 1001; number <= 1007; number += 1) {
      await alice.says(`case new Printer ${number} is on fire`, SUPPORT, { mentionBot: true });
      await alice.sees(`CASE-${number} is open`, SUPPORT);
      await alice.says(`case p1 CASE-${number}`, SUPPORT, { mentionBot: true });
      await alice.card(`CASE-${number}`, 'P1 Urgent');
    }
    product.push(50 * MINUTE_MS);
    const list = await lena.sees('7 cases at risk', LEADS);
    await lenaInSlack.sees('7 cases at risk', 'C0LEADS');
    expect(product.teams.snapshot().messages.filter((one) => one.conversation === LEADS && one.fromBot)).toHaveLength(
      1,
    );
    expect(lenaInSlack.messages('at risk', 'C0LEADS')).toHaveLength(1);
    await alice.says('case take CASE-1004', SUPPORT, { mentionBot: true });
    const now = await eventually(product, 'the list without CASE-1004', () =>
      lena.messages('6 cases at risk', LEADS).at(-1),
    );
    expect(now.id).toBe(list.id);
    expect(textOf(now)).toContain('Over: met by Alice Anderson');
  } finally {
    await product.stop();
  }
});
