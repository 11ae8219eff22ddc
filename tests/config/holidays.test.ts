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

  it('end where a rule would go on for ever', () => {
    expect(datesOf(calendar(BOMB)).length).toBeLessThan(5001);
  });

  it.each([
    ['garbage', 'this is not a calendar', 'is not an iCal file'],
    ['a web page', '<!doctype html><title>500</title>', 'is not an iCal file'],
    ['nothing', '', 'is not an iCal file'],
    ['half a file', calendar(BOXING).slice(0, 80), 'is not an iCal file'],
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
      '{ ical: "https://example.com/x.ics" }',
      'https://example.com/x.ics is an address; save the calendar as a file and name that',
    ],
    ['{ ical: . }', '. cannot be read (EISDIR)'],
  ])('%s is refused in one line', (holidays, problem) => {
    expect(read(holidays)).toEqual({ problem: `${folder}/desk.yaml:2: desk.holidays[0]: ${problem}` });
  });
});
