import { useEffect, useRef, useState } from 'preact/hooks';
import { charOf, findEmoji, QUICK_PICKS } from './emoji';
import { Icon } from './Icon';
import { stepFocus } from './Menu';
import { PopoverButton } from './PopoverButton';

const SHOWN_MAX = 160;

/** A button that opens a searchable grid of emoji; `onPick` gets Slack's short name and the character. */
export function EmojiButton(props: {
  label: string;
  class?: string;
  onPick: (name: string, char: string) => void;
  testid?: string;
}) {
  const grid = (onDone: () => void) => (
    <EmojiGrid
      onPick={(name, char) => {
        onDone();
        props.onPick(name, char);
      }}
    />
  );
  return (
    <PopoverButton
      kind="dialog"
      label={props.label}
      class={props.class}
      popover="emoji-popover"
      testid={props.testid}
      open={grid}
    >
      <Icon name="smile" />
    </PopoverButton>
  );
}

function EmojiGrid({ onPick }: { onPick: (name: string, char: string) => void }) {
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const quick = QUICK_PICKS.map((name) => ({ name, char: charOf(name) ?? '' }));
  const found = query.trim() === '' ? [...quick, ...findEmoji('', SHOWN_MAX)] : findEmoji(query, SHOWN_MAX);
  return (
    <div role="dialog" aria-label="Pick an emoji">
      <input
        ref={field}
        class="field"
        type="search"
        aria-label="Search emoji"
        placeholder="Search emoji by name"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = found[0];
          if (event.key === 'Enter' && first) onPick(first.name, first.char);
          if (event.key === 'ArrowDown') grid.current?.querySelector('button')?.focus();
        }}
      />
      <div
        class="emoji-grid"
        role="toolbar"
        aria-label="Emoji"
        ref={grid}
        onKeyDown={(event) => stepFocus(event, grid.current, 'button')}
      >
        {found.map((one, index) => (
          <button
            type="button"
            key={`${one.name}${index}`}
            title={`:${one.name}:`}
            aria-label={one.name.replaceAll('_', ' ')}
            onClick={() => onPick(one.name, one.char)}
          >
            {one.char}
          </button>
        ))}
        {found.length === 0 && <p class="popover-empty">No emoji has that name.</p>}
      </div>
    </div>
  );
}
