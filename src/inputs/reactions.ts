import type { Desk, EmojiVerb } from '../domain/desk/desk';
import type { PriorityName } from '../domain/ids';
import codePoints from './emojiCodePoints.json';

/** What an emoji on a message asks for by the desk's table. */
export type Meaning =
  | { readonly kind: 'priority'; readonly priority: PriorityName }
  | { [Verb in EmojiVerb]: { readonly kind: Verb } }[EmojiVerb];

const POINTS = new Map<string, string>(Object.entries(codePoints));

/**
 * The meaning of an emoji as a platform names it, or null when the desk gives it none. Short names (`red_circle`,
 * `eyes::skin-tone-2`) and ids that start with a code point (`1f534_largeredcircle`, `1f440_eyes-tone3`) both count.
 */
export function meaningOf(desk: Desk, emoji: string): Meaning | null {
  const point = pointOf(emoji);
  const means = (names: readonly string[]): boolean => names.some((name) => pointOf(name) === point);
  const priority = desk.priorities.find((it) => means(it.emoji));
  if (priority !== undefined) return { kind: 'priority', priority: priority.name };
  const verbs: readonly EmojiVerb[] = ['open', 'take', 'wait', 'resolve'];
  const verb = verbs.find((it) => means(desk.emoji[it]));
  return verb === undefined ? null : ({ kind: verb } as Meaning);
}

/** One spelling for all: the code point where it is known, else the bare name. Skin tones and variation selectors do not count. */
function pointOf(emoji: string): string {
  const bare = emoji
    .toLowerCase()
    .replace(/^:|:$/gu, '')
    .replace(/::skin-tone-\d|-tone\d$/gu, '');
  const id = /^([0-9a-f]{4,6}(?:-[0-9a-f]{4,6})*)_/u.exec(bare)?.[1];
  return (id ?? POINTS.get(bare) ?? bare).replace(/-fe0f/gu, '');
}

/** The character itself, for text that shows the desk's emoji; the name in colons where it is not known. */
export function emojiCharacter(name: string): string {
  const points = POINTS.get(name.toLowerCase());
  return points === undefined
    ? `:${name}:`
    : String.fromCodePoint(...points.split('-').map((point) => Number.parseInt(point, 16)));
}
