import type { Calendar, TimeWindow } from '../../src/domain/sla/calendar';
import type { Happening, Policy } from '../../src/domain/sla/replay';

// A second opinion, written from the rules and not from the product: it looks at every single minute, asks Intl for
// the local time, and shares no code with the walk, the zones or the clocks (types excepted).

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number | null>>();

/** Offset from UTC in ms, asked once for a whole hour; minute by minute in an hour in which it changes. */
function offsetAt(zone: string, at: number): number {
  const hour = Math.floor(at / HOUR);
  let known = offsets.get(zone);
  if (known === undefined) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offset = known.get(hour);
  if (offset === undefined) {
    const start = askIntl(zone, hour * HOUR);
    offset = start === askIntl(zone, (hour + 1) * HOUR) ? start : null;
    known.set(hour, offset);
  }
  return offset ?? askIntl(zone, Math.floor(at / MINUTE) * MINUTE);
}

function askIntl(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second) - at;
}

const asMinutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

type Minutes = readonly { start: number; end: number }[];
const asNumbers = (windows: readonly TimeWindow[]): Minutes =>
  windows.map(({ start, end }) => ({ start: asMinutes(start), end: asMinutes(end) }));

function covers(windows: Minutes, minute: number, dayAfter: boolean): boolean {
  for (const { start, end } of windows) {
    if (dayAfter ? end < start && minute < end : minute >= start && (end < start || minute < end)) return true;
  }
  return false;
}

const seenDays = new WeakMap<Calendar, Map<number, boolean[]>>();

/** The 1440 minutes of a local date (given as the ms of its midnight): which of them are open. */
function minutesOf(calendar: Calendar, midnight: number): boolean[] {
  let known = seenDays.get(calendar);
  if (known === undefined) {
    known = new Map();
    seenDays.set(calendar, known);
  }
  const cached = known.get(midnight);
  if (cached) return cached;
  const date = new Date(midnight).toISOString().slice(0, 10);
  const before = new Date(midnight - DAY).toISOString().slice(0, 10);
  const windowsOf = (day: string) =>
    asNumbers(calendar.overrides[day] ?? calendar.weekly[DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]!] ?? []);
  const breaksOf = (day: string) => asNumbers(calendar.breaks.filter((it) => it.date === day));
  const closed = calendar.holidays.some((it) => it.date === date);
  const [today, yesterday, breaks, late] = [windowsOf(date), windowsOf(before), breaksOf(date), breaksOf(before)];
  const minutes: boolean[] = [];
  for (let minute = 0; minute < 1440; minute += 1) {
    const taken = closed || covers(breaks, minute, false) || covers(late, minute, true);
    minutes.push(!taken && (covers(today, minute, false) || covers(yesterday, minute, true)));
  }
  known.set(midnight, minutes);
  return minutes;
}

const SIGHT = 64 * 1440;
/** What has been looked at around some instant: each minute (counted since 1970 in UTC) is 0 unseen, 1 closed, 2 open. */
let looked: { calendar: Calendar; first: number; minutes: Uint8Array } | undefined;

/** Looks at the sixty minutes of one hour, each by its own local time. */
function lookAtHour(calendar: Calendar, hour: number, into: { first: number; minutes: Uint8Array }): void {
  const steady = offsetAt(calendar.zone, hour * HOUR) === offsetAt(calendar.zone, (hour + 1) * HOUR - MINUTE);
  let offset = offsetAt(calendar.zone, hour * HOUR);
  let midnight = Number.NaN;
  let day: readonly boolean[] = [];
  for (let minute = hour * 60; minute < (hour + 1) * 60; minute += 1) {
    if (!steady) offset = offsetAt(calendar.zone, minute * MINUTE);
    const local = minute * MINUTE + offset;
    if (!(local >= midnight && local < midnight + DAY)) {
      midnight = Math.floor(local / DAY) * DAY;
      day = minutesOf(calendar, midnight);
    }
    into.minutes[minute - into.first] = day[Math.floor((local - midnight) / MINUTE)] ? 2 : 1;
  }
}

function isMinuteOpen(calendar: Calendar, minute: number): boolean {
  if (looked?.calendar !== calendar || minute < looked.first || minute >= looked.first + SIGHT) {
    const first = (Math.floor(minute / 60) - SIGHT / 120) * 60;
    looked = { calendar, first, minutes: new Uint8Array(SIGHT) };
  }
  const index = minute - looked.first;
  if (looked.minutes[index] === 0) lookAtHour(calendar, Math.floor(minute / 60), looked);
  return looked.minutes[index] === 2;
}

const minuteOf = (at: number) => Math.floor(at / MINUTE);

export const openAt = (calendar: Calendar, at: number) => isMinuteOpen(calendar, minuteOf(at));

export function openMsBetween(calendar: Calendar, a: number, b: number): number {
  let sum = 0;
  for (let minute = minuteOf(a); minute * MINUTE < b; minute += 1) {
    if (isMinuteOpen(calendar, minute)) sum += Math.min(b, (minute + 1) * MINUTE) - Math.max(a, minute * MINUTE);
  }
  return Math.max(0, sum);
}

/** The earliest instant with `ms` elapsed (0: the first open instant), or null when it is not found before `until`. */
export function dueAfter(calendar: Calendar, start: number, ms: number, until: number): number | null {
  let left = ms;
  for (let minute = minuteOf(start); minute * MINUTE < until; minute += 1) {
    if (!isMinuteOpen(calendar, minute)) continue;
    const from = Math.max(start, minute * MINUTE);
    const length = (minute + 1) * MINUTE - from;
    if (left <= length) return from + left;
    left -= length;
  }
  return null;
}

/** The last instant with at most `ms` elapsed, or null when it is not found before `until`. */
export function latestAfter(calendar: Calendar, start: number, ms: number, until: number): number | null {
  let left = ms;
  for (let minute = minuteOf(start); minute * MINUTE < until; minute += 1) {
    if (!isMinuteOpen(calendar, minute)) continue;
    const from = Math.max(start, minute * MINUTE);
    const length = (minute + 1) * MINUTE - from;
    if (left < length) return from + left;
    left -= length;
  }
  return null;
}

/** The latest instant since which `ms` (> 0) have elapsed by `start`, or null when it is not found after `until`. */
export function startBefore(calendar: Calendar, start: number, ms: number, until: number): number | null {
  let left = ms;
  for (let minute = Math.ceil(start / MINUTE) - 1; (minute + 1) * MINUTE > until; minute -= 1) {
    if (!isMinuteOpen(calendar, minute)) continue;
    const end = Math.min(start, (minute + 1) * MINUTE);
    if (left <= end - minute * MINUTE) return end - left;
    left -= end - minute * MINUTE;
  }
  return null;
}

export interface NaiveOutcome {
  state: string;
  due: number | null;
  elapsedMs: number;
  breachedAt: number | null;
  breachEvents: number;
}

interface Naive {
  name: string;
  phase: 'idle' | 'on' | 'off';
  paused: boolean;
  target: number | null;
  elapsed: number;
  counted: [number, number][];
  due: number | null;
  breachedAt: number | null;
  breachEvents: number;
}

export interface Scene {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly events: readonly Happening[];
  readonly now: number;
  /** Bounds the look into the future. */
  readonly until: number;
}

/** The clocks of a history, by living through it minute by minute. */
export const live = (scene: Scene) =>
  Object.fromEntries(Object.keys(scene.policy.targets).map((name) => [name, liveOne(name, scene)]));

function liveOne(name: string, { policy, calendar: first, events, now, until }: Scene) {
  const applies = policy.pauseAppliesTo === undefined || policy.pauseAppliesTo.includes(name as never);
  const clock: Naive = {
    name,
    phase: 'idle',
    paused: false,
    target: null,
    elapsed: 0,
    counted: [],
    due: null,
    breachedAt: null,
    breachEvents: 0,
  };
  let calendar = first;
  let priority: string | undefined;
  let stage: 'none' | 'live' | 'resolved' = 'none';
  let at = 0;
  let dueAtStop: number | null = null;

  const targetNow = (): number | null => {
    const target = (policy.targets as Record<string, number | Record<string, number>>)[name];
    return typeof target === 'object' ? (target[priority ?? ''] ?? null) : (target ?? null);
  };
  const breach = (when: number) => {
    clock.breachedAt = when;
    clock.breachEvents += 1;
  };
  const begin = () => {
    Object.assign(clock, {
      phase: 'on',
      paused: caseIsPaused && applies,
      elapsed: 0,
      counted: [],
      due: null,
      breachedAt: null,
    });
    clock.target = targetNow();
  };
  /** After anything that may have made it over at once. */
  const check = () => {
    if (clock.phase === 'on' && clock.target === null && clock.breachedAt === null) clock.due = null;
    if (clock.phase !== 'on' || clock.paused || clock.target === null) return;
    if (clock.breachedAt === null && clock.elapsed < clock.target) clock.due = null;
    if (clock.due === null && clock.elapsed >= clock.target) clock.due = at;
    if (clock.breachedAt === null && clock.elapsed > clock.target) breach(at);
  };
  const stop = () => {
    if (clock.phase !== 'on') return;
    clock.phase = 'off';
    dueAtStop = null;
    clock.paused = false;
    if (clock.target === null) return;
    if (clock.breachedAt === null && clock.elapsed > clock.target) breach(at);
    if (clock.elapsed >= clock.target) clock.due ??= at;
    dueAtStop = clock.due ?? dueAfter(calendar, at, clock.target - clock.elapsed, until);
  };
  const pass = (to: number) => {
    const counting = clock.phase === 'on' && !clock.paused;
    if (counting && at < to) clock.counted.push([at, to]);
    for (let minute = minuteOf(at); counting && Math.max(at, minute * MINUTE) < to; minute += 1) {
      if (!isMinuteOpen(calendar, minute)) continue;
      const from = Math.max(at, minute * MINUTE);
      const before = clock.elapsed;
      clock.elapsed += Math.min(to, (minute + 1) * MINUTE) - from;
      if (clock.target === null) continue;
      if (clock.due === null && clock.elapsed >= clock.target) clock.due = from + clock.target - before;
      if (clock.breachedAt === null && clock.elapsed > clock.target) breach(from + clock.target - before);
    }
    at = Math.max(at, to);
  };

  let caseIsPaused = false;
  const ordered = events
    .map((event, index) => ({ event, index }))
    .filter(({ event }) => event.at <= now)
    .sort((a, b) => a.event.at - b.event.at || a.index - b.index);
  for (const { event } of ordered) {
    if (stage === 'none') at = event.at;
    pass(event.at);
    if (event.type === 'calendar') {
      calendar = event.calendar;
      if (policy.calendarEdit === 'retroactive' && clock.phase === 'on') {
        clock.elapsed = clock.counted.reduce((sum, [a, b]) => sum + openMsBetween(calendar, a, b), 0);
      }
      check();
      continue;
    }
    if (event.type === 'created' && stage === 'none') {
      stage = 'live';
      priority = event.priority ?? undefined;
      caseIsPaused = event.paused ?? false;
      if (name !== 'next_response') begin();
      continue;
    }
    if (stage === 'none') continue;
    if (event.type === 'priority') {
      const changed = priority !== event.priority;
      priority = event.priority;
      if (clock.phase === 'on') {
        clock.target = targetNow();
        if (policy.onPriorityChange === 'restart' && changed && clock.target !== null) {
          Object.assign(clock, { elapsed: 0, counted: [], due: null, breachedAt: null });
        }
        check();
      }
    }
    if (event.type === 'reopen' && stage === 'resolved') {
      stage = 'live';
      caseIsPaused = false;
      if (name === 'resolution') {
        if (policy.onReopen === 'restart') begin();
        clock.phase = 'on';
        clock.target = targetNow();
        check();
      }
    }
    if (stage !== 'live') continue;
    if (event.type === 'pause') caseIsPaused = true;
    if (event.type === 'resume') caseIsPaused = false;
    if (event.type === 'pause' && applies && clock.phase === 'on') clock.paused = true;
    if (event.type === 'resume' && applies && clock.phase === 'on') {
      clock.paused = false;
      check();
    }
    if (event.type === 'respond' && name !== 'resolution') stop();
    if (event.type === 'customer_reply' && name === 'next_response' && clock.phase !== 'on') begin();
    if (event.type === 'resolve') {
      stop();
      stage = 'resolved';
      caseIsPaused = false;
    }
  }
  if (stage !== 'none') pass(now);

  const cancelled = clock.phase !== 'idle' && clock.target === null;
  const state = () => {
    if (clock.breachedAt !== null) return 'breached';
    if (clock.phase === 'idle') return 'idle';
    if (cancelled) return 'cancelled';
    if (clock.phase === 'off') return 'met';
    return clock.paused ? 'paused' : 'running';
  };
  const ahead = (): number | null => {
    if (clock.phase === 'idle' || cancelled || clock.paused) return null;
    if (clock.phase === 'off') return dueAtStop;
    if (clock.due !== null) return clock.due;
    return dueAfter(calendar, now, (clock.target ?? 0) - clock.elapsed, until);
  };
  const { elapsed: elapsedMs, breachedAt, breachEvents } = clock;
  return { state: state(), due: ahead(), elapsedMs, breachedAt, breachEvents } satisfies NaiveOutcome;
}
