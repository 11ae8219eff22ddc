import { elementsOf } from './limits/blocks';
import { isObject } from './limits/shape';
import type { Json, JsonObject, SlackBlock, SlackEntries, SlackEntry } from './protocol';

/** An interactive element and the block that it stands in. */
export type Placed = { block: SlackBlock; element: JsonObject };
/** Options that the app suggested for an external select, by value. */
export type Suggested = (placed: Placed) => Map<string, Json> | undefined;

/** The elements of these blocks that a person can use. */
export function placedElements(blocks: SlackBlock[]): Placed[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({ block, element })),
  );
}

export function findElement(blocks: SlackBlock[], blockId: string, actionId: string): Placed | undefined {
  return placedElements(blocks).find((one) => one.block.block_id === blockId && one.element.action_id === actionId);
}

function optionsOf(placed: Placed, suggested: Suggested): Map<string, Json> {
  const { element } = placed;
  const flat = Array.isArray(element.options) ? element.options : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const grouped = groups.flatMap((group) => (Array.isArray(group.options) ? group.options : []));
  const initial = [element.initial_option, ...(Array.isArray(element.initial_options) ? element.initial_options : [])];
  const known = new Map(suggested(placed) ?? []);
  for (const option of [...flat, ...grouped, ...initial]) {
    if (isObject(option) && typeof option.value === 'string') known.set(option.value, option);
  }
  return known;
}

/** Fields of state that hold ids or plain values, by element type; selects with options are apart. */
const SINGLE: { [type: string]: [state: string, initial: string] } = {
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
};
const MULTIPLE: { [type: string]: [state: string, initial: string] } = {
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
};
const ONE_OPTION = ['static_select', 'external_select', 'radio_buttons', 'overflow'];
const SOME_OPTIONS = ['multi_static_select', 'multi_external_select', 'checkboxes'];

/** A value that the element cannot hold: a mistake of whoever sends it, never of the app. */
export class ImpossibleEntry extends Error {}

function chosen(options: Map<string, Json>, value: string): Json {
  const option = options.get(value);
  if (option === undefined) throw new ImpossibleEntry(`there is no option "${value}"`);
  return option;
}

function listed(entry: SlackEntry): string[] {
  if (entry === null) return [];
  return Array.isArray(entry) ? entry : [String(entry)];
}

/**
 * What Slack writes under `state.values` for one element. `entry` undefined means untouched: the initial value counts.
 * @throws ImpossibleEntry for an option that was never offered.
 */
function entryValue(placed: Placed, entry: SlackEntry | undefined, suggested: Suggested): JsonObject | undefined {
  const { element } = placed;
  const type = String(element.type);
  const single = SINGLE[type];
  if (single) {
    const given = entry === undefined ? (element[single[1]] ?? null) : entry;
    return {
      type,
      [single[0]]: given === '' ? null : typeof given === 'number' && single[0] === 'value' ? String(given) : given,
    };
  }
  const multiple = MULTIPLE[type];
  if (multiple) return { type, [multiple[0]]: entry === undefined ? (element[multiple[1]] ?? []) : listed(entry) };
  const options = optionsOf(placed, suggested);
  if (ONE_OPTION.includes(type)) {
    const empty = entry === null || entry === '';
    if (empty || entry === undefined) return { type, selected_option: empty ? null : (element.initial_option ?? null) };
    return { type, selected_option: chosen(options, String(entry)) };
  }
  if (!SOME_OPTIONS.includes(type)) return undefined;
  if (entry === undefined) return { type, selected_options: element.initial_options ?? [] };
  return { type, selected_options: listed(entry).map((value) => chosen(options, value)) };
}

/** `state.values` of a message or view: every element that holds a value, typed in or not. Menus hold none. */
export function stateValues(blocks: SlackBlock[], entries: SlackEntries, suggested: Suggested): JsonObject {
  const values: { [blockId: string]: JsonObject } = {};
  for (const placed of placedElements(blocks)) {
    if (placed.element.type === 'overflow') continue;
    const actionId = String(placed.element.action_id);
    const value = entryValue(placed, entries[placed.block.block_id]?.[actionId], suggested);
    if (value) values[placed.block.block_id] = { ...values[placed.block.block_id], [actionId]: value };
  }
  return values;
}

/** The entry of `actions` in a block_actions payload. */
export function pressedAction(
  placed: Placed,
  entry: SlackEntry | undefined,
  at: { ts: string; suggested: Suggested },
): JsonObject {
  const { element, block } = placed;
  const ids = {
    type: element.type ?? '',
    action_id: element.action_id ?? '',
    block_id: block.block_id,
    action_ts: at.ts,
  };
  const value = entryValue(placed, entry, at.suggested);
  if (value) return { ...value, ...ids, ...(element.placeholder ? { placeholder: element.placeholder } : {}) };
  const { text, value: own, url, style } = element;
  return {
    ...ids,
    ...(text ? { text } : {}),
    ...(own !== undefined ? { value: own } : {}),
    ...(url ? { url } : {}),
    ...(style ? { style } : {}),
  };
}

function isEmpty(value: JsonObject): boolean {
  return Object.entries(value).every(
    ([name, held]) => name === 'type' || held === null || (Array.isArray(held) && held.length === 0),
  );
}

function lengthFault(element: JsonObject, value: JsonObject): string | undefined {
  const length = typeof value.value === 'string' ? value.value.length : 0;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && length < min) return `Please enter at least ${min} characters.`;
  const most = typeof max === 'number' ? max : 3_000;
  return length > most ? `Please enter at most ${most} characters.` : undefined;
}

/** What Slack's own client refuses to submit: block_id → the sentence under the field. Empty when all is filled in. */
export function clientErrors(blocks: SlackBlock[], values: JsonObject): { [blockId: string]: string } {
  const errors: { [blockId: string]: string } = {};
  for (const { block, element } of placedElements(blocks.filter((one) => one.type === 'input'))) {
    const held = values[block.block_id];
    const value = isObject(held) ? held[String(element.action_id)] : undefined;
    if (!isObject(value)) continue;
    const missing = isEmpty(value) && block.optional !== true;
    const fault = missing ? 'Please complete this required field.' : lengthFault(element, value);
    if (fault !== undefined && !(isEmpty(value) && block.optional === true)) errors[block.block_id] = fault;
  }
  return errors;
}
