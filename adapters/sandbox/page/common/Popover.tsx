import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Something that floats next to its anchor, above everything else, inside the visible page. Closes on Escape and on a
 * press outside; focus then returns to the anchor.
 */
export function Popover(props: {
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ComponentChildren;
  class?: string;
  /** As wide as its anchor at least. */
  wide?: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (!element.matches(':popover-open')) element.showPopover();
    place(element, props.anchor, props.wide === true);
  });
  useEffect(() => {
    const { anchor } = props;
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!(box.current?.contains(target) || anchor?.contains(target))) close.current();
    };
    const moved = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) close.current();
    };
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close.current();
      anchor?.focus();
    };
    const element = box.current;
    element?.addEventListener('keydown', escaped);
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', moved);
    return () => {
      element?.removeEventListener('keydown', escaped);
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', moved);
    };
  }, [props.anchor]);
  return (
    <div ref={box} popover="manual" class={`popover ${props.class ?? ''}`}>
      {props.children}
    </div>
  );
}

const GAP_PX = 4;
const EDGE_PX = 8;

/** Below its anchor, or above where there is no room below. */
function place(box: HTMLElement, anchor: HTMLElement | null, wide: boolean): void {
  if (!anchor) return;
  const at = anchor.getBoundingClientRect();
  if (wide) box.style.minWidth = `${at.width}px`;
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP_PX;
  const above = at.top - GAP_PX - height;
  const fitsBelow = below + height <= window.innerHeight - EDGE_PX;
  const top = fitsBelow || above < EDGE_PX ? below : above;
  box.style.top = `${clamp(top, EDGE_PX, window.innerHeight - height - EDGE_PX)}px`;
  box.style.left = `${clamp(at.left, EDGE_PX, window.innerWidth - width - EDGE_PX)}px`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)));
}
