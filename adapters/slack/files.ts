/** Files as Slack tells of them. No scope for files is asked for: messages name them, and nothing is downloaded. */
import type { Place } from '../../src/domain/case/case';
import { type CaseFile, FILES_MAX } from '../../src/domain/case/file';
import { fileAddress, fileName } from '../../src/inputs/files';
import { reasonOf } from './log';
import type { Parts } from './parts';
import { withinMs } from './people';

/** How long an event may wait for a message to be read again; Slack wants its answer within three seconds. */
const LOOK_MS = 500;
const UNNAMED = 'A file';

/** The page of a file in the browser. Not `url_private` (wants a token) nor `permalink_public` (lets anybody in). */
const isPermalink = ({ hostname, pathname }: URL): boolean =>
  /^[a-z0-9.-]+\.slack(-gov)?\.com$/.test(hostname) && pathname.startsWith('/files/');

type Told = {
  readonly [Field in 'title' | 'name' | 'permalink' | 'mode' | 'file_access']?: string | null | undefined;
};

/** The files of a message that are still there: a deleted one stays behind as a tombstone. */
export function filesOf(files: readonly Told[] | null | undefined): readonly CaseFile[] {
  return (files ?? [])
    .filter(({ mode }) => mode !== 'tombstone')
    .slice(0, FILES_MAX)
    .map(({ title, name, permalink }) => ({
      name: fileName(title) || fileName(name) || UNNAMED,
      url: fileAddress(permalink, isPermalink),
    }));
}

/** In channels shared with another organisation an event names no file; the message itself does when it is read. */
const isWithheld = ({ file_access }: Told): boolean => file_access === 'check_file_info';

/**
 * The files of a message that an event or a shortcut tells of. What Slack withholds is looked for in the channel's history,
 * which needs no scope more; where that takes too long or fails, there is a file and nobody knows its name.
 */
export async function filesIn(
  { surface, log }: Pick<Parts, 'surface' | 'log'>,
  place: Place,
  files: readonly Told[] | null | undefined,
): Promise<readonly CaseFile[]> {
  if (!files?.some(isWithheld)) return filesOf(files);
  const read = surface.read(place).catch((error: unknown) => {
    log.warn({ problem: reasonOf(error) }, 'a message with files could not be read again');
    return null;
  });
  return (await withinMs(read, LOOK_MS))?.files ?? filesOf(files);
}
