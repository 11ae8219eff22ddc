import fc from 'fast-check';
import { shorten } from '../../src/domain/words';
import {
  CLIENT_NAME_MAX,
  clientNamed,
  HandoverForm,
  NewCaseForm,
  readClientValue,
  titleFrom,
} from '../../src/inputs/forms';

describe('the new-case form', () => {
  it('trims what was typed and makes empty answers explicit', () => {
    expect(
      NewCaseForm.parse({
        title: '  Printer ',
        description: ' it\nsmokes ',
        client: '',
        category: ' ',
        priority: 'P1',
      }),
    ).toEqual({
      title: 'Printer',
      description: 'it\nsmokes',
      client: null,
      client_new: null,
      category: null,
      priority: 'P1',
    });
  });

  it('takes fields that are missing for empty ones', () => {
    expect(NewCaseForm.parse({})).toMatchObject({ title: '', description: '', client: null, priority: null });
    expect(HandoverForm.parse({ tried: ' Water ' })).toEqual({
      tried: 'Water',
      needed: '',
      told: '',
      whom: null,
      kind: null,
      deadline: null,
    });
  });
});

describe('a client', () => {
  it('is the same whoever types the name', () => {
    expect(clientNamed(' Globex  Corp ')?.id).toBe(clientNamed('globex corp')?.id);
    expect(clientNamed('Ｇlobex')?.id).toBe('globex');
  });

  it.each([null, '', '   ', '\u00a0'])('is nobody for %j', (name) => expect(clientNamed(name)).toBeNull());

  it('has a name that fits both platforms’ lists', () => {
    expect(clientNamed('Globex '.repeat(40))?.name.length).toBeLessThanOrEqual(CLIENT_NAME_MAX);
  });

  it('comes from the form as a known id, a new name, or a bare name', () => {
    expect(readClientValue('id:globex')).toEqual({ id: 'globex' });
    expect(readClientValue('new:Globex: the firm')).toEqual({ name: 'Globex: the firm' });
    expect(readClientValue('Globex')).toEqual({ name: 'Globex' });
    expect(readClientValue(null)).toBeNull();
  });
});

describe('a title from somebody’s words', () => {
  it.each([
    ['The printer burns', 'The printer burns'],
    ['\n\n  The printer burns  \nand smokes', 'The printer burns'],
    ['', ''],
    ['\n \n', ''],
  ])('%j: %j', (words, title) => expect(titleFrom(words, 200)).toBe(title));

  it('is shortened at a word, with a sign that something is left out', () => {
    expect(titleFrom('The printer on the second floor burns', 20)).toBe('The printer on the…');
  });

  it('never is longer than it may be, and never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 40 }), (words, most) => {
        const short = shorten(words, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
