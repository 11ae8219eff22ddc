import { useEffect, useRef } from 'preact/hooks';
import type { TeamsDialog } from '../../teams/protocol';
import { keepFocusInside, useFocusBack } from '../common/focus';
import { Icon } from '../common/Icon';
import { useSandbox } from '../sandbox';
import { Card, type CardPress } from './Card';
import { useTeams } from './context';

const HEADROOM_PX = 56;

/** A dialog (task module): the form of the app, its last word, or what went wrong. */
export function Dialog({ dialog }: { dialog: TeamsDialog }) {
  const { teams } = useTeams();
  const sandbox = useSandbox();
  const box = useRef<HTMLDivElement>(null);
  const ready = dialog.card !== null;
  useFocusBack();
  const words = dialog.message !== null;
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('.t-dialog-body :is(input, textarea, select)');
    (first ?? box.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [ready, words]);
  // What had the focus goes with the content that is replaced; keys would be heard by nobody then.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus();
  });
  const close = () => void sandbox.teams({ act: 'closeDialog' });
  const press = async (pressed: CardPress) => {
    await sandbox.teams({ act: 'submitDialog', data: pressed.data });
  };
  const suggest = async (dataset: string, query: string) =>
    (await sandbox.teams({ act: 'suggest', dataset, query })).options ?? [];
  return (
    <div class="t-dialog-shade">
      <div
        ref={box}
        tabIndex={-1}
        class="t-dialog"
        role="dialog"
        aria-modal="true"
        aria-label={dialog.title}
        aria-busy={dialog.pending}
        data-testid="teams-dialog"
        style={{
          width: `${dialog.width}px`,
          minHeight: dialog.message === null ? `${Math.min(dialog.height, 220) + HEADROOM_PX}px` : undefined,
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
          keepFocusInside(event, box.current);
        }}
      >
        <header class="t-dialog-head">
          <img src="/ui/icon.svg" alt="" width="24" height="24" />
          <div>
            <small>{teams.bot.name}</small>
            <h2>{dialog.title}</h2>
          </div>
          <button type="button" class="icon-button" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {dialog.error !== null && (
          <p class="t-banner" role="alert">
            {dialog.error}
          </p>
        )}
        <div class="t-dialog-body">
          {dialog.message !== null && <p class="t-dialog-words">{dialog.message}</p>}
          {dialog.card !== null && dialog.message === null && (
            <Card card={dialog.card} onPress={press} onSuggest={suggest} />
          )}
          {dialog.pending && <p class="t-empty">Waiting for {teams.bot.name}…</p>}
        </div>
      </div>
    </div>
  );
}
