import { forecast, type Known } from '../../src/domain/capacity/forecast';
import { type Handling, handledMs, handlingTimes, SAMPLES_MIN, workedCase } from '../../src/domain/capacity/handling';
import type { Case } from '../../src/domain/case/case';
import type { Recorded } from '../../src/domain/case/events';
import type { Desk } from '../../src/domain/desk/desk';
import { caseId, HOUR_MS, type Instant, later, MINUTE_MS, personId, priorityName } from '../../src/domain/ids';
import { cpuMsSince } from '../support/cpuTime';
import {
  alice,
  assigns,
  beginning,
  bob,
  carol,
  caseOf,
  DESK,
  type Doing,
  lena,
  opened,
  passes,
  resolves,
  resumes,
  type Story,
  TEN,
  takes,
  told,
  triages,
  waits,
} from '../support/given';

let count = 0;
/** One of several cases: its own id, in state and journal. */
function own(story: Story): { readonly case: Case; readonly journal: readonly Recorded[] } {
  count += 1;
  const id = caseId(`case-${count}`);
  const journal = story.journal.map((one) => ({
    ...one,
    stream: id,
    event: one.event.type === 'CaseOpened' ? { ...one.event, id } : one.event,
  }));
  return { case: { ...caseOf(story), id, ref: `CASE-${count}` }, journal };
}
const aCase = (at: Instant, doings: readonly Doing[], desk: Desk = DESK) => own(told(beginning(desk, at), doings));
const handledOf = (cases: readonly ReturnType<typeof aCase>[], until: Instant): readonly number[] => {
  const worked = cases.map((one) => workedCase(one.journal, until)).filter((one) => one !== null);
  const handled = handledMs(DESK, worked);
  return cases.map((one) => (handled.get(one.case.id) ?? 0) / MINUTE_MS);
};

describe('how long a case was worked on', () => {
  it('is the time in progress, without waiting for the client and without the night', () => {
    // Taken at 10:01, waits from 11:01 to 14:01, resolved at 09:31 the next day: 60 + 179 + 31 min of office hours.
    const one = aCase(TEN, [
      opened(),
      takes(alice),
      waits(alice, { afterMs: HOUR_MS }),
      resumes(alice, { afterMs: 3 * HOUR_MS }),
      resolves(alice, { afterMs: 19 * HOUR_MS + 30 * MINUTE_MS }),
    ]);
    expect(handledOf([one], later(TEN, 48 * HOUR_MS))).toEqual([60 + 179 + 31]);
  });

  it('is shared among the cases that somebody has in progress at once', () => {
    const long = aCase(TEN, [opened(), takes(alice, { afterMs: 0 }), resolves(alice, { afterMs: 2 * HOUR_MS })]);
    const short = aCase(later(TEN, HOUR_MS), [
      opened(),
      takes(alice, { afterMs: 0 }),
      resolves(alice, { afterMs: HOUR_MS }),
    ]);
    const other = aCase(TEN, [opened(), takes(bob, { afterMs: 0 }), resolves(bob, { afterMs: 2 * HOUR_MS })]);
    expect(handledOf([long, short, other], later(TEN, 48 * HOUR_MS))).toEqual([90, 30, 120]);
  });

  it('follows the case from one person to the next, and through a reopening', () => {
    const one = aCase(TEN, [
      opened(),
      takes(alice, { afterMs: 0 }),
      assigns(lena, bob.id, { afterMs: HOUR_MS }),
      resolves(bob, { afterMs: HOUR_MS }),
    ]);
    expect(handledOf([one], later(TEN, 48 * HOUR_MS))).toEqual([120]);
  });

  it('counts work that goes on up to now, and nothing before anybody took the case', () => {
    const going = aCase(TEN, [opened(), takes(alice, { afterMs: HOUR_MS })]);
    const untouched = aCase(TEN, [opened()]);
    expect(handledOf([going, untouched], later(TEN, 3 * HOUR_MS))).toEqual([120, 0]);
  });
});

describe('the median handling time', () => {
  const solved = (hours: number, priority = 'P2') =>
    aCase(TEN, [
      opened(),
      triages(alice, priority, { afterMs: 0 }),
      takes(alice, { afterMs: 0 }),
      resolves(alice, { afterMs: hours * HOUR_MS }),
    ]);
  const timesOf = (cases: readonly ReturnType<typeof aCase>[]) =>
    handlingTimes(
      DESK,
      cases.map((one) => workedCase(one.journal, later(TEN, 48 * HOUR_MS))).filter((one) => one !== null),
    );

  it('stays unsaid with too few samples, and says how many there are', () => {
    const few = Array.from({ length: SAMPLES_MIN - 1 }, () => solved(1));
    expect(timesOf(few).get(priorityName('P2'))).toEqual({ medianMs: null, samples: SAMPLES_MIN - 1 });
    expect(timesOf([]).get(priorityName('P1'))).toEqual({ medianMs: null, samples: 0 });
  });

  it('is that of the priority the cases were resolved with', () => {
    // One after the other, so that nothing is shared: on eight days, an hour longer each time.
    const cases = Array.from({ length: SAMPLES_MIN }, (_, index) =>
      aCase(later(TEN, [0, 1, 2, 3, 4, 7, 8, 9][index]! * 24 * HOUR_MS), [
        opened(),
        triages(alice, 'P2', { afterMs: 0 }),
        takes(alice, { afterMs: 0 }),
        resolves(alice, { afterMs: (index + 1) * 30 * MINUTE_MS }),
      ]),
    );
    const worked = cases.map((one) => workedCase(one.journal, later(TEN, 480 * HOUR_MS))).filter((one) => one !== null);
    expect(handlingTimes(DESK, worked).get(priorityName('P2'))).toEqual({
      medianMs: 4.5 * 30 * MINUTE_MS,
      samples: SAMPLES_MIN,
    });
    expect(handlingTimes(DESK, worked).get(priorityName('P3'))).toEqual({ medianMs: null, samples: 0 });
  });
});

const known = (hours: Readonly<Record<string, number | null>>, at: Instant, desk = DESK): Known => ({
  desk,
  at,
  handling: new Map(
    Object.entries(hours).map(([name, one]): [ReturnType<typeof priorityName>, Handling] => [
      priorityName(name),
      { medianMs: one === null ? null : one * HOUR_MS, samples: 20 },
    ]),
  ),
});
/** P2 is due 16 office hours after it was opened: on Wednesday at 10:00 for a case of Monday 10:00. */
const p2 = (...doings: readonly Doing[]) =>
  aCase(TEN, [opened(), triages(alice, 'P2', { afterMs: 0 }), ...doings]).case;

describe('what can be done in time', () => {
  it('is all of it on an empty desk', () => {
    expect(forecast([], known({}, TEN))).toEqual({ missed: [], looked: {}, unknown: [] });
    expect(forecast([p2()], known({ P2: 2 }, TEN, { ...DESK, people: [] })).missed).toEqual([]);
  });

  it('is silent about priorities that nobody knows the handling time of, and names them', () => {
    expect(forecast([p2()], known({ P2: null }, TEN))).toEqual({ missed: [], looked: {}, unknown: ['P2'] });
  });

  it('is what two people can do one after the other within their hours', () => {
    // Two people, 16 office hours each, 8 hours a case: four cases fit exactly.
    const four = Array.from({ length: 4 }, () => p2());
    expect(forecast(four, known({ P2: 8 }, TEN)).missed).toEqual([]);
    const late = forecast([...four, p2()], known({ P2: 8 }, TEN));
    expect(late.missed).toHaveLength(1);
    expect(late.looked).toEqual({ 'L1 Frontline': 5 });
    // Nobody of L1 has time; Carol of L2 could.
    expect(late.missed[0]).toMatchObject({ level: 'L1 Frontline', to: carol.id });
  });

  it('proposes somebody who lets nothing else down for it', () => {
    const mine = Array.from({ length: 3 }, () => p2(takes(alice, { afterMs: 0 })));
    const found = forecast(mine, known({ P2: 8 }, TEN));
    expect(found.missed.map((one) => [one.by, one.to])).toEqual([[alice.id, bob.id]]);
    const bobs = Array.from({ length: 2 }, () => p2(takes(bob, { afterMs: 0 })));
    expect(forecast([...mine, ...bobs], known({ P2: 8 }, TEN)).missed.map((one) => one.to)).toEqual([carol.id]);
    const carols = Array.from({ length: 2 }, () => p2(takes(carol, { afterMs: 0 })));
    const lenas = Array.from({ length: 2 }, () => p2(takes(lena, { afterMs: 0 })));
    expect(
      forecast([...mine, ...bobs, ...carols, ...lenas], known({ P2: 8 }, TEN)).missed.map((one) => one.to),
    ).toEqual([null]);
  });

  it('makes each proposal as if those before it were followed', () => {
    const mine = Array.from({ length: 6 }, () => p2(takes(alice, { afterMs: 0 })));
    // 16 h each: two of Alice's fit, two go to Bob, two to Carol.
    expect(forecast(mine, known({ P2: 8 }, TEN)).missed.map((one) => one.to)).toEqual([
      bob.id,
      bob.id,
      carol.id,
      carol.id,
    ]);
  });

  it('knows people’s shifts: who works afternoons only has half the time', () => {
    const afternoons = {
      ...DESK.calendars['desk']!,
      weekly: { mon: [{ start: '13:00', end: '17:00' }], tue: [{ start: '13:00', end: '17:00' }] },
    };
    const desk: Desk = {
      ...DESK,
      people: DESK.people.filter((one) => one.id === alice.id).map((one) => ({ ...one, hours: afternoons })),
    };
    const two = [p2(), p2()];
    expect(forecast(two, known({ P2: 4 }, TEN)).missed).toEqual([]);
    expect(forecast([...two, p2()], known({ P2: 4 }, TEN, desk)).missed).toHaveLength(1);
    expect(forecast(two, known({ P2: 4 }, TEN, desk)).missed).toEqual([]);
  });

  it('takes no case that is late already for one that will be: its breach was told', () => {
    const late = p2(passes(0));
    const at = later(TEN, 24 * 14 * HOUR_MS);
    expect(forecast([late], known({ P2: 8 }, at)).missed).toEqual([]);
  });

  it('leaves out what waits for the client, and counts what is in progress for what is left of it', () => {
    const waiting = Array.from({ length: 9 }, () => p2(takes(alice), waits(alice)));
    expect(forecast(waiting, known({ P2: 8 }, TEN)).looked).toEqual({});
    // Six hours in: of 20 hours 14 are left, and ten office hours until it is due.
    const begun = p2(takes(alice, { afterMs: 0 }));
    const at = later(TEN, 6 * HOUR_MS);
    expect(forecast([begun], known({ P2: 20 }, at)).missed).toHaveLength(1);
    expect(forecast([begun], known({ P2: 15 }, at)).missed).toEqual([]);
  });

  it('never comes for somebody whose shifts are over', () => {
    const gone = {
      ...DESK.calendars['desk']!,
      weekly: {},
      overrides: { '2026-01-05': [{ start: '09:00', end: '17:00' }] },
    };
    const desk: Desk = {
      ...DESK,
      people: DESK.people.filter((one) => one.id === alice.id).map((one) => ({ ...one, hours: gone })),
    };
    const [one] = forecast([p2()], known({ P2: 1 }, TEN, desk)).missed;
    expect(one).toMatchObject({ by: personId('alice'), doneAt: null, to: null });
  });

  it('keeps to office hours over the night on which clocks change', () => {
    const friday = later(TEN, Date.UTC(2026, 2, 27, 10) - TEN);
    const one = aCase(friday, [opened(), triages(alice, 'P2', { afterMs: 0 })]).case;
    // 16 office hours from Friday 10:00 GMT end on Tuesday 10:00 BST, however long the weekend was.
    const exactly = forecast([one], known({ P2: 16 }, friday));
    expect(exactly.missed).toEqual([]);
    expect(forecast([one], known({ P2: 16.02 }, friday)).missed[0]).toMatchObject({ dueAt: Date.UTC(2026, 2, 31, 9) });
  });
});

it('a desk with two thousand open cases is looked at in well under a second', () => {
  const template = p2(takes(alice, { afterMs: 0 }));
  const cases = Array.from(
    { length: 2000 },
    (_, index): Case => ({ ...template, id: caseId(`many-${index}`), ref: `CASE-${index}` }),
  );
  const began = process.cpuUsage();
  const found = forecast(cases, known({ P2: 8 }, TEN));
  expect(found.missed.length).toBeGreaterThan(1900);
  expect(cpuMsSince(began)).toBeLessThan(1000);
});
