import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { JsonObject } from '../../../slack/protocol';
import { asString } from '../../common/json';
import { useSandbox } from '../../sandbox';
import { useSlack } from '../context';
import { Plain } from '../Mrkdwn';
import { actionIdOf, type ElementProps, useBlocks } from './entries';
import { answeredOptions, knownOptions, type Option } from './options';

type Props = ElementProps & { chosen: string[]; many: boolean; onChoose: (option: Option | null) => void };

/** The open list of a select: typing narrows it, or asks the app; arrow keys and Enter choose. */
export function OptionList({ element, blockId, chosen, many, onChoose }: Props) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { options, words } = useOptions(element, blockId, query);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && options.length > 0) setAt((at + step + options.length) % options.length);
    const marked = options[at];
    if (event.key === 'Enter' && marked) onChoose(marked);
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return (
    <div class="s-options">
      <input
        ref={field}
        class="s-field"
        type="search"
        aria-label="Search the choices"
        aria-controls={id}
        aria-activedescendant={options.length > 0 ? `${id}-${at}` : undefined}
        placeholder="Type to search"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-multiselectable={many}>
        {options.map((option, index) => (
          <div key={option.value}>
            {option.group !== undefined && option.group !== options[index - 1]?.group && (
              <p class="s-option-group">{option.group}</p>
            )}
            <div
              role="option"
              tabIndex={-1}
              id={`${id}-${index}`}
              class={index === at ? 's-option marked' : 's-option'}
              aria-selected={chosen.includes(option.value)}
              onPointerDown={(event) => {
                event.preventDefault();
                onChoose(option);
              }}
            >
              <span>
                <Plain text={option.label} />
              </span>
              {option.description !== undefined && <small>{option.description}</small>}
            </div>
          </div>
        ))}
      </div>
      {options.length === 0 && (
        <p class="popover-empty" role="status">
          {words}
        </p>
      )}
      {chosen.length > 0 && (
        <button type="button" class="s-clear" onClick={() => onChoose(null)}>
          {many ? 'Clear the choices' : 'Clear the choice'}
        </button>
      )}
    </div>
  );
}

const ASK_AFTER_MS = 150;

function useOptions(element: JsonObject, blockId: string, query: string): { options: Option[]; words: string } {
  const { slack } = useSlack();
  const sandbox = useSandbox();
  const { place } = useBlocks();
  const external = asString(element['type']).includes('external');
  const least = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;
  const [answer, setAnswer] = useState<{ query: string; options: Option[] } | null>(null);
  useEffect(() => {
    if (!external || query.length < least) return;
    let current = true;
    const timer = setTimeout(async () => {
      const asked = { act: 'suggest' as const, place, block_id: blockId, action_id: actionIdOf(element), query };
      const result = await sandbox.slack(asked);
      if (current) setAnswer({ query, options: answeredOptions(result) });
    }, ASK_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [external, query]);
  if (external && query.length < least)
    return { options: [], words: least === 1 ? 'Type a letter to search.' : `Type ${least} letters to search.` };
  const wanted = query.trim().toLowerCase();
  const fitting = (options: Option[]) => options.filter((one) => one.label.toLowerCase().includes(wanted));
  if (!external) return { options: fitting(knownOptions(slack, element)), words: 'Nothing found.' };
  if (answer?.query === query) return { options: answer.options, words: 'Nothing found.' };
  // Until the answer comes, only what fits stays: Enter must never take what the words rule out.
  return { options: fitting(answer?.options ?? []), words: 'Searching…' };
}
