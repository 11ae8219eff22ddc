import fc from 'fast-check';
import { instant } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import {
  type Clock,
  elapsed,
  pauseClock,
  reopenClock,
  restartClock,
  resumeClock,
  retarget,
  startClock,
  stopClock,
} from '../../src/domain/sla/clock';
import { type ClockEntry, ledgerOf, uncountedText, usedOfText } from '../../src/domain/sla/ledger';

const HOUR = 3_600_000;
const nine = [{ start: '09:00', end: '17:00' }];
const desk: Calendar = {
  name: 'desk',
  zone: 'Europe/London',
  weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  holidays: [{ date: '2024-04-01', name: 'Easter Monday' }],
  overrides: {},
  breaks: [],
};
const longer: Calendar = {
  ...desk,
  name: 'longer',
  weekly: { fri: [{ start: '09:00', end: '20:00' }], mon: nine, tue: nine },
  holidays: [],
};
const at = (text: string) => instant(Date.parse(text));
const iso = (it: number) => new Date(it).toISOString().slice(5, 16);

/** From Thursday in winter time over Easter, with the clocks going forward on the Sunday. */
const entries: readonly ClockEntry[] = [
  { kind: 'started', at: at('2024-03-28T15:00Z'), targetMs: 4 * HOUR, calendar: desk },
  { kind: 'paused', at: at('2024-03-29T10:00Z'), why: 'waiting for the client, by Alice' },
  { kind: 'resumed', at: at('2024-03-29T15:30Z') },
  { kind: 'warned', at: at('2024-03-29T15:30Z'), why: '75 %' },
  { kind: 'breached', at: at('2024-03-29T16:30Z') },
];

test('the ledger tells every stretch and moment, and why it did not count', () => {
  const ledger = ledgerOf(entries, at('2024-04-02T09:00Z'));
  expect(ledger?.rows.map((row) => `${iso(row.from)} ${row.openMs / HOUR} ${row.why}`)).toEqual([
    '03-28T15:00 0 started',
    '03-28T15:00 2 open',
    '03-28T17:00 0 night',
    '03-29T09:00 1 open',
    '03-29T10:00 0 paused: waiting for the client, by Alice',
    '03-29T10:00 0 paused: waiting for the client, by Alice',
    '03-29T15:30 0 resumed',
    '03-29T15:30 0 warned: 75 %',
    '03-29T15:30 1 open',
    '03-29T16:30 0 breached',
    '03-29T16:30 0.5 open',
    '03-29T17:00 0 night',
    '03-30T00:00 0 weekend',
    '03-31T23:00 0 holiday Easter Monday',
    '04-01T23:00 0 night',
    '04-02T08:00 1 open',
  ]);
  expect(ledger && usedOfText(ledger)).toBe('used 5 h 30 min of 4 h 00 min, 0 min left (1 h 30 min over)');
  expect(ledger && uncountedText(ledger)).toBe(
    'night 32 h 00 min, paused: waiting for the client, by Alice 5 h 30 min, weekend 47 h 00 min, holiday Easter Monday 24 h 00 min',
  );
});

test('used and left add up to the target, whatever the seconds', () => {
  expect(usedOfText({ usedMs: 80 * 60_000 + 20_000, targetMs: 4 * HOUR })).toBe(
    'used 1 h 20 min of 4 h 00 min, 2 h 40 min left',
  );
  expect(usedOfText({ usedMs: 0, targetMs: HOUR })).toBe('used 0 min of 1 h 00 min, 1 h 00 min left');
});

test('a clock that has not started has no ledger', () => {
  expect(ledgerOf([], at('2024-04-02T09:00Z'))).toBeNull();
  expect(ledgerOf(entries, at('2024-03-28T14:59Z'))).toBeNull();
});

test('after a stop the time until the reopening is told and not counted', () => {
  const ledger = ledgerOf(
    [
      { kind: 'started', at: at('2024-06-10T09:00Z'), targetMs: 4 * HOUR, calendar: desk },
      { kind: 'met', at: at('2024-06-10T10:00Z'), why: 'resolved by Alice' },
      { kind: 'reopened', at: at('2024-06-10T12:00Z') },
      { kind: 'cancelled', at: at('2024-06-10T12:30Z'), why: 'no target' },
    ],
    at('2024-06-10T13:00Z'),
  );
  expect([ledger?.usedMs, ledger?.uncounted]).toEqual([2 * HOUR, [{ why: 'met: resolved by Alice', ms: 2 * HOUR }]]);
});

type Act = 'paused' | 'resumed' | 'met' | 'reopened' | 'restarted' | 'retargeted' | 'recounted';

test('the ledger sums to what the clock has elapsed, whatever happens to it', () => {
  const act = fc.constantFrom<Act>('paused', 'resumed', 'met', 'reopened', 'restarted', 'retargeted', 'recounted');
  const start = at('2024-03-25T12:00Z');
  const happenings = fc.array(fc.tuple(fc.integer({ min: 0, max: 14 * 24 * 3600 }), act), { maxLength: 10 });
  fc.assert(
    fc.property(happenings, (list) => {
      const history: ClockEntry[] = [{ kind: 'started', at: start, targetMs: 8 * HOUR, calendar: desk }];
      let calendar = desk;
      let clock: Clock = startClock('resolution', 8 * HOUR, calendar, start);
      for (const [seconds, kind] of [...list].sort((a, b) => a[0] - b[0])) {
        const now = instant(start + seconds * 1000);
        const was = clock;
        const other = calendar === desk ? longer : desk;
        const change = { targetMs: 6 * HOUR, oldCalendar: calendar, calendar: other, recount: kind === 'recounted' };
        if (kind === 'paused') clock = pauseClock(clock, calendar, now);
        if (kind === 'resumed') clock = resumeClock(clock, calendar, now);
        if (kind === 'met') clock = stopClock(clock, calendar, now);
        if (kind === 'reopened') clock = reopenClock(clock, calendar, now);
        if (kind === 'restarted') clock = restartClock(clock, calendar, now);
        if (kind === 'retargeted' || kind === 'recounted') clock = retarget(clock, change, now);
        if (clock === was) continue;
        if (kind === 'retargeted' || kind === 'recounted') {
          calendar = other;
          history.push({ ...change, kind: 'retargeted', at: now, why: 'priority' });
        } else history.push({ kind, at: now });
      }
      const end = instant(start + 15 * 24 * HOUR);
      expect(ledgerOf(history, end)?.usedMs).toBe(elapsed(clock, calendar, end));
    }),
    { numRuns: 300 },
  );
});
