/** Files of messages at the edge: names are text of strangers, addresses are believed only where they lead back to the platform. */
import { z } from 'zod';
import { type CaseFile, FILES_MAX } from '../domain/case/file';
import { shorten } from '../domain/words';
import { titleFrom } from './forms';

/** As long as a name can be and still be told from the next in a line of a card. */
export const NAME_MAX = 80;
const ADDRESS_MAX = 400;
/** The end of a name says what it is, so it stays when the middle goes. */
const ENDING = /\.[\p{L}\p{N}]{1,8}$/u;
/** Controls, marks that turn the direction of what follows (`gpj.exe` for `exe.jpg`), signs without width, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu;

/** What somebody called a file, as a single short line that is no address; '' where nothing of it can be read. */
export function fileName(given: string | null | undefined): string {
  const name = (given ?? '')
    .slice(0, 1_000)
    .replace(/[\\/]+/gu, '_')
    .replace(UNSEEN, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (name.length <= NAME_MAX) return name;
  const ending = ENDING.exec(name)?.[0] ?? '';
  return `${shorten(name.slice(0, name.length - ending.length), NAME_MAX - ending.length)}${ending}`;
}

/**
 * An address that may be kept and linked, or null. `isOwn` says whether the platform itself asks whoever opens it who they
 * are. What stands behind `?` or `#` is dropped: that is where addresses carry somebody's access.
 */
export function fileAddress(given: string | null | undefined, isOwn: (url: URL) => boolean): string | null {
  if (typeof given !== 'string' || given.length > 4 * ADDRESS_MAX || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  if (!isOwn(url)) return null;
  // A bar would end the address in Slack's notation of links.
  const address = `${url.origin}${url.pathname}`.replaceAll('|', '%7C');
  return address.length <= ADDRESS_MAX ? address : null;
}

const KeptFile = z.object({
  name: z.string().transform(fileName).pipe(z.string().min(1)),
  url: z
    .string()
    .nullable()
    .catch(null)
    .transform((url) => fileAddress(url, () => true)),
});

/** Files as forms and the outbox carry them; none where it is not ours. */
export function readFiles(written: unknown): readonly CaseFile[] {
  if (typeof written !== 'string') return [];
  try {
    return z.array(KeptFile).max(FILES_MAX).safeParse(JSON.parse(written)).data ?? [];
  } catch {
    return [];
  }
}

/** What fits beside all else into the value of a button of Slack (2,000 characters), where it stands as text within text. */
const WRITTEN_MAX = 1_000;

/** In the text form that forms and the outbox carry: without links, then without the last, where all of it has no room. */
export function writeFiles(files: readonly CaseFile[]): string {
  const bare = files.map(({ name }) => ({ name, url: null }));
  const fewer = bare.map((_, left) => bare.slice(0, bare.length - left));
  const fitting = [files, ...fewer].find((some) => JSON.stringify(JSON.stringify(some)).length <= WRITTEN_MAX);
  return JSON.stringify(fitting ?? []);
}

/** A title from somebody's words; without any from what they sent: `photo.jpg`, `photo.jpg and 2 more files`. */
export function titleOf(words: string, files: readonly CaseFile[], most: number): string {
  const said = titleFrom(words, most);
  const [first, ...others] = files;
  if (said !== '' || first === undefined) return said;
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'file' : 'files'}`;
  return `${shorten(first.name, most - more.length)}${more}`;
}
