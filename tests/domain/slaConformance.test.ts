import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVectors, problemsOf } from '../../src/slaVectors';

const fixture = readFileSync(join(__dirname, '../fixtures/sla/vectors.json'), 'utf8');
const read = (text: string) => {
  const vectors = parseVectors(text);
  if (typeof vectors === 'string') throw new Error(vectors);
  return vectors;
};

test.each(read(fixture).map((it) => [it.id, it] as const))('vector %s agrees', (_, it) => {
  expect(problemsOf(it)).toEqual([]);
});

const vector = {
  id: 'one',
  calendar: { tz: 'Etc/UTC', weekly: { mon: [['09:00', '17:00']] }, holidays: [] },
  op: 'add',
  input: { start: '2024-06-10T09:00:00Z', minutes: 30 },
  expected: { due: '2024-06-10T09:30:00Z' },
};
const problems = (changes: object) => read(JSON.stringify({ vectors: [{ ...vector, ...changes }] })).map(problemsOf);

test('a wrong expectation is told apart, field by field', () => {
  expect(problems({})).toEqual([[]]);
  expect(problems({ expected: { due: '2024-06-10T09:31:00Z' } })).toEqual([
    ['due is "2024-06-10T09:30:00Z", expected "2024-06-10T09:31:00Z"'],
  ]);
  expect(problems({ expected: { due: null, latest: '2024-06-10T09:30:00Z' } })).toEqual([
    ['due is "2024-06-10T09:30:00Z", expected null'],
  ]);
});

test('a time with another offset is the same instant, and an unknown field differs', () => {
  expect(problems({ expected: { due: '2024-06-10T11:30:00+02:00' } })).toEqual([[]]);
  expect(problems({ expected: { dusk: 1 } })).toEqual([['dusk is undefined, expected 1']]);
});

test('a vector that is not of the form differs and says where', () => {
  expect(problems({ calendar: { tz: 'Mars/Base', weekly: {} } })[0]?.[0]).toMatch(
    /calendar: "Mars\/Base" is not a time zone/,
  );
  expect(problems({ calendar: { tz: 'Etc/UTC', weekly: { mon: [['09:00', '25:00']] } } })[0]?.[0]).toMatch(
    /"25:00" is not a time of day/,
  );
  expect(problems({ input: { start: 'noon', minutes: 1 } })[0]?.[0]).toMatch(/input.start: not an ISO 8601 time/);
  expect(problems({ op: 'multiply' })[0]?.[0]).toMatch(/not of the form: op/);
});

test('a file that is no vector file gets one sentence', () => {
  for (const text of ['', '{', '[]', '{"vectors": 3}']) expect(parseVectors(text)).toMatch(/list called "vectors"/);
});
