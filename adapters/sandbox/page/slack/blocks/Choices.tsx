import { asList, asObject, asString, has } from '../../common/json';
import { TextObject } from '../Mrkdwn';
import { actionIdOf, asMany, asText, type ElementProps, entryOf, fieldId, useBlocks } from './entries';
import { usePress } from './press';

/** Radio buttons and check boxes. */
export function Choices(props: ElementProps) {
  const { element, blockId, dispatches } = props;
  const scene = useBlocks();
  const { press, asking } = usePress(props);
  const many = element['type'] === 'checkboxes';
  const entry = entryOf(scene, blockId, element);
  const name = fieldId(scene.prefix, blockId, actionIdOf(element));
  const choose = (value: string, on: boolean) => {
    const others = asMany(entry).filter((one) => one !== value);
    const next = many ? (on ? [...others, value] : others) : value;
    scene.entries.set(blockId, actionIdOf(element), next);
    if (dispatches) press(next);
  };
  return (
    <fieldset class="b-choices" aria-labelledby={props.labelId}>
      {asList(element['options']).map((option) => {
        const value = asString(option['value']);
        const text = asObject(option['text']);
        const description = asObject(option['description']);
        return (
          <label class="b-choice" key={value}>
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              checked={many ? asMany(entry).includes(value) : asText(entry) === value}
              onChange={(event) => choose(value, event.currentTarget.checked)}
            />
            <span>
              <TextObject type={asString(text['type'])} text={asString(text['text'])} />
              {has(option['description']) && (
                <small>
                  <TextObject type={asString(description['type'])} text={asString(description['text'])} />
                </small>
              )}
            </span>
          </label>
        );
      })}
      {asking}
    </fieldset>
  );
}
