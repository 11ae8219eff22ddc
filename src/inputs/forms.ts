import { z } from 'zod';
import type { Client } from '../domain/case/case';
import { shorten } from '../domain/words';

/** What a person wrote into a form, trimmed and with the empty answers made explicit. */
const Answered = z.string().transform((value) => value.trim());
const Maybe = Answered.transform((value) => (value === '' ? null : value));

export const NewCaseForm = z.object({
  title: Answered.default(''),
  description: Answered.default(''),
  client: Maybe.default(null),
  client_new: Maybe.default(null),
  category: Maybe.default(null),
  priority: Maybe.default(null),
});
export const HandoverForm = z.object({
  tried: Answered.default(''),
  needed: Answered.default(''),
  told: Answered.default(''),
  /** `level:NAME` or `person:ID`; left open: the next level. */
  whom: Maybe.default(null),
  kind: Maybe.default(null),
  deadline: Maybe.default(null),
});
export const OneTextForm = z.object({ text: Answered.default('') });
/** Who gets all of somebody's cases: one person, two, or (`by-load`) whoever has room. */
export const DealForm = z.object({ whom: Answered.default(''), second: Answered.default('') });
export const ChoiceForm = z.object({ choice: Answered.default('') });

/** The longest name of a client that fits the lists of both platforms. */
export const CLIENT_NAME_MAX = 70;

/** The id by which a client is the same whoever types the name: lower case, single spaces. */
export const clientIdOf = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** A client by name, made when new; null for an empty name. */
export function clientNamed(name: string | null): Client | null {
  if (name === null || clientIdOf(name) === '') return null;
  const short = shorten(name, CLIENT_NAME_MAX);
  return { id: clientIdOf(short), name: short };
}

/** A `client` field's value: `id:<id>` of a known one, `new:<name>`, or nothing. */
export function readClientValue(value: string | null): { readonly id: string } | { readonly name: string } | null {
  if (value === null) return null;
  if (value.startsWith('id:')) return { id: value.slice(3) };
  return { name: value.startsWith('new:') ? value.slice(4) : value };
}

/** A title from somebody's words: their first line, shortened at a word. */
export function titleFrom(words: string, most: number): string {
  const line = words
    .split('\n')
    .map((it) => it.trim())
    .find((it) => it !== '');
  return shorten((line ?? '').replace(/[.\s]+$/u, ''), most);
}

/** Parts of a desk file that would change, and how many days to look back: 90 unless something sensible was chosen. */
export const WhatIfForm = z.object({
  text: z
    .string()
    .default('')
    .transform((value) => value.trim()),
  days: z.coerce.number().int().min(1).max(3660).catch(90),
});
