import { z } from 'zod';
import { block, line, listOf, oneOf, oneOrMany } from './deskWords';
import { type Duration, duration } from './durations';

// What may stand in the desk file about single clocks: targets, tiers, clients, and when clocks stand still.

/** `4h`, or `{ within: 4h, hours: 24x7 }` for a clock with a calendar of its own; `none`: nothing is promised. */
export interface TargetWords {
  readonly within: Duration | null;
  /** The name of a calendar. */
  readonly hours: string | null;
}

const withHours = block({ within: duration, hours: line.optional() });

/** Not a union: that would answer a slip in one form with a complaint about the other. */
export const target = z.any().transform((written: unknown, context): TargetWords => {
  if (written === 'none') return { within: null, hours: null };
  const isBlock = typeof written === 'object' && written !== null && !Array.isArray(written);
  const read = isBlock ? withHours.safeParse(written) : duration.safeParse(written);
  if (!read.success) {
    for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path: [...path] });
    return z.NEVER;
  }
  if ('within' in read.data) return { within: read.data.within, hours: read.data.hours ?? null };
  return { within: read.data, hours: null };
});

/** A target that every priority has. */
export const givenTarget = target.refine(
  ({ within }) => within !== null,
  'must be a length of time such as 4h; every priority promises this one',
);

const CLOCKS = {
  triage: target.optional(),
  first_response: target.optional(),
  next_response: target.optional(),
  update_every: target.optional(),
  resolution: target.optional(),
};
export type ClockWords = { readonly [Clock in keyof typeof CLOCKS]?: TargetWords | undefined };

const PRIORITIES_FORM = 'must be blocks by priority, such as P1: { resolution: 2h }';
const TERMS = {
  /** The name of a calendar for all of its clocks. */
  hours: line.optional(),
  priorities: z
    .record(line, block({ hours: line.optional(), ...CLOCKS }, PRIORITIES_FORM), { error: PRIORITIES_FORM })
    .default({}),
};
const client = block({ name: line, tier: line.optional(), ...TERMS });

const statuses = oneOrMany(oneOf(['new', 'triaged', 'in progress', 'awaiting client']), '[awaiting client]');
const pauses = block({
  triage: statuses.default([]),
  first_response: statuses.default([]),
  next_response: statuses.default([]),
  update: statuses.prefault(['awaiting client']),
  resolution: statuses.prefault(['awaiting client']),
});

/** Keys of `sla:`. */
export const termsKeys = {
  tiers: z
    .record(line, block(TERMS), {
      error: 'must be tiers by name, such as gold: { priorities: { P1: { resolution: 2h } } }',
    })
    .default({}),
  clients: listOf(client, '[ { name: Globex, tier: gold } ]').default([]),
  pauses: pauses.prefault({}),
  grace_after_opening: duration.optional(),
  on_priority_change: oneOf(['keep_elapsed', 'restart']).default('keep_elapsed'),
  on_reopen: oneOf(['resume', 'restart']).default('resume'),
};
const termsShape = z.object(termsKeys);
export type TermsWords = z.infer<typeof termsShape>;
/** What a tier or a client is promised. */
export type DealWords = TermsWords['tiers'][string];
