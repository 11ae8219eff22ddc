import { useEffect, useRef } from 'preact/hooks';
import { asString, wordsOf } from '../../common/json';
import { actionIdOf, asText, type ElementProps, entryOf, fieldId, useBlocks } from './entries';
import { usePress } from './press';

/** Text on one line or several, an address, a link, a number. */
export function TextInput(props: ElementProps) {
  const { element, blockId, dispatches } = props;
  const scene = useBlocks();
  const { press } = usePress(props);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (element['focus_on_load'] === true) field.current?.focus();
  }, []);
  const id = fieldId(scene.prefix, blockId, actionIdOf(element));
  const shared = {
    ref: field,
    id,
    class: 's-field',
    'aria-invalid': scene.errors[blockId] !== undefined,
    'aria-describedby': scene.errors[blockId] === undefined ? undefined : `${id}-error`,
    placeholder: wordsOf(element['placeholder']),
    maxLength: typeof element['max_length'] === 'number' ? element['max_length'] : undefined,
    value: asText(entryOf(scene, blockId, element)),
    onInput: (event: { currentTarget: { value: string } }) =>
      scene.entries.set(blockId, actionIdOf(element), event.currentTarget.value),
    onChange: (event: { currentTarget: { value: string } }) => dispatches && press(event.currentTarget.value),
  };
  if (element['multiline'] === true) return <textarea {...shared} rows={4} />;
  switch (asString(element['type'])) {
    case 'email_text_input':
      return <input {...shared} type="email" />;
    case 'url_text_input':
      return <input {...shared} type="url" />;
    case 'number_input':
      return <input {...shared} type="number" step={element['is_decimal_allowed'] === true ? 'any' : undefined} />;
    default:
      return <input {...shared} type="text" />;
  }
}
