/** Buttons of a view as Slack's elements, and what a press says when it comes back. */
import type { ActionsBlock, ConfirmationDialog, Overflow, Button as SlackButton } from '@slack/types';
import { z } from 'zod';
import type { Button, ButtonData, Verb } from '../../src/app/view';
import { oneLine, shorten } from './text';

export const ACTION_PREFIX = 'baton:';
const MENU = 'menu';

const BUTTON_TEXT_MAX = 75;
const BUTTON_VALUE_MAX = 2000;
const OPTION_MAX = 75;
const OVERFLOW_MAX = 5;
const ELEMENTS_MAX = 25;
/** Up to this many buttons stand in a row on a wide screen; with more, those that may go into a menu do. */
const IN_SIGHT_MAX = 4;

const VERBS = {
  take: 1,
  escalate: 1,
  wait: 1,
  resume: 1,
  resolve: 1,
  reopen: 1,
  details: 1,
  note: 1,
  reply: 1,
  assign: 1,
  priority: 1,
  criteria: 1,
  keep: 1,
  lower: 1,
  nudge: 1,
  promise: 1,
  kept: 1,
  drop: 1,
  accept: 1,
  decline: 1,
  advise: 1,
  withdraw: 1,
  handback: 1,
  open: 1,
  'open-from': 1,
  dismiss: 1,
  page: 1,
  home: 1,
  give: 1,
  whatif: 1,
  resend: 1,
  arrived: 1,
  swap: 1,
  'swap-yes': 1,
  'swap-no': 1,
  'accept-all': 1,
  board: 1,
  deal: 1,
  steps: 1,
} satisfies Record<Verb, 1>;

export const isVerb = (word: string): word is Verb => Object.hasOwn(VERBS, word);

const Data = z.record(z.string(), z.union([z.string(), z.number()]));

/** What a button or a form carries along, from JSON text; null when it is not ours. */
export function readData(text: string): ButtonData | null {
  try {
    return Data.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export interface Pressed {
  readonly verb: Verb;
  readonly data: ButtonData;
}

/** `action_id` is `baton:<verb>:<n>` with the data as value, or `baton:menu:<n>` with verb and data in the chosen option. */
export function readPress(actionId: string, value: string | undefined): Pressed | null {
  const word = actionId.slice(ACTION_PREFIX.length).split(':')[0] ?? '';
  if (value === undefined) return null;
  if (word === MENU) return readMenu(value);
  const data = readData(value);
  return isVerb(word) && data !== null ? { verb: word, data } : null;
}

function readMenu(value: string): Pressed | null {
  const [verb = '', ...rest] = value.split('?');
  const data = rest.length === 1 ? readShort(rest[0] ?? '') : null;
  return isVerb(verb) && data !== null ? { verb, data } : null;
}

/** `case=6ba7…&seen:12`: names with their words after `=`, their numbers after `:`. */
function readShort(text: string): ButtonData | null {
  const pairs = text.split('&').map((pair) => /^([a-z]+)(?:=([\w.-]*)|:(\d{1,15}))$/i.exec(pair));
  if (pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[3] === undefined ? pair?.[2] : Number(pair[3])]));
}

/** An entry of a menu as Slack gives it back, in at most 75 characters; null when its data cannot be written so. */
export function menuValue({ verb, data }: Pick<Button, 'verb' | 'data'>): string | null {
  const pairs = Object.entries(data).map(([name, word]) => `${name}${typeof word === 'number' ? ':' : '='}${word}`);
  const value = `${verb}?${pairs.join('&')}`;
  const back = readMenu(value);
  const isSame = back !== null && JSON.stringify(back.data) === JSON.stringify(data);
  return isSame && value.length <= OPTION_MAX ? value : null;
}

const plain = (text: string, max: number): { type: 'plain_text'; text: string; emoji: false } => ({
  type: 'plain_text',
  text: shorten(oneLine(text), max) || '-',
  emoji: false,
});

function confirmOf(button: Button): ConfirmationDialog | undefined {
  if (button.confirm === null) return undefined;
  const { title, text, yes, no } = button.confirm;
  return {
    title: plain(title, 100),
    text: plain(text, 300),
    confirm: plain(yes, 30),
    deny: plain(no, 30),
    ...(button.style === 'danger' ? { style: 'danger' } : {}),
  };
}

/** One button as an element. Throws when its data is too large to come back: that is a bug of the view. */
export function elementOf(button: Button, n: number): SlackButton {
  const value = JSON.stringify(button.data);
  if (value.length > BUTTON_VALUE_MAX)
    throw new Error(`The button "${button.verb}" carries more than Slack takes back.`);
  const confirm = confirmOf(button);
  return {
    type: 'button',
    action_id: `${ACTION_PREFIX}${button.verb}:${n}`,
    text: plain(button.label, BUTTON_TEXT_MAX),
    value,
    ...(button.style === 'plain' ? {} : { style: button.style }),
    ...(confirm ? { confirm } : {}),
  };
}

/** A menu has no dialog of its own for each entry, and its values are short: such buttons stay in sight. */
const fitsMenu = (button: Button): boolean => button.inMenu && button.confirm === null && menuValue(button) !== null;

function menuOf(buttons: readonly Button[], n: number): Overflow {
  return {
    type: 'overflow',
    action_id: `${ACTION_PREFIX}${MENU}:${n}`,
    options: buttons.map((button) => ({ text: plain(button.label, OPTION_MAX), value: menuValue(button) ?? '' })),
  };
}

/**
 * Buttons as blocks: in sight in their order, then one menu. What a menu has no room for stays in sight: nobody could tell a
 * second menu from the first. `first` numbers the elements of a message.
 */
export function actionsOf(buttons: readonly Button[], first: number): ActionsBlock[] {
  const crowded = buttons.length > IN_SIGHT_MAX;
  const menu = crowded ? buttons.filter(fitsMenu) : [];
  const hidden = menu.length > 1 ? menu.slice(0, OVERFLOW_MAX) : [];
  const inSight = buttons.filter((button) => !hidden.includes(button));
  const elements: ActionsBlock['elements'] = inSight.map((button, index) => elementOf(button, first + index));
  if (hidden.length > 0) elements.push(menuOf(hidden, first + inSight.length));
  const blocks: ActionsBlock[] = [];
  for (let from = 0; from < elements.length; from += ELEMENTS_MAX)
    blocks.push({ type: 'actions', elements: elements.slice(from, from + ELEMENTS_MAX) });
  return blocks;
}
