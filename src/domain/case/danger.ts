/**
 * What a warning is about and how it stands: still at risk, breached, or over and by whose doing. Told from the journal and
 * the case as they are now, so that a warning which was given once can say later that the danger has passed.
 */
import type { Desk } from '../desk/desk';
import type { Instant } from '../ids';
import type { Calendar } from '../sla/calendar';
import { type Clock, type ClockName, dueOf, remaining, stateOf, warnAtOf } from '../sla/clock';
import { calendarInForce } from '../sla/kept';
import type { Case, CasePromise, Party } from './case';
import type { CaseEvent, Recorded } from './events';

/** One clock in one of its cycles, or one promise to the client. */
export type Subject =
  | { readonly kind: 'clock'; readonly clock: ClockName; readonly cycle: number }
  | { readonly kind: 'promise'; readonly promise: string };

/** The newest thing that was warned of. */
export interface Alarm {
  readonly breached: boolean;
  /** `75 %`, `30 min before`; `breached` for a breach. */
  readonly mark: string;
  /** The true instant, and the one at which it was written down. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly version: number;
}

/** How a danger ended: in time, too late, for as long as the clock stands still, by a new target, or because nothing is promised any more. */
export type EndingKind = 'met' | 'late' | 'paused' | 'moved' | 'dropped';
export interface Ending {
  readonly kind: EndingKind;
  readonly by: Party;
  readonly at: Instant;
}

export interface Danger {
  readonly about: Subject;
  readonly last: Alarm;
  readonly breached: boolean;
  /** Null while the clock is paused. */
  readonly dueAt: Instant | null;
  /** What is left, in open time of the clock; below nought what it is over. */
  readonly leftMs: number;
  /** Null while the danger stands. */
  readonly ended: Ending | null;
}

const CLOCK = /^([a-z_]+):(\d+)$/;
const PROMISE = 'promise:';

/** `resolution:1` or `promise:p2`: how a posting names what it is about. */
export const subjectKey = (about: Subject): string =>
  about.kind === 'clock' ? `${about.clock}:${about.cycle}` : `${PROMISE}${about.promise}`;

export function subjectOf(key: string): Subject | null {
  if (key.startsWith(PROMISE)) return { kind: 'promise', promise: key.slice(PROMISE.length) };
  const [, clock, cycle] = CLOCK.exec(key) ?? [];
  return clock === undefined ? null : { kind: 'clock', clock: clock as ClockName, cycle: Number(cycle) };
}

type AlarmEvent = Extract<CaseEvent, { type: 'SlaWarned' | 'SlaBreached' | 'PromiseWarned' | 'PromiseBroken' }>;

export const isAlarm = (event: CaseEvent): event is AlarmEvent =>
  event.type === 'SlaWarned' ||
  event.type === 'SlaBreached' ||
  event.type === 'PromiseWarned' ||
  event.type === 'PromiseBroken';

/** What an alarm is about; `clocks` are those of the case when it was written down, since they know their cycle. */
export function aboutOf(event: AlarmEvent, clocks: readonly Clock[]): Subject {
  if (event.type === 'PromiseWarned' || event.type === 'PromiseBroken')
    return { kind: 'promise', promise: event.promise };
  const cycle = clocks.find((clock) => clock.name === event.clock)?.cycle ?? 1;
  return { kind: 'clock', clock: event.clock, cycle };
}

/** The mark as postings and people name it. */
export const markOf = (event: AlarmEvent): string =>
  event.type === 'SlaWarned' ? event.mark : event.type === 'PromiseWarned' ? 'at risk' : 'breached';

export interface Now {
  readonly desk: Desk;
  readonly at: Instant;
}

/** Null when nothing was ever warned of about it. */
export function dangerOf(it: Case, journal: readonly Recorded[], about: Subject, now: Now): Danger | null {
  return about.kind === 'clock' ? clockDanger(it, journal, about, now) : promiseDanger(it, journal, about.promise, now);
}

/** Everything that was ever warned of on the case, each once. */
export function dangersOf(it: Case, journal: readonly Recorded[], now: Now): readonly Danger[] {
  let clocks: readonly Clock[] = [];
  const abouts = new Map<string, Subject>();
  for (const { event } of journal) {
    if (event.type === 'ClocksMoved') clocks = event.clocks;
    if (isAlarm(event)) {
      const about = aboutOf(event, clocks);
      abouts.set(subjectKey(about), about);
    }
  }
  return [...abouts.values()].map((about) => dangerOf(it, journal, about, now)).filter((danger) => danger !== null);
}

type ClockSubject = Extract<Subject, { kind: 'clock' }>;

function clockDanger(it: Case, journal: readonly Recorded[], about: ClockSubject, now: Now): Danger | null {
  const told = storyOf(journal, about);
  const current = it.clocks.find((clock) => clock.name === about.clock);
  const clock = current?.cycle === about.cycle ? current : told.clock;
  if (told.last === null || clock === null || current === undefined) return null;
  const restarted = current.cycle !== about.cycle;
  const touched = told.ended ?? { by: { kind: 'system' }, at: told.last.recordedAt };
  const until = clock.state === 'stopped' ? clock.since : restarted ? touched.at : now.at;
  const calendar = calendarInForce(it, now.desk, clock.calendar);
  const breached = stateOf(clock, calendar, until) === 'breached';
  const over = breached ? 'late' : 'met';
  const kind = restarted ? over : endingOf(clock, calendar, { breached, ...now });
  return {
    about,
    last: told.last,
    breached,
    dueAt: dueOf(clock, calendar),
    leftMs: remaining(clock, calendar, until),
    ended: kind === null ? null : { kind, ...touched },
  };
}

/** Null while the danger stands. */
function endingOf(
  clock: Clock,
  calendar: Calendar,
  { breached, desk, at }: Now & { readonly breached: boolean },
): EndingKind | null {
  if (clock.state === 'stopped') return !clock.promised ? 'dropped' : breached ? 'late' : 'met';
  if (clock.state === 'paused') return 'paused';
  if (clock.state !== 'running') return 'dropped';
  // More time was given after the breach: it stays on the record, but nothing is over any more.
  if (breached) return remaining(clock, calendar, at) > 0 ? 'moved' : null;
  const passed = desk.warnAt.some((mark) => (warnAtOf(clock, calendar, mark) ?? at + 1) <= at);
  return passed ? null : 'moved';
}

interface Story {
  readonly last: Alarm | null;
  /** The clock as the journal last knew it in this cycle. */
  readonly clock: Clock | null;
  /** Who last did something to the clock after the warning, and when; a restart is the last that counts. */
  readonly ended: Omit<Ending, 'kind'> | null;
  readonly restarted: boolean;
}

function storyOf(journal: readonly Recorded[], about: ClockSubject): Story {
  let clocks: readonly Clock[] = [];
  let story: Story = { last: null, clock: null, ended: null, restarted: false };
  for (const { event, at, by, version } of journal) {
    if (event.type === 'ClocksMoved') {
      clocks = event.clocks;
      const touched = event.moved.some((move) => move.clock === about.clock);
      story = touchedBy(
        story,
        clocks.find((clock) => clock.name === about.clock),
        about,
        touched ? { by, at } : null,
      );
    }
    if (isAlarm(event) && isAbout(aboutOf(event, clocks), about))
      story = { ...story, last: alarmOf(event, { at, version }), ended: null };
  }
  return story;
}

function touchedBy(
  story: Story,
  clock: Clock | undefined,
  about: ClockSubject,
  touch: Omit<Ending, 'kind'> | null,
): Story {
  if (clock === undefined || story.restarted) return story;
  if (clock.cycle === about.cycle) return { ...story, clock, ended: touch ?? story.ended };
  if (story.clock === null) return story;
  // A clock that was stopped ended then; one that was running ended by its restart.
  return { ...story, restarted: true, ended: story.clock.state === 'running' ? (touch ?? story.ended) : story.ended };
}

const isAbout = (one: Subject, other: Subject): boolean => subjectKey(one) === subjectKey(other);

function alarmOf(event: AlarmEvent, { at, version }: Pick<Recorded, 'at' | 'version'>): Alarm {
  const breached = event.type === 'SlaBreached' || event.type === 'PromiseBroken';
  return { breached, mark: markOf(event), at: event.at, recordedAt: at, version };
}

function promiseDanger(it: Case, journal: readonly Recorded[], id: string, now: Now): Danger | null {
  let promise: CasePromise | null = null;
  let last: Alarm | null = null;
  let ended: Ending | null = null;
  for (const { event, at, by, version } of journal) {
    if (event.type === 'PromiseMade' && event.promise.id === id) promise = event.promise;
    if ((event.type === 'PromiseWarned' || event.type === 'PromiseBroken') && event.promise === id)
      last = alarmOf(event, { at, version });
    if (event.type === 'PromiseKept' && event.promise === id) ended = { kind: 'met', by, at };
    if (event.type === 'PromiseDropped' && event.promise === id) ended = { kind: 'dropped', by, at };
    if (ended === null && last?.breached === true && isPublicWord(event)) ended = { kind: 'late', by, at };
  }
  if (promise === null || last === null) return null;
  return {
    about: { kind: 'promise', promise: id },
    last,
    breached: last.breached,
    dueAt: promise.dueAt,
    leftMs: promise.dueAt - (ended?.at ?? now.at),
    ended: ended ?? (it.promise?.id === id ? null : { kind: 'dropped', by: { kind: 'system' }, at: now.at }),
  };
}

/** The client has heard from the desk: what a broken promise waits for. */
function isPublicWord(event: CaseEvent): boolean {
  if (event.type === 'MessageHeard') return event.staff && event.audience === 'public';
  return event.type === 'ReplySent' || event.type === 'CaseResolved';
}
