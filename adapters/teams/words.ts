import { type Activity, type Mention, mentionsOf } from './payloads';

const AT = /<at\b[^<>]*>([^<>]*)<\/at>/gi;
const TEXT_MAX = 100_000;

export interface Said {
  readonly text: string;
  readonly toBaton: boolean;
}

/**
 * What was said, as plain text: the bot's mention taken out wherever it stands, others by name. The SDK's own remedy
 * strips the first mention only and leaves `&nbsp;`; entities may come twice (botbuilder-js #4379) or spell the mention
 * otherwise than the text does.
 */
export function saidIn(activity: Activity, nameOf: (mention: Mention) => string = atName): Said {
  const mentions = mentionsOf(activity);
  const bot = activity.recipient ?? null;
  const isBot = (mention: Mention): boolean => bot !== null && mention.mentioned.id === bot.id;
  const toBaton = mentions.some(isBot);
  const text = (activity.text ?? '').slice(0, TEXT_MAX).replace(AT, (_, inner: string) => {
    const found = mentions.find((mention) => sameWords(mention, inner));
    if (found === undefined) return toBaton && bare(inner) === bare(bot?.name ?? '') ? ' ' : `@${bare(inner)}`;
    return isBot(found) ? ' ' : nameOf(found);
  });
  return { text: tidy(decoded(text)), toBaton };
}

export const atName = (mention: Mention): string => `@${bare(mention.mentioned.name)}`;

/** Mentions of people in an activity: those whose names may stand for a person of the desk. */
export function peopleIn(activity: Activity): readonly Mention[] {
  return mentionsOf(activity).filter((mention) => mention.mentioned.id !== activity.recipient?.id);
}

function sameWords(mention: Mention, inner: string): boolean {
  const written = mention.text.replace(/<\/?at\b[^<>]*>/gi, '');
  return bare(written) === bare(inner) || bare(mention.mentioned.name) === bare(inner);
}

const bare = (name: string): string => decoded(name).trim().replace(/^@/, '');

/** The words after `case` (or `/case`), or null when a line does not begin with it. */
export function afterCase(text: string): string | null {
  const found = /^\/?case(?![\w-])[\s:]*/i.exec(text);
  return found === null ? null : text.slice(found[0].length).trim();
}

/** The body of a message as the message extension sends it: HTML to plain text, lines kept. */
export function plainText(body: { readonly contentType: string; readonly content: string }): string {
  const content = body.content.slice(0, TEXT_MAX);
  if (body.contentType !== 'html') return tidy(content);
  // `[^<>]` and not `[^>]`: a flood of `<` must not cost the square of its length.
  const text = content
    .replace(AT, (_, inner: string) => `@${bare(inner)}`)
    .replace(/<(br|\/?(p|div|li|tr|h\d|blockquote))\b[^<>]*>/gi, '\n')
    .replace(/<img\b[^<>]*\balt="([^"<>]*)"[^<>]*>/gi, '$1')
    .replace(/<[^<>]*>/g, '');
  return tidy(decoded(text));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function tidy(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
