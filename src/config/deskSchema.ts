import { z } from 'zod';
import { capacityKeys, rotaBlock, routeKeys, weightKeys } from './deskRota';
import { givenTarget, target, termsKeys } from './deskTerms';
import { calendarKeys, quietWindows, ROUND_THE_CLOCK, timeOfDayWord, warningMark } from './deskTimes';
import { block, emoji, line, listOf, oneOf, oneOrMany, platformId } from './deskWords';
import { duration } from './durations';

// What may stand in a desk file, key by key. What one part says about another is checked in deskChecks.

const PLATFORMS = { slack: platformId.optional(), teams: platformId.optional() };
/** Read in `desk:` and, for those who look for them there, at the top. */
const CASES = {
  close_after: duration.optional(),
  categories: listOf(line, '[Technical, Billing]').min(1, 'must name at least one category').optional(),
};

const desk = block({
  name: line.default('Support desk'),
  prefix: line
    .regex(/^[A-Za-z][A-Za-z0-9]{0,9}$/, 'must be 1 to 10 letters and figures beginning with a letter, such as CASE')
    .toUpperCase()
    .default('CASE'),
  ...calendarKeys,
  ...CASES,
});

const person = block({
  id: line.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters and figures without white space, such as alice'),
  name: line,
  email: line.regex(/^[^\s@]+@[^\s@]+$/, 'is not a mail address').optional(),
  timezone: calendarKeys.timezone,
  role: oneOf(['agent', 'lead', 'admin', 'viewer']).default('agent'),
  /** When they work; the holidays of the desk are theirs too. */
  hours: calendarKeys.hours,
  /** When private messages wait, by the clock on their own wall, every day. */
  quiet: quietWindows.optional(),
  ...capacityKeys,
  ...PLATFORMS,
});

const level = block({
  name: line,
  members: listOf(line, '[alice, bob]').min(1, 'must name at least one person'),
  accept_within: duration.default({ count: 30, unit: 'm' }),
  /** When those who are asked are reminded within that time. */
  remind_at: oneOrMany(warningMark, '[50%, 5m before]', 'must hold at least one mark').optional(),
  ...routeKeys,
  /** The name of a calendar: for cases on this level whose priority keeps the desk's hours. */
  hours: line.optional(),
});

const intake = block({ ...PLATFORMS, mode: oneOf(['ask', 'auto', 'reaction']).default('ask') });

const channels = block({
  triage: block(PLATFORMS).prefault({}),
  leads: block(PLATFORMS).prefault({}),
  intake: listOf(intake, '[ { slack: C0SUPPORT, mode: ask } ]').default([]),
});

const priority = block({
  label: line.optional(),
  emoji: emoji.default([]),
  first_response: givenTarget,
  resolution: givenTarget,
  when: line.max(300).default(''),
  triage: target.optional(),
  next_response: target.optional(),
  update_every: target.optional(),
  /** An owned case that nobody touches for as long is asked about; on the priority's calendar. */
  stale_after: duration.optional(),
  /** What a breach brings about besides the warning. */
  on_breach: oneOf(['warn', 'raise', 'reassign']).default('warn'),
  ...weightKeys,
  /** The name of a calendar. */
  hours: line.default('desk'),
});
export type PriorityWords = z.infer<typeof priority>;

const PRIORITIES = {
  P1: {
    label: 'Urgent',
    emoji: ['red_circle', 'rotating_light'],
    first_response: '1h',
    resolution: '4h',
    when: 'The client cannot work',
    update_every: '2h',
    hours: ROUND_THE_CLOCK,
  },
  P2: {
    label: 'Standard',
    emoji: ['large_orange_circle'],
    first_response: '4h',
    resolution: '2d',
    when: 'The client is hindered but can work',
  },
  P3: { label: 'Low', emoji: ['large_blue_circle'], first_response: '1d', resolution: '5d', when: 'Everything else' },
};

const name = line.regex(/^[A-Za-z][A-Za-z0-9_-]{0,19}$/, 'must be a name that begins with a letter, such as P1');
const priorities = z
  .record(name, priority, {
    error: 'must be blocks by name, highest first, such as P1: { first_response: 1h, resolution: 4h }',
  })
  .refine((all) => Object.keys(all).length > 0, 'must hold at least one priority')
  .prefault(PRIORITIES);

const sla = block({
  warn_at: oneOrMany(warningMark, '[75%, 30m before]', 'must hold at least one mark').prefault(['75%']),
  resolution_starts: oneOf(['reported', 'in_progress']).default('reported'),
  untriaged: line.optional(),
  /** More warnings than this within a minute become one list. */
  storm_over: line
    .refine((written) => /^\d+$/.test(written) && Number(written) >= 1 && Number(written) <= 1000, {
      error: 'must be a whole number of warnings from 1 to 1000, such as 5',
    })
    .transform(Number)
    .optional(),
  ...termsKeys,
});

/** Once it stands there, both go out. */
const digest = block({
  morning: timeOfDayWord.default('08:30'),
  evening: timeOfDayWord.default('17:30'),
});

export const deskFile = block({
  desk: desk.prefault({}),
  calendars: z
    .record(name, block(calendarKeys), { error: 'must be calendars by name, such as support: { hours: 24x7 }' })
    .default({}),
  people: listOf(person, '[ { id: alice, name: Alice Anderson } ]').default([]),
  levels: listOf(level, '[ { name: Frontline, members: [alice] } ]').default([]),
  channels: channels.prefault({}),
  priorities,
  emoji: block({
    open: emoji.default(['ticket']),
    take: emoji.default(['eyes']),
    wait: emoji.default(['hourglass_flowing_sand']),
    resolve: emoji.default(['white_check_mark']),
  }).prefault({}),
  sla: sla.prefault({}),
  digest: digest.optional(),
  rota: rotaBlock.optional(),
  ...CASES,
});
/** The file as written, each part checked by itself. */
export type DeskWords = z.infer<typeof deskFile>;
