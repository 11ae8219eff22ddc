import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

// The small parts of which the desk file's schema is made. Each message is what a person reads behind line and key.

/** A block with exactly these keys; any other is refused with the nearest known one. `otherwise`: said to what is no block. */
export function block<Shape extends z.ZodRawShape>(shape: Shape, otherwise?: string) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return unknownWord(issue.keys[0] ?? '', known, 'key');
      return otherwise ?? `must be a block with the keys ${known.join(', ')}`;
    },
  });
}

/** `"levls" is not a key here; did you mean levels?`, or the whole list where nothing is near. */
export function unknownWord(word: string, known: readonly string[], what: string): string {
  if (known.length === 0) return `"${word}" is not a known ${what}; there is none yet`;
  const nearest = closest(word.toLowerCase(), [...known]);
  const isNear = distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(word.length / 3));
  const mend = isNear ? `did you mean ${nearest}?` : `known are ${known.slice(0, 20).join(', ')}`;
  return `"${word}" is not a known ${what}; ${mend}`;
}

const LINE_MAX = 120;
/** One line for people to read. */
export const line = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be a line of text') })
  .trim()
  .min(1, 'must not be empty')
  .max(LINE_MAX, `is longer than ${LINE_MAX} characters`)
  .refine((text) => !/[\r\n]/.test(text), 'must be one line');

/** An id without white space, as a platform gives it. */
export const platformId = line
  .refine((id) => !/\s/.test(id), 'holds white space; copy the id again')
  .refine(
    (id) => !/^[@#]/.test(id),
    'must be the id, not the name; the platform shows it under "Copy link" or the details',
  );

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) =>
      typeof input === 'string' ? unknownWord(input, words, 'choice') : `must be one of ${words.join(', ')}`,
  });

export const listOf = <Item extends z.ZodType>(item: Item, example: string) =>
  z.array(item, { error: `must be a list, such as ${example}` });

/** A list, or its only item by itself. `none`: said to an empty list; without it a list may be empty. */
export const oneOrMany = <Item extends z.ZodType>(item: Item, example: string, none?: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    none === undefined ? listOf(item, example) : listOf(item, example).min(1, none),
  );

/** `:eyes:` or `eyes`, one or several. */
export const emoji = oneOrMany(
  line
    .transform((name) => name.replace(/^:|:$/g, ''))
    .pipe(z.string().regex(/^[a-z0-9_+'-]+$/, "write Slack's name for the emoji, such as red_circle")),
  '[eyes]',
);
