import { closest, distance } from 'fastest-levenshtein';

/** The words of the `/case` grammar that this Baton knows. */
export const WORDS = [
  'new',
  'list',
  'show',
  'take',
  'assign',
  'wait',
  'resume',
  'resolve',
  'reopen',
  'escalate',
  'handback',
  'withdraw',
  'note',
  'reply',
  'why',
  'target',
  'rota',
  'away',
  'back',
  'swap',
  'board',
  'handall',
  'search',
  'ops',
  'help',
] as const;
type Word = (typeof WORDS)[number];

export type PeopleWord = 'rota' | 'away' | 'back' | 'swap';
export type OverseeWord = 'board' | 'handall';

/** A reference as typed, still to be found: its number, and the prefix where one was typed. */
export interface TypedRef {
  readonly number: number;
  readonly prefix: string | null;
}

/** What a line asks for. `ref: null` means that none was typed: the case may be plain from the place. */
export type Line =
  | { readonly kind: 'new'; readonly title: string }
  | { readonly kind: 'list'; readonly filter: string; readonly page: number }
  | { readonly kind: 'search'; readonly words: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'ops' }
  /** For whoever looks after the desk as a whole; `rest` may name a person. */
  | { readonly kind: 'oversee'; readonly word: OverseeWord; readonly rest: string }
  /** About who is there, not about a case. */
  | { readonly kind: 'people'; readonly word: PeopleWord; readonly rest: string }
  | { readonly kind: 'priority'; readonly priority: string; readonly ref: TypedRef | null }
  | { readonly kind: 'assign'; readonly ref: TypedRef | null; readonly person: string }
  | {
      readonly kind: 'act';
      readonly word: Exclude<Word, 'new' | 'list' | 'search' | 'help' | 'ops' | 'assign' | PeopleWord | OverseeWord>;
      readonly ref: TypedRef | null;
      readonly rest: string;
    }
  | { readonly kind: 'unknown'; readonly word: string; readonly nearest: string | null };

const ALIASES: Readonly<Record<string, Word>> = {
  open: 'new',
  create: 'new',
  ls: 'list',
  close: 'resolve',
  assignee: 'assign',
  '?': 'help',
};
/** How many letters may differ before a word is no longer taken for a slip of another. */
const SLIPS_MAX = 3;

/** Reads a line, without the `/case` or `case` in front of it. Nothing at all asks for help. `priorities` are the desk's names. */
export function readLine(line: string, priorities: readonly string[]): Line {
  const typed = line.replace(/[\u00a0\s]+/gu, ' ').trim();
  const [first = '', ...others] = typed.split(' ');
  const rest = line.trim().slice(first.length).trim();
  const word = first.toLowerCase();
  if (word === '') return { kind: 'help' };
  const priority = priorities.find((name) => name.toLowerCase() === word);
  if (priority !== undefined) return { kind: 'priority', priority, ref: readRef(others[0]) };
  const bare = readRef(first);
  if (bare !== null) return { kind: 'act', word: 'show', ref: bare, rest };
  const known = ALIASES[word] ?? WORDS.find((it) => it === word);
  return known === undefined
    ? { kind: 'unknown', word: first, nearest: nearestTo(word, priorities) }
    : readKnown(known, rest);
}

function readKnown(word: Word, rest: string): Line {
  switch (word) {
    case 'new':
      return { kind: 'new', title: rest };
    case 'list':
      return readList(rest);
    case 'search':
      return { kind: 'search', words: rest };
    case 'help':
      return { kind: 'help' };
    case 'ops':
      return { kind: 'ops' };
    case 'rota':
    case 'away':
    case 'back':
    case 'swap':
      return { kind: 'people', word, rest };
    case 'board':
    case 'handall':
      return { kind: 'oversee', word, rest };
    case 'assign':
      return readAssign(rest);
    default: {
      const [first = ''] = rest.split(/\s/u);
      const ref = readRef(first);
      return { kind: 'act', word, ref, rest: ref === null ? rest : rest.slice(first.length).trim() };
    }
  }
}

function readList(rest: string): Line {
  const page = /(?:^|\s)(?:page\s*)?(\d{1,4})$/iu.exec(rest);
  const filter = (page === null ? rest : rest.slice(0, page.index)).trim().toLowerCase();
  return { kind: 'list', filter, page: page === null ? 0 : Math.max(0, Number(page[1]) - 1) };
}

/** `assign CASE-1 @bob`, `assign @bob`, and `assign CASE-1 to Bob Brown`. */
function readAssign(rest: string): Line {
  const [first = ''] = rest.split(/\s/u);
  const ref = readRef(first);
  const person = (ref === null ? rest : rest.slice(first.length)).trim().replace(/^to\s+/iu, '');
  return { kind: 'assign', ref, person };
}

/** `CASE-1042`, `case-1042`, `#1042` or `1042`; null for anything else. */
export function readRef(word: string | undefined): TypedRef | null {
  const match = /^(?:#|([\p{L}][\p{L}\p{N}]*)-)?(\d{1,12})[.,:;]?$/u.exec(word ?? '');
  return match === null ? null : { number: Number(match[2]), prefix: match[1] ?? null };
}

function nearestTo(word: string, priorities: readonly string[]): string | null {
  if (word.length > 24) return null;
  const words = [...WORDS, ...priorities.map((name) => name.toLowerCase())];
  const nearest = closest(word, words);
  const slips = distance(word, nearest);
  return slips <= Math.min(SLIPS_MAX, Math.max(1, Math.floor(word.length / 2))) ? nearest : null;
}
