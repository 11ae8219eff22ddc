/** The board and the hand-over of all somebody has, as leads do it on both platforms. */
import { allDayDesk } from '../support/allDay';
import {
  eventually,
  LEADS,
  type Product,
  SlackPerson,
  startProduct,
  TeamsPerson,
  textOf,
  wordsIn,
  wordsOn,
} from '../support/product';

describe('A lead who looks after the desk', () => {
  let product: Product;
  let bob: SlackPerson;
  let lena: SlackPerson;
  let lenaInTeams: TeamsPerson;
  let carolInTeams: TeamsPerson;

  const ownedBy = async (name: string, ...refs: readonly string[]): Promise<void> => {
    for (const ref of refs) await lena.card(ref, name);
  };

  beforeAll(async () => {
    product = await startProduct({ DESK_CONFIG: allDayDesk() });
    bob = new SlackPerson(product, 'U0BOB');
    lena = new SlackPerson(product, 'U0LENA');
    lenaInTeams = new TeamsPerson(product, '29:1-lena-acme');
    carolInTeams = new TeamsPerson(product, '29:1-carol-acme');
    for (const [title, ref] of [
      ['The lift is stuck', 'CASE-1001'],
      ['The till prints <@U0LENA> & *stars*', 'CASE-1002'],
      ['The door is open', 'CASE-1003'],
    ] as const) {
      await bob.types(`new ${title}`);
      await bob.fills({ Priority: 'P2 Standard' });
      await bob.card(ref);
      await bob.types(`take ${ref}`);
      await bob.card(ref, 'Bob Brown');
    }
  });
  afterAll(() => product.stop());

  it('sees in Slack who has what, turns to one person, and back, in the same message', async () => {
    await lena.types('board', 'C0LEADS');
    const board = await lena.sees('L1 Frontline: 3 open', 'C0LEADS');
    expect(wordsOn(board)).toContain('load 3 of 5 · 3 open');
    expect(wordsOn(board)).toMatch(/Next:\s+CASE-1001/);
    expect(wordsOn(board)).not.toContain('<@U0LENA>');
    await lena.presses('All 3 cases', board);
    const bobs = await lena.sees('Bob Brown’s cases (3)', 'C0LEADS');
    expect(wordsOn(bobs)).toContain('The till prints');
    expect(lena.messages('L1 Frontline: 3 open', 'C0LEADS')).toEqual([]);
    await lena.presses('Back to the board', bobs);
    await lena.sees('L1 Frontline: 3 open', 'C0LEADS');
    expect(bob.messages('L1 Frontline: 3 open', 'C0LEADS')).toEqual([]);
  });

  it('reassigns one case from it in Slack; Refresh shows it', async () => {
    const board = await lena.sees('L1 Frontline: 3 open', 'C0LEADS');
    await lena.presses('Reassign CASE-1001', board);
    expect(wordsOn(await lena.form())).toContain('To whom');
    await lena.fills({ 'To whom': 'Alice Anderson' });
    await ownedBy('Alice Anderson', 'CASE-1001');
    await lena.presses('Refresh', board);
    expect(wordsOn(await lena.sees('All 2 cases', 'C0LEADS'))).toContain('Reassign CASE-1001');
  });

  it('hands all of Bob’s over in Teams after one look at what goes where; Carol hears of it once, and Bob', async () => {
    await lenaInTeams.says('case board', LEADS, { mentionBot: true });
    const board = await lenaInTeams.sees('L1 Frontline: 3 open', LEADS);
    expect(textOf(board)).toContain('load 2 of 5');
    await lenaInTeams.presses('All 2 cases', board);
    const mine = await eventually(product, 'the next page in its place', () =>
      product.teams
        .snapshot()
        .messages.find(({ id }) => id === board.id)
        ?.views.find(({ user }) => user === lenaInTeams.id),
    );
    expect(wordsIn(mine.card)).toContain('Bob Brown’s cases (2)');
    await lenaInTeams.says('case board bob', LEADS, { mentionBot: true });
    await lenaInTeams.presses('Hand over all', await lenaInTeams.sees('Bob Brown’s cases (2)', LEADS));
    await lenaInTeams.fills('See who gets what', { whom: 'carol', second: 'zoe' });
    expect(lenaInTeams.dialogWords()).toContain('That is nobody of the desk');
    await lenaInTeams.fills('See who gets what', { whom: 'carol', second: '__none' });
    expect(lenaInTeams.dialogWords()).toContain('Carol Chen gets 2 cases');
    await ownedBy('Bob Brown', 'CASE-1002', 'CASE-1003');
    await lenaInTeams.fills('Hand over 2 cases', {});
    await ownedBy('Carol Chen', 'CASE-1002', 'CASE-1003');
    expect(lenaInTeams.dialogWords()).toContain('2 cases of Bob Brown’s are with others now');
    const heard = (): readonly string[] => [
      ...new SlackPerson(product, 'U0CAROL').messages('Lena Lead handed you 2 cases of Bob Brown’s').map(wordsOn),
      ...carolInTeams.messages('Lena Lead handed you 2 cases of Bob Brown’s').map(textOf),
    ];
    const [word, ...more] = await eventually(product, 'Carol hears of both', () =>
      heard().length > 0 ? heard() : null,
    );
    expect(more).toEqual([]);
    for (const ref of ['CASE-1002', 'CASE-1003']) expect(word).toContain(ref);
    await bob.sees('Lena Lead handed over 2 cases of yours');
    expect(bob.messages('Lena Lead handed over 2 cases of yours')).toHaveLength(1);
    // He reported them as well, and would be told of each who is on it now.
    expect(bob.messages('Alice Anderson is on it now')).toHaveLength(1);
    expect(bob.messages('Carol Chen is on it now')).toEqual([]);
  });

  it('hands them back in Slack by a line that names both, after a window that says what goes where', async () => {
    await lena.types('handall @carol to @bob', 'C0LEADS');
    expect(wordsOn(await lena.form())).toContain('Carol Chen owns 2 cases that are not done');
    expect(await lena.fills({})).toMatchObject({ errors: [] });
    const plan = await lena.form();
    expect(wordsOn(plan)).toContain('Bob Brown gets 2 cases');
    await lena.fills({});
    await ownedBy('Bob Brown', 'CASE-1002', 'CASE-1003');
    expect(wordsOn(await lena.sees('2 cases of Carol Chen’s are with others now'))).toMatch(
      /Bob Brown\s+: CASE-1002 and CASE-1003/,
    );
    await bob.sees('Lena Lead handed you 2 cases of Carol Chen’s');
  });
});
