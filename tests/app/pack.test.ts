/** The end of somebody's shift, driven over the real engine, store and outbox. */

import type { View } from '../../src/app/view';
import { type Case, ownerOf, type Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { MINUTE_MS } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import { type DeskDay, openDay } from '../support/deskDay';
import {
  buttonOn,
  buttonsOn,
  calls,
  caseNow,
  type Floor,
  formIn,
  openCase,
  shownIn,
  shownTo,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { alice, bob, DESK, lena, OFFICE, ravi } from '../support/given';

const week = (start: string, end: string): Calendar => ({
  ...OFFICE,
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ start, end }]])),
});
const shifts = (hours: Readonly<Record<string, Calendar>>): Desk => ({
  ...DESK,
  people: DESK.people.map((one) => ({ ...one, hours: hours[one.id] ?? week('09:00', '12:00') })),
});
/** Alice goes at noon, Bob stays until eight. */
const DAY = shifts({ alice: week('09:00', '12:00'), bob: week('09:00', '20:00') });

let day: DeskDay;
let floor: Floor;
const open = async (desk: Desk): Promise<void> => {
  day = await openDay(desk);
  floor = day.floor;
};
afterEach(() => day.close());
const owned = async (by: Party, priority: string): Promise<Case> => {
  const it = await day.anotherCase();
  await day.type(by, `${priority} ${it.ref}`);
  await day.type(by, `take ${it.ref}`);
  return it;
};
const packsTo = (user: string) =>
  shownTo(floor.slack, user).filter(({ view }) => wordsOn(view).includes('hand-over pack'));
const said = (user: string, words: string): readonly string[] =>
  shownTo(floor.slack, user)
    .map(({ view }) => wordsOn(view))
    .filter((one) => one.includes(words));

describe('The end of a shift', () => {
  it('asks for next steps half an hour ahead, and says what stays', async () => {
    await open(DAY);
    const urgent = await owned(alice, 'p1');
    await owned(alice, 'p3');
    await day.until(11, 29);
    expect(said('U0ALICE', 'Your shift is about to end')).toEqual([]);
    await day.until(11, 30);
    await day.until(11, 31);
    const asked = said('U0ALICE', 'Your shift is about to end');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(
      'Your shift ends Mon 23 Nov, 12:00, and you are back Tue 24 Nov, 09:00. One case cannot wait',
    );
    expect(asked[0]).toContain(urgent.ref);
    expect(asked[0]).toContain('One other stays yours');
    expect(asked[0]).toContain('[Next step]');
  });

  it('offers what cannot wait to somebody there, as one message with the next step and what the client was told', async () => {
    await open(DAY);
    const one = await owned(alice, 'p1');
    const two = await owned(alice, 'p2');
    const three = await owned(alice, 'p3');
    await day.type(alice, `note ${one.ref} Next: ask them for the serial number`);
    await day.type(alice, `reply ${one.ref} We look into it today`);
    await day.until(12);
    await day.until(12, 1);
    const packs = packsTo('U0BOB');
    expect(packs).toHaveLength(1);
    const words = wordsOn(packs[0]!.view);
    expect(words).toContain('Alice Anderson’s hand-over pack (2)');
    expect(words).toContain('Back Tue 09:00');
    expect(words).toContain('Next: ask them for the serial number · Told: We look into it today');
    expect(words).toContain(`${two.ref} P2`);
    expect(words).toContain(`No next step on ${two.ref}: read the history first`);
    expect(words).toContain('No next step · Told: Nothing yet.');
    expect(words).not.toContain(three.ref);
    // It is still Alice's until it is accepted.
    expect(ownerOf(await caseNow(floor, one))).toBe('alice');
    expect(ownerOf(await caseNow(floor, three))).toBe('alice');
    expect((await caseNow(floor, three)).handover).toBeNull();
    const cards = shownIn(floor.slack, 'C0TRIAGE').filter(({ view }) =>
      buttonsOn(view).some(({ label }) => label === 'Accept'),
    );
    expect(cards).toEqual([]);
  });

  it('is told on the platform that its cases came by, and each message accepts what it holds', async () => {
    const both = { slack: 'U0BOB', teams: 'teams-bob' };
    const people = DAY.people.map((one) => (one.id === 'bob' ? { ...one, accounts: both } : one));
    await open({ ...DAY, people });
    const here = [await owned(alice, 'p1'), await owned(alice, 'p1')];
    const teams = { platform: 'teams', channel: '19:support', message: '17', thread: null };
    const there = await openCase(floor, ravi, teams);
    await day.type(alice, `p1 ${there.ref}`);
    await day.type(alice, `take ${there.ref}`);
    await day.until(12);
    await day.until(12, 1);
    const inTeams = shownTo(floor.teams, 'teams-bob').filter(({ view }) => wordsOn(view).includes('hand-over pack'));
    const inSlack = packsTo('U0BOB')[0]!.view;
    expect(inTeams.map(({ view }) => wordsOn(view).includes(there.ref))).toEqual([true]);
    expect(wordsOn(inSlack)).toContain('hand-over pack (2)');
    expect(wordsOn(inSlack)).not.toContain(there.ref);
    const all = buttonOn(inSlack, 'Accept all 2');
    await floor.doors.press(all.verb, all.data, calls(bob));
    const owners = await Promise.all([...here, there].map(async (it) => ownerOf(await caseNow(floor, it))));
    expect(owners).toEqual(['bob', 'bob', 'alice']);
  });

  it('has a form with a line for each, and its message shows what was left', async () => {
    await open(DAY);
    const all = [await owned(alice, 'p1'), await owned(alice, 'p1'), await owned(alice, 'p2')];
    await day.until(11, 40);
    const message = (): View => shownTo(floor.slack, 'U0ALICE').at(-1)!.view;
    expect(wordsOn(message())).toContain('Say in one line what is next on each');
    const [first] = all;
    const own = buttonsOn(message()).filter(({ label }) => label === 'Next step');
    expect(own).toHaveLength(3);
    const one = formIn(await floor.doors.press('steps', { case: first!.id }, calls(alice)));
    expect(one.fields.map(({ required }) => required)).toEqual([true]);
    const empty = await floor.doors.submit('steps', one.data, { step0: '  ' }, calls(alice));
    expect(wordsIn(empty)).toBe('step0: One line is enough: what should they do first?');
    const long = await floor.doors.submit('steps', one.data, { step0: 'x'.repeat(201) }, calls(alice));
    expect(wordsIn(long)).toContain('Keep it to 200 characters');
    await floor.doors.submit('steps', one.data, { step0: 'Ring them\nat two' }, calls(alice));
    await floor.settled();
    expect(wordsOn(message())).toContain('what is next on the 2 without');
    expect(wordsOn(message())).toContain('Next: Ring them at two');
    const rest = buttonOn(message(), 'Write 2 next steps at once');
    const form = formIn(await floor.doors.press(rest.verb, rest.data, calls(alice)));
    expect(form.fields.map(({ label }) => label)).toEqual(all.slice(1).map(({ ref, title }) => `${ref} ${title}`));
    const sent = calls(alice);
    await floor.doors.submit('steps', form.data, { step0: 'Order a drum', step1: 'Wait for the log' }, sent);
    await floor.doors.submit('steps', form.data, { step0: 'Order a drum', step1: 'Wait for the log' }, sent);
    await floor.settled();
    expect(wordsOn(message())).toContain('Every one has its next step');
    expect(buttonsOn(message()).filter(({ label }) => label === 'Change')).toHaveLength(3);
    expect(shownTo(floor.slack, 'U0ALICE').filter(({ view }) => wordsOn(view).includes('shift is about'))).toHaveLength(
      1,
    );
    expect((await caseNow(floor, all[1]!)).notes).toBe(1);
    await day.until(12);
    const pack = wordsOn(packsTo('U0BOB')[0]!.view);
    expect(pack).not.toContain('No next step');
    expect(pack).toContain('Next: Order a drum');
    expect(shownIn(floor.slack, 'C0LEADS').filter(({ view }) => wordsOn(view).includes('next step'))).toEqual([]);
  });

  it('asks ten at a time, and only whoever has the case', async () => {
    await open(DAY);
    const all: Case[] = [];
    for (let count = 0; count < 12; count += 1) all.push(await owned(alice, 'p1'));
    await day.until(11, 40);
    const form = formIn(await floor.doors.press('steps', {}, calls(alice)));
    expect(form.fields).toHaveLength(10);
    expect(JSON.stringify(form.intro)).toContain('2 more can be written after these.');
    expect(wordsIn(await floor.doors.press('steps', { case: all[0]!.id }, calls(bob)))).toContain(
      'is not yours any more',
    );
    expect(wordsIn(await floor.doors.press('steps', {}, calls(ravi)))).toContain('Only people of the desk');
    await day.type(bob, `take ${all[0]!.ref}`);
    const values = Object.fromEntries(form.fields.map(({ name }) => [name, 'Go on']));
    expect(wordsIn(await floor.doors.submit('steps', form.data, values, calls(alice)))).toContain(
      `${all[0]!.ref} is not yours any more`,
    );
    expect(wordsIn(await floor.doors.submit('steps', form.data, values, calls(ravi)))).toContain('Only people');
    expect(formIn(await floor.doors.press('steps', {}, calls(alice))).fields).toHaveLength(2);
  });

  it('tells the leads once of all that was left without a next step', async () => {
    await open(DAY);
    const one = await owned(alice, 'p1');
    const two = await owned(alice, 'p2');
    const three = await owned(alice, 'p2');
    await day.type(alice, `note ${three.ref} Next: wait for the log`);
    await day.until(12);
    await day.until(12, 1);
    const told = shownIn(floor.slack, 'C0LEADS').filter(({ view }) => wordsOn(view).includes('left no next step'));
    expect(told).toHaveLength(1);
    const words = wordsOn(told[0]!.view);
    expect(words).toContain('Alice Anderson went off shift and left no next step on 2 cases.');
    expect(words).toContain(one.ref);
    expect(words).toContain(two.ref);
    expect(words).not.toContain(three.ref);
    expect(words).toContain('Asked: Bob Brown');
  });

  it('marks what stays on its card until its owner is back', async () => {
    await open(DAY);
    const it = await owned(alice, 'p3');
    const urgent = await owned(alice, 'p1');
    const card = (ref: string): string =>
      shownIn(floor.slack, 'C0TRIAGE')
        .map(({ view }) => wordsOn(view))
        .filter((words) => words.startsWith(`${ref} · `))
        .at(-1) ?? '';
    await day.until(11, 59);
    expect(card(it.ref)).not.toContain('Waits for');
    await day.until(12);
    expect(card(it.ref)).toContain('Waits for Alice Anderson, back Tue 24 Nov, 09:00');
    expect(card(urgent.ref)).toContain('Offered to Bob Brown');
    expect(card(urgent.ref)).not.toContain('Waits for');
    await day.until(24 + 9);
    expect(card(it.ref)).not.toContain('Waits for');
  });

  it('is accepted one by one or all at once, and the message says so', async () => {
    await open(DAY);
    const all = [await owned(alice, 'p1'), await owned(alice, 'p1'), await owned(alice, 'p1')];
    await day.until(12);
    const view = (): ReturnType<typeof packsTo>[number]['view'] => packsTo('U0BOB')[0]!.view;
    const first = buttonOn(view(), 'Accept');
    await floor.doors.press(first.verb, first.data, calls(bob));
    await floor.settled();
    expect(wordsOn(view())).toContain('hand-over pack (2)');
    const rest = buttonOn(view(), 'Accept all 2');
    expect(wordsIn(await floor.doors.press(rest.verb, rest.data, calls(alice)))).toContain(
      'Nothing in this pack is open',
    );
    expect(wordsIn(await floor.doors.press(rest.verb, rest.data, calls(bob)))).toContain('2 cases are yours now.');
    await floor.settled();
    expect(await Promise.all(all.map(async (it) => ownerOf(await caseNow(floor, it))))).toEqual(['bob', 'bob', 'bob']);
    expect(wordsOn(view())).toContain('nothing in it is open any more');
    expect(wordsIn(await floor.doors.press(rest.verb, rest.data, calls(bob)))).toContain(
      'Nothing in this pack is open',
    );
    expect(said('U0ALICE', 'accepted')).toEqual([]);
  });

  it('is given to somebody who is there when nobody accepts in time, since nothing urgent sleeps', async () => {
    await open(DAY);
    const it = await owned(alice, 'p1');
    await day.until(12);
    await day.until(12, 29);
    expect(ownerOf(await caseNow(floor, it))).toBe('alice');
    await day.until(12, 31);
    expect(await caseNow(floor, it)).toMatchObject({ handover: null, holder: { kind: 'owner', person: 'bob' } });
    // Whoever has gone hears of it once, and not that their offer ended besides.
    expect(said('U0ALICE', `${it.ref}`).filter((words) => words.includes('nobody accepted it in time'))).toHaveLength(
      1,
    );
    const journal = await floor.store.journalOf(it.id);
    expect(journal.filter(({ event }) => event.type === 'HandoverProposed')).toHaveLength(1);
    expect(journal.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'CaseAssigned', why: expect.stringContaining('its owner is off shift') }),
    );
  });

  it('is given to a lead who is there rather than to a colleague', async () => {
    await open(shifts({ alice: week('09:00', '12:00'), bob: week('09:00', '20:00'), lena: week('09:00', '20:00') }));
    const it = await owned(alice, 'p2');
    await day.until(12);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { person: 'bob' } });
    await day.until(13);
    expect(ownerOf(await caseNow(floor, it))).toBe('lena');
  });

  it('goes on to somebody else within the same time when it is declined, as its owner is asleep', async () => {
    await open(shifts({ alice: week('09:00', '12:00'), bob: week('09:00', '20:00'), carol: week('09:00', '20:00') }));
    const it = await owned(alice, 'p1');
    await day.until(12);
    const { handover: first } = await caseNow(floor, it);
    await day.until(12, 10);
    const data = { case: it.id, handover: first?.id ?? '' };
    await floor.doors.submit('decline', data, { text: 'I have three of these' }, calls(bob));
    await floor.settled();
    const { handover } = await caseNow(floor, it);
    expect(handover).toMatchObject({ asked: { person: 'carol' }, peopleBefore: ['bob'], pack: first?.pack });
    expect(handover?.acceptBy).toBe(first?.acceptBy);
  });

  it('asks the leads where nobody is there and something is due before', async () => {
    await open(shifts({}));
    const due = await owned(alice, 'p1');
    const later = await owned(alice, 'p2');
    await day.until(12);
    expect((await caseNow(floor, due)).handover).toMatchObject({ asked: { kind: 'leads' } });
    expect((await caseNow(floor, later)).handover).toBeNull();
  });

  it('is offered to whoever comes next where nobody was there, though the leads were asked meanwhile', async () => {
    await open(shifts({ bob: week('14:00', '20:00') }));
    const it = await owned(alice, 'p1');
    await day.until(12);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { kind: 'leads' } });
    await day.until(14);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { kind: 'person', person: 'bob' } });
    await day.until(14, 31);
    expect(ownerOf(await caseNow(floor, it))).toBe('bob');
  });

  it('is offered to whoever comes next also when a lead has declined it meanwhile, and no lead is woken twice for it', async () => {
    await open(shifts({ bob: week('14:00', '20:00') }));
    const it = await owned(alice, 'p1');
    await day.until(12);
    const data = { case: it.id, handover: (await caseNow(floor, it)).handover?.id ?? '' };
    await floor.doors.submit('decline', data, { text: 'I am on a train' }, calls(lena));
    await day.until(13, 59);
    expect(await caseNow(floor, it)).toMatchObject({ handover: null, holder: { person: 'alice' } });
    await day.until(14);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { kind: 'person', person: 'bob' } });
    await day.until(14, 31);
    expect(ownerOf(await caseNow(floor, it))).toBe('bob');
  });

  it('is given to somebody who is there at once when everybody has declined it', async () => {
    await open(DAY);
    const it = await owned(alice, 'p1');
    await day.until(12);
    const declines = async (by: Party): Promise<void> => {
      const data = { case: it.id, handover: (await caseNow(floor, it)).handover?.id ?? '' };
      await floor.doors.submit('decline', data, { text: 'I have three of these' }, calls(by));
      await floor.settled();
    };
    await declines(bob);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { kind: 'leads' } });
    await declines(lena);
    expect(await caseNow(floor, it)).toMatchObject({ handover: null, holder: { kind: 'owner', person: 'bob' } });
  });

  it('shows twelve of more, and the rest as these are accepted', async () => {
    await open(DAY);
    for (let count = 0; count < 14; count += 1) await owned(alice, 'p1');
    await day.until(12);
    const words = wordsOn(packsTo('U0BOB')[0]!.view);
    expect(words.match(/CASE-\d+ P1/gu)).toHaveLength(12);
    expect(words).toContain('2 more come up here as these are accepted.');
  });

  it('is the same for somebody who says that they are away', async () => {
    await open({ ...DESK, people: DESK.people.map((one) => ({ ...one })) });
    const it = await owned(alice, 'p1');
    await day.type(alice, 'away until tomorrow 9:00');
    await day.passes(MINUTE_MS);
    expect((await caseNow(floor, it)).handover).toMatchObject({ asked: { kind: 'person', person: 'bob' } });
  });

  it('leaves those alone who only step out, and desks that do not say who works when', async () => {
    await open(DESK);
    const it = await owned(alice, 'p1');
    await day.type(alice, 'away 20m');
    await day.passes(MINUTE_MS);
    expect((await caseNow(floor, it)).handover).toBeNull();
    await day.until(23);
    expect((await caseNow(floor, it)).handover).toBeNull();
  });
});
