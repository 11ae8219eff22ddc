import type { TriageRota } from '../domain/desk/desk';
import { DAY_MS, personId } from '../domain/ids';
import { calendarProblems } from '../domain/sla/calendar';
import { NOBODY } from './deskRota';
import type { DeskWords } from './deskSchema';
import { calendarFrom } from './deskTimes';
import { unknownWord } from './deskWords';
import type { Issue, Path } from './deskYaml';
import { durationMs } from './durations';

/** The triage rota that the file describes, or null. */
export function triageRotaOf({ rota, desk }: DeskWords): TriageRota | null {
  if (rota === undefined) return null;
  const { shifts, overrides, within } = rota.triage;
  const zone = desk.timezone ?? 'Etc/UTC';
  return {
    shifts: shifts.map(({ name, who, timezone, hours }) => ({
      name,
      who: who.map(personId),
      hours: calendarFrom(
        `shift ${name}`,
        { timezone, hours, holidays: desk.holidays, overrides: {}, breaks: {} },
        zone,
      ),
    })),
    overrides: Object.fromEntries(
      Object.entries(overrides).map(([day, byShift]) => [
        day,
        Object.fromEntries(Object.entries(byShift).map(([name, id]) => [name, id === NOBODY ? null : personId(id)])),
      ]),
    ),
    withinMs: durationMs(within, DAY_MS),
  };
}

/** What the rota and the skills say about people, shifts and categories that are not there. */
export function rotaIssues(words: DeskWords): Issue[] {
  return [...skillIssues(words), ...shiftIssues(words), ...overrideIssues(words)];
}

function skillIssues({ people, desk, categories }: DeskWords): Issue[] {
  const known = desk.categories ?? categories;
  if (known === undefined) return [];
  return people.flatMap(({ skills = [] }, at) =>
    skills.flatMap((skill, position): Issue[] =>
      known.includes(skill)
        ? []
        : [{ path: ['people', at, 'skills', position], message: unknownWord(skill, known, 'category') }],
    ),
  );
}

function shiftIssues(words: DeskWords): Issue[] {
  const shifts = words.rota?.triage.shifts ?? [];
  const rota = triageRotaOf(words);
  return shifts.flatMap(({ name, who }, at): Issue[] => {
    const path: Path = ['rota', 'triage', 'shifts', at];
    const twice = shifts.findIndex((one) => one.name === name) < at;
    const hours = rota?.shifts[at]?.hours;
    const closed = hours !== undefined && calendarProblems({ ...hours, holidays: [] }).length > 0;
    return [
      ...(twice
        ? [{ path: [...path, 'name'], message: `shift "${name}" is named twice; give each its own name` }]
        : []),
      ...(closed
        ? [{ path: [...path, 'hours'], message: 'has no open minute; name its days, such as mon: ["08:00-16:00"]' }]
        : []),
      ...who.flatMap((id, position) => personIssue(words, id, [...path, 'who', position])),
    ];
  });
}

function overrideIssues(words: DeskWords): Issue[] {
  const shifts = words.rota?.triage.shifts.map(({ name }) => name) ?? [];
  return Object.entries(words.rota?.triage.overrides ?? {}).flatMap(([day, byShift]) =>
    Object.entries(byShift).flatMap(([name, id]): Issue[] => {
      const path: Path = ['rota', 'triage', 'overrides', day, name];
      if (!shifts.includes(name)) return [{ path, message: unknownWord(name, shifts, 'shift') }];
      return id === NOBODY ? [] : personIssue(words, id, path);
    }),
  );
}

function personIssue({ people }: DeskWords, id: string, path: Path): Issue[] {
  const person = people.find((one) => one.id === id);
  if (person === undefined) {
    const known = people.map((one) => one.id);
    return [{ path, message: unknownWord(id, known, 'person') }];
  }
  return person.role === 'viewer' ? [{ path, message: `${id} is a viewer, who only looks and cannot triage` }] : [];
}
