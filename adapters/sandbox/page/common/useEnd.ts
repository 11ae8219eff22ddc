import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** How long after a new message its cards and fonts may still make it grow. */
const SETTLING_MS = 600;
const NEAR_END_PX = 40;

/**
 * Keeps what is newest in view: a new message is scrolled to, and a list that stands at its end stays there while it
 * grows. `last` is the id of the newest message, as in its `data-id`. Whoever has scrolled up to read is left alone
 * until something new is said.
 */
export function useEnd(last: string) {
  const list = useRef<HTMLDivElement>(null);
  const fresh = useRef({ id: '', at: 0 });
  const atEnd = useRef(true);
  const follow = () => {
    const element = list.current;
    if (!element) return;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    if (performance.now() - fresh.current.at > SETTLING_MS) return;
    element.querySelector(`[data-id="${CSS.escape(fresh.current.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useLayoutEffect(() => {
    fresh.current = { id: last, at: performance.now() };
    follow();
  }, [last]);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const scrolled = () => {
      atEnd.current = element.scrollHeight - element.clientHeight - element.scrollTop < NEAR_END_PX;
    };
    const grown = new ResizeObserver(follow);
    if (element.firstElementChild) grown.observe(element.firstElementChild);
    grown.observe(element);
    element.addEventListener('scroll', scrolled);
    return () => {
      grown.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, []);
  return list;
}
