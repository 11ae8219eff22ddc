/** A form that was sent, as it can be shown again: with everything that was typed and a word on what is wrong. */
import type { Block, ModalView, PlainTextElement } from '@slack/types';
import type { SubmittedView } from './payloads';
import { shorten } from './text';

type Entry = SubmittedView['state']['values'][string][string];

function withEntry(element: unknown, entry: Entry | undefined): unknown {
  if (typeof element !== 'object' || element === null || !entry) return element;
  const { initial_value: _text, initial_option: _option, ...bare } = element as Record<string, unknown>;
  if (entry.selected_option) return { ...bare, initial_option: entry.selected_option };
  return entry.value ? { ...bare, initial_value: entry.value } : bare;
}

function filled(block: SubmittedView['blocks'][number], values: SubmittedView['state']['values']): Block {
  if (block.type !== 'input' || block.block_id === undefined) return block;
  const entry = Object.values(values[block.block_id] ?? {})[0];
  return { ...block, element: withEntry(block['element'], entry) } as Block;
}

const plain = (given: { readonly text: string } | null | undefined, otherwise: string): PlainTextElement => ({
  type: 'plain_text',
  text: given?.text || otherwise,
  emoji: false,
});

export function retyped(view: SubmittedView, problems: readonly string[]): ModalView {
  const alert = { type: 'plain_text' as const, text: shorten(problems.join(' '), 2_900) || '-', emoji: false };
  return {
    type: 'modal',
    callback_id: view.callback_id,
    private_metadata: view.private_metadata,
    title: plain(view.title, 'Baton'),
    submit: plain(view.submit, 'Send'),
    close: plain(view.close, 'Cancel'),
    blocks: [
      { type: 'section', block_id: 'problem', text: alert },
      ...view.blocks.filter((block) => block.block_id !== 'problem').map((block) => filled(block, view.state.values)),
    ],
  };
}
