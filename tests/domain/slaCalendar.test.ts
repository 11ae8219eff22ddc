import { instant } from '../../src/domain/ids';
import { ALWAYS, type Calendar, calendarProblems, meanOpenDayMs } from '../../src/domain/sla/calendar';
import { addOpen, latestWithin, openBetween, segments } from '../../src/domain/sla/walk';

const at = (iso: string) => instant(Date.parse(iso));
const iso = (it: number | null) => (it === null ? null : new Date(it).toISOString());
const HOUR = 3_600_000;

const nine = [{ start: '09:00', end: '17:00' }];
const desk: Calendar = {
  name: 'desk',
  zone: 'Europe/London',
  weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  holidays: [{ date: '2024-12-25', name: 'Christmas Day' }],
  overrides: {},
  breaks: [],
};

test('a usable calendar has no problems', () => {
  expect(calendarProblems(desk)).toEqual([]);
  expect(calendarProblems(ALWAYS)).toEqual([]);
});

test.each<[string, Partial<Calendar>, RegExp]>([
  ['an unknown zone', { zone: 'Mars/Base' }, /"Mars\/Base" is not a time zone; use an IANA name/],
  ['25:00', { weekly: { mon: [{ start: '09:00', end: '25:00' }] } }, /^mon: "25:00" is not a time of day/],
  ['9 o’clock without a nought', { weekly: { tue: [{ start: '9:00', end: '17:00' }] } }, /^tue: "9:00"/],
  ['minute 60', { overrides: { '2024-12-24': [{ start: '09:60', end: '12:00' }] } }, /^2024-12-24: "09:60"/],
  ['a start at 24:00', { weekly: { mon: [{ start: '24:00', end: '06:00' }] } }, /cannot start at 24:00/],
  ['30 February', { holidays: [{ date: '2024-02-30', name: null }] }, /holiday "2024-02-30" is not a date/],
  ['a date in words', { breaks: [{ date: 'Monday', start: '10:00', end: '11:00' }] }, /break "Monday" is not a date/],
  ['a wrong override date', { overrides: { '24-12-2024': [] } }, /override "24-12-2024" is not a date/],
  ['no hours at all', { weekly: {} }, /no open minute/],
  ['only empty windows', { weekly: { mon: [{ start: '08:00', end: '08:00' }] } }, /no open minute/],
  ['only an override on a holiday', { weekly: {}, overrides: { '2024-12-25': nine } }, /no open minute/],
])('%s is a problem, said in one sentence', (_, changes, sentence) => {
  expect(calendarProblems({ ...desk, ...changes })).toEqual([expect.stringMatching(sentence)]);
});

test('hours on a single date are enough to be open, unless that date never happened there', () => {
  expect(calendarProblems({ ...desk, weekly: {}, overrides: { '2024-12-24': nine } })).toEqual([]);
  const apia = { ...desk, zone: 'Pacific/Apia', weekly: {}, overrides: { '2011-12-30': nine } };
  expect(calendarProblems(apia)).toEqual([expect.stringMatching(/no open minute/)]);
});

test('a day is the mean of the days that have hours', () => {
  expect(meanOpenDayMs(desk)).toBe(8 * HOUR);
  expect(meanOpenDayMs(ALWAYS)).toBe(24 * HOUR);
  expect(meanOpenDayMs({ ...desk, weekly: { ...desk.weekly, sat: [{ start: '10:00', end: '12:00' }] } })).toBe(
    7 * HOUR,
  );
  expect(meanOpenDayMs({ ...desk, weekly: { mon: [{ start: '22:00', end: '06:00' }], tue: [] } })).toBe(8 * HOUR);
  expect(meanOpenDayMs({ ...desk, weekly: {}, overrides: { '2024-12-24': nine } })).toBe(24 * HOUR);
});

test('24x7 has no hole at midnight', () => {
  expect(openBetween(ALWAYS, at('2024-01-01T00:00:00Z'), at('2025-01-01T00:00:00Z'))).toBe(366 * 24 * HOUR);
  expect(iso(addOpen(ALWAYS, at('2024-01-01T23:59:30Z'), 60_000))).toBe('2024-01-02T00:00:30.000Z');
  expect(iso(latestWithin(ALWAYS, at('2024-01-01T23:00:00Z'), HOUR))).toBe('2024-01-02T00:00:00.000Z');
});

test('a calendar that never opens (again) answers never, both ways, at once', () => {
  const once = { ...desk, weekly: {}, overrides: { '2024-12-24': nine } };
  const christmas = at('2024-12-25T12:00:00Z');
  for (const calendar of [once, { ...desk, weekly: {} }]) {
    expect([
      addOpen(calendar, christmas, 1),
      addOpen(calendar, christmas, 0),
      latestWithin(calendar, christmas, 1),
    ]).toEqual([null, null, null]);
  }
  expect(addOpen({ ...desk, weekly: {} }, christmas, -1)).toBeNull();
  expect(iso(addOpen(once, christmas, -8 * HOUR))).toBe('2024-12-24T09:00:00.000Z');
  expect(addOpen(once, christmas, -8 * HOUR - 1)).toBeNull();
  expect(iso(addOpen(once, at('2024-12-01T00:00:00Z'), 8 * HOUR))).toBe('2024-12-24T17:00:00.000Z');
  expect(latestWithin(once, at('2024-12-01T00:00:00Z'), 8 * HOUR)).toBeNull();
});

test('more open time than a hundred years hold is never, not a long loop', () => {
  const minute = { ...desk, zone: 'Etc/UTC', weekly: { mon: [{ start: '09:00', end: '09:01' }] } };
  const monday = at('2024-06-10T00:00:00Z');
  const mondays = 5218;
  const last = addOpen(minute, monday, mondays * 60_000);
  expect(iso(last)).toBe('2124-06-05T09:01:00.000Z');
  expect(addOpen(minute, monday, mondays * 60_000 + 1)).toBeNull();
  expect([addOpen(minute, monday, 1e12), addOpen(minute, monday, -1e12)]).toEqual([null, null]);
});

test('a calendar without a single open day answers never at once, both ways', () => {
  const closed = { ...desk, weekly: {}, holidays: [] };
  const monday = at('2024-06-10T00:00:00Z');
  expect([addOpen(closed, monday, 1), addOpen(closed, monday, -1), addOpen(closed, monday, 0)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a calendar that was not checked is a bug and throws', () => {
  const from = at('2024-06-10T00:00:00Z');
  expect(() => addOpen({ ...desk, zone: 'Mars/Base' }, from, 1)).toThrow('unknown time zone Mars/Base');
  expect(() => addOpen({ ...desk, weekly: { mon: [{ start: 'x', end: 'y' }] } }, from, 1)).toThrow('not a window');
  expect(() => addOpen({ ...desk, holidays: [{ date: 'x', name: null }] }, from, 1)).toThrow('not a date');
});

const told = (calendar: Calendar, from: string, to: string) =>
  segments(calendar, at(from), at(to)).map(
    (it) => `${iso(it.from)?.slice(8, 16)} ${it.why}${it.name ? ` ${it.name}` : ''}`,
  );

test('the reasons for closed time: night, weekend, a holiday by name', () => {
  expect(told(desk, '2024-12-20T16:00:00Z', '2024-12-26T10:00:00Z')).toEqual([
    '20T16:00 open',
    '20T17:00 night',
    '21T00:00 weekend',
    '23T00:00 night',
    '23T09:00 open',
    '23T17:00 night',
    '24T09:00 open',
    '24T17:00 night',
    '25T00:00 holiday Christmas Day',
    '26T00:00 night',
    '26T09:00 open',
  ]);
});

test('the reasons for closed time: lunch, a break, a closed weekday, an override, a nameless holiday', () => {
  const lunch = [
    { start: '09:00', end: '12:00' },
    { start: '13:00', end: '17:00' },
  ];
  const odd: Calendar = {
    ...desk,
    zone: 'Etc/UTC',
    weekly: { mon: lunch, tue: nine, thu: nine },
    holidays: [{ date: '2024-06-14', name: null }],
    overrides: { '2024-06-13': [] },
    breaks: [{ date: '2024-06-11', start: '16:00', end: '18:00' }],
  };
  expect(told(odd, '2024-06-10T10:00:00Z', '2024-06-15T12:00:00Z')).toEqual([
    '10T10:00 open',
    '10T12:00 break',
    '10T13:00 open',
    '10T17:00 night',
    '11T09:00 open',
    '11T16:00 break',
    '11T17:00 night',
    '12T00:00 closed',
    '14T00:00 holiday',
    '15T00:00 weekend',
  ]);
});

test('the day between two night shifts is no night, and a Friday may be a weekend', () => {
  const night = [{ start: '22:00', end: '06:00' }];
  const nights = { ...desk, zone: 'Etc/UTC', weekly: { mon: night, tue: night } };
  expect(told(nights, '2024-06-10T20:00:00Z', '2024-06-12T12:00:00Z')).toEqual([
    '10T20:00 night',
    '10T22:00 open',
    '11T06:00 closed',
    '11T22:00 open',
    '12T06:00 closed',
  ]);
  const cairo = { ...desk, zone: 'Etc/UTC', weekly: { sun: nine, mon: nine, tue: nine, wed: nine, thu: nine } };
  expect(told(cairo, '2024-06-13T17:00:00Z', '2024-06-16T10:00:00Z')).toEqual([
    '13T17:00 night',
    '14T00:00 weekend',
    '16T00:00 night',
    '16T09:00 open',
  ]);
});

test('a stretch of no length has no segments', () => {
  expect(segments(desk, at('2024-06-10T10:00:00Z'), at('2024-06-10T10:00:00Z'))).toEqual([]);
});
