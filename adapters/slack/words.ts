/** Slack's notation of what people write (`<@U…>`, `<https://…|label>`, `&amp;`) as the plain words that they saw. */

const ENTITY = /<([^<>]*)>/g;

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The people mentioned in a text, each once. */
export function mentioned(text: string): string[] {
  return [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].map((found) => found[1] ?? ''))];
}

function entity(body: string, nameOf: (user: string, label: string | null) => string): string {
  const bar = body.indexOf('|');
  const target = bar === -1 ? body : body.slice(0, bar);
  const label = bar === -1 ? null : body.slice(bar + 1);
  if (target.startsWith('@')) return `@${nameOf(target.slice(1), label)}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!subteam^')) return label ?? '@group';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  const address = target.replace(/^mailto:/, '');
  if (label === null || label === address || address.endsWith(`//${label}`)) return address;
  return `${label} (${address})`;
}

/** The plain words; `nameOf` names a mentioned person (`label` is what Slack wrote beside the id, if anything). */
export function plainWords(text: string, nameOf: (user: string, label: string | null) => string): string {
  return unescapeText(text.replace(ENTITY, (_all, body: string) => entity(body, nameOf)));
}
