import fc from 'fast-check';
import { type Line, readLine, readRef, WORDS } from '../../src/inputs/commandLine';

const PRIORITIES = ['P1', 'P2', 'P3'];
const read = (line: string): Line => readLine(line, PRIORITIES);
const ref = (number: number, prefix: string | null = 'CASE') => ({ number, prefix });
const act = (word: string, rest = '', of: ReturnType<typeof ref> | null = ref(1042)) => ({
  kind: 'act',
  word,
  ref: of,
  rest,
});

describe('every word of the grammar', () => {
  const lines: readonly (readonly [string, object])[] = [
    ['new', { kind: 'new', title: '' }],
    ['new The printer is on fire', { kind: 'new', title: 'The printer is on fire' }],
    ['list', { kind: 'list', filter: '', page: 0 }],
    ['list mine', { kind: 'list', filter: 'mine', page: 0 }],
    ['list Unassigned', { kind: 'list', filter: 'unassigned', page: 0 }],
    ['list p1', { kind: 'list', filter: 'p1', page: 0 }],
    ['list p1 2', { kind: 'list', filter: 'p1', page: 1 }],
    ['list in progress page 3', { kind: 'list', filter: 'in progress', page: 2 }],
    ['list 0', { kind: 'list', filter: '', page: 0 }],
    ['show CASE-1042', act('show')],
    ['take CASE-1042', act('take')],
    ['wait CASE-1042', act('wait')],
    ['resume CASE-1042', act('resume')],
    ['resolve CASE-1042', act('resolve')],
    ['resolve CASE-1042 We put it out', act('resolve', 'We put it out')],
    ['reopen CASE-1042', act('reopen')],
    ['escalate CASE-1042', act('escalate')],
    ['handback CASE-1042', act('handback')],
    ['withdraw CASE-1042', act('withdraw')],
    ['note CASE-1042 Mind the smoke', act('note', 'Mind the smoke')],
    ['reply CASE-1042 We are on it', act('reply', 'We are on it')],
    ['why CASE-1042', act('why')],
    ['target CASE-1042 resolution 8h', act('target', 'resolution 8h')],
    ['assign CASE-1042 @bob', { kind: 'assign', ref: ref(1042), person: '@bob' }],
    ['assign CASE-1042 to Bob Brown', { kind: 'assign', ref: ref(1042), person: 'Bob Brown' }],
    ['assign @bob', { kind: 'assign', ref: null, person: '@bob' }],
    ['assign', { kind: 'assign', ref: null, person: '' }],
    ['p1 CASE-1042', { kind: 'priority', priority: 'P1', ref: ref(1042) }],
    ['P3', { kind: 'priority', priority: 'P3', ref: null }],
    ['search printer fire', { kind: 'search', words: 'printer fire' }],
    ['ops', { kind: 'ops' }],
    ['help', { kind: 'help' }],
    ['rota', { kind: 'people', word: 'rota', rest: '' }],
    ['board', { kind: 'oversee', word: 'board', rest: '' }],
    ['handall @bob to Carol Chen', { kind: 'oversee', word: 'handall', rest: '@bob to Carol Chen' }],
    ['away until tomorrow 9:00', { kind: 'people', word: 'away', rest: 'until tomorrow 9:00' }],
    ['back', { kind: 'people', word: 'back', rest: '' }],
    ['swap Friday @bob', { kind: 'people', word: 'swap', rest: 'Friday @bob' }],
  ];
  it.each(lines)('%s', (line, expected) => expect(read(line)).toEqual(expected));

  it('is covered by this table', () => {
    const told = new Set(lines.map(([line]) => line.split(' ')[0]));
    expect(WORDS.filter((word) => !told.has(word))).toEqual([]);
  });

  it.each(lines)('%s, shouted and oddly spaced', (line, expected) => {
    const [word = '', ...rest] = line.split(' ');
    expect(read(` \t${[word.toUpperCase(), ...rest].join('\u00a0 ')}\u00a0 `)).toMatchObject({
      kind: (expected as Line).kind,
    });
  });
});

describe('the same by other names', () => {
  it.each([
    ['open Printer', { kind: 'new', title: 'Printer' }],
    ['create Printer', { kind: 'new', title: 'Printer' }],
    ['ls mine', { kind: 'list', filter: 'mine', page: 0 }],
    ['close CASE-1042 done', act('resolve', 'done')],
    ['?', { kind: 'help' }],
    ['', { kind: 'help' }],
    ['   \n\u00a0', { kind: 'help' }],
  ])('%j', (line, expected) => expect(read(line)).toEqual(expected));
});

describe('references', () => {
  it.each([
    ['CASE-1042', ref(1042)],
    ['case-1042', ref(1042, 'case')],
    ['1042', ref(1042, null)],
    ['#1042', ref(1042, null)],
    ['CASE-1042,', ref(1042)],
    ['CASE-1042:', ref(1042)],
    ['ÄRGER2-7', ref(7, 'ÄRGER2')],
  ])('%s is one', (word, expected) => expect(readRef(word)).toEqual(expected));

  it.each(['', 'CASE', 'CASE-', '-1042', 'CASE 1042', 'CASE-10x', '1e9', '1234567890123', '²', 'CASE-٣', undefined])(
    '%j is none',
    (word) => expect(readRef(word)).toBeNull(),
  );

  it('may be left out, and the words stay words', () => {
    expect(read('note Mind the smoke')).toEqual(act('note', 'Mind the smoke', null));
    expect(read('take')).toEqual(act('take', '', null));
  });

  it('is followed by words as they were written, line breaks and all', () => {
    expect(read('note CASE-1042   first line\n  second line  ')).toEqual(act('note', 'first line\n  second line'));
    expect(read('new first\nsecond')).toEqual({ kind: 'new', title: 'first\nsecond' });
  });
});

describe('a word that is none', () => {
  it.each([
    ['tkae CASE-1', 'take'],
    ['resolv CASE-1', 'resolve'],
    ['asign CASE-1 @bob', 'assign'],
    ['escallate', 'escalate'],
    ['p4 CASE-1', 'p1'],
    ['lst', 'list'],
    ['hlep', 'help'],
  ])('%s: nearest is %s', (line, nearest) => {
    expect(read(line)).toEqual({ kind: 'unknown', word: line.split(' ')[0], nearest });
  });

  it.each(['banana', 'x', '🔥', '/case', 'aufmachen'])('%s is like none of them', (line) => {
    expect(read(line)).toMatchObject({ kind: 'unknown', nearest: null });
  });

  it.each(['CASE-1042', 'case-1042', '#1042', '1042'])('%s alone shows that case', (line) => {
    expect(read(line)).toMatchObject({ kind: 'act', word: 'show', ref: { number: 1042 } });
  });

  it('may be 10,000 characters or emoji without harm', () => {
    expect(read('x'.repeat(10_000))).toEqual({ kind: 'unknown', word: 'x'.repeat(10_000), nearest: null });
    expect(read(`new ${'🔥'.repeat(5000)}`)).toEqual({ kind: 'new', title: '🔥'.repeat(5000) });
    expect(read(`note CASE-1 ${'x '.repeat(5000)}`)).toMatchObject({ kind: 'act', word: 'note' });
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', ...WORDS, 'p1'), (typed, word) => {
        expect(read(`${word} ${typed}`).kind).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
  });
});
