/** What the desk file leaves open: people whom nobody can reach, levels without anybody, hours that never come. Pure. */
import { calendarOf, type Desk, leadsOf, type Person, type PlatformName } from '../domain/desk/desk';
import { ableMembers } from '../domain/desk/turns';
import { DAY_MS, HOUR_MS, type Instant, later } from '../domain/ids';
import { addOpen, openBetween } from '../domain/sla/walk';
import { bad, type Finding, good, note } from './findings';

const NAMES: Readonly<Record<PlatformName, string>> = { slack: 'Slack', teams: 'Teams' };
const named = (platforms: readonly PlatformName[]): string =>
  platforms.map((platform) => NAMES[platform] ?? platform).join(' or ');

/** Can everybody who is counted on be reached? `connected`: the platforms of the settings. */
export function peopleFindings(desk: Desk, connected: readonly PlatformName[]): Finding[] {
  if (desk.people.length === 0)
    return [bad('Nobody is on the desk, so nobody can act on a case: add "people" to the desk file.')];
  return [...reachFindings(desk, connected), ...levelFindings(desk), ...leadFindings(desk, connected)];
}

function reachFindings({ people }: Desk, connected: readonly PlatformName[]): Finding[] {
  const isReached = ({ accounts }: Person): boolean => connected.some((platform) => accounts[platform] !== undefined);
  const lost = people.filter((person) => !isReached(person));
  if (lost.length === 0)
    return [good(`Everybody of the desk (${people.length}) has an account on ${named(connected)}.`)];
  return lost.map(({ id, name }) =>
    bad(`${name} has no account on ${named(connected)}: add ${connected.join(' or ')} to "${id}" in the desk file.`),
  );
}

function levelFindings(desk: Desk): Finding[] {
  if (desk.levels.length === 0)
    return [bad('The desk has no levels, so an escalation has nowhere to go: add "levels" to the desk file.')];
  const empty = desk.levels.filter((level) => ableMembers(desk, level).length === 0);
  if (empty.length === 0) return [good(`Each of the ${desk.levels.length} levels has somebody who can take a case.`)];
  return empty.map(({ name }) =>
    bad(`The level ${name} has nobody who can take a case: give it members who are agents, leads or admins.`),
  );
}

function leadFindings(desk: Desk, connected: readonly PlatformName[]): Finding[] {
  const leads = leadsOf(desk);
  const channels = connected.filter((platform) => desk.leads[platform] !== undefined);
  return [
    leads.length > 0
      ? good(`Leads and admins: ${leads.map(({ name }) => name).join(', ')}.`)
      : bad('Nobody is a lead or an admin, so a hand-over that nobody accepts ends nowhere: give somebody role: lead.'),
    channels.length > 0
      ? good(`Warnings go to the leads’ channel on ${channels.map((platform) => NAMES[platform]).join(' and ')}.`)
      : bad(
          `No leads’ channel on ${named(connected)}: nobody would see a warning; add channels.leads to the desk file.`,
        ),
  ];
}

const AHEAD_MS = 7 * DAY_MS;

/** Is somebody there when it counts, and does every promise come due? */
export function coverageFindings(desk: Desk, now: Instant): Finding[] {
  return [
    hoursFinding(desk, now),
    ...holidayFindings(desk, now),
    ...desk.priorities.map((it) => dueFinding(desk, it, now)),
  ];
}

function hoursFinding(desk: Desk, now: Instant): Finding {
  const openMs = openBetween(calendarOf(desk, 'desk'), now, later(now, AHEAD_MS));
  if (openMs === 0)
    return note('The desk is closed for the next 7 days: if that is not meant, mend desk.hours or desk.holidays.');
  if (openMs === AHEAD_MS) return good('The desk is open round the clock.');
  return good(`The desk is open ${Math.round(openMs / HOUR_MS)} of the next 168 hours (${desk.zone}).`);
}

function holidayFindings(desk: Desk, now: Instant): Finding[] {
  const { holidays, zone } = calendarOf(desk, 'desk');
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
  const isAlwaysOpen = openBetween(calendarOf(desk, 'desk'), now, later(now, AHEAD_MS)) === AHEAD_MS;
  if (isAlwaysOpen || holidays.some(({ date }) => date >= today)) return [];
  return [note('The desk file names no holiday from today on: the clocks will run on public holidays.')];
}

function dueFinding(desk: Desk, priority: Desk['priorities'][number], now: Instant): Finding {
  const calendar = calendarOf(desk, priority.calendar);
  const due = addOpen(calendar, now, priority.firstResponseMs);
  const resolved = addOpen(calendar, now, priority.resolutionMs);
  if (due === null || resolved === null)
    return bad(
      `${priority.name}: its calendar "${priority.calendar}" does not open any more, so nothing would ever be due; mend its hours.`,
    );
  return good(
    `${priority.name} (${priority.calendar}): opened now, a first response is due ${clockWords(due, desk.zone)}, a solution ${clockWords(resolved, desk.zone)}.`,
  );
}

function clockWords(at: Instant, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);
}
