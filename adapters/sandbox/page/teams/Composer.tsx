import { useEffect, useId, useRef } from 'preact/hooks';
import { EmojiButton } from '../common/EmojiPicker';
import { AttachButton, Files } from '../common/Files';
import { Icon } from '../common/Icon';
import { SuggestMenu } from '../common/SuggestMenu';
import { useDraft } from '../common/useDraft';
import { useSuggestMenu } from '../common/useSuggestMenu';
import { useSandbox } from '../sandbox';
import { useTeams } from './context';
import { type Scope, type Suggestion, slashWords, suggest } from './suggestions';

type Props = { conversation: string; thread?: string; scope: Scope; placeholder: string; onEscape?: () => void };

/** Where one writes: Enter sends, `@` mentions the bot, then its commands are offered; `/` offers slash commands. */
export function Composer({ conversation, thread, scope, placeholder, onEscape }: Props) {
  const sandbox = useSandbox();
  const { teams } = useTeams();
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(box);
  const { text, files } = draft;
  const id = useId();
  useEffect(() => {
    if (thread !== undefined) box.current?.focus();
  }, []);
  const offer = suggest(teams, scope, text);
  const write = (next: string) => {
    draft.setText(next);
    menu.reset();
    box.current?.focus();
  };
  const send = () => {
    const words = text.trim();
    if (draft.isEmpty || draft.waiting) return;
    menu.reset();
    const said = saidBy(words, files, slashWords(teams, words));
    const at = thread === undefined ? { conversation } : { conversation, thread };
    void draft.send({ words, files: said.files }, () => sandbox.teams({ act: 'say', ...at, ...said }));
  };
  const choose = (item: Suggestion) => {
    write('text' in item ? item.text : '');
    if ('extension' in item) void sandbox.teams({ act: 'openExtension', conversation, commandId: item.extension });
  };
  const menu = useSuggestMenu(offer, { choose, send, escape: onEscape });
  return (
    <div class={thread === undefined ? 't-composer-place' : 't-composer-place in-thread'}>
      <SuggestMenu
        id={id}
        label={offer.label}
        items={menu.items}
        at={menu.at}
        onChoose={menu.choose}
        platform="teams"
      />
      <Files names={files} onRemove={draft.takeOff} />
      <div class="t-composer">
        <textarea
          ref={box}
          rows={Math.min(6, text.split('\n').length)}
          aria-label={placeholder}
          placeholder={scope === 'team' ? `${placeholder}, or @${teams.bot.name}` : placeholder}
          data-testid={thread === undefined ? 'teams-composer' : 'teams-thread-composer'}
          value={text}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={menu.at === null ? undefined : `${id}-${menu.at}`}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={menu.onKeyDown}
        />
        {scope === 'team' && <MentionButton name={teams.bot.name} onMention={() => write(`@${teams.bot.name} `)} />}
        {(scope === 'team' || teams.takesFiles) && (
          <AttachButton class="t-tool" count={files.length} onAttach={draft.attach} />
        )}
        <EmojiButton label="Insert an emoji" class="t-tool" onPick={(_name, char) => write(`${text}${char} `)} />
        <button
          type="button"
          class="t-tool t-send"
          aria-label="Send"
          disabled={draft.isEmpty}
          aria-busy={draft.waiting}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}

/** A slash command takes no files along: they wait for a message. */
const saidBy = (words: string, files: string[], slash: string | null) =>
  slash === null ? { text: words, files } : { text: slash, slash: true, files: [] };

function MentionButton({ name, onMention }: { name: string; onMention: () => void }) {
  return (
    <button type="button" class="t-tool" aria-label={`Mention ${name}`} title={`Mention ${name}`} onClick={onMention}>
      <span aria-hidden="true">@</span>
    </button>
  );
}
