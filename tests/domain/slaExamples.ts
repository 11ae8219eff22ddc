import fc from 'fast-check';
import { instant } from '../../src/domain/ids';
import type { Calendar, TimeWindow, Weekday } from '../../src/domain/sla/calendar';
import type { Happening, Policy } from '../../src/domain/sla/replay';

/** How many examples; `npm run sla:soak` sets 100,000. */
export const RUNS = Number(process.env.SLA_RUNS ?? 2000);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Zones with the days around which their hours are odd: changes of the clocks, skipped days, ordinary days. */
const ODD_DAYS: Readonly<Record<string, readonly string[]>> = {
  'Etc/UTC': ['2024-02-29', '2025-01-01'],
  'Pacific/Apia': ['2011-12-30', '2024-06-10'],
  'America/Los_Angeles': ['2024-03-10', '2014-11-02'],
  'America/St_Johns': ['2024-03-10', '2024-11-03', '2006-10-29'],
  'America/New_York': ['2024-03-10', '2024-11-03'],
  'Australia/Lord_Howe': ['2024-04-07', '2024-10-06'],
  'Europe/London': ['2024-03-31', '2026-10-25'],
  'Australia/Eucla': ['2024-06-13'],
  'Asia/Kolkata': ['2024-01-19'],
  'Europe/Amsterdam': ['2022-10-30', '2024-03-31'],
  'America/Chicago': ['2024-11-03'],
  'Pacific/Pago_Pago': ['2024-06-10'],
  'Europe/Moscow': ['2011-03-27', '2014-10-26'],
  'Europe/Berlin': ['2013-03-31', '2024-10-27'],
  'America/Sao_Paulo': ['2015-10-18', '2019-02-17'],
  'Asia/Brunei': ['2006-01-08'],
  'Africa/Casablanca': ['2024-03-10', '2024-04-14'],
  'America/Santiago': ['2024-04-07', '2024-09-08'],
  'Pacific/Auckland': ['2024-04-07', '2024-09-29'],
  'Pacific/Kwajalein': ['1993-08-21'],
  'Europe/Madrid': ['2021-10-31'],
  'Antarctica/Troll': ['2024-03-31', '2024-10-27'],
  'Europe/Dublin': ['2024-10-27'],
  'Africa/Cairo': ['2014-05-16', '2024-04-26'],
};

const scenes = Object.entries(ODD_DAYS).flatMap(([zone, days]) =>
  days.map((day) => ({ zone, middle: Date.parse(`${day}T00:00:00Z`) })),
);

const text = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 95 }).map((n) => n * 15),
  fc.integer({ min: 0, max: 1439 }),
);
const window: fc.Arbitrary<TimeWindow> = fc.oneof(
  fc.tuple(minuteOfDay, fc.oneof(minuteOfDay, fc.constant(1440))).map(([a, b]) => ({ start: text(a), end: text(b) })),
  fc.constantFrom(
    { start: '09:00', end: '17:00' },
    { start: '22:00', end: '06:00' },
    { start: '00:00', end: '24:00' },
    { start: '01:30', end: '02:30' },
    { start: '08:00', end: '08:00' },
  ),
);
const windows = fc.array(window, { maxLength: 3 });

function calendars(zone: string, middle: number): fc.Arbitrary<Calendar> {
  const date = fc.integer({ min: -6, max: 8 }).map((days) => new Date(middle + days * DAY).toISOString().slice(0, 10));
  const day = fc.constantFrom<Weekday>('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
  return fc.record({
    name: fc.constant('any'),
    zone: fc.constant(zone),
    weekly: fc.oneof(
      fc.dictionary(day, windows, { maxKeys: 7 }),
      window.map((it) => weekOf([it])),
      windows.map(weekOf),
    ),
    holidays: fc.array(
      date.map((it) => ({ date: it, name: null })),
      { maxLength: 3 },
    ),
    overrides: fc.dictionary(date, windows, { maxKeys: 2 }),
    breaks: fc.array(
      fc.tuple(date, window).map(([it, w]) => ({ date: it, ...w })),
      { maxLength: 2 },
    ),
  }) as fc.Arbitrary<Calendar>;
}

const weekOf = (all: readonly TimeWindow[]) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, all]));

/** An instant near `middle`: mostly whole seconds, often whole minutes. */
const near = (middle: number, days: number) =>
  fc.oneof(
    fc.integer({ min: -days * 1440, max: days * 1440 }).map((n) => middle + n * MINUTE),
    fc.integer({ min: -days * 86_400, max: days * 86_400 }).map((n) => middle + n * 1000),
  );
const length = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 64 }).map((n) => n * 15 * MINUTE),
  fc.integer({ min: 1, max: 200_000 }).map((n) => n * 1000),
  fc.integer({ min: 1, max: 40_000_000 }),
);

export const walks = fc.constantFrom(...scenes).chain(({ zone, middle }) =>
  fc.record({
    calendar: calendars(zone, middle),
    start: near(middle, 2),
    ms: length,
    span: fc.integer({ min: 0, max: 3 * 86_400 }).map((n) => n * 1000),
    until: fc.constant(middle + 5 * DAY),
    floor: fc.constant(middle - 3 * DAY),
  }),
);

/** Beyond the edge of the brute force's sight its null says only "not by then". */
export const seen = (at: number | null, until: number) => (at !== null && at < until ? at : null);

const clockNames = ['first_response', 'next_response', 'resolution'] as const;
const target = fc.oneof(
  fc.integer({ min: 1, max: 96 }).map((n) => n * 15 * MINUTE),
  fc.integer({ min: 1, max: 100_000 }).map((n) => n * 1000),
);
const policies: fc.Arbitrary<Policy> = fc.record(
  {
    targets: fc.record({
      first_response: fc.oneof(target, fc.record({ P1: target, P2: target, P3: target })),
      next_response: target,
      resolution: fc.oneof(target, fc.record({ P1: target, P2: target, P3: target }), fc.record({ P1: target })),
    }),
    pauseAppliesTo: fc.subarray([...clockNames]),
    onPriorityChange: fc.constantFrom('keep_elapsed', 'restart'),
    onReopen: fc.constantFrom('resume', 'restart'),
    calendarEdit: fc.constantFrom('prospective', 'retroactive'),
  },
  { requiredKeys: ['targets'] },
);

export const histories = fc.constantFrom(...scenes).chain(({ zone, middle }) => {
  const at = near(middle, 1).map(instant);
  const priority = fc.constantFrom('P1', 'P2', 'P3');
  const simple = ['pause', 'resume', 'respond', 'customer_reply', 'resolve', 'reopen', 'tick'] as const;
  const event: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ type: fc.constantFrom(...simple), at }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('priority' as const), at, priority }) },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('calendar' as const), at, calendar: calendars(zone, middle) }),
    },
  );
  const created = fc.record({
    type: fc.constant('created' as const),
    at: near(middle - DAY, 1).map(instant),
    priority,
    paused: fc.boolean(),
  });
  return fc.record({
    calendar: calendars(zone, middle),
    policy: policies,
    events: fc
      .tuple(created, fc.array(event, { maxLength: 9 }))
      .map(([first, rest]) => [first, ...rest] as Happening[]),
    now: near(middle + 2 * DAY, 1).map(instant),
    until: fc.constant(middle + 5 * DAY),
  });
});
