/** Whatever happens to a case: the clocks of the product against the second opinion, and the ledger against the clocks. */
import fc from 'fast-check';
import type { Case, Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS, personId } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import { ledgersOf } from '../../src/domain/sla/caseLedger';
import { type ClockName, elapsed, promisedMs, remaining, stateOf } from '../../src/domain/sla/clock';
import { calendarInForce } from '../../src/domain/sla/kept';
import { leftWords, usedOfText, wholeMinutes } from '../../src/domain/sla/ledger';
import { clocksInLine } from '../../src/domain/sla/policy';
import type { Happening, Policy } from '../../src/domain/sla/replay';
import { DEFAULT_RULES } from '../../src/domain/sla/rules';
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
  triages,
  unreacts,
  waits,
  wakes,
} from '../support/given';
import { live, openMsBetween } from './slaBruteForce';

const RUNS = Math.min(Number(process.env.SLA_RUNS ?? 300), 5000);

/** The Friday before the night in which London's clocks go forward. */
const FRIDAY = instant(Date.UTC(2026, 2, 27, 10));
const NIGHTS: Calendar = {
  ...OFFICE,
  weekly: {
    fri: [{ start: '22:00', end: '06:00' }],
    sat: [{ start: '00:30', end: '24:00' }],
    mon: [{ start: '08:00', end: '12:30' }],
    tue: [],
  },
  holidays: [{ date: '2026-03-30', name: 'Spring break' }],
};
const CALENDARS = [
  OFFICE,
  NIGHTS,
  { ...OFFICE, breaks: [{ date: '2026-03-27', start: '11:00', end: '13:00' }] },
] as const;

const own = (ms: number, calendar: string | null = null) => ({ ms, calendar });
/** Everything that a desk file can say of clocks, and what an edit may make of it. */
const deskWith = (calendar: Calendar, variant: number): Desk => ({
  ...DESK,
  calendars: { ...DESK.calendars, desk: calendar, late: { ...NIGHTS, name: 'late' } },
  priorities: DESK.priorities.map((one, rank) => ({
    ...one,
    updateEveryMs: rank === 1 ? null : (2 + variant) * HOUR_MS,
    resolutionMs: one.resolutionMs - variant * HOUR_MS,
  })),
  sla: {
    ...DEFAULT_RULES,
    priorities: {
      P1: { triage: own(30 * MINUTE_MS), next_response: own(HOUR_MS) },
      P2: { triage: own(HOUR_MS), next_response: own(3 * HOUR_MS, '24x7'), first_response: own(4 * HOUR_MS, 'late') },
      P3: { next_response: own(8 * HOUR_MS) },
    },
    levelCalendars: { 'L2 Specialists': 'late' },
    pauses:
      variant === 2
        ? { resolution: ['Triaged', 'Awaiting client'], next_response: ['New'] }
        : { ...DEFAULT_RULES.pauses, first_response: ['Awaiting client'] },
    graceMs: variant * 20 * MINUTE_MS,
    onPriorityChange: variant === 1 ? 'restart' : 'keep_elapsed',
    onReopen: variant === 1 ? 'restart' : 'resume',
  },
});

const moment = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((n) => n * MINUTE_MS),
  fc.integer({ min: 0, max: 12 * 60 }).map((n) => n * MINUTE_MS),
  fc.integer({ min: 0, max: 40_000 }).map((n) => n * 1000 + 7),
);

type Act = (afterMs: number, pick: number) => Doing | Desk;
const priorities = ['P1', 'P2', 'P3'] as const;
const set = (clock: ClockName, targetMs: number | null, afterMs: number): Doing => ({
  by: lena,
  command: { kind: 'SetTarget', clock, targetMs },
  afterMs,
});
/** Heard minutes after it was said: a platform delivers again. */
const late =
  (who: Party, afterMs: number, lateMs: number): Doing =>
  (at) => {
    const said = instant(Math.max(FRIDAY, at - lateMs));
    const place = { platform: 'slack', channel: 'C0SUPPORT', message: `late ${at}`, thread: '1.000' };
    return { by: who, command: { kind: 'HearMessage', place, text: 'Late', audience: 'public', at: said }, afterMs };
  };
const ACTS: readonly Act[] = [
  (afterMs, pick) => late(alice, afterMs, pick * 7 * MINUTE_MS),
  (afterMs, pick) => late(ravi, afterMs, pick * 7 * MINUTE_MS),
  (afterMs, pick) => triages(alice, priorities[pick % 3] ?? 'P1', { afterMs }),
  (afterMs, pick) => reacts(bob, priorities[pick % 3] ?? 'P1', { afterMs }),
  (afterMs, pick) => unreacts(bob, priorities[pick % 3] ?? 'P1', { afterMs }),
  (afterMs) => takes(alice, { afterMs }),
  (afterMs, pick) => assigns(lena, personId(pick % 2 === 0 ? 'bob' : 'carol'), { afterMs }),
  (afterMs) => says(alice, 'public', { afterMs }),
  (afterMs) => says(ravi, 'public', { afterMs }),
  (afterMs) => waits(bob, { afterMs }),
  (afterMs) => resumes(bob, { afterMs }),
  (afterMs) => resolves(alice, { afterMs }),
  (afterMs) => reopens(alice, { afterMs }),
  (afterMs) => escalates(alice, { afterMs }),
  (afterMs, pick) => accepts(carol, `h${1 + (pick % 2)}`, { afterMs }),
  (afterMs) => wakes({ afterMs }),
  (afterMs) => passes(afterMs),
  (afterMs, pick) => set('resolution', pick % 3 === 0 ? null : pick * HOUR_MS, afterMs),
  (afterMs, pick) => set('update', pick % 3 === 0 ? null : (1 + pick) * HOUR_MS, afterMs),
  (_, pick) => deskWith(CALENDARS[pick % 3] ?? OFFICE, pick % 3),
];
const isDesk = (what: Doing | Desk): what is Desk => typeof what === 'object' && 'priorities' in what;
const lives = fc.array(fc.tuple(fc.nat(ACTS.length - 1), moment, fc.nat(8)), { minLength: 1, maxLength: 14 });

function lived(steps: readonly (readonly [number, number, number])[], check: (story: Story) => void): Story {
  let story = next(beginning(deskWith(OFFICE, 0), FRIDAY), opened()).story;
  for (const [act, afterMs, pick] of steps) {
    const doing = ACTS[act]?.(afterMs, pick) ?? passes(0);
    // Baton looks at every case when the desk file is edited.
    story = isDesk(doing) ? next({ ...story, desk: doing }, wakes()).story : next(story, doing).story;
    check(story);
  }
  return story;
}

const inForce = (story: Story, name: string): Calendar => calendarInForce(caseOf(story), story.desk, name);
const factsOf = ({ journal }: Story) =>
  journal.flatMap(({ event }) => (event.type === 'SlaWarned' || event.type === 'SlaBreached' ? [event] : []));

/** Answered after eight minutes; then an older word of staff comes late, and a question from before the answer. */
const OLDER_WORD_LATE: [number, number, number][] = [
  [8, 0, 0],
  [0, 8 * MINUTE_MS, 0],
  [0, 20 * MINUTE_MS, 4],
  [1, MINUTE_MS, 4],
  [0, 7, 0],
];

/** Updates promised for this case alone and taken back; resolved, reopened, and then a priority that promises them. */
const UPDATES_COME_AND_GO: [number, number, number][] = [
  [18, 0, 1],
  [18, 0, 0],
  [11, 0, 0],
  [12, 7, 0],
  [2, 0, 0],
];

/** Asked, resolved and reopened; then a question from before the resolution is heard. */
const ASKED_BEFORE_RESOLVED: [number, number, number][] = [
  [1, 0, 0],
  [11, MINUTE_MS, 0],
  [12, 7, 0],
  [1, 0, 1],
];

test(`the ledger of every clock adds up to what the clock says is left, after whatever happens (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(lives, (steps) => {
      lived(steps, (story) => {
        const { desk, at, journal } = story;
        const it = caseOf(story);
        for (const { clock, ledger } of ledgersOf(it, journal, desk, at)) {
          if (clock.state === 'cancelled') continue;
          const calendar = inForce(story, clock.calendar);
          expect(ledger.usedMs).toBe(elapsed(clock, calendar, at));
          if (clock.state === 'stopped' && !clock.promised) continue;
          expect(ledger.targetMs + ledger.extraMs).toBe(promisedMs(clock));
          const left = remaining(clock, calendar, at);
          expect(usedOfText(ledger)).toContain(left < 0 ? `(${leftWords(left)})` : leftWords(left));
          const cycle = ledger.rows.at(-1)?.cycle;
          expect(cycle).toBe(clock.cycle);
          const sum = wholeMinutes(ledger.rows)
            .filter((_, index) => ledger.rows[index]?.cycle === cycle)
            .reduce((all, one) => all + one, 0);
          expect(sum).toBe(Math.floor(ledger.usedMs / MINUTE_MS));
          for (const [index, row] of ledger.rows.entries())
            expect(row.from).toBe(ledger.rows[index - 1]?.to ?? row.from);
        }
      });
    }),
    { numRuns: RUNS, examples: [[OLDER_WORD_LATE], [UPDATES_COME_AND_GO], [ASKED_BEFORE_RESOLVED]] },
  );
});

test('a year of waits, holidays, nights, two changes of the clocks and an edited calendar adds up to the minute', () => {
  let story = next(beginning(deskWith(OFFICE, 0), FRIDAY), opened()).story;
  for (let week = 0; week < 52; week += 1) {
    if (week === 30)
      story = { ...story, desk: deskWith({ ...OFFICE, holidays: [{ date: '2027-01-01', name: null }] }, 0) };
    for (const doing of [
      triages(alice, priorities[week % 3] ?? 'P1', { afterMs: 31 * HOUR_MS + 61_000 }),
      waits(alice, { afterMs: 50 * HOUR_MS }),
      says(ravi, 'public', { afterMs: 70 * HOUR_MS + 13_007 }),
      says(alice, 'public', { afterMs: 17 * HOUR_MS - 74_007 }),
    ])
      story = next(story, doing).story;
  }
  expect(new Date(story.at).toISOString()).toBe('2027-03-26T10:00:00.000Z');
  const it = caseOf(story);
  const ledgers = ledgersOf(it, story.journal, story.desk, story.at);
  expect(ledgers.map(({ clock }) => clock.name)).toEqual(it.clocks.map(({ name }) => name));
  for (const { clock, ledger } of ledgers.filter((one) => one.clock.state !== 'cancelled')) {
    const calendar = inForce(story, clock.calendar);
    expect(ledger.usedMs).toBe(elapsed(clock, calendar, story.at));
    expect(ledger.targetMs + ledger.extraMs - ledger.usedMs).toBe(remaining(clock, calendar, story.at));
  }
  const resolution = ledgers.find(({ clock }) => clock.name === 'resolution');
  expect(resolution?.ledger.rows.length).toBeGreaterThan(500);
});

test(`the clocks are always in line with the case and the desk, and count what a minute-by-minute look counts (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(lives, (steps) => {
      const end = lived(steps, (story) => {
        const it = caseOf(story);
        const isLive = it.status !== 'Resolved' && it.status !== 'Closed';
        if (isLive) expect(clocksInLine(it, story)).toEqual([]);
      });
      for (const { ledger } of ledgersOf(caseOf(end), end.journal, end.desk, end.at)) {
        for (const row of ledger.rows) if (row.openMs > 0) expect(row.openMs).toBe(row.to - row.from);
      }
      for (const clock of caseOf(end).clocks) {
        if (clock.state !== 'running') continue;
        const calendar = inForce(end, clock.calendar);
        expect(elapsed(clock, calendar, end.at) - clock.elapsedMs).toBe(openMsBetween(calendar, clock.since, end.at));
      }
    }),
    { numRuns: RUNS },
  );
});

test(`each mark and each breach is told once a cycle, in order, and never early (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(lives, (steps) => {
      const end = next(
        lived(steps, () => undefined),
        wakes({ afterMs: 60 * 24 * HOUR_MS }),
      ).story;
      let cycles: Record<string, number> = {};
      const told = new Set<string>();
      for (const { event, at } of end.journal) {
        if (event.type === 'ClocksMoved')
          cycles = Object.fromEntries(event.clocks.map(({ name, cycle }) => [name, cycle]));
        if (event.type !== 'SlaWarned' && event.type !== 'SlaBreached') continue;
        const key = `${event.clock} ${cycles[event.clock]} ${event.type === 'SlaWarned' ? event.mark : 'breached'}`;
        expect(told.has(key)).toBe(false);
        told.add(key);
        expect(event.at).toBeLessThanOrEqual(at);
      }
      for (const clock of caseOf(end).clocks) {
        const breached = stateOf(clock, inForce(end, clock.calendar), end.at) === 'breached';
        const last = factsOf(end)
          .filter((fact) => fact.type === 'SlaBreached' && fact.clock === clock.name)
          .at(-1);
        if (breached) expect(last?.at).toBe(clock.breachedAt);
      }
    }),
    { numRuns: RUNS },
  );
});

/** The part of the rules that the second opinion knows: three clocks, targets by priority, one calendar that may be edited. */
const POLICY: Policy = {
  targets: {
    first_response: { P1: HOUR_MS, P2: 4 * HOUR_MS, P3: 8 * HOUR_MS },
    next_response: { P1: HOUR_MS, P2: 2 * HOUR_MS, P3: 8 * HOUR_MS },
    resolution: { P1: 4 * HOUR_MS, P2: 16 * HOUR_MS, P3: 40 * HOUR_MS },
  },
  pauseAppliesTo: ['resolution'],
};
const plainDesk = (calendar: Calendar): Desk => ({
  ...DESK,
  warnAt: [],
  calendars: { desk: calendar },
  priorities: DESK.priorities.map((one) => ({ ...one, calendar: 'desk' })),
  sla: {
    ...DEFAULT_RULES,
    priorities: {
      P1: { next_response: own(HOUR_MS) },
      P2: { next_response: own(2 * HOUR_MS) },
      P3: { next_response: own(8 * HOUR_MS) },
    },
  },
});

const KINDS = ['priority', 'word', 'question', 'pause', 'resume', 'resolve', 'reopen', 'calendar', 'look'] as const;
const tellings = fc.array(fc.tuple(fc.constantFrom(...KINDS), moment, fc.nat(2)), { maxLength: 10 });

/** The same life told to both: as commands to the product, as events to the second opinion. */
function toldToBoth(steps: readonly (readonly [(typeof KINDS)[number], number, number])[]): {
  story: Story;
  events: Happening[];
} {
  let story = next(beginning(plainDesk(OFFICE), FRIDAY), opened()).story;
  const events: Happening[] = [{ type: 'created', at: FRIDAY, priority: 'P2' }];
  for (const [kind, afterMs, pick] of steps) {
    const before: Case = caseOf(story);
    if (kind === 'calendar') {
      const calendar = CALENDARS[pick] ?? OFFICE;
      story = next({ ...story, desk: plainDesk(calendar) }, wakes()).story;
      events.push({ type: 'calendar', at: story.at, calendar });
      continue;
    }
    const priority = priorities[pick] ?? 'P1';
    const doing: Doing = {
      priority: triages(alice, priority, { afterMs }),
      word: says(alice, 'public', { afterMs }),
      question: says(ravi, 'public', { afterMs }),
      pause: waits(alice, { afterMs }),
      resume: resumes(alice, { afterMs }),
      resolve: resolves(alice, { afterMs }),
      reopen: reopens(alice, { afterMs }),
      look: wakes({ afterMs }),
    }[kind];
    const after = next(story, doing);
    story = after.story;
    if (after.kind === 'refused' || kind === 'look') continue;
    const { at } = story;
    if (kind === 'priority') events.push({ type: 'priority', at, priority });
    if (kind === 'word') events.push({ type: 'respond', at });
    if (kind === 'question' && before.status === 'Awaiting client') events.push({ type: 'resume', at });
    if (kind === 'question') events.push({ type: 'customer_reply', at });
    if (kind === 'pause' || kind === 'resume' || kind === 'resolve' || kind === 'reopen')
      events.push({ type: kind, at });
  }
  return { story, events };
}

test(`a life of a case agrees with living through it minute by minute (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(tellings, moment, (steps, rest) => {
      // A word and a question in one instant have no order for the second opinion; here they always have one.
      const apart = steps.map(([kind, afterMs, pick]) => [kind, afterMs + 1, pick] as const);
      const { story: told, events } = toldToBoth(apart);
      const story = next(told, wakes({ afterMs: rest })).story;
      const expected = live({
        policy: POLICY,
        calendar: OFFICE,
        events,
        now: story.at,
        until: story.at + 10 * 24 * HOUR_MS,
      });
      for (const [name, outcome] of Object.entries(expected)) {
        const clock = caseOf(story).clocks.find((one) => one.name === name);
        if (clock === undefined) {
          expect({ name, ...outcome }).toMatchObject({ name, state: 'idle' });
          continue;
        }
        const calendar = inForce(story, clock.calendar);
        const found = {
          state: stateOf(clock, calendar, story.at),
          elapsedMs: elapsed(clock, calendar, story.at),
          breachedAt: clock.breachedAt,
          breachEvents: factsOf(story).filter((fact) => fact.type === 'SlaBreached' && fact.clock === name).length,
        };
        const { due: _, ...rules } = outcome;
        expect({ name, ...found }).toEqual({ name, ...rules });
      }
    }),
    { numRuns: RUNS },
  );
});
