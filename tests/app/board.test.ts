/** The board and what is done from it, over the real engine, store and outbox. */
import { cardOf as slackCard } from '../../adapters/slack/cards';
import { modalOf } from '../../adapters/slack/forms';
import { cardOf as teamsCard } from '../../adapters/teams/cards';
import { carried, formCard } from '../../adapters/teams/forms';
import type { Form, View } from '../../src/app/view';
import type { Case, Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import {
  buttonOn,
  buttonsOn,
  calls,
  caseNow,
  type Floor,
  formIn,
  openCase,
  openFloor,
  shownTo,
  valuesOf,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { ada, alice, bob, carol, DESK, lena, OFFICE, ravi, SOURCE, vera } from '../support/given';

const OPEN: Desk = {
  ...DESK,
  people: DESK.people.map((one) => ({ ...one, ...(one.role === 'viewer' ? {} : { hours: OFFICE, maxOpen: 5 }) })),
};

let floor: Floor;
let places = 0;
afterEach(async () => {
  expect(floor.troubles).toEqual([]);
  await floor.close();
});
const start = async (desk: Desk = OPEN): Promise<void> => {
  floor = await openFloor(desk);
};
const another = (): Promise<Case> => {
  places += 1;
  return openCase(floor, ravi, { ...SOURCE, message: `9.${places}` });
};
const type = (party: Party, words: string) => floor.doors.line(words, calls(party));
const says = async (party: Party, words: string): Promise<string> => wordsIn(await type(party, words));
const viewOf = async (party: Party, words: string): Promise<View> => {
  const answer = await type(party, words);
  if (answer.kind !== 'said') throw new Error(`not said, but ${wordsIn(answer)}`);
  return answer.view;
};
const press = async (party: Party, view: View, label: string) => {
  const { verb, data } = buttonOn(view, label);
  return floor.doors.press(verb, data, calls(party));
};
/** `many` cases of Bob's, the last one a P1. */
const ofBob = async (many: number): Promise<readonly Case[]> => {
  const cases: Case[] = [];
  for (let one = 0; one < many; one += 1) {
    const it = await another();
    await type(lena, `${one === many - 1 ? 'p1' : 'p3'} ${it.ref}`);
    await type(bob, `take ${it.ref}`);
    cases.push(it);
  }
  await floor.settled();
  return cases;
};
const chooses = async (party: Party, form: Form, values: Readonly<Record<string, string>>): Promise<Form> =>
  formIn(await floor.doors.submit(form.verb, form.data, { ...valuesOf(form), ...values }, calls(party)));
const confirms = (party: Party, form: Form, key?: string) =>
  floor.doors.submit(form.verb, form.data, {}, calls(party, key === undefined ? {} : { key }));
const toldTo = (user: string, words: string): readonly string[] =>
  [...shownTo(floor.slack, user), ...shownTo(floor.teams, user)]
    .map(({ view }) => wordsOn(view))
    .filter((one) => one.includes(words));
const ownerNow = async (it: Case): Promise<string> => {
  const { holder } = await caseNow(floor, it);
  return holder.kind === 'nobody' ? 'nobody' : holder.person;
};
const introOf = ({ intro }: Form): string =>
  wordsOn({ summary: '', title: null, tone: 'plain', facts: [], sections: intro, buttons: [], footer: null });

describe('The board', () => {
  it('shows by level and person what is open, at risk and due next, who is there, and what they can hold', async () => {
    await start();
    const [first] = await ofBob(2);
    const untriaged = await another();
    const offer = formIn(await type(bob, `escalate ${first!.ref}`));
    await floor.doors.submit(
      'escalate',
      offer.data,
      { ...valuesOf(offer), tried: 'Water', needed: 'Sand', told: 'To wait' },
      calls(bob),
    );
    await type(carol, 'away until 15:00');
    await floor.passes(190 * MINUTE_MS);
    const board = wordsOn(await viewOf(lena, 'board'));
    expect(board).toContain('3 open · 1 not triaged · 2 at risk · 1 waiting for an answer to a hand-over.');
    expect(board).toContain('Waiting for triage (1)');
    expect(board).toContain(`${untriaged.ref} The printer is on fire ⚠️ at risk · Not triaged`);
    expect(board).toMatch(
      /L1 Frontline: 2 open, 1 at risk\nAlice Anderson on shift until Mon 23 Nov, 17:00 · load \d of 5/,
    );
    expect(board).toMatch(
      /Bob Brown on shift until Mon 23 Nov, 17:00 · load \d of 5 · 2 open · 1 at risk.* · Next: CASE-\d+ · 🔴 P1 Urgent · The printer is on fire · Resolution due/,
    );
    expect(board).toContain('Carol Chen away until Mon 23 Nov, 15:00');
    expect(board).toMatch(/L3 Management: 0 open, 1 hand-over waits for an answer\nLena Lead/);
    expect(board).toContain('Of no level: 0 open\nAda Admin');
    expect(board).not.toContain('Vera');
  });

  it('is for everybody of the desk to look at, has buttons for those who act, and hand-over of all for leads', async () => {
    await start();
    const [it] = await ofBob(1);
    const labels = async (party: Party): Promise<string> => wordsOn(await viewOf(party, 'board'));
    expect(await labels(lena)).toContain('[Hand over all]');
    expect(await labels(alice)).toContain(`[Reassign ${it!.ref}]`);
    expect(await labels(alice)).not.toContain('[Hand over all]');
    expect(await labels(vera)).toContain('Bob Brown');
    expect(await labels(vera)).not.toMatch(/\[(Reassign|Hand over)/);
    expect(await says(ravi, 'board')).toContain('Only people of the desk can do this');
    expect(await says(alice, 'handall @bob')).toContain('That is for leads and admins.');
    const pressed = await floor.doors.press('deal', { from: bob.id }, calls(alice));
    expect(wordsIn(pressed)).toBe('That is for leads and admins.');
    const sent = await floor.doors.submit('deal', { from: bob.id, deal: '1.x.y', moves: '1~alice~' }, {}, calls(alice));
    expect(sent).toEqual({ kind: 'errors', fields: { '': 'That is for leads and admins.' } });
  });

  it('is paged, refreshed in its place, and leads to one person’s cases and back', async () => {
    await start();
    await ofBob(10);
    const board = await viewOf(lena, 'board');
    const bobs = await press(lena, board, 'All 10 cases');
    if (bobs.kind !== 'said') throw new Error('no page');
    expect(wordsOn(bobs.view)).toContain('Bob Brown’s cases (10)');
    expect(buttonsOn(bobs.view).filter(({ label }) => label === 'Reassign')).toHaveLength(8);
    const next = await press(lena, bobs.view, 'Next');
    if (next.kind !== 'said') throw new Error('no page');
    expect(buttonsOn(next.view).filter(({ label }) => label === 'Reassign')).toHaveLength(2);
    expect(wordsIn(await press(lena, next.view, 'Previous'))).toContain('Bob Brown’s cases (10)');
    expect(wordsIn(await press(lena, next.view, 'Back to the board'))).toContain('The board');
    await type(alice, `take ${(await floor.store.list({ holder: bob.id, offset: 0, limit: 1 })).cases[0]!.ref}`);
    expect(wordsIn(await press(lena, bobs.view, 'Refresh'))).toContain('Bob Brown’s cases (9)');
    expect(await says(lena, 'board @bob')).toContain('Bob Brown’s cases (9)');
    expect(await says(lena, 'board nobody')).toContain('Nobody of the desk is called “nobody”');
  });

  it('links each case to its card on the reader’s own platform', async () => {
    await start();
    const [it] = await ofBob(1);
    const card = await floor.store.cardOf(it!.id, 'slack');
    const board = await viewOf(lena, 'board');
    expect(JSON.stringify(board)).toContain(JSON.stringify({ kind: 'place', place: card, label: it!.ref }));
  });

  it('fits into a message of Slack and a card of Teams with long titles and forty people', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...OPEN.people[0]!,
      id: `person-${index}` as typeof alice.id,
      name: `Somebody With A Rather Long Name ${index}`,
      accounts: {},
    }));
    const desk: Desk = {
      ...OPEN,
      people: [...OPEN.people, ...many],
      levels: OPEN.levels.map((level, index) => ({
        ...level,
        members: [...level.members, ...many.filter((_, place) => place % 3 === index).map(({ id }) => id)],
      })),
    };
    await start(desk);
    const long =
      'A title that was "dictated" in <a hurry> & wrote itself on and on, as such titles like to do, to the end of it';
    for (const one of many.slice(0, 30)) {
      places += 1;
      const it = await openCase(floor, ravi, { ...SOURCE, message: `9.${places}` }, long);
      await type(lena, `p2 ${it.ref}`);
      if (one.id !== 'person-0') await type(lena, `assign ${it.ref} ${one.id}`);
    }
    const pen = { account: () => null, address: () => 'https://acme.slack.test/archives/C0TRIAGE/p1700000000000000' };
    let view = await viewOf(lena, 'board');
    let pages = 1;
    for (; ; pages += 1) {
      const blocks = slackCard(view, pen).blocks;
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(JSON.stringify(blocks)).not.toContain('shortened');
      const card = JSON.stringify(teamsCard(view, () => null));
      expect(Buffer.byteLength(card)).toBeLessThan(26 * 1024);
      expect(card).not.toContain('no room here');
      if (!buttonsOn(view).some(({ label }) => label === 'Next')) break;
      const next = await press(lena, view, 'Next');
      if (next.kind !== 'said') throw new Error('no page');
      view = next.view;
    }
    expect(pages).toBe(Math.ceil((1 + 45) / 8));
  });

  it('stands on the Home of leads, and of nobody else', async () => {
    await start();
    await ofBob(1);
    const home = await floor.doors.home(calls(lena), {});
    expect(wordsOn(home)).toContain('Who has what');
    expect(wordsOn(home)).toContain('Bob Brown: on shift until Mon 23 Nov, 17:00 · load 1 of 5 · 1 open');
    expect(wordsIn(await press(lena, home, 'The board'))).toContain('L1 Frontline');
    expect(wordsOn(await floor.doors.home(calls(alice), {}))).not.toContain('Who has what');
  });

  it('offers whoever is there and has the least first when a case is reassigned', async () => {
    await start();
    const [it] = await ofBob(2);
    await type(alice, 'away 2h');
    const form = formIn(await press(lena, await viewOf(lena, 'board @bob'), 'Reassign'));
    const [field] = form.fields;
    const options = field?.kind === 'choice' ? field.options : [];
    expect(options.map(({ value }) => value)).toEqual(['carol', 'lena', 'ada', 'bob', 'alice']);
    expect(options[0]?.description).toBe('on shift · 0 of 5 · L2 Specialists');
    expect(options.at(-1)?.description).toBe('away until Mon 23 Nov, 12:00 · 0 of 5 · L1 Frontline');
    expect(it).toBeDefined();
  });
});

describe('All of somebody’s cases', () => {
  it('go by load after one confirmation, with one message to each receiver and one to whose they were', async () => {
    await start();
    const cases = await ofBob(4);
    const form = formIn(await press(lena, await viewOf(lena, 'board'), 'Hand over all'));
    expect(introOf(form)).toContain('Bob Brown owns 4 cases that are not done');
    const plan = await chooses(lena, form, { whom: 'by-load' });
    expect(introOf(plan)).toContain('Alice Anderson gets 4 cases');
    expect(introOf(plan)).toContain(`${cases[3]!.ref} · 🔴 P1 Urgent · The printer is on fire (on shift, 0 of 5)`);
    expect(plan.submit).toBe('Hand over 4 cases');
    expect(await ownerNow(cases[0]!)).toBe('bob');
    const done = wordsIn(await confirms(lena, plan));
    await floor.settled();
    expect(done).toContain('4 cases of Bob Brown’s are with others now');
    for (const it of cases) expect(await ownerNow(it)).toBe('alice');
    const [word, ...more] = toldTo('U0ALICE', 'handed you');
    expect(more).toEqual([]);
    expect(word).toContain('Lena Lead handed you 4 cases of Bob Brown’s');
    for (const it of cases) expect(word).toContain(it.ref);
    expect(toldTo('U0ALICE', 'assigned')).toEqual([]);
    expect(toldTo('U0BOB', 'handed over 4 cases of yours')).toHaveLength(1);
    expect(toldTo('U0BOB', 'which was yours')).toEqual([]);
    const journal = await floor.store.journalOf(cases[0]!.id);
    expect(journal.filter(({ event }) => event.type === 'CaseAssigned')).toMatchObject([
      { by: lena, event: { owner: 'alice', from: 'bob', why: expect.stringContaining('on shift') } },
    ]);
  });

  it('are shared by two who are chosen; each hears of their own', async () => {
    await start();
    await ofBob(4);
    const form = formIn(await type(lena, 'handall @bob to Alice'));
    expect(form.fields[0]?.value).toBe('alice');
    await confirms(lena, await chooses(lena, form, { second: 'carol' }));
    await floor.settled();
    expect(toldTo('U0ALICE', 'handed you 2 cases')).toHaveLength(1);
    expect(toldTo('teams-carol', 'handed you 2 cases')).toHaveLength(1);
  });

  it('change hands once, however often the confirmation comes in', async () => {
    await start();
    const cases = await ofBob(2);
    const plan = await chooses(lena, formIn(await type(lena, 'handall @bob')), { whom: 'carol' });
    await confirms(lena, plan, 'same');
    expect(wordsIn(await confirms(lena, plan, 'same'))).toContain('That was done already');
    expect(wordsIn(await confirms(ada, plan))).toMatch(
      /Nothing was moved[\s\S]*Meanwhile Lena Lead assigned CASE-\d+ just now/,
    );
    await floor.settled();
    expect(toldTo('teams-carol', 'handed you 2 cases')).toHaveLength(1);
    const journal = await floor.store.journalOf(cases[0]!.id);
    expect(journal.filter(({ event }) => event.type === 'CaseAssigned')).toHaveLength(1);
  });

  it('say which did not move and why, when somebody was faster', async () => {
    await start();
    const [taken, resolved, left] = await ofBob(3);
    const plan = await chooses(lena, formIn(await type(lena, 'handall @bob')), { whom: 'carol' });
    await type(alice, `take ${taken!.ref}`);
    await type(bob, `resolve ${resolved!.ref} It was the cable`);
    const done = wordsIn(await confirms(lena, plan));
    expect(done).toContain('1 case of Bob Brown’s is with others now');
    expect(done).toContain(`Carol Chen: ${left!.ref}`);
    expect(done).toContain(
      `${taken!.ref}: Meanwhile Alice Anderson took ${taken!.ref} just now, so it stays as it is.`,
    );
    expect(done).toContain(`${resolved!.ref}: The case is resolved.`);
    expect(await ownerNow(taken!)).toBe('alice');
  });

  it('go on where a process died: who was told of half of them reads of all', async () => {
    await start();
    const cases = await ofBob(2);
    const plan = await chooses(lena, formIn(await type(lena, 'handall @bob')), { whom: 'alice' });
    const [written, ...rest] = String(plan.data['moves']).split('|');
    await floor.doors.submit('deal', { ...plan.data, moves: written! }, {}, calls(lena, { key: 'k' }));
    await floor.settled();
    expect(toldTo('U0ALICE', 'handed you 1 case')).toHaveLength(1);
    expect(rest).toHaveLength(1);
    await confirms(lena, plan, 'k');
    await floor.settled();
    expect(toldTo('U0ALICE', 'handed you')).toEqual([expect.stringContaining('handed you 2 cases')]);
    for (const it of cases) expect(await ownerNow(it)).toBe('alice');
  });

  it('warn of a receiver who is not there and name who is', async () => {
    await start();
    await ofBob(1);
    await type(carol, 'away 3h');
    const plan = await chooses(lena, formIn(await type(lena, 'handall @bob')), { whom: 'carol' });
    expect(introOf(plan)).toContain(
      '⚠️ Mind that Carol Chen is off shift until Mon 23 Nov, 13:00. On shift now: Alice Anderson, Bob Brown and Lena Lead.',
    );
    await floor.passes(8 * HOUR_MS);
    expect(wordsIn(await type(lena, 'board'))).toContain('off shift until Tue 24 Nov, 09:00');
  });

  it('are not given to oneself, to nobody, to a viewer or to somebody who has left; typed or chosen', async () => {
    await start();
    await ofBob(1);
    const form = formIn(await type(lena, 'handall @bob'));
    const field = form.fields[0];
    expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).not.toContain('bob');
    const wrong = async (whom: string, second = ''): Promise<string> =>
      wordsIn(await floor.doors.submit('deal', form.data, { whom, second }, calls(lena)));
    expect(await wrong('bob')).toBe('whom: These are Bob Brown’s cases already. Choose somebody else.');
    expect(await wrong('')).toBe('whom: Choose who gets them, or “By load”.');
    expect(await wrong('vera')).toContain('whom: That person only looks at cases');
    expect(await wrong('alice', 'zoe')).toContain('second: That is nobody of the desk.');
    expect(await wrong('by-load', 'alice')).toContain('second: “By load” finds people by itself.');
    expect(await says(lena, 'handall')).toContain('Whose cases?');
    expect(await says(lena, 'handall @bob to @bob')).toContain('These are Bob Brown’s cases already.');
    expect(await says(lena, 'handall @bob to vera')).toContain('Vera Viewer only looks at cases');
    expect(await says(lena, 'handall @zoe')).toContain('Nobody of the desk is called “@zoe”');
    expect(await says(lena, 'handall @carol')).toContain('Carol Chen owns no open case');
  });

  it('can be handed on when their owner has left the desk file', async () => {
    await start();
    const [it] = await ofBob(1);
    floor.desk = { ...OPEN, people: OPEN.people.filter(({ id }) => id !== 'bob') };
    const board = await viewOf(lena, 'board');
    expect(wordsOn(board)).toContain('bob no longer of the desk · 1 open');
    const plan = await chooses(lena, formIn(await press(lena, board, 'Hand over all')), {});
    expect(wordsIn(await confirms(lena, plan))).toContain('1 case of bob’s is with others now');
    await floor.settled();
    expect(await ownerNow(it!)).toBe('alice');
  });

  it('go in as many goes as it takes', async () => {
    await start();
    await ofBob(60);
    const plan = await chooses(lena, formIn(await type(lena, 'handall @bob')), { whom: 'by-load' });
    expect(JSON.stringify(plan.data).length).toBeLessThan(2600);
    expect(introOf(plan)).toMatch(/\d+ cases more will not fit into one go/);
    const numbers = String(plan.data['moves']).split('|');
    const origin = { channel: 'C0LEADS', message: '1700000000.000000', thread: '1700000000.000000' };
    const pen = { account: () => null, address: () => null };
    const card = JSON.stringify(
      formCard({ verb: 'deal', data: plan.data, nonce: 'n', form: carried(plan), where: 'dialog', errors: {} }),
    );
    for (const drawn of [JSON.stringify(modalOf(plan, origin, pen).blocks), card])
      for (const move of numbers) expect(drawn).toContain(`CASE-${move.split('~')[0]}`);
    expect(numbers.length).toBeGreaterThan(40);
    await confirms(lena, plan);
    const again = formIn(await type(lena, 'handall @bob'));
    expect(introOf(again)).toMatch(/Bob Brown owns \d+ cases?/);
  });
});
