/** Who a platform says is busy, driven over the real engine, store and outbox. */
import { createBusyWatch } from '../../src/app/busy';
import type { Case } from '../../src/domain/case/case';
import type { Busy } from '../../src/domain/desk/busy';
import type { Desk, Person } from '../../src/domain/desk/desk';
import { HOUR_MS, type Instant, later, MINUTE_MS, type PersonId } from '../../src/domain/ids';
import { type DeskDay, openDay } from '../support/deskDay';
import { calls, caseNow, type Floor, factOn, formIn, shownTo, wordsOn } from '../support/floor';
import { ada, alice, bob, carol, DESK, lena, OFFICE } from '../support/given';

const LOADED: Desk = {
  ...DESK,
  people: DESK.people.map((one) => ({ ...one, hours: OFFICE })),
  levels: DESK.levels.map((level, index) => (index === 0 ? { ...level, route: 'load' } : level)),
};

let day: DeskDay;
let floor: Floor;
/** Whom Slack was asked about, look by look. */
let asked: (readonly PersonId[])[];
const open = async (desk: Desk): Promise<void> => {
  day = await openDay(desk);
  floor = day.floor;
  asked = [];
};
afterEach(() => day.close());

const quiet = (person: PersonId, until: Instant): Busy => ({ person, doing: 'do not disturb', from: floor.at, until });
const slackTells = async (...all: readonly Busy[]): Promise<void> => {
  floor.slack.busy = async (people: readonly Person[]) => {
    asked.push(people.map(({ id }) => id));
    return all;
  };
  await floor.engine.busy?.look();
};
const turnOf = async (it: Case): Promise<string> => {
  const { holder } = await caseNow(floor, it);
  return holder.kind === 'turn' ? holder.person : holder.kind;
};
const toldTo = (user: string, words: string): readonly string[] =>
  shownTo(floor.slack, user)
    .map(({ view }) => wordsOn(view))
    .filter((one) => one.includes(words));

describe('Do-not-disturb', () => {
  it('sends a case to the next person, who is told whom it spared', async () => {
    await open(LOADED);
    await slackTells(quiet(bob.id, later(floor.at, HOUR_MS)));
    const it = await day.anotherCase();
    expect(await turnOf(it)).toBe('alice');
    expect(toldTo('U0ALICE', '(you: on shift, 0 open, Bob Brown has do not disturb on until 11:00)')).toHaveLength(1);
    const details = await floor.doors.line(`show ${it.ref}`, calls(lena));
    if (details.kind !== 'said') throw new Error('not said');
    expect(factOn(details.view, 'Whose turn, and why')).toContain('Bob Brown has do not disturb on until 11:00');
  });

  it('counts on a desk that only goes round, too', async () => {
    await open(DESK);
    const [first, second] = [await day.anotherCase(), await day.anotherCase()];
    expect([await turnOf(first), await turnOf(second)].sort()).toEqual(['alice', 'bob']);
    await slackTells(quiet(bob.id, later(floor.at, HOUR_MS)));
    for (let one = 0; one < 3; one += 1) expect(await turnOf(await day.anotherCase())).toBe('alice');
  });

  it('moves the turn of whoever turns it on to somebody who may be asked, at the next round', async () => {
    await open(LOADED);
    const it = await day.anotherCase();
    expect(await turnOf(it)).toBe('bob');
    await slackTells(quiet(bob.id, later(floor.at, HOUR_MS)));
    await day.passes(MINUTE_MS);
    expect(await turnOf(it)).toBe('alice');
    // It does not come back when Bob may be asked again.
    await day.passes(HOUR_MS);
    expect(await turnOf(it)).toBe('alice');
  });

  it('of everybody on shift holds nothing back, and the case goes to who may be asked first', async () => {
    await open(LOADED);
    const [short, long] = [later(floor.at, 20 * MINUTE_MS), later(floor.at, 2 * HOUR_MS)];
    await slackTells(quiet(alice.id, long), quiet(bob.id, short));
    const it = await day.anotherCase();
    const usual = await turnOf(it);
    expect(['alice', 'bob']).toContain(usual);
    await slackTells(quiet(usual === 'alice' ? alice.id : bob.id, long));
    await day.passes(MINUTE_MS);
    expect(await turnOf(it)).toBe(usual === 'alice' ? 'bob' : 'alice');
  });

  it('is warned of when somebody is chosen by hand, and shown before the choice', async () => {
    await open(LOADED);
    await slackTells(quiet(alice.id, later(floor.at, 5 * HOUR_MS)));
    const it = await day.anotherCase();
    const form = formIn(await floor.doors.press('assign', { case: it.id, seen: it.version }, calls(lena)));
    const people = form.fields.find((field) => field.kind === 'choice');
    if (people?.kind !== 'choice') throw new Error('nobody to choose');
    const described = people.options.find(({ value }) => value === alice.id)?.description;
    expect(described).toContain('on shift, do not disturb until 15:00');
    expect(await day.type(lena, `assign ${it.ref} @alice`)).toContain(
      'Mind that Alice Anderson has do not disturb on until 15:00. On shift now: Bob Brown',
    );
    expect(await day.type(lena, `assign ${it.ref} @bob`)).not.toContain('Mind that');
  });

  it('stands on the board and in the rota', async () => {
    await open(LOADED);
    await slackTells(quiet(alice.id, later(floor.at, 5 * HOUR_MS)));
    expect(await day.type(lena, 'board')).toContain('on shift until Mon 23 Nov, 17:00, do not disturb until 15:00');
    expect(await day.type(lena, 'rota')).toContain('On shift: Alice Anderson (do not disturb until 15:00), Bob Brown');
  });
});

describe('Asking a platform who is busy', () => {
  it('concerns those on shift who may be chosen; everybody where nobody has said who works when', async () => {
    await open(LOADED);
    await slackTells();
    expect(asked).toEqual([[alice.id, bob.id, carol.id, lena.id, ada.id]]);
    await day.type(bob, 'away 2h');
    await slackTells();
    expect(asked.at(-1)).toEqual([alice.id, carol.id, lena.id, ada.id]);
    await day.until(20);
    expect(asked.at(-1)).toEqual([]);
    floor.desk = DESK;
    await slackTells();
    expect(asked.at(-1)).toHaveLength(5);
  });

  it('never holds up or changes an accepted event, whether it hangs or fails', async () => {
    await open(LOADED);
    await slackTells(quiet(bob.id, later(floor.at, 5 * HOUR_MS)));
    let answer: (told: readonly Busy[]) => void = () => undefined;
    let looks = 0;
    floor.slack.busy = () => {
      looks += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const look = floor.engine.busy?.look();
    // A minute's round and a case come while Slack still thinks: what was told last counts, and nobody asks twice.
    await day.passes(MINUTE_MS);
    expect(await turnOf(await day.anotherCase())).toBe('alice');
    expect(looks).toBe(1);
    answer([]);
    await look;
    expect(floor.engine.busy?.known()).toEqual([]);
  });

  it('is the same look while one is under way, and a bug in one is told and changes nothing', async () => {
    await open(LOADED);
    await slackTells(quiet(alice.id, later(floor.at, 5 * HOUR_MS)));
    floor.slack.busy = () => Promise.reject(new Error('a bug'));
    await floor.engine.busy?.look();
    expect(floor.troubles.splice(0)).toEqual(['the platforms could not be asked who is busy: Error: a bug']);
    expect(floor.engine.busy?.known()).toMatchObject([{ person: 'alice' }]);
  });

  it('is nobody where no platform tells, as in Teams alone', async () => {
    await open(LOADED);
    const watch = createBusyWatch(() => floor.engine);
    await watch.look();
    expect(watch.known()).toEqual([]);
  });
});
