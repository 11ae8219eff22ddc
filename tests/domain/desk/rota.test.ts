import { backAt, isOnShift, leavesAt } from '../../../src/domain/desk/availability';
import type { Desk, RotaShift, TriageRota } from '../../../src/domain/desk/desk';
import { begun, dutiesAt, dutiesIn, type Swap } from '../../../src/domain/desk/rota';
import { HOUR_MS, type Instant, instant, type PersonId } from '../../../src/domain/ids';
import { ALWAYS, type Calendar } from '../../../src/domain/sla/calendar';
import { WEEKDAYS } from '../../../src/domain/sla/hours';
import { alice, bob, carol, DESK, lena } from '../../support/given';

const at = (iso: string): Instant => instant(Date.parse(iso));
const iso = (when: Instant | null): string | null => (when === null ? null : new Date(when).toISOString().slice(0, 16));
const daily = (zone: string, start: string, end: string, days: readonly string[] = WEEKDAYS): Calendar => ({
  ...ALWAYS,
  name: 'shift',
  zone,
  weekly: Object.fromEntries(days.map((day) => [day, [{ start, end }]])),
});
const shift = (name: string, who: readonly PersonId[], hours: Calendar): RotaShift => ({ name, who, hours });
const rota = (shifts: readonly RotaShift[], overrides: TriageRota['overrides'] = {}): Desk => ({
  ...DESK,
  triageRota: { shifts, overrides, withinMs: HOUR_MS },
});
const NO_SWAPS: readonly Swap[] = [];
const who = (desk: Desk, when: string, swaps = NO_SWAPS): readonly (string | null)[] =>
  dutiesAt(desk, swaps, at(when)).map((duty) => duty.person);

describe('The triage rota', () => {
  it('follows the clock on the wall of each shift’s own zone', () => {
    const desk = rota([
      shift('Early', [alice.id], daily('Europe/London', '08:00', '16:00')),
      shift('Late', [carol.id], daily('America/New_York', '11:00', '19:00')),
    ]);
    // In November New York is five hours behind London, in the last week of October four.
    expect(who(desk, '2026-11-23T15:59Z')).toEqual(['alice']);
    expect(who(desk, '2026-11-23T16:00Z')).toEqual(['carol']);
    expect(who(desk, '2026-10-27T15:30Z')).toEqual(['carol', 'alice']);
    expect(who(desk, '2026-11-24T00:00Z')).toEqual([]);
  });

  it('goes round week by week, from Monday on', () => {
    const desk = rota([shift('Day', [alice.id, bob.id], daily('Europe/London', '08:00', '16:00'))]);
    const weeks = ['2026-11-16', '2026-11-22', '2026-11-23', '2026-11-29', '2026-11-30'].map(
      (day) => who(desk, `${day}T12:00Z`)[0],
    );
    expect(weeks).toEqual([weeks[0], weeks[0], weeks[2], weeks[2], weeks[0]]);
    expect(new Set(weeks)).toEqual(new Set(['alice', 'bob']));
  });

  it('gives a night shift to the date on which it begins', () => {
    const desk = rota([shift('Night', [alice.id], daily('Europe/London', '22:00', '06:00', ['mon']))]);
    expect(dutiesAt(desk, NO_SWAPS, at('2026-11-24T05:59Z'))).toMatchObject([{ date: '2026-11-23', person: 'alice' }]);
    expect(who(desk, '2026-11-24T06:00Z')).toEqual([]);
  });

  it('has somebody else, or nobody, on a date that says so, and no shift on a holiday unless somebody is named', () => {
    const christmas = {
      ...daily('Europe/London', '08:00', '16:00'),
      holidays: [
        { date: '2026-12-25', name: null },
        { date: '2026-12-28', name: null },
      ],
    };
    const desk = rota([shift('Day', [alice.id], christmas)], {
      '2026-12-23': { Day: bob.id },
      '2026-12-24': { Day: null },
      '2026-12-28': { Day: carol.id },
    });
    const days = ['22', '23', '24', '25', '28', '29'].map((day) => who(desk, `2026-12-${day}T12:00Z`));
    expect(days).toEqual([['alice'], ['bob'], [null], [], ['carol'], ['alice']]);
  });

  it('follows a swap on its date only, and forgets it where the shift is no longer that person’s', () => {
    const desk = rota([shift('Day', [alice.id], daily('Europe/London', '08:00', '16:00'))]);
    const swap = { shift: 'Day', date: '2026-11-24', from: alice.id, to: bob.id };
    expect(who(desk, '2026-11-24T12:00Z', [swap])).toEqual(['bob']);
    expect(who(desk, '2026-11-25T12:00Z', [swap])).toEqual(['alice']);
    expect(who(desk, '2026-11-24T12:00Z', [{ ...swap, from: carol.id }])).toEqual(['alice']);
    expect(dutiesAt(desk, [swap], at('2026-11-24T12:00Z'))[0]).toMatchObject({ insteadOf: 'alice' });
  });

  it('has twelve hours where clocks go forward over noon of the night, as the wall says', () => {
    const desk = rota([shift('Night', [alice.id], daily('Europe/London', '20:00', '08:00'))]);
    const [night] = dutiesIn(desk, NO_SWAPS, { from: at('2026-03-28T21:00Z'), to: at('2026-03-28T22:00Z') });
    expect((night!.to - night!.from) / HOUR_MS).toBe(11);
  });

  it('tells of a beginning once the person has not just been on already', () => {
    const desk = rota([
      shift('Day', [alice.id], daily('Europe/London', '08:00', '16:00')),
      shift('Evening', [alice.id], daily('Europe/London', '16:00', '20:00', ['mon'])),
      shift('Night', [bob.id], daily('Europe/London', '20:00', '23:00')),
    ]);
    const told = (when: string): readonly (string | null)[] =>
      begun(desk, NO_SWAPS, at(when)).map((duty) => duty.shift);
    expect(told('2026-11-23T08:00Z')).toEqual(['Day']);
    expect(told('2026-11-23T16:00Z')).toEqual([]);
    expect(told('2026-11-23T20:30Z')).toEqual(['Night']);
    expect(told('2026-11-23T22:30Z')).toEqual([]);
  });
});

describe('Who is there', () => {
  const nine = daily('Europe/London', '09:00', '17:00', ['mon', 'tue', 'wed', 'thu', 'fri']);
  const desk: Desk = {
    ...rota([shift('Late', [alice.id], daily('Europe/London', '19:00', '21:00', ['mon']))]),
    people: DESK.people.map((one) => ({ ...one, hours: nine })),
  };
  const plan = { desk, attendance: { away: [], swaps: [] } };
  const away = (from: string, until: string) => ({
    desk,
    attendance: { swaps: [], away: [{ person: alice.id, from: at(from), until: at(until) }] },
  });

  it('is whoever works by their hours or has a duty, and is not away', () => {
    expect(isOnShift(plan, alice.id, at('2026-11-23T09:00Z'))).toBe(true);
    expect(isOnShift(plan, alice.id, at('2026-11-23T18:00Z'))).toBe(false);
    expect(isOnShift(plan, alice.id, at('2026-11-23T19:00Z'))).toBe(true);
    expect(isOnShift(plan, bob.id, at('2026-11-23T19:00Z'))).toBe(false);
    expect(isOnShift(away('2026-11-23T09:00Z', '2026-11-23T12:00Z'), alice.id, at('2026-11-23T11:59Z'))).toBe(false);
    expect(isOnShift(away('2026-11-23T09:00Z', '2026-11-23T12:00Z'), alice.id, at('2026-11-23T12:00Z'))).toBe(true);
  });

  it('is back at the next opening that they are not away for', () => {
    expect(iso(backAt(plan, alice.id, at('2026-11-23T17:00Z')))).toBe('2026-11-23T19:00');
    expect(iso(backAt(plan, bob.id, at('2026-11-27T17:00Z')))).toBe('2026-11-30T09:00');
    expect(iso(backAt(away('2026-11-27T09:00Z', '2026-12-01T12:30Z'), alice.id, at('2026-11-27T17:00Z')))).toBe(
      '2026-12-01T12:30',
    );
    expect(iso(backAt(away('2026-11-23T09:00Z', '2027-01-12T09:00Z'), alice.id, at('2026-11-23T10:00Z')))).toBe(
      '2027-01-12T09:00',
    );
    expect(
      backAt(
        { ...plan, desk: { ...desk, people: desk.people.map((one) => ({ ...one, hours: { ...nine, weekly: {} } })) } },
        bob.id,
        at('2026-11-23T10:00Z'),
      ),
    ).toBeNull();
  });

  it('leaves at the end of the hours, or where an absence begins; somebody always there never leaves', () => {
    expect(iso(leavesAt(plan, alice.id, at('2026-11-23T10:00Z')))).toBe('2026-11-23T17:00');
    expect(iso(leavesAt(plan, alice.id, at('2026-11-23T20:00Z')))).toBe('2026-11-23T21:00');
    expect(leavesAt(plan, alice.id, at('2026-11-23T18:00Z'))).toBeNull();
    expect(iso(leavesAt(away('2026-11-23T14:00Z', '2026-11-23T15:00Z'), alice.id, at('2026-11-23T10:00Z')))).toBe(
      '2026-11-23T14:00',
    );
    const always = { ...plan, desk: { ...DESK, people: DESK.people.map((one) => ({ ...one, hours: ALWAYS })) } };
    expect(leavesAt(always, lena.id, at('2026-11-23T10:00Z'))).toBeNull();
  });
});
