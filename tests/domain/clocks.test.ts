/** The five clocks of a case, told as sentences. */
import type { Case } from '../../src/domain/case/case';
import type { CaseEvent } from '../../src/domain/case/events';
import type { Desk } from '../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, type Instant, instant, MINUTE_MS } from '../../src/domain/ids';
import { type ClockName, dueOf, remaining, stateOf } from '../../src/domain/sla/clock';
import { clockCalendar, clocksInLine, nextDue } from '../../src/domain/sla/policy';
import { DEFAULT_RULES, type SlaRules, type Terms } from '../../src/domain/sla/rules';
import {
  accepts,
  alice,
  beginning,
  bob,
  carol,
  caseOf,
  DESK,
  type Doing,
  escalates,
  given,
  givenOn,
  lena,
  next,
  OFFICE,
  opened,
  passes,
  ravi,
  reacts,
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
  unreacts,
  waits,
  wakes,
} from '../support/given';

const withRules = (rules: Partial<SlaRules>, more: Partial<Desk> = {}): Desk => ({
  ...DESK,
  ...more,
  sla: { ...DEFAULT_RULES, ...rules },
});
const promised = (ms: number | null, calendar: string | null = null) => ({ ms, calendar });
const UPDATED: Desk = {
  ...DESK,
  priorities: DESK.priorities.map((one) => (one.name === 'P1' ? { ...one, updateEveryMs: 2 * HOUR_MS } : one)),
};
/** Every priority promises triage and an answer to each question. */
const FULL = withRules(
  {
    priorities: Object.fromEntries(
      DESK.priorities.map(({ name }) => [
        name,
        { triage: promised(30 * MINUTE_MS), next_response: promised(2 * HOUR_MS) },
      ]),
    ),
  },
  { priorities: UPDATED.priorities },
);

const clockOf = (it: Case, name: ClockName) => it.clocks.find((one) => one.name === name);
const due = (it: Case, name: ClockName, desk: Desk): string | null => {
  const clock = clockOf(it, name);
  const at = clock === undefined ? null : dueOf(clock, clockCalendar(desk, clock));
  return at === null ? null : new Date(at).toISOString().slice(8, 16);
};
const state = (it: Case, name: ClockName, { desk, at }: Story) => {
  const clock = clockOf(it, name);
  return clock === undefined ? 'none' : stateOf(clock, clockCalendar(desk, clock), at);
};
const alarms = ({ journal }: Story): string[] =>
  journal.flatMap(({ event }) =>
    event.type === 'SlaBreached' || event.type === 'SlaWarned'
      ? [`${event.clock} ${event.type === 'SlaBreached' ? 'breached' : event.mark} ${hour(event.at)}`]
      : [],
  );
const hour = (at: Instant) => new Date(at).toISOString().slice(8, 16);
const minutes = (n: number) => n * MINUTE_MS;

describe('clocks without a target', () => {
  it('do not exist', () => {
    expect(given(opened()).case.clocks.map(({ name }) => name)).toEqual(['first_response', 'resolution']);
    expect(givenOn(FULL, opened()).case.clocks.map(({ name }) => name)).toEqual([
      'triage',
      'first_response',
      'resolution',
    ]);
  });
});

describe('the triage clock', () => {
  it('runs from the opening until somebody has triaged the case', () => {
    const story = told(beginning(FULL), [
      opened(),
      triages(alice, 'P3', { afterMs: minutes(20) }),
      passes(DAY_MS),
      wakes(),
    ]);
    expect(state(caseOf(story), 'triage', story)).toBe('met');
    expect(alarms(story).filter((one) => one.startsWith('triage'))).toEqual([]);
  });

  it('warns and breaches at its own instants, also when nobody looked', () => {
    const story = told(beginning(FULL), [opened(), passes(3 * DAY_MS), wakes()]);
    expect(alarms(story)).toContain('triage breached 23T10:30');
    const looked = told(beginning(FULL), [opened(), passes(minutes(25)), wakes()]);
    expect(alarms(looked)).toEqual(['triage 75 % 23T10:22']);
  });

  it('goes on when the priority is taken back', () => {
    const story = told(beginning(FULL), [
      opened(),
      reacts(alice, 'P2', { afterMs: minutes(10) }),
      unreacts(alice, 'P2', { afterMs: minutes(3) }),
    ]);
    expect(state(caseOf(story), 'triage', story)).toBe('running');
    expect(due(caseOf(story), 'triage', FULL)).toBe('23T10:33');
  });
});

describe('the next-response clock', () => {
  const asked = [opened(), triages(alice, 'P2'), replies(alice)] as const;

  it('starts at the first unanswered word of the client, and later ones do not move it', () => {
    const story = told(beginning(FULL), [
      ...asked,
      says(ravi, 'public', { afterMs: minutes(60) }),
      says(ravi),
      says(ravi),
    ]);
    expect(due(caseOf(story), 'next_response', FULL)).toBe('23T13:02');
  });

  it('is met by a public word of staff, and not by one among the desk, nor by Take', () => {
    const story = told(beginning(FULL), [...asked, says(ravi), says(bob, 'desk'), takes(bob)]);
    expect(state(caseOf(story), 'next_response', story)).toBe('running');
    const answered = told(story, [says(bob)]);
    expect(state(caseOf(answered), 'next_response', answered)).toBe('met');
  });

  it('begins anew with the next question, in a cycle of its own', () => {
    const story = told(beginning(FULL), [
      ...asked,
      says(ravi),
      passes(5 * HOUR_MS),
      says(bob),
      says(ravi),
      passes(DAY_MS),
      wakes(),
    ]);
    expect(clockOf(caseOf(story), 'next_response')).toMatchObject({ cycle: 2 });
    expect(alarms(story).filter((one) => one.includes('next_response breached'))).toHaveLength(2);
  });

  it('is not started by a question that was answered before it was heard of', () => {
    const late = {
      by: ravi,
      command: {
        kind: 'HearMessage',
        place: { platform: 'slack', channel: 'C0SUPPORT', message: '9.1', thread: '1.000' },
        text: 'And?',
        audience: 'public',
        at: instant(TEN + minutes(2)),
      },
      afterMs: minutes(10),
    } as const;
    const story = told(beginning(FULL), [opened(), triages(alice, 'P2'), replies(alice), late]);
    expect(state(caseOf(story), 'next_response', story)).toBe('none');
  });

  it('is not met by a word that was said before the question', () => {
    const story = told(beginning(FULL), [...asked, says(ravi, 'public', { afterMs: minutes(30) })]);
    const early = {
      by: bob,
      command: {
        kind: 'HearMessage',
        place: { platform: 'slack', channel: 'C0SUPPORT', message: '9.2', thread: '1.000' },
        text: 'Hm',
        audience: 'public',
        at: instant(story.at - minutes(5)),
      },
      afterMs: minutes(1),
    } as const;
    const after = told(story, [early]);
    expect(state(caseOf(after), 'next_response', after)).toBe('running');
  });
});

describe('the update clock', () => {
  const begun = [opened(), triages(alice, 'P1')] as const; // 10:01, so the grid is 12:01, 14:01, 16:01, …

  it('comes with a priority that promises updates, and goes with it', () => {
    const story = told(beginning(UPDATED), [...begun]);
    expect(due(caseOf(story), 'update', UPDATED)).toBe('23T12:01');
    const lowered = told(story, [triages(alice, 'P3')]);
    expect(state(caseOf(lowered), 'update', lowered)).toBe('cancelled');
    const again = told(lowered, [triages(alice, 'P1', { afterMs: 3 * HOUR_MS })]);
    expect(due(caseOf(again), 'update', UPDATED)).toBe('23T15:02');
  });

  it.each([
    [
      'an early word serves for the point that is due next',
      [says(alice, 'public', { afterMs: minutes(20) })],
      '23T14:01',
    ],
    [
      'a second early word changes nothing',
      [says(alice, 'public', { afterMs: minutes(20) }), says(alice, 'public', { afterMs: minutes(20) })],
      '23T14:01',
    ],
    ['a word at the very point is in time', [says(alice, 'public', { afterMs: minutes(120) })], '23T14:01'],
    ['a late word does not move the grid either', [says(alice, 'public', { afterMs: minutes(150) })], '23T14:01'],
    ['a very late word counts until the next point', [says(alice, 'public', { afterMs: minutes(300) })], '23T16:01'],
    [
      'a word in the second stretch',
      [says(alice, 'public', { afterMs: minutes(20) }), says(alice, 'public', { afterMs: minutes(130) })],
      '23T16:01',
    ],
  ] as const)('%s', (_, words, expected) => {
    expect(due(caseOf(told(beginning(UPDATED), [...begun, ...words])), 'update', UPDATED)).toBe(expected);
  });

  it('warns and breaches once a cycle', () => {
    const silent = told(beginning(UPDATED), [...begun, passes(9 * HOUR_MS), wakes()]);
    expect(alarms(silent).filter((one) => one.startsWith('update'))).toEqual(['update breached 23T12:01']);
    const spoken = told(silent, [says(alice), passes(9 * HOUR_MS), wakes()]);
    expect(alarms(spoken).filter((one) => one.startsWith('update breached'))).toHaveLength(2);
  });

  it('stands still while the client is waited for, and ends with the case', () => {
    const story = told(beginning(UPDATED), [...begun, waits(alice)]);
    expect(state(caseOf(story), 'update', story)).toBe('paused');
    const spoken = told(story, [says(alice)]);
    expect(state(caseOf(spoken), 'update', spoken)).toBe('paused');
    const done = told(spoken, [resumes(alice), resolves(alice)]);
    expect(state(caseOf(done), 'update', done)).toBe('met');
    const reopened = told(done, [reopens(alice, { afterMs: HOUR_MS })]);
    expect(clockOf(caseOf(reopened), 'update')).toMatchObject({ state: 'running', elapsedMs: 0, since: reopened.at });
  });

  it('is not moved by Take: the client has not heard', () => {
    expect(due(caseOf(told(beginning(UPDATED), [...begun, takes(alice)])), 'update', UPDATED)).toBe('23T12:01');
  });

  it('takes a new step from the last word on', () => {
    const story = told(beginning(UPDATED), [...begun, says(alice, 'public', { afterMs: minutes(20) })]);
    const hourly = { ...UPDATED, priorities: UPDATED.priorities.map((one) => ({ ...one, updateEveryMs: HOUR_MS })) };
    const after = told({ ...story, desk: hourly }, [wakes({ afterMs: minutes(10) })]);
    expect(due(caseOf(after), 'update', hourly)).toBe('23T11:21');
  });
});

describe('whose target counts', () => {
  const terms = (resolution: number, calendar: string | null = null): Terms => ({
    calendar,
    priorities: { P2: { calendar: null, clocks: { resolution: promised(resolution) } } },
  });
  const GOLD = withRules({
    tiers: { gold: terms(8 * HOUR_MS, '24x7') },
    clients: [
      { name: 'Globex', tier: 'gold', calendar: null, priorities: {} },
      { name: 'Initech', tier: 'gold', ...terms(2 * HOUR_MS) },
    ],
  });
  const openedFor = (name: string) => opened(ravi, { client: { id: name.toLowerCase(), name } });
  const resolution = (name: string, ...more: Doing[]) => {
    const clock = clockOf(caseOf(told(beginning(GOLD), [openedFor(name), ...more])), 'resolution');
    return [(clock?.targetMs ?? 0) / HOUR_MS, clock?.calendar];
  };

  it('the priority’s, for clients nobody has named', () => expect(resolution('Hooli')).toEqual([16, 'desk']));
  it('the tier’s before the priority’s, on its calendar', () => expect(resolution('globex ')).toEqual([8, '24x7']));
  it('the client’s own before the tier’s', () => expect(resolution('Initech')).toEqual([2, '24x7']));
  it('the priority’s where the tier says nothing of it', () =>
    expect(resolution('Globex', triages(alice, 'P3'))).toEqual([40, '24x7']));
  it('one set for this very case before all, and after a change of priority too', () => {
    const set = {
      by: lena,
      command: { kind: 'SetTarget', clock: 'resolution', targetMs: 6 * HOUR_MS },
      afterMs: 0,
    } as const;
    expect(resolution('Initech', set)).toEqual([6, '24x7']);
    expect(resolution('Initech', set, triages(alice, 'P1'))).toEqual([6, '24x7']);
    const back = { ...set, command: { ...set.command, targetMs: null } };
    expect(resolution('Initech', set, back)).toEqual([2, '24x7']);
  });

  it('a target is set by leads only, once, and not for what is over', () => {
    const set = (by: typeof lena, clock: ClockName, targetMs: number | null) =>
      ({ by, command: { kind: 'SetTarget', clock, targetMs }, afterMs: 0 }) as const;
    givenOn(GOLD, openedFor('Hooli'))
      .when(set(alice, 'resolution', HOUR_MS))
      .refused('leads-only');
    givenOn(GOLD, openedFor('Hooli'))
      .when(set(lena, 'resolution', 16 * HOUR_MS))
      .refused('target-unchanged');
    givenOn(GOLD, openedFor('Hooli'))
      .when(set(lena, 'resolution', null))
      .refused('target-unchanged');
    givenOn(GOLD, openedFor('Hooli'), takes(alice))
      .when(set(lena, 'first_response', HOUR_MS))
      .refused('clock-over');
    givenOn(GOLD, openedFor('Hooli'), resolves(alice))
      .when(set(lena, 'resolution', HOUR_MS))
      .refused('case-resolved');
    givenOn(GOLD, openedFor('Hooli'))
      .when(set(lena, 'update', HOUR_MS))
      .happens('TargetSet');
  });

  it('nothing at all where the tier says none; what has elapsed is found again when something is', () => {
    const desk = withRules({
      tiers: {
        basic: { calendar: null, priorities: { P3: { calendar: null, clocks: { resolution: promised(null) } } } },
      },
      clients: [{ name: 'Hooli', tier: 'basic', calendar: null, priorities: {} }],
    });
    const story = told(beginning({ ...desk, untriaged: DESK.priorities[2]!.name }), [
      openedFor('Hooli'),
      passes(HOUR_MS),
    ]);
    expect(state(caseOf(story), 'resolution', story)).toBe('cancelled');
    const raised = told(story, [triages(alice, 'P2')]);
    const clock = clockOf(caseOf(raised), 'resolution')!;
    expect(remaining(clock, OFFICE, raised.at)).toBe(16 * HOUR_MS - HOUR_MS - MINUTE_MS);
  });

  it('a calendar of one clock before that of its priority; the level’s for priorities that keep the desk’s hours', () => {
    const desk = withRules({
      priorities: { P2: { first_response: promised(null, '24x7') } },
      levelCalendars: { 'L2 Specialists': '24x7' },
    });
    const story = told(beginning(desk), [opened(), triages(alice, 'P2'), takes(alice)]);
    expect(caseOf(story).clocks.map(({ calendar }) => calendar)).toEqual(['24x7', 'desk']);
    const handed = told(story, [escalates(alice), accepts(carol)]);
    expect(clockOf(caseOf(handed), 'resolution')?.calendar).toBe('24x7');
    const move = handed.journal.flatMap(({ event }) => (event.type === 'ClocksMoved' ? event.moved : [])).at(-1);
    expect(move).toMatchObject({ kind: 'retargeted', why: 'the case is with L2 Specialists now' });
  });
});

describe('when clocks stand still', () => {
  it('in the statuses that the desk names for each', () => {
    const desk = withRules({ pauses: { resolution: ['New', 'Triaged'], first_response: ['Awaiting client'] } });
    const story = told(beginning(desk), [opened()]);
    expect(caseOf(story).clocks.map((clock) => clock.state)).toEqual(['running', 'paused']);
    const waiting = told(story, [waits(alice)]);
    expect(caseOf(waiting).clocks.map((clock) => clock.state)).toEqual(['paused', 'running']);
  });

  it('grace: what comes out of hours has some minutes more after the opening, and only there', () => {
    const desk = withRules({ graceMs: 30 * MINUTE_MS });
    const evening = instant(Date.UTC(2026, 10, 23, 20));
    const story = told(beginning(desk, evening), [opened()]);
    expect(due(caseOf(story), 'first_response', desk)).toBe('24T13:30');
    expect(due(caseOf(told(beginning(desk), [opened()])), 'first_response', desk)).toBe('23T14:00');
    const urgent = told(story, [triages(alice, 'P1')]);
    expect(due(caseOf(urgent), 'first_response', desk)).toBe('23T21:01');
    expect(due(caseOf(told(urgent, [triages(alice, 'P2')])), 'first_response', desk)).not.toBeNull();
  });
});

describe('on a change', () => {
  it('of priority begins anew where the desk wants that', () => {
    const desk = withRules({ onPriorityChange: 'restart' });
    const story = told(beginning(desk), [opened(), passes(2 * HOUR_MS), triages(alice, 'P3')]);
    expect(clockOf(caseOf(story), 'resolution')).toMatchObject({ cycle: 2, elapsedMs: 0, targetMs: 40 * HOUR_MS });
  });

  it('of status back to work begins anew where the desk wants that', () => {
    const desk = withRules({ onReopen: 'restart' });
    const story = told(beginning(desk), [opened(), takes(alice), resolves(alice), reopens(alice)]);
    expect(clockOf(caseOf(story), 'resolution')).toMatchObject({ cycle: 2, elapsedMs: 0, state: 'running' });
  });

  it('of the desk file’s targets moves them from the edit on, and a target that is over is breached then', () => {
    const story = told(beginning(), [opened(), triages(alice, 'P2'), passes(5 * HOUR_MS)]);
    const strict = { ...DESK, priorities: DESK.priorities.map((one) => ({ ...one, resolutionMs: 4 * HOUR_MS })) };
    const after = told({ ...story, desk: strict }, [wakes()]);
    expect(alarms(after).at(-1)).toBe(`resolution breached ${hour(story.at)}`);
  });
});

describe('an edited calendar', () => {
  const shorter: Desk = {
    ...DESK,
    calendars: {
      ...DESK.calendars,
      desk: { ...OFFICE, weekly: { ...OFFICE.weekly, mon: [{ start: '09:00', end: '12:00' }] } },
    },
  };

  it('counts from the edit on: what was counted before stays counted', () => {
    const story = told(beginning(), [opened(), triages(alice, 'P2'), passes(4 * HOUR_MS)]); // 14:01
    const after = told({ ...story, desk: shorter }, [wakes()]);
    const clock = clockOf(caseOf(after), 'resolution')!;
    expect(remaining(clock, clockCalendar(shorter, clock), after.at)).toBe(16 * HOUR_MS - 4 * HOUR_MS - MINUTE_MS);
    expect(due(caseOf(after), 'resolution', shorter)).toBe('25T12:59');
    const move = after.journal.flatMap(({ event }) => (event.type === 'ClocksMoved' ? event.moved : [])).at(-1);
    expect(move).toMatchObject({ kind: 'retargeted', why: 'calendar “desk” was edited' });
  });

  it('what came due on the old calendar before the edit was seen is told at its true instant', () => {
    const story = told(beginning(), [opened(), passes(6 * HOUR_MS)]); // first response due 14:00
    const after = told({ ...story, desk: shorter }, [wakes()]);
    expect(alarms(after)).toContain('first_response breached 23T14:00');
  });

  it('that is gone altogether leaves what it counted, and the clocks go on in the desk’s hours', () => {
    const late = { ...OFFICE, name: 'late', weekly: { mon: [{ start: '09:00', end: '22:00' }] } };
    const before: Desk = {
      ...DESK,
      calendars: { ...DESK.calendars, late },
      priorities: DESK.priorities.map((one) => ({ ...one, calendar: 'late' })),
    };
    const story = told(beginning(before), [opened(), passes(9 * HOUR_MS)]); // 19:00
    const after = told({ ...story, desk: DESK }, [wakes()]);
    const clock = clockOf(caseOf(after), 'resolution')!;
    expect([clock.calendar, remaining(clock, OFFICE, after.at) / HOUR_MS]).toEqual(['desk', 7]);
  });

  it('that reads the same is no edit', () => {
    const story = told(beginning(), [opened()]);
    const same = { ...DESK, calendars: JSON.parse(JSON.stringify(DESK.calendars)) };
    const { events } = next({ ...story, desk: same }, wakes()) as { events: readonly CaseEvent[] };
    expect(events).toEqual([]);
    expect(clocksInLine(caseOf(story), { desk: same, at: story.at })).toEqual([]);
    expect(nextDue(caseOf(story), same)?.dueAt).toBe(nextDue(caseOf(story), DESK)?.dueAt);
  });
});
