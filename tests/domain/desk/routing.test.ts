import * as fc from 'fast-check';
import type { Desk, Level, Person } from '../../../src/domain/desk/desk';
import type { Load, Staffing } from '../../../src/domain/desk/load';
import { choose, type Wanted } from '../../../src/domain/desk/routing';
import { DAY_MS, type Instant, later, type PersonId, personId, priorityName } from '../../../src/domain/ids';
import { ALWAYS } from '../../../src/domain/sla/calendar';
import { alice, bob, carol, DESK, OFFICE, TEN } from '../../support/given';

const NIGHT = { ...OFFICE, weekly: { mon: [{ start: '20:00', end: '23:00' }] } };
const LEVEL: Level = { name: 'L1', members: [alice.id, bob.id, carol.id], acceptWithinMs: 1, route: 'load' };
const deskWith = (more: Readonly<Record<string, Partial<Person>>>): Desk => ({
  ...DESK,
  levels: [LEVEL],
  people: DESK.people.map((one) => ({ ...one, hours: ALWAYS, ...more[one.id] })),
});
const loads = (
  weights: Readonly<Record<string, number>>,
  lastAt: Readonly<Record<string, Instant>> = {},
): Staffing['loads'] =>
  new Map(
    Object.entries(weights).map(([id, weight]): [PersonId, Load] => [
      personId(id),
      { weight, lastAt: lastAt[id] ?? null },
    ]),
  );
const staffedWith = (more: Partial<Staffing>): Staffing => ({
  attendance: { away: [], swaps: [] },
  loads: new Map(),
  dealt: [],
  ...more,
});
const CASE: Wanted = {
  number: 0,
  client: { id: 'nw', name: 'Northwind' },
  category: 'Billing',
  priority: priorityName('P2'),
  heldBy: null,
};
const next = (
  desk: Desk,
  staffing: Partial<Staffing>,
  how: { readonly wanted?: Partial<Wanted>; readonly passed?: readonly PersonId[]; readonly at?: Instant } = {},
) =>
  choose(LEVEL, { ...CASE, ...how.wanted }, how.passed ?? [], {
    desk,
    staffing: staffedWith(staffing),
    at: how.at ?? TEN,
  });

describe('Who is next', () => {
  it('is the least loaded, by what each can hold', () => {
    const desk = deskWith({ alice: { maxOpen: 10 }, bob: { maxOpen: 4 }, carol: { maxOpen: 4 } });
    const choice = next(desk, { loads: loads({ alice: 4, bob: 2, carol: 3 }) });
    expect(choice).toEqual({ person: 'alice', reason: 'on shift, 4 of 10', stopgap: false, there: true });
  });

  it('is whoever got nothing for the longest time where they are alike, and goes round where nobody got anything', () => {
    const ago = { alice: TEN, bob: later(TEN, -DAY_MS), carol: later(TEN, -1) };
    expect(next(deskWith({}), { loads: loads({ alice: 1, bob: 1, carol: 1 }, ago) })?.person).toBe('bob');
    expect([0, 1, 2, 3].map((number) => next(deskWith({}), {}, { wanted: { number } })?.person)).toEqual([
      'alice',
      'bob',
      'carol',
      'alice',
    ]);
  });

  it('is whoever handled the client lately, while they have no more to do than one case', () => {
    const dealt = [{ person: carol.id, at: later(TEN, -DAY_MS) }];
    expect(next(deskWith({}), { dealt, loads: loads({ carol: 1 }) })).toMatchObject({
      person: 'carol',
      reason: 'on shift, 1 open, last handled Northwind',
    });
    expect(next(deskWith({}), { dealt, loads: loads({ carol: 2 }) })?.person).toBe('alice');
    const long = [{ person: carol.id, at: later(TEN, -31 * DAY_MS) }];
    expect(next(deskWith({}), { dealt: long })?.person).toBe('alice');
  });

  it('knows the category where somebody does, and says so', () => {
    const desk = deskWith({
      alice: { skills: ['Technical'] },
      bob: { skills: ['Billing'] },
      carol: { skills: ['Technical'] },
    });
    expect(next(desk, { loads: loads({ bob: 3 }) })).toMatchObject({
      person: 'bob',
      reason: 'on shift, 3 open, knows Billing',
    });
    const nobody = deskWith({ alice: { skills: [] }, bob: { skills: [] }, carol: { skills: [] } });
    expect(next(nobody, {})).toMatchObject({
      person: 'alice',
      stopgap: true,
      reason: 'on shift, 0 open, nobody on shift knows Billing',
    });
    expect(next(nobody, {}, { wanted: { category: null } })).toMatchObject({ stopgap: false });
  });

  it('has room for the case by its weight; when nobody has, it is a stopgap', () => {
    const weights = { ...deskWith({ alice: { maxOpen: 5 }, bob: { maxOpen: 5 }, carol: { maxOpen: 5 } }) };
    const desk = {
      ...weights,
      priorities: weights.priorities.map((one) => ({ ...one, weight: one.name === 'P1' ? 3 : 1 })),
    };
    const staffing = { loads: loads({ alice: 3, bob: 4, carol: 4 }), dealt: [{ person: bob.id, at: TEN }] };
    expect(next(desk, staffing)).toMatchObject({ person: 'bob', stopgap: false });
    expect(next(desk, staffing, { wanted: { priority: priorityName('P1') } })).toMatchObject({
      person: 'alice',
      stopgap: true,
      reason: 'on shift, 3 of 5, everybody on shift is full',
    });
  });

  it('does not count the case against whoever has it now', () => {
    const desk = deskWith({ alice: { maxOpen: 1 }, bob: { maxOpen: 1 }, carol: { maxOpen: 1 } });
    const staffing = { loads: loads({ alice: 1, bob: 1, carol: 1 }) };
    expect(next(desk, staffing, { wanted: { heldBy: carol.id } })).toMatchObject({
      person: 'carol',
      stopgap: false,
      reason: 'on shift, 0 of 1',
    });
  });

  it('is nobody who is off shift or away while somebody is there', () => {
    const desk = deskWith({ alice: { hours: NIGHT } });
    const away = [{ person: bob.id, from: TEN, until: later(TEN, DAY_MS) }];
    expect(next(desk, { attendance: { away, swaps: [] }, loads: loads({ carol: 9 }) })?.person).toBe('carol');
  });

  it('is whoever is back first where nobody is on shift', () => {
    const desk = deskWith({ alice: { hours: NIGHT }, bob: { hours: OFFICE }, carol: { hours: OFFICE } });
    const evening = later(TEN, 8 * 3_600_000);
    expect(next(desk, {}, { at: evening })).toEqual({
      person: 'alice',
      reason: 'nobody of L1 is on shift; back first',
      stopgap: true,
      there: false,
    });
  });

  it('passes over those who had their turn, until nobody is left', () => {
    expect(next(deskWith({}), {}, { passed: [alice.id, bob.id] })?.person).toBe('carol');
    expect(next(deskWith({}), {}, { passed: [alice.id, bob.id, carol.id] })).toBeNull();
    expect(next({ ...deskWith({}), people: [] }, {})).toBeNull();
  });

  it('spreads cases so that nobody has one and a half times the mean, whatever comes', () => {
    const weight = fc.integer({ min: 1, max: 3 });
    const property = fc.property(fc.array(weight, { minLength: 30, maxLength: 80 }), (cases): void => {
      const held = new Map<PersonId, Load>();
      const names = ['P1', 'P2', 'P3'];
      const desk = deskWith({});
      const weighed = { ...desk, priorities: desk.priorities.map((one, index) => ({ ...one, weight: index + 1 })) };
      cases.forEach((size, number) => {
        const wanted = { ...CASE, client: null, number, priority: priorityName(names[size - 1] ?? '') };
        const choice = choose(LEVEL, wanted, [], {
          desk: weighed,
          staffing: staffedWith({ loads: held }),
          at: later(TEN, number),
        });
        const before = held.get(choice!.person)?.weight ?? 0;
        held.set(choice!.person, { weight: before + size, lastAt: later(TEN, number) });
      });
      const all = [...held.values()].map((load) => load.weight);
      const mean = all.reduce((sum, one) => sum + one, 0) / LEVEL.members.length;
      expect(Math.max(...all) / mean).toBeLessThanOrEqual(1.5);
    });
    void fc.assert(property);
  });
});
