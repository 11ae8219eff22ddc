import { coverageFlaws, keysOf, newFlaws } from '../../../src/domain/desk/coverage';
import type { Desk, Person } from '../../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS, personId } from '../../../src/domain/ids';
import { ALWAYS, type Calendar } from '../../../src/domain/sla/calendar';
import { DEFAULT_RULES } from '../../../src/domain/sla/rules';
import { DESK, OFFICE } from '../../support/given';

const MONDAY_NINE = instant(Date.UTC(2026, 10, 23, 9));
const BOTH = ['slack', 'teams'];

const week = (hours: string, days = ['mon', 'tue', 'wed', 'thu', 'fri'], zone = 'Europe/London'): Calendar => {
  const [start = '', end = ''] = hours.split('-');
  const weekly = Object.fromEntries(days.map((day) => [day, [{ start, end }]]));
  return { ...ALWAYS, name: hours, zone, weekly };
};
/** The desk with hours for some of its people; only they take cases. */
const staffed = (hours: Readonly<Record<string, Calendar>>, more: Partial<Desk> = {}): Desk => ({
  ...DESK,
  people: DESK.people.map(
    (one): Person => (hours[one.id] === undefined ? one : { ...one, hours: hours[one.id] as Calendar }),
  ),
  levels: [{ name: 'L1', members: Object.keys(hours).map(personId), acceptWithinMs: HOUR_MS }],
  ...more,
});
const broken = (desk: Desk, at = MONDAY_NINE): readonly string[] =>
  coverageFlaws(desk, at, BOTH)
    .filter((one) => one.weight === 'broken')
    .map((one) => one.say);

describe('the coverage of the next two weeks', () => {
  it('is silent about an empty desk: there is nobody to speak of yet', () => {
    expect(coverageFlaws({ ...DESK, people: [], levels: [] }, MONDAY_NINE, BOTH)).toEqual([]);
  });

  it('says once that nobody’s hours are known, and breaks nothing over it', () => {
    const flaws = coverageFlaws(DESK, MONDAY_NINE, BOTH);
    expect(flaws.map((one) => [one.weight, one.keys])).toEqual([['known', ['no-hours']]]);
  });

  it('finds nothing where somebody is there whenever a clock runs', () => {
    const night = week('17:00-09:00', ['mon', 'tue', 'wed', 'thu', 'fri']);
    const weekend = week('00:00-24:00', ['sat', 'sun']);
    const day = week('09:00-17:00');
    const monday = { ...weekend, weekly: { ...weekend.weekly, mon: [{ start: '00:00', end: '09:00' }] } };
    expect(coverageFlaws(staffed({ alice: day, bob: night, carol: monday }), MONDAY_NINE, BOTH)).toEqual([]);
  });

  it('names nights and weekends in which a round-the-clock promise is broken, alike ones in one sentence', () => {
    expect(broken(staffed({ alice: week('08:00-20:00') }))).toEqual([
      'P1: nobody is on shift on Monday, Tuesday, Wednesday and Thursday from 20:00 to 08:00 the next day, though its clocks run for 12 h of it; a first response is promised within 1 h, so a case of then is missed before anybody comes.',
      'P1: nobody is on shift on Friday from 20:00 to 08:00 3 days later, though its clocks run for 2 days 12 h of it; a first response is promised within 1 h, so a case of then is missed before anybody comes.',
    ]);
  });

  it('tells a gap that the promise can wait for, and presses nobody with it', () => {
    const lunch = {
      ...week('09:00-12:00'),
      weekly: {
        ...OFFICE.weekly,
        mon: [
          { start: '09:00', end: '12:00' },
          { start: '13:00', end: '17:00' },
        ],
      },
    };
    const flaws = coverageFlaws(staffed({ alice: lunch }, { priorities: DESK.priorities.slice(1) }), MONDAY_NINE, BOTH);
    expect(flaws.map((one) => [one.weight, one.say])).toEqual([
      [
        'known',
        'P2: nobody is on shift on Monday from 12:00 to 13:00, though its clocks run for 1 h of it; its first response (4 h) can wait that long.',
      ],
      [
        'known',
        'P3: nobody is on shift on Monday from 12:00 to 13:00, though its clocks run for 1 h of it; its first response (8 h) can wait that long.',
      ],
    ]);
  });

  it('counts what two shifts leave between them across closed time as one gap', () => {
    // Nobody on Friday or Monday: 16 open hours of the office calendar between Thursday evening and Tuesday morning.
    const flaws = broken(
      staffed({ alice: week('09:00-17:00', ['tue', 'wed', 'thu']) }, { priorities: DESK.priorities.slice(1, 2) }),
    );
    expect(flaws).toEqual([
      'P2: nobody is on shift on Friday from 09:00 to 17:00 3 days later, though its clocks run for 16 h of it; a first response is promised within 4 h, so a case of then is missed before anybody comes.',
    ]);
  });

  it('keeps the clock on the wall over the night on which clocks change, and no gap opens where none is', () => {
    const friday = instant(Date.UTC(2026, 2, 27, 12));
    const day = week('06:00-18:00', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    const night = week('18:00-06:00', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    expect(broken(staffed({ alice: day, bob: night }), friday)).toEqual([]);
    // The desk is in London, the night shift in New York, which changed three weeks before: on 29 March its end moves.
    const abroad = week('13:00-01:00', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'America/New_York');
    expect(coverageFlaws(staffed({ alice: day, bob: abroad }), friday, BOTH).map((one) => one.say)).toEqual([
      'P1: nobody is on shift on Saturday from 05:00 to 06:00, though its clocks run for 1 h of it; its first response (1 h) can wait that long.',
    ]);
  });

  it('looks at what tiers and single clients are promised, where that is something else', () => {
    const terms = (ms: number, calendar: string | null = null) => ({
      calendar,
      priorities: { P2: { calendar: null, clocks: { first_response: { ms, calendar: null } } } },
    });
    const sla = {
      ...DEFAULT_RULES,
      tiers: { gold: terms(HOUR_MS, '24x7'), bronze: { calendar: null, priorities: {} } },
      clients: [
        { name: 'Globex', tier: 'gold', calendar: null, priorities: {} },
        { name: 'Initech', tier: null, ...terms(30 * MINUTE_MS) },
      ],
    };
    const lunch = {
      ...OFFICE,
      weekly: {
        ...OFFICE.weekly,
        mon: [
          { start: '09:00', end: '12:00' },
          { start: '13:00', end: '17:00' },
        ],
      },
    };
    const desk = staffed({ alice: { ...lunch, holidays: [] } }, { priorities: DESK.priorities.slice(1, 2), sla });
    expect(broken(desk).map((one) => one.replace(/, though.*/, ''))).toEqual([
      'P2 for gold clients: nobody is on shift on Monday, Tuesday, Wednesday and Thursday from 17:00 to 09:00 the next day',
      'P2 for gold clients: nobody is on shift on Friday from 17:00 to 09:00 3 days later',
      'P2 for Initech: nobody is on shift on Monday from 12:00 to 13:00',
      'The tier bronze promises nothing of its own: its clients get what everybody gets.',
    ]);
  });

  it('says so when nobody is ever there', () => {
    const gone = {
      ...week('09:00-17:00'),
      weekly: {},
      overrides: { '2025-01-06': [{ start: '09:00', end: '17:00' }] },
    };
    expect(broken(staffed({ alice: gone }))).toEqual(['Nobody who takes cases is on shift in the next two weeks.']);
  });

  it('notices levels of people who cannot take a case, and people whom nothing reaches', () => {
    const levels = [
      { name: 'L1', members: [personId('alice'), personId('vera')], acceptWithinMs: HOUR_MS },
      { name: 'L2', members: [personId('vera')], acceptWithinMs: HOUR_MS },
    ];
    const said = coverageFlaws({ ...DESK, levels }, MONDAY_NINE, ['teams']).filter((one) => one.weight === 'broken');
    expect(said.map((one) => one.say)).toEqual([
      'L1 names Vera Viewer, who only looks and cannot take a case.',
      'L2 has nobody who can take a case.',
      'Ada Admin has no account on any platform that is connected, so nothing reaches them.',
      'Vera Viewer has no account on any platform that is connected, so nothing reaches them.',
    ]);
  });

  it('knows what is new: a holiday’s gap is, the same nights a day later are not', () => {
    const staff = staffed({ alice: week('08:00-20:00') });
    const known = keysOf(coverageFlaws(staff, MONDAY_NINE, BOTH));
    expect(newFlaws(coverageFlaws(staff, instant(MONDAY_NINE + 24 * HOUR_MS), BOTH), known)).toEqual([]);
    const off = { ...week('08:00-20:00'), holidays: [{ date: '2026-12-02', name: null }] };
    const fresh = newFlaws(coverageFlaws(staffed({ alice: off }), MONDAY_NINE, BOTH), known);
    expect(fresh.map((one) => one.say)).toEqual([
      expect.stringContaining('P1: nobody is on shift on Tuesday from 20:00 to 08:00 2 days later'),
      expect.stringContaining('P2: nobody is on shift on Wednesday from 09:00 to 17:00'),
    ]);
  });
});
