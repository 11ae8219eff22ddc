/** Who has a form of a case open, in words: since when where it stays to be read, for how long where it is read at once. */
import type { Desk } from '../../domain/desk/desk';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../domain/ids';
import { inWords } from '../../domain/words';
import type { OpenForm } from '../ports';
import { type Line, type Section, text } from '../view';
import { person, time } from './parts';

const DOING: Readonly<Record<OpenForm['doing'], string>> = {
  reply: 'is writing a reply',
  resolve: 'is writing how it was solved',
  'hand-over': 'is writing a hand-over',
};
const FORM: Readonly<Record<OpenForm['doing'], string>> = {
  reply: 'the reply form',
  resolve: 'the Resolve form',
  'hand-over': 'the hand-over form',
};

/** On a card: it may be read long after it was drawn, so that it says when it was so. */
export const writingSince = (forms: readonly OpenForm[], desk: Desk): readonly Section[] =>
  lines(forms, ({ person: who, doing, since }) => [
    person(desk, who),
    text(` ${DOING[doing]}; the form was opened `),
    time(since, desk),
  ]);

interface Reading {
  readonly desk: Desk;
  readonly at: Instant;
}

/** `Bob Brown is writing a reply, 40 s`. */
export const writingNow = (forms: readonly OpenForm[], { desk, at }: Reading): readonly Section[] =>
  lines(forms, ({ person: who, doing, since }) => [
    person(desk, who),
    text(` ${DOING[doing]}, ${howLong(at - since)}`),
  ]);

/** For whoever is about to write the same: `Bob Brown has had the reply form open for 40 s.` */
export const alsoWriting = (forms: readonly OpenForm[], { desk, at }: Reading): readonly Section[] =>
  lines(forms, ({ person: who, doing, since }) => [
    text('⚠️ '),
    person(desk, who),
    text(` has had ${FORM[doing]} open for ${howLong(at - since)}.`),
  ]);

const lines = (forms: readonly OpenForm[], line: (form: OpenForm) => Line): readonly Section[] =>
  forms.length === 0 ? [] : [{ kind: 'lines', lines: forms.map(line) }];

const howLong = (ms: number): string => (ms < MINUTE_MS ? `${Math.max(1, Math.floor(ms / SECOND_MS))} s` : inWords(ms));
