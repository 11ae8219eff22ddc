import type { SlackEntry } from '../../../slack/protocol';
import { asString, wordsOf } from '../../common/json';
import { actionIdOf, asText, type ElementProps, entryOf, fieldId, useBlocks } from './entries';
import { usePress } from './press';

const KINDS: { [type: string]: 'date' | 'time' | 'datetime-local' } = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** A date, a time, or both (sent as seconds since the epoch, shown in this browser's zone). */
export function Dates(props: ElementProps) {
  const { element, blockId, dispatches } = props;
  const scene = useBlocks();
  const { press, asking } = usePress(props);
  const type = asString(element['type']);
  const entry = entryOf(scene, blockId, element);
  const given = (value: string): SlackEntry => {
    if (value === '') return null;
    return type === 'datetimepicker' ? Math.floor(new Date(value).getTime() / 1000) : value;
  };
  return (
    <>
      <input
        id={fieldId(scene.prefix, blockId, actionIdOf(element))}
        class="s-field s-date"
        type={KINDS[type] ?? 'date'}
        aria-label={props.labelId === undefined ? wordsOf(element['placeholder']) || 'Date' : undefined}
        value={type === 'datetimepicker' && entry !== null ? localInput(Number(entry)) : asText(entry)}
        onChange={(event) => {
          const value = given(event.currentTarget.value);
          scene.entries.set(blockId, actionIdOf(element), value);
          if (dispatches) press(value);
        }}
      />
      {asking}
    </>
  );
}

function localInput(seconds: number): string {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
