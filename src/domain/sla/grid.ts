import type { Instant } from '../ids';
import { type Clock, remaining, restartClock, withExtra } from './clock';
import type { Calendar } from './hours';

/**
 * The client has heard: a new cycle of the update clock on the same grid, whose points lie `targetMs` of open time apart.
 * A word serves for the point that was due next, so the one after it counts; neither an early nor a late word moves the
 * grid, and of two words before the same point the second changes nothing.
 */
export function restartOnGrid(clock: Clock, calendar: Calendar, at: Instant): Clock {
  const step = clock.targetMs;
  return withExtra(restartClock(clock, calendar, at), untilNext(remaining(clock, calendar, at), step) - step);
}

/** Open ms until the point of the grid that counts after a word, with `left` until the one that was due. */
function untilNext(left: number, step: number): number {
  if (left >= step) return left;
  return left >= 0 ? left + step : step - (-left % step);
}
