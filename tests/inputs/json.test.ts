import { readJson } from '../../src/inputs/json';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('JSON from outside', () => {
  it('is read as it is', () => {
    expect(readJson('{"a":[1,"]]]]",{"b":"\\"[[[["}]}')).toEqual({ a: [1, ']]]]', { b: '"[[[[' }] });
    expect(readJson(nested(100))).toHaveLength(1);
  });

  it.each([
    ['lists', nested(101)],
    ['lists without an end', '['.repeat(100_000)],
    ['objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
    ['what only looks like words', `["\\\\",${nested(101)}]`],
  ])('is not read when it is nested too deep: %s', (_, text) => {
    expect(() => readJson(text)).toThrow('too deep');
  });

  it('is not taken for deep when brackets are only written in it', () => {
    expect(readJson(JSON.stringify(nested(5000)))).toBe(nested(5000));
  });
});
