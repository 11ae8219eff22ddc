/** What the owner of a case says is next: a note that begins with “Next:”, typed or left by the form at the end of a shift. */
import { type Case, ownerOf } from '../domain/case/case';
import type { Recorded } from '../domain/case/events';
import { shorten } from '../domain/words';
import { titleOf } from '../inputs/files';

const NEXT_STEP = /^\s*next(?:\s+step)?\s*[:–-]\s*(.+)/isu;
const WORDS_MAX = 200;

export const asNote = (step: string): string => `Next: ${step}`;

/** The last one since its owner has the case: what was next for somebody before them is no longer. */
export function stepOf(it: Case, journal: readonly Recorded[]): string | null {
  if (ownerOf(it) === null) return null;
  const since = it.holder.since;
  const steps = journal.flatMap(({ at, event }) =>
    event.type === 'NoteAdded' && at >= since ? (NEXT_STEP.exec(event.text)?.[1] ?? []) : [],
  );
  return steps.at(-1) ?? null;
}

interface Brief {
  readonly tried: string;
  readonly needed: string;
  readonly told: string;
  readonly hasStep: boolean;
}

/** What the next person must know, in the owner's words where they left some; the card holds the whole history besides. */
export function briefOf(it: Case, journal: readonly Recorded[], owner: string): Brief {
  const notes = journal.flatMap(({ event }) =>
    event.type === 'NoteAdded' && !NEXT_STEP.test(event.text) ? [event.text] : [],
  );
  const words = journal.flatMap(({ event }) => {
    if (event.type === 'ReplySent') return [event.text];
    if (event.type !== 'MessageHeard' || !event.staff || event.audience !== 'public') return [];
    return [event.text.trim() === '' ? titleOf('', event.files ?? [], WORDS_MAX) : event.text];
  });
  const step = stepOf(it, journal);
  return {
    tried: shorten(notes.at(-1) ?? 'See the history.', WORDS_MAX),
    needed: shorten(step ?? `No next step was left by ${owner}; see the history.`, WORDS_MAX),
    told: shorten(words.at(-1) ?? '', WORDS_MAX) || 'Nothing yet.',
    hasStep: step !== null,
  };
}
