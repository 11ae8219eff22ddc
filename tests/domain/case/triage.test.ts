import fc from 'fast-check';
import type { Case, Party } from '../../../src/domain/case/case';
import { type Instant, later, MINUTE_MS, type PriorityName, SECOND_MS } from '../../../src/domain/ids';
import {
  alice,
  assigns,
  beginning,
  bob,
  caseOf,
  DESK,
  type Doing,
  given,
  lena,
  next,
  opened,
  passes,
  ravi,
  reacts,
  resolves,
  type Step,
  settles,
  TEN,
  takes,
  told,
  triages,
  unreacts,
  vera,
  waits,
} from '../../support/given';

const p1 = 'P1';
const p2 = 'P2';
const p3 = 'P3';
const UNDO = 5 * MINUTE_MS;

describe('triage in words', () => {
  it('makes a new case triaged and names whose turn it is to take it', () => {
    const it = given(opened()).when(triages(alice, p1)).happens('CaseTriaged', 'TurnNamed');
    expect(it).toMatchObject({ status: 'Triaged', priority: p1, holder: { kind: 'turn', person: 'alice' } });
  });

  it('keeps the owner of a case that has one', () => {
    const it = given(opened(), takes(bob)).when(triages(alice, p1)).happens('CaseTriaged');
    expect(it).toMatchObject({ status: 'In progress', holder: { kind: 'owner', person: 'bob' } });
  });

  it('moves the targets of the clocks and keeps what has elapsed', () => {
    const it = given(opened(), passes(20 * MINUTE_MS))
      .when(triages(alice, p1, { afterMs: 0 }))
      .happens('CaseTriaged', 'TurnNamed');
    expect(it.clocks).toMatchObject([
      { name: 'first_response', targetMs: 60 * MINUTE_MS, elapsedMs: 20 * MINUTE_MS, calendar: '24x7' },
      { name: 'resolution', targetMs: 240 * MINUTE_MS, elapsedMs: 20 * MINUTE_MS },
    ]);
  });

  it('refuses the priority that it has already', () => {
    given(opened(), triages(alice, p1)).when(triages(bob, p1)).refused('priority-unchanged');
  });

  it('refuses a priority that the desk does not have, and says which it has', () => {
    expect(given(opened()).when(triages(alice, 'P9')).refused('priority-unknown')).toContain('P1 (Urgent)');
  });

  it('knows the priority in any case of letters', () => {
    expect(given(opened()).when(triages(alice, 'p3')).happens('CaseTriaged', 'TurnNamed').priority).toBe(p3);
  });

  it.each([['resolved', resolves(bob), 'case-resolved']] as const)(
    'is refused on a case that is %s',
    (_, ended, code) => {
      given(opened(), ended).when(triages(alice, p1)).refused(code);
    },
  );

  it('stands whatever emoji were there before', () => {
    const it = given(opened(), reacts(alice, p1)).when(triages(lena, p3)).happens('CaseTriaged', 'TurnNamed');
    expect(it.priority).toBe(p3);
    expect(it.triage.dispute).toBeNull();
  });
});

/** What people do with emoji, in order, and the priority that comes of it. */
const LADDER: readonly (readonly [string, readonly Doing[], string | null])[] = [
  ['one red circle is P1', [reacts(alice, p1)], p1],
  ['the highest of two by one person counts', [reacts(alice, p3), reacts(alice, p1)], p1],
  ['the highest of two counts in the other order', [reacts(alice, p1), reacts(alice, p3)], p1],
  [
    'taking the only one off within 5 minutes leaves it untriaged',
    [reacts(alice, p1), unreacts(alice, p1, { afterMs: UNDO - SECOND_MS })],
    null,
  ],
  ['at 5:00 it still is an undo', [reacts(alice, p1), unreacts(alice, p1, { afterMs: UNDO })], null],
  [
    'after 5 minutes it has become the desk’s word',
    [reacts(alice, p1), unreacts(alice, p1, { afterMs: UNDO + 1 })],
    p1,
  ],
  [
    'taking the higher one off falls back to the lower',
    [reacts(alice, p3), reacts(alice, p1), unreacts(alice, p1)],
    p3,
  ],
  [
    'it falls back to the rest after 5 minutes too',
    [reacts(alice, p3), reacts(alice, p1), unreacts(alice, p1, { afterMs: 2 * UNDO })],
    p3,
  ],
  ['taking the lower one off changes nothing', [reacts(alice, p3), reacts(alice, p1), unreacts(alice, p3)], p1],
  ['the higher of two people stands', [reacts(alice, p2), reacts(bob, p1)], p1],
  ['the higher of two people stands in the other order', [reacts(bob, p1), reacts(alice, p2)], p1],
  [
    'two people with the same emoji: one taken off leaves the other',
    [reacts(alice, p1), reacts(bob, p1), unreacts(alice, p1)],
    p1,
  ],
  [
    'two people with the same emoji: both taken off leaves nothing',
    [reacts(alice, p1), reacts(bob, p1), unreacts(alice, p1), unreacts(bob, p1)],
    null,
  ],
  [
    'the same emoji on message and card are two votes',
    [reacts(alice, p1), reacts(alice, p1, { via: 'card|P1' }), unreacts(alice, p1)],
    p1,
  ],
  ['undo puts back what was said in words', [triages(lena, p3), reacts(alice, p1), unreacts(alice, p1)], p3],
  ['undo puts back one’s own words too', [triages(alice, p3), reacts(alice, p1), unreacts(alice, p1)], p3],
  [
    'after 5 minutes the emoji has replaced the words',
    [triages(lena, p3), reacts(alice, p1), unreacts(alice, p1, { afterMs: 2 * UNDO })],
    p1,
  ],
  [
    'a lower emoji taken off late never lowers what stands',
    [triages(lena, p1), reacts(alice, p3), unreacts(alice, p3, { afterMs: 2 * UNDO })],
    p1,
  ],
  ['one’s own lower emoji replaces one’s own words', [triages(alice, p1), reacts(alice, p3)], p3],
  ['an emoji that was never put on may be taken off', [reacts(alice, p2), unreacts(bob, p1)], p2],
];

describe('the ladder of emoji', () => {
  it.each(LADDER)('%s', (_, doings, priority) => {
    const { case: it } = given(opened(), ...doings);
    expect(it.priority).toBe(priority);
    expect(it.status).toBe(priority === null ? 'New' : 'Triaged');
  });

  it('puts the clocks back with the priority', () => {
    const before = given(opened(), passes(10 * MINUTE_MS)).case;
    const it = given(opened(), reacts(alice, p1), unreacts(alice, p1)).case;
    expect(it.clocks.map(({ targetMs, calendar }) => [targetMs, calendar])).toEqual(
      before.clocks.map(({ targetMs, calendar }) => [targetMs, calendar]),
    );
  });

  it('says in the journal that a priority was taken back', () => {
    given(opened(), reacts(alice, p3), reacts(bob, p1)).when(unreacts(bob, p1)).happens('TriageUndone', 'TurnNamed');
    given(opened(), reacts(bob, p1)).when(unreacts(bob, p1)).happens('TriageUndone', 'TurnNamed');
  });

  it.each([
    ['a viewer', vera],
    ['a guest', ravi],
  ] as const)('does not count %s', (_, who) => {
    given(opened())
      .when(reacts(who, p1))
      .refused(who === vera ? 'viewers-only-look' : 'not-of-the-desk');
  });

  it('is not heard on a resolved case', () => {
    given(opened(), resolves(alice)).when(reacts(alice, p1)).refused('case-resolved');
  });

  it('does not count an emoji from before the last word', () => {
    const late: Step = { by: alice, afterMs: 0, command: reactAt(p1, TEN) };
    const it = given(opened(), triages(lena, p3, { afterMs: MINUTE_MS }), passes(MINUTE_MS));
    it.when(late).refused('nothing-due');
  });

  it('does nothing twice for an event that is heard twice', () => {
    const once: Step = { by: alice, afterMs: 0, command: reactAt(p1, later(TEN, 5)) };
    given(opened(), once).when(once).refused('nothing-due');
  });

  it('lets a late, older event lose: taken off is heard before it was put on', () => {
    const off: Step = {
      by: alice,
      afterMs: MINUTE_MS,
      command: { ...reactAt(p1, later(TEN, 20)), kind: 'UnreactPriority' },
    };
    const on: Step = { by: alice, afterMs: MINUTE_MS, command: reactAt(p1, later(TEN, 10)) };
    expect(given(opened(), off, on).case.priority).toBeNull();
  });
});

function reactAt(priority: string, at: Instant): Extract<Step['command'], { kind: 'ReactPriority' }> {
  return { kind: 'ReactPriority', priority: priority as PriorityName, via: `source|${priority}`, at };
}

interface Emoji {
  readonly by: Party;
  readonly priority: string;
  readonly on: boolean;
  readonly atMs: number;
}

const emoji: fc.Arbitrary<Emoji> = fc.record({
  by: fc.constantFrom<Party>(alice, bob, lena),
  priority: fc.constantFrom(p1, p2, p3),
  on: fc.boolean(),
  atMs: fc.integer({ min: 0, max: 12 }).map((minutes) => minutes * MINUTE_MS),
});

const heard = ({ by, priority, on, atMs }: Emoji): Step => {
  const on1 = reactAt(priority, later(TEN, atMs));
  return { by, afterMs: 0, command: on ? on1 : { ...on1, kind: 'UnreactPriority' } };
};

/** Refusals (seen before) are part of it: the platform delivers twice. */
const laddered = (events: readonly Emoji[], ...first: readonly Doing[]): Case =>
  caseOf(events.reduce((story, one) => next(story, heard(one)).story, told(beginning(), [opened(), ...first])));

describe('emoji that come late, twice and out of order', () => {
  it('end in the same votes and the same priority in whatever order they are heard', () => {
    const shuffled = fc
      .array(emoji, { maxLength: 12 })
      .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([events, other], spoken) => {
        const first = spoken ? [triages(lena, p2, { afterMs: 0 })] : [];
        const inOrder = laddered(events, ...first);
        const mixed = laddered([...other, ...other.slice(0, 3)], ...first);
        expect(mixed.triage).toEqual(inOrder.triage);
        expect(mixed.priority).toBe(inOrder.priority);
        expect(mixed.clocks.map(({ targetMs }) => targetMs)).toEqual(inOrder.clocks.map(({ targetMs }) => targetMs));
      }),
      { numRuns: 300 },
    );
  });

  it('never leave a standing priority below a live emoji', () => {
    fc.assert(
      fc.property(fc.array(emoji, { maxLength: 12 }), (events) => {
        const { priority, triage } = laddered(events);
        const rank = (name: string | null): number => DESK.priorities.findIndex((one) => one.name === name);
        for (const vote of triage.votes.filter(({ via }) => via !== 'command'))
          expect(rank(vote.priority)).toBeGreaterThanOrEqual(rank(priority));
        expect(priority === null).toBe(triage.votes.length === 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('two people who disagree', () => {
  const quarrel = [opened(), reacts(alice, p2), reacts(bob, p1)] as const;

  it('see the higher priority stand, and the case says who says what', () => {
    const it = given(opened(), reacts(alice, p2))
      .when(reacts(bob, p1))
      .happens('CaseTriaged', 'TurnNamed', 'PriorityDisputed');
    expect(it.priority).toBe(p1);
    expect(it.triage.dispute).toEqual({ standing: p1, standingBy: 'bob', proposed: p2, proposedBy: 'alice' });
  });

  it('are the same quarrel when the lower one comes second', () => {
    const it = given(opened(), reacts(bob, p1)).when(reacts(alice, p2)).happens('PriorityDisputed');
    expect(it.triage.dispute).toEqual({ standing: p1, standingBy: 'bob', proposed: p2, proposedBy: 'alice' });
  });

  it.each([
    ['the one', alice],
    ['the other', bob],
    ['a lead', lena],
  ] as const)('%s may keep it', (_, who) => {
    const it = given(...quarrel)
      .when(settles(who, 'keep'))
      .happens();
    expect(it).toMatchObject({ priority: p1, triage: { dispute: null } });
  });

  it.each([
    ['the one', alice],
    ['the other', bob],
    ['a lead', lena],
  ] as const)('%s may lower it', (_, who) => {
    const it = given(...quarrel)
      .when(settles(who, 'lower'))
      .happens('CaseTriaged', 'TurnNamed');
    expect(it).toMatchObject({ priority: p2, triage: { dispute: null } });
  });

  it('a third may not settle it, and is told who may', () => {
    const third = given(opened(), reacts(lena, p2), reacts(bob, p1));
    expect(third.when(settles(alice, 'keep')).refused('not-your-dispute')).toContain('people who disagreed');
  });

  it('have nothing to settle when they agree again', () => {
    given(...quarrel, unreacts(bob, p1))
      .when(settles(alice, 'keep'))
      .refused('no-dispute');
  });

  it('cannot settle it from a card that is out of date, and hear what happened', () => {
    const seen = given(...quarrel).case.version;
    const sentence = given(...quarrel, triages(lena, p3))
      .when(settles(bob, 'keep', { seen }))
      .refused('stale');
    expect(sentence).toContain('Lena Lead set P3 on CASE-1002');
  });

  it('have settled it for good: taking the emoji off afterwards changes nothing', () => {
    expect(given(...quarrel, settles(alice, 'keep'), unreacts(bob, p1)).case.priority).toBe(p1);
    expect(given(...quarrel, settles(bob, 'lower'), unreacts(alice, p2)).case.priority).toBe(p2);
  });

  it('a third person’s emoji that agrees with the standing one is no new quarrel', () => {
    given(...quarrel)
      .when(reacts(lena, p1))
      .happens();
    given(opened(), reacts(alice, p1)).when(reacts(lena, p1)).happens();
  });
});

describe('a case that is being worked on', () => {
  it.each([
    ['waits', waits(alice)],
    ['was assigned', assigns(lena, bob.id)],
  ] as const)('keeps its status when it %s', (_, doing) => {
    const before = given(opened(), takes(alice), doing);
    expect(before.when(reacts(alice, p1)).happens('CaseTriaged').status).toBe(before.case.status);
  });
});
