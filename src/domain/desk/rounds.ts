import { DAY_MS, HOUR_MS, type Instant, later, MINUTE_MS } from '../ids';
import { minutesOfDay } from '../sla/localTime';
import { openBetween } from '../sla/walk';
import { calendarOf, type Desk } from './desk';
import { dateOf, instantOn, localDay } from './localDay';

/** Something that the desk wants told once a day: each person's list, how the day went, whether somebody is there when it counts. */
export interface Round {
  readonly kind: 'morning' | 'evening' | 'coverage';
  /** The local date that it belongs to. */
  readonly date: string;
  /** When it was to go out. */
  readonly at: Instant;
}

/** A round that could not go out in time goes out up to this long after, and is left out then: nobody wants the morning's list at night. */
export const LATE_MS = 2 * HOUR_MS;
/** When coverage is looked at on a desk without digests. */
const MORNING = '08:30';

/** The rounds whose time has come at `at` and is not long past, whether or not they went out already. */
export function roundsDue(desk: Desk, at: Instant): readonly Round[] {
  const today = localDay(desk.zone, at);
  return [today - 1, today]
    .flatMap((day) => roundsOn(desk, day))
    .filter((one) => one.at <= at && at < one.at + LATE_MS);
}

/** Digests go out on days on which the desk opens; coverage is looked at every day. */
function roundsOn(desk: Desk, day: number): readonly Round[] {
  const { digest } = desk;
  const round = (kind: Round['kind'], time: string): Round => ({
    kind,
    date: dateOf(day),
    at: timeOn(desk, day, time),
  });
  const coverage = round('coverage', digest?.morning ?? MORNING);
  if (digest === undefined || !opensOn(desk, day)) return [coverage];
  return [coverage, round('morning', digest.morning), round('evening', digest.evening)];
}

const timeOn = (desk: Desk, day: number, time: string): Instant => instantOn(desk.zone, day, minutesOfDay(time) ?? 0);

const opensOn = (desk: Desk, day: number): boolean =>
  openBetween(calendarOf(desk, 'desk'), instantOn(desk.zone, day, 0), instantOn(desk.zone, day + 1, 0)) > 0;

/** How far back the evening before is looked for: a desk may be closed over the holidays. */
const CLOSED_DAYS_MAX = 21;

/** What was due a moment ago is recorded by now; what is due this very second may not be. */
const SETTLED_MS = MINUTE_MS;

/**
 * What an evening's digest is about: everything since the one before, so that nights and closed days are told too.
 * `told`: until when the last account went that was sent; null: there was none yet.
 */
export function eveningSpan(
  desk: Desk,
  evening: Instant,
  told: Instant | null,
): { readonly from: Instant; readonly until: Instant } {
  const day = localDay(desk.zone, evening);
  const until = settled(evening);
  const longAgo = later(until, -CLOSED_DAYS_MAX * DAY_MS);
  if (told !== null) return { from: told > longAgo ? told : longAgo, until };
  for (let before = day - 1; before >= day - CLOSED_DAYS_MAX; before -= 1) {
    if (opensOn(desk, before)) return { from: settled(timeOn(desk, before, desk.digest?.evening ?? MORNING)), until };
  }
  return { from: longAgo, until };
}

const settled = (at: Instant): Instant => later(at, -SETTLED_MS);
