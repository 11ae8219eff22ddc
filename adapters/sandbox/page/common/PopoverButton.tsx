import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Popover } from './Popover';

/** A button and what it opens next to itself; `open` gets a function that closes it and gives the button the focus back. */
export function PopoverButton(props: {
  label: string;
  kind: 'menu' | 'dialog';
  class?: string;
  popover?: string;
  testid?: string;
  children: ComponentChildren;
  open: (onDone: () => void) => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={props.label}
        title={props.label}
        aria-haspopup={props.kind}
        aria-expanded={open}
        data-testid={props.testid}
        onClick={() => setOpen(!open)}
      >
        {props.children}
      </button>
      {open && (
        <Popover anchor={button.current} onClose={() => setOpen(false)} class={props.popover}>
          {props.open(done)}
        </Popover>
      )}
    </>
  );
}
