import type { Desk } from '../../../src/domain/desk/desk';
import { HOUR_MS, later, MINUTE_MS, priorityName } from '../../../src/domain/ids';
import { DEFAULT_RULES } from '../../../src/domain/sla/rules';
import { compare } from '../../../src/domain/whatif/compare';
import { retell } from '../../../src/domain/whatif/retell';
import {
  accepts,
  alice,
  assigns,
  beginning,
  bob,
  carol,
  caseOf,
  DESK,
  type Doing,
  escalates,
  lena,
  opened,
  passes,
  ravi,
  reopens,
  replies,
  resolves,
  resumes,
  type Story,
  says,
  TEN,
  takes,
  told,
  triages,
  waits,
  wakes,
} from '../../support/given';

/** A desk that promises all five clocks, and starts resolution with the work. */
const RICH: Desk = {
  ...DESK,
  resolutionStarts: 'in_progress',
  sla: {
    ...DEFAULT_RULES,
    priorities: {
      P1: {
        triage: { ms: 20 * MINUTE_MS, calendar: null },
        next_response: { ms: HOUR_MS, calendar: null },
        update: { ms: 2 * HOUR_MS, calendar: null },
      },
      P2: { triage: { ms: HOUR_MS, calendar: null }, next_response: { ms: 4 * HOUR_MS, calendar: null } },
    },
    graceMs: 10 * MINUTE_MS,
  },
  priorities: DESK.priorities.map((one) => (one.name === 'P1' ? { ...one, updateEveryMs: 2 * HOUR_MS } : one)),
};

const STORIES: Readonly<Record<string, readonly Doing[]>> = {
  'that nobody touched': [opened(), passes(30 * HOUR_MS), wakes()],
  'that was answered and solved': [
    opened(),
    triages(alice, 'P1'),
    takes(bob),
    replies(bob),
    resolves(bob, { afterMs: 3 * HOUR_MS }),
  ],
  'that was given to somebody': [
    opened(),
    triages(lena, 'P2'),
    assigns(lena, alice.id),
    says(alice, 'public', { afterMs: HOUR_MS }),
    resolves(alice),
  ],
  'that waited for the client over night': [
    opened(),
    triages(alice, 'P2'),
    takes(alice),
    waits(alice, { afterMs: 2 * HOUR_MS }),
    says(ravi, 'public', { afterMs: 20 * HOUR_MS }),
    replies(alice),
    resolves(alice, { afterMs: 4 * HOUR_MS }),
  ],
  'that changed its priority twice and was late': [
    opened(),
    triages(alice, 'P3'),
    takes(alice, { afterMs: 26 * HOUR_MS }),
    triages(alice, 'P1', { afterMs: HOUR_MS }),
    triages(alice, 'P2', { afterMs: 9 * HOUR_MS }),
    resolves(alice, { afterMs: 50 * HOUR_MS }),
  ],
  'that was handed over, asked about and reopened': [
    opened(),
    triages(alice, 'P1'),
    takes(alice),
    escalates(alice),
    accepts(carol, 'h1', { afterMs: 10 * MINUTE_MS }),
    says(ravi, 'public', { afterMs: 3 * HOUR_MS }),
    says(ravi, 'public', { afterMs: HOUR_MS }),
    replies(carol),
    waits(carol),
    resumes(carol, { afterMs: 5 * HOUR_MS }),
    resolves(carol, { afterMs: 5 * HOUR_MS }),
    reopens(carol, { afterMs: 20 * HOUR_MS }),
    replies(carol),
    resolves(carol, { afterMs: 2 * HOUR_MS }),
  ],
};

/** A clock without what only looking at it leaves behind: who was told of what. */
const bare = (story: Story, clocks = caseOf(story).clocks) =>
  clocks.map(({ warned: _, breachTold: __, reachedAt: ___, breachedAt: ____, ...clock }) => clock);

describe.each([
  ['a plain desk', DESK],
  ['a desk with all five clocks', RICH],
])('retold on the very desk that it happened on, %s', (_, desk) => {
  it.each(Object.entries(STORIES))('a case %s has the clocks that it has', (__, doings) => {
    const story = told(beginning(desk), [...doings, wakes()]);
    const again = retell(story.journal, desk, story.at);
    expect(bare(story, again?.case.clocks)).toEqual(bare(story));
    expect(again?.case.version).toBe(caseOf(story).version);
    const breaches = new Map<string, number>();
    for (const { event } of story.journal)
      if (event.type === 'SlaBreached') breaches.set(event.clock, (breaches.get(event.clock) ?? 0) + 1);
    for (const [name, { missed }] of again?.clocks ?? [])
      expect([name, missed]).toEqual([name, breaches.get(name) ?? 0]);
    for (const name of breaches.keys()) expect([...(again?.clocks.keys() ?? [])]).toContain(name);
  });

  it('the journal and the case are not touched', () => {
    const story = told(beginning(desk), STORIES['that waited for the client over night'] ?? []);
    const before = JSON.stringify(story);
    retell(story.journal, RICH, story.at);
    expect(JSON.stringify(story)).toBe(before);
  });
});

const draft = (hours: number, more: Partial<Desk> = {}): Desk => ({
  ...DESK,
  priorities: DESK.priorities.map((one) => (one.name === 'P2' ? { ...one, firstResponseMs: hours * HOUR_MS } : one)),
  ...more,
});
const answeredAfter = (hours: number): Story =>
  told(beginning(), [opened(), triages(alice, 'P2', { afterMs: 0 }), takes(alice, { afterMs: hours * HOUR_MS })]);

describe('retold on another desk', () => {
  it('a case that was answered in time is not, where less time is promised', () => {
    const story = answeredAfter(3);
    expect(retell(story.journal, DESK, story.at)?.clocks.get('first_response')).toEqual({ met: 1, missed: 0 });
    expect(retell(story.journal, draft(2), story.at)?.clocks.get('first_response')).toEqual({ met: 0, missed: 1 });
  });

  it('counts on the calendars of the draft, holidays included', () => {
    const office = DESK.calendars['desk']!;
    const free = draft(4, {
      calendars: { ...DESK.calendars, desk: { ...office, holidays: [{ date: '2026-11-23', name: null }] } },
    });
    const story = answeredAfter(6);
    expect(retell(story.journal, draft(4), story.at)?.clocks.get('first_response')).toEqual({ met: 0, missed: 1 });
    expect(retell(story.journal, free, story.at)?.clocks.get('first_response')).toEqual({ met: 1, missed: 0 });
  });

  it('finds clocks that only the draft promises: every question counts', () => {
    const story = told(beginning(), [
      opened(),
      triages(alice, 'P1'),
      takes(alice),
      says(ravi, 'public', { afterMs: HOUR_MS }),
      replies(alice, 'Soon'),
      says(ravi, 'public', { afterMs: HOUR_MS }),
      passes(3 * HOUR_MS),
      replies(alice, 'Now'),
    ]);
    expect(retell(story.journal, DESK, story.at)?.clocks.has('next_response')).toBe(false);
    expect(retell(story.journal, RICH, story.at)?.clocks.get('next_response')).toEqual({ met: 1, missed: 1 });
  });

  it('says nothing of what is not decided yet', () => {
    const story = told(beginning(), [opened(), triages(alice, 'P2')]);
    expect([...(retell(story.journal, DESK, story.at)?.clocks ?? [])]).toEqual([]);
    expect([...(retell(story.journal, DESK, later(TEN, 24 * 30 * HOUR_MS))?.clocks.keys() ?? [])]).toEqual([
      'first_response',
      'resolution',
    ]);
  });

  it('is nothing for a journal without an opening', () => {
    expect(retell([], DESK, TEN)).toBeNull();
  });
});

describe('two desks beside each other', () => {
  const twice = (story: Story, drafted: Desk) => ({
    now: retell(story.journal, DESK, story.at)!,
    drafted: retell(story.journal, drafted, story.at)!,
  });

  it('differ in shares by clock and priority, and name the cases that flip', () => {
    const found = compare(
      [1, 3, 5].map((hours) => twice(answeredAfter(hours), draft(2))),
      DESK,
    );
    expect(found.cases).toBe(3);
    expect(found.shares).toEqual([
      { clock: 'first_response', priority: 'P2', now: { met: 2, missed: 1 }, drafted: { met: 1, missed: 2 } },
    ]);
    expect(found.flips.map(({ ref, clock, becomes }) => [ref, clock, becomes])).toEqual([
      ['CASE-1002', 'first_response', 'missed'],
    ]);
  });

  it('name a case that is missed on one and still open on the other', () => {
    const story = told(beginning(), [opened(), triages(alice, 'P2', { afterMs: 0 }), passes(5 * HOUR_MS)]);
    const [flip] = compare([twice(story, draft(8))], DESK).flips;
    expect(flip).toMatchObject({ clock: 'first_response', is: 'missed', becomes: 'open' });
    const other = { now: retell(story.journal, draft(8), story.at)!, drafted: retell(story.journal, DESK, story.at)! };
    expect(compare([other], DESK).flips).toMatchObject([{ is: 'open', becomes: 'missed' }]);
  });

  it('that are the same flip nothing', () => {
    expect(
      compare(
        [1, 3, 5].map((hours) => twice(answeredAfter(hours), DESK)),
        DESK,
      ).flips,
    ).toEqual([]);
  });

  it('do not flip a promise that only one of them makes', () => {
    const story = told(beginning(), [opened(), triages(alice, 'P1'), takes(alice), says(ravi), replies(alice)]);
    const found = compare([twice(story, RICH)], DESK);
    expect(found.flips).toEqual([]);
    expect(found.shares.find((one) => one.clock === 'next_response')).toMatchObject({
      now: { met: 0, missed: 0 },
      drafted: { met: 1, missed: 0 },
    });
  });

  it('keep a priority that the desk no longer has in sight', () => {
    const old = { ...DESK, priorities: DESK.priorities.filter((one) => one.name !== 'P3') };
    const story = told(beginning(), [opened(), triages(alice, 'P3'), takes(alice)]);
    const one = { now: retell(story.journal, old, story.at)!, drafted: retell(story.journal, old, story.at)! };
    expect(compare([one], old).shares.map((share) => share.priority)).toEqual([priorityName('P3')]);
  });

  it('are quiet about an empty journal', () => {
    expect(compare([], DESK)).toEqual({ cases: 0, shares: [], flips: [] });
  });
});
