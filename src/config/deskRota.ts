import { z } from 'zod';
import { calendarKeys, date } from './deskTimes';
import { block, line, listOf, oneOf, oneOrMany } from './deskWords';
import { duration } from './durations';

// Who is next: the triage rota, and what a choice by load goes by.

const whole = (what: string) =>
  line
    .refine((written) => /^\d+$/.test(written) && Number(written) >= 1 && Number(written) <= 1000, {
      error: `must be a whole number of ${what} from 1 to 1000, such as 5`,
    })
    .transform(Number);

/** Of a person: what they know and how much they can hold. */
export const capacityKeys = {
  /** Categories; without the key they know all of them. */
  skills: listOf(line, '[Technical, Billing]').optional(),
  max_open: whole('cases').optional(),
};

/** Of a level: how the next person is found, and how long each has to take a case. */
export const routeKeys = {
  route: oneOf(['rotate', 'load']).default('rotate'),
  claim: duration.optional(),
};

/** Of a priority: what a case of it counts against `max_open`. */
export const weightKeys = { weight: whole('cases that one of it counts for').optional() };

/** How a date of the rota says that nobody does a shift. */
export const NOBODY = 'nobody';

const shift = block({
  name: line,
  who: oneOrMany(line, '[alice, bob]', 'must name at least one person; several do it a week each, in turn'),
  timezone: calendarKeys.timezone,
  hours: calendarKeys.hours.unwrap(),
});
const SHIFTS = '[ { name: Early, who: alice, hours: { mon: "08:00-16:00" } } ]';

/** Who triages when. */
export const rotaBlock = block({
  triage: block({
    shifts: listOf(shift, SHIFTS).min(1, `must name at least one shift, such as ${SHIFTS}`),
    /** Somebody else, or nobody, on one local date: `2026-12-24: { Early: bob }`. */
    overrides: z
      .record(date, z.record(line, line, { error: 'must be shifts with a person, such as { Early: bob }' }), {
        error: 'must be dates with their shifts, such as 2026-12-24: { Early: bob }',
      })
      .default({}),
    within: duration.default({ count: 15, unit: 'm' }),
  }),
});
