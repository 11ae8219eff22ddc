import * as fc from 'fast-check';
import type { Case } from '../../../src/domain/case/case';
import { AS_PLANNED, type Attendance } from '../../../src/domain/desk/availability';
import { boardOf, dangerIn, type Seen } from '../../../src/domain/desk/board';
import { cannotDeal, dealOut } from '../../../src/domain/desk/dealing';
import type { Desk, Person } from '../../../src/domain/desk/desk';
import { STAFFED_AS_PLANNED, type Staffing } from '../../../src/domain/desk/load';
import { receiversOf } from '../../../src/domain/desk/receivers';
import { caseId, HOUR_MS, later, MINUTE_MS, type PersonId, personId, priorityName } from '../../../src/domain/ids';
import {
  alice,
  assigns,
  bob,
  carol,
  DESK,
  escalates,
  given,
  givenOn,
  lena,
  OFFICE,
  opened,
  passes,
  TEN,
  takes,
  triages,
  waits,
  wakes,
} from '../../support/given';

const SEEN: Seen = { desk: DESK, attendance: AS_PLANNED, at: TEN };
const numbered = (it: Case, number: number): Case => ({
  ...it,
  id: caseId(`case-${number}`),
  number,
  ref: `CASE-${number}`,
});
const owned = (by: typeof alice, number: number, priority = 'P2'): Case =>
  numbered(given(opened(), triages(alice, priority), takes(by)).case, number);
const peopleOn = (desk: Desk, cases: readonly Case[]) =>
  boardOf(cases, { ...SEEN, desk }).levels.map(({ name, people }) => [name, people.map(({ person }) => person)]);
const refs = (cases: readonly Case[]): readonly string[] => cases.map(({ ref }) => ref);

describe('The board', () => {
  it('has untriaged cases, then those of nobody, then each person once on their highest level', () => {
    const untriaged = numbered(given(opened()).case, 1);
    const unowned = numbered(given(opened(), triages(lena, 'P1')).case, 2);
    const board = boardOf([untriaged, unowned, owned(bob, 3)], SEEN);
    expect(refs(board.untriaged)).toEqual(['CASE-1']);
    expect(refs(board.unowned)).toEqual(['CASE-2']);
    expect(peopleOn(DESK, [untriaged])).toEqual([
      ['L1 Frontline', ['alice', 'bob']],
      ['L2 Specialists', ['carol']],
      ['L3 Management', ['lena']],
      [null, ['ada']],
    ]);
    const everywhere = { ...DESK, levels: DESK.levels.map((level) => ({ ...level, members: [bob.id] })) };
    expect(peopleOn(everywhere, []).filter(([, people]) => people?.includes(bob.id))).toEqual([
      ['L3 Management', ['bob']],
    ]);
  });

  it('counts what somebody owns, has to find an owner for, and is asked, weighed by priority', () => {
    const heavy: Desk = {
      ...DESK,
      priorities: DESK.priorities.map((one) => ({ ...one, weight: one.name === 'P1' ? 3 : 1 })),
    };
    const asked = numbered(given(opened(), takes(alice), escalates(alice, { person: bob.id })).case, 5);
    const turn = numbered(given(opened()).case, 6);
    const board = boardOf([owned(bob, 3, 'P1'), owned(bob, 4), asked, turn], { ...SEEN, desk: heavy });
    const [l1] = board.levels;
    expect(
      l1?.people.map(({ person, open, turns, asked: waits, weight }) => [person, open.length, turns, waits, weight]),
    ).toEqual([
      ['alice', 1, 1, 0, 2],
      ['bob', 2, 0, 1, 4],
    ]);
    expect(l1?.asked).toBe(0);
    const offered = numbered(given(opened(), takes(alice), escalates(alice)).case, 7);
    expect(boardOf([offered], SEEN).levels.map(({ asked: all }) => all)).toEqual([0, 1, 0, 0]);
  });

  it('keeps whoever owns a case though they have left the desk, and drops whoever left without', () => {
    const without = { ...DESK, people: DESK.people.filter(({ id }) => id !== 'bob') };
    expect(peopleOn(without, [owned(bob, 3)])[0]).toEqual(['L1 Frontline', ['alice', 'bob']]);
    expect(peopleOn(without, [])[0]).toEqual(['L1 Frontline', ['alice']]);
    const nowhere = { ...without, levels: [] };
    expect(peopleOn(nowhere, [owned(bob, 3)])).toEqual([[null, ['alice', 'carol', 'lena', 'ada', 'bob']]]);
    const [gone] = boardOf([owned(bob, 3)], { ...SEEN, desk: nowhere }).levels[0]!.people.slice(-1);
    expect(gone?.presence).toBeNull();
  });

  it('leaves no live case out: each is untriaged, of nobody, or on exactly one desktop', () => {
    const makes: readonly ((number: number) => Case)[] = [
      (number) => numbered(given(opened()).case, number),
      (number) => numbered(given(opened(), triages(lena, 'P3')).case, number),
      (number) => owned(alice, number),
      (number) => owned(carol, number),
      (number) => owned(lena, number, 'P1'),
      (number) => numbered(given(opened(), assigns(lena, bob.id), waits(bob)).case, number),
    ];
    const kinds = fc.array(fc.integer({ min: 0, max: makes.length - 1 }), { maxLength: 12 });
    const levels = fc.subarray(DESK.levels.map((_, index) => index));
    const people = fc.subarray(DESK.people.map(({ id }) => id));
    const property = fc.property(kinds, levels, people, (chosen, kept, there): void => {
      const cases = chosen.map((kind, index) => makes[kind]!(index + 1));
      const desk = {
        ...DESK,
        levels: DESK.levels.filter((_, index) => kept.includes(index)),
        people: DESK.people.filter(({ id }) => there.includes(id)),
      };
      const board = boardOf(cases, { ...SEEN, desk });
      const shown = [
        ...board.untriaged,
        ...board.unowned,
        ...board.levels.flatMap((level) => level.people.flatMap(({ open }) => open)),
      ];
      expect([...refs(shown)].sort()).toEqual([...refs(cases)].sort());
    });
    void fc.assert(property, { numRuns: 200 });
  });

  it('says who is away and who is off shift, and until when', () => {
    const attendance: Attendance = {
      ...AS_PLANNED,
      away: [{ person: alice.id, from: TEN, until: later(TEN, HOUR_MS) }],
    };
    const evening = { ...OFFICE, weekly: { mon: [{ start: '18:00', end: '22:00' }] } };
    const desk = { ...DESK, people: DESK.people.map((one) => (one.id === 'bob' ? { ...one, hours: evening } : one)) };
    const [l1, l2] = boardOf([], { desk, attendance, at: TEN }).levels;
    expect(l1?.people.map(({ presence }) => presence)).toEqual([
      { kind: 'away', back: later(TEN, HOUR_MS) },
      { kind: 'off', back: later(TEN, 8 * HOUR_MS) },
    ]);
    expect(l2?.people[0]?.presence).toEqual({ kind: 'there', until: later(TEN, 7 * HOUR_MS) });
  });

  it('tells what is at risk and what is breached, by clocks and by promises', () => {
    const start = given(opened(), triages(alice, 'P1'), takes(bob));
    expect(dangerIn(start.case, DESK, start.story.at)).toBe('fine');
    const late = given(opened(), triages(alice, 'P1'), takes(bob), passes(190 * MINUTE_MS), wakes());
    expect(dangerIn(late.case, DESK, late.story.at)).toBe('at risk');
    expect(dangerIn(start.case, DESK, later(TEN, 5 * HOUR_MS))).toBe('breached');
    const waiting = given(opened(), triages(alice, 'P1'), takes(bob), passes(190 * MINUTE_MS), wakes(), waits(bob));
    expect(dangerIn(waiting.case, DESK, waiting.story.at)).toBe('fine');
    const promise = {
      id: 'p1',
      by: bob.id,
      words: '',
      madeAt: TEN,
      dueAt: TEN,
      warnAt: null,
      warned: true,
      broken: false,
    };
    expect(dangerIn({ ...start.case, promise }, DESK, TEN)).toBe('at risk');
    expect(dangerIn({ ...start.case, promise: { ...promise, broken: true } }, DESK, TEN)).toBe('breached');
  });
});

describe('Who could be given a case', () => {
  it('are those who are there first, the least loaded of them before the others, and no viewers', () => {
    const staffing: Staffing = {
      ...STAFFED_AS_PLANNED,
      attendance: { ...AS_PLANNED, away: [{ person: lena.id, from: TEN, until: later(TEN, HOUR_MS) }] },
      loads: new Map([
        [alice.id, { weight: 3, lastAt: null }],
        [carol.id, { weight: 1, lastAt: null }],
      ]),
    };
    const capable = {
      ...DESK,
      people: DESK.people.map((one) => (one.id === 'alice' ? { ...one, maxOpen: 100 } : one)),
    };
    expect(receiversOf(capable, staffing, TEN).map(({ person }) => person)).toEqual([
      'bob',
      'ada',
      'alice',
      'carol',
      'lena',
    ]);
  });
});

const withPeople = (more: Readonly<Record<string, Partial<Person>>>, levels = DESK.levels): Desk => ({
  ...DESK,
  levels,
  people: DESK.people.map((one) => ({ ...one, ...more[one.id] })),
});
const deal = (desk: Desk, cases: readonly Case[], to: readonly PersonId[], staffing: Staffing = STAFFED_AS_PLANNED) =>
  dealOut(cases, { from: bob.id, to }, { desk, staffing, at: TEN }, () => staffing.dealt).map((one) => [
    one.case.ref,
    one.to,
    one.why,
  ]);

describe('All that somebody has', () => {
  const ofBob = [owned(bob, 1, 'P3'), owned(bob, 2, 'P1'), owned(bob, 3)];

  it('goes to one person when one is chosen, the most urgent first, and nobody else’s cases move', () => {
    expect(deal(DESK, [...ofBob, owned(alice, 9)], [carol.id])).toEqual([
      ['CASE-2', 'carol', 'chosen for all of them'],
      ['CASE-3', 'carol', 'chosen for all of them'],
      ['CASE-1', 'carol', 'chosen for all of them'],
    ]);
  });

  it('is shared by two by what they have, each choice knowing of those before it', () => {
    const staffing: Staffing = { ...STAFFED_AS_PLANNED, loads: new Map([[carol.id, { weight: 2, lastAt: null }]]) };
    const desk = withPeople({ alice: { maxOpen: 5 }, carol: { maxOpen: 5 } });
    expect(deal(desk, ofBob, [alice.id, carol.id], staffing).map(([ref, to]) => [ref, to])).toEqual([
      ['CASE-2', 'alice'],
      ['CASE-3', 'alice'],
      ['CASE-1', 'carol'],
    ]);
    expect(deal(desk, ofBob, [alice.id, carol.id], staffing)[1]?.[2]).toBe('on shift, 1 of 5');
  });

  it('goes by load to the others of each case’s level, and never back', () => {
    const onL1 = ofBob.map((it) => ({ ...it, level: 'L1 Frontline' }));
    expect(new Set(deal(DESK, onL1, []).map(([, to]) => to))).toEqual(new Set(['alice']));
    const onL2 = ofBob.map((it) => ({ ...it, level: 'L2 Specialists' }));
    expect(new Set(deal(DESK, onL2, []).map(([, to]) => to))).toEqual(new Set(['carol']));
  });

  it('goes to a lead where nobody else of the level is there, and says so', () => {
    const night = { ...OFFICE, weekly: { mon: [{ start: '20:00', end: '23:00' }] } };
    const onL1 = ofBob.map((it) => ({ ...it, level: 'L1 Frontline' }));
    for (const [, to, why] of deal(withPeople({ alice: { hours: night } }), onL1, [])) {
      expect(['lena', 'ada']).toContain(to);
      expect(why).toBe('lead, as nobody of L1 Frontline is on shift');
    }
    const alone = withPeople({}, [{ name: 'L1 Frontline', members: [bob.id], acceptWithinMs: 1 }]);
    expect(deal(alone, onL1, [])[0]?.[2]).toBe('lead, as nobody else is of L1 Frontline');
  });

  it('stays where the desk has nobody else, and goes to anybody on a desk without levels', () => {
    const lonely: Desk = { ...DESK, levels: [], people: DESK.people.filter(({ id }) => id === 'bob') };
    expect(deal(lonely, ofBob, [])).toEqual(
      ofBob.map(() => [expect.anything(), null, 'nobody of its level could have it']),
    );
    expect(deal({ ...DESK, levels: [] }, ofBob, []).map(([, to]) => to)).not.toContain('bob');
  });

  it('cannot go to oneself, to a viewer, or to somebody who has left', () => {
    const no = (to: string) => cannotDeal(DESK, { from: bob.id, to: [personId(to)] });
    expect(no('bob')?.say).toBe('These are Bob Brown’s cases already. Choose somebody else.');
    expect(no('vera')?.refused).toBe('person-cannot-own');
    expect(no('zoe')?.refused).toBe('person-unknown');
    expect(no('alice')).toBeNull();
  });
});

describe('One of many that change hands', () => {
  const dealt = (to: PersonId) => ({
    by: lena,
    afterMs: MINUTE_MS,
    command: {
      kind: 'AssignCase' as const,
      to,
      seen: null,
      deal: { id: 'd1', from: bob.id, why: 'on shift, 2 of 5' },
    },
  });

  it('is assigned for its reason, under the name of the whole', () => {
    const it0 = given(opened(), takes(bob)).when(dealt(carol.id));
    expect(it0.happens('CaseAssigned').holder).toMatchObject({ kind: 'owner', person: 'carol' });
  });

  it('stays where it is when somebody else has got it meanwhile, or it is done', () => {
    const say = given(opened(), takes(bob), takes(alice)).when(dealt(carol.id)).refused('stale');
    expect(say).toBe('Meanwhile Alice Anderson took CASE-1002 1 min ago, so it stays as it is.');
  });

  it('keeps its priority’s clocks: handing over is no answer to the client', () => {
    const before = givenOn(DESK, opened(), triages(alice, 'P1'), assigns(lena, bob.id)).case;
    const after = given(opened(), triages(alice, 'P1'), assigns(lena, bob.id))
      .when(dealt(carol.id))
      .happens('CaseAssigned');
    const first = (it: Case) => it.clocks.find(({ name }) => name === 'first_response')?.state;
    expect([first(before), first(after)]).toEqual(['running', 'running']);
    expect(after.priority).toBe(priorityName('P1'));
  });
});
