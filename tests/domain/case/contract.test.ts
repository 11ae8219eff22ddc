import fc from 'fast-check';
import { type Case, isLive, ownerOf } from '../../../src/domain/case/case';
import type { CaseEvent } from '../../../src/domain/case/events';
import type { Desk, Priority } from '../../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, personId } from '../../../src/domain/ids';
import { anyLife } from '../../support/anyStory';
import {
  accepts,
  ada,
  advises,
  alice,
  assigns,
  beginning,
  bob,
  carol,
  caseOf,
  DESK,
  declines,
  escalates,
  given,
  givenOn,
  lena,
  next,
  notes,
  OFFICE,
  opened,
  passes,
  replies,
  resolves,
  TEN,
  takes,
  told,
  triages,
  vera,
  waits,
  wakes,
  withdraws,
} from '../../support/given';

const taken = [opened(), takes(alice)] as const;
const toCarol = [...taken, escalates(alice)] as const;
const accept15 = 15 * MINUTE_MS;
const deskWith = (more: Partial<Priority>): Desk => ({
  ...DESK,
  priorities: DESK.priorities.map((one) => ({ ...one, ...more })),
});

/** The only ways in which a case comes to another owner. */
const MOVES: readonly CaseEvent['type'][] = ['HandoverAccepted', 'CaseTaken', 'CaseAssigned'];
const ENDS: readonly CaseEvent['type'][] = [
  'HandoverAccepted',
  'HandoverDeclined',
  'HandoverWithdrawn',
  'HandoverExpired',
  'AdviceGiven',
];

describe('the contract, whatever happens', () => {
  it('names exactly one owner or one turn, of the desk, at every moment', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        for (const { case: it, desk } of states) {
          const { holder } = it as Case;
          if (holder.kind === 'nobody') throw new Error('the case is nobody’s');
          expect(desk.people.filter(({ id, role }) => id === holder.person && role !== 'viewer')).toHaveLength(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('moves ownership by Accept, Take, Assign and the breach policy only, and by one of them at a time', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        states.forEach((story, index) => {
          const before = states[index - 1];
          if (before === undefined || ownerOf(caseOf(before)) === ownerOf(caseOf(story))) return;
          const happened = story.journal.slice(before.journal.length);
          const moves = happened.filter(({ event }) => MOVES.includes(event.type));
          expect(moves.length).toBeGreaterThan(0);
          const policy = story.desk.priorities[0]?.onBreach;
          for (const { event, by } of moves) {
            if (by.kind !== 'system') continue;
            expect([event.type, policy]).toEqual(['CaseAssigned', 'reassign']);
            expect(happened.some((one) => one.event.type === 'SlaBreached')).toBe(true);
          }
          expect(moves.filter(({ by }) => by.kind !== 'system').length).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('ends every proposal exactly once, within the time of all who can be asked', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        let story = states.at(-1);
        if (story === undefined) throw new Error('no life');
        // Nobody answers any more: each level, each person and the leads get their time, however the weekends fall.
        for (let days = 0; days < 40; days += 1)
          story = next(next(story, passes(DAY_MS)).story, wakes({ afterMs: 0 })).story;
        expect(caseOf(story).handover).toBeNull();
        const proposed = story.journal.flatMap(({ event }) =>
          event.type === 'HandoverProposed' ? [event.handover.id] : [],
        );
        expect(proposed).toEqual(proposed.map((_, index) => `h${index + 1}`));
        for (const id of proposed) {
          const ends = story.journal.filter(
            ({ event }) => ENDS.includes(event.type) && 'handover' in event && event.handover === id,
          );
          expect(ends).toHaveLength(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never asks the one who proposed it or the owner by name, and counts each hop', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        for (const story of states) {
          const it = caseOf(story);
          const accepted = story.journal.filter(({ event }) => event.type === 'HandoverAccepted');
          expect(it.hops).toHaveLength(accepted.length);
          if (it.handover === null) continue;
          expect(isLive(it)).toBe(true);
          const { asked, from } = it.handover;
          if (asked.kind === 'person') expect(asked.person).not.toBe(from);
          expect(it.handover.acceptBy).not.toBeNull();
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a proposal to one person', () => {
  it('asks them alone; others of their level are told who was asked', () => {
    const it = given(...taken, escalates(alice, { person: carol.id }));
    expect(it.case.handover).toMatchObject({
      kind: 'hand-over',
      asked: { kind: 'person', person: 'carol', name: 'Carol Chen', level: 'L2 Specialists' },
      acceptBy: TEN + 2 * MINUTE_MS + accept15,
    });
    expect(it.when(accepts(bob)).refused('not-asked')).toContain('offered to Carol Chen, so only');
    expect(it.when(accepts(carol)).happens('HandoverAccepted')).toMatchObject({ level: 'L2 Specialists' });
  });

  it('goes to the next of their level, then up, past whoever has the case, then to the leads', () => {
    const wide: Desk = {
      ...DESK,
      levels: DESK.levels.map((level, index) =>
        index === 0 ? { ...level, members: [alice.id, bob.id, ada.id] } : level,
      ),
    };
    const asked = givenOn(wide, opened(), takes(alice), escalates(alice, { person: bob.id }));
    const half = 30 * MINUTE_MS;
    const second = asked.when(wakes({ afterMs: half })).happens('HandoverMovedOn');
    expect(second.handover).toMatchObject({ asked: { person: 'ada' }, peopleBefore: ['bob'] });
    const up = givenOn(wide, opened(), takes(alice), escalates(alice, { person: bob.id }), wakes({ afterMs: half }))
      .when(wakes({ afterMs: half }))
      .happens('HandoverMovedOn');
    expect(up.handover?.asked).toEqual({ kind: 'level', level: 'L2 Specialists' });
    // Who let the time pass may still accept.
    givenOn(wide, opened(), takes(alice), escalates(alice, { person: bob.id }), wakes({ afterMs: half }))
      .when(accepts(bob))
      .happens('HandoverAccepted');
  });

  it('is how a level that claims in turn is asked: each gets the time to claim, then the next level', () => {
    const members = [carol.id, ada.id];
    const claims: Desk = {
      ...DESK,
      levels: DESK.levels.map((level, index) => (index === 1 ? { ...level, members, claimMs: 5 * MINUTE_MS } : level)),
    };
    const first = givenOn(claims, ...toCarol);
    const asked = first.case.handover?.asked;
    expect(asked).toMatchObject({ kind: 'person', level: 'L2 Specialists' });
    expect(first.case.handover?.acceptBy).toBe(TEN + 7 * MINUTE_MS);
    const second = first.when(wakes({ afterMs: 5 * MINUTE_MS })).happens('HandoverMovedOn').handover?.asked;
    const people = [asked, second].map((one) => (one?.kind === 'person' ? one.person : null));
    expect([...people].sort()).toEqual(['ada', 'carol']);
    const up = givenOn(claims, ...toCarol, wakes({ afterMs: 5 * MINUTE_MS }))
      .when(wakes({ afterMs: 5 * MINUTE_MS }))
      .happens('HandoverMovedOn');
    expect(up.handover?.asked).toEqual({ kind: 'level', level: 'L3 Management' });
  });

  it.each([
    ['oneself', alice.id, 'handover-to-self'],
    ['somebody who only looks', vera.id, 'person-cannot-own'],
    ['nobody of the desk', personId('zed'), 'person-unknown'],
  ] as const)('is refused to %s', (_, person, code) => {
    given(...taken)
      .when(escalates(alice, { person }))
      .refused(code);
  });

  it('is refused to the owner, by a colleague too', () => {
    given(...taken)
      .when(escalates(bob, { person: alice.id }))
      .refused('handover-to-owner');
  });

  it('is refused to a level with nobody in it, or with oneself alone', () => {
    const empty: Desk = {
      ...DESK,
      levels: DESK.levels.map((level, index) => (index === 1 ? { ...level, members: [vera.id] } : level)),
    };
    givenOn(empty, ...taken)
      .when(escalates(alice, { level: 'L2 Specialists' }))
      .refused('level-empty');
    given(opened(), takes(bob))
      .when(escalates(carol, { level: 'L2 Specialists' }))
      .refused('handover-to-self');
    given(opened(), takes(carol))
      .when(escalates(alice, { level: 'L2 Specialists' }))
      .refused('handover-to-owner');
  });

  it('moves on at once when everybody who was asked has left the desk', () => {
    const story = told(beginning(), [...toCarol]);
    const left: Desk = { ...DESK, people: DESK.people.filter(({ id }) => id !== carol.id) };
    const after = next({ ...story, desk: left }, wakes());
    expect(after).toMatchObject({ kind: 'happened', events: [{ type: 'HandoverMovedOn' }] });
    expect(caseOf(after.story).handover?.asked).toEqual({ kind: 'level', level: 'L3 Management' });
  });
});

describe('who is asked is reminded', () => {
  it('once, half way, unless the desk names other marks', () => {
    const reminded = given(...toCarol)
      .when(wakes({ afterMs: accept15 / 2 }))
      .happens('HandoverReminded');
    expect(reminded.handover?.remindAt).toEqual([]);
    const marks = DESK.levels.map((level) => ({
      ...level,
      remindAt: [{ kind: 'share', share: 0.2 } as const, { kind: 'before', ms: 5 * MINUTE_MS } as const],
    }));
    const it = givenOn({ ...DESK, levels: marks }, ...toCarol);
    const at = it.case.handover?.at ?? TEN;
    expect(it.case.handover?.remindAt).toEqual([later(at, 3 * MINUTE_MS), later(at, 10 * MINUTE_MS)]);
    // Two marks that came while nobody looked are one reminder.
    it.when(wakes({ afterMs: 12 * MINUTE_MS })).happens('HandoverReminded');
  });

  it('makes nobody’s card out of date', () => {
    const it = given(...toCarol, passes(accept15 / 2), wakes());
    expect(it.case.changed.handover.what).toBe('escalated');
  });
});

describe('advice', () => {
  const question = [...taken, escalates(alice, { person: carol.id, advice: true })] as const;

  it('is given in words, and the case stays where it is', () => {
    const it = given(...question)
      .when(advises(carol, ' Pull the plug '))
      .happens('AdviceGiven');
    expect(it).toMatchObject({ handover: null, holder: { person: 'alice' }, level: 'L1 Frontline', hops: [] });
  });

  it('cannot be accepted, and a hand-over cannot be answered with advice', () => {
    given(...question)
      .when(accepts(carol))
      .refused('advice-only');
    given(...toCarol)
      .when(advises(carol))
      .refused('not-advice');
  });

  it('needs words that fit, from somebody who was asked', () => {
    given(...question)
      .when(advises(carol, '  '))
      .refused('advice-missing');
    given(...question)
      .when(advises(carol, 'x'.repeat(10_001)))
      .refused('text-too-long');
    given(...question)
      .when(advises(bob))
      .refused('not-asked');
  });

  it('runs on the same clocks, and its refusal leaves a turn where it was', () => {
    given(...question)
      .when(wakes({ afterMs: accept15 }))
      .happens('HandoverMovedOn');
    const it = given(opened(), escalates(bob, { advice: true }))
      .when(declines(carol))
      .happens('HandoverDeclined');
    expect(it.holder).toEqual(given(opened()).case.holder);
  });

  it('outlives a change of owner, unless it was put to the new owner', () => {
    given(...question)
      .when(takes(bob))
      .happens('CaseTaken');
    given(...question)
      .when(takes(carol))
      .happens('HandoverWithdrawn', 'CaseTaken');
  });
});

describe('withdrawing', () => {
  it.each([
    ['whoever proposed it', alice],
    ['a lead', lena],
  ] as const)('is for %s', (_, who) => {
    const it = given(...toCarol)
      .when(withdraws(who))
      .happens('HandoverWithdrawn');
    expect(it).toMatchObject({ handover: null, holder: { person: 'alice' } });
  });

  it('is for the owner, also of what a colleague proposed', () => {
    given(...taken, escalates(bob))
      .when(withdraws(alice))
      .happens('HandoverWithdrawn');
    given(...toCarol)
      .when(withdraws(bob))
      .refused('not-yours-to-withdraw');
  });

  it('a second time says who was first', () => {
    expect(
      given(...toCarol, withdraws(alice))
        .when(withdraws(lena))
        .refused('handover-gone'),
    ).toContain('Alice Anderson withdrew the hand-over of CASE-1002');
  });
});

describe('what was promised to the client', () => {
  it('goes with the proposal and becomes a promise of the desk', () => {
    const deadline = later(TEN, 3 * HOUR_MS);
    const it = given(...taken)
      .when(escalates(alice, { deadline }))
      .happens('HandoverProposed', 'PromiseMade');
    expect(it).toMatchObject({ handover: { deadline }, promise: { dueAt: deadline, by: 'alice' } });
  });

  it('may have passed already: the next person must know, though it can be promised no more', () => {
    const deadline = later(TEN, -HOUR_MS);
    expect(
      given(...taken)
        .when(escalates(alice, { deadline }))
        .happens('HandoverProposed').handover?.deadline,
    ).toBe(deadline);
  });
});

describe('handing back', () => {
  it('knows who handed it over, until somebody takes or assigns it', () => {
    const it = given(...toCarol, accepts(carol));
    expect(it.case.handedBy).toBe('alice');
    expect(given(...toCarol, accepts(carol), takes(bob)).case.handedBy).toBeNull();
    expect(given(...toCarol, accepts(carol), assigns(lena, bob.id)).case.handedBy).toBeNull();
    const back = it.when(escalates(carol, { person: alice.id })).happens('HandoverProposed');
    expect(back.holder).toMatchObject({ person: 'carol' });
  });

  it('brings the case back to the level of whoever accepts, and counts', () => {
    const it = given(
      ...toCarol,
      accepts(carol),
      escalates(carol, { person: alice.id }),
      accepts(alice, 'h2'),
      escalates(alice),
      accepts(carol, 'h3'),
    ).case;
    expect(it.level).toBe('L2 Specialists');
    expect(it.hops?.map(({ from, to }) => `${from}>${to}`)).toEqual(['alice>carol', 'carol>alice', 'alice>carol']);
  });
});

describe('nobody accepts, and nobody owned it', () => {
  it('makes it the turn of a lead', () => {
    const it = given(opened(), escalates(bob), wakes({ afterMs: accept15 }), wakes({ afterMs: accept15 }))
      .when(wakes({ afterMs: DAY_MS }))
      .happens('SlaBreached', 'HandoverExpired');
    expect(it.holder).toMatchObject({ kind: 'turn', person: 'lena', why: 'nobody accepted the hand-over' });
  });

  it('ends at once after the last level of a desk without leads', () => {
    const flat: Desk = {
      ...DESK,
      people: DESK.people.filter(({ role }) => role === 'agent'),
      levels: DESK.levels.slice(0, 2),
    };
    givenOn(flat, ...toCarol)
      .when(wakes({ afterMs: accept15 }))
      .happens('HandoverExpired');
  });
});

describe('a case that nobody touches', () => {
  const desk = deskWith({ staleAfterMs: 2 * HOUR_MS });

  it('asks its owner once, then tells the leads once', () => {
    const it = givenOn(desk, ...taken);
    it.when(wakes({ afterMs: 2 * HOUR_MS - 1 })).happens();
    it.when(wakes({ afterMs: 2 * HOUR_MS })).happens('OwnerAsked');
    const asked = givenOn(desk, ...taken, wakes({ afterMs: 2 * HOUR_MS }));
    asked.when(wakes({ afterMs: 2 * HOUR_MS - 1 })).happens();
    asked.when(wakes({ afterMs: 2 * HOUR_MS })).happens('UntouchedTold');
    givenOn(desk, ...taken, wakes({ afterMs: 2 * HOUR_MS }), wakes({ afterMs: 2 * HOUR_MS }))
      .when(wakes({ afterMs: 2 * HOUR_MS }))
      .happens();
  });

  it('asks whoever has gone home when they are back, and tells the leads of one who is away', () => {
    const people = desk.people.map((one) => ({ ...one, hours: OFFICE }));
    const always = desk.priorities.map((one) => ({ ...one, calendar: '24x7', resolutionMs: 30 * DAY_MS }));
    const shifts: Desk = { ...desk, people, priorities: always };
    const night = givenOn(shifts, ...taken, passes(7 * HOUR_MS - MINUTE_MS), notes(alice));
    night.when(wakes({ afterMs: 3 * HOUR_MS })).happens();
    night.when(wakes({ afterMs: 15 * HOUR_MS })).happens();
    night.when(wakes({ afterMs: 16 * HOUR_MS + 2 * MINUTE_MS })).happens('OwnerAsked');
    // Asked at all only while they are there: Baton was down until the evening.
    givenOn(shifts, ...taken)
      .when(wakes({ afterMs: 9 * HOUR_MS }))
      .happens('UntouchedTold');
  });

  it.each([
    ['a note', notes(alice)],
    ['a word to the client', replies(alice)],
    ['a priority', triages(bob, 'P2')],
  ] as const)('is put off by %s', (_, doing) => {
    const it = givenOn(desk, ...taken, wakes({ afterMs: 2 * HOUR_MS }), doing);
    it.when(wakes({ afterMs: 2 * HOUR_MS - 1 })).happens();
    it.when(wakes({ afterMs: 2 * HOUR_MS })).happens('OwnerAsked');
  });

  it('is left in peace while it waits for the client, for an answer, or for an owner, and where the desk says nothing', () => {
    givenOn(desk, ...taken, waits(alice))
      .when(wakes({ afterMs: 3 * HOUR_MS }))
      .happens();
    givenOn(desk, opened())
      .when(wakes({ afterMs: 2 * HOUR_MS }))
      .happens();
    givenOn(desk, ...toCarol, wakes({ afterMs: accept15 }), wakes({ afterMs: accept15 }))
      .when(wakes({ afterMs: 3 * HOUR_MS }))
      .happens();
    givenOn(desk, ...taken, resolves(alice))
      .when(wakes({ afterMs: 3 * HOUR_MS }))
      .happens();
    given(...taken)
      .when(wakes({ afterMs: 3 * HOUR_MS }))
      .happens();
  });

  it('counts in the hours of the case', () => {
    // 16:00 on Monday and two open hours: 10:00 on Tuesday.
    const evening = givenOn(desk, opened(), passes(6 * HOUR_MS - MINUTE_MS), takes(alice));
    evening.when(wakes({ afterMs: 17 * HOUR_MS })).happens();
  });
});

describe('on_breach', () => {
  it('raise: the next level is asked, in the name of the holder, and ownership stays until somebody accepts', () => {
    const it = givenOn(deskWith({ onBreach: 'raise' }), opened(), passes(4 * HOUR_MS))
      .when(wakes({ afterMs: MINUTE_MS }))
      .happens('SlaBreached', 'HandoverProposed');
    expect(it).toMatchObject({
      holder: { kind: 'turn', person: 'alice' },
      handover: { from: 'alice', asked: { level: 'L2 Specialists' }, kind: 'hand-over' },
    });
    expect(it.handover?.needed).toContain('first response is breached');
  });

  it('raise: leaves a case that is being handed over, and one on the last level, to people', () => {
    const desk = deskWith({ onBreach: 'raise', firstResponseMs: 5 * MINUTE_MS });
    givenOn(desk, opened(), escalates(alice))
      .when(wakes({ afterMs: 6 * MINUTE_MS }))
      .happens('SlaBreached');
  });

  it('reassign: goes to somebody on shift, with the reason, and wakes work up', () => {
    const night = { ...DESK.calendars['desk'], weekly: {} } as NonNullable<Desk['calendars'][string]>;
    const people = DESK.people.map((one) => (one.id === alice.id ? { ...one, hours: night } : one));
    const desk = { ...deskWith({ onBreach: 'reassign' }), people };
    const it = givenOn(desk, opened(), passes(4 * HOUR_MS))
      .when(wakes({ afterMs: MINUTE_MS }))
      .happens('SlaBreached', 'CaseAssigned', 'WorkStarted');
    expect(it.holder).toMatchObject({ kind: 'owner', person: 'bob' });
  });

  it('reassign: stays with an owner who is on shift, and where nobody is', () => {
    const desk = deskWith({ onBreach: 'reassign', resolutionMs: HOUR_MS });
    givenOn(desk, ...taken, passes(HOUR_MS))
      .when(wakes())
      .happens('SlaBreached');
    const asleep = { ...DESK.calendars['desk'], weekly: {} } as NonNullable<Desk['calendars'][string]>;
    const people = DESK.people.map((one) => ({ ...one, hours: asleep }));
    givenOn({ ...desk, people }, ...taken, passes(HOUR_MS))
      .when(wakes())
      .happens('SlaBreached');
  });
});
