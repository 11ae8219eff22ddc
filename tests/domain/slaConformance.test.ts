import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVectors, problemsOf } from '../../src/slaVectors';

const fixture = readFileSync(join(__dirname, '../fixtures/sla/vectors.json'), 'utf8');
const read = (text: string) => {
  const vectors = parseVectors(text);
  if (typeof vectors === 'string') throw new Error(vectors);
  return vectors;
};

test.each(read(fixture).map((it) => [it.id, it] as const))('vector %s agrees', (_, it) => {
  expect(problemsOf(it)).toEqual([]);
});

const vector = {
  id: 'one',
  calendar: { tz: 'Etc/UTC', weekly: { mon: [['09:00', '17:00']] }, holidays: [] },
  op: 'add',
  input: { start: '2024-06-10T09:00:00Z', minutes: 30 },
  expected: { due: '2024-06-10T09:30:00Z' },
};
const problems = (changes: object) => read(JSON.stringify({ vectors: [{ ...vector, ...changes }] })).map(problemsOf);

test('a wrong expectation is told apart, field by field', () => {
  expect(problems({})).toEqual([[]]);
  expect(problems({ expected: { due: '2024-06-10T09:31:00Z' } })).toEqual([
    ['due is "2024-06-10T09:30:00Z", expected "2024-06-10T09:31:00Z"'],
  ]);
  expect(problems({ expected: { due: null, latest: '2024-06-10T09:30:00Z' } })).toEqual([
    ['due is "2024-06-10T09:30:00Z", expected null'],
  ]);
});

test('a time with another offset is the same instant, and an unknown field differs', () => {
  expect(problems({ expected: { due: '2024-06-10T11:30:00+02:00' } })).toEqual([[]]);
  expect(problems({ expected: { dusk: 1 } })).toEqual([['dusk is undefined, expected 1']]);
});

test('a vector that is not of the form differs and says where', () => {
  expect(problems({ calendar: { tz: 'Mars/Base', weekly: {} } })[0]?.[0]).toMatch(
    /calendar: "Mars\/Base" is not a time zone/,
  );
  expect(problems({ calendar: { tz: 'Etc/UTC', weekly: { mon: [['09:00', '25:00']] } } })[0]?.[0]).toMatch(
    /"25:00" is not a time of day/,
  );
  expect(problems({ input: { start: 'noon', minutes: 1 } })[0]?.[0]).toMatch(/input.start: not an ISO 8601 time/);
  expect(problems({ op: 'multiply' })[0]?.[0]).toMatch(/not of the form: op/);
});

test('a file that is no vector file gets one sentence', () => {
  for (const text of ['', '{', '[]', '{"vectors": 3}']) expect(parseVectors(text)).toMatch(/list called "vectors"/);
});

// More of the same form, worked out by hand: the days on which other systems are wrong.
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const daily = (...windows: [string, string][]) => Object.fromEntries(DAYS.map((day) => [day, windows]));
const office = Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [['09:00', '17:00']]]));
const nights = Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [['22:00', '06:00']]]));
const between = (a: string, b: string, minutes: number) => ({ op: 'between', input: { a, b }, expected: { minutes } });
const add = (start: string, minutes: number, due: string | null, latest?: string | null) => ({
  op: 'add',
  input: { start, minutes },
  expected: { due, ...(latest !== undefined && { latest }) },
});
const sun = (...windows: [string, string][]) => ({ sun: windows });

test.each<[string, object, ...object[]]>([
  [
    'Lord Howe repeats half an hour',
    { tz: 'Australia/Lord_Howe', weekly: sun(['01:00', '03:00']) },
    between('2024-04-06T13:00:00Z', '2024-04-06T18:00:00Z', 150),
    add('2024-04-06T14:00:00Z', 120, '2024-04-06T16:00:00Z', '2024-04-06T16:00:00Z'),
  ],
  [
    'Lord Howe skips half an hour',
    { tz: 'Australia/Lord_Howe', weekly: sun(['01:00', '03:00']) },
    between('2024-10-05T12:00:00Z', '2024-10-05T18:00:00Z', 90),
    add('2024-10-05T14:30:00Z', 60, '2024-10-05T15:30:00Z'),
  ],
  [
    'Troll skips two hours',
    { tz: 'Antarctica/Troll', weekly: sun(['00:00', '04:00']) },
    between('2024-03-30T20:00:00Z', '2024-03-31T05:00:00Z', 120),
    add('2024-03-31T00:00:00Z', 90, '2024-03-31T01:30:00Z'),
  ],
  [
    'Troll repeats two hours',
    { tz: 'Antarctica/Troll', weekly: sun(['01:00', '03:00']) },
    between('2024-10-26T20:00:00Z', '2024-10-27T06:00:00Z', 240),
  ],
  [
    'Casablanca goes back for Ramadan',
    { tz: 'Africa/Casablanca', weekly: sun(['01:00', '04:00']) },
    between('2024-03-09T20:00:00Z', '2024-03-10T06:00:00Z', 240),
    between('2024-04-13T20:00:00Z', '2024-04-14T06:00:00Z', 120),
  ],
  [
    'Apia never had 30 December 2011',
    { tz: 'Pacific/Apia', weekly: { thu: [['09:00', '17:00']], fri: [['09:00', '17:00']], sat: [['09:00', '17:00']] } },
    between('2011-12-29T00:00:00Z', '2012-01-01T00:00:00Z', 960),
    add('2011-12-30T02:00:00Z', 120, '2011-12-30T20:00:00Z'),
    add('2011-12-30T20:00:00Z', -120, '2011-12-30T02:00:00Z'),
  ],
  [
    'a night into the day that Apia skipped has no tail',
    { tz: 'Pacific/Apia', weekly: { thu: [['22:00', '06:00']] } },
    between('2011-12-29T00:00:00Z', '2012-01-01T00:00:00Z', 120),
  ],
  [
    'hours on a day that Kwajalein skipped never come',
    { tz: 'Pacific/Kwajalein', weekly: {}, overrides: { '1993-08-21': [['09:00', '17:00']] } },
    add('1993-08-01T00:00:00Z', 1, null, null),
    between('1993-08-01T00:00:00Z', '1993-09-01T00:00:00Z', 0),
  ],
  [
    'São Paulo has no midnight',
    { tz: 'America/Sao_Paulo', weekly: sun(['00:00', '02:00']) },
    between('2015-10-17T12:00:00Z', '2015-10-18T12:00:00Z', 60),
  ],
  [
    'St John’s falls back into the day before',
    { tz: 'America/St_Johns', weekly: { sat: [['23:00', '24:00']] } },
    between('2006-10-28T12:00:00Z', '2006-10-29T12:00:00Z', 119),
    add('2006-10-29T01:30:00Z', 60, '2006-10-29T02:30:00Z', '2006-10-29T02:31:00Z'),
  ],
  [
    'a night over a change of the clocks',
    { tz: 'America/New_York', weekly: { sat: [['22:00', '06:00']] } },
    between('2024-11-02T12:00:00Z', '2024-11-04T12:00:00Z', 540),
    between('2024-03-09T12:00:00Z', '2024-03-11T12:00:00Z', 420),
  ],
  [
    'the way back over a skipped hour',
    { tz: 'Europe/London', weekly: sun(['00:00', '04:00']) },
    add('2024-03-31T03:00:00Z', -120, '2024-03-31T01:00:00Z'),
    add('2024-03-31T03:00:00Z', -121, '2024-03-31T00:59:00Z'),
  ],
  [
    'an override of a night ends that night, and not the one before',
    { tz: 'Etc/UTC', weekly: nights, overrides: { '2024-06-12': [['20:00', '02:00']] } },
    between('2024-06-12T12:00:00Z', '2024-06-13T12:00:00Z', 360),
    between('2024-06-12T00:00:00Z', '2024-06-12T12:00:00Z', 360),
    add('2024-06-13T01:00:00Z', 61, '2024-06-13T22:01:00Z'),
  ],
  [
    'a break over midnight',
    { tz: 'Etc/UTC', weekly: nights, breaks: [{ date: '2024-06-11', start: '23:30', end: '00:30' }] },
    between('2024-06-11T12:00:00Z', '2024-06-12T12:00:00Z', 420),
    add('2024-06-11T22:00:00Z', 90, '2024-06-11T23:30:00Z', '2024-06-12T00:30:00Z'),
  ],
  [
    'a break up to 24:00',
    { tz: 'Etc/UTC', weekly: nights, breaks: [{ date: '2024-06-11', start: '23:00', end: '24:00' }] },
    between('2024-06-11T12:00:00Z', '2024-06-12T12:00:00Z', 420),
  ],
  [
    'a holiday cuts the tail of the night before, and not the night that follows it',
    { tz: 'Etc/UTC', weekly: nights, holidays: ['2024-06-12'] },
    between('2024-06-11T12:00:00Z', '2024-06-12T23:59:00Z', 120),
    between('2024-06-12T00:00:00Z', '2024-06-13T12:00:00Z', 360),
  ],
  [
    'a holiday beats an override and a break',
    {
      tz: 'Etc/UTC',
      weekly: office,
      holidays: ['2024-06-12'],
      overrides: { '2024-06-12': [['08:00', '20:00']] },
      breaks: [{ date: '2024-06-12', start: '09:00', end: '10:00' }],
    },
    between('2024-06-12T00:00:00Z', '2024-06-13T00:00:00Z', 0),
  ],
  [
    'overlapping windows are one, and so are overlapping breaks',
    {
      tz: 'Etc/UTC',
      weekly: daily(['09:00', '13:00'], ['12:00', '17:00'], ['12:00', '12:00']),
      breaks: [
        { date: '2024-06-12', start: '12:00', end: '13:00' },
        { date: '2024-06-12', start: '12:30', end: '14:00' },
        { date: '2024-06-12', start: '16:30', end: '18:00' },
      ],
    },
    between('2024-06-11T00:00:00Z', '2024-06-12T00:00:00Z', 480),
    between('2024-06-12T00:00:00Z', '2024-06-13T00:00:00Z', 330),
  ],
  [
    '24:00 and 00:00 meet',
    { tz: 'Etc/UTC', weekly: { mon: [['22:00', '24:00']], tue: [['00:00', '06:00']] } },
    add('2024-06-10T23:00:00Z', 120, '2024-06-11T01:00:00Z'),
    add('2024-06-10T22:00:00Z', 120, '2024-06-11T00:00:00Z', '2024-06-11T00:00:00Z'),
  ],
  [
    'the close before a weekend',
    { tz: 'Etc/UTC', weekly: office },
    add('2024-06-14T09:00:00Z', 480, '2024-06-14T17:00:00Z', '2024-06-17T09:00:00Z'),
    add('2024-06-15T12:00:00Z', 0, '2024-06-17T09:00:00Z'),
    add('2024-06-17T09:00:00Z', -1, '2024-06-14T16:59:00Z'),
  ],
  [
    'seconds are written as fractions of four places',
    { tz: 'Etc/UTC', weekly: office },
    add('2024-06-10T09:00:00Z', 0.3333, '2024-06-10T09:00:20Z'),
    add('2024-06-10T09:00:00Z', 1.0167, '2024-06-10T09:01:01Z'),
    between('2024-06-10T16:59:40Z', '2024-06-10T18:00:00Z', 0.3333),
  ],
  [
    'an override opens a day that is closed, and closes one that is open',
    { tz: 'Etc/UTC', weekly: office, overrides: { '2024-06-16': [['10:00', '12:00']], '2024-06-17': [] } },
    between('2024-06-15T00:00:00Z', '2024-06-18T00:00:00Z', 120),
  ],
])('%s', (_, hours, ...vectors) => {
  const calendar = { holidays: [], ...hours };
  for (const one of vectors) expect(problems({ calendar, ...one })).toEqual([[]]);
});

const at = (time: string, day = '10') => `2024-06-${day}T${time}:00Z`;
interface VectorEvent {
  type: string;
  at: string;
  priority?: string;
}
const created = { type: 'created', at: at('09:00'), priority: 'P1' };
test.each<[string, object, readonly VectorEvent[], string, object]>([
  [
    'a pause of a year costs no time',
    {},
    [
      { type: 'created', at: '2024-01-02T10:00:00Z', priority: 'P1' },
      { type: 'resume', at: '2025-01-02T11:00:00Z' },
      { type: 'pause', at: '2024-01-02T11:00:00Z' },
    ],
    '2025-01-02T17:00:00Z',
    { state: 'running', due: '2025-01-03T10:00:00Z', elapsed: 420, remaining: 60, breachedAt: null, breachEvents: 0 },
  ],
  [
    'of two events in one instant the first in the file came first',
    {},
    [created, { type: 'pause', at: at('10:00') }, { type: 'resume', at: at('10:00') }],
    at('11:00'),
    { state: 'running', elapsed: 120, due: at('17:00') },
  ],
  [
    'and the other way round',
    {},
    [created, { type: 'resume', at: at('10:00') }, { type: 'pause', at: at('10:00') }],
    at('11:00'),
    { state: 'paused', elapsed: 60, due: null },
  ],
  [
    'what comes after now has not happened',
    {},
    [created, { type: 'resolve', at: at('12:00') }],
    at('11:00'),
    { state: 'running', elapsed: 120 },
  ],
  [
    'a tick that comes late changes nothing',
    {},
    [created, { type: 'tick', at: at('12:00', '14') }],
    at('13:00', '14'),
    { state: 'breached', breachedAt: at('09:00', '11'), breachEvents: 1, due: at('17:00') },
  ],
  [
    'a promise of lower priority does not undo a breach',
    {},
    [created, { type: 'priority', at: at('10:00', '11'), priority: 'P3' }],
    at('11:00', '11'),
    { state: 'breached', breachedAt: at('09:00', '11'), breachEvents: 1, remaining: 3 * 480 - 600 },
  ],
  [
    'a priority whose target is over already is breached at the change',
    {},
    [
      { ...created, priority: 'P3' },
      { type: 'priority', at: at('10:00', '11'), priority: 'P1' },
    ],
    at('11:00', '11'),
    { state: 'breached', breachedAt: at('10:00', '11'), due: at('10:00', '11'), breachEvents: 1 },
  ],
  [
    'a breach in a pause waits for the resumption',
    {},
    [
      { ...created, priority: 'P3' },
      { type: 'pause', at: at('10:00', '11') },
      { type: 'priority', at: at('11:00', '11'), priority: 'P1' },
      { type: 'resume', at: at('12:00', '11') },
    ],
    at('13:00', '11'),
    { state: 'breached', breachedAt: at('12:00', '11'), breachEvents: 1, elapsed: 600 },
  ],
  [
    'equality is met',
    {},
    [created, { type: 'resolve', at: at('17:00') }],
    at('12:00', '14'),
    { state: 'met', due: at('17:00'), remaining: 0, breachEvents: 0 },
  ],
  [
    'met until the desk opens again, and not a second longer',
    {},
    [created, { type: 'resolve', at: '2024-06-11T09:00:01Z' }],
    at('12:00', '14'),
    { state: 'breached', breachedAt: at('09:00', '11'), breachEvents: 1 },
  ],
  [
    'a restart by priority forgets the breach, though not that there was one',
    { onPriorityChange: 'restart' },
    [created, { type: 'priority', at: at('10:00', '11'), priority: 'P3' }],
    at('11:00', '11'),
    { state: 'running', breachedAt: null, breachEvents: 1, elapsed: 60, remaining: 3 * 480 - 60 },
  ],
])('%s', (_, more, events, ...[now, resolution]) => {
  const policy = { targets: { resolution: { P1: 480, P3: 1440 } }, ...more };
  const about = {
    op: 'sla',
    calendar: { tz: 'Etc/UTC', weekly: office, holidays: [] },
    policy,
    expected: { resolution },
  };
  expect(problems({ ...about, input: { events, now } })).toEqual([[]]);
  const isOrdered = new Set(events.map((one) => one.at)).size === events.length;
  if (isOrdered) expect(problems({ ...about, input: { events: [...events].reverse(), now } })).toEqual([[]]);
});
