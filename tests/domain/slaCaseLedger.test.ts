/** The ledger of a case in people's words, and what the clocks write into the journal for it. */
import type { ClockMove } from '../../src/domain/case/events';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/domain/ids';
import { entriesOf, ledgersOf } from '../../src/domain/sla/caseLedger';
import type { ClockName } from '../../src/domain/sla/clock';
import { clocksWakeAt, nextDue } from '../../src/domain/sla/policy';
import { DEFAULT_RULES, type SlaRules } from '../../src/domain/sla/rules';
import {
  alice,
  beginning,
  bob,
  caseOf,
  DESK,
  type Doing,
  lena,
  next,
  OFFICE,
  opened,
  passes,
  ravi,
  reacts,
  reopens,
  resolves,
  resumes,
  type Story,
  says,
  takes,
  told,
  triages,
  unreacts,
  waits,
  wakes,
} from '../support/given';

const promised = (ms: number | null, calendar: string | null = null) => ({ ms, calendar });
const withRules = (rules: Partial<SlaRules>, more: Partial<Desk> = {}): Desk => ({
  ...DESK,
  ...more,
  sla: { ...DEFAULT_RULES, ...rules },
});
const UPDATED: Desk = { ...DESK, priorities: DESK.priorities.map((one) => ({ ...one, updateEveryMs: 2 * HOUR_MS })) };
const minutes = (n: number) => n * MINUTE_MS;
const clock = (at: number) => new Date(at).toISOString().slice(8, 16);
/** The journal's entries of one clock: `23T10:00 started: …`. */
const entries = (name: ClockName, { journal, desk }: Story): string[] =>
  entriesOf(name, journal, desk).map(
    ({ at, kind, why }) => `${clock(at)} ${kind}${why === undefined ? '' : `: ${why}`}`,
  );
const moments = (name: ClockName, story: Story): string[] =>
  ledgersOf(caseOf(story), story.journal, story.desk, story.at)
    .filter((one) => one.clock.name === name)
    .flatMap(({ ledger }) => ledger.rows.map((row) => `${clock(row.from)} ${row.openMs / MINUTE_MS} ${row.why}`));
const moves = ({ journal }: Story): string[] =>
  journal.flatMap(({ event }) =>
    event.type === 'ClocksMoved'
      ? event.moved.map((one: ClockMove) => `${one.clock} ${one.kind} ${clock(one.at)}`)
      : [],
  );

test('a life of the resolution clock, each step with who and why', () => {
  const story = told(beginning(), [
    opened(),
    triages(alice, 'P1', { afterMs: minutes(30) }),
    waits(alice, { afterMs: minutes(10) }),
    resumes(bob, { afterMs: minutes(20) }),
    resolves(bob, { afterMs: minutes(30) }),
    reopens(alice, { afterMs: minutes(60) }),
    passes(minutes(5)),
  ]);
  expect(entries('resolution', story)).toEqual([
    '23T10:00 started: 16 h 00 min on the desk’s hours',
    '23T10:30 retargeted: priority not set → P1, by Alice Anderson; 4 h 00 min on 24x7',
    '23T10:40 paused: waiting for the client, by Alice Anderson',
    '23T11:00 resumed: by Bob Brown',
    '23T11:30 met: by Bob Brown',
    '23T12:30 reopened: by Alice Anderson',
  ]);
  expect(moments('resolution', story)).toEqual([
    '23T10:00 0 started: 16 h 00 min on the desk’s hours',
    '23T10:00 30 open',
    '23T10:30 0 target changed: priority not set → P1, by Alice Anderson; 4 h 00 min on 24x7',
    '23T10:30 10 open',
    '23T10:40 0 paused: waiting for the client, by Alice Anderson',
    '23T10:40 0 paused: waiting for the client, by Alice Anderson',
    '23T11:00 0 resumed: by Bob Brown',
    '23T11:00 30 open',
    '23T11:30 0 met: by Bob Brown',
    '23T11:30 0 met: by Bob Brown',
    '23T12:30 0 reopened: by Alice Anderson',
    '23T12:30 5 open',
  ]);
});

test('a clock that has stopped is told up to then, whatever comes after', () => {
  const story = told(beginning(), [
    opened(),
    takes(alice, { afterMs: minutes(15) }),
    passes(HOUR_MS),
    triages(alice, 'P1'),
  ]);
  expect(moments('first_response', story)).toEqual([
    '23T10:00 0 started: 4 h 00 min on the desk’s hours',
    '23T10:00 15 open',
    '23T10:15 0 met: by Alice Anderson',
  ]);
});

test('a clock that promises nothing any more is told up to then; one that never did is left out', () => {
  const some: Desk = {
    ...DESK,
    priorities: DESK.priorities.map((one) => ({ ...one, updateEveryMs: one.name === 'P1' ? HOUR_MS : null })),
  };
  const story = told(beginning(some), [opened(), triages(alice, 'P1'), triages(alice, 'P3'), passes(HOUR_MS)]);
  expect(entries('update', story)).toEqual([
    '23T10:01 started: 1 h 00 min on 24x7',
    '23T10:02 cancelled: priority P1 → P3, by Alice Anderson',
  ]);
  expect(moments('update', story)).toEqual([
    '23T10:01 0 started: 1 h 00 min on 24x7',
    '23T10:01 1 open',
    '23T10:02 0 cancelled: priority P1 → P3, by Alice Anderson',
  ]);
  const none = withRules({
    tiers: {
      basic: { calendar: null, priorities: { P2: { calendar: null, clocks: { resolution: promised(null) } } } },
    },
    clients: [{ name: 'Globex', tier: 'basic', calendar: null, priorities: {} }],
  });
  const silent = told(beginning(none), [opened(), passes(HOUR_MS)]);
  expect(entries('resolution', silent)).toEqual(['23T10:00 cancelled: nothing is promised, by Ravi Reporter']);
  expect(moments('resolution', silent)).toEqual([]);
});

test('warnings and the breach stand in it at their true instants', () => {
  const story = told(beginning(), [opened(), passes(5 * HOUR_MS), wakes()]);
  expect(entries('first_response', story)).toEqual([
    '23T10:00 started: 4 h 00 min on the desk’s hours',
    '23T14:00 breached',
  ]);
  const warned = told(beginning(), [opened(), passes(3.5 * HOUR_MS), wakes()]);
  expect(entries('first_response', warned)).toEqual([
    '23T10:00 started: 4 h 00 min on the desk’s hours',
    '23T13:00 warned: 75 %',
  ]);
});

test('the grid of updates is told as more or less than a step', () => {
  const early = told(beginning(UPDATED), [opened(), says(alice, 'public', { afterMs: minutes(20) })]);
  expect(entries('update', early)).toEqual([
    '23T10:00 started: 2 h 00 min on the desk’s hours',
    '23T10:20 restarted: the client was told, by Alice Anderson; 2 h 00 min on the desk’s hours, and 1 h 40 min more so that the grid stays',
  ]);
  const late = told(beginning(UPDATED), [opened(), says(alice, 'public', { afterMs: minutes(150) })]);
  expect(entries('update', late).at(-1)).toBe(
    '23T12:30 restarted: the client was told, by Alice Anderson; 2 h 00 min on the desk’s hours, and 30 min less so that the grid stays',
  );
  const due = told(beginning(UPDATED), [opened(), says(alice, 'public', { afterMs: minutes(120) })]);
  expect(entries('update', due).at(-1)).toBe(
    '23T12:00 restarted: the client was told, by Alice Anderson; 2 h 00 min on the desk’s hours',
  );
});

test('grace is told where it is given', () => {
  const desk = withRules({ graceMs: minutes(30) });
  const evening = instant(Date.UTC(2026, 10, 23, 20));
  expect(entries('first_response', told(beginning(desk, evening), [opened()]))).toEqual([
    '23T20:00 started: 4 h 00 min on the desk’s hours, and 30 min of grace, since it came out of hours',
  ]);
  expect(entries('first_response', told(beginning(desk), [opened()]))).toEqual([
    '23T10:00 started: 4 h 00 min on the desk’s hours',
  ]);
});

test('an edit of the desk file is told as nobody’s doing, on the calendar as it was then and as it is now', () => {
  const shorter = {
    ...OFFICE,
    weekly: { mon: [{ start: '09:00', end: '12:00' }], tue: [{ start: '09:00', end: '10:00' }] },
  };
  const before = told(beginning(), [opened(), passes(HOUR_MS)]);
  const edited: Desk = { ...DESK, calendars: { ...DESK.calendars, desk: shorter } };
  const story = told({ ...before, desk: edited }, [wakes(), passes(24 * HOUR_MS)]);
  expect(entries('resolution', story)).toEqual([
    '23T10:00 started: 16 h 00 min on the desk’s hours',
    '23T11:00 retargeted: calendar “desk” was edited; 16 h 00 min on the desk’s hours',
  ]);
  expect(moments('resolution', story)).toEqual([
    '23T10:00 0 started: 16 h 00 min on the desk’s hours',
    '23T10:00 60 open',
    '23T11:00 0 calendar switched: calendar “desk” was edited; 16 h 00 min on the desk’s hours',
    '23T11:00 60 open',
    '23T12:00 0 night',
    '24T09:00 60 open',
    '24T10:00 0 night',
  ]);
  const cheaper: Desk = { ...DESK, priorities: DESK.priorities.map((one) => ({ ...one, resolutionMs: 3 * HOUR_MS })) };
  expect(entries('resolution', told({ ...before, desk: cheaper }, [wakes()])).at(-1)).toBe(
    '23T11:00 retargeted: the desk file was edited; 3 h 00 min on the desk’s hours',
  );
});

test('a journal from before calendars were kept is told on the desk’s own', () => {
  const story = told(beginning(), [opened(), passes(HOUR_MS)]);
  const journal = story.journal.map((one) =>
    one.event.type === 'ClocksMoved' ? { ...one, event: { ...one.event, calendars: undefined } } : one,
  );
  const [entry] = entriesOf('resolution', journal as Story['journal'], DESK);
  expect(entry && 'calendar' in entry && entry.calendar).toBe(OFFICE);
});

test('a priority that begins the clocks anew says so', () => {
  const desk = withRules({ onPriorityChange: 'restart' });
  const story = told(beginning(desk), [opened(), triages(alice, 'P3', { afterMs: HOUR_MS })]);
  expect(entries('resolution', story)).toEqual([
    '23T10:00 started: 16 h 00 min on the desk’s hours',
    '23T11:00 retargeted: priority not set → P3, by Alice Anderson; 40 h 00 min on the desk’s hours',
    '23T11:00 restarted: priority not set → P3, by Alice Anderson; 40 h 00 min on the desk’s hours',
  ]);
  const waiting = told(story, [waits(alice), triages(alice, 'P2')]);
  expect(entries('resolution', waiting).slice(-2)).toEqual([
    '23T11:02 retargeted: priority P3 → P2, by Alice Anderson; 16 h 00 min on the desk’s hours',
    '23T11:02 restarted: priority P3 → P2, by Alice Anderson; 16 h 00 min on the desk’s hours',
  ]);
  expect(caseOf(waiting).clocks.map((one) => one.state)).toEqual(['running', 'paused']);
});

test('a priority that promises nothing is not begun anew', () => {
  const desk = withRules({
    onPriorityChange: 'restart',
    tiers: {
      basic: { calendar: null, priorities: { P3: { calendar: null, clocks: { resolution: promised(null) } } } },
    },
    clients: [{ name: 'Globex', tier: 'basic', calendar: null, priorities: {} }],
  });
  const story = told(beginning(desk), [opened(), triages(alice, 'P3')]);
  expect(moves(story).filter((one) => one.startsWith('resolution'))).toEqual([
    'resolution started 23T10:00',
    'resolution cancelled 23T10:01',
  ]);
});

describe('what happens on a case moves these clocks, and no others', () => {
  const FULL = withRules(
    {
      priorities: Object.fromEntries(
        DESK.priorities.map(({ name }) => [name, { triage: promised(HOUR_MS), next_response: promised(HOUR_MS) }]),
      ),
    },
    { priorities: UPDATED.priorities },
  );
  const since = (before: readonly Doing[], doing: Doing, desk = FULL) => {
    const story = told(beginning(desk), before);
    return moves(told(story, [doing])).slice(moves(story).length);
  };

  it.each<[string, readonly Doing[], Doing, readonly string[]]>([
    [
      'an opening',
      [],
      opened(),
      [
        'triage started 23T10:00',
        'first_response started 23T10:00',
        'resolution started 23T10:00',
        'update started 23T10:00',
      ],
    ],
    ['Take', [opened()], takes(alice), ['first_response met 23T10:01']],
    ['a second Take', [opened(), takes(alice)], takes(bob), []],
    [
      'a public word of staff',
      [opened(), says(ravi)],
      says(alice),
      ['first_response met 23T10:02', 'update restarted 23T10:02', 'next_response met 23T10:02'],
    ],
    ['a question', [opened()], says(ravi), ['next_response started 23T10:01']],
    ['a second question', [opened(), says(ravi)], says(ravi), []],
    [
      'a question after an answer',
      [opened(), says(ravi), says(alice)],
      says(ravi),
      ['next_response restarted 23T10:03'],
    ],
    ['triage', [opened()], triages(alice, 'P2'), ['triage met 23T10:01']],
    [
      'a priority that is taken back',
      [opened(), reacts(alice, 'P2')],
      unreacts(alice, 'P2'),
      ['triage reopened 23T10:02'],
    ],
    ['waiting', [opened()], waits(alice), ['resolution paused 23T10:01', 'update paused 23T10:01']],
    [
      'resolving',
      [opened(), says(ravi), triages(alice, 'P2')],
      resolves(alice),
      ['first_response met 23T10:03', 'resolution met 23T10:03', 'update met 23T10:03', 'next_response met 23T10:03'],
    ],
    ['a word after the end', [opened(), resolves(alice)], says(alice), []],
  ])('%s', (_, before, doing, expected) => {
    expect(since(before, doing)).toEqual(expected);
  });

  it('a desk that counts from In progress starts the resolution clock with the work, and once', () => {
    const desk: Desk = { ...DESK, resolutionStarts: 'in_progress' };
    expect(since([], opened(), desk)).toEqual(['first_response started 23T10:00']);
    expect(since([opened()], takes(alice), desk)).toEqual([
      'resolution started 23T10:01',
      'first_response met 23T10:01',
    ]);
    expect(since([opened(), takes(alice)], takes(bob), desk)).toEqual([]);
  });

  it('a question to a case that is over starts nothing', () => {
    const desk = withRules({ priorities: { P2: { next_response: promised(HOUR_MS) } } });
    const story = told(beginning(desk), [opened(), resolves(alice)]);
    const after = next(story, says(ravi)).story;
    expect(moves(after).filter((one) => one.startsWith('next_response started'))).toEqual([]);
  });
});

test('the clock that is due first is the next; the earliest mark or breach is when to look', () => {
  const story = told(beginning(), [opened()]);
  const due = nextDue(caseOf(story), DESK);
  expect([due?.clock.name, due && clock(due.dueAt)]).toEqual(['first_response', '23T14:00']);
  expect(clock(clocksWakeAt(caseOf(story), DESK) ?? 0)).toBe('23T13:00');
  const taken = told(story, [takes(alice)]);
  expect(nextDue(caseOf(taken), DESK)?.clock.name).toBe('resolution');
  const waiting = told(taken, [waits(alice)]);
  expect([nextDue(caseOf(waiting), DESK), clocksWakeAt(caseOf(waiting), DESK)]).toEqual([null, null]);
});

test('a warning tells when it will be due; where the calendar closes for good before that, only when it warned', () => {
  const warned = (desk: Desk) =>
    told(beginning(desk), [opened(), passes(3.5 * HOUR_MS), wakes()]).journal.flatMap(({ event }) =>
      event.type === 'SlaWarned' ? [`${event.clock} ${event.mark} ${clock(event.at)} ${clock(event.dueAt)}`] : [],
    );
  expect(warned(DESK)).toEqual(['first_response 75 % 23T13:00 23T14:00']);
  const lastDay = { ...OFFICE, weekly: {}, overrides: { '2026-11-23': [{ start: '09:00', end: '13:30' }] } };
  const desk: Desk = { ...DESK, calendars: { ...DESK.calendars, desk: lastDay } };
  expect(warned(desk)).toEqual(['first_response 75 % 23T13:00 23T13:00']);
});

test('a target of a lead’s making is in the ledger as theirs', () => {
  const set: Doing = {
    by: lena,
    command: { kind: 'SetTarget', clock: 'resolution', targetMs: HOUR_MS },
    afterMs: minutes(5),
  };
  expect(entries('resolution', told(beginning(), [opened(), set])).at(-1)).toMatch(
    /retargeted: .*by Lena Lead; 1 h 00 min/,
  );
});

describe('what is reopened', () => {
  const states = (story: Story) => caseOf(story).clocks.map((one) => `${one.name} ${one.state} ${one.cycle}`);

  it('begins the clock that had not begun, goes on with the resolution, and begins updates anew', () => {
    const atWork: Desk = { ...DESK, resolutionStarts: 'in_progress' };
    const quick = told(beginning(atWork), [opened(), waits(alice), takes(alice), resolves(alice)]);
    expect(states(quick)).toEqual(['first_response stopped 1']);
    expect(states(told(quick, [reopens(alice)]))).toEqual(['first_response stopped 1', 'resolution running 1']);
    const unowned = told(beginning(atWork), [opened(), resolves(alice), reopens(alice)]);
    expect(states(unowned)).toEqual(['first_response stopped 1']);
    const updated = told(beginning(UPDATED), [opened(), resolves(alice), reopens(alice)]);
    expect(states(updated)).toEqual(['first_response stopped 1', 'resolution running 1', 'update running 2']);
    const anew = { ...UPDATED, sla: { ...DEFAULT_RULES, onReopen: 'restart' as const } };
    expect(states(told(beginning(anew), [opened(), resolves(alice), reopens(alice)]))).toEqual([
      'first_response stopped 1',
      'resolution running 2',
      'update running 2',
    ]);
  });

  it('promises no updates where the desk has come to promise none', () => {
    const before = told(beginning(UPDATED), [opened(), resolves(alice)]);
    const after = told({ ...before, desk: DESK }, [reopens(alice)]);
    expect(states(after)).toContain('update cancelled 2');
    expect(entries('update', after).at(-1)).toBe('23T10:02 cancelled: nothing is promised, by Alice Anderson');
  });
});

test('a word to the client leaves a clock alone that promises nothing any more', () => {
  const some: Desk = {
    ...DESK,
    priorities: DESK.priorities.map((one) => ({ ...one, updateEveryMs: one.name === 'P1' ? HOUR_MS : null })),
  };
  const before = told(beginning(some), [opened(), triages(alice, 'P1'), triages(alice, 'P3'), takes(alice)]);
  expect(moves(told(before, [says(alice)]))).toEqual(moves(before));
});
