import { useLayoutEffect } from 'preact/hooks';

const FOCUSABLE =
  'button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), a[href], [tabindex="0"]';

/** Tab goes round inside a dialog instead of leaving it. */
export function keepFocusInside(event: KeyboardEvent, box: HTMLElement | null): void {
  if (event.key !== 'Tab' || !box) return;
  const all = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.offsetParent !== null);
  const first = all[0];
  const last = all.at(-1);
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === box)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first?.focus();
  }
}

/** Gives the focus back to where it was once this part of the page is gone: to the button pressed, or to its message. */
export function useFocusBack(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      if (!(before instanceof HTMLElement)) return;
      // After the page has made the rest reachable again.
      requestAnimationFrame(() => {
        before.focus();
        // Tools of a message are hidden while nothing in it has the focus.
        if (document.activeElement !== before) before.closest('article')?.focus();
      });
    };
  }, []);
}
