import type { Place } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { CaseFile } from '../../domain/case/file';

/** What became of a message since it was first heard. */
export interface Latest {
  readonly text: string;
  readonly files: readonly CaseFile[];
  readonly fate: 'edited' | 'deleted';
}

/** By `placeKey`, for every message that was changed or deleted. */
export type Latests = ReadonlyMap<string, Latest>;

export const placeKey = (place: Place): string => `${place.platform}|${place.channel}|${place.message}`;

/** Messages are followed: an edit shows them as they are now, a deletion shows that they are gone. */
export function latestOf(journal: readonly Recorded[]): Latests {
  const found = new Map<string, Latest & { readonly at: number }>();
  for (const { event } of journal) {
    if (event.type !== 'MessageEdited' && event.type !== 'MessageDeleted') continue;
    // Platforms deliver in any order: the last that happened counts, not the last that was heard of.
    if (event.at < (found.get(placeKey(event.place))?.at ?? 0)) continue;
    const { at } = event;
    found.set(
      placeKey(event.place),
      event.type === 'MessageEdited'
        ? { text: event.text, files: event.files ?? [], fate: 'edited', at }
        : { text: '', files: [], fate: 'deleted', at },
    );
  }
  return found;
}

/** The files of a message that are still there. */
export function filesNow(
  { place, files = [] }: { readonly place: Place | null; readonly files?: readonly CaseFile[] },
  latest: Latests,
): readonly CaseFile[] {
  return (place === null ? undefined : latest.get(placeKey(place)))?.files ?? files;
}
