import { useId, useRef } from 'preact/hooks';
import { EmojiButton } from '../common/EmojiPicker';
import { AttachButton, Files } from '../common/Files';
import { Icon } from '../common/Icon';
import { SuggestMenu } from '../common/SuggestMenu';
import { useDraft } from '../common/useDraft';
import { useSuggestMenu } from '../common/useSuggestMenu';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';
import { suggest } from './suggestions';

type Props = { channel: string; threadTs?: string; placeholder: string };

/** Where one writes: Enter sends, Shift+Enter breaks the line, `/` offers commands, `@` people. */
export function Composer({ channel, threadTs, placeholder }: Props) {
  const sandbox = useSandbox();
  const { slack } = useSlack();
  const box = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(box);
  const { text, files } = draft;
  const id = useId();
  const offer = suggest(slack, text, box.current?.selectionStart ?? text.length);
  const write = (next: string) => {
    draft.setText(next);
    menu.reset();
    box.current?.focus();
  };
  const send = () => {
    const words = text.trim();
    if (draft.isEmpty || draft.waiting) return;
    menu.reset();
    const act = actOf(channel, threadTs, words, files);
    // A command takes no files along: they wait for a message.
    void draft.send({ words, files: act.act === 'say' ? files : [] }, () => sandbox.slack(act));
  };
  const menu = useSuggestMenu(offer, { choose: (item) => write(item.text), send });
  return (
    <div class="s-composer-place">
      <SuggestMenu
        id={id}
        label={offer.label}
        items={menu.items}
        at={menu.at}
        onChoose={menu.choose}
        platform="slack"
      />
      <div class="s-composer">
        <textarea
          ref={box}
          rows={Math.min(6, text.split('\n').length)}
          aria-label={placeholder}
          placeholder={placeholder}
          data-testid={threadTs === undefined ? 'slack-composer' : 'slack-thread-composer'}
          value={text}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={menu.at === null ? undefined : `${id}-${menu.at}`}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={menu.onKeyDown}
        />
        <Files names={files} onRemove={draft.takeOff} />
        <div class="s-composer-bar">
          <AttachButton class="s-tool" count={files.length} onAttach={draft.attach} />
          <button
            type="button"
            class="s-tool"
            aria-label="Run a command"
            title="Run a command"
            onClick={() => write('/')}
          >
            <span aria-hidden="true">/</span>
          </button>
          <EmojiButton label="Insert an emoji" class="s-tool" onPick={(name) => write(`${text}:${name}: `)} />
          {draft.waiting && <span class="s-waiting">Sending…</span>}
          <button type="button" class="s-send" aria-label="Send" disabled={draft.isEmpty} onClick={send}>
            <Icon name="send" size={16} />
          </button>
        </div>
      </div>
    </div>
  );
}

function actOf(channel: string, threadTs: string | undefined, words: string, files: string[]) {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(words);
  if (command)
    return { act: 'command' as const, channel, command: command[1] ?? '', text: command[2] ?? '', ...thread };
  return { act: 'say' as const, channel, text: words, ...(files.length > 0 && { files }), ...thread };
}
