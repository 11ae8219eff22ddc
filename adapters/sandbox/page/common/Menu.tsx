import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { PopoverButton } from './PopoverButton';

export type MenuEntry = { label: string; hint?: string; danger?: boolean; key?: string; act: () => void };

/** A button that opens a menu: arrow keys move, Enter chooses, Escape closes. */
export function MenuButton(props: {
  label: string;
  class?: string;
  children: ComponentChildren;
  entries: MenuEntry[];
  testid?: string;
  empty?: string;
}) {
  const { label, entries, empty } = props;
  return (
    <PopoverButton
      kind="menu"
      label={label}
      class={props.class}
      testid={props.testid}
      open={(onDone) => <MenuList label={label} entries={entries} empty={empty} onDone={onDone} />}
    >
      {props.children}
    </PopoverButton>
  );
}

function MenuList(props: { label: string; entries: MenuEntry[]; empty?: string; onDone: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), []);
  if (props.entries.length === 0) return <p class="popover-empty">{props.empty ?? 'Nothing to choose here.'}</p>;
  return (
    <div
      class="menu"
      role="menu"
      aria-label={props.label}
      ref={list}
      onKeyDown={(event) => stepFocus(event, list.current, '[role=menuitem]')}
    >
      {props.entries.map((entry) => (
        <button
          type="button"
          role="menuitem"
          class={entry.danger === true ? 'menu-item danger' : 'menu-item'}
          key={entry.key ?? entry.label}
          onClick={() => {
            props.onDone();
            entry.act();
          }}
        >
          <span>{entry.label}</span>
          {entry.hint !== undefined && <small>{entry.hint}</small>}
        </button>
      ))}
    </div>
  );
}

/** Up and down from message to message, when one of them has the focus (and not something inside it). */
export function stepMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (document.activeElement?.localName !== 'article' || !/^Arrow(Up|Down)$/.test(event.key)) return;
  stepFocus(event, event.currentTarget, 'article');
}

const TOOLS = ':scope > button';

/** The toolbar of a message is one stop of the Tab key; arrow keys go along it. */
export function useToolbar() {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [, ...rest] = bar.current?.querySelectorAll<HTMLElement>(TOOLS) ?? [];
    for (const tool of rest) tool.tabIndex = -1;
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const inPopover = event.target instanceof Element && event.target.closest('[popover]') !== null;
    if (!inPopover) stepFocus(event, bar.current, TOOLS);
  };
  return { ref: bar, onKeyDown };
}

/** Arrow keys, Home and End among the elements that match. */
export function stepFocus(event: KeyboardEvent, inside: HTMLElement | null, selector: string): void {
  const steps: { [key: string]: number } = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const all = [...(inside?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const step = steps[event.key];
  const next =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? all.length - 1
        : step === undefined
          ? null
          : (at + step + all.length) % all.length;
  if (next === null) return;
  event.preventDefault();
  all[next]?.focus();
}
