import { z } from 'zod';
import type { Party, Place } from '../domain/case/case';
import { personId } from '../domain/ids';

/** What a form or a button carries about the message that it came from. Buttons and forms route; nothing in them is believed further. */
const Source = z.object({
  platform: z.string().min(1),
  channel: z.string().min(1),
  message: z.string().min(1),
  thread: z.string().default(''),
});

const Author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guest'), platform: z.string(), user: z.string(), name: z.string() }),
  z.object({ kind: z.literal('person'), id: z.string().transform(personId), name: z.string() }),
]);

/** The message that a case is opened from, or null when it comes from none. */
export function readSource(data: unknown): Place | null {
  const read = Source.safeParse(data);
  return read.success ? { ...read.data, thread: read.data.thread === '' ? null : read.data.thread } : null;
}

/** Who wrote that message, from the text form that forms and the outbox carry; null when it is not ours. */
export function readAuthor(written: unknown): Party | null {
  if (typeof written !== 'string') return null;
  try {
    const read = Author.safeParse(JSON.parse(written));
    return read.success ? read.data : null;
  } catch {
    return null; // No JSON: somebody has tampered with it, and whoever sends the form is the reporter then.
  }
}
