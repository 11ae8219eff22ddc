import type { Line, Tone, View } from '../../src/app/view';
import { actions } from './buttons';
import type { JsonObject } from './connector';
import { type AccountOf, mentionEntities, pingBlock, pingsIn, withoutPings } from './mentions';
import { factsOf, type Room, sectionsOf } from './sections';
import { cut, harmless, plainLine, plainWords, type RunStyle, runs, withoutMarkdown } from './text';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** Teams refuses cards above 28 KB; some room is kept for what it adds. */
export const CARD_BYTES_MAX = 26 * 1024;

/** What goes out: the card, and the words of a notification, where a card says nothing. */
export interface Message {
  readonly card: JsonObject;
  readonly summary: string;
}

// From generous to bare: a case with a long history must still have a card.
const ROOMS: readonly Room[] = [
  { textMax: 4_000, entriesMax: 50, rowsMax: 25 },
  { textMax: 1_500, entriesMax: 25, rowsMax: 20 },
  { textMax: 600, entriesMax: 12, rowsMax: 12 },
  { textMax: 250, entriesMax: 6, rowsMax: 8 },
  { textMax: 120, entriesMax: 2, rowsMax: 4 },
];

const SUMMARY_MAX = 500;

export function messageOf(view: View, accountOf: AccountOf): Message {
  return { card: cardOf(view, accountOf), summary: cut(plainWords(view.summary), SUMMARY_MAX) };
}

/** A view as an Adaptive Card 1.5, made to fit. */
export function cardOf(view: View, accountOf: AccountOf): JsonObject {
  const fitting = ROOMS.map((room) => () => draw(view, accountOf, room));
  for (const drawn of fitting) {
    const card = drawn();
    if (fits(card)) return card;
  }
  const answers = view.sections.filter(({ kind }) => kind === 'buttons');
  return draw({ ...view, sections: answers, facts: [], footer: null }, accountOf, {
    textMax: 120,
    entriesMax: 0,
    rowsMax: 0,
  });
}

export const fits = (card: JsonObject): boolean => Buffer.byteLength(JSON.stringify(card)) <= CARD_BYTES_MAX;

function draw(view: View, accountOf: AccountOf, room: Room): JsonObject {
  const people = pingsIn(view, accountOf);
  const body = [
    ...titleOf(view, room),
    ...pingBlock(people),
    ...factsOf(view.facts, room),
    ...sectionsOf(withoutPings(view.sections, accountOf), room),
    ...footerOf(view.footer, room),
  ];
  const words = [
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: harmless(plainWords(view.summary)) || ' ' }] },
  ];
  return frame({
    summary: view.summary,
    body: body.length === 0 ? words : body,
    actions: actions(view.buttons),
    entities: mentionEntities(people),
  });
}

interface Framed {
  readonly summary: string;
  readonly body: readonly JsonObject[];
  readonly actions: readonly JsonObject[];
  readonly entities?: readonly JsonObject[];
}

/** The outermost element of every card. */
export function frame({ summary, body, actions: below, entities = [] }: Framed): JsonObject {
  const words = cut(harmless(plainWords(summary)), SUMMARY_MAX);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: withoutMarkdown(words),
    speak: words.replace(/[<>&]/g, ' '),
    body,
    ...(below.length === 0 ? {} : { actions: below }),
    msteams: { width: 'Full', ...(entities.length === 0 ? {} : { entities }) },
  };
}

export const attachmentOf = (card: JsonObject): JsonObject => ({ contentType: CARD_TYPE, content: card });

const TITLE_MAX = 300;
// A sign besides the colour: colour alone says nothing to many people.
const SIGNS: Readonly<Record<Tone, string>> = { plain: '', urgent: '🚨 ', warning: '⚠️ ', good: '✅ ', muted: '' };
const GROUNDS: Readonly<Record<Tone, string | null>> = {
  plain: null,
  urgent: 'attention',
  warning: 'warning',
  good: 'good',
  muted: null,
};

function titleOf({ title, tone }: View, room: Room): JsonObject[] {
  if (title === null) return [];
  const style: RunStyle = tone === 'muted' ? { size: 'Medium', isSubtle: true } : { size: 'Medium', weight: 'Bolder' };
  const sign: Line = SIGNS[tone] === '' ? [] : [{ kind: 'text', text: SIGNS[tone] }];
  const block = {
    type: 'RichTextBlock',
    inlines: runs([...sign, ...title], style, Math.min(TITLE_MAX, room.textMax)),
  };
  const ground = GROUNDS[tone];
  return [ground === null ? block : { type: 'Container', style: ground, bleed: true, items: [block] }];
}

function footerOf(footer: Line | null, room: Room): JsonObject[] {
  if (footer === null || footer.length === 0) return [];
  const inlines = runs(footer, { isSubtle: true, size: 'Small' }, room.textMax);
  return [{ type: 'RichTextBlock', spacing: 'Medium', inlines }];
}

/** A view in a line or two of plain text, or null when it says more than fits there. */
export function inBrief(view: View): string | null {
  const lines = view.sections.map((section) => (section.kind === 'lines' ? section.lines.map(plainLine) : null));
  if (lines.includes(null) || view.facts.length > 0 || view.buttons.length > 0) return null;
  const said = lines.flatMap((some) => some ?? []);
  const title = view.title === null ? [] : [plainLine(view.title)];
  const text = [...title, ...said].join('\n').trim() || plainWords(view.summary);
  return text.length > BRIEF_MAX ? null : harmless(text);
}

const BRIEF_MAX = 400;
