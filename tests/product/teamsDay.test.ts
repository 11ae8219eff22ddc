import { MINUTE_MS } from '../../src/domain/ids';
import {
  eventually,
  LEADS,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  TRIAGE,
  textOf,
} from '../support/product';

describe('A day of a desk in Teams', () => {
  let product: Product;
  let alice: TeamsPerson;
  let bob: TeamsPerson;
  let carol: TeamsPerson;
  let lena: TeamsPerson;
  let ravi: TeamsPerson;

  beforeAll(async () => {
    product = await startProduct();
    [alice, bob, carol, lena, ravi] = ['alice', 'bob', 'carol', 'lena', 'ravi'].map(
      (key) => new TeamsPerson(product, `29:1-${key}-acme`),
    ) as [TeamsPerson, TeamsPerson, TeamsPerson, TeamsPerson, TeamsPerson];
  });
  afterAll(() => product.stop());

  it('opens a case by @Baton in a channel, at once, and tells only the writer', async () => {
    await alice.says('case new Labels do not print', SUPPORT, { mentionBot: true });
    const told = await alice.sees('CASE-1001 is open: Labels do not print', SUPPORT);
    expect(told.targetedTo).toBe(alice.id);
    await alice.card('CASE-1001', 'New', 'Not triaged yet', 'First response');
  });

  it('opens a case from a message by its menu, with the message as the source', async () => {
    const message = await ravi.sees('cannot print shipping labels', SUPPORT);
    await alice.opensExtension('openCase', message);
    expect(alice.dialogWords()).toContain('What happened');
    await alice.fills('Open case', { title: 'Tailspin cannot print', description: 'The warehouse stands still' });
    await alice.card('CASE-1002', 'Tailspin cannot print', 'Reported by');
    const confirmation = await ravi.sees('is open: Tailspin cannot print', SUPPORT);
    expect(confirmation.rootId).toBe(message.id);
  });

  it('triages by a reaction on the card, swaps in one activity, and falls back', async () => {
    await bob.reacts('1f7e0_orangecircle', await bob.card('CASE-1002'));
    const p2 = await bob.card('CASE-1002', 'P2 Standard', 'Triaged');
    await bob.swaps('1f7e0_orangecircle', '1f534_largeredcircle', p2);
    const p1 = await bob.card('CASE-1002', 'P1 Urgent');
    await bob.unreacts('1f534_largeredcircle', p1);
    await bob.card('CASE-1002', 'Not triaged yet', 'New');
    await bob.reacts('1f534_largeredcircle', p1);
    await bob.card('CASE-1002', 'P1 Urgent');
  });

  it('warns in the leads’ channel and the owner in private', async () => {
    await alice.presses('Take', await alice.card('CASE-1002'));
    await alice.card('CASE-1002', 'In progress', 'Alice Anderson');
    product.push(190 * MINUTE_MS);
    const warning = await lena.sees('Resolution at risk · CASE-1002', LEADS);
    expect(textOf(warning)).toContain('Alice Anderson');
    const own = await eventually(product, 'a private warning for Alice', () =>
      alice.messages('Resolution of CASE-1002 is at risk').find((one) => one.conversation.startsWith('a:')),
    );
    expect(own.fromBot).toBe(true);
  });

  it('keeps the hand-over form open with what was typed until all three are said', async () => {
    await alice.presses('Escalate', await alice.card('CASE-1002'));
    const missing = await alice.fills('Hand over', { tried: 'Reinstalled the driver' });
    expect(missing.dialog).toBe(true);
    expect(alice.dialogWords()).toContain('Reinstalled the driver');
    const sent = await alice.fills('Hand over', {
      tried: 'Reinstalled the driver',
      needed: 'Look at the queue',
      told: 'Back by noon',
    });
    expect(sent.dialog).toBe(false);
    const offered = await carol.sees('Hand-over CASE-1002', TRIAGE);
    expect(textOf(offered)).toContain('Look at the queue');
    const refused = await bob.presses('Accept', offered);
    expect(refused.message ?? textOf(await bob.sees('only they and the leads'))).toContain('only they and the leads');
    await carol.presses('Accept', offered);
    await carol.card('CASE-1002', 'Carol Chen');
    await alice.sees('Carol Chen accepted CASE-1002');
    await ravi.sees('Carol Chen has taken over', SUPPORT);
  });

  it('waits, resumes at the reporter’s word, resolves and reopens', async () => {
    await carol.presses('Waiting on client', await carol.card('CASE-1002', 'Carol Chen'));
    await carol.card('CASE-1002', 'Awaiting client');
    const source = await ravi.sees('cannot print shipping labels', SUPPORT);
    await ravi.says('The queue is empty again', SUPPORT, { thread: source.id });
    await carol.card('CASE-1002', 'In progress');
    await carol.presses('Resolve', await carol.card('CASE-1002', 'In progress'));
    await carol.fills('Resolve', { text: 'Cleared the print queue' });
    await ravi.sees('Cleared the print queue', SUPPORT);
    await carol.presses('Reopen', await carol.card('CASE-1002', 'Resolved'));
    await carol.card('CASE-1002', 'In progress');
  });

  it('understands a case’s own thread without a reference, and explains the time', async () => {
    const source = await ravi.sees('cannot print shipping labels', SUPPORT);
    await carol.says('case why', SUPPORT, { thread: source.id, mentionBot: true });
    const why = await carol.sees('Where the time of CASE-1002 went');
    expect(textOf(why)).toMatch(/used \d.* of 4 h 00 min, .* left/);
  });

  it('offers a case to whoever writes in an intake channel, and nothing exists before the click', async () => {
    await ravi.says('Our portal shows yesterday’s prices', SUPPORT);
    const offer = await ravi.sees('Shall the desk look after this?');
    expect(product.teams.snapshot().messages.some((one) => textOf(one).includes('CASE-1003'))).toBe(false);
    await ravi.presses('Open a case', offer);
    await alice.card('CASE-1003', 'Our portal shows yesterday’s prices');
  });

  it('says in words what Teams does not tell it', async () => {
    await ravi.says('help', 'a:100000000000000000000000000005a51');
    await ravi.sees('Baton’s own cards only');
  });
});

describe('One case on both platforms', () => {
  it('shows its card on both, and a press on one side reaches the other', async () => {
    const product = await startProduct();
    try {
      const inSlack = new SlackPerson(product, 'U0ALICE');
      const inTeams = new TeamsPerson(product, '29:1-carol-acme');
      await inTeams.says('case new Keys do not rotate', SUPPORT, { mentionBot: true });
      const card = await inSlack.card('CASE-1001', 'Keys do not rotate');
      await inSlack.reacts('red_circle', card);
      await inTeams.card('CASE-1001', 'P1 Urgent');
      await inTeams.presses('Take', await inTeams.card('CASE-1001', 'P1 Urgent'));
      await inSlack.card('CASE-1001', 'Carol Chen', 'In progress');
    } finally {
      await product.stop();
    }
  });
});
