import { readDesk } from '../../src/config/deskFile';
import { quietUntil } from '../../src/domain/desk/quiet';
import { instant, personId } from '../../src/domain/ids';

const PEOPLE = (quiet: string): string => `
desk: { name: Acme, timezone: Europe/London }
people:
  - { id: alice, name: Alice Anderson, quiet: ${quiet} }
  - { id: kenji, name: Kenji Kato, timezone: Asia/Tokyo, quiet: ["22:00-07:00"] }
  - { id: bob, name: Bob Brown }
`;

const read = (text: string) => readDesk(text, { path: 'desk.yaml' });
function problemOf(text: string): string {
  const desk = read(text);
  return 'problem' in desk ? desk.problem : 'no problem';
}

describe('quiet time in the desk file', () => {
  it('is one stretch or several, by the clock of the person’s zone, else the desk’s', () => {
    const loaded = read(PEOPLE('["22:00-07:00", "12:00-13:00"]'));
    if ('problem' in loaded) throw new Error(loaded.problem);
    const until = (id: string, iso: string): string | null => {
      const end = quietUntil(loaded.desk, personId(id), instant(Date.parse(iso)));
      return end === null ? null : new Date(end).toISOString().slice(11, 16);
    };
    expect([until('alice', '2026-11-23T23:00Z'), until('alice', '2026-11-23T12:10Z')]).toEqual(['07:00', '13:00']);
    expect([until('kenji', '2026-11-23T14:00Z'), until('kenji', '2026-11-23T23:00Z')]).toEqual(['22:00', null]);
    expect(until('bob', '2026-11-23T23:00Z')).toBeNull();
    expect(problemOf(PEOPLE('"22:00-07:00"'))).toBe('no problem');
  });

  it.each([
    ['"25:00-07:00"', 'desk.yaml:4: people[0].quiet[0]: "25:00-07:00" is not a stretch of a day'],
    ['[]', 'desk.yaml:4: people[0].quiet: must name at least one stretch, such as "22:00-07:00"'],
    ['"00:00-24:00"', 'desk.yaml:4: people[0].quiet: leaves no minute of the day in which they may be told anything'],
    ['["22:00-12:00", "12:00-22:00"]', 'desk.yaml:4: people[0].quiet: leaves no minute of the day'],
    ['"09:00-09:00"', 'desk.yaml:4: people[0].quiet: holds no minute; leave quiet out'],
  ])('%s is refused with a sentence', (written, problem) => {
    expect(problemOf(PEOPLE(written))).toContain(problem);
  });
});

describe('sla.storm_over', () => {
  it('says how many warnings a minute are a storm', () => {
    const loaded = read('sla: { storm_over: 12 }');
    expect('desk' in loaded && loaded.desk.stormOver).toBe(12);
  });

  it.each(['0', '2.5', 'many', '5000', '-3'])('%s is refused with a sentence', (written) => {
    expect(problemOf(`sla: { storm_over: ${written} }`)).toContain(
      'desk.yaml:1: sla.storm_over: must be a whole number of warnings from 1 to 1000, such as 5',
    );
  });
});
