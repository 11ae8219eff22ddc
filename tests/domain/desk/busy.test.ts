/** Whoever a platform says is busy is asked after everybody else who is on shift, and still before nobody. */
import * as fc from 'fast-check';
import { afterBreach } from '../../../src/domain/case/breach';
import { levelAsked } from '../../../src/domain/case/offered';
import { someoneThere } from '../../../src/domain/case/standIn';
import { nameTurn } from '../../../src/domain/case/turn';
import { type Attendance, isOnShift } from '../../../src/domain/desk/availability';
import { type Busy, busyAt, busySentence, busyText, nameAndBusy } from '../../../src/domain/desk/busy';
import { dealOut } from '../../../src/domain/desk/dealing';
import type { Desk, Person, TriageRota } from '../../../src/domain/desk/desk';
import { STAFFED_AS_PLANNED, type Staffing } from '../../../src/domain/desk/load';
import { receiversOf } from '../../../src/domain/desk/receivers';
import { choose, chooseLead, type Wanted } from '../../../src/domain/desk/routing';
import { TO_TAKE, TO_TRIAGE, turnFor } from '../../../src/domain/desk/whoseTurn';
import { DAY_MS, HOUR_MS, type Instant, later, MINUTE_MS, type PersonId, priorityName } from '../../../src/domain/ids';
import { ALWAYS } from '../../../src/domain/sla/calendar';
import { ada, alice, baton, bob, carol, DESK, givenOn, lena, OFFICE, opened, TEN, takes } from '../../support/given';

const THREE = later(TEN, 5 * HOUR_MS);
const busy = (person: PersonId, more: Partial<Busy> = {}): Busy => ({
  person,
  doing: 'do not disturb',
  from: TEN,
  until: THREE,
  ...more,
});
const attended = (...all: readonly Busy[]): Attendance => ({ away: [], swaps: [], busy: all });
const staffed = (...all: readonly Busy[]): Staffing => ({ ...STAFFED_AS_PLANNED, attendance: attended(...all) });

/** All three of the first level, found by load. */
const LOADED: Desk = {
  ...DESK,
  people: DESK.people.map((one) => ({ ...one, hours: OFFICE })),
  levels: [
    { name: 'L1', members: [alice.id, bob.id, carol.id], acceptWithinMs: HOUR_MS, route: 'load' },
    { name: 'L2', members: [lena.id], acceptWithinMs: HOUR_MS },
  ],
};
const [L1] = LOADED.levels;
const CASE: Wanted = { number: 0, client: null, category: null, priority: priorityName('P2'), heldBy: null };
const next = (staffing: Staffing, desk: Desk = LOADED, at: Instant = TEN) =>
  choose(L1!, CASE, [], { desk, staffing, at });
const deskWith = (more: Readonly<Record<string, Partial<Person>>>): Desk => ({
  ...LOADED,
  people: LOADED.people.map((one) => ({ ...one, ...more[one.id] })),
});

describe('What somebody is busy with', () => {
  it('counts from its beginning until its end, and until taken back where it has none', () => {
    const until = attended(busy(alice.id));
    expect(busyAt(until, alice.id, later(TEN, -1))).toBeNull();
    expect(busyAt(until, alice.id, TEN)).toMatchObject({ doing: 'do not disturb' });
    expect(busyAt(until, alice.id, THREE)).toBeNull();
    expect(busyAt(until, bob.id, TEN)).toBeNull();
    expect(busyAt(attended(busy(alice.id, { until: null })), alice.id, later(TEN, 30 * DAY_MS))).not.toBeNull();
    expect(busyAt({ away: [], swaps: [] }, alice.id, TEN)).toBeNull();
  });

  it('is what lasts longest where it is several things', () => {
    const away = busy(alice.id, { doing: 'away by their status', until: null });
    const meeting = busy(alice.id, { doing: 'in a meeting', until: later(TEN, HOUR_MS) });
    for (const all of [
      [away, meeting, busy(alice.id)],
      [busy(alice.id), meeting, away],
    ])
      expect(busyAt(attended(...all), alice.id, TEN)).toBe(away);
    expect(busyAt(attended(meeting, busy(alice.id)), alice.id, TEN)?.until).toBe(THREE);
  });

  it('is told with its end by the clock of the desk, with the day where it is another', () => {
    const reading = { desk: DESK, at: TEN };
    expect(busyText(busy(carol.id), reading)).toBe('do not disturb until 15:00');
    expect(busySentence(busy(carol.id), reading)).toBe('Carol Chen has do not disturb on until 15:00');
    const away = busy(carol.id, { doing: 'away by their status', until: later(TEN, 9 * DAY_MS) });
    expect(busyText(away, reading)).toBe('away by their status until Wed 2 Dec, 10:00');
    expect(busySentence({ ...away, until: null, doing: 'in a meeting' }, reading)).toBe('Carol Chen is in a meeting');
    const tokyo = { desk: { ...DESK, zone: 'Asia/Tokyo' }, at: TEN };
    expect(busyText(busy(carol.id), tokyo)).toBe('do not disturb until Tue 24 Nov, 00:00');
    expect(nameAndBusy({ id: carol.id, name: 'Carol' }, attended(busy(carol.id)), reading)).toBe(
      'Carol (do not disturb until 15:00)',
    );
    expect(nameAndBusy({ id: bob.id, name: 'Bob' }, attended(busy(carol.id)), reading)).toBe('Bob');
  });
});

describe('Who is next while somebody is busy', () => {
  it('is somebody else who is there, and it is said who was spared', () => {
    expect(next(staffed())).toMatchObject({ person: 'alice', reason: 'on shift, 0 open' });
    expect(next(staffed(busy(alice.id)))).toEqual({
      person: 'bob',
      reason: 'on shift, 0 open, Alice Anderson has do not disturb on until 15:00',
      stopgap: false,
      there: true,
    });
    // Who would not have been chosen anyway is nobody's business.
    expect(next(staffed(busy(carol.id)))).toMatchObject({ person: 'alice', reason: 'on shift, 0 open' });
    expect(next(staffed(busy(alice.id)), LOADED, THREE)).toMatchObject({ person: 'alice' });
  });

  it('is better full or without the skill than busy', () => {
    const full = deskWith({ bob: { maxOpen: 0 }, carol: { maxOpen: 0 } });
    expect(next(staffed(busy(alice.id)), full)).toMatchObject({ person: 'bob', stopgap: true });
  });

  it('is whoever is busy rather than nobody, until somebody may be asked again', () => {
    const all = staffed(busy(alice.id), busy(bob.id, { doing: 'in a meeting' }), busy(carol.id));
    expect(next(all)).toMatchObject({
      person: 'alice',
      reason: 'on shift, do not disturb until 15:00, 0 open',
      stopgap: true,
      there: true,
    });
    const home = deskWith({ bob: { hours: { ...OFFICE, weekly: {} } }, carol: { hours: { ...OFFICE, weekly: {} } } });
    expect(next(staffed(busy(alice.id)), home)).toMatchObject({ person: 'alice', there: true, stopgap: true });
  });

  it('is busy only where everybody on shift is, whatever is told', () => {
    const someBusy = fc.subarray([alice.id, bob.id, carol.id]);
    const weights = fc.record({ alice: fc.nat(5), bob: fc.nat(5), carol: fc.nat(5) });
    const home = fc.subarray([alice.id, bob.id, carol.id]);
    const property = fc.property(someBusy, weights, home, fc.nat(20), (told, held, gone, number): void => {
      const off = { hours: { ...OFFICE, weekly: {} } };
      const desk = deskWith(Object.fromEntries(gone.map((id) => [id, off])));
      const loads: Staffing['loads'] = new Map(
        Object.entries(held).map(([id, weight]) => [id as PersonId, { weight, lastAt: null }]),
      );
      const staffing = { ...staffed(...told.map((id) => busy(id))), loads };
      const now = { desk, staffing, at: TEN };
      const choice = choose(L1!, { ...CASE, number }, [], now);
      const there = L1!.members.filter((id) => isOnShift({ desk, attendance: staffing.attendance }, id, TEN));
      expect(choice?.there).toBe(there.length > 0);
      if (there.length === 0) return;
      expect(there).toContain(choice?.person);
      const mayBeAsked = there.filter((id) => !told.includes(id));
      expect(mayBeAsked.includes(choice!.person)).toBe(mayBeAsked.length > 0);
      expect(choice?.busy !== undefined).toBe(mayBeAsked.length === 0);
    });
    void fc.assert(property, { numRuns: 300 });
  });

  it('is an admin before a lead who is busy, and the busy lead before one who has gone', () => {
    const now = { desk: LOADED, staffing: staffed(busy(lena.id)), at: TEN };
    expect(chooseLead(CASE, [], 'so it is', now)?.person).toBe('ada');
    const gone = { ...now, desk: deskWith({ ada: { hours: { ...OFFICE, weekly: {} } } }) };
    expect(chooseLead(CASE, [], 'so it is', gone)).toMatchObject({
      person: 'lena',
      reason: 'lead, as so it is, do not disturb until 15:00',
      there: true,
    });
    expect(chooseLead(CASE, [lena.id], 'so it is', now)?.person).toBe(ada.id);
  });
});

describe('Whose turn it is while somebody is busy', () => {
  const told = (desk: Desk, ...all: readonly Busy[]) => ({ desk, staffing: staffed(...all), at: TEN });

  it('is the next one’s in turn, with the reason', () => {
    const turn = { why: TO_TAKE, level: null };
    expect(turnFor(CASE, turn, told(DESK))).toEqual({ kind: 'turn', person: 'alice', why: TO_TAKE, since: TEN });
    expect(turnFor(CASE, turn, told(DESK, busy(alice.id)))).toMatchObject({
      person: 'bob',
      reason: 'Alice Anderson has do not disturb on until 15:00',
    });
    expect(turnFor(CASE, turn, told(DESK, busy(alice.id), busy(bob.id)))).toMatchObject({
      person: 'alice',
      reason: 'do not disturb until 15:00',
    });
  });

  it('is a colleague’s while the one on the triage rota is busy, else a lead’s, else theirs', () => {
    const rota: TriageRota = {
      shifts: [{ name: 'Early', who: [bob.id], hours: OFFICE }],
      overrides: {},
      withinMs: 15 * MINUTE_MS,
    };
    const desk = { ...LOADED, triageRota: rota };
    const turn = { why: TO_TRIAGE, level: null };
    const l1 = (...ids: readonly PersonId[]) => ids.map((id) => busy(id));
    expect(turnFor(CASE, turn, told(desk))).toMatchObject({ person: 'bob', reason: 'on the triage rota (Early)' });
    expect(turnFor(CASE, turn, told(desk, ...l1(bob.id)))).toMatchObject({
      person: 'alice',
      reason: 'Bob Brown has do not disturb on until 15:00; on shift, 0 open',
    });
    expect(turnFor(CASE, turn, told(desk, ...l1(alice.id, bob.id, carol.id)))).toMatchObject({
      person: 'lena',
      reason: 'lead, as Bob Brown has do not disturb on until 15:00',
    });
    expect(turnFor(CASE, turn, told(desk, ...l1(alice.id, bob.id, carol.id, lena.id, ada.id)))).toMatchObject({
      person: 'bob',
      reason: 'on the triage rota (Early), do not disturb until 15:00',
      stopgap: true,
    });
  });

  it('moves to somebody who may be asked when its person gets busy, once', () => {
    const it = givenOn(LOADED, opened()).case;
    expect(it.holder).toMatchObject({ person: 'alice' });
    const now = { ...told(LOADED, busy(alice.id)), by: baton, next: { id: it.id, number: it.number } };
    expect(nameTurn(it, now)).toMatchObject([
      { type: 'TurnNamed', holder: { person: 'bob' }, from: 'alice', because: 'rerouted' },
    ]);
    const all = { ...now, staffing: staffed(busy(alice.id), busy(bob.id), busy(carol.id)) };
    expect(nameTurn(it, all)).toEqual([]);
    expect(nameTurn({ ...it, holder: { kind: 'turn', person: bob.id, why: TO_TRIAGE, since: TEN } }, now)).toEqual([]);
  });
});

describe('Who is asked instead of somebody while another is busy', () => {
  const desk: Desk = {
    ...LOADED,
    levels: [
      { name: 'L1', members: [alice.id, bob.id], acceptWithinMs: HOUR_MS, route: 'load', claimMs: 5 * MINUTE_MS },
      { name: 'L2', members: [carol.id], acceptWithinMs: HOUR_MS },
    ],
    priorities: LOADED.priorities.map((one) => ({ ...one, onBreach: 'reassign' })),
  };
  const waiting = givenOn(desk, opened()).case;
  const now = (...all: readonly Busy[]) => ({ desk, staffing: staffed(...all), at: TEN });

  it('stands in from another level before a busy colleague does, and that one before nobody', () => {
    expect(someoneThere(waiting, [], now(busy(alice.id), busy(bob.id)))).toMatchObject({
      person: 'carol',
      level: 'L2',
    });
    const all = [busy(alice.id), busy(bob.id), busy(carol.id)];
    expect(someoneThere(waiting, [], now(...all))).toMatchObject({ level: 'L1' });
  });

  it('gets a breached case, and the next level’s before a busy colleague', () => {
    const { at, staffing } = now(busy(alice.id), busy(bob.id));
    const breached = { type: 'SlaBreached', clock: 'resolution', at: TEN } as const;
    const [assigned] = afterBreach(waiting, [breached], { desk, at, staffing });
    expect(assigned).toMatchObject({ type: 'CaseAssigned', owner: 'carol' });
  });

  it('is asked first by a hand-over where a level claims in turn', () => {
    const [level] = desk.levels;
    expect(levelAsked(level!, waiting, carol.id, now(busy(alice.id)))).toMatchObject({ kind: 'person', person: 'bob' });
    expect(levelAsked(level!, waiting, carol.id, now(busy(bob.id)))).toMatchObject({ kind: 'person', person: 'alice' });
  });
});

describe('All that one person has', () => {
  it('goes to who may be asked, and whoever chooses sees who may', () => {
    const it = givenOn(LOADED, opened(), takes(alice)).case;
    const now = { desk: LOADED, staffing: staffed(busy(bob.id)), at: TEN };
    expect(dealOut([it], { from: alice.id, to: [] }, now, () => [])).toMatchObject([{ to: 'carol' }]);
    const desk = deskWith({ carol: { hours: { ...ALWAYS, weekly: {} } } });
    const order = receiversOf(desk, staffed(busy(alice.id)), TEN).map(({ person }) => person);
    expect(order.slice(-2)).toEqual(['alice', 'carol']);
  });
});
