/** The regular work of the desk, driven over the real engine, store and outbox. */
import { lookAtCoverage } from '../../src/app/coverageWatch';
import { SurfaceFailure } from '../../src/app/ports';
import { createRounds } from '../../src/app/rounds';
import { SAMPLES_MIN } from '../../src/domain/capacity/handling';
import type { Case, Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, later, MINUTE_MS } from '../../src/domain/ids';
import { type DeskDay, openDay } from '../support/deskDay';
import { buttonOn, buttonsOn, calls, caseNow, type Floor, shownIn, shownTo, wordsIn, wordsOn } from '../support/floor';
import { alice, bob, carol, DESK, lena, OFFICE, ravi, TEN } from '../support/given';

const DIGEST: Desk = { ...DESK, digest: { morning: '08:30', evening: '17:30' } };

let day: DeskDay;
let floor: Floor;
const open = async (desk: Desk = DIGEST): Promise<void> => {
  day = await openDay(desk);
  floor = day.floor;
};
afterEach(() => day.close());

const solved = async (by: Party, hours: number, priority = 'p2'): Promise<void> => {
  const it = await day.anotherCase();
  await day.type(by, `${priority} ${it.ref}`);
  await day.type(by, `take ${it.ref}`);
  floor.at = later(floor.at, hours * HOUR_MS);
  await day.type(by, `resolve ${it.ref} done`);
};
const inLeads = (): readonly string[] => shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view));
const said = (words: string): readonly string[] => inLeads().filter((one) => one.includes(words));
const toBob = (): readonly string[] => shownTo(floor.slack, 'U0BOB').map(({ view }) => wordsOn(view));

describe('The morning’s list', () => {
  it('is each person’s own cases by what is due first, once, and nothing for those who have none', async () => {
    await open();
    const [late, soon] = [await day.anotherCase(), await day.anotherCase()];
    await day.type(bob, `p3 ${late.ref}`);
    await day.type(bob, `take ${late.ref}`);
    await day.type(bob, `p2 ${soon.ref}`);
    await day.type(bob, `take ${soon.ref}`);
    await day.until(8, 29, 1);
    expect(toBob().filter((one) => one.includes('Good morning'))).toEqual([]);
    await day.until(8, 30, 1);
    await day.passes(MINUTE_MS);
    const lists = toBob().filter((one) => one.includes('Good morning'));
    expect(lists).toHaveLength(1);
    expect(lists[0]).toContain('Good morning, Bob Brown\n2 cases are yours, by what is due first.');
    expect(lists[0]!.indexOf(soon.ref)).toBeLessThan(lists[0]!.indexOf(late.ref));
    expect(shownTo(floor.slack, 'U0ALICE').filter(({ view }) => wordsOn(view).includes('Good morning'))).toEqual([]);
    expect(shownTo(floor.slack, 'U0VERA')).toEqual([]);
  });

  it('is sent once by two processes, and once more the next day', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(bob, `take ${it.ref}`);
    const other = createRounds(floor.engine);
    await day.until(8, 30, 1);
    await Promise.all([other.look(), day.rounds.look(), createRounds(floor.engine).look()]);
    await floor.settled();
    expect(toBob().filter((one) => one.includes('Good morning'))).toHaveLength(1);
    await day.until(8, 30, 2);
    expect(toBob().filter((one) => one.includes('Good morning'))).toHaveLength(2);
  });

  it('stands as it is when it is sent: what was solved meanwhile is not on it', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(bob, `take ${it.ref}`);
    await day.type(bob, `resolve ${it.ref} done`);
    await day.until(8, 30, 1);
    expect(toBob().filter((one) => one.includes('Good morning'))).toEqual([]);
  });

  it('does not come on a day on which the desk is closed, nor on a desk that wants none', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(bob, `take ${it.ref}`);
    await day.until(8, 30, 5);
    expect(toBob().filter((one) => one.includes('Good morning'))).toEqual([]);
    floor.desk = DESK;
    await day.until(8, 30, 7);
    expect(toBob().filter((one) => one.includes('Good morning'))).toEqual([]);
  });
});

describe('The evening’s account', () => {
  it('tells the leads what was met, what was missed and why, and who waits longest', async () => {
    await open();
    const kept = await day.anotherCase();
    await day.type(bob, `take ${kept.ref}`);
    await day.type(bob, `resolve ${kept.ref} done`);
    const missed = await day.anotherCase();
    await day.type(alice, `p1 ${missed.ref}`);
    await day.until(17, 30);
    const [account] = said('How the day went');
    expect(account).toContain('2 targets were met (first response 1 and resolution 1), 2 were missed.');
    expect(account).toContain('Missed, and why');
    expect(account).toMatch(
      new RegExp(
        `${missed.ref} .*First response, Mon 23 Nov.* 11:0\\d: nobody had taken it; it was .*’s turn\\. Now Triaged\\.`,
      ),
    );
    expect(account).toMatch(new RegExp(`Waiting longest for a word of ours\\n${missed.ref} .*For 7 h`));
    await day.passes(MINUTE_MS);
    expect(said('How the day went')).toHaveLength(1);
  });

  it('says who had a case that was missed, and for how long', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(alice, `p1 ${it.ref}`);
    await day.type(lena, `assign ${it.ref} @alice`);
    await day.until(17, 30);
    expect(said('How the day went')[0]).toContain(
      'Alice Anderson had had it for 1 h and had not answered. Now In progress.',
    );
    expect(said('How the day went')[0]).toContain('Resolution, Mon 23 Nov');
  });

  it('says that a hand-over was waited for', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(alice, `p1 ${it.ref}`);
    await day.type(alice, `take ${it.ref}`);
    await floor.doors.submit('escalate', { case: it.id }, { tried: 'a', needed: 'b', told: 'c' }, calls(alice));
    await day.until(17, 30);
    expect(said('How the day went')[0]).toMatch(
      /L2 Specialists had been asked to take it over for 4 h and nobody had accepted/,
    );
  });

  it('of a Monday tells of the weekend too; of a day without cases there is none', async () => {
    await open();
    await day.until(17, 30);
    expect(said('How the day went')).toEqual([]);
    await day.until(18, 0, 4);
    const it = await day.anotherCase();
    await day.type(alice, `p1 ${it.ref}`);
    await day.until(17, 30, 7);
    const [account] = said('How the day went').slice(-1);
    expect(account).toContain('Since Fri 27 Nov, 17:29: No target was met, 2 were missed.');
  });

  it('makes up for the accounts of evenings on which Baton was down, and tells nothing twice', async () => {
    await open();
    const it = await day.anotherCase();
    await day.type(alice, `p1 ${it.ref}`);
    await day.until(17, 30);
    await day.until(12, 0, 3);
    const other = await day.anotherCase();
    await day.type(alice, `p1 ${other.ref}`);
    await day.until(9, 0, 4);
    await day.until(17, 30, 4);
    const accounts = said('How the day went');
    expect(accounts).toHaveLength(2);
    expect(accounts[0]).toContain(`${it.ref} The printer`);
    expect(accounts[1]).toContain('Since Mon 23 Nov, 17:29: No target was met, 2 were missed.');
    expect(accounts[1]!.split('Waiting longest')[0]).not.toContain(it.ref);
  });

  it('goes to the leads in private where they have no channel', async () => {
    await open({ ...DIGEST, leads: {} });
    await day.anotherCase();
    await day.until(17, 30);
    expect(
      shownTo(floor.slack, 'U0LENA')
        .map(({ view }) => wordsOn(view))
        .filter((one) => one.includes('How the day went')),
    ).toHaveLength(1);
  });
});

describe('Coverage', () => {
  const nineToFive = { ...OFFICE, name: 'shift', holidays: [] };
  const GAPS: Desk = { ...DESK, people: DESK.people.map((one) => ({ ...one, hours: nineToFive })) };

  it('is told to the leads when something new is wrong, and not again', async () => {
    await open(GAPS);
    await day.until(8, 30, 1);
    await day.until(8, 30, 2);
    expect(said('Nobody is there when it counts')).toHaveLength(1);
    expect(said('Nobody is there when it counts')[0]).toContain(
      'P1: nobody is on shift on Monday, Tuesday, Wednesday and Thursday from 17:00 to 09:00 the next day',
    );
    const holiday = { ...nineToFive, holidays: [{ date: '2026-12-01', name: null }] };
    floor.desk = { ...GAPS, people: GAPS.people.map((one) => ({ ...one, hours: holiday })) };
    await lookAtCoverage(floor.engine);
    await floor.settled();
    expect(said('Nobody is there when it counts')).toHaveLength(2);
    expect(said('Nobody is there when it counts')[1]).toContain('on Monday from 17:00 to 09:00 2 days later');
    expect(said('Nobody is there when it counts')[1]).not.toContain('Friday');
  });

  it('is told anew when it was mended and went wrong again', async () => {
    await open(GAPS);
    await lookAtCoverage(floor.engine);
    floor.desk = DESK;
    await lookAtCoverage(floor.engine);
    floor.at = later(floor.at, 24 * HOUR_MS);
    floor.desk = GAPS;
    await lookAtCoverage(floor.engine);
    await floor.settled();
    expect(said('Nobody is there when it counts')).toHaveLength(2);
  });

  it('is told once by several processes', async () => {
    await open(GAPS);
    await Promise.all([lookAtCoverage(floor.engine), lookAtCoverage(floor.engine), lookAtCoverage(floor.engine)]);
    await floor.settled();
    expect(said('Nobody is there when it counts')).toHaveLength(1);
  });

  it('is nothing to tell where nobody’s hours are known', async () => {
    await open(DESK);
    await day.until(8, 30, 1);
    expect(inLeads()).toEqual([]);
  });

  it('asks the platforms who and what is gone, and forgets nothing while one does not answer', async () => {
    await open(DESK);
    let answers = true;
    floor.slack.lost = async () => {
      if (!answers) throw new SurfaceFailure('not-sent', 'no answer');
      return [{ what: 'archived:C0TRIAGE', say: 'The triage channel #triage is archived.' }];
    };
    await lookAtCoverage(floor.engine);
    answers = false;
    await lookAtCoverage(floor.engine);
    expect(floor.troubles.splice(0)).toHaveLength(1);
    answers = true;
    floor.at = later(floor.at, 24 * HOUR_MS);
    await lookAtCoverage(floor.engine);
    await floor.settled();
    expect(said('The triage channel #triage is archived.')).toHaveLength(1);
  });
});

describe('What cannot be done in time', () => {
  /** Eight cases that took three hours each, one after the other, over the weeks before. */
  const practised = async (desk: Desk = DESK): Promise<void> => {
    await open(desk);
    for (let day = 0; day < SAMPLES_MIN; day += 1) {
      floor.at = later(instant(Date.UTC(2026, 10, 9 + day + (day > 4 ? 2 : 0), 10)), 0);
      await solved(bob, 3);
    }
    floor.at = TEN;
    await floor.settled();
  };
  const warned = () => shownIn(floor.slack, 'C0LEADS').filter(({ view }) => wordsOn(view).includes('in time'));

  it('is not spoken of with too few samples', async () => {
    await open(DESK);
    for (let n = 0; n < 12; n += 1) await day.type(alice, `take ${(await day.anotherCase()).ref}`);
    await day.passes(MINUTE_MS);
    expect(warned()).toEqual([]);
  });

  it('is one card that names the cases and who could take them, with a button each, and says when the danger is over', async () => {
    await practised();
    // P2 is due in 16 office hours: five of three hours fit, the sixth and seventh do not.
    const mine: Case[] = [];
    for (let n = 0; n < 7; n += 1) {
      const it = await day.anotherCase();
      await day.type(alice, `p2 ${it.ref}`);
      await day.type(alice, `take ${it.ref}`);
      mine.push(it);
    }
    await day.rounds.look();
    await floor.settled();
    expect(warned()).toHaveLength(1);
    const card = warned()[0]!;
    expect(wordsOn(card.view)).toContain('L1 Frontline will not do 2 cases in time');
    expect(wordsOn(card.view)).toContain('Alice Anderson · due Wed 25 Nov, 10:00, would be done Wed 25 Nov');
    const gives = buttonsOn(card.view).filter(({ label }) => label.startsWith('Give'));
    expect(gives.map(({ label }) => label)).toEqual(['Give to Bob Brown', 'Give to Bob Brown']);
    await day.passes(5 * MINUTE_MS);
    expect(card.updates).toBe(0);
    for (const give of gives) {
      const answer = await floor.doors.press(give.verb, give.data, calls(lena));
      expect(wordsIn(answer)).toMatch(/CASE-\d+ is Bob Brown’s now; they have been told\./);
    }
    expect((await caseNow(floor, mine[6]!)).holder).toMatchObject({ kind: 'owner', person: bob.id });
    await day.passes(5 * MINUTE_MS);
    expect(warned()).toHaveLength(1);
    expect(wordsOn(card.view)).toContain('L1 Frontline can do all that is due in time again');
    expect(buttonsOn(card.view)).toEqual([]);
  });

  it('says nothing while the desk is closed, and comes with the morning', async () => {
    await practised();
    for (let n = 0; n < 7; n += 1) {
      const it = await day.anotherCase();
      await day.type(alice, `p2 ${it.ref}`);
      await day.type(alice, `take ${it.ref}`);
    }
    await day.until(20);
    expect(warned()).toEqual([]);
    await day.until(9, 0, 1);
    expect(warned()).toHaveLength(1);
  });

  it('is refused to somebody who may not give cases away, and to a button that is out of date', async () => {
    await practised();
    for (let n = 0; n < 7; n += 1) {
      const it = await day.anotherCase();
      await day.type(alice, `p2 ${it.ref}`);
      await day.type(alice, `take ${it.ref}`);
    }
    await day.rounds.look();
    await floor.settled();
    const give = buttonOn(warned()[0]!.view, 'Give to Bob Brown');
    expect(wordsIn(await floor.doors.press(give.verb, give.data, calls(ravi)))).toMatch(/people of the desk/i);
    await floor.doors.press('take', { case: String(give.data['case']) }, calls(carol));
    expect(wordsIn(await floor.doors.press(give.verb, give.data, calls(lena)))).toMatch(/Carol Chen/);
  });
});
