import type { Instant } from '../ids';
import {
  advance,
  type Clock,
  type ClockName,
  type ClockState,
  dueOf,
  elapsed,
  idleClock,
  pauseClock,
  remaining,
  reopenClock,
  restartClock,
  resumeClock,
  retarget,
  stateOf,
  stopClock,
} from './clock';
import type { Calendar } from './hours';

/** One promise as data: target in ms, one for all priorities or one for each. */
export type Target = number | Readonly<Record<string, number>>;

export interface Policy {
  readonly targets: Partial<Record<ClockName, Target>>;
  /** Which clocks wait for the client; all when left out. */
  readonly pauseAppliesTo?: readonly ClockName[];
  readonly onPriorityChange?: 'keep_elapsed' | 'restart';
  readonly onReopen?: 'resume' | 'restart';
  readonly calendarEdit?: 'prospective' | 'retroactive';
}

export type Happening = { readonly at: Instant } & (
  | { readonly type: 'created'; readonly priority?: string | null; readonly paused?: boolean; readonly by?: string }
  | { readonly type: 'priority'; readonly priority: string }
  | { readonly type: 'calendar'; readonly calendar: Calendar }
  | { readonly type: 'pause' | 'resume' | 'respond' | 'customer_reply' | 'resolve' | 'reopen' | 'tick' }
);

export interface Outcome {
  readonly state: ClockState;
  readonly due: Instant | null;
  readonly elapsedMs: number;
  readonly remainingMs: number;
  readonly breachedAt: Instant | null;
  /** How often a breach was told: once a cycle at most. */
  readonly breachEvents: number;
}

interface Story {
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly priority: string | undefined;
  readonly stage: 'unborn' | 'live' | 'resolved';
  readonly paused: boolean;
  readonly clocks: readonly Clock[];
  readonly breaches: Readonly<Record<ClockName, number>>;
}

/** The clocks of a case told as events, in any order, and looked at `now`: the same clock code that serves live cases. */
export function replay(
  policy: Policy,
  calendar: Calendar,
  happenings: readonly Happening[],
  now: Instant,
): Partial<Record<ClockName, Outcome>> {
  const clocks = namesOf(policy).map((name) => idleClock(name, 0, calendar));
  const blank: Story = {
    policy,
    calendar,
    priority: undefined,
    stage: 'unborn',
    paused: false,
    clocks,
    breaches: NONE,
  };
  const past = happenings.filter((it) => it.at <= now).sort((a, b) => a.at - b.at);
  const end = looked(
    past.reduce((story, it) => told(looked(story, it.at), it), blank),
    now,
  );
  return Object.fromEntries(end.clocks.map((clock) => [clock.name, outcomeOf(clock, end, now)]));
}

const NONE: Story['breaches'] = { first_response: 0, resolution: 0, triage: 0, next_response: 0, update: 0 };

const namesOf = (policy: Policy): readonly ClockName[] => Object.keys(policy.targets) as ClockName[];

function outcomeOf(clock: Clock, end: Story, now: Instant): Outcome {
  return {
    state: stateOf(clock, end.calendar, now),
    due: dueOf(clock, end.calendar),
    elapsedMs: elapsed(clock, end.calendar, now),
    remainingMs: remaining(clock, end.calendar, now),
    breachedAt: clock.breachedAt,
    breachEvents: end.breaches[clock.name],
  };
}

/** Lets the clocks say what has come by `at`, and counts the breaches they tell. */
function looked(story: Story, at: Instant): Story {
  const breaches = { ...story.breaches };
  const clocks = story.clocks.map((clock) => {
    const { clock: next, facts } = advance(clock, story.calendar, at, []);
    breaches[clock.name] += facts.length;
    return next;
  });
  return { ...story, clocks, breaches };
}

type Step = (clock: Clock) => Clock;

const each = (story: Story, names: readonly ClockName[], step: Step): Story => ({
  ...story,
  clocks: story.clocks.map((clock) => (names.includes(clock.name) ? step(clock) : clock)),
});

const pausable = (policy: Policy): readonly ClockName[] => policy.pauseAppliesTo ?? namesOf(policy);

function told(story: Story, it: Happening): Story {
  if (it.type === 'created') return story.stage === 'unborn' ? created(story, it) : story;
  if (it.type === 'calendar') return recalendared(story, it.calendar, it.at);
  if (story.stage === 'unborn') return story;
  if (it.type === 'reopen') return story.stage === 'resolved' ? reopened(story, it.at) : story;
  if (it.type === 'priority') return prioritised(story, it.priority, it.at);
  return story.stage === 'live' ? worked(story, it.type, it.at) : story;
}

type Work = Exclude<Happening['type'], 'created' | 'calendar' | 'reopen' | 'priority'>;

/** What happens to a case that is being worked on. */
function worked(story: Story, type: Work, at: Instant): Story {
  const { calendar, policy } = story;
  const stop: Step = (clock) => stopClock(clock, calendar, at);
  switch (type) {
    case 'pause':
      return { ...each(story, pausable(policy), (clock) => pauseClock(clock, calendar, at)), paused: true };
    case 'resume':
      return { ...each(story, pausable(policy), (clock) => resumeClock(clock, calendar, at)), paused: false };
    case 'respond':
      return each(story, ['first_response', 'next_response'], stop);
    case 'customer_reply':
      return asked(story, at);
    case 'resolve':
      return { ...each(story, namesOf(policy), stop), stage: 'resolved', paused: false };
    case 'tick':
      return story;
  }
}

/** A case that staff open is their first word to the client, so that clock is met at once. */
function created(story: Story, it: Extract<Happening, { type: 'created' }>): Story {
  const born: Story = { ...story, priority: it.priority ?? undefined, paused: it.paused ?? false, stage: 'live' };
  const live = each(born, ['first_response', 'resolution', 'triage'], (clock) => started(clock, born, it.at));
  return it.by === 'agent' || it.by === 'staff' ? worked(live, 'respond', it.at) : live;
}

/** A new cycle of a clock, with the target of the priority in force, paused when the case is. */
function started(clock: Clock, story: Story, at: Instant): Clock {
  const running = targeted(restartClock(clock, story.calendar, at), story, at);
  return story.paused && pausable(story.policy).includes(clock.name)
    ? pauseClock(running, story.calendar, at)
    : running;
}

/** The first unanswered word of the client starts the clock; later ones do not move it. */
function asked(story: Story, at: Instant): Story {
  return each(story, ['next_response'], (clock) =>
    clock.state === 'idle' || clock.state === 'stopped' ? started(clock, story, at) : clock,
  );
}

function reopened(story: Story, at: Instant): Story {
  const live: Story = { ...story, stage: 'live', paused: false };
  if (story.policy.onReopen === 'restart') return each(live, ['resolution'], (clock) => started(clock, live, at));
  return each(live, ['resolution'], (clock) => targeted(reopenClock(clock, story.calendar, at), live, at));
}

function prioritised(story: Story, priority: string, at: Instant): Story {
  const next: Story = { ...story, priority };
  const restart = story.policy.onPriorityChange === 'restart' && priority !== story.priority;
  return each(next, namesOf(story.policy), (clock) => {
    const moved = targeted(clock, next, at);
    return restart && (moved.state === 'running' || moved.state === 'paused')
      ? restartClock(moved, story.calendar, at)
      : moved;
  });
}

/** Gives a clock the target of the priority in force; without one nothing is promised. */
function targeted(clock: Clock, story: Story, at: Instant): Clock {
  const targetMs = targetMsOf(clock.name, story);
  return retarget(clock, { targetMs, oldCalendar: story.calendar, calendar: story.calendar }, at);
}

function targetMsOf(name: ClockName, story: Story): number | null {
  const target = story.policy.targets[name];
  if (typeof target === 'number') return target;
  return (story.priority === undefined ? undefined : target?.[story.priority]) ?? null;
}

function recalendared(story: Story, calendar: Calendar, at: Instant): Story {
  const recount = story.policy.calendarEdit === 'retroactive';
  const clocks = story.clocks.map((clock) =>
    retarget(clock, { targetMs: targetMsOf(clock.name, story), oldCalendar: story.calendar, calendar, recount }, at),
  );
  return { ...story, calendar, clocks };
}
