/** Which statuses say that somebody is not there to be asked. */
import type { Doing } from '../../src/domain/desk/busy';

/** As Slack keeps it in a profile. */
export interface Status {
  readonly text: string;
  /** With its colons: `:palm_tree:`; empty without one. */
  readonly emoji: string;
}

/**
 * Counted are the words that Slack and the calendar apps themselves suggest, alone or before ` • ` or ` - ` and more words
 * (`In a meeting • Google Calendar`), and the emoji of Slack’s own “Vacationing” and “Out sick” whatever stands beside them,
 * as people write their own words and other languages there. All else is not: `Commuting`, `Working remotely`, lunch, a
 * huddle, and whatever a team has made up do not say that somebody reads nothing.
 */
const WORDS: Readonly<Record<string, Doing>> = {
  'in a meeting': 'in a meeting',
  vacationing: 'away by their status',
  'on vacation': 'away by their status',
  'on holiday': 'away by their status',
  'on leave': 'away by their status',
  'out sick': 'away by their status',
  'off sick': 'away by their status',
  'out of office': 'away by their status',
  'out of the office': 'away by their status',
  ooo: 'away by their status',
};
const EMOJI: Readonly<Record<string, Doing>> = {
  ':palm_tree:': 'away by their status',
  ':face_with_thermometer:': 'away by their status',
};

/** Null: a status that keeps nobody from being asked, or none. */
export function doingOf({ text, emoji }: Status): Doing | null {
  const [words = ''] = text
    .trim()
    .toLowerCase()
    .split(/\s[•·–-]\s/u);
  const known = Object.hasOwn(WORDS, words) ? WORDS[words] : undefined;
  return known ?? (Object.hasOwn(EMOJI, emoji) ? EMOJI[emoji] : undefined) ?? null;
}
