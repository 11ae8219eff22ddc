import { z } from 'zod';
import { type Instant, instant, MINUTE_MS, SECOND_MS } from './domain/ids';
import { type Calendar, calendarProblems } from './domain/sla/calendar';
import { breachAtOf, type Clock, dueOf, elapsed, pauseClock, resumeClock, startClock } from './domain/sla/clock';
import { type Happening, type Outcome, type Policy, replay } from './domain/sla/replay';
import { addOpen, latestWithin, openBetween } from './domain/sla/walk';

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'not an ISO 8601 time')
  .transform((text) => instant(Date.parse(text)));
const windows = z
  .array(z.tuple([z.string(), z.string()]))
  .transform((pairs) => pairs.map(([start, end]) => ({ start, end })));

const days = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: windows, sun: windows };
const calendar = z
  .object({
    tz: z.string(),
    weekly: z.object(days).partial(),
    holidays: z.array(z.string()).default([]),
    overrides: z.record(z.string(), windows).default({}),
    breaks: z.array(z.object({ date: z.string(), start: z.string(), end: z.string() })).default([]),
  })
  .transform(
    ({ tz, holidays, ...rest }): Calendar => ({
      name: 'vector',
      zone: tz,
      holidays: holidays.map((date) => ({ date, name: null })),
      ...rest,
    }),
  )
  .superRefine((it, context) => {
    // A calendar that never opens is answered "never", so only the form counts here.
    for (const message of calendarProblems(it)) {
      if (!message.includes('no open minute')) context.addIssue({ code: 'custom', message });
    }
  });

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    at: moment,
    priority: z.string().nullish(),
    paused: z.boolean().optional(),
    by: z.string().optional(),
  }),
  z.object({ type: z.literal('priority'), at: moment, priority: z.string() }),
  z.object({ type: z.literal('calendar'), at: moment, calendar }),
  z.object({ type: z.enum(['pause', 'resume', 'respond', 'customer_reply', 'resolve', 'reopen', 'tick']), at: moment }),
]) satisfies z.ZodType<Happening>;

const clockName = z.enum(['first_response', 'resolution', 'triage', 'next_response', 'update']);
// Fractions of minutes are seconds written to four places, so 0.3333 is twenty seconds and not 19,998 ms.
const inMs = z.number().transform((minutes) => Math.round((minutes * MINUTE_MS) / SECOND_MS) * SECOND_MS);
const policy = z.object({
  targets: z.partialRecord(clockName, z.union([inMs, z.record(z.string(), inMs)])),
  pauseAppliesTo: z.array(clockName).optional(),
  onPriorityChange: z.enum(['keep_elapsed', 'restart']).optional(),
  onReopen: z.enum(['resume', 'restart']).optional(),
  calendarEdit: z.enum(['prospective', 'retroactive']).optional(),
}) satisfies z.ZodType<Policy>;

const pauses = z.array(z.tuple([moment, moment])).default([]);
const common = { id: z.string(), calendar, expected: z.record(z.string(), z.unknown()) };
const vector = z.discriminatedUnion('op', [
  z.object({ ...common, op: z.literal('add'), input: z.object({ start: moment, minutes: inMs, pauses }) }),
  z.object({ ...common, op: z.literal('between'), input: z.object({ a: moment, b: moment, pauses }) }),
  z.object({ ...common, op: z.literal('sla'), policy, input: z.object({ events: z.array(event), now: moment }) }),
]);

export type Vector = z.infer<typeof vector>;

/** A vector that could not be read: it counts as one that differs. */
export interface Unread {
  readonly id: string;
  readonly problem: string;
}

/** The vectors of a file, or one sentence about what is wrong with it. */
export function parseVectors(text: string): readonly (Vector | Unread)[] | string {
  const parsed = z.object({ vectors: z.array(z.unknown()) }).safeParse(parseJson(text));
  if (!parsed.success) return 'it is not a JSON object with a list called "vectors"';
  return parsed.data.vectors.map((item, index) => {
    const one = vector.safeParse(item);
    if (one.success) return one.data;
    const issue = one.error.issues[0];
    const id = z.object({ id: z.string() }).safeParse(item).data?.id ?? `vector ${index + 1}`;
    return { id, problem: `not of the form: ${issue?.path.join('.')}: ${issue?.message}` };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What Baton answers to a vector, in the words of the file: minutes as numbers, times as ISO 8601 in UTC. */
function run(it: Vector): Readonly<Record<string, unknown>> {
  switch (it.op) {
    case 'add':
      return added(it.calendar, it.input);
    case 'between':
      return between(it.calendar, it.input);
    case 'sla': {
      const outcomes = replay(it.policy, it.calendar, it.input.events, it.input.now);
      return Object.fromEntries(Object.entries(outcomes).map(([name, outcome]) => [name, told(outcome)]));
    }
  }
}

type Pauses = readonly (readonly [from: Instant, to: Instant])[];

function added(hours: Calendar, input: { start: Instant; minutes: number; pauses: Pauses }) {
  const ms = input.minutes;
  if (ms <= 0) {
    const latest = ms < 0 ? null : latestWithin(hours, input.start, 0);
    return { due: iso(addOpen(hours, input.start, ms)), latest: iso(latest) };
  }
  const clock = pausing(startClock('resolution', ms, hours, input.start), hours, input.pauses);
  return { due: iso(dueOf(clock, hours)), latest: iso(breachAtOf(clock, hours)) };
}

function between(hours: Calendar, input: { a: Instant; b: Instant; pauses: Pauses }) {
  const { a, b, pauses: all } = input;
  if (all.length === 0) return { minutes: inMinutes(openBetween(hours, a, b)) };
  const within = all
    .filter(([from]) => from < b)
    .map(([from, to]): [Instant, Instant] => [from, instant(Math.min(to, b))]);
  return { minutes: inMinutes(elapsed(pausing(startClock('resolution', 0, hours, a), hours, within), hours, b)) };
}

/** The clock after pauses in any order, which may overlap and may begin before it does. */
function pausing(clock: Clock, hours: Calendar, all: Pauses): Clock {
  let now = clock;
  let free = clock.state === 'running' ? clock.since : instant(0);
  for (const [from, to] of [...all].sort((a, b) => a[0] - b[0])) {
    if (to <= free) continue;
    now = resumeClock(pauseClock(now, hours, instant(Math.max(from, free))), hours, to);
    free = to;
  }
  return now;
}

const told = (it: Outcome) => ({
  state: it.state,
  due: iso(it.due),
  elapsed: inMinutes(it.elapsedMs),
  remaining: inMinutes(it.remainingMs),
  breachedAt: iso(it.breachedAt),
  breachEvents: it.breachEvents,
});

const iso = (at: Instant | null): string | null =>
  at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
const inMinutes = (ms: number): number => Math.round((ms / MINUTE_MS) * 10_000) / 10_000;

/** What is wrong with the answer to a vector; nothing when it agrees. */
export const problemsOf = (it: Vector | Unread): string[] =>
  'problem' in it ? [it.problem] : differences(it.expected, run(it));

/** Where an answer departs from what is expected; only what the file states is compared. */
function differences(expected: Readonly<Record<string, unknown>>, answer: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(expected).flatMap(([key, want]) => {
    const got = answer[key];
    if (isRecord(want) && isRecord(got)) return differences(want, got).map((text) => `${key}.${text}`);
    return same(want, got) ? [] : [`${key} is ${JSON.stringify(got)}, expected ${JSON.stringify(want)}`];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function same(want: unknown, got: unknown): boolean {
  // The file rounds minutes to four places, so one unit of the fourth is no difference.
  if (typeof want === 'number' && typeof got === 'number') return Math.abs(want - got) < 0.000_15;
  if (typeof want === 'string' && typeof got === 'string' && want !== got) return Date.parse(want) === Date.parse(got);
  return want === got;
}
