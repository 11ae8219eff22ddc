import { DAY_MS } from '../domain/ids';
import { calendarProblems, meanOpenDayMs } from '../domain/sla/calendar';
import { rotaIssues } from './deskRotaChecks';
import type { DeskWords } from './deskSchema';
import { slaIssues } from './deskSlaChecks';
import { calendarFrom, quietFrom, ROUND_THE_CLOCK, shiftFrom } from './deskTimes';
import { unknownWord } from './deskWords';
import type { Issue, Path } from './deskYaml';

/** What one part of the file says about another and cannot be kept: nobody by that name, the same account twice. */
export function deskIssues(words: DeskWords): Issue[] {
  return [
    ...writtenTwice('person', peopleIds(words)),
    ...writtenTwice('account', accounts(words)),
    ...writtenTwice('mail address', mailAddresses(words)),
    ...writtenTwice(
      'level',
      words.levels.map((level, at) => [level.name, ['levels', at, 'name']]),
    ),
    ...unknownMembers(words),
    ...intakeIssues(words),
    ...calendarIssues(words),
    ...shiftIssues(words),
    ...priorityIssues(words),
    ...slaIssues(words),
    ...writtenTwice(
      'client',
      words.sla.clients.map(({ name }, at) => [name, ['sla', 'clients', at, 'name']]),
    ),
    ...writtenTwice('emoji', emojiUses(words)),
    ...quietIssues(words),
    ...rotaIssues(words),
    ...caseIssues(words),
  ];
}

/** A word and where it stands. */
type Use = readonly [word: string, path: Path];

/** Every use after the first one of the same word, in any case of letters. */
function writtenTwice(what: string, uses: readonly Use[]): Issue[] {
  const first = new Map<string, Path>();
  return uses.flatMap(([word, path]) => {
    const before = first.get(word.toLowerCase());
    if (before === undefined) first.set(word.toLowerCase(), path);
    return before === undefined
      ? []
      : [{ path, message: `${what} "${word}" is already taken by ${pathWords(before)}` }];
  });
}

/** `priorities.P1.emoji[0]`, as a person reads it. */
export function pathWords(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

const peopleIds = ({ people }: DeskWords): Use[] => people.map(({ id }, at) => [id, ['people', at, 'id']]);

const mailAddresses = ({ people }: DeskWords): Use[] =>
  people.flatMap(({ email }, at): Use[] => (email === undefined ? [] : [[email, ['people', at, 'email']]]));

/** Slack's and Teams' ids look nothing alike, so that one list of both will do. */
const accounts = ({ people }: DeskWords): Use[] =>
  people.flatMap(({ slack, teams }, at): Use[] => [
    ...(slack === undefined ? [] : [[slack, ['people', at, 'slack']] as const]),
    ...(teams === undefined ? [] : [[teams, ['people', at, 'teams']] as const]),
  ]);

function unknownMembers({ people, levels }: DeskWords): Issue[] {
  const known = people.map(({ id }) => id);
  return levels.flatMap(({ members }, at) => {
    const places = members.map((id, position): Use => [id, ['levels', at, 'members', position]]);
    const strangers = places.filter(([id]) => !known.includes(id));
    return [
      ...strangers.map(([id, path]) => ({ path, message: unknownWord(id, known, 'person') })),
      ...writtenTwice('member', places),
    ];
  });
}

function intakeIssues({ channels }: DeskWords): Issue[] {
  const uses: Use[] = [];
  const issues = channels.intake.flatMap(({ slack, teams }, at) => {
    const channel = slack ?? teams;
    if (channel !== undefined) uses.push([channel, ['channels', 'intake', at]]);
    const isOne = (slack === undefined) !== (teams === undefined);
    return isOne ? [] : [{ path: ['channels', 'intake', at], message: 'must name one channel, by slack or by teams' }];
  });
  return [...issues, ...writtenTwice('channel', uses)];
}

function calendarIssues({ desk, calendars }: DeskWords): Issue[] {
  const zone = desk.timezone ?? 'Etc/UTC';
  const own = Object.entries(calendars).flatMap(([name, words]) => {
    const path = ['calendars', name];
    const reserved =
      name.toLowerCase() === 'desk' ? [{ path, message: 'is the name of the hours in desk:; choose another' }] : [];
    return [...reserved, ...calendarProblems(calendarFrom(name, words, zone)).map((message) => ({ path, message }))];
  });
  const ofDesk = calendarProblems(calendarFrom('desk', desk, zone));
  return [...ofDesk.map((message) => ({ path: ['desk', 'hours'], message })), ...own];
}

/** Hours without an open minute: whoever never works should not be on the desk, or should not have the key. */
function shiftIssues({ desk, people }: DeskWords): Issue[] {
  return people.flatMap((person, at) => {
    const shift = shiftFrom(person, desk, desk.timezone ?? 'Etc/UTC');
    const problems = shift === null ? [] : calendarProblems({ ...shift, holidays: [] });
    return problems.map(() => ({
      path: ['people', at, 'hours'],
      message: 'has no open minute; name the days they work, such as mon: ["09:00-17:00"], or leave hours out',
    }));
  });
}

function priorityIssues({ priorities, calendars, sla }: DeskWords): Issue[] {
  const names = Object.keys(priorities);
  const known = ['desk', ROUND_THE_CLOCK, ...Object.keys(calendars)];
  const lost = Object.entries(priorities)
    .filter(([, { hours }]) => !known.includes(hours))
    .map(([name, { hours }]) => ({
      path: ['priorities', name, 'hours'],
      message: unknownWord(hours, known, 'calendar'),
    }));
  const untriaged =
    sla.untriaged === undefined || names.includes(sla.untriaged)
      ? []
      : [{ path: ['sla', 'untriaged'], message: unknownWord(sla.untriaged, names, 'priority') }];
  return [
    ...writtenTwice(
      'priority',
      names.map((name) => [name, ['priorities', name]]),
    ),
    ...lost,
    ...untriaged,
  ];
}

/** Somebody who is never to be told anything is not on the desk. */
const quietIssues = ({ people, desk }: DeskWords): Issue[] =>
  people.flatMap(({ quiet, timezone }, at) => {
    if (quiet === undefined) return [];
    const path: Path = ['people', at, 'quiet'];
    const calendar = quietFrom(quiet, timezone ?? desk.timezone ?? 'Etc/UTC');
    if (calendarProblems(calendar).length > 0) return [{ path, message: 'holds no minute; leave quiet out' }];
    const isAllDay = meanOpenDayMs(calendar) >= DAY_MS;
    return isAllDay ? [{ path, message: 'leaves no minute of the day in which they may be told anything' }] : [];
  });

/** An emoji has one meaning on the desk, be it a priority or a verb. */
function emojiUses({ priorities, emoji }: DeskWords): Use[] {
  const meanings: [Path, readonly string[]][] = [
    ...Object.entries(priorities).map(([name, it]): [Path, readonly string[]] => [
      ['priorities', name, 'emoji'],
      it.emoji,
    ]),
    ...Object.entries(emoji).map(([verb, names]): [Path, readonly string[]] => [['emoji', verb], names]),
  ];
  return meanings.flatMap(([path, names]) => names.map((name, at): Use => [name, [...path, at]]));
}

function caseIssues(words: DeskWords): Issue[] {
  const categories = words.desk.categories ?? words.categories ?? [];
  const base: Path = words.desk.categories === undefined ? ['categories'] : ['desk', 'categories'];
  const both = (['close_after', 'categories'] as const)
    .filter((key) => words[key] !== undefined && words.desk[key] !== undefined)
    .map((key) => ({ path: [key], message: `stands in desk: too; keep the one there` }));
  return [
    ...both,
    ...writtenTwice(
      'category',
      categories.map((name, at) => [name, [...base, at]]),
    ),
  ];
}
