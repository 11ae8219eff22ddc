import type { Json, JsonObject, SlackBlock, SlackChannel, SlackUser } from './protocol';

/** Slack's three entities, and no others. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

type People = { users: Iterable<SlackUser>; channels: Iterable<SlackChannel> };

/**
 * What Slack's composer makes of typed text: entities for `& < >`, `@handle` and `@Full Name` as `<@U…>`, `@here` as
 * `<!here>`, `#channel` as `<#C…|name>`, bare links in angle brackets.
 */
export function typedText(text: string, people: People): string {
  const names = new Map<string, string>([
    ['here', '<!here>'],
    ['channel', '<!channel>'],
    ['everyone', '<!everyone>'],
  ]);
  for (const user of people.users) {
    names.set(user.real_name.toLowerCase(), `<@${user.id}>`);
    names.set(user.name.toLowerCase(), `<@${user.id}>`);
  }
  const channels = new Map([...people.channels].map((channel) => [channel.name, channel]));
  const longestFirst = [...names.keys()].sort((one, other) => other.length - one.length).map(literally);
  const mention = new RegExp(`(^|[\\s(])@(${longestFirst.join('|')})(?![\\w-])`, 'gi');
  return escapeText(text)
    .replace(mention, (_all, before: string, name: string) => `${before}${names.get(name.toLowerCase()) ?? ''}`)
    .replace(/(^|[\s(])#([a-z0-9_-]+)/g, (all, before: string, name: string) => {
      const channel = channels.get(name);
      return channel ? `${before}<#${channel.id}|${channel.name}>` : all;
    })
    .replace(/(^|[\s(])(https?:\/\/[^\s<>)]+)/g, (_all, before: string, url: string) => `${before}<${url}>`);
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const ENTITY = /<(@[UW][A-Z0-9]+|![a-z]+|#[CGD][A-Z0-9]+|https?:[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>|:([a-z0-9_+-]+):/g;

function entityElement(body: string | undefined, label: string | undefined, emoji: string | undefined): JsonObject {
  if (emoji !== undefined) return { type: 'emoji', name: emoji };
  const target = body ?? '';
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: target, ...(label ? { text: label } : {}) };
}

/** The rich_text block that Slack adds to a person's message. */
export function richTextOf(text: string, blockId: string): SlackBlock {
  const elements: Json[] = [];
  let from = 0;
  for (const found of text.matchAll(ENTITY)) {
    if (found.index > from) elements.push({ type: 'text', text: unescapeText(text.slice(from, found.index)) });
    elements.push(entityElement(found[1], found[2], found[3]));
    from = found.index + found[0].length;
  }
  if (from < text.length) elements.push({ type: 'text', text: unescapeText(text.slice(from)) });
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}

function mentionsIn(text: string): string[] {
  const people = [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map((found) => found[1] ?? '');
  const everyone = [...text.matchAll(/<!(here|channel|everyone|group)(?:\|[^>]*)?>/g)].map((found) => found[1] ?? '');
  return [...people, ...everyone];
}

function mrkdwnOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  if (value.type === 'mrkdwn' && typeof value.text === 'string') return [value.text];
  if (value.type === 'markdown' && typeof value.text === 'string') return [value.text];
  if (value.type === 'user' && typeof value.user_id === 'string') return [`<@${value.user_id}>`];
  if (value.type === 'broadcast' && typeof value.range === 'string') return [`<!${value.range}>`];
  return Object.values(value).flatMap(mrkdwnOf);
}

/** Whom a message would notify. The fallback text counts beside the blocks: it is what a notification shows. */
export function mentionsOf(text: string, blocks: Json[]): string[] {
  return [...new Set([text, ...blocks.flatMap(mrkdwnOf)].flatMap(mentionsIn))];
}
