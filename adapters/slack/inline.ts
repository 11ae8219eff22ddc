/** Lines of a view in Slack's two notations: rich text elements (people's words, sound by construction) and mrkdwn. */
import type { RichTextElement } from '@slack/types';
import { fileText, type Inline, type Line, spoken } from '../../src/app/view';
import { type Party, type Place, partyName } from '../../src/domain/case/case';
import type { PersonId } from '../../src/domain/ids';
import { clean, escapeText, literally, shorten } from './text';

/** What drawing needs to know of the world: who is whom in this workspace and where a message can be opened. */
export interface Pen {
  /** The person's user id in this workspace, or null. */
  account(person: PersonId): string | null;
  /** The address of a message in this workspace, or null for a place that Slack cannot open. */
  address(place: Place): string | null;
}

export const DATE_FORMAT = '{date_short_pretty} at {time}';
const formatOf = ({ only }: Extract<Inline, { kind: 'time' }>): string => (only === 'hour' ? '{time}' : DATE_FORMAT);

function pinged(party: Party, pen: Pen): string | null {
  if (party.kind === 'person') return pen.account(party.id);
  return party.kind === 'guest' && party.platform === 'slack' ? party.user : null;
}

const seconds = (at: number): number => Math.floor(at / 1000);

function richElement(inline: Inline, pen: Pen): RichTextElement {
  const named = (name: string, user: string | null): RichTextElement =>
    user === null ? { type: 'text', text: clean(name) } : { type: 'user', user_id: user };
  switch (inline.kind) {
    case 'text':
      return { type: 'text', text: clean(inline.text) };
    case 'strong':
      return { type: 'text', text: clean(inline.text), style: { bold: true } };
    case 'code':
      return { type: 'text', text: clean(inline.text), style: { code: true } };
    case 'person':
      return named(inline.name, inline.ping ? pen.account(inline.person) : null);
    case 'party':
      return named(partyName(inline.party), inline.ping ? pinged(inline.party, pen) : null);
    case 'time':
      return { type: 'date', timestamp: seconds(inline.at), format: formatOf(inline), fallback: clean(inline.text) };
    case 'place': {
      const url = pen.address(inline.place);
      return url === null
        ? { type: 'text', text: clean(inline.label) }
        : { type: 'link', url, text: clean(inline.label) };
    }
    case 'file': {
      const words = clean(fileText(inline.file));
      const { url } = inline.file;
      return url === null ? { type: 'text', text: words } : { type: 'link', url, text: words };
    }
  }
}

/** Neighbours of the same look become one element, so that a sentence is one stretch of text. */
function join(elements: readonly RichTextElement[]): RichTextElement[] {
  const joined: RichTextElement[] = [];
  for (const next of elements) {
    const last = joined[joined.length - 1];
    const same = last?.type === 'text' && next.type === 'text' && !last.style && !next.style;
    if (same) joined[joined.length - 1] = { type: 'text', text: last.text + next.text };
    else joined.push(next);
  }
  return joined;
}

/** The line as rich text elements holding at most `max` characters; Slack refuses an empty element, so there is none. */
export function richLine(line: Line, pen: Pen, max: number): RichTextElement[] {
  const elements: RichTextElement[] = [];
  let left = max;
  for (const inline of spoken(line)) {
    const element = richElement(inline, pen);
    if (element.type === 'text') {
      const text = left > 1 ? shorten(element.text, left) : '';
      left -= text.length;
      if (text !== '') elements.push({ ...element, text });
    } else if (left > 0) elements.push(element);
  }
  return join(elements);
}

function mrkdwnInline(inline: Inline, pen: Pen): string {
  const named = (name: string, user: string | null): string => (user === null ? literally(clean(name)) : `<@${user}>`);
  switch (inline.kind) {
    case 'text':
      return literally(clean(inline.text));
    case 'strong':
      return inline.text.trim() === '' ? inline.text : `*${literally(clean(oneStretch(inline.text)))}*`;
    case 'code':
      return inline.text.trim() === ''
        ? inline.text
        : `\`${escapeText(clean(oneStretch(inline.text))).replaceAll('`', 'ˋ')}\``;
    case 'person':
      return named(inline.name, inline.ping ? pen.account(inline.person) : null);
    case 'party':
      return named(partyName(inline.party), inline.ping ? pinged(inline.party, pen) : null);
    case 'time':
      return `<!date^${seconds(inline.at)}^${formatOf(inline)}|${entityLabel(inline.text)}>`;
    case 'place': {
      const url = pen.address(inline.place);
      return url === null ? literally(clean(inline.label)) : `<${url}|${entityLabel(inline.label)}>`;
    }
    case 'file': {
      const words = fileText(inline.file);
      const { url } = inline.file;
      return url === null ? literally(clean(words)) : `<${escapeText(url)}|${entityLabel(words)}>`;
    }
  }
}

/** Formatting holds within a line only, and not next to a space. */
const oneStretch = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Inside `<…|label>` neither a bar nor a caret may stand. */
const entityLabel = (text: string): string => escapeText(clean(text).replace(/[|^\n]/g, ' ')) || '-';

/** Slack reads formatting only at the edge of a word: where two pieces touch, something without width goes between them. */
const touching = (before: string, after: string): boolean =>
  /[*`]$/.test(before) ? /^\S/.test(after) : /\S$/.test(before) && /^[*`]/.test(after);

/** The line as mrkdwn of at most `max` characters: pieces that do not fit are shortened, or left out when they cannot be. */
export function mrkdwnLine(line: Line, pen: Pen, max: number): string {
  let drawn = '';
  for (const inline of spoken(line)) {
    const piece = mrkdwnInline(inline, pen);
    const gap = touching(drawn, piece) ? '\u200b' : '';
    if (drawn.length + gap.length + piece.length <= max) {
      drawn += gap + piece;
      continue;
    }
    return drawn + gap + fitted(inline, pen, max - drawn.length - gap.length);
  }
  return drawn;
}

function fitted(inline: Inline, pen: Pen, room: number): string {
  if (inline.kind !== 'text' && inline.kind !== 'strong' && inline.kind !== 'code') return '';
  // Escaping makes text longer (at most fivefold), so the length that fits is found by trying.
  for (let length = room; length > 1; length = Math.floor(length * 0.8)) {
    const piece = mrkdwnInline({ kind: inline.kind, text: shorten(inline.text, length) }, pen);
    if (piece.length <= room) return piece;
  }
  return '';
}
