import { useEffect, useRef, useState } from 'preact/hooks';
import type { TeamsMessage } from '../../teams/protocol';
import { useSandbox } from '../sandbox';

/** The message as a text box: Enter saves, Escape leaves it as it was. */
export function EditBox({ message, onDone }: { message: TeamsMessage; onDone: () => void }) {
  const { teams } = useSandbox();
  const [text, setText] = useState(message.text);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const save = async () => {
    const result = await teams({ act: 'edit', conversation: message.conversation, messageId: message.id, text });
    if (result.ok) onDone();
  };
  return (
    <div class="t-edit">
      <textarea
        ref={box}
        class="t-field"
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
      <button type="button" class="t-button" onClick={onDone}>
        Cancel
      </button>
      <button type="button" class="t-button primary" onClick={() => void save()}>
        Done
      </button>
    </div>
  );
}
