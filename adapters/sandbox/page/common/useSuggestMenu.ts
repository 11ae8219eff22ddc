import { useState } from 'preact/hooks';

/** What a composer offers for the text in it. `eager`: Enter takes the first one instead of sending. */
export type Offer<Item> = { items: Item[]; eager: boolean; label: string };

type Deeds<Item> = { choose: (item: Item) => void; send: () => void; escape?: () => void };

/** The keys of a composer with a menu above it: arrows mark, Tab and Enter choose, Escape shuts, Enter sends. */
export function useSuggestMenu<Item>(offer: Offer<Item>, deeds: Deeds<Item>) {
  const [marked, setMarked] = useState<number | null>(null);
  const [shut, setShut] = useState(false);
  const items = shut ? [] : offer.items;
  const at = items.length === 0 ? null : (marked ?? (offer.eager ? 0 : null));
  const choose = (index: number) => {
    const item = items[index];
    if (item !== undefined) deeds.choose(item);
  };
  const move = (step: 1 | -1) => setMarked(((at ?? (step > 0 ? -1 : 0)) + step + items.length) % items.length);
  const handled = (event: KeyboardEvent): boolean => {
    const open = items.length > 0;
    if (open && event.key === 'ArrowDown') move(1);
    else if (open && event.key === 'ArrowUp') move(-1);
    else if (open && event.key === 'Escape') setShut(true);
    else if (event.key === 'Escape' && deeds.escape) deeds.escape();
    else if (open && event.key === 'Tab' && !event.shiftKey) choose(at ?? 0);
    else if (event.key === 'Enter' && !event.shiftKey && at !== null) choose(at);
    else if (event.key === 'Enter' && !event.shiftKey) deeds.send();
    else return false;
    return true;
  };
  return {
    items,
    at,
    choose,
    /** To be called whenever the text changes. */
    reset: () => {
      setMarked(null);
      setShut(false);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.isComposing || !handled(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
