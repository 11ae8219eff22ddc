import { checkBlocks } from '../../adapters/sandbox/slack/limits/blocks';
import { checkView, isViewTooLarge } from '../../adapters/sandbox/slack/limits/views';
import type { Json } from '../../adapters/sandbox/slack/protocol';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (more: { [name: string]: Json } = {}) => ({
  type: 'button',
  action_id: 'a',
  text: plain('Go'),
  ...more,
});
const option = (value: string) => ({ text: plain(value), value });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const input = (element: Json, more: { [name: string]: Json } = {}) => ({
  type: 'input',
  label: plain('L'),
  element,
  ...more,
});
const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

function wrong(block: Json, surface: 'message' | 'modal' | 'home' = 'message'): string[] {
  return checkBlocks([block], surface).map((one) => `${one.pointer}: ${one.message}`);
}

describe('blocks that Slack takes', () => {
  it.each<[string, Json]>([
    [
      'a section with text, fields and accessory',
      { type: 'section', text: mrkdwn('x'.repeat(3000)), fields: many(10, () => mrkdwn('f')), accessory: button() },
    ],
    ['25 buttons', actions(...many(25, (index) => button({ action_id: `a${index}` })))],
    ['a header of 150', { type: 'header', text: plain('x'.repeat(150)) }],
    ['a context of 10', { type: 'context', elements: many(10, () => mrkdwn('c')) }],
    [
      'an overflow of 5',
      actions({ type: 'overflow', action_id: 'o', options: many(5, (index) => option(`v${index}`)) }),
    ],
    ['a divider', { type: 'divider' }],
    [
      'a button with confirm',
      actions(
        button({
          style: 'danger',
          confirm: { title: plain('Sure?'), text: mrkdwn('Really'), confirm: plain('Yes'), deny: plain('No') },
        }),
      ),
    ],
    ['a table', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }],
  ])('%s', (_name, block) => {
    expect(wrong(block)).toEqual([]);
  });

  it('an input in a modal, and a rich text block everywhere', () => {
    expect(wrong(input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false }), 'modal')).toEqual([]);
    expect(wrong({ type: 'alert', text: mrkdwn('Mind'), level: 'warning' }, 'modal')).toEqual([]);
    const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
    expect([wrong(rich), wrong(rich, 'home'), wrong(rich, 'modal')]).toEqual([[], [], []]);
  });
});

describe('blocks that Slack refuses', () => {
  it.each<[string, Json, string]>([
    [
      'a long header',
      { type: 'header', text: plain('x'.repeat(151)) },
      '/blocks/0/text/text: must be less than 151 characters',
    ],
    ['mrkdwn in a header', { type: 'header', text: mrkdwn('x') }, '/blocks/0/text/type: must be one of: plain_text'],
    [
      'a long section',
      { type: 'section', text: mrkdwn('x'.repeat(3001)) },
      '/blocks/0/text/text: must be less than 3001 characters',
    ],
    ['an empty section', { type: 'section' }, '/blocks/0: must provide text or fields'],
    ['empty text', { type: 'section', text: mrkdwn('') }, '/blocks/0/text/text: must be more than 0 characters'],
    [
      '11 fields',
      { type: 'section', fields: many(11, () => mrkdwn('f')) },
      '/blocks/0/fields: no more than 10 items allowed',
    ],
    [
      '26 buttons',
      actions(...many(26, (index) => button({ action_id: `a${index}` }))),
      '/blocks/0/elements: no more than 25 items allowed',
    ],
    [
      'a long button',
      actions(button({ text: plain('x'.repeat(76)) })),
      '/blocks/0/elements/0/text/text: must be less than 76 characters',
    ],
    [
      'a long button value',
      actions(button({ value: 'x'.repeat(2001) })),
      '/blocks/0/elements/0/value: must be less than 2001 characters',
    ],
    [
      'a wrong style',
      actions(button({ style: 'blue' })),
      '/blocks/0/elements/0/style: must be one of: primary, danger',
    ],
    [
      'an unknown property',
      actions(button({ colour: 'red' })),
      '/blocks/0/elements/0: invalid additional property: colour',
    ],
    ['an unknown block', { type: 'banner' }, '/blocks/0: unsupported type: banner'],
    ['an unknown element', actions({ type: 'slider' }), '/blocks/0/elements/0: unsupported type: slider'],
    ['the same action_id twice', actions(button(), button()), '/blocks/0: duplicate action_id: a'],
    [
      '6 overflow options',
      actions({ type: 'overflow', options: many(6, (index) => option(`v${index}`)) }),
      '/blocks/0/elements/0/options: no more than 5 items allowed',
    ],
    [
      'an option without value',
      actions({ type: 'overflow', options: [{ text: plain('x') }] }),
      '/blocks/0/elements/0/options/0: missing required field: value',
    ],
    [
      'a select of nothing',
      actions({ type: 'static_select', options: [] }),
      '/blocks/0/elements/0/options: no less than 1 items allowed',
    ],
    [
      'a select without options',
      actions({ type: 'static_select' }),
      '/blocks/0/elements/0: must provide exactly one of options or option_groups',
    ],
    [
      'a long block_id',
      { type: 'divider', block_id: 'x'.repeat(256) },
      '/blocks/0/block_id: must be less than 256 characters',
    ],
    [
      'an image without words',
      { type: 'image', image_url: 'https://acme.test/a.png' },
      '/blocks/0: missing required field: alt_text',
    ],
    [
      'an input without label',
      { type: 'input', element: { type: 'plain_text_input' } },
      '/blocks/0: missing required field: label',
    ],
    ['an alert in a message', { type: 'alert', text: mrkdwn('x') }, '/blocks/0: unsupported type: alert in a message'],
    [
      'a number input in a message',
      input({ type: 'number_input', is_decimal_allowed: true }),
      '/blocks/0/element: unsupported type: number_input in a message',
    ],
    [
      'a wrong date',
      actions({ type: 'datepicker', initial_date: '1.2.2026' }),
      '/blocks/0/elements/0/initial_date: must be a date as YYYY-MM-DD',
    ],
    ['a block that is none', 'hello', '/blocks/0: must provide an object'],
  ])('%s', (_name, block, words) => {
    expect(wrong(block)).toEqual([words]);
  });

  it('too many, two tables, or the same block_id twice', () => {
    const divider = { type: 'divider' };
    expect(
      checkBlocks(
        many(51, () => divider),
        'message',
      ),
    ).toMatchObject([{ pointer: '/blocks', message: 'no more than 50 items allowed' }]);
    expect(
      checkBlocks(
        many(100, () => divider),
        'modal',
      ),
    ).toEqual([]);
    expect(
      checkBlocks(
        many(101, () => divider),
        'home',
      ),
    ).toHaveLength(1);
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
    expect(checkBlocks([table, table], 'message')).toMatchObject([{ message: 'only one table allowed' }]);
    const same = { type: 'divider', block_id: 'x' };
    expect(checkBlocks([same, same], 'message')).toMatchObject([{ message: 'duplicate block_id: x' }]);
  });
});

describe('views', () => {
  const modal = (more: { [name: string]: Json } = {}) => ({ type: 'modal', title: plain('T'), blocks: [], ...more });
  const words = (view: Json, surface: 'modal' | 'home' = 'modal') =>
    checkView(view, surface).map((one) => `${one.pointer}: ${one.message}`);

  it('must be of the kind that is asked for, with a short title and a submit button where something is asked', () => {
    expect(words(modal())).toEqual([]);
    expect(words({ type: 'home', blocks: [] }, 'home')).toEqual([]);
    expect(words({ type: 'home', blocks: [] })).toContain('/view/type: must be one of: modal');
    expect(words(modal({ title: plain('x'.repeat(25)) }))).toEqual([
      '/view/title/text: must be less than 25 characters',
    ]);
    expect(words(modal({ private_metadata: 'x'.repeat(3001) }))).toEqual([
      '/view/private_metadata: must be less than 3001 characters',
    ]);
    expect(words(modal({ blocks: [input({ type: 'plain_text_input' })] }))).toEqual([
      '/view: missing required field: submit',
    ]);
    expect(words(modal({ blocks: [{ type: 'header', text: plain('') }] }))).toEqual([
      '/view/blocks/0/text/text: must be more than 0 characters',
    ]);
  });

  it('may not be larger than 250 kB', () => {
    expect(isViewTooLarge(modal())).toBe(false);
    expect(
      isViewTooLarge(modal({ blocks: many(90, () => ({ type: 'section', text: mrkdwn('x'.repeat(2900)) })) })),
    ).toBe(true);
  });
});
