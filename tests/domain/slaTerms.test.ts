/** Whose word counts, told clock by clock: the terms of the client, the tier, the priority, the level, the desk. */
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS, priorityName } from '../../src/domain/ids';
import { ALWAYS, type Calendar } from '../../src/domain/sla/calendar';
import { pauseClock, remaining, startClock } from '../../src/domain/sla/clock';
import { restartOnGrid } from '../../src/domain/sla/grid';
import { calendarInForce, toKeep, versionOf } from '../../src/domain/sla/kept';
import { markText } from '../../src/domain/sla/marks';
import { DEFAULT_PAUSES, DEFAULT_RULES, type SlaRules } from '../../src/domain/sla/rules';
import { caseCalendar, type Dealt, rulesOf, termsOf } from '../../src/domain/sla/terms';
import { DESK, OFFICE } from '../support/given';

const named = (name: string): Calendar => ({ ...OFFICE, name, weekly: { ...OFFICE.weekly, sat: [] } });
const CALENDARS = ['desk', 'tier', 'client', 'level', 'priority', 'clock'].map(named);
const deskWith = (rules: Partial<SlaRules>, more: Partial<Desk> = {}): Desk => ({
  ...DESK,
  calendars: { ...Object.fromEntries(CALENDARS.map((one) => [one.name, one])), '24x7': ALWAYS },
  sla: { ...DEFAULT_RULES, ...rules },
  ...more,
});
const own = (ms: number | null, calendar: string | null = null) => ({ ms, calendar });
const dealt = (more: Partial<Dealt> = {}): Dealt => ({
  priority: priorityName('P2'),
  client: { id: 'globex', name: 'Globex' },
  level: 'L1 Frontline',
  targets: {},
  ...more,
});
const terms = (desk: Desk, it: Dealt, name: Parameters<typeof termsOf>[0] = 'resolution') => {
  const { targetMs, calendar } = termsOf(name, it, desk);
  return [targetMs === null ? null : targetMs / HOUR_MS, calendar.name];
};

const client = (more: Partial<SlaRules['clients'][number]>) => ({
  name: 'Globex',
  tier: null,
  calendar: null,
  priorities: {},
  ...more,
});

test('a desk that says nothing of clocks keeps the targets of its priorities in its own hours', () => {
  expect(rulesOf(DESK)).toBe(DEFAULT_RULES);
  expect(DEFAULT_RULES).toEqual({
    priorities: {},
    tiers: {},
    clients: [],
    levelCalendars: {},
    pauses: DEFAULT_PAUSES,
    graceMs: 0,
    onPriorityChange: 'keep_elapsed',
    onReopen: 'resume',
  });
  expect(DEFAULT_PAUSES).toEqual({ resolution: ['Awaiting client'], update: ['Awaiting client'] });
  const told = (['first_response', 'resolution', 'update', 'triage', 'next_response'] as const).map((name) =>
    terms(DESK, dealt(), name),
  );
  expect(told).toEqual([
    [4, 'desk'],
    [16, 'desk'],
    [null, 'desk'],
    [null, 'desk'],
    [null, 'desk'],
  ]);
  expect(terms(DESK, dealt({ priority: priorityName('P1') }))).toEqual([4, '24x7']);
  expect(terms(DESK, dealt({ client: null, level: null, priority: null }))).toEqual([16, 'desk']);
});

test('a client is known by name or by id, in any case of letters', () => {
  const desk = deskWith({ clients: [client({ name: ' gloBEX', calendar: 'client' })] });
  expect(terms(desk, dealt())).toEqual([16, 'client']);
  expect(terms(desk, dealt({ client: { id: 'x', name: 'Globex ' } }))).toEqual([16, 'client']);
  expect(terms(desk, dealt({ client: { id: 'GLOBEX', name: 'Globex Corporation' } }))).toEqual([16, 'client']);
  expect(terms(desk, dealt({ client: { id: 'x', name: 'Globex Corporation' } }))).toEqual([16, 'desk']);
  expect(terms(desk, dealt({ client: null }))).toEqual([16, 'desk']);
});

test('a tier that nobody has described changes nothing', () => {
  const desk = deskWith({ clients: [client({ tier: 'platinum', calendar: 'client' })] });
  expect(terms(desk, dealt())).toEqual([16, 'client']);
});

test('the calendar: of the clock, else of the priority, else of all, and of the client before the tier', () => {
  const tier = {
    calendar: 'tier',
    priorities: { P2: { calendar: 'priority', clocks: { resolution: own(1 * HOUR_MS, 'clock') } } },
  };
  const clients = [client({ tier: 'gold' })];
  expect(terms(deskWith({ tiers: { gold: tier }, clients }), dealt())).toEqual([1, 'clock']);
  expect(terms(deskWith({ tiers: { gold: tier }, clients }), dealt(), 'update')).toEqual([null, 'priority']);
  expect(terms(deskWith({ tiers: { gold: tier }, clients }), dealt({ priority: priorityName('P3') }))).toEqual([
    40,
    'tier',
  ]);
  const both = [client({ tier: 'gold', calendar: 'client' })];
  expect(terms(deskWith({ tiers: { gold: tier }, clients: both }), dealt())).toEqual([1, 'client']);
});

test('the calendar of a level counts where neither client, tier nor priority names one', () => {
  const levelCalendars = { 'L1 Frontline': 'level' };
  expect(terms(deskWith({ levelCalendars }), dealt())).toEqual([16, 'level']);
  expect(terms(deskWith({ levelCalendars }), dealt({ level: null }))).toEqual([16, 'desk']);
  expect(terms(deskWith({ levelCalendars }), dealt({ priority: priorityName('P1') }))).toEqual([4, '24x7']);
  const priorities = { P2: { resolution: own(null, 'clock') } };
  expect(terms(deskWith({ levelCalendars, priorities }), dealt())).toEqual([16, 'clock']);
  expect(caseCalendar(dealt(), deskWith({ levelCalendars, priorities })).name).toBe('clock');
  expect(caseCalendar(dealt(), deskWith({ priorities: { P2: { update: own(null, 'clock') } } })).name).toBe('desk');
});

test('a target: set for the case, else the first of client, tier and priority that says anything, nothing included', () => {
  const tier = {
    calendar: null,
    priorities: { P2: { calendar: null, clocks: { resolution: own(2 * HOUR_MS), update: own(null) } } },
  };
  const mine = { P2: { calendar: null, clocks: { resolution: own(null) } } };
  const gold = { gold: tier };
  const updates = DESK.priorities.map((one) => ({ ...one, updateEveryMs: HOUR_MS }));
  const tiered = deskWith({ tiers: gold, clients: [client({ tier: 'gold' })] }, { priorities: updates });
  expect([terms(tiered, dealt())[0], terms(tiered, dealt(), 'update')[0]]).toEqual([2, null]);
  expect(terms(tiered, dealt({ client: null }), 'update')[0]).toBe(1);
  const special = deskWith({ tiers: gold, clients: [client({ tier: 'gold', priorities: mine })] });
  expect(terms(special, dealt())[0]).toBeNull();
  expect(terms(special, dealt({ targets: { resolution: 3 * HOUR_MS } }))[0]).toBe(3);
  expect(terms(special, dealt({ targets: { update: 3 * HOUR_MS } }))[0]).toBeNull();
  const triaged = deskWith({ priorities: { P2: { triage: own(HOUR_MS), next_response: own(5 * HOUR_MS) } } });
  expect([terms(triaged, dealt(), 'triage')[0], terms(triaged, dealt(), 'next_response')[0]]).toEqual([1, 5]);
});

test('a mark is named as a share or as a time before', () => {
  expect(markText({ kind: 'share', share: 0.75 })).toBe('75 %');
  expect(markText({ kind: 'share', share: 0.925 })).toBe('92.5 %');
  expect(markText({ kind: 'before', ms: 30 * MINUTE_MS })).toBe('30 min before');
});

const MONDAY = instant(Date.UTC(2026, 10, 23, 9));
test.each([
  ['before the point, the next but one counts', 1, 3],
  ['at the point', 2, 2],
  ['after it', 2.5, 1.5],
  ['at a later point that was missed', 4, 2],
  ['long after it', 5, 1],
])('a word %s', (_, afterHours, leftHours) => {
  const clock = startClock('update', 2 * HOUR_MS, ALWAYS, MONDAY);
  const at = instant(MONDAY + afterHours * HOUR_MS);
  const next = restartOnGrid(clock, ALWAYS, at);
  expect([next.cycle, next.elapsedMs, remaining(next, ALWAYS, at) / HOUR_MS]).toEqual([2, 0, leftHours]);
});

test('a second word before the same point changes nothing of when the next is due', () => {
  const clock = startClock('update', 2 * HOUR_MS, ALWAYS, MONDAY);
  const once = restartOnGrid(clock, ALWAYS, instant(MONDAY + HOUR_MS));
  const at = instant(MONDAY + 1.5 * HOUR_MS);
  expect(remaining(restartOnGrid(once, ALWAYS, at), ALWAYS, at)).toBe(remaining(once, ALWAYS, at));
  const point = instant(MONDAY + 2 * HOUR_MS);
  expect(remaining(restartOnGrid(once, ALWAYS, point), ALWAYS, point)).toBe(2 * HOUR_MS);
  expect(restartOnGrid(pauseClock(clock, ALWAYS, at), ALWAYS, at).state).toBe('paused');
});

describe('a kept calendar', () => {
  const edited: Calendar = { ...OFFICE, holidays: [] };
  const desk: Desk = { ...DESK, calendars: { desk: OFFICE, '24x7': ALWAYS } };
  const kept = (calendar: Calendar) => ({ calendars: { [calendar.name]: { version: versionOf(calendar), calendar } } });

  it('has the same version for the same content in any order, and another for any other', () => {
    const { name, zone, ...rest } = OFFICE;
    expect(versionOf({ ...rest, zone, name })).toBe(versionOf(OFFICE));
    expect(versionOf(OFFICE)).toMatch(/^[0-9a-z]+-[0-9a-z]{14}$/);
    const others = [edited, { ...OFFICE, zone: 'Europe/Paris' }, { ...OFFICE, name: 'other' }, ALWAYS];
    expect(new Set([OFFICE, ...others].map(versionOf)).size).toBe(5);
    expect(versionOf([1, 2])).not.toBe(versionOf([2, 1]));
    expect(versionOf([{ a: null }])).not.toBe(versionOf([{ a: {} }]));
  });

  it('hashes as it always has, since versions are stored with cases', () => {
    expect([versionOf({}), versionOf(OFFICE)]).toEqual(['2-0w7k42t0g6hat4', 'ak-11gjh9q1710ozb']);
  });

  it('counts for its case until the case takes over the new one', () => {
    expect(calendarInForce({}, desk, 'desk')).toBe(OFFICE);
    expect(calendarInForce(kept(edited), desk, 'desk')).toBe(edited);
    const same = { ...OFFICE };
    expect(calendarInForce(kept(same), desk, 'desk')).toBe(OFFICE);
    const gone: Calendar = { ...OFFICE, name: 'gone' };
    expect(calendarInForce(kept(gone), desk, 'gone')).toBe(gone);
    expect(calendarInForce({ calendars: {} }, desk, 'gone')).toBe(OFFICE);
  });

  it('is kept once, in the version in force; round the clock never changes and is not kept', () => {
    expect(toKeep({}, [ALWAYS])).toBeNull();
    expect(toKeep(kept(OFFICE), [OFFICE, ALWAYS])).toBeNull();
    expect(toKeep({}, [OFFICE, ALWAYS])).toEqual(kept(OFFICE).calendars);
    expect(toKeep(kept(OFFICE), [edited])).toEqual(kept(edited).calendars);
  });
});
