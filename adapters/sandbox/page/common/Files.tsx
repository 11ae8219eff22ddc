import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon';
import { Popover } from './Popover';

const FILES_MAX = 10;
const NAME_MAX = 255;

/** A button that asks for the name of a file to attach. There is no file: the emulated platforms go by names alone. */
export function AttachButton(props: { class: string; count: number; onAttach: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const attach = (name: string) => {
    setOpen(false);
    props.onAttach(name);
  };
  const label = props.count < FILES_MAX ? 'Attach a file' : 'Ten files are all that fit';
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        disabled={props.count >= FILES_MAX}
        onClick={() => setOpen(!open)}
      >
        <Icon name="clip" />
      </button>
      {open && (
        <Popover anchor={button.current} onClose={() => setOpen(false)} class="attach-popover">
          <div role="dialog" aria-label={label}>
            <NameForm onAttach={attach} />
          </div>
        </Popover>
      )}
    </>
  );
}

function NameForm({ onAttach }: { onAttach: (name: string) => void }) {
  const [name, setName] = useState('photo.jpg');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <form
      class="attach-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onAttach(name.trim());
      }}
    >
      <label>
        Name of the file
        <input
          ref={field}
          class="field"
          maxLength={NAME_MAX}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <p>A name is enough here: nothing is uploaded.</p>
      <button type="submit" class="attach-submit" disabled={name.trim() === ''}>
        Attach
      </button>
    </form>
  );
}

/** Files of a message, or of one that is being written: then each can be taken off again. */
export function Files({ names, onRemove }: { names: string[]; onRemove?: (index: number) => void }) {
  if (names.length === 0) return null;
  return (
    <ul class="files" aria-label="Files" data-testid="files">
      {names.map((name, index) => (
        <li key={`${name}${index}`}>
          <Icon name="document" size={15} />
          <span title={name}>{name}</span>
          {onRemove && (
            <button type="button" aria-label={`Take ${name} off`} onClick={() => onRemove(index)}>
              <Icon name="close" size={13} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
