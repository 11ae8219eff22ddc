import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../common/Icon';
import { asString, wordsOf } from '../../common/json';
import { Popover } from '../../common/Popover';
import { useSlack } from '../context';
import { Plain } from '../Mrkdwn';
import { actionIdOf, asMany, type ElementProps, entryOf, fieldId, useBlocks } from './entries';
import { OptionList } from './OptionList';
import { initialOptions, knownOptions, type Option } from './options';
import { usePress } from './press';

/** Any select, of one or several: a button with what is chosen, and a list that can be searched. */
export function Select(props: ElementProps) {
  const { element, blockId, dispatches, labelId } = props;
  const { slack } = useSlack();
  const scene = useBlocks();
  const { press, asking, busy } = usePress(props);
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<Option[]>([]);
  const button = useRef<HTMLButtonElement>(null);
  const many = asString(element['type']).startsWith('multi_');
  const chosen = asMany(entryOf(scene, blockId, element));
  const known = [...knownOptions(slack, element), ...initialOptions(element), ...seen];
  const labelOf = (value: string) => known.find((one) => one.value === value)?.label ?? value;
  const id = fieldId(scene.prefix, blockId, actionIdOf(element));
  const choose = (option: Option | null) => {
    const next = nextEntry(chosen, option, many);
    if (option) setSeen((old) => [...old.filter((one) => one.value !== option.value), option]);
    scene.entries.set(blockId, actionIdOf(element), next);
    if (dispatches && next !== null) press(next);
    if (many && option !== null) return;
    setOpen(false);
    button.current?.focus();
  };
  const words = chosen.length > 0 ? chosen.map(labelOf).join(', ') : wordsOf(element['placeholder']) || 'Choose…';
  return (
    <span class="b-select">
      <button
        ref={button}
        type="button"
        id={id}
        class={chosen.length > 0 ? 's-select' : 's-select empty'}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-busy={busy}
        aria-labelledby={labelId === undefined ? undefined : `${labelId} ${id}-value`}
        aria-label={labelId === undefined ? words : undefined}
        data-action={actionIdOf(element)}
        onClick={() => setOpen(!open)}
      >
        <span id={`${id}-value`}>
          <Plain text={words} />
        </span>
        <Icon name="down" size={14} />
      </button>
      {open && (
        <Popover anchor={button.current} onClose={() => setOpen(false)} wide class="s-option-popover">
          <OptionList {...props} chosen={chosen} many={many} onChoose={choose} />
        </Popover>
      )}
      {asking}
    </span>
  );
}

function nextEntry(chosen: string[], option: Option | null, many: boolean): string | string[] | null {
  if (option === null) return many ? [] : null;
  if (!many) return option.value;
  return chosen.includes(option.value) ? chosen.filter((one) => one !== option.value) : [...chosen, option.value];
}
