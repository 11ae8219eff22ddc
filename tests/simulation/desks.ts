/** The desk of a simulation, and the edits that its file may get while cases are open. */
import type { Desk, Person } from '../../src/domain/desk/desk';
import { MINUTE_MS, personId } from '../../src/domain/ids';
import { DESK } from '../support/given';
import type { Dice } from './dice';

/** How far from UTC people live, in hours. Alice and Lena in London, Bob in Athens, Carol in Chennai, Ada in New York. */
export const ZONES: Readonly<Record<string, number>> = { alice: 0, lena: 0, bob: 2, carol: 5.5, ada: -5 };

const quietAtNight = (person: Person): Person => ({
  ...person,
  quiet: {
    name: 'quiet',
    zone: 'Europe/London',
    weekly: Object.fromEntries(
      (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day) => [
        day,
        [
          { start: '00:00', end: '06:00' },
          { start: '22:00', end: '24:00' },
        ],
      ]),
    ),
    holidays: [],
    overrides: {},
    breaks: [],
  },
});

export const FIRST_DESK: Desk = {
  ...DESK,
  leads: { slack: 'C0LEADS', teams: '19:leads' },
  people: DESK.people.map((person) => (person.id === 'lena' ? quietAtNight(person) : person)),
  digest: { morning: '08:30', evening: '17:30' },
};

type Edit = (desk: Desk, dice: Dice, today: string) => Desk;

const EDITS: readonly Edit[] = [
  (desk, _, today) =>
    inOffice(desk, (office) => ({ ...office, holidays: [...office.holidays, { date: today, name: 'A day off' }] })),
  (desk, dice) =>
    inOffice(desk, (office) => {
      const open = [{ start: `0${dice.between(7, 9)}:00`, end: `1${dice.between(6, 9)}:30` }];
      return { ...office, weekly: { mon: open, tue: open, wed: open, thu: open, fri: open } };
    }),
  (desk, dice) => ({
    ...desk,
    priorities: desk.priorities.map((one) => ({ ...one, resolutionMs: one.resolutionMs * dice.pick([0.5, 1, 1.5]) })),
  }),
  (desk, dice) => ({
    ...desk,
    levels: desk.levels.map((one) => ({ ...one, acceptWithinMs: dice.between(5, 60) * MINUTE_MS })),
  }),
  (desk, dice) => ({
    ...desk,
    warnAt: dice.pick([
      [{ kind: 'share', share: 0.75 }],
      [
        { kind: 'share', share: 0.5 },
        { kind: 'before', ms: 30 * MINUTE_MS },
      ],
      [{ kind: 'share', share: 0.9 }],
    ]),
  }),
  // Carol moves to the first level, so that the second one has nobody, and back.
  (desk) => ({
    ...desk,
    levels: desk.levels.map((one) => {
      if (one.name === 'L2 Specialists') return { ...one, members: one.members.length > 0 ? [] : [personId('carol')] };
      return one;
    }),
  }),
  (desk, dice) => ({ ...desk, stormOver: dice.between(1, 8) }),
];

function inOffice(desk: Desk, edit: (office: Desk['calendars'][string]) => Desk['calendars'][string]): Desk {
  const office = desk.calendars['desk'];
  if (office === undefined) throw new Error('the desk has office hours');
  return { ...desk, calendars: { ...desk.calendars, desk: edit(office) } };
}

/** The desk after somebody has edited its file in one place. */
export const edited = (desk: Desk, dice: Dice, today: string): Desk => dice.pick(EDITS)(desk, dice, today);
