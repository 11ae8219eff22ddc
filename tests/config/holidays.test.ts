import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDesk } from '../../src/config/deskFile';
import { readHolidays } from '../../src/config/holidayFile';

const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test', ...events, 'END:VCALENDAR', ''].join('\r\n');

const BOXING = event('DTSTART;VALUE=DATE:20261228', 'DTEND;VALUE=DATE:20261229', 'SUMMARY:Boxing Day (in lieu)');
const NEW_YEAR = event(
  'DTSTART;VALUE=DATE:20200101',
  'RRULE:FREQ=YEARLY',
  'EXDATE;VALUE=DATE:20270101',
  'SUMMARY:New Year',
);
const EASTER = event('DTSTART;VALUE=DATE:20260403', 'DTEND;VALUE=DATE:20260407', 'SUMMARY:Easter');
const MEETING = event('DTSTART:20261224T090000Z', 'DTEND:20261224T100000Z', 'SUMMARY:Meeting');
const CANCELLED = event('DTSTART;VALUE=DATE:20260501', 'STATUS:CANCELLED', 'SUMMARY:May Day');
const CHRISTMAS = event('DTSTART;VALUE=DATE:20201225', 'RRULE:FREQ=YEARLY;UNTIL=20271231', 'SUMMARY:Christmas');
const NO_CHRISTMAS = event('RECURRENCE-ID;VALUE=DATE:20251225', 'DTSTART;VALUE=DATE:20251225', 'STATUS:CANCELLED');
const MOVED = event('RECURRENCE-ID;VALUE=DATE:20261225', 'DTSTART;VALUE=DATE:20261228', 'SUMMARY:Christmas (in lieu)');
const OUTLOOK = event(
  'DTSTART;TZID=Europe/London:20261224T000000',
  'DTEND;TZID=Europe/London:20261226T000000',
  'SUMMARY:Closed',
);
const FLAGGED = event('DTSTART:20261231T000000Z', 'DTEND:20270101T000000Z', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE');
const OVERNIGHT = event('DTSTART:20261230T000000Z', 'DTEND:20261231T000000Z', 'SUMMARY:Maintenance');
const NO_END = event('DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'SUMMARY:Never');
const LAST_MONDAY = event(
  'DTSTART;VALUE=DATE:20200831',
  'RRULE:FREQ=YEARLY;BYMONTH=8;BYDAY=-1MO;COUNT=8',
  'SUMMARY:Bank',
);
const BOMB = event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY', 'SUMMARY:Every day');

function datesOf(text: string): string[] {
  const read = readHolidays(text, 2026);
  return 'problem' in read ? [read.problem] : read.holidays.map(({ date, name }) => `${date} ${name}`);
}

describe('holidays from an iCal file', () => {
  it('are its whole-day events, by name', () => {
    expect(datesOf(calendar(BOXING, MEETING, CANCELLED))).toEqual(['2026-12-28 Boxing Day (in lieu)']);
  });

  it('close every day of an event of several days', () => {
    expect(datesOf(calendar(EASTER)).map((date) => date.slice(0, 10))).toEqual([
      '2026-04-03',
      '2026-04-04',
      '2026-04-05',
      '2026-04-06',
    ]);
  });

  it('repeat from two years back to ten ahead, but for the exceptions', () => {
    const dates = datesOf(calendar(NEW_YEAR));
    expect([dates[0], dates.at(-1), dates.length]).toEqual(['2024-01-01 New Year', '2036-01-01 New Year', 12]);
    expect(dates).not.toContain('2027-01-01 New Year');
  });

  it('leave out the year in which a repeated one is cancelled, and follow the one that is moved', () => {
    expect(datesOf(calendar(CHRISTMAS, NO_CHRISTMAS, MOVED))).toEqual([
      '2024-12-25 Christmas',
      '2026-12-28 Christmas (in lieu)',
      '2027-12-25 Christmas',
    ]);
  });

  it('follow rules such as the last Monday of August', () => {
    expect(datesOf(calendar(LAST_MONDAY))).toEqual([
      '2024-08-26 Bank',
      '2025-08-25 Bank',
      '2026-08-31 Bank',
      '2027-08-30 Bank',
    ]);
  });

  it('may be written from midnight to midnight, as Outlook does; 24 hours of UTC are an appointment', () => {
    expect(datesOf(calendar(OUTLOOK, FLAGGED, OVERNIGHT))).toEqual([
      '2026-12-24 Closed',
      '2026-12-25 Closed',
      '2026-12-31 null',
    ]);
  });

  it('may follow a byte order mark', () => {
    expect(datesOf(`\uFEFF${calendar(BOXING)}`)).toHaveLength(1);
  });

  it('end where a rule would go on for ever', () => {
    expect(datesOf(calendar(BOMB)).length).toBeLessThan(5001);
  });

  it.each([
    ['garbage', 'this is not a calendar', 'is not an iCal file'],
    ['a web page', '<!doctype html><title>500</title>', 'is not an iCal file'],
    ['nothing', '', 'is not an iCal file'],
    ['half a file', calendar(BOXING).slice(0, 80), 'is not an iCal file'],
    [
      'a rule for a day that never comes',
      calendar(BOXING, NO_END),
      'takes too long to read: an event in it repeats without end, or it is no calendar of holidays',
    ],
    ['only appointments', calendar(MEETING), 'holds no whole-day event, so no holiday'],
  ])('refuse %s', (_what, text, problem) => {
    expect(datesOf(text)).toEqual([problem]);
  });
});

describe('a desk file that names one', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-ical-'));
    writeFileSync(join(folder, 'holidays.ics'), calendar(BOXING));
    writeFileSync(join(folder, 'broken.ics'), 'x');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (holidays: string) => readDesk(`desk:\n  holidays: ${holidays}\n`, { path: join(folder, 'desk.yaml') });

  it('gets its dates, alone or beside dates of its own; the path counts from the desk file', () => {
    const dates = [{ date: '2026-12-28', name: 'Boxing Day (in lieu)' }];
    expect(read('{ ical: ./holidays.ics }')).toMatchObject({ desk: { calendars: { desk: { holidays: dates } } } });
    expect(read('[2026-12-25, { ical: holidays.ics }]')).toMatchObject({
      desk: { calendars: { desk: { holidays: [{ date: '2026-12-25', name: null }, ...dates] } } },
    });
  });

  it.each([
    ['{ ical: ./gone.ics }', './gone.ics is not there; paths count from the folder of the desk file'],
    ['{ ical: broken.ics }', 'broken.ics is not an iCal file'],
    [
      '{ ical: "http://example.com/x.ics" }',
      'the feed at example.com is read in the clear; use https:// (http:// is for this machine only)',
    ],
    ['{ ical: . }', '. is not a file'],
    ['{ ical: /dev/zero }', '/dev/zero is not a file'],
  ])('%s is refused in one line', (holidays, problem) => {
    expect(read(holidays)).toEqual({ problem: `${folder}/desk.yaml:2: desk.holidays[0]: ${problem}` });
  });
});
