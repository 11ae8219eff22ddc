import type { Fact, Section } from '../../src/app/view';
import { actionSet } from './buttons';
import type { JsonObject } from './connector';
import { cut, harmless, runs, timeText, withoutMarkdown } from './text';

/** How much of long parts is drawn; the card of a case is made to fit by turning these down. */
export interface Room {
  readonly textMax: number;
  readonly entriesMax: number;
  readonly rowsMax: number;
}

const LABEL_WIDTH = '120px';
const PARAGRAPHS_MAX = 40;

export function sectionsOf(sections: readonly Section[], room: Room): JsonObject[] {
  let rows = 0;
  return sections.flatMap((section) => {
    if (section.kind === 'row') rows += 1;
    if (section.kind === 'row' && rows > room.rowsMax) return rows === room.rowsMax + 1 ? [leftOut('cases')] : [];
    return sectionOf(section, room);
  });
}

function sectionOf(section: Section, room: Room): JsonObject[] {
  switch (section.kind) {
    case 'lines':
      return section.lines.map((line, index) => ({
        type: 'RichTextBlock',
        ...(index === 0 ? {} : { spacing: 'Small' }),
        inlines: filled(runs(line, {}, room.textMax)),
      }));
    case 'quote':
      return [quote(section.label, section.text, room)];
    case 'code':
      return [code(section.text)];
    case 'heading':
      return [heading(section.text)];
    case 'history':
      return history(section.entries, room);
    case 'facts':
      return factsOf(section.facts, room);
    case 'row':
      return [row(section, room)];
    case 'buttons':
      return actionSet(section.buttons);
    case 'rule':
      return [{ type: 'Container', separator: true, spacing: 'Medium', items: [] }];
  }
}

/** A RichTextBlock without words is no valid element. */
const filled = (inlines: readonly JsonObject[]): readonly JsonObject[] =>
  inlines.length === 0 ? [{ type: 'TextRun', text: ' ' }] : inlines;

export function heading(text: string): JsonObject {
  return {
    type: 'TextBlock',
    text: withoutMarkdown(text),
    weight: 'Bolder',
    style: 'heading',
    wrap: true,
    separator: true,
    spacing: 'Medium',
  };
}

/** Label and value side by side. Not a FactSet: that draws Markdown, and titles and names are words of people. */
export function factsOf(facts: readonly Fact[], room: Room): JsonObject[] {
  return facts.map(({ label, value }, index) => ({
    type: 'ColumnSet',
    spacing: index === 0 ? 'Medium' : 'Small',
    columns: [
      column(LABEL_WIDTH, { type: 'TextBlock', text: withoutMarkdown(label), weight: 'Bolder', wrap: true }),
      column('stretch', { type: 'RichTextBlock', inlines: filled(runs(value, {}, room.textMax)) }),
    ],
  }));
}

const column = (width: string, item: JsonObject): JsonObject => ({ type: 'Column', width, items: [item] });

/** Words as a person wrote them, apart from ours and line by line (a TextRun does not break at a newline everywhere). */
function quote(label: string | null, text: string, room: Room): JsonObject {
  const head =
    label === null ? [] : [{ type: 'TextBlock', text: withoutMarkdown(label), weight: 'Bolder', wrap: true }];
  const lines = cut(text, room.textMax).split(/\r\n|\r|\n/);
  const shown = lines.length > PARAGRAPHS_MAX ? [...lines.slice(0, PARAGRAPHS_MAX), '…'] : lines;
  const paragraphs = shown.map((line) => ({
    type: 'RichTextBlock',
    spacing: 'None',
    inlines: [{ type: 'TextRun', text: line.trim() === '' ? ' ' : harmless(line) }],
  }));
  return { type: 'Container', style: 'emphasis', spacing: 'Small', items: [...head, ...paragraphs] };
}

/** One block line by line: `CodeBlock` is not drawn on telephones, and is no part of the Adaptive Cards schema. */
function code(text: string): JsonObject {
  const lines = text.split(/\r\n|\r|\n/).map((line) => ({
    type: 'RichTextBlock',
    spacing: 'None',
    inlines: [{ type: 'TextRun', text: line === '' ? ' ' : harmless(line), fontType: 'Monospace', size: 'Small' }],
  }));
  return { type: 'Container', style: 'emphasis', spacing: 'Small', items: lines };
}

type Entries = Extract<Section, { kind: 'history' }>['entries'];

/** The newest entries are kept where not all fit, and the card says so. */
function history(entries: Entries, room: Room): JsonObject[] {
  const shown = entries.slice(-room.entriesMax);
  const left = entries.length - shown.length;
  const blocks = shown.map(({ at, line }) => ({
    type: 'RichTextBlock',
    spacing: 'Small',
    inlines: [
      { type: 'TextRun', text: `${timeText(at)}  `, isSubtle: true, size: 'Small' },
      ...runs(line, {}, room.textMax),
    ],
  }));
  return left === 0 ? blocks : [leftOut(left === 1 ? 'earlier entry' : 'earlier entries', left), ...blocks];
}

function leftOut(what: string, count: number | null = null): JsonObject {
  const text = count === null ? `There is no room here for the other ${what}.` : `${count} ${what} not shown here.`;
  return { type: 'TextBlock', text, isSubtle: true, wrap: true, size: 'Small' };
}

function row(section: Extract<Section, { kind: 'row' }>, room: Room): JsonObject {
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      { type: 'RichTextBlock', inlines: filled(runs(section.title, { weight: 'Bolder' }, room.textMax)) },
      {
        type: 'RichTextBlock',
        spacing: 'None',
        inlines: filled(runs(section.detail, { isSubtle: true }, room.textMax)),
      },
      ...actionSet(section.buttons),
    ],
  };
}
