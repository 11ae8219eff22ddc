import names from '../emoji.json';

const CHARS = new Map(Object.entries(names));

/** The emoji of triage and of the case's life: what a desk reacts with most. */
export const QUICK_PICKS = [
  'ticket',
  'red_circle',
  'large_orange_circle',
  'large_blue_circle',
  'eyes',
  'hourglass_flowing_sand',
  'white_check_mark',
];

/** The character of a Slack short name, skin tones included; null when Slack has no such name. */
export function charOf(name: string): string | null {
  const [base = '', tone] = name.split('::');
  const char = CHARS.get(base);
  if (char === undefined) return null;
  const step = /^skin-tone-([2-6])$/.exec(tone ?? '')?.[1];
  return step === undefined ? char : char + String.fromCodePoint(0x1f3f9 + Number(step));
}

/** Names that hold the words asked for, those that begin with them first. */
export function findEmoji(query: string, limit: number): { name: string; char: string }[] {
  const wanted = query
    .trim()
    .toLowerCase()
    .replace(/[\s:-]+/g, '_');
  const rank = (name: string) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
  const seen = new Set<string>();
  return [...CHARS]
    .filter(([name]) => name.includes(wanted))
    .sort(([one], [other]) => (wanted === '' ? 0 : rank(one) - rank(other)))
    .filter(([, char]) => !seen.has(char) && seen.add(char))
    .slice(0, limit)
    .map(([name, char]) => ({ name, char }));
}

/** Classic Teams reactions; all others carry their code points in the id (`1f534_largeredcircle`). */
const CLASSIC: { [type: string]: string } = {
  like: '👍',
  heart: '❤️',
  laugh: '😆',
  surprised: '😮',
  sad: '🙁',
  angry: '😡',
  launch: '🚀',
};

export function charOfTeams(type: string): string {
  const classic = CLASSIC[type];
  if (classic !== undefined) return classic;
  const hex = /^([0-9a-f]{2,5}(?:-[0-9a-f]{2,5})*)_/.exec(type)?.[1];
  if (hex === undefined) return '❔';
  return String.fromCodePoint(...hex.split('-').map((point) => Number.parseInt(point, 16)));
}

/** The id by which Teams tells a bot of an emoji. */
export function teamsTypeOf(char: string, name: string): string {
  for (const [type, one] of Object.entries(CLASSIC)) if (one === char) return type;
  const points = [...char].map((one) => one.codePointAt(0) ?? 0).filter((point) => point !== 0xfe0f);
  return `${points.map((point) => point.toString(16)).join('-')}_${name.replace(/[^a-z0-9]/g, '')}`;
}
