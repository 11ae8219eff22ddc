import type { SlackLogEntry } from './protocol';

type WithoutId<Entry> = Entry extends SlackLogEntry ? Omit<Entry, 'id'> : never;
export type SlackLogLine = WithoutId<SlackLogEntry>;

/** A ring of the last calls and deliveries. */
export type SlackLog = {
  add(line: SlackLogLine): void;
  entries(): SlackLogEntry[];
  clear(): void;
};

export function createLog(size: number, onAdded: (entry: SlackLogEntry) => void): SlackLog {
  let entries: SlackLogEntry[] = [];
  let lastId = 0;
  return {
    add(line) {
      lastId += 1;
      const entry: SlackLogEntry = { ...line, id: lastId };
      entries.push(entry);
      if (entries.length > size) entries = entries.slice(-size);
      onAdded(entry);
    },
    entries: () => [...entries],
    clear() {
      entries = [];
    },
  };
}
