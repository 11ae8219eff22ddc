import type { SlackBlock } from '../../../slack/protocol';
import { asObject, asString, has, wordsOf } from '../../common/json';
import { Element } from './Element';
import { actionIdOf, fieldId, useBlocks } from './entries';

const GROUPS = ['radio_buttons', 'checkboxes'];

/** A labelled field of a form, its hint, and the app's complaint about it. */
export function InputBlock({ block }: { block: SlackBlock }) {
  const { errors } = useBlocks();
  const id = useFieldId(block);
  const element = asObject(block['element']);
  const error = errors[block.block_id];
  const optional = block['optional'] === true && <span class="b-optional"> (optional)</span>;
  const field = (
    <Element
      element={element}
      blockId={block.block_id}
      labelId={`${id}-label`}
      dispatches={block['dispatch_action'] === true}
    />
  );
  const label = wordsOf(block['label']);
  const group = GROUPS.includes(asString(element['type']));
  return (
    <div class={error === undefined ? 'b-input' : 'b-input wrong'}>
      {group ? (
        <span class="b-label" id={`${id}-label`}>
          {label}
          {optional}
        </span>
      ) : (
        <label class="b-label" id={`${id}-label`} for={id}>
          {label}
          {optional}
        </label>
      )}
      {field}
      {error !== undefined && (
        <p class="b-error" role="alert" id={`${id}-error`}>
          {error}
        </p>
      )}
      {has(block['hint']) && <p class="b-hint">{wordsOf(block['hint'])}</p>}
    </div>
  );
}

function useFieldId(block: SlackBlock): string {
  const { prefix } = useBlocks();
  return fieldId(prefix, block.block_id, actionIdOf(asObject(block['element'])));
}
