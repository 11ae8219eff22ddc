import { instant } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import {
  advance,
  breachAtOf,
  type Clock,
  cancelClock,
  dueOf,
  elapsed,
  idleClock,
  type Mark,
  nextInstant,
  pauseClock,
  remaining,
  reopenClock,
  restartClock,
  resumeClock,
  retarget,
  startClock,
  stateOf,
  stopClock,
  warnAtOf,
} from '../../src/domain/sla/clock';
import { replay } from '../../src/domain/sla/replay';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nine = [{ start: '09:00', end: '17:00' }];
const desk: Calendar = {
  name: 'desk',
  zone: 'Etc/UTC',
  weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  holidays: [],
  overrides: {},
  breaks: [],
};
const longer: Calendar = { ...desk, name: 'longer', weekly: { mon: [{ start: '09:00', end: '20:00' }], tue: nine } };

/** Monday 10 June 2024, or a later day of that week: `at('09:30')`, `at('09:30', 1)`. */
const at = (time: string, day = 0) => instant(Date.parse(`2024-06-${10 + day}T${time.padEnd(8, ':00')}Z`));
const iso = (it: number | null) => (it === null ? null : new Date(it).toISOString().slice(8, 19));
const fourHours = (from = at('09:00')): Clock => startClock('resolution', 4 * HOUR, desk, from);
const change = (targetMs: number | null, calendar = desk) => ({ targetMs, oldCalendar: desk, calendar });

const share: Mark = { kind: 'share', share: 0.75 };
const before: Mark = { kind: 'before', ms: 30 * MINUTE };
const told = (clock: Clock, now = at('12:00', 4), marks = [share, before]) =>
  advance(clock, desk, now, marks).facts.map((fact) => `${fact.kind} ${iso(fact.at)}`);

test('a clock is plain data', () => {
  const clock = stopClock(pauseClock(fourHours(), desk, at('10:00')), desk, at('11:00'));
  expect(JSON.parse(JSON.stringify(clock))).toEqual(clock);
});

test('an idle clock promises nothing yet', () => {
  const clock = idleClock('next_response', HOUR, desk);
  expect([
    stateOf(clock, desk, at('10:00')),
    dueOf(clock, desk),
    breachAtOf(clock, desk),
    nextInstant(clock, desk, [share]),
  ]).toEqual(['idle', null, null, null]);
  expect(elapsed(clock, desk, at('10:00'))).toBe(0);
  for (const step of [pauseClock, resumeClock, stopClock, reopenClock])
    expect(step(clock, desk, at('10:00'))).toBe(clock);
  expect(retarget(clock, change(2 * HOUR, longer), at('10:00'))).toMatchObject({
    state: 'idle',
    targetMs: 2 * HOUR,
    calendar: 'longer',
  });
  expect(restartClock(clock, desk, at('10:00'))).toMatchObject({ state: 'running', since: at('10:00'), cycle: 1 });
});

test('a running clock is due at the close and breached only when the desk is open again', () => {
  const clock = fourHours(at('13:00'));
  expect(iso(dueOf(clock, desk))).toBe('10T17:00:00');
  expect(iso(breachAtOf(clock, desk))).toBe('11T09:00:00');
  expect(stateOf(clock, desk, at('09:00', 1))).toBe('running');
  expect(stateOf(clock, desk, at('09:00:01', 1))).toBe('breached');
  expect(remaining(clock, desk, at('09:30', 1))).toBe(-30 * MINUTE);
});

test('met is judged by what has elapsed, not by the wall clock', () => {
  const evening = stopClock(fourHours(at('13:00')), desk, at('20:00'));
  expect([stateOf(evening, desk, at('12:00', 4)), iso(dueOf(evening, desk))]).toEqual(['met', '10T17:00:00']);
  const morning = stopClock(fourHours(at('13:00')), desk, at('09:00:01', 1));
  expect([stateOf(morning, desk, at('12:00', 4)), iso(breachAtOf(morning, desk))]).toEqual(['breached', '11T09:00:00']);
});

test('a pause freezes the clock, twice is once, and a paused clock cannot breach', () => {
  const clock = pauseClock(fourHours(), desk, at('10:00'));
  expect(pauseClock(clock, desk, at('11:00'))).toBe(clock);
  expect([
    dueOf(clock, desk),
    breachAtOf(clock, desk),
    warnAtOf(clock, desk, share),
    nextInstant(clock, desk, [share]),
  ]).toEqual([null, null, null, null]);
  expect([stateOf(clock, desk, at('12:00', 4)), elapsed(clock, desk, at('12:00', 4))]).toEqual(['paused', HOUR]);
  const again = resumeClock(clock, desk, at('11:00', 1));
  expect(iso(dueOf(again, desk))).toBe('11T14:00:00');
  expect(resumeClock(again, desk, at('12:00', 1))).toBe(again);
});

test('a target that shrinks below what has elapsed is reached and breached at the change', () => {
  const clock = retarget(fourHours(), change(HOUR), at('11:00'));
  expect([iso(dueOf(clock, desk)), iso(breachAtOf(clock, desk)), remaining(clock, desk, at('11:00'))]).toEqual([
    '10T11:00:00',
    '10T11:00:00',
    -HOUR,
  ]);
  const exactly = retarget(fourHours(), change(2 * HOUR), at('11:00'));
  expect([stateOf(exactly, desk, at('11:00')), stateOf(exactly, desk, at('11:00:01'))]).toEqual([
    'running',
    'breached',
  ]);
});

test('a target that shrinks while paused is judged on resume, or on the stop', () => {
  const paused = retarget(pauseClock(fourHours(), desk, at('11:00')), change(HOUR), at('12:00'));
  expect(stateOf(paused, desk, at('13:00'))).toBe('paused');
  expect(iso(breachAtOf(resumeClock(paused, desk, at('13:00')), desk))).toBe('10T13:00:00');
  const stopped = stopClock(paused, desk, at('14:00'));
  expect([stateOf(stopped, desk, at('14:00')), iso(dueOf(stopped, desk)), iso(breachAtOf(stopped, desk))]).toEqual([
    'breached',
    '10T14:00:00',
    '10T14:00:00',
  ]);
});

test('a target that grows moves the due, but a breach is never undone', () => {
  const reached = retarget(fourHours(at('13:00')), change(5 * HOUR), at('18:00'));
  expect(iso(dueOf(reached, desk))).toBe('11T10:00:00');
  const late = retarget(fourHours(), change(8 * HOUR), at('14:00'));
  expect([stateOf(late, desk, at('14:00')), iso(dueOf(late, desk)), iso(breachAtOf(late, desk))]).toEqual([
    'breached',
    '10T13:00:00',
    '10T13:00:00',
  ]);
});

test('a due that was reached to the second stays, through a pause and through a change that keeps the target', () => {
  const paused = pauseClock(fourHours(at('13:00')), desk, at('17:00'));
  expect(iso(dueOf(resumeClock(paused, desk, at('20:00')), desk))).toBe('10T17:00:00');
  const edited = retarget(fourHours(at('13:00')), change(4 * HOUR, longer), at('17:00'));
  expect([iso(dueOf(edited, longer)), iso(breachAtOf(edited, longer))]).toEqual(['10T17:00:00', '10T17:00:00']);
});

test('a new calendar counts from the change on; a recount counts all again', () => {
  const overNight = startClock('resolution', 6 * HOUR, desk, at('15:00'));
  const edit = { targetMs: 6 * HOUR, oldCalendar: desk, calendar: longer };
  expect(iso(dueOf(retarget(overNight, edit, at('18:00')), longer))).toBe('11T11:00:00');
  expect(elapsed(retarget(overNight, edit, at('18:00')), longer, at('18:00'))).toBe(2 * HOUR);
  const recounted = retarget(overNight, { ...edit, recount: true }, at('18:00'));
  expect([elapsed(recounted, longer, at('18:00')), iso(dueOf(recounted, longer))]).toEqual([3 * HOUR, '11T10:00:00']);
});

test('a recount takes in every run and leaves a stopped clock as it was judged', () => {
  const paused = pauseClock(fourHours(at('16:00')), desk, at('18:00'));
  const resumed = resumeClock(paused, desk, at('19:00'));
  const recounted = retarget(
    resumed,
    { targetMs: 4 * HOUR, oldCalendar: desk, calendar: longer, recount: true },
    at('19:30'),
  );
  expect(elapsed(recounted, longer, at('19:30'))).toBe(2.5 * HOUR);
  const stopped = stopClock(resumed, desk, at('19:30'));
  expect(retarget(stopped, { targetMs: HOUR, oldCalendar: desk, calendar: longer, recount: true }, at('20:00'))).toBe(
    stopped,
  );
});

test('reopened, the time in between does not count; restarted, it begins anew', () => {
  const met = stopClock(fourHours(), desk, at('10:00'));
  expect(iso(dueOf(met, desk))).toBe('10T13:00:00');
  expect(iso(dueOf(reopenClock(met, desk, at('09:00', 1)), desk))).toBe('11T12:00:00');
  const late = stopClock(fourHours(), desk, at('14:00'));
  expect(stateOf(reopenClock(late, desk, at('09:00', 1)), desk, at('09:00', 1))).toBe('breached');
  const anew = restartClock(late, desk, at('09:00', 1));
  expect([stateOf(anew, desk, at('09:00', 1)), iso(dueOf(anew, desk)), anew.cycle]).toEqual([
    'running',
    '11T13:00:00',
    2,
  ]);
  const running = fourHours();
  expect(reopenClock(running, desk, at('10:00'))).toBe(running);
  expect(restartClock(pauseClock(running, desk, at('10:00')), desk, at('11:00'))).toMatchObject({
    state: 'paused',
    elapsedMs: 0,
  });
});

test('without a promise nothing is due, but a new promise finds all of the time', () => {
  const none = cancelClock(fourHours(), desk, at('10:00'));
  expect([stateOf(none, desk, at('12:00')), dueOf(none, desk), elapsed(none, desk, at('12:00'))]).toEqual([
    'cancelled',
    null,
    3 * HOUR,
  ]);
  expect(iso(dueOf(retarget(none, change(4 * HOUR), at('12:00')), desk))).toBe('10T13:00:00');
  const paused = pauseClock(none, desk, at('11:00'));
  expect([stateOf(paused, desk, at('12:00')), elapsed(paused, desk, at('12:00'))]).toEqual(['cancelled', 2 * HOUR]);
  expect(retarget(paused, change(4 * HOUR), at('12:00')).state).toBe('paused');
  expect(elapsed(resumeClock(paused, desk, at('12:00')), desk, at('13:00'))).toBe(3 * HOUR);
  expect(restartClock(paused, desk, at('12:00')).state).toBe('paused');
  const stopped = stopClock(none, desk, at('11:00'));
  expect([stateOf(stopped, desk, at('12:00')), dueOf(stopped, desk), elapsed(stopped, desk, at('12:00'))]).toEqual([
    'cancelled',
    null,
    2 * HOUR,
  ]);
  expect(elapsed(reopenClock(stopped, desk, at('12:00')), desk, at('13:00'))).toBe(3 * HOUR);
  expect(stateOf(cancelClock(fourHours(), desk, at('14:00')), desk, at('15:00'))).toBe('breached');
});

test('a warning comes at a share of the target, or so long before the end, in open time', () => {
  expect(iso(warnAtOf(fourHours(), desk, share))).toBe('10T12:00:00');
  expect(iso(warnAtOf(fourHours(at('16:00')), desk, before))).toBe('11T11:30:00');
  expect(warnAtOf(startClock('triage', 30 * MINUTE, desk, at('09:00')), desk, before)).toBeNull();
  const raised = retarget(fourHours(), change(2.5 * HOUR), at('11:00'));
  expect(iso(warnAtOf(raised, desk, share))).toBe('10T11:00:00');
});

test('each mark and the breach are told once, at their true instants', () => {
  const clock = fourHours();
  expect(told(clock, at('11:59'))).toEqual([]);
  expect(told(clock, at('12:00'))).toEqual(['warned 10T12:00:00']);
  expect(told(clock, at('12:45'))).toEqual(['warned 10T12:00:00', 'warned 10T12:30:00']);
  const warned = advance(clock, desk, at('12:00'), [share, before]).clock;
  expect(told(warned, at('12:45'))).toEqual(['warned 10T12:30:00']);
  const late = advance(clock, desk, at('12:00', 4), [share, before]);
  expect(late.facts).toEqual([{ kind: 'breached', at: at('13:00') }]);
  expect(told(late.clock)).toEqual([]);
});

test('a pause keeps the marks that were told, a restart forgets them', () => {
  const warned = advance(fourHours(), desk, at('12:00'), [share]).clock;
  const resumed = resumeClock(pauseClock(warned, desk, at('12:10')), desk, at('09:00', 1));
  expect(told(resumed, at('09:30', 1), [share])).toEqual([]);
  expect(told(restartClock(resumed, desk, at('09:00', 1)), at('12:30', 1), [share])).toEqual(['warned 11T12:00:00']);
});

test('a breach that came before a stop nobody had looked at is still told, a warning is not', () => {
  expect(told(stopClock(fourHours(), desk, at('13:30')))).toEqual(['breached 10T13:00:00']);
  expect(told(stopClock(fourHours(), desk, at('12:30')))).toEqual([]);
});

test('the next instant is the next mark, then just after the last moment within the target, then none', () => {
  const clock = fourHours();
  expect(iso(nextInstant(clock, desk, [before, share]))).toBe('10T12:00:00');
  const warned = advance(clock, desk, at('12:45'), [share, before]).clock;
  expect(nextInstant(warned, desk, [share, before])).toBe(at('13:00') + 1);
  expect(told(warned, instant(at('13:00')))).toEqual([]);
  const breached = advance(warned, desk, instant(at('13:00') + 1), [share, before]);
  expect(breached.facts).toHaveLength(1);
  expect(nextInstant(breached.clock, desk, [share, before])).toBeNull();
  expect(iso(nextInstant(stopClock(clock, desk, at('14:00')), desk, []))).toBe('10T13:00:00');
});

test('on a calendar that never opens nothing is due, warned or breached', () => {
  const closed = { ...desk, weekly: {} };
  const clock = startClock('resolution', HOUR, closed, at('09:00'));
  expect([dueOf(clock, closed), breachAtOf(clock, closed), nextInstant(clock, closed, [share])]).toEqual([
    null,
    null,
    null,
  ]);
  expect(stateOf(stopClock(clock, closed, at('12:00')), closed, at('12:00'))).toBe('met');
});

test('a case that staff open has its first word', () => {
  const policy = { targets: { first_response: HOUR } } as const;
  const of = (by: string) =>
    replay(policy, desk, [{ type: 'created', at: at('09:00'), by }], at('12:00')).first_response?.state;
  expect([of('agent'), of('staff'), of('customer')]).toEqual(['met', 'met', 'breached']);
});

test('what happens before a case is created, or twice, changes nothing', () => {
  const policy = { targets: { resolution: { P1: HOUR } } } as const;
  const created = { type: 'created', at: at('09:00'), priority: 'P1' } as const;
  const outcome = replay(policy, desk, [created], at('09:30'));
  const noise = [
    { type: 'pause', at: at('08:00') } as const,
    { ...created, at: at('09:10') },
    { type: 'resolve', at: at('11:00') } as const,
  ];
  expect(replay(policy, desk, [...noise, created], at('09:30'))).toEqual(outcome);
  expect(replay(policy, desk, [{ type: 'created', at: at('09:00') }], at('09:30')).resolution?.state).toBe('cancelled');
});
