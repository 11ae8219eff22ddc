import { useEffect, useRef, useState } from 'preact/hooks';
import type { SlackMessage } from '../../slack/protocol';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';
import { asTyped } from './Mrkdwn';

/** The message as a text box: Enter saves, Escape leaves it as it was. */
export function EditBox({ message, onDone }: { message: SlackMessage; onDone: () => void }) {
  const sandbox = useSandbox();
  const { slack } = useSlack();
  const [text, setText] = useState(() => asTyped(slack, message.text));
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const save = async () => {
    const result = await sandbox.slack({ act: 'edit', channel: message.channel, ts: message.ts, text });
    if (result.ok) onDone();
  };
  return (
    <div class="s-edit">
      <textarea
        ref={box}
        class="field"
        aria-label="Edit the message"
        rows={2}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void save();
        }}
      />
      <button type="button" class="s-button" onClick={onDone}>
        Cancel
      </button>
      <button type="button" class="s-button primary" onClick={() => void save()}>
        Save
      </button>
    </div>
  );
}
