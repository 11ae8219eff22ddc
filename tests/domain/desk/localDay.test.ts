import { dateOf, instantOn, localDay } from '../../../src/domain/desk/localDay';
import { instant } from '../../../src/domain/ids';
import { dayNumber } from '../../../src/domain/sla/localTime';

const day = (date: string): number => dayNumber(date) ?? Number.NaN;
const on = (zone: string, date: string, hours: number, minutes = 0): string =>
  new Date(instantOn(zone, day(date), hours * 60 + minutes)).toISOString();

describe('a local time of a date', () => {
  it('is what the clock on the wall shows', () => {
    expect(on('Europe/London', '2026-11-23', 8, 30)).toBe('2026-11-23T08:30:00.000Z');
    expect(on('Europe/London', '2026-07-01', 8, 30)).toBe('2026-07-01T07:30:00.000Z');
    expect(on('Asia/Kathmandu', '2026-11-23', 8, 30)).toBe('2026-11-23T02:45:00.000Z');
    expect(on('Pacific/Kiritimati', '2026-11-23', 8, 30)).toBe('2026-11-22T18:30:00.000Z');
  });

  it('that is skipped in spring is the first moment after the gap', () => {
    expect(on('Europe/Berlin', '2026-03-29', 2, 30)).toBe('2026-03-29T01:00:00.000Z');
    expect(on('Australia/Lord_Howe', '2026-10-04', 2, 15)).toBe('2026-10-03T15:30:00.000Z');
  });

  it('that comes twice in autumn is its first', () => {
    expect(on('Europe/Berlin', '2026-10-25', 2, 30)).toBe('2026-10-25T00:30:00.000Z');
  });

  it('on a day that never was is the first moment of the next one', () => {
    expect(on('Pacific/Apia', '2011-12-30', 12)).toBe('2011-12-30T10:00:00.000Z');
  });

  it('and the date of an instant agree', () => {
    expect(dateOf(localDay('Pacific/Kiritimati', instant(Date.UTC(2026, 10, 22, 10))))).toBe('2026-11-23');
    expect(dateOf(localDay('America/Los_Angeles', instant(Date.UTC(2026, 10, 23, 7))))).toBe('2026-11-22');
    for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Tokyo'])
      for (let one = day('2026-01-01'); one < day('2027-01-01'); one += 1)
        for (const minutes of [30, 12 * 60, 23 * 60 + 59])
          expect(localDay(zone, instantOn(zone, one, minutes))).toBe(one);
  });
});
