import { type Placed, placedElements } from './entries';
import { isObject } from './limits/shape';
import type {
  Json,
  JsonObject,
  SlackBlock,
  SlackEntries,
  SlackEntry,
  SlackMessage,
  SlackPlace,
  SlackView,
} from './protocol';

/** Reads a message or a form as a person does: by the words on it. For tests and scripted tours. */

type Drawn = { blocks: SlackBlock[] };

function textOf(value: Json | undefined): string | undefined {
  return isObject(value) && typeof value.text === 'string' ? value.text : undefined;
}

function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  const own = typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(textsIn)];
}

/** Every word that is drawn, blocks first; the fallback text when there are no blocks. */
export function wordsOn(drawn: Drawn & { text?: string }): string {
  return drawn.blocks.length > 0 ? textsIn(drawn.blocks).join('\n') : (drawn.text ?? '');
}

/** What an element is called: its label, its own words, or its placeholder. */
function nameOf({ block, element }: Placed): string {
  const label = block.type === 'input' ? textOf(block.label) : undefined;
  const spoken = typeof element.accessibility_label === 'string' ? element.accessibility_label : undefined;
  return label ?? textOf(element.text) ?? textOf(element.placeholder) ?? spoken ?? String(element.action_id);
}

/** Names of everything that can be used here, in order. */
export function elementNames(drawn: Drawn): string[] {
  return placedElements(drawn.blocks).map(nameOf);
}

function named(drawn: Drawn, name: string): Placed {
  const found = placedElements(drawn.blocks).find((one) => nameOf(one) === name);
  if (!found) throw new Error(`no "${name}" here; there is: ${elementNames(drawn).join(', ') || 'nothing to use'}`);
  return found;
}

function optionsIn(element: JsonObject): JsonObject[] {
  const flat = Array.isArray(element.options) ? element.options.filter(isObject) : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  return [...flat, ...groups.flatMap(optionsIn)];
}

/** The value behind an option's words; words that no option bears stay as they are. */
function valueBehind(element: JsonObject, entry: SlackEntry): SlackEntry {
  if (Array.isArray(entry)) return entry.map((one) => String(valueBehind(element, one)));
  const option = optionsIn(element).find((one) => textOf(one.text) === entry);
  return option && typeof option.value === 'string' ? option.value : entry;
}

/** Ids and value for a `press` of what bears this name (`choice`: an option's words or value). Throws when it is not there. */
export function pressOf(
  place: SlackPlace,
  drawn: Drawn,
  name: string,
  choice?: SlackEntry,
): { act: 'press'; place: SlackPlace; block_id: string; action_id: string; value?: SlackEntry } {
  const menu = choice === undefined ? menuWith(drawn, name) : undefined;
  const found = menu ?? named(drawn, name);
  const value = menu
    ? valueBehind(menu.element, name)
    : choice === undefined
      ? undefined
      : valueBehind(found.element, choice);
  return { act: 'press', place, block_id: found.block.block_id, action_id: String(found.element.action_id), value };
}

/** An overflow menu that holds this entry: people look for words, wherever the app has put them. */
function menuWith(drawn: Drawn, words: string): Placed | undefined {
  return placedElements(drawn.blocks).find(
    (one) => one.element.type === 'overflow' && optionsIn(one.element).some((option) => textOf(option.text) === words),
  );
}

/** What is typed into a form, by label, as `submitView` wants it. Throws for a label that the form does not have. */
export function entriesOf(view: SlackView, filled: { [label: string]: SlackEntry }): SlackEntries {
  const entries: SlackEntries = {};
  for (const [label, entry] of Object.entries(filled)) {
    const { block, element } = named(view, label);
    const value = valueBehind(element, entry);
    entries[block.block_id] = { ...entries[block.block_id], [String(element.action_id)]: value };
  }
  return entries;
}

/** Block and action ids of the field with this label. */
export function fieldOf(drawn: Drawn, label: string): { block_id: string; action_id: string } {
  const { block, element } = named(drawn, label);
  return { block_id: block.block_id, action_id: String(element.action_id) };
}

export function placeOfMessage(message: SlackMessage): SlackPlace {
  return { channel: message.channel, ts: message.ts };
}
