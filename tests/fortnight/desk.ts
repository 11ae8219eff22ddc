/** The desk file of the fortnight, read as an operator's would be. */
import { readDesk } from '../../src/config/deskFile';
import type { Desk } from '../../src/domain/desk/desk';
import {
  ACCEPT_WITHIN_MIN,
  CATEGORIES,
  DAYS,
  FRONTLINE,
  HOLIDAY,
  type Member,
  membersAt,
  ON_HOLIDAY,
  ROTA,
  SPECIALISTS,
} from './roster';

const hour = (figure: number): string => `${String(figure > 24 ? figure - 24 : figure).padStart(2, '0')}:00`;
const hours = (days: readonly string[], from: number, until: number): string =>
  `{ ${days.map((day) => `${day}: "${hour(from)}-${hour(until)}"`).join(', ')} }`;

const personLine = ({ id, name, role, site, days, skills }: Member): string =>
  `  - { id: ${id}, name: ${name}, role: ${role}, slack: U0${id.toUpperCase()}, timezone: ${site.zone}, ` +
  `hours: ${hours(days, site.from, site.until)}, max_open: 12${skills === null ? '' : `, skills: [${skills.join(', ')}]`} }`;

const level = (name: string, members: readonly string[]): string =>
  `  - { name: ${name}, members: [${members.join(', ')}], accept_within: ${ACCEPT_WITHIN_MIN}m, route: load, claim: 15m }`;

function textAt(at: number): string {
  const members = membersAt(at);
  const able = (ids: readonly string[]): readonly string[] => ids.filter((id) => members.some((one) => one.id === id));
  const shifts = ROTA.map(
    ({ name, who, site, from, until }) =>
      `      - { name: ${name}, who: [${able(who).join(', ')}], timezone: ${site.zone}, hours: ${hours(DAYS, from, until)} }`,
  );
  return `
desk: { name: Fortnight, prefix: CASE, timezone: Etc/UTC, hours: 24x7, holidays: [${HOLIDAY}], categories: [${CATEGORIES.join(', ')}] }
people:
${members.map(personLine).join('\n')}
levels:
${level('Frontline', able(FRONTLINE))}
${level('Specialists', able(SPECIALISTS))}
channels:
  triage: { slack: C0TRIAGE }
  leads: { slack: C0LEADS }
  intake: [ { slack: C0SUPPORT, mode: ask } ]
priorities:
  P1: { label: Urgent, first_response: 1h, resolution: 8h, weight: 2, stale_after: 3h, on_breach: reassign, hours: 24x7 }
  P2: { label: Standard, first_response: 4h, resolution: 1d, stale_after: 12h, hours: 24x7 }
  P3: { label: Low, first_response: 1d, resolution: 5d, hours: 24x7 }
rota:
  triage:
    within: 15m
    overrides: { ${HOLIDAY}: { ${ON_HOLIDAY.shift}: ${ON_HOLIDAY.person} } }
    shifts:
${shifts.join('\n')}
`;
}

/** As it stands at `at`. Throws where the file would be refused. */
export function fortnightDesk(at: number): Desk {
  const read = readDesk(textAt(at), { path: 'fortnight.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}
