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
import {
  type ClockEntry,
  ledgerOf,
  leftWords,
  uncountedText,
  usedOfText,
  wholeMinutes,
} from '../../src/domain/sla/ledger';

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

const TEN = at('2024-06-10T09:00Z'); // 10:00 in London, a Monday
const after = (hours: number) => instant(TEN + hours * HOUR);
const started: ClockEntry = { kind: 'started', at: TEN, targetMs: 2 * HOUR, calendar: desk };
const rowsOf = (history: readonly ClockEntry[], until: number) =>
  ledgerOf(history, after(until))?.rows.map(
    (row) => `${(row.from - TEN) / HOUR} ${row.openMs / HOUR} ${row.cycle} ${row.why}`,
  );

test('a moment is what it says, and a stop is judged by what has elapsed', () => {
  expect(rowsOf([started, { kind: 'met', at: after(2) }], 2)).toEqual(['0 0 1 started', '0 2 1 open', '2 0 1 met']);
  expect(rowsOf([started, { kind: 'met', at: after(2.5) }], 2.5)?.at(-1)).toBe('2.5 0 1 ended too late');
  expect(
    rowsOf(
      [
        { ...started, extraMs: HOUR },
        { kind: 'met', at: after(2.5) },
      ],
      2.5,
    )?.at(-1),
  ).toBe('2.5 0 1 met');
  expect(rowsOf([started, { kind: 'cancelled', at: after(1) }, { kind: 'met', at: after(3) }], 3)?.at(-1)).toBe(
    '3 0 1 ended',
  );
});

test('a change of target is told from a change of calendar, and a promise made anew is one of target', () => {
  const change = { kind: 'retargeted', calendar: longer, why: 'because' } as const;
  const last = (...history: ClockEntry[]) => rowsOf([started, ...history], 1)?.at(-1);
  expect(last({ ...change, at: after(1), targetMs: 2 * HOUR })).toBe('1 0 1 calendar switched: because');
  expect(last({ ...change, at: after(1), targetMs: 3 * HOUR })).toBe('1 0 1 target changed: because');
  expect(last({ kind: 'cancelled', at: after(0.5) }, { ...change, at: after(1), targetMs: 2 * HOUR })).toBe(
    '1 0 1 target changed: because',
  );
});

test('a clock that stands still already cannot be paused, nor one that runs resumed', () => {
  const stopped: readonly ClockEntry[] = [
    started,
    { kind: 'met', at: after(1), why: 'done' },
    { kind: 'paused', at: after(2), why: 'late' },
    { kind: 'resumed', at: after(3) },
  ];
  expect(ledgerOf(stopped, after(4))).toMatchObject({ usedMs: HOUR, uncounted: [{ why: 'met: done', ms: 3 * HOUR }] });
  const twice: readonly ClockEntry[] = [
    started,
    { kind: 'paused', at: after(1), why: 'first' },
    { kind: 'paused', at: after(2), why: 'second' },
    { kind: 'resumed', at: after(3) },
    { kind: 'resumed', at: after(4) },
  ];
  expect(ledgerOf(twice, after(5))).toMatchObject({
    usedMs: 3 * HOUR,
    uncounted: [{ why: 'paused: first', ms: 2 * HOUR }],
  });
});

test('a clock that promised nothing at first is told from its beginning on', () => {
  const silent: ClockEntry = { kind: 'cancelled', at: TEN, calendar: desk, why: 'nothing is promised' };
  expect(ledgerOf([silent], after(3))).toBeNull();
  expect(ledgerOf([{ kind: 'cancelled', at: TEN }, started], after(3))).toBeNull();
  const promised: ClockEntry = { kind: 'retargeted', at: after(1), targetMs: 4 * HOUR, calendar: desk, why: 'tier' };
  expect(ledgerOf([silent, promised], after(3))).toMatchObject({
    usedMs: 3 * HOUR,
    targetMs: 4 * HOUR,
    promised: true,
  });
  expect(
    ledgerOf([silent, { kind: 'restarted', at: after(1), targetMs: HOUR, calendar: desk }], after(3)),
  ).toMatchObject({
    usedMs: 2 * HOUR,
    targetMs: HOUR,
    promised: true,
  });
  expect(ledgerOf([started, { kind: 'cancelled', at: after(1) }], after(3))).toMatchObject({
    usedMs: 3 * HOUR,
    promised: false,
  });
});

test('time goes on after a promise is taken back, on the calendar that is named or on the one before', () => {
  const used = (calendar?: Calendar) =>
    ledgerOf([started, { kind: 'cancelled', at: after(1), ...(calendar && { calendar }) }], after(24 * 3))?.usedMs;
  expect(used()).toBe((7 + 8 + 8 + 1) * HOUR);
  expect(used(longer)).toBe((7 + 8) * HOUR);
});

test('a restart counts from nought in a cycle of its own, keeps what it does not name, and wakes a clock that had stopped', () => {
  const history: readonly ClockEntry[] = [
    { ...started, extraMs: HOUR },
    { kind: 'paused', at: after(1), why: 'waiting' },
    { kind: 'restarted', at: after(2), why: 'told' },
  ];
  expect(ledgerOf(history, after(4))).toMatchObject({ usedMs: 0, targetMs: 2 * HOUR, extraMs: 0 });
  expect(ledgerOf(history, after(4))?.uncounted).toEqual([{ why: 'paused: waiting', ms: 2 * HOUR }]);
  expect(rowsOf(history, 4)).toEqual([
    '0 0 1 started',
    '0 1 1 open',
    '1 0 1 paused: waiting',
    '1 0 1 paused: waiting',
    '2 0 2 restarted: told',
    '2 0 2 paused: waiting',
  ]);
  const again: readonly ClockEntry[] = [
    started,
    { kind: 'met', at: after(1) },
    { kind: 'restarted', at: after(2), targetMs: HOUR, calendar: longer, extraMs: 60_000 },
  ];
  expect(ledgerOf(again, after(3))).toMatchObject({ usedMs: HOUR, targetMs: HOUR, extraMs: 60_000, uncounted: [] });
});

test('entries may come in any order; what is to come is left out', () => {
  const met: ClockEntry = { kind: 'met', at: after(1) };
  expect(ledgerOf([met, started], after(3))).toEqual(ledgerOf([started, met], after(3)));
  expect(ledgerOf([started, met], after(0.5))).toMatchObject({ usedMs: HOUR / 2 });
  expect(ledgerOf([started, met], after(1))?.rows.at(-1)?.why).toBe('met');
  const noise: ClockEntry = { kind: 'warned', at: instant(TEN - HOUR) };
  expect(ledgerOf([noise, started], after(1))).toEqual(ledgerOf([started], after(1)));
});

test('a recount tells all of the time before it on the new calendar', () => {
  const evening = after(9); // 19:00, open on the longer Fridays only
  const friday = instant(TEN + 4 * 24 * HOUR);
  const change: ClockEntry = {
    kind: 'retargeted',
    at: friday,
    targetMs: 2 * HOUR,
    calendar: longer,
    why: 'edit',
    recount: true,
  };
  expect(ledgerOf([started, change], friday)?.usedMs).toBe((7 + 8 + 1) * HOUR);
  expect(ledgerOf([started, { ...change, recount: false }], friday)?.usedMs).toBe((7 + 8 + 8 + 8 + 1) * HOUR);
  const again: ClockEntry = { ...change, at: instant(friday + HOUR), calendar: desk };
  expect(ledgerOf([started, change, again], instant(friday + HOUR))?.usedMs).toBe((7 + 8 + 8 + 8 + 2) * HOUR);
  expect(ledgerOf([started, change], evening)?.usedMs).toBe(7 * HOUR);
});

test('what is left is said in words, rounded so that used and left add up', () => {
  const second = 1000;
  const minute = 60 * second;
  expect([HOUR, HOUR - second, minute + 1, 1, 0].map(leftWords)).toEqual([
    '1 h 00 min left',
    '1 h 00 min left',
    '2 min left',
    '1 min left',
    '0 min left',
  ]);
  expect([-1, 1 - minute, -minute, -minute - 1, -HOUR - 2 * minute].map(leftWords)).toEqual([
    'under a minute over',
    'under a minute over',
    '1 min over',
    '1 min over',
    '1 h 02 min over',
  ]);
  expect(usedOfText({ usedMs: HOUR + 20 * second, targetMs: HOUR })).toBe(
    'used 1 h 00 min of 1 h 00 min, 0 min left (under a minute over)',
  );
  expect(usedOfText({ usedMs: HOUR, targetMs: HOUR })).toBe('used 1 h 00 min of 1 h 00 min, 0 min left');
  expect(usedOfText({ usedMs: HOUR, targetMs: HOUR, extraMs: 30 * minute, promised: true })).toBe(
    'used 1 h 00 min of 1 h 30 min, 30 min left',
  );
  expect(usedOfText({ usedMs: HOUR, targetMs: HOUR, promised: false })).toBe(
    'used 1 h 00 min, and nothing is promised',
  );
});

test('rows in whole minutes add up to the whole minutes of their cycle', () => {
  const row = (seconds: number, cycle: number) => ({ from: TEN, to: TEN, openMs: seconds * 1000, cycle, why: 'open' });
  expect(wholeMinutes([row(50, 1), row(50, 1), row(0, 1), row(20, 1), row(50, 2), row(10, 2), row(59, 2)])).toEqual([
    0, 1, 0, 1, 0, 1, 0,
  ]);
  expect(wholeMinutes([])).toEqual([]);
});
