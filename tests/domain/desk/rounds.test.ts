import type { Desk } from '../../../src/domain/desk/desk';
import { eveningSpan, LATE_MS, roundsDue } from '../../../src/domain/desk/rounds';
import { type Instant, instant, later, MINUTE_MS } from '../../../src/domain/ids';
import { ALWAYS } from '../../../src/domain/sla/calendar';
import { DESK } from '../../support/given';

const on: Desk = { ...DESK, digest: { morning: '08:30', evening: '17:30' } };
const utc = (text: string): Instant => instant(Date.parse(text));
const kinds = (desk: Desk, text: string): readonly string[] =>
  roundsDue(desk, utc(text)).map((one) => `${one.kind} ${one.date}`);

describe('the rounds of a day', () => {
  it('come at their time, and not a moment before', () => {
    expect(kinds(on, '2026-11-23T08:29:59.999Z')).toEqual([]);
    expect(kinds(on, '2026-11-23T08:30:00Z')).toEqual(['coverage 2026-11-23', 'morning 2026-11-23']);
    expect(kinds(on, '2026-11-23T17:30:00Z')).toEqual(['evening 2026-11-23']);
  });

  it('are made up for when Baton was down, but not half a day later', () => {
    const [one] = roundsDue(on, utc('2026-11-23T10:29:59Z'));
    expect(one).toEqual({ kind: 'coverage', date: '2026-11-23', at: utc('2026-11-23T08:30:00Z') });
    expect(kinds(on, '2026-11-23T10:30:00Z')).toEqual([]);
    expect(LATE_MS).toBe(120 * MINUTE_MS);
  });

  it('belong to their own day when they are made up for after midnight', () => {
    const late = { ...on, digest: { morning: '08:30', evening: '23:30' } };
    expect(kinds(late, '2026-11-24T00:40:00Z')).toEqual(['evening 2026-11-23']);
  });

  it('leave out the days on which the desk is closed; coverage is looked at all the same', () => {
    expect(kinds(on, '2026-11-22T08:30:00Z')).toEqual(['coverage 2026-11-22']);
    expect(kinds(on, '2026-12-25T17:30:00Z')).toEqual([]);
  });

  it('are coverage alone on a desk that wants no digest', () => {
    expect(kinds(DESK, '2026-11-23T08:30:00Z')).toEqual(['coverage 2026-11-23']);
    expect(kinds(DESK, '2026-11-23T17:30:00Z')).toEqual([]);
  });

  it('keep to the clock on the wall through the year', () => {
    expect(kinds(on, '2026-07-01T07:30:00Z')).toEqual(['coverage 2026-07-01', 'morning 2026-07-01']);
    expect(kinds(on, '2026-07-01T07:29:00Z')).toEqual([]);
  });

  it('come once on the day whose night has an hour twice, and on the day that lacks it', () => {
    const night: Desk = {
      ...on,
      calendars: { ...on.calendars, desk: ALWAYS },
      digest: { morning: '01:30', evening: '17:30' },
    };
    const heard = (from: string): ReadonlySet<number> => {
      const found = new Set<number>();
      for (let at = utc(from); at < utc(from) + 24 * 60 * MINUTE_MS; at = later(at, MINUTE_MS))
        for (const one of roundsDue(night, at)) if (one.kind === 'morning') found.add(one.at);
      return found;
    };
    expect([...heard('2026-10-25T00:00:00Z')]).toEqual([utc('2026-10-25T00:30:00Z')]);
    expect([...heard('2026-03-29T00:00:00Z')]).toEqual([utc('2026-03-29T01:00:00Z')]);
  });
});

describe('what an evening tells of', () => {
  it('is everything since the evening before, weekends and holidays included', () => {
    const since = (text: string): string => new Date(eveningSpan(on, utc(text), null).from).toISOString();
    expect(since('2026-11-24T17:30:00Z')).toBe('2026-11-23T17:29:00.000Z');
    expect(since('2026-11-23T17:30:00Z')).toBe('2026-11-20T17:29:00.000Z');
    expect(since('2026-12-28T17:30:00Z')).toBe('2026-12-24T17:29:00.000Z');
    expect(since('2026-03-30T16:30:00Z')).toBe('2026-03-27T17:29:00.000Z');
  });

  it('looks back three weeks at most', () => {
    const shut = { ...on, calendars: { ...on.calendars, desk: { ...ALWAYS, weekly: {} } } };
    expect(eveningSpan(shut, utc('2026-11-23T17:30:00Z'), null).from).toBe(utc('2026-11-02T17:29:00Z'));
  });
  it('goes on where the account before ended, if that was not three weeks ago', () => {
    const since = (told: string): string =>
      new Date(eveningSpan(on, utc('2026-11-24T17:30:00Z'), utc(told)).from).toISOString();
    expect(since('2026-11-20T17:29:00Z')).toBe('2026-11-20T17:29:00.000Z');
    expect(since('2026-11-24T12:00:00Z')).toBe('2026-11-24T12:00:00.000Z');
    expect(since('2026-01-01T00:00:00Z')).toBe('2026-11-03T17:29:00.000Z');
  });
});
