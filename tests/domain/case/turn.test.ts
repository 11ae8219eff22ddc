import { alarmOf } from '../../../src/domain/alarm';
import type { Desk, TriageRota } from '../../../src/domain/desk/desk';
import { HOUR_MS, later, MINUTE_MS } from '../../../src/domain/ids';
import type { Calendar } from '../../../src/domain/sla/calendar';
import {
  accepts,
  alice,
  assigns,
  baton,
  bob,
  carol,
  DESK,
  escalates,
  givenOn,
  lena,
  OFFICE,
  opened,
  passes,
  TEN,
  takes,
  told,
  triages,
  wakes,
} from '../../support/given';

const until = (end: string): Calendar => ({ ...OFFICE, weekly: { mon: [{ start: '09:00', end }] } });
const people = (hours: Readonly<Record<string, Calendar>>): Desk['people'] =>
  DESK.people.map((one) => ({ ...one, hours: hours[one.id] ?? OFFICE }));
const ROTA: TriageRota = {
  shifts: [
    { name: 'Early', who: [bob.id], hours: until('12:00') },
    { name: 'Late', who: [carol.id], hours: { ...OFFICE, weekly: { mon: [{ start: '14:00', end: '17:00' }] } } },
  ],
  overrides: {},
  withinMs: 15 * MINUTE_MS,
};
const TRIAGED: Desk = { ...DESK, triageRota: ROTA };
const CLAIMED: Desk = {
  ...DESK,
  people: people({}),
  levels: DESK.levels.map((level, index) =>
    index === 0 ? { ...level, route: 'load', claimMs: 5 * MINUTE_MS } : level,
  ),
};
const named = { by: baton, command: { kind: 'NameTurn' }, afterMs: 0 } as const;

describe('Whose turn it is to triage', () => {
  it('is the one on the rota, who is told why', () => {
    expect(givenOn(TRIAGED, opened()).case.holder).toMatchObject({
      kind: 'turn',
      person: 'bob',
      reason: 'on the triage rota (Early)',
      until: later(TEN, 15 * MINUTE_MS),
    });
  });

  it('passes to the next person when its time is over, at its alarm, and to a lead after the last', () => {
    const story = givenOn(TRIAGED, opened(), passes(15 * MINUTE_MS));
    expect(alarmOf(story.case, TRIAGED)).toBe(later(TEN, 15 * MINUTE_MS));
    const next = story.when(wakes()).happens('TurnNamed');
    expect(next.holder).toMatchObject({ person: 'alice', passed: ['bob'], until: later(TEN, 30 * MINUTE_MS) });
    const last = givenOn(TRIAGED, opened(), passes(15 * MINUTE_MS), wakes(), passes(15 * MINUTE_MS), wakes()).case;
    expect(last.holder).toMatchObject({ person: 'lena', reason: 'lead, as nobody on shift has triaged it' });
    expect(last.holder).not.toHaveProperty('until');
  });

  it('is a lead’s in a hole of the rota, and the rota’s again when the next shift has begun', () => {
    const at = 3 * HOUR_MS;
    const story = givenOn(TRIAGED, { ...opened(), afterMs: at });
    expect(story.case.holder).toMatchObject({
      person: 'lena',
      stopgap: true,
      reason: 'lead, as nobody is on the triage rota now',
    });
    const { holder } = givenOn(TRIAGED, { ...opened(), afterMs: at }, passes(HOUR_MS))
      .when(named)
      .happens('TurnNamed');
    expect(holder).toMatchObject({ person: 'carol', reason: 'on the triage rota (Late)' });
  });

  it('ends with the shift', () => {
    const late = givenOn(TRIAGED, { ...opened(), afterMs: 2 * HOUR_MS - 5 * MINUTE_MS });
    expect(late.case.holder).toMatchObject({ until: later(TEN, 2 * HOUR_MS) });
    const [, event] = told(late.story, [passes(5 * MINUTE_MS), wakes()]).journal.filter(
      ({ event: one }) => one.type === 'TurnNamed' || one.type === 'CaseOpened',
    );
    // Nobody let it pass.
    expect(event?.event).toMatchObject({ type: 'TurnNamed', from: 'bob', because: 'rerouted' });
  });

  it('ends with the triage, and taking it is somebody’s of the level', () => {
    const it = givenOn(TRIAGED, opened(), triages(bob, 'P1')).case;
    expect(it.holder).toMatchObject({ kind: 'turn', why: 'to take it' });
    expect(it.holder).not.toHaveProperty('passed');
  });

  it('waits no longer once somebody has the case or is asked to accept it', () => {
    expect(alarmOf(givenOn(TRIAGED, opened(), takes(alice)).case, TRIAGED)).not.toBe(later(TEN, 15 * MINUTE_MS));
    const asked = givenOn(TRIAGED, opened(), escalates(bob), passes(14 * MINUTE_MS + 30_000));
    expect(asked.case.holder).toMatchObject({ person: 'bob' });
  });
});

describe('A claim', () => {
  it('is each one’s for its minutes, then the next one’s, then a lead’s', () => {
    const first = givenOn(CLAIMED, opened(), triages(alice, 'P2'));
    const order = [first.case.holder];
    let story = [opened(), triages(alice, 'P2')] as Parameters<typeof givenOn>[1][];
    for (let round = 0; round < 2; round += 1) {
      story = [...story, passes(5 * MINUTE_MS), wakes()];
      order.push(givenOn(CLAIMED, ...story).case.holder);
    }
    expect(order).toMatchObject([
      { person: 'alice' },
      { person: 'bob' },
      { person: 'lena', reason: 'lead, as nobody of L1 Frontline has taken it' },
    ]);
  });

  it('is over when somebody takes the case, and nobody’s turn passes then', () => {
    const it = givenOn(CLAIMED, opened(), triages(alice, 'P2'), takes(bob), passes(HOUR_MS)).when(wakes()).happens();
    expect(it.holder).toMatchObject({ kind: 'owner', person: 'bob' });
  });
});

describe('Looking again whose turn it is', () => {
  it('moves on from who has gone home', () => {
    const desk = {
      ...CLAIMED,
      levels: CLAIMED.levels.map(({ claimMs: _, ...level }) => level),
      people: people({ alice: until('10:30') }),
    };
    const story = givenOn(desk, opened());
    expect(story.case.holder).toMatchObject({ person: 'alice', until: later(TEN, 30 * MINUTE_MS) });
    expect(
      givenOn(desk, opened(), passes(30 * MINUTE_MS))
        .when(wakes())
        .happens('TurnNamed').holder,
    ).toMatchObject({ person: 'bob' });
  });

  it('leaves a case alone that is in good hands, and every case of a desk that only rotates', () => {
    expect(givenOn(CLAIMED, opened()).when(named).refused('nothing-due')).not.toBe('');
    expect(givenOn(CLAIMED, opened(), assigns(lena, carol.id)).when(named).refused('nothing-due')).not.toBe('');
    expect(givenOn(DESK, opened()).when(named).refused('nothing-due')).not.toBe('');
    expect(givenOn(CLAIMED, opened(), escalates(alice), accepts(carol)).when(named).refused('nothing-due')).not.toBe(
      '',
    );
  });

  it('goes to a lead while nobody of the level is there, and back to the level when somebody comes', () => {
    const night = { ...OFFICE, weekly: { mon: [{ start: '12:00', end: '17:00' }] } };
    const desk = { ...CLAIMED, people: people({ alice: night, bob: night }) };
    const story = givenOn(desk, opened());
    expect(story.case.holder).toMatchObject({ person: 'lena', reason: 'lead, as nobody of L1 Frontline is on shift' });
    expect(story.when(named).refused('nothing-due')).not.toBe('');
    const noon = givenOn(desk, opened(), passes(2 * HOUR_MS))
      .when(named)
      .happens('TurnNamed');
    expect(noon.holder).toMatchObject({ person: 'alice' });
  });
});
