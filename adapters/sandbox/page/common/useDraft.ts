import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';

type Sent = { words: string; files: string[] };

/** What is being written: words, and names of files. */
export function useDraft(box: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<string[]>([]);
  const [waiting, setWaiting] = useState(false);
  return {
    text,
    setText,
    files,
    waiting,
    isEmpty: text.trim() === '' && files.length === 0,
    attach: (name: string) => {
      setFiles([...files, name]);
      box.current?.focus();
    },
    takeOff: (index: number) => setFiles(files.filter((_, at) => at !== index)),
    /** Empties the box at once; what could not be sent comes back, unless something else has been begun. */
    send: async (sent: Sent, act: () => Promise<{ ok: boolean }>) => {
      setText('');
      setFiles((now) => now.filter((name) => !sent.files.includes(name)));
      box.current?.focus();
      setWaiting(true);
      const result = await act();
      setWaiting(false);
      if (result.ok) return;
      setText((now) => (now === '' ? sent.words : now));
      setFiles((now) => (now.length === 0 ? sent.files : now));
    },
  };
}
