import { instant } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import {
  advance,
  begunAt,
  breachAtOf,
  type Clock,
  cancelClock,
  dueOf,
  elapsed,
  idleClock,
  type Mark,
  markKey,
  nextInstant,
  pauseClock,
  promisedMs,
  remaining,
  reopenClock,
  restartClock,
  resumeClock,
  retarget,
  startClock,
  stateOf,
  stopClock,
  warnAtOf,
  withExtra,
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

test('a new clock is written down whole', () => {
  const blank = {
    name: 'resolution',
    targetMs: 4 * HOUR,
    calendar: 'desk',
    elapsedMs: 0,
    runs: [],
    reachedAt: null,
    breachedAt: null,
    breachTold: false,
    warned: [],
  };
  expect(fourHours()).toEqual({ ...blank, cycle: 1, state: 'running', since: at('09:00') });
  expect(idleClock('resolution', 4 * HOUR, desk)).toEqual({ ...blank, cycle: 0, state: 'idle' });
  const used = stopClock(advance(fourHours(), desk, at('14:00'), [share]).clock, desk, at('14:00'));
  expect(restartClock(used, longer, at('15:00'))).toEqual({
    ...blank,
    calendar: 'longer',
    cycle: 2,
    state: 'running',
    since: at('15:00'),
  });
});

test('marks are told apart by their keys', () => {
  expect([share, before].map(markKey)).toEqual(['share:0.75', 'before:1800000']);
});

test('a clock knows when its cycle began, through pauses and stops', () => {
  expect(begunAt(idleClock('update', HOUR, desk))).toBeNull();
  expect(begunAt(fourHours())).toBe(at('09:00'));
  const paused = pauseClock(fourHours(), desk, at('10:00'));
  expect([begunAt(paused), begunAt(resumeClock(paused, desk, at('12:00')))]).toEqual([at('09:00'), at('09:00')]);
  expect(begunAt(pauseClock(fourHours(), desk, at('09:00')))).toBe(at('09:00'));
  expect(begunAt(restartClock(paused, desk, at('12:00')))).toBe(at('12:00'));
});

test('grace makes the cycle longer: due, breach, warnings and what is left', () => {
  const clock = withExtra(fourHours(), 30 * MINUTE);
  expect(withExtra(fourHours(), 0)).not.toHaveProperty('extraMs');
  expect([promisedMs(clock), promisedMs(fourHours())]).toEqual([4.5 * HOUR, 4 * HOUR]);
  expect([iso(dueOf(clock, desk)), iso(breachAtOf(clock, desk))]).toEqual(['10T13:30:00', '10T13:30:00']);
  expect([iso(warnAtOf(clock, desk, share)), iso(warnAtOf(clock, desk, before))]).toEqual([
    '10T12:30:00',
    '10T13:00:00',
  ]);
  expect(remaining(clock, desk, at('13:00'))).toBe(30 * MINUTE);
  expect(stateOf(stopClock(clock, desk, at('13:30')), desk, at('14:00'))).toBe('met');
  expect(stateOf(stopClock(clock, desk, at('13:30:01')), desk, at('14:00'))).toBe('breached');
});

test('a change keeps the grace unless it is told another', () => {
  const clock = withExtra(fourHours(), 30 * MINUTE);
  expect(retarget(clock, change(5 * HOUR), at('10:00'))).toMatchObject({ targetMs: 5 * HOUR, extraMs: 30 * MINUTE });
  expect(retarget(clock, { ...change(5 * HOUR), extraMs: HOUR }, at('10:00'))).toMatchObject({ extraMs: HOUR });
  expect(retarget(clock, { ...change(5 * HOUR), extraMs: 0 }, at('10:00'))).not.toHaveProperty('extraMs');
  expect(retarget(fourHours(), change(5 * HOUR), at('10:00'))).not.toHaveProperty('extraMs');
  const less = retarget(withExtra(fourHours(), -HOUR), change(2 * HOUR), at('10:30'));
  expect([iso(dueOf(less, desk)), stateOf(less, desk, at('10:30'))]).toEqual(['10T10:30:00', 'breached']);
  const due = retarget(withExtra(fourHours(at('12:00')), HOUR), change(4 * HOUR), at('17:00'));
  expect(iso(dueOf(due, desk))).toBe('10T17:00:00');
});

test('a due that was reached is forgotten when the promise is taken back, unless it was passed', () => {
  const reached = cancelClock(fourHours(at('13:00')), desk, at('17:00'));
  expect([reached.reachedAt, reached.breachedAt]).toEqual([null, null]);
  const passed = cancelClock(fourHours(), desk, at('13:30'));
  expect([iso(passed.reachedAt), iso(passed.breachedAt)]).toEqual(['10T13:00:00', '10T13:00:00']);
  expect(cancelClock(pauseClock(fourHours(), desk, at('10:00')), desk, at('11:00'))).toMatchObject({
    state: 'cancelled',
    since: null,
  });
  expect(cancelClock(fourHours(), desk, at('10:00'))).toMatchObject({ state: 'cancelled', since: at('10:00') });
});

test('a cancelled clock goes on from where it stood still, or runs on undisturbed', () => {
  const none = cancelClock(fourHours(), desk, at('10:00'));
  expect(resumeClock(none, desk, at('12:00'))).toMatchObject({ since: at('10:00') });
  const still = pauseClock(none, desk, at('11:00'));
  expect(still).toMatchObject({ state: 'cancelled', since: null, elapsedMs: 2 * HOUR });
  expect(resumeClock(still, desk, at('12:00'))).toMatchObject({ state: 'cancelled', since: at('12:00') });
  expect(stopClock(none, desk, at('11:00'))).toMatchObject({
    state: 'stopped',
    promised: false,
    dueAt: null,
    since: at('11:00'),
  });
  expect(warnAtOf(none, desk, share)).toBeNull();
  expect(reopenClock(stopClock(none, desk, at('11:00')), longer, at('12:00'))).toMatchObject({
    state: 'cancelled',
    calendar: 'longer',
    since: at('12:00'),
  });
});

test('what changes at the instant of a start leaves no empty run behind', () => {
  expect(pauseClock(fourHours(), desk, at('09:00'))).toMatchObject({ runs: [], elapsedMs: 0 });
  expect(pauseClock(fourHours(), desk, at('09:01'))).toMatchObject({
    runs: [{ from: at('09:00'), to: at('09:01') }],
    elapsedMs: MINUTE,
  });
  const twice = pauseClock(
    resumeClock(pauseClock(fourHours(), desk, at('10:00')), desk, at('11:00')),
    desk,
    at('12:00'),
  );
  expect(twice.runs).toEqual([
    { from: at('09:00'), to: at('10:00') },
    { from: at('11:00'), to: at('12:00') },
  ]);
  expect(pauseClock(fourHours(at('10:00')), desk, at('09:00'))).toMatchObject({
    runs: [],
    elapsedMs: 0,
    since: at('09:00'),
  });
});

test('the state, the calendar and the instant of each change are kept', () => {
  const paused = pauseClock(fourHours(), desk, at('10:00'));
  expect(paused).toMatchObject({ state: 'paused', since: at('10:00'), calendar: 'desk' });
  expect(resumeClock(paused, longer, at('11:00'))).toMatchObject({
    state: 'running',
    since: at('11:00'),
    calendar: 'longer',
  });
  const stopped = stopClock(paused, desk, at('12:00'));
  expect(stopped).toMatchObject({
    state: 'stopped',
    since: at('12:00'),
    promised: true,
    elapsedMs: HOUR,
    dueAt: at('15:00'),
  });
  expect(reopenClock(stopped, longer, at('13:00'))).toMatchObject({
    state: 'running',
    since: at('13:00'),
    calendar: 'longer',
  });
  expect(reopenClock(stopped, longer, at('13:00'))).not.toHaveProperty('dueAt');
  expect(retarget(paused, change(HOUR, longer), at('11:00'))).toMatchObject({ state: 'paused', since: at('11:00') });
  expect(retarget(fourHours(), change(HOUR / 2, longer), at('09:15'))).toMatchObject({
    state: 'running',
    since: at('09:15'),
    calendar: 'longer',
  });
});

test('the breach of a stopped clock stays to be told, and one that was told is not told again by a restart of the process', () => {
  const late = stopClock(fourHours(), desk, at('13:30'));
  expect(advance(late, desk, at('13:30'), [share]).clock).toMatchObject({ breachTold: true, warned: ['share:0.75'] });
  expect(advance(advance(late, desk, at('13:30'), []).clock, desk, at('15:00'), [share]).facts).toEqual([]);
});

test('a due that is over the night is due at the close, and its clock says so after the close too', () => {
  const clock = fourHours(at('13:00'));
  expect(advance(clock, desk, at('18:00'), []).clock).toMatchObject({ reachedAt: at('17:00'), breachedAt: null });
  expect(advance(clock, desk, at('17:00'), []).clock).toMatchObject({ reachedAt: at('17:00') });
  expect(advance(clock, desk, at('16:59'), []).clock).toMatchObject({ reachedAt: null });
  expect(advance(clock, desk, at('09:00', 1), []).clock).toMatchObject({ breachedAt: null });
  expect(advance(clock, desk, at('09:00:01', 1), []).clock).toMatchObject({ breachedAt: at('09:00', 1) });
});

test('a mark that is passed by a change of target is warned of at the change, and marks come in their order', () => {
  const clock = retarget(fourHours(), change(2.5 * HOUR), at('11:00'));
  expect(told(clock, at('11:00'), [share])).toEqual(['warned 10T11:00:00']);
  const half: Mark = { kind: 'share', share: 0.5 };
  expect(told(fourHours(), at('12:30'), [before, share, half])).toEqual([
    'warned 10T11:00:00',
    'warned 10T12:00:00',
    'warned 10T12:30:00',
  ]);
  expect(warnAtOf(startClock('triage', 45 * MINUTE, desk, at('09:00')), desk, before)).toBe(at('09:15'));
  expect(nextInstant(fourHours(), desk, [])).toBe(at('13:00') + 1);
});

describe('a replayed history', () => {
  const policy = {
    targets: { first_response: HOUR, next_response: HOUR, resolution: { P1: 2 * HOUR, P2: 4 * HOUR } },
  } as const;
  const created = { type: 'created', at: at('09:00'), priority: 'P2' } as const;
  type Events = Parameters<typeof replay>[2];
  const run = (events: Events, now: string, more = {}) =>
    replay({ ...policy, ...more }, desk, [created, ...events], at(now));

  it('counts breaches once a cycle and keeps the count over a restart', () => {
    const events: Events = [
      { type: 'resolve', at: at('14:00') },
      { type: 'reopen', at: at('15:00') },
    ];
    const once = run(events, '16:00').resolution;
    expect(once).toMatchObject({ state: 'breached', breachEvents: 1, breachedAt: at('13:00'), elapsedMs: 6 * HOUR });
    const anew = run(events, '16:00', { onReopen: 'restart' }).resolution;
    expect(anew).toMatchObject({
      state: 'running',
      breachEvents: 1,
      breachedAt: null,
      elapsedMs: HOUR,
      remainingMs: 3 * HOUR,
    });
  });

  it('begins anew with another priority where the policy wants that, and not with the same one', () => {
    const to = (priority: string): Events => [{ type: 'priority', at: at('10:00'), priority }];
    const restart = { onPriorityChange: 'restart' };
    expect(run(to('P1'), '10:30', restart).resolution).toMatchObject({ elapsedMs: HOUR / 2, remainingMs: 1.5 * HOUR });
    expect(run(to('P2'), '10:30', restart).resolution).toMatchObject({ elapsedMs: 1.5 * HOUR });
    expect(run(to('P1'), '10:30').resolution).toMatchObject({ elapsedMs: 1.5 * HOUR, remainingMs: HOUR / 2 });
    expect(run(to('P9'), '10:30', restart).resolution).toMatchObject({ state: 'cancelled', due: null });
    const paused: Events = [{ type: 'pause', at: at('09:30') }, ...to('P1')];
    expect(run(paused, '10:30', restart).resolution).toMatchObject({ state: 'paused', elapsedMs: 0 });
  });

  it('opens a case that waits already, and pauses only what the policy says', () => {
    const waiting = replay(
      { ...policy, pauseAppliesTo: ['resolution'] },
      desk,
      [{ ...created, paused: true }],
      at('09:30'),
    );
    expect([waiting.first_response?.state, waiting.resolution?.state, waiting.next_response?.state]).toEqual([
      'running',
      'paused',
      'idle',
    ]);
    const asked: Events = [
      { type: 'pause', at: at('09:10') },
      { type: 'customer_reply', at: at('09:20') },
      { type: 'resume', at: at('09:40') },
    ];
    expect(run(asked, '10:00').next_response).toMatchObject({ state: 'running', elapsedMs: 20 * MINUTE });
    expect(run(asked, '09:30').next_response).toMatchObject({ state: 'paused', elapsedMs: 0 });
    const reopened: Events = [
      { type: 'pause', at: at('09:10') },
      { type: 'resolve', at: at('09:20') },
      { type: 'reopen', at: at('09:30') },
      { type: 'customer_reply', at: at('09:40') },
    ];
    const after = run(reopened, '10:00', { onReopen: 'restart' });
    expect([after.next_response?.state, after.resolution?.state]).toEqual(['running', 'running']);
  });

  it('takes up a question after an answer in a cycle of its own', () => {
    const events: Events = [
      { type: 'customer_reply', at: at('09:10') },
      { type: 'customer_reply', at: at('09:20') },
      { type: 'respond', at: at('09:40') },
      { type: 'customer_reply', at: at('11:00') },
    ];
    expect(run(events, '09:30').next_response).toMatchObject({ elapsedMs: 20 * MINUTE });
    expect(run(events, '10:00').next_response).toMatchObject({ state: 'met', elapsedMs: 30 * MINUTE });
    expect(run(events, '13:00').next_response).toMatchObject({
      state: 'breached',
      breachedAt: at('12:00'),
      breachEvents: 1,
    });
  });

  it('does nothing to a case that is over but reopen it', () => {
    const over: Events = [{ type: 'resolve', at: at('10:00') }];
    const later: Events = [
      ...over,
      { type: 'pause', at: at('10:10') },
      { type: 'respond', at: at('10:20') },
      { type: 'customer_reply', at: at('10:30') },
    ];
    expect(run(later, '11:00')).toEqual(run(over, '11:00'));
    const live: Events = [{ type: 'reopen', at: at('09:30') }];
    expect(run(live, '11:00')).toEqual(run([], '11:00'));
  });

  it('runs triage, and no update, from the opening; staff who open a case have given the first response only', () => {
    const all = {
      targets: { triage: HOUR, update: HOUR, first_response: HOUR, resolution: HOUR, next_response: HOUR },
    } as const;
    const told = replay(all, desk, [{ ...created, by: 'staff' }], at('09:30'));
    expect(Object.values(told).map((one) => one.state)).toEqual(['running', 'idle', 'met', 'running', 'idle']);
  });

  it('goes over to another calendar from the edit on, or counts all again', () => {
    const events: Events = [{ type: 'calendar', at: at('18:00'), calendar: longer }];
    expect(run(events, '19:00').resolution).toMatchObject({ elapsedMs: 9 * HOUR });
    expect(run(events, '19:00', { calendarEdit: 'retroactive' }).resolution).toMatchObject({ elapsedMs: 10 * HOUR });
    const early: Events = [{ type: 'calendar', at: at('08:00'), calendar: longer }];
    expect(run(early, '19:00').resolution).toMatchObject({ elapsedMs: 10 * HOUR });
  });
});
