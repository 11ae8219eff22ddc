/** Views as Block Kit, within Slack's limits whatever people wrote. */
import type {
  ContextBlock,
  KnownBlock,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
  SectionBlock,
} from '@slack/types';
import type { Fact, Line, Section, Tone, View } from '../../src/app/view';
import { actionsOf } from './buttons';
import { DATE_FORMAT, mrkdwnLine, type Pen, richLine } from './inline';
import { clean, escapedWithin, shorten } from './text';

/** Where blocks are shown: a message takes fewer of them than a modal or the Home tab. */
export type Room = 'message' | 'modal' | 'home';

/** A message as Slack takes it: `text` is what a screen reader says and a notification shows. */
export interface Drawn {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const BLOCKS_MAX: Record<Room, number> = { message: 50, modal: 100, home: 100 };
/** Slack refuses messages with more than about 13,200 characters in their blocks (bolt-js#2509); the rest is margin. */
const CHARACTERS_MAX: Record<Room, number> = { message: 12_000, modal: 60_000, home: 60_000 };
/** chat.update takes 4,000 characters of text; entities are counted as written. */
const SUMMARY_MAX = 3_500;
const TITLE_MAX = 400;
const HEADER_MAX = 150;
const PARAGRAPHS_MAX = 2_900;
const QUOTE_MAX = 2_900;
const HISTORY_MAX = 5_000;
const FIELDS_MAX = 10;
const FACT_MAX = 400;
const FOOTER_MAX = 1_000;

/** Tone in a sign that a reader can tell apart without colour; the words beside it say the same. */
const SIGN: Record<Tone, string> = { plain: '', urgent: '🚨 ', warning: '⚠️ ', good: '✅ ', muted: '' };

const text = (words: string): RichTextElement => ({ type: 'text', text: words });
const section = (elements: RichTextElement[]): RichTextSection => ({ type: 'rich_text_section', elements });
const richText = (...elements: RichTextBlock['elements']): RichTextBlock => ({ type: 'rich_text', elements });

/** Lines one below the other in at most `max` characters; an empty line stays as a gap. */
function paragraphs(lines: readonly Line[], pen: Pen, lead = ''): RichTextBlock[] {
  const elements: RichTextElement[] = lead === '' ? [] : [text(lead)];
  let left = PARAGRAPHS_MAX;
  lines.forEach((line, index) => {
    if (left < 2) return;
    const drawn = richLine(line, pen, left);
    for (const element of drawn) left -= element.type === 'text' ? element.text.length : 12;
    if (index > 0) elements.push(text('\n'));
    elements.push(...drawn);
  });
  return elements.length === 0 ? [] : [richText(section(elements))];
}

function quote(label: string | null, words: string): RichTextBlock[] {
  const said = shorten(words.trim(), QUOTE_MAX);
  if (said === '') return label === null ? [] : [richText(section([{ ...bold(label) }, text(' –')]))];
  const quoted = { type: 'rich_text_quote' as const, elements: [text(said)] };
  return [label === null ? richText(quoted) : richText(section([bold(label)]), quoted)];
}

/** Cut at the end of a line; the pages of what is long are the engine's. */
function preformatted(words: string): string {
  const shown = clean(words);
  if (shown.length <= QUOTE_MAX) return shown || '-';
  const cut = shown.slice(0, QUOTE_MAX);
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n…`;
}

const bold = (words: string): RichTextElement => ({ type: 'text', text: clean(words) || '-', style: { bold: true } });

type Entries = Extract<Section, { kind: 'history' }>['entries'];

/** The newest entries that fit, oldest first, with a word on how many are missing. */
function history(entries: Entries, pen: Pen): RichTextBlock[] {
  const items: RichTextSection[] = [];
  let left = HISTORY_MAX;
  for (const entry of [...entries].reverse()) {
    const line = richLine(entry.line, pen, 600);
    const when = Math.floor(entry.at / 1000);
    const date: RichTextElement = {
      type: 'date',
      timestamp: when,
      format: DATE_FORMAT,
      fallback: clean(entry.when) || '-',
    };
    // An address has no other room than this: words are shortened where all is too long.
    const weight = line.some(({ type }) => type === 'link') ? 1 : 2;
    left -= JSON.stringify(line).length / weight + entry.when.length;
    if (left < 0) break;
    items.unshift(section([date, text(' · '), ...(line.length > 0 ? line : [text('–')])]));
  }
  if (items.length === 0) return [];
  const missing = entries.length - items.length;
  const list = { type: 'rich_text_list' as const, style: 'bullet' as const, elements: items };
  return [missing > 0 ? richText(section([text(`… ${missing} earlier`)]), list) : richText(list)];
}

/** Label above value, two columns wide. `verbatim` keeps Slack from making links of bare addresses. */
export function factsOf(facts: readonly Fact[], pen: Pen): SectionBlock[] {
  const fields = facts.map((fact) => {
    const label = mrkdwnLine([{ kind: 'strong', text: fact.label }], pen, 100);
    const value = mrkdwnLine(fact.value, pen, FACT_MAX) || '–';
    return { type: 'mrkdwn' as const, text: `${label}\n${value}`, verbatim: true };
  });
  const blocks: SectionBlock[] = [];
  for (let from = 0; from < fields.length; from += FIELDS_MAX)
    blocks.push({ type: 'section', fields: fields.slice(from, from + FIELDS_MAX) });
  return blocks;
}

function sectionOf(given: Section, pen: Pen, first: number): KnownBlock[] {
  switch (given.kind) {
    case 'lines':
      return paragraphs(given.lines, pen);
    case 'quote':
      return quote(given.label, given.text);
    case 'code':
      return [
        richText({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: preformatted(given.text) }] }),
      ];
    case 'heading':
      return [
        { type: 'header', text: { type: 'plain_text', text: shorten(given.text, HEADER_MAX) || '-', emoji: false } },
      ];
    case 'history':
      return history(given.entries, pen);
    case 'facts':
      return factsOf(given.facts, pen);
    case 'row':
      return [
        ...paragraphs(
          [given.title, given.detail].filter((line) => line.length > 0),
          pen,
        ),
        ...actionsOf(given.buttons, first),
      ];
    case 'buttons':
      return actionsOf(given.buttons, first);
    case 'rule':
      return [{ type: 'divider' }];
  }
}

/** Element numbers are unique in a message: each section has its own hundred. */
const SECTION_STEP = 100;

/** The sections as blocks, numbered so that no two elements of one message are called the same. */
export function sectionsOf(sections: readonly Section[], pen: Pen): KnownBlock[][] {
  return sections.map((one, index) => sectionOf(one, pen, (index + 1) * SECTION_STEP));
}

function footer(line: Line | null, pen: Pen): ContextBlock[] {
  const words = line === null ? '' : mrkdwnLine(line, pen, FOOTER_MAX);
  return words === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: words, verbatim: true }] }];
}

const CUT: ContextBlock = {
  type: 'context',
  elements: [{ type: 'plain_text', text: '… shortened: there is more than fits here' }],
};

function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (key === 'type' ? 0 : characters(inner)), 0);
}

/** Drops sections from the end until everything fits; title, facts, buttons and footer always stay. */
function fitted(head: KnownBlock[], body: KnownBlock[][], tail: KnownBlock[], room: Room): KnownBlock[] {
  const sum = (blocks: readonly KnownBlock[]): number => characters(blocks);
  const kept: KnownBlock[][] = [];
  let blocks = head.length + tail.length;
  let letters = sum(head) + sum(tail);
  for (const group of body) {
    blocks += group.length;
    letters += sum(group);
    if (blocks + 1 > BLOCKS_MAX[room] || letters > CHARACTERS_MAX[room]) break;
    kept.push(group);
  }
  const cut = kept.length < body.length ? [CUT] : [];
  return [...head, ...kept.flat(), ...cut, ...tail];
}

/** A title stands out as a whole; what is code or a link in it stays so. */
const emphasised = (element: RichTextElement): RichTextElement =>
  element.type === 'text' && !element.style ? { ...element, style: { bold: true } } : element;

/** A header where one can hold it, since it is what the eye finds first; rich text for a long title, code or a link. */
function titleOf(title: Line, sign: string, pen: Pen): KnownBlock[] {
  const drawn = richLine(title, pen, TITLE_MAX);
  if (drawn.length === 0) return [];
  const plain = drawn.every((element) => element.type === 'text' && element.style?.code !== true);
  const words = sign + drawn.map((element) => (element.type === 'text' ? element.text : '')).join('');
  if (plain && words.length <= HEADER_MAX)
    return [{ type: 'header', text: { type: 'plain_text', text: words, emoji: false } }];
  const strong = drawn.map(emphasised);
  return [richText(section(sign === '' ? strong : [text(sign), ...strong]))];
}

/** Without a title the sign stands before the first words. */
function signed(sections: readonly Section[], sign: string): readonly Section[] {
  const [first, ...rest] = sections;
  if (sign === '') return sections;
  if (first?.kind !== 'lines') return [{ kind: 'lines', lines: [[{ kind: 'text', text: sign.trim() }]] }, ...sections];
  const [line = [], ...others] = first.lines;
  return [{ ...first, lines: [[{ kind: 'text', text: sign }, ...line], ...others] }, ...rest];
}

/** The view as blocks for `room`, and as one text for notifications and screen readers. Never empty. */
export function cardOf(view: View, pen: Pen, room: Room = 'message'): Drawn {
  const sign = SIGN[view.tone];
  const titled = view.title === null ? [] : titleOf(view.title, sign, pen);
  const body = sectionsOf(titled.length === 0 ? signed(view.sections, sign) : view.sections, pen);
  const tail = [...actionsOf(view.buttons, 0), ...footer(view.footer, pen)];
  const blocks = fitted([...titled, ...factsOf(view.facts, pen)], body, tail, room);
  const summary = escapedWithin(view.summary, SUMMARY_MAX) || 'Baton';
  const nothing = richText(section([text(shorten(view.summary, PARAGRAPHS_MAX) || 'Baton')]));
  return { text: summary, blocks: blocks.length === 0 ? [nothing] : blocks };
}
