import { quietUntil } from '../../../src/domain/desk/quiet';
import { instant, personId } from '../../../src/domain/ids';
import type { Calendar } from '../../../src/domain/sla/calendar';
import { WEEKDAYS } from '../../../src/domain/sla/hours';
import { alice, bob, DESK } from '../../support/given';

const quiet = (zone: string, ...windows: readonly (readonly [string, string])[]): Calendar => ({
  name: 'quiet',
  zone,
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, windows.map(([start, end]) => ({ start, end }))])),
  holidays: [],
  overrides: {},
  breaks: [],
});

const until = (calendar: Calendar, iso: string): string | null => {
  const desk = {
    ...DESK,
    people: DESK.people.map((one) => (one.id === alice.id ? { ...one, quiet: calendar } : one)),
  };
  const end = quietUntil(desk, alice.id, instant(Date.parse(iso)));
  return end === null ? null : new Date(end).toISOString().slice(0, 16);
};

describe('Quiet time', () => {
  it('ends in the morning, on the person’s own wall', () => {
    const night = quiet('Europe/London', ['22:00', '07:00']);
    expect(until(night, '2026-11-23T23:15Z')).toBe('2026-11-24T07:00');
    expect(until(night, '2026-11-24T06:59Z')).toBe('2026-11-24T07:00');
    expect(until(night, '2026-11-24T07:00Z')).toBeNull();
    expect(until(night, '2026-11-24T21:59Z')).toBeNull();
    expect(until(quiet('Asia/Tokyo', ['22:00', '07:00']), '2026-11-23T15:00Z')).toBe('2026-11-23T22:00');
  });

  it('keeps to the wall in the nights in which the clocks change', () => {
    const night = quiet('Europe/London', ['22:00', '07:00']);
    expect(until(night, '2026-03-28T23:00Z')).toBe('2026-03-29T06:00');
    expect(until(night, '2026-10-24T22:00Z')).toBe('2026-10-25T07:00');
  });

  it('joins stretches that touch', () => {
    const day = quiet('Europe/London', ['12:00', '13:00'], ['13:00', '14:00']);
    expect(until(day, '2026-11-23T12:30Z')).toBe('2026-11-23T14:00');
  });

  it('is nobody’s who has said nothing of it, or is not of the desk', () => {
    const at = instant(Date.parse('2026-11-23T03:00Z'));
    expect(quietUntil(DESK, bob.id, at)).toBeNull();
    expect(quietUntil(DESK, personId('zed'), at)).toBeNull();
  });
});
