/** Words of people on their way into a card: nothing they write may become a link, a mention, a date or an element. */
import { fileText, type Inline, type Line, spoken } from '../../src/app/view';
import type { Place } from '../../src/domain/case/case';
import { partyName } from '../../src/domain/case/case';
import type { Instant } from '../../src/domain/ids';
import type { JsonObject } from './connector';
import { isChannelId } from './refs';
import { PLATFORM } from './settings';

const BREAK = '\u200b';
// Control characters, marks that turn the direction of what follows, and halves of characters.
const UNSEEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text for a TextRun, which draws no Markdown: only Teams' own `{{DATE(…)}}` and `<at>` are to be kept apart. */
export function harmless(text: string): string {
  return text
    .replace(UNSEEN, '')
    .replace(/\{(?=\{)/g, `{${BREAK}`)
    .replace(/<(?=\/?at\b)/gi, `<${BREAK}`);
}

/** Text for places that draw Markdown (titles of actions do not): every sign that means something is written out. */
export function withoutMarkdown(text: string): string {
  return harmless(text).replace(/[\\`*_~[\]()#>|!]/g, '\\$&');
}

/** `text` in at most `most` characters. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export interface RunStyle {
  readonly weight?: 'Bolder';
  readonly size?: 'Large' | 'Medium' | 'Small';
  readonly isSubtle?: boolean;
  readonly color?: 'Attention' | 'Warning' | 'Good';
}

const INLINE_MAX = 2_000;

/** A line of text as the runs of a RichTextBlock. */
export function runs(line: Line, style: RunStyle = {}, inlineMax = INLINE_MAX): JsonObject[] {
  return spoken(line).map((inline) => run(inline, style, inlineMax));
}

function run(inline: Inline, style: RunStyle, inlineMax: number): JsonObject {
  const words = (text: string): string => cut(harmless(text), inlineMax);
  switch (inline.kind) {
    case 'text':
      return { type: 'TextRun', text: words(inline.text), ...style };
    case 'strong':
      return { type: 'TextRun', text: words(inline.text), ...style, weight: 'Bolder' };
    case 'code':
      return { type: 'TextRun', text: words(inline.text), ...style, fontType: 'Monospace' };
    case 'person':
      return { type: 'TextRun', text: words(inline.name), ...style };
    case 'party':
      return { type: 'TextRun', text: words(partyName(inline.party)), ...style };
    case 'time':
      return { type: 'TextRun', text: timeText(inline.at, inline.only), ...style };
    case 'place':
      return { type: 'TextRun', text: words(inline.label), ...style, ...linkTo(inline.place) };
    case 'file':
      return { type: 'TextRun', text: words(fileText(inline.file)), ...style, ...opening(inline.file.url) };
  }
}

const opening = (url: string | null): JsonObject =>
  url === null ? {} : { selectAction: { type: 'Action.OpenUrl', url } };

/** In the reader's own zone and manner: Teams works these out where they are read. */
export function timeText(at: Instant, only?: 'hour'): string {
  const iso = new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return only === 'hour' ? `{{TIME(${iso})}}` : `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

/** The address of a message in Teams, which any of its clients opens; null for places of other platforms. */
export function addressOf(place: Place): string | null {
  if (place.platform !== PLATFORM || place.message === '') return null;
  const path = [place.channel, place.message].map(encodeURIComponent).join('/');
  const query = isChannelId(place.channel)
    ? `parentMessageId=${encodeURIComponent(place.thread ?? place.message)}`
    : `context=${encodeURIComponent('{"contextType":"chat"}')}`;
  return `https://teams.microsoft.com/l/message/${path}?${query}`;
}

function linkTo(place: Place): JsonObject {
  const address = addressOf(place);
  return address === null ? {} : opening(address);
}

/**
 * A line as plain text, for notices, summaries and log lines. Instants in the zone that the app wrote them in; what is to
 * be typed stands in quotation marks, as a plain sentence has no other letters for it.
 */
export function plainLine(line: Line): string {
  return spoken(line).map(plainInline).join('');
}

/** Words of the app as plain text. */
export const plainWords = (words: string): string => plainLine([{ kind: 'text', text: words }]);

function plainInline(inline: Inline): string {
  switch (inline.kind) {
    case 'person':
      return inline.name;
    case 'party':
      return partyName(inline.party);
    case 'place':
      return inline.label;
    case 'code':
      return `“${inline.text}”`;
    case 'file':
      return fileText(inline.file);
    case 'text':
    case 'strong':
    case 'time':
      return inline.text;
  }
}
