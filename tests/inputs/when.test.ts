import { instant } from '../../src/domain/ids';
import { readWhen } from '../../src/inputs/when';

/** Monday 23 November 2026, 10:00 in London. */
const NOW = instant(Date.UTC(2026, 10, 23, 10));
const when = (text: string, zone = 'Europe/London'): string | null => {
  const read = readWhen(text, { at: NOW, zone });
  return read === null ? null : new Date(read).toISOString().slice(0, 16);
};

describe('a time in people’s words', () => {
  it.each([
    ['tomorrow 9:00', '2026-11-24T09:00'],
    ['tomorrow', '2026-11-24T00:00'],
    ['Friday', '2026-11-27T00:00'],
    ['friday 14:30', '2026-11-27T14:30'],
    ['15:00', '2026-11-23T15:00'],
    ['9:00', '2026-11-24T09:00'],
    ['24 Dec', '2026-12-24T00:00'],
    ['24 December 2026 at 9am', '2026-12-24T09:00'],
    ['2026-12-24 09:00', '2026-12-24T09:00'],
    ['in 2 hours', '2026-11-23T12:00'],
    ['2h', '2026-11-23T12:00'],
    ['3d', '2026-11-26T10:00'],
  ])('%s', (text, at) => {
    expect(when(text)).toBe(at);
  });

  it('is read on the wall of whoever says it', () => {
    expect(when('tomorrow 9:00', 'Asia/Tokyo')).toBe('2026-11-24T00:00');
    expect(when('tomorrow 9:00', 'America/New_York')).toBe('2026-11-24T14:00');
  });

  it.each(['yesterday', 'soon', '', 'the cows come home', '1 January 2035', '400d'])('is none: “%s”', (text) => {
    expect(when(text)).toBeNull();
  });
});
