import { draftDesk } from '../../src/config/deskDraft';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS } from '../../src/domain/ids';

const CURRENT = `
desk: { name: Acme, timezone: Europe/London }
people: [ { id: ann, name: Ann }, { id: tom, name: Tom } ]
priorities:
  P1: { first_response: 1h, resolution: 4h }
  P2: { first_response: 4h, resolution: 2d }
`;
const draft = (words: string, current: string | null = CURRENT): Desk => {
  const read = draftDesk(current, words, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
};
const problem = (words: string): string => {
  const read = draftDesk(CURRENT, words, { path: 'desk.yaml' });
  return 'problem' in read ? read.problem : 'none';
};

describe('parts of a desk file laid over the one in force', () => {
  it('change what they name and nothing else', () => {
    const it = draft('priorities:\n  P2: { first_response: 2h }');
    expect(it.name).toBe('Acme');
    expect(it.priorities.map((one) => [one.name, one.firstResponseMs / HOUR_MS])).toEqual([
      ['P1', 1],
      ['P2', 2],
    ]);
    expect(it.priorities[1]?.resolutionMs).toBe(48 * HOUR_MS);
  });

  it('put a list in the place of the whole list', () => {
    expect(draft('people: [ { id: zoe, name: Zoe } ]').people.map((one) => one.id)).toEqual(['zoe']);
  });

  it('are the whole file where there is none', () => {
    expect(draft('desk: { name: New }', null).name).toBe('New');
  });

  it('that are wrong are told in a sentence, without a line that nobody could look up', () => {
    expect(problem('prioritys: {}')).toMatch(/^prioritys: "prioritys" is not a known key; did you mean priorities\?/);
    expect(problem('priorities: { P2: { first_response: soon } }')).toMatch(
      /^priorities\.P2\.first_response: "soon" is not a length of time/,
    );
    expect(problem('a: [')).toMatch(/^Line 1: /);
    expect(problem('faster, please')).toMatch(/^Write parts of a desk file/);
    expect(problem('- one')).toMatch(/^Write parts of a desk file/);
  });
});
