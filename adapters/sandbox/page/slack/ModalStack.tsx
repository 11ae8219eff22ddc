import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SlackView } from '../../slack/protocol';
import { keepFocusInside, useFocusBack } from '../common/focus';
import { Icon } from '../common/Icon';
import { useSandbox } from '../sandbox';
import { Blocks } from './blocks/Blocks';
import { type Entries, useEntriesByView } from './blocks/entries';

/** The open modals of the person at the keyboard; the one on top is the one that counts. */
export function ModalStack({ views }: { views: SlackView[] }) {
  const entriesOf = useEntriesByView();
  const top = views.at(-1);
  if (!top) return null;
  return (
    <Shade>
      <Modal key={top.id} view={top} entries={entriesOf(top.id)} deep={views.length > 1} />
    </Shade>
  );
}

function Shade({ children }: { children: ComponentChildren }) {
  useFocusBack();
  return <div class="s-modal-shade">{children}</div>;
}

function Modal({ view, entries, deep }: { view: SlackView; entries: Entries; deep: boolean }) {
  const { slack } = useSandbox();
  const box = useRef<HTMLDivElement>(null);
  const errors = Object.keys(view.errors).join(' ');
  useEffect(() => focusFirst(box.current), []);
  useEffect(() => {
    if (errors !== '') box.current?.querySelector<HTMLElement>('.b-input.wrong :is(input, textarea, button)')?.focus();
  }, [errors]);
  const close = (all: boolean) => void slack({ act: 'closeView', view_id: view.id, ...(all ? { all } : {}) });
  const submit = () => {
    if (!view.pending && view.submit !== undefined)
      void slack({ act: 'submitView', view_id: view.id, values: onlyShown(view, entries) });
  };
  return (
    <div
      ref={box}
      class="s-modal"
      role="dialog"
      aria-modal="true"
      aria-label={view.title ?? 'Dialog'}
      data-testid="slack-modal"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close(false);
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'search')
          submit();
        keepFocusInside(event, box.current);
      }}
    >
      <header class="s-modal-head">
        {deep && (
          <button type="button" class="icon-button" aria-label="Back" onClick={() => close(false)}>
            <Icon name="back" />
          </button>
        )}
        <h2>{view.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => close(true)}>
          <Icon name="close" />
        </button>
      </header>
      <div class="s-modal-body">
        <Blocks blocks={view.blocks} place={{ view_id: view.id }} entries={entries} errors={view.errors} />
      </div>
      <footer class="s-modal-foot">
        {view.trouble !== undefined && (
          <p class="b-error" role="alert">
            {view.trouble}
          </p>
        )}
        <button type="button" class="s-button" onClick={() => close(false)}>
          {view.close ?? (deep ? 'Back' : view.submit === undefined ? 'Close' : 'Cancel')}
        </button>
        {view.submit !== undefined && (
          <button
            type="button"
            class="s-button primary"
            aria-busy={view.pending}
            data-testid="slack-modal-submit"
            onClick={submit}
          >
            {view.pending ? 'Sending…' : view.submit}
          </button>
        )}
      </footer>
    </div>
  );
}

/** Fields that an update took away are not sent. */
function onlyShown(view: SlackView, entries: Entries): Entries['values'] {
  const blocks = new Set(view.blocks.map((block) => block.block_id));
  return Object.fromEntries(Object.entries(entries.values).filter(([blockId]) => blocks.has(blockId)));
}

function focusFirst(box: HTMLElement | null): void {
  if (!box || box.contains(document.activeElement)) return;
  const first = box.querySelector<HTMLElement>('.s-modal-body :is(input, textarea, select, button)');
  (first ?? box.querySelector<HTMLElement>('.s-modal-foot button'))?.focus();
}
