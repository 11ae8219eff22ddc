import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { EmojiButton } from '../common/EmojiPicker';
import { AttachButton, Files } from '../common/Files';
import { Icon } from '../common/Icon';
import { SuggestMenu } from '../common/SuggestMenu';
import { useSuggestMenu } from '../common/useSuggestMenu';
import { useSandbox } from '../sandbox';
import { useTeams } from './context';
import { type Scope, type Suggestion, slashWords, suggest } from './suggestions';

type Props = { conversation: string; thread?: string; scope: Scope; placeholder: string; onEscape?: () => void };

/** Where one writes: Enter sends, `@` mentions the bot, then its commands are offered; `/` offers slash commands. */
export function Composer({ conversation, thread, scope, placeholder, onEscape }: Props) {
  const sandbox = useSandbox();
  const { teams } = useTeams();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<string[]>([]);
  const [waiting, setWaiting] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => {
    if (thread !== undefined) box.current?.focus();
  }, []);
  const offer = suggest(teams, scope, text);
  const write = (next: string) => {
    setText(next);
    menu.reset();
    box.current?.focus();
  };
  const send = async () => {
    const words = text.trim();
    if ((words === '' && files.length === 0) || waiting) return;
    const slash = slashWords(teams, words);
    const said = slash === null ? { text: words, files } : { text: slash, slash: true };
    // A slash command takes no files along: they wait for a message.
    const sent = slash === null ? files : [];
    write('');
    setFiles((now) => now.filter((name) => !sent.includes(name)));
    setWaiting(true);
    const at = thread === undefined ? { conversation } : { conversation, thread };
    const result = await sandbox.teams({ act: 'say', ...at, ...said });
    setWaiting(false);
    if (result.ok) return;
    setText((now) => (now === '' ? words : now));
    setFiles((now) => (now.length === 0 ? sent : now));
  };
  const attach = (name: string) => {
    setFiles([...files, name]);
    box.current?.focus();
  };
  const choose = (item: Suggestion) => {
    write('text' in item ? item.text : '');
    if ('extension' in item) void sandbox.teams({ act: 'openExtension', conversation, commandId: item.extension });
  };
  const menu = useSuggestMenu(offer, { choose, send: () => void send(), escape: onEscape });
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
      <Files names={files} onRemove={(index) => setFiles(files.filter((_, at) => at !== index))} />
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
          <AttachButton class="t-tool" count={files.length} onAttach={attach} />
        )}
        <EmojiButton label="Insert an emoji" class="t-tool" onPick={(_name, char) => write(`${text}${char} `)} />
        <button
          type="button"
          class="t-tool t-send"
          aria-label="Send"
          disabled={text.trim() === '' && files.length === 0}
          aria-busy={waiting}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}

function MentionButton({ name, onMention }: { name: string; onMention: () => void }) {
  return (
    <button type="button" class="t-tool" aria-label={`Mention ${name}`} title={`Mention ${name}`} onClick={onMention}>
      <span aria-hidden="true">@</span>
    </button>
  );
}
