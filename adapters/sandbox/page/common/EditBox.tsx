import { useEffect, useRef, useState } from 'preact/hooks';

/** A message as a text box: Enter saves, Escape leaves it as it was. `onSave` says whether it was saved. */
export function EditBox(props: {
  platform: 'slack' | 'teams';
  text: string;
  /** What the button that saves is called there. */
  done: string;
  onSave: (text: string) => Promise<boolean>;
  onDone: () => void;
}) {
  const { onDone } = props;
  const [text, setText] = useState(props.text);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  const save = async () => {
    if (await props.onSave(text)) onDone();
  };
  const [prefix, field] = props.platform === 'slack' ? ['s', 'field'] : ['t', 't-field'];
  return (
    <div class={`${prefix}-edit`}>
      <textarea
        ref={box}
        class={field}
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
      <button type="button" class={`${prefix}-button`} onClick={onDone}>
        Cancel
      </button>
      <button type="button" class={`${prefix}-button primary`} onClick={() => void save()}>
        {props.done}
      </button>
    </div>
  );
}
