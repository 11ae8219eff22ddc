import fc from 'fast-check';
import { instant } from '../../src/domain/ids';
import { ALWAYS, type Calendar } from '../../src/domain/sla/calendar';
import { advance, type Clock, dueOf, pauseClock, resumeClock, startClock, stateOf } from '../../src/domain/sla/clock';
import { type Happening, type Policy, replay } from '../../src/domain/sla/replay';
import { addOpen, latestWithin, openBetween } from '../../src/domain/sla/walk';

const HOUR = 3_600_000;
const nights = [
  { start: '22:00', end: '06:00' },
  { start: '12:00', end: '13:30' },
];
const nine = [{ start: '09:00', end: '17:00' }];
const base = { holidays: [{ date: '2024-04-01', name: null }], overrides: { '2024-03-30': nine }, breaks: [] };
const calendars: readonly Calendar[] = [
  ALWAYS,
  { ...base, name: 'office', zone: 'Europe/London', weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine } },
  { ...base, name: 'nights', zone: 'Australia/Lord_Howe', weekly: { mon: nights, wed: nights, sat: nights } },
  { ...base, name: 'west', zone: 'America/New_York', weekly: { sun: [{ start: '00:00', end: '24:00' }], mon: nine } },
];
const calendar = fc.constantFrom(...calendars);
const around = Date.parse('2024-03-31T00:00:00Z');
const moment = fc.integer({ min: -20 * 86_400, max: 20 * 86_400 }).map((seconds) => instant(around + seconds * 1000));
const span = fc.integer({ min: 0, max: 100 * HOUR });

test('open time is additive, never negative, and never more than wall time', () => {
  fc.assert(
    fc.property(calendar, fc.tuple(moment, moment, moment), (hours, moments) => {
      const [a, b, c] = [...moments].sort((x, y) => x - y) as [
        (typeof moments)[0],
        (typeof moments)[0],
        (typeof moments)[0],
      ];
      const whole = openBetween(hours, a, c);
      expect(openBetween(hours, a, b) + openBetween(hours, b, c)).toBe(whole);
      expect(whole >= 0 && whole <= c - a).toBe(true);
      expect(openBetween(hours, c, a)).toBe(0);
    }),
  );
});

test('going as far as has elapsed never overshoots, and the latest instant divides within from over', () => {
  fc.assert(
    fc.property(calendar, moment, moment, span, (hours, a, b, target) => {
      const from = instant(Math.min(a, b));
      const to = instant(Math.max(a, b));
      const open = openBetween(hours, from, to);
      if (open > 0) expect(addOpen(hours, from, open)).toBeLessThanOrEqual(to);
      const latest = latestWithin(hours, from, target);
      expect(latest === null || to <= latest).toBe(open <= target);
    }),
  );
});

test('the way back undoes the way forth', () => {
  fc.assert(
    fc.property(calendar, moment, span, (hours, from, ms) => {
      const due = addOpen(hours, from, ms + 1);
      if (due === null) throw new Error('these calendars always open again');
      const start = addOpen(hours, due, -(ms + 1));
      expect(start !== null && start >= from && openBetween(hours, start, due) === ms + 1).toBe(true);
    }),
  );
});

test('pausing never brings a due date forward', () => {
  fc.assert(
    fc.property(calendar, moment, span, fc.tuple(span, span), (hours, from, target, [untilPause, pause]) => {
      const clock = startClock('resolution', target + 1, hours, from);
      const paused = pauseClock(clock, hours, instant(from + untilPause));
      const resumed = resumeClock(paused, hours, instant(from + untilPause + pause));
      expect(dueOf(resumed, hours)).toBeGreaterThanOrEqual(dueOf(clock, hours) ?? Number.POSITIVE_INFINITY);
      const atPause = stateOf(clock, hours, instant(from + untilPause));
      expect(stateOf(paused, hours, instant(from + 1000 * HOUR))).toBe(atPause === 'breached' ? 'breached' : 'paused');
    }),
  );
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    type: fc.constantFrom('pause', 'resume', 'respond', 'customer_reply', 'resolve', 'reopen', 'tick'),
    at: moment,
  }),
  fc.record({ type: fc.constant('priority' as const), at: moment, priority: fc.constantFrom('P1', 'P2') }),
  fc.record({ type: fc.constant('calendar' as const), at: moment, calendar }),
);
const policy: Policy = {
  targets: {
    first_response: { P1: HOUR, P2: 4 * HOUR },
    next_response: 2 * HOUR,
    resolution: { P1: 8 * HOUR, P2: 40 * HOUR },
  },
};
const created: Happening = { type: 'created', at: instant(around - 21 * 24 * HOUR), priority: 'P2' };
const history = fc.uniqueArray(happening, { maxLength: 8, selector: (it) => it.at });

test('the order of arrival and ticks in between change nothing', () => {
  fc.assert(
    fc.property(calendar, history, fc.array(moment, { maxLength: 5 }), (hours, events, ticks) => {
      const now = instant(around + 21 * 24 * HOUR);
      const expected = replay(policy, hours, [created, ...events], now);
      expect(replay(policy, hours, [...[...events].reverse(), created], now)).toEqual(expected);
      const ticked = [created, ...events, ...ticks.map((at): Happening => ({ type: 'tick', at }))];
      expect(replay(policy, hours, ticked, now)).toEqual(expected);
    }),
  );
});

test('a breach is never undone, and is told once a cycle', () => {
  fc.assert(
    fc.property(calendar, history, moment, (hours, events, moment_) => {
      const end = instant(around + 21 * 24 * HOUR);
      const earlier = replay(policy, hours, [created, ...events], moment_).resolution;
      const final = replay(policy, hours, [created, ...events], end).resolution;
      if (earlier?.state === 'breached')
        expect(final).toMatchObject({ state: 'breached', breachedAt: earlier.breachedAt, breachEvents: 1 });
      expect(final?.breachEvents).toBe(final?.breachedAt === null ? 0 : 1);
    }),
  );
});

test('however often it is looked at, the same facts are told', () => {
  const marks = [
    { kind: 'share', share: 0.75 },
    { kind: 'before', ms: HOUR },
  ] as const;
  fc.assert(
    fc.property(calendar, moment, span, fc.array(moment, { maxLength: 6 }), (hours, from, target, looks) => {
      const end = instant(from + 2000 * HOUR);
      const warnings = new Set<string>();
      const breaches: number[] = [];
      let clock: Clock = startClock('resolution', target + 1, hours, from);
      for (const at of [...looks.filter((it) => it >= from).sort((a, b) => a - b), end]) {
        const told = advance(clock, hours, at, marks);
        clock = told.clock;
        for (const fact of told.facts) {
          expect(fact.at).toBeLessThanOrEqual(at);
          if (fact.kind === 'breached') breaches.push(fact.at);
          else expect(warnings.has(fact.mark.kind)).toBe(false);
          if (fact.kind === 'warned') warnings.add(fact.mark.kind);
        }
      }
      expect(breaches).toEqual([latestWithin(hours, from, target + 1)]);
    }),
  );
});
