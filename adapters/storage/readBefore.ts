/**
 * What a store has read lately, so that it is neither read nor parsed again: an entry of a journal never changes, and the same
 * text says the same case. What is kept is given to everybody who asks; nobody may change it.
 */
import type { Case } from '../../src/domain/case/case';
import type { Recorded } from '../../src/domain/case/events';

/** Some 20 kB a case. */
const CASES_MAX = 1000;
/** Some 1 kB an entry. */
const JOURNALS_MAX = 500;
/** A journal as long as this is read anew each time. */
const ENTRIES_MAX = 200;

export interface ReadBefore {
  /** What the text of a case's row says. */
  caseOf(id: string, text: string): Case;
  /** The entries of a journal that were read, from its first on; empty where none is kept. */
  journalOf(id: string): readonly Recorded[];
  keepJournal(id: string, entries: readonly Recorded[]): void;
}

export function createReadBefore(): ReadBefore {
  const cases = lately<{ readonly text: string; readonly it: Case }>(CASES_MAX);
  const journals = lately<readonly Recorded[]>(JOURNALS_MAX);
  return {
    caseOf: (id, text) => {
      const known = cases.get(id);
      if (known?.text === text) return known.it;
      // Written by commit.ts and read back as what it was.
      const it = JSON.parse(text) as Case;
      cases.set(id, { text, it });
      return it;
    },
    journalOf: (id) => journals.get(id) ?? [],
    keepJournal: (id, entries) => {
      if (entries.length <= ENTRIES_MAX) journals.set(id, entries);
    },
  };
}

interface Lately<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** As many as `most`; the one that was asked for longest ago goes first. */
function lately<Value>(most: number): Lately<Value> {
  const kept = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next().value;
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  };
  return {
    get: (key) => {
      const value = kept.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    set,
  };
}
