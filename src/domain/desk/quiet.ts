import { DAY_MS, type Instant, type PersonId } from '../ids';
import { segments } from '../sla/segments';
import { isOpen } from '../sla/walk';
import { type Desk, personOf } from './desk';

/** Quiet time is said for each day, so its end lies within two, whatever the clocks on the wall do. */
const LOOK_AHEAD_MS = 2 * DAY_MS;

/** When the person's quiet time that `at` lies in ends; null when it lies in none. */
export function quietUntil(desk: Desk, person: PersonId, at: Instant): Instant | null {
  const quiet = personOf(desk, person)?.quiet;
  if (quiet === undefined || !isOpen(quiet, at)) return null;
  const end = segments(quiet, at, (at + LOOK_AHEAD_MS) as Instant).find((segment) => !segment.open);
  return end?.from ?? null;
}
