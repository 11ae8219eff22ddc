/** Who is there and whose turn it is, driven over the real engine, store and outbox. */
import { createRounds } from '../../src/app/rounds';
import type { Case, Party } from '../../src/domain/case/case';
import type { Desk, Person, TriageRota } from '../../src/domain/desk/desk';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import { type DeskDay, openDay } from '../support/deskDay';
import {
  buttonOn,
  calls,
  caseNow,
  type Floor,
  factOn,
  formIn,
  shownIn,
  shownTo,
  valuesOf,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { alice, bob, carol, DESK, lena, OFFICE, ravi, vera } from '../support/given';

const week = (start: string, end: string, zone = 'Europe/London'): Calendar => ({
  ...OFFICE,
  zone,
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ start, end }]])),
});
const ROTA: TriageRota = {
  shifts: [
    { name: 'Early', who: [alice.id], hours: week('09:00', '13:00') },
    { name: 'Late', who: [bob.id], hours: week('13:00', '17:00') },
  ],
  overrides: {},
  withinMs: 15 * MINUTE_MS,
};
const ROTAD: Desk = { ...DESK, triageRota: ROTA };
const LOADED = (more: Readonly<Record<string, Partial<Person>>> = {}): Desk => ({
  ...DESK,
  people: DESK.people.map((one) => ({ ...one, hours: OFFICE, ...more[one.id] })),
  levels: DESK.levels.map((level, index) => (index === 0 ? { ...level, route: 'load' } : level)),
});

let day: DeskDay;
let floor: Floor;
const open = async (desk: Desk): Promise<void> => {
  day = await openDay(desk);
  floor = day.floor;
};
afterEach(() => day.close());
const press = async (party: Party, user: string, label: string): Promise<string> => {
  const { verb, data } = buttonOn(shownTo(floor.slack, user).at(-1)!.view, label);
  const said = wordsIn(await floor.doors.press(verb, data, calls(party)));
  await floor.settled();
  return said;
};
const turnOf = async (it: Case): Promise<string> => {
  const { holder } = await caseNow(floor, it);
  return holder.kind === 'turn' ? holder.person : holder.kind;
};
const toldTo = (user: string, words: string): readonly string[] =>
  shownTo(floor.slack, user)
    .map(({ view }) => wordsOn(view))
    .filter((one) => one.includes(words));

describe('The triage rota', () => {
  it('shows this week and next, who is on now, and where nobody is', async () => {
    await open({
      ...ROTAD,
      triageRota: { ...ROTA, shifts: [ROTA.shifts[0]!], overrides: { '2026-11-24': { Early: carol.id } } },
    });
    const said = await day.type(bob, 'rota');
    expect(said).toContain(
      'Alice Anderson triages now (Early), until Mon 23 Nov, 13:00. Next: Carol Chen (Early), Tue 24 Nov, 09:00.',
    );
    expect(said).toContain('Mon 23 Nov: 09:00–13:00 Alice Anderson (Early) ◂ now');
    expect(said).toContain('Tue 24 Nov: 09:00–13:00 Carol Chen (Early)');
    expect(said).toContain('Fri 4 Dec');
    expect(said).toContain('Nobody is named: Mon 23 Nov, 13:00 to');
    expect(said).not.toContain('[Swap a shift]');
    expect(await day.type(alice, 'rota')).toContain('[Swap a shift]');
  });

  it('is in the zone of whoever looks, and not for people of other departments', async () => {
    await open({
      ...ROTAD,
      people: ROTAD.people.map((one) => (one.id === 'vera' ? { ...one, zone: 'Asia/Tokyo' } : one)),
    });
    expect(await day.type(vera, 'rota')).toContain('Mon 23 Nov: 18:00–22:00 Alice Anderson (Early)');
    expect(await day.type(vera, 'rota')).toContain('Times in Asia/Tokyo, your zone');
    expect(await day.type(ravi, 'rota')).toContain('Only people of the desk');
  });

  it('says so on a desk that has none', async () => {
    await open(DESK);
    expect(await day.type(alice, 'rota')).toContain('The desk file has no triage rota');
  });

  it('tells the person on shift at its start what waits, once, and nobody else', async () => {
    await open(ROTAD);
    const waiting = await day.anotherCase();
    await day.until(13);
    await day.until(13, 1);
    const told = toldTo('U0BOB', 'Your triage shift has begun');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('You triage until Mon 23 Nov, 17:00 (Late)');
    expect(told[0]).toContain(waiting.ref);
    expect(told[0]).toContain('[Set priority]');
    expect(toldTo('U0ALICE', 'shift has begun')).toHaveLength(0);
    const other = createRounds(floor.engine);
    await other.look();
    await other.stop();
    await floor.settled();
    expect(toldTo('U0BOB', 'Your triage shift has begun')).toHaveLength(1);
  });

  it('does not call whoever is away when their shift begins, but does once they are back', async () => {
    await open(ROTAD);
    await day.type(bob, 'away 4h');
    await day.until(13, 1);
    expect(toldTo('U0BOB', 'shift has begun')).toHaveLength(0);
    await day.until(14, 1);
    expect(toldTo('U0BOB', 'Your triage shift has begun')).toHaveLength(1);
  });

  it('gives nobody a turn by a swap who has left the desk since', async () => {
    await open(ROTAD);
    await day.type(alice, 'swap tomorrow with @bob');
    await press(bob, 'U0BOB', 'Accept');
    await day.until(10, 0, 1);
    expect(await turnOf(await day.anotherCase())).toBe('bob');
    floor.desk = { ...ROTAD, people: ROTAD.people.filter(({ id }) => id !== bob.id) };
    expect(await turnOf(await day.anotherCase())).toBe('lena');
  });

  it('brings a new case to the one on it; untriaged past its mark it goes to the next person, and the leads hear of it', async () => {
    await open({ ...ROTAD, people: LOADED().people });
    const it = await day.anotherCase();
    expect(await turnOf(it)).toBe('alice');
    expect(toldTo('U0ALICE', 'it is your turn (you: on the triage rota (Early))')).toHaveLength(1);
    expect(toldTo('U0BOB', it.ref)).toHaveLength(0);
    await day.passes(15 * MINUTE_MS);
    expect(await turnOf(it)).toBe('bob');
    expect(toldTo('U0BOB', 'Alice Anderson has not triaged it in time')).toHaveLength(1);
    const leads = shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view));
    expect(leads.filter((one) => one.includes('has not triaged it in time'))).toEqual([
      expect.stringContaining('Alice Anderson has not triaged it in time; it is Bob Brown’s turn now'),
    ]);
  });

  it('wakes no lead where whoever is on the rota is away and a colleague is there', async () => {
    const desk = LOADED({ lena: { hours: week('18:00', '20:00') }, ada: { hours: week('18:00', '20:00') } });
    await open({ ...desk, triageRota: ROTA });
    await day.type(alice, 'away 2h');
    expect(await turnOf(await day.anotherCase())).toBe('bob');
  });

  it('leaves what comes in a hole to a lead, and gives it to the next shift', async () => {
    await open({ ...ROTAD, triageRota: { ...ROTA, overrides: { '2026-11-23': { Early: null } } } });
    const it = await day.anotherCase();
    expect(await turnOf(it)).toBe('lena');
    await day.until(13);
    expect(await turnOf(it)).toBe('bob');
  });
});

describe('A swap', () => {
  it('is asked of a colleague, counts once they accept, and is shown', async () => {
    await open(ROTAD);
    expect(await day.type(alice, 'swap tomorrow with @bob')).toContain(
      'Bob Brown is asked to do Early on Tue 24 Nov, 09:00',
    );
    expect(toldTo('U0BOB', 'Alice Anderson asks you to do their triage shift Early on Tue 24 Nov, 09:00')).toHaveLength(
      1,
    );
    expect(await day.type(alice, 'rota')).toContain('Tue 24 Nov: 09:00–13:00 Alice Anderson (Early)');
    expect(await press(bob, 'U0BOB', 'Accept')).toBe('');
    expect(toldTo('U0BOB', 'You do Alice Anderson’s triage shift Early')).toHaveLength(1);
    expect(toldTo('U0ALICE', 'Bob Brown does your triage shift Early')).toHaveLength(1);
    expect(await day.type(alice, 'rota')).toContain('Tue 24 Nov: 09:00–13:00 Bob Brown for Alice Anderson (Early)');
    await day.until(9, 0, 1);
    expect(toldTo('U0BOB', 'You triage until Tue 24 Nov, 13:00 (Early)')).toHaveLength(1);
    expect(await turnOf(await day.anotherCase())).toBe('bob');
  });

  it('stays the asker’s when it is declined, and is answered once', async () => {
    await open(ROTAD);
    await day.type(alice, 'swap @bob');
    const before = shownTo(floor.slack, 'U0BOB').at(-1)!.view;
    await press(bob, 'U0BOB', 'Decline');
    expect(toldTo('U0ALICE', 'Bob Brown cannot do your triage shift Early')).toHaveLength(1);
    const { verb, data } = buttonOn(before, 'Accept');
    expect(wordsIn(await floor.doors.press(verb, data, calls(bob)))).toContain(
      'You have answered this already: you declined',
    );
  });

  it('is answered by nobody but who was asked, and by the last who was asked', async () => {
    await open(ROTAD);
    await day.type(alice, 'swap tomorrow @bob');
    const { verb, data } = buttonOn(shownTo(floor.slack, 'U0BOB').at(-1)!.view, 'Accept');
    expect(wordsIn(await floor.doors.press(verb, data, calls(carol)))).toContain('Only Bob Brown can answer this');
    await day.type(alice, 'swap tomorrow @carol');
    expect(wordsIn(await floor.doors.press(verb, data, calls(bob)))).toContain('no longer open');
  });

  it('is refused with oneself, with a viewer, with somebody who has a shift then, and without a shift', async () => {
    await open({
      ...ROTAD,
      triageRota: {
        ...ROTA,
        shifts: [...ROTA.shifts, { name: 'Second', who: [carol.id], hours: week('09:00', '11:00') }],
      },
    });
    expect(await day.type(alice, 'swap @alice')).toContain('That shift is yours already');
    expect(await day.type(alice, 'swap @vera')).toContain('only looks at cases');
    expect(await day.type(alice, 'swap @carol')).toContain('Carol Chen has a shift of their own then (Second)');
    expect(await day.type(alice, 'swap @zed')).toContain('“@zed” is nobody');
    expect(await day.type(alice, 'swap Sunday @bob')).toContain('You have no triage shift on “Sunday”');
    expect(await day.type(lena, 'swap @bob')).toContain('You have no triage shift in the next four weeks');
    expect(await day.type(ravi, 'swap @bob')).toContain('Only people of the desk');
    await day.type(carol, 'away until Friday');
    expect(await day.type(bob, 'swap tomorrow @carol')).toContain('Carol Chen is away then');
  });

  it('has a form that says which shift and who', async () => {
    await open(ROTAD);
    const form = formIn(await floor.doors.line('swap', calls(alice)));
    const send = async (person: string) =>
      wordsIn(await floor.doors.submit('swap', form.data, { ...valuesOf(form), person }, calls(alice)));
    expect(await send('')).toContain('person: Choose a colleague.');
    expect(await send('alice')).toContain('That shift is yours already');
    expect(await send('carol')).toContain('Carol Chen is asked to do Early on Mon 23 Nov, 09:00');
  });
});

describe('Away', () => {
  it('sends new cases to others and moves the turns, until back', async () => {
    await open(LOADED());
    const it = await day.anotherCase();
    expect(await turnOf(it)).toBe('bob');
    expect(await day.type(bob, 'away until tomorrow 9:00')).toContain(
      'You are away until Tue 24 Nov, 09:00; new cases go to others',
    );
    expect(await turnOf(it)).toBe('alice');
    expect(await turnOf(await day.anotherCase())).toBe('alice');
    expect(await day.type(alice, 'rota')).toContain('Bob Brown (away, back Tue 24 Nov, 09:00)');
    expect(await day.type(bob, 'back')).toContain('You are back');
    expect(await turnOf(await day.anotherCase())).toBe('bob');
    expect(await day.type(bob, 'back')).toContain('You are not away');
  });

  it('ends by itself', async () => {
    await open(LOADED());
    await day.type(alice, 'away 1h');
    expect(await turnOf(await day.anotherCase())).toBe('bob');
    await day.passes(HOUR_MS);
    expect(await day.type(alice, 'rota')).toContain('On shift: Alice Anderson, Bob Brown');
  });

  it('counts on a desk that only rotates', async () => {
    await open(DESK);
    await day.type(alice, 'away until 15:00');
    expect(await Promise.all([await day.anotherCase(), await day.anotherCase()].map(turnOf))).toEqual(['bob', 'bob']);
  });

  it('says what stays theirs, and needs a time that lies ahead', async () => {
    await open(LOADED());
    const it = await day.anotherCase();
    await day.type(alice, `take ${it.ref}`);
    expect(await day.type(alice, 'away 2h')).toContain(`One open case stays yours, due first: ${it.ref}`);
    expect(await day.type(alice, 'away')).toContain('Until when?');
    expect(await day.type(alice, 'away until yesterday')).toContain('names no time that lies ahead');
    expect(await day.type(alice, 'away until the cows come home')).toContain('names no time');
  });

  it('is said of somebody else by leads only', async () => {
    await open(LOADED());
    expect(await day.type(alice, 'away @bob until Friday')).toContain(
      'Only leads and admins say that somebody else is away',
    );
    expect(await day.type(lena, 'away @bob until Friday')).toContain('Bob Brown is away until Fri 27 Nov, 00:00');
    expect(await day.type(lena, 'back @bob')).toContain('Bob Brown is back');
    expect(await day.type(ravi, 'away 2h')).toContain('Only people of the desk');
  });
});

describe('Who is next by load', () => {
  it('is kept with the case, and shown on its details', async () => {
    await open(LOADED({ alice: { maxOpen: 5 }, bob: { maxOpen: 5 } }));
    const first = await day.anotherCase();
    await day.type(alice, `take ${first.ref}`);
    const second = await day.anotherCase();
    const said = await floor.doors.line(`show ${second.ref}`, calls(alice));
    if (said.kind !== 'said') throw new Error('nothing was shown');
    expect(factOn(said.view, 'Whose turn, and why')).toBe('on shift, 0 of 5');
    expect((await floor.store.journalOf(second.id))[0]?.event).toMatchObject({
      holder: { person: 'bob', reason: 'on shift, 0 of 5' },
    });
  });

  it('offers what waited when somebody has room again', async () => {
    await open(LOADED({ alice: { maxOpen: 1 }, bob: { maxOpen: 1 } }));
    const [one, two] = [await day.anotherCase(), await day.anotherCase()];
    await day.type(alice, `take ${one.ref}`);
    await day.type(bob, `take ${two.ref}`);
    const third = await day.anotherCase();
    const holder = await turnOf(third);
    expect((await caseNow(floor, third)).holder).toMatchObject({
      stopgap: true,
      reason: expect.stringContaining('everybody on shift is full'),
    });
    const [other, done] = holder === 'alice' ? [bob, two] : [alice, one];
    await day.type(other, `resolve ${done.ref} done`);
    await day.passes(MINUTE_MS);
    expect(await turnOf(third)).toBe(other.id);
    expect((await caseNow(floor, third)).holder).not.toHaveProperty('stopgap');
  });

  it('names nobody twice for cases whose turns end in the same second', async () => {
    await open(LOADED({ carol: { hours: OFFICE }, alice: { hours: week('09:00', '11:00') } }));
    floor.desk = {
      ...floor.desk,
      levels: floor.desk.levels.map((level, index) =>
        index === 0 ? { ...level, members: [alice.id, bob.id, carol.id] } : level,
      ),
    };
    await day.type(bob, 'away 30m');
    await day.type(carol, 'away 30m');
    const all = [await day.anotherCase(), await day.anotherCase(), await day.anotherCase(), await day.anotherCase()];
    expect(await Promise.all(all.map(turnOf))).toEqual(['alice', 'alice', 'alice', 'alice']);
    await day.until(11);
    const turns = await Promise.all(all.map(turnOf));
    expect(turns.filter((one) => one === 'bob')).toHaveLength(2);
    expect(turns.filter((one) => one === 'carol')).toHaveLength(2);
  });

  it('warns whoever chooses somebody off shift, and names who is on', async () => {
    await open(LOADED({ bob: { hours: week('14:00', '17:00') } }));
    const it = await day.anotherCase();
    expect(await day.type(alice, `assign ${it.ref} @bob`)).toContain(
      'Mind that Bob Brown is off shift until Mon 23 Nov, 14:00. On shift now: Alice Anderson, Carol Chen and Lena Lead.',
    );
    expect(await day.type(lena, `assign ${it.ref} @alice`)).not.toContain('off shift');
    const form = await floor.doors.submit('assign', { case: it.id }, { choice: 'bob' }, calls(alice));
    expect(wordsIn(form)).toContain('Bob Brown is off shift');
  });
});
