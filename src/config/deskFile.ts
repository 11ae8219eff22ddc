import type { z } from 'zod';
import type { Desk, IntakeChannel, Level, Person, Priority, WarningMark } from '../domain/desk/desk';
import { DAY_MS, personId, priorityName } from '../domain/ids';
import { ALWAYS, type Calendar, meanOpenDayMs } from '../domain/sla/calendar';
import { deskIssues, pathWords } from './deskChecks';
import { withHolidayFiles } from './deskHolidays';
import { triageRotaOf } from './deskRotaChecks';
import { type DeskWords, deskFile, type PriorityWords } from './deskSchema';
import { promised, slaRulesOf } from './deskSla';
import type { TargetWords } from './deskTerms';
import { calendarFrom, type MarkWords, quietFrom, ROUND_THE_CLOCK, shiftFrom } from './deskTimes';
import { type Issue, type Path, readYaml, type YamlFile } from './deskYaml';
import { durationMs } from './durations';
import type { ReadHolidays } from './holidayFile';

/** `problem` is one line: `desk.yaml:12: priorities.P1.first_response: what is wrong and how to mend it`. */
export type ReadDesk = { readonly desk: Desk } | { readonly problem: string };

const CATEGORIES = ['Technical', 'Billing', 'Delivery', 'General enquiry'];

export interface DeskSource {
  /** How the file is called in a problem. */
  readonly path: string;
  /** What paths in the file (`{ical: ./holidays.ics}`) are relative to; default: the folder of `path`. */
  readonly baseDir?: string;
  /** The holidays of a feed (`{ical: https://…}`), or what is wrong with it; absent: feeds count as without holidays. */
  readonly feeds?: (address: string) => ReadHolidays;
}

/** The desk that `text` describes. Reads the files of holidays that it names, and no feed: see `holidayFeeds`. */
export function readDesk(text: string, source: DeskSource): ReadDesk {
  const yaml = readYaml(text);
  if ('problem' in yaml) return { problem: `${source.path}:${yaml.line}: ${yaml.problem}` };
  const parsed = deskFile.safeParse(yaml.data);
  if (!parsed.success) return { problem: firstProblem(source.path, yaml, keysFirst(parsed.error.issues).map(issueOf)) };
  const { words, issues } = withHolidayFiles(parsed.data, source);
  const all = [...issues, ...deskIssues(words)];
  return all.length > 0 ? { problem: firstProblem(source.path, yaml, all) } : { desk: deskOf(words) };
}

/** The desk of a Baton without a desk file: three priorities, round the clock, nobody on it yet. */
export function defaultDesk(): Desk {
  return deskOf(deskFile.parse({}));
}

/** A typo in a key makes the key that was meant missing as well: the typo is what to tell. */
function keysFirst(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const isUnknownKey = (issue: z.core.$ZodIssue) => issue.code === 'unrecognized_keys';
  return [...issues.filter(isUnknownKey), ...issues.filter((issue) => !isUnknownKey(issue))];
}

function issueOf(issue: z.core.$ZodIssue): Issue {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return { path: [...path, issue.keys[0] ?? ''], message: issue.message };
  // A key that may not be called so carries what is wrong with it inside.
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return { path, message };
}

function firstProblem(path: string, yaml: YamlFile, issues: readonly Issue[]): string {
  const inOrder = issues
    .map((issue) => ({ ...issue, line: yaml.lineOf(issue.path) }))
    .sort((one, other) => one.line - other.line);
  const [first] = inOrder;
  if (first === undefined) throw new Error('A desk file is only refused for an issue.');
  const more = inOrder.length === 1 ? '' : ` (and ${inOrder.length - 1} more)`;
  return `${path}:${first.line}: ${where(first.path)}: ${first.message}${more}`;
}

const where = (path: Path): string => pathWords(path) || 'the file';

function deskOf(words: DeskWords): Desk {
  const zone = words.desk.timezone ?? 'Etc/UTC';
  const hours = calendarFrom('desk', words.desk, zone);
  const own = Object.entries(words.calendars).map(([name, it]) => [name, calendarFrom(name, it, zone)] as const);
  const calendars: Record<string, Calendar> = { desk: hours, [ROUND_THE_CLOCK]: ALWAYS, ...Object.fromEntries(own) };
  const dayMs = meanOpenDayMs(hours);
  const priorities = Object.entries(words.priorities).map(([name, it]) => priorityOf(name, it, calendars));
  const middle = priorities[Math.floor(priorities.length / 2)];
  if (middle === undefined) throw new Error('A desk has at least one priority; the schema demands it.');
  const triageRota = triageRotaOf(words);
  const closeAfter = words.desk.close_after ?? words.close_after ?? { count: 3, unit: 'd' };
  return {
    name: words.desk.name,
    prefix: words.desk.prefix,
    zone,
    calendars,
    people: words.people.map((one) => personOf(one, words.desk, zone)),
    levels: words.levels.map((level) => levelOf(level, dayMs)),
    triage: accountsOf(words.channels.triage),
    leads: accountsOf(words.channels.leads),
    intake: words.channels.intake.flatMap(intakeOf),
    priorities,
    categories: words.desk.categories ?? words.categories ?? CATEGORIES,
    emoji: words.emoji,
    warnAt: words.sla.warn_at.map((mark) => markOf(mark, dayMs)),
    resolutionStarts: words.sla.resolution_starts,
    untriaged: words.sla.untriaged === undefined ? middle.name : priorityName(words.sla.untriaged),
    closeAfterMs: durationMs(closeAfter, DAY_MS),
    sla: slaRulesOf(words, calendars),
    ...(words.sla.storm_over !== undefined && { stormOver: words.sla.storm_over }),
    ...(words.digest !== undefined && { digest: words.digest }),
    ...(triageRota !== null && { triageRota }),
  };
}

function personOf(words: DeskWords['people'][number], desk: DeskWords['desk'], zone: string): Person {
  const { id, name, role, email, timezone, skills, max_open: maxOpen } = words;
  const hours = shiftFrom(words, desk, zone);
  return {
    id: personId(id),
    name,
    role,
    email: email ?? null,
    zone: timezone ?? null,
    accounts: accountsOf(words),
    ...(hours !== null && { hours }),
    ...(skills !== undefined && { skills }),
    ...(maxOpen !== undefined && { maxOpen }),
    ...(words.quiet !== undefined && { quiet: quietFrom(words.quiet, timezone ?? zone) }),
  };
}

/** Slack's and Teams' entry of a block, those that are there. */
function accountsOf({ slack, teams }: { readonly slack?: string; readonly teams?: string }): Record<string, string> {
  return { ...(slack !== undefined && { slack }), ...(teams !== undefined && { teams }) };
}

function intakeOf({ mode, ...places }: DeskWords['channels']['intake'][number]): IntakeChannel[] {
  return Object.entries(accountsOf(places)).map(([platform, channel]) => ({ platform, channel, mode }));
}

function levelOf(words: DeskWords['levels'][number], dayMs: number): Level {
  const { name, members, accept_within: acceptWithin, remind_at: remindAt, route, claim } = words;
  return {
    name,
    members: members.map(personId),
    acceptWithinMs: durationMs(acceptWithin, dayMs),
    ...(remindAt !== undefined && { remindAt: remindAt.map((mark) => markOf(mark, dayMs)) }),
    ...(route !== 'rotate' && { route }),
    ...(claim !== undefined && { claimMs: durationMs(claim, DAY_MS) }),
  };
}

function priorityOf(name: string, words: PriorityWords, calendars: Readonly<Record<string, Calendar>>): Priority {
  const targetMs = (target: TargetWords): number | null =>
    promised(target, (hours) => meanOpenDayMs(calendars[hours ?? words.hours] ?? ALWAYS)).ms;
  return {
    name: priorityName(name),
    label: words.label ?? name,
    emoji: words.emoji,
    firstResponseMs: targetMs(words.first_response) ?? 0,
    resolutionMs: targetMs(words.resolution) ?? 0,
    when: words.when,
    updateEveryMs: words.update_every === undefined ? null : targetMs(words.update_every),
    ...(words.stale_after !== undefined && {
      staleAfterMs: durationMs(words.stale_after, meanOpenDayMs(calendars[words.hours] ?? ALWAYS)),
    }),
    ...(words.on_breach !== 'warn' && { onBreach: words.on_breach }),
    calendar: words.hours,
    ...(words.weight !== undefined && { weight: words.weight }),
  };
}

function markOf(words: MarkWords, dayMs: number): WarningMark {
  return words.kind === 'share' ? words : { kind: 'before', ms: durationMs(words.duration, dayMs) };
}
