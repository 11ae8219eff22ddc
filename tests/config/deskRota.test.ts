/** What the desk file says of who is next: the triage rota, skills, room and routes. */
import { readDesk } from '../../src/config/deskFile';
import type { Desk } from '../../src/domain/desk/desk';
import { dutiesAt } from '../../src/domain/desk/rota';
import { instant, MINUTE_MS } from '../../src/domain/ids';

function deskOf(text: string): Desk {
  const read = readDesk(text, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}
const problemOf = (text: string): string => {
  const read = readDesk(text, { path: 'desk.yaml' });
  return 'problem' in read ? read.problem : 'none';
};
const PEOPLE = `desk: { timezone: Europe/London, holidays: [2026-12-25], categories: [Technical, Billing] }
people:
  - { id: ann, name: Ann, skills: [Billing], max_open: 5 }
  - { id: ben, name: Ben }
  - { id: vic, name: Vic, role: viewer }
`;
const rota = (shifts: string, rest = ''): string => `${PEOPLE}rota:\n  triage:\n    shifts:\n${shifts}\n${rest}`;
const DAY =
  '      - { name: Day, who: [ann, ben], hours: { mon: "08:00-16:00", thu: "08:00-16:00", fri: "08:00-16:00" } }';
const on = (desk: Desk, when: string): readonly (string | null)[] =>
  dutiesAt(desk, [], instant(Date.parse(when))).map((duty) => duty.person);

describe('the triage rota', () => {
  it('has shifts by name, in their zone, with the holidays of the desk and dates of their own', () => {
    const desk = deskOf(
      rota(DAY, '    overrides: { 2026-12-24: { Day: ben }, 2026-12-31: { Day: nobody } }\n    within: 20m'),
    );
    expect(desk.triageRota?.withinMs).toBe(20 * MINUTE_MS);
    expect(on(desk, '2026-12-24T12:00Z')).toEqual(['ben']);
    expect(on(desk, '2026-12-25T12:00Z')).toEqual([]);
    expect(on(desk, '2026-12-31T12:00Z')).toEqual([null]);
    expect(desk.triageRota?.shifts[0]?.hours.zone).toBe('Europe/London');
    expect(
      deskOf(rota('      - { name: Night, who: ann, timezone: Asia/Tokyo, hours: 24x7 }')).triageRota?.shifts[0]?.hours
        .zone,
    ).toBe('Asia/Tokyo');
  });

  it('is not there on a desk that names none', () => {
    expect(deskOf(PEOPLE)).not.toHaveProperty('triageRota');
  });

  it.each([
    [
      rota('      - { name: Day, who: zed, hours: 24x7 }'),
      'desk.yaml:9: rota.triage.shifts[0].who[0]: "zed" is not a known person',
    ],
    [
      rota('      - { name: Day, who: vic, hours: 24x7 }'),
      'desk.yaml:9: rota.triage.shifts[0].who[0]: vic is a viewer, who only looks',
    ],
    [
      rota('      - { name: Day, who: [], hours: 24x7 }'),
      'desk.yaml:9: rota.triage.shifts[0].who: must name at least one person',
    ],
    [rota('      - { name: Day, who: ann }'), 'desk.yaml:9: rota.triage.shifts[0].hours: must be the open days'],
    [
      rota('      - { name: Day, who: ann, hours: { mon: [] } }'),
      'desk.yaml:9: rota.triage.shifts[0].hours: has no open minute',
    ],
    [rota(`${DAY}\n${DAY}`), 'desk.yaml:10: rota.triage.shifts[1].name: shift "Day" is named twice'],
    [
      rota(DAY, '    overrides: { 2026-12-24: { Dya: ben } }'),
      'desk.yaml:10: rota.triage.overrides.2026-12-24.Dya: "Dya" is not a known shift; did you mean Day?',
    ],
    [
      rota(DAY, '    overrides: { 2026-12-24: { Day: zed } }'),
      'desk.yaml:10: rota.triage.overrides.2026-12-24.Day: "zed" is not a known person',
    ],
    [
      rota(DAY, '    overrides: { 24.12.: { Day: ben } }'),
      'desk.yaml:10: rota.triage.overrides.24.12.: "24.12." is not a date',
    ],
    [`${PEOPLE}rota: { triage: { shifts: [] } }`, 'desk.yaml:6: rota.triage.shifts: must name at least one shift'],
    [`${PEOPLE}rota: { triag: {} }`, 'desk.yaml:6: rota.triag: "triag" is not a known key; did you mean triage?'],
  ])('with a mistake in it is refused with line and key: %#', (text, said) => {
    expect(problemOf(text)).toContain(said);
  });
});

describe('what a choice by load goes by', () => {
  it('are skills and room of a person, route and claim of a level, weight of a priority', () => {
    const desk = deskOf(
      `${PEOPLE}levels:\n  - { name: L1, members: [ann], route: load, claim: 5m }\n  - { name: L2, members: [ben] }\npriorities:\n  P1: { first_response: 1h, resolution: 4h, weight: 3 }\n  P2: { first_response: 1h, resolution: 4h }\n`,
    );
    expect(desk.people[0]).toMatchObject({ skills: ['Billing'], maxOpen: 5 });
    expect(desk.people[1]).not.toHaveProperty('skills');
    expect(desk.levels[0]).toMatchObject({ route: 'load', claimMs: 5 * MINUTE_MS });
    expect(desk.levels[1]).not.toHaveProperty('route');
    expect(desk.priorities.map((one) => one.weight)).toEqual([3, undefined]);
  });

  it.each([
    [
      PEOPLE.replace('[Billing],', '[Biling],'),
      'people[0].skills[0]: "Biling" is not a known category; did you mean Billing?',
    ],
    [
      PEOPLE.replace('max_open: 5', 'max_open: many'),
      'people[0].max_open: must be a whole number of cases from 1 to 1000',
    ],
    [PEOPLE.replace('max_open: 5', 'max_open: 0'), 'people[0].max_open: must be a whole number'],
    [
      `${PEOPLE}levels: [ { name: L1, members: [ann], route: laod } ]`,
      'levels[0].route: "laod" is not a known choice; did you mean load?',
    ],
    [
      `${PEOPLE}levels: [ { name: L1, members: [ann], claim: soon } ]`,
      'levels[0].claim: "soon" is not a length of time',
    ],
  ])('are checked: %#', (text, said) => {
    expect(problemOf(text)).toContain(said);
  });
});
