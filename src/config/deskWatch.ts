import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import type { Desk } from '../domain/desk/desk';
import { defaultDesk, type ReadDesk, readDesk } from './deskFile';
import { type HolidaySources, holidaySources, type NamedFeed } from './deskHolidays';
import type { Feeds } from './holidayFeeds';

/** What the file held when it was last read, and the holidays that it names; null when there was none. Compare, never print. */
export type DeskDigest = string | null;

export type LoadDesk =
  | { readonly desk: Desk; readonly digest: DeskDigest; readonly feeds: readonly NamedFeed[] }
  | { readonly problem: string };

/** Far above any desk file: a larger one is refused without being read. */
const BYTES_MAX = 16 * 1024 * 1024;

/**
 * The desk at the start: of the file, or the built-in one where there is no file and none was asked for.
 * @param file `given`: the operator named the file, so its absence is a problem.
 * @param feeds without them, and where nothing can be got from one, a feed counts as without holidays.
 */
export async function loadDesk(
  file: { readonly path: string; readonly given: boolean },
  feeds: Feeds | null = null,
): Promise<LoadDesk> {
  const content = await contentOf(file.path);
  if ('problem' in content) return content;
  const { text } = content;
  if (text !== null) {
    const sources = holidaySources(text, file);
    await feeds?.gather(sources.feeds, true);
    // Before the holidays are read, so that an edit of them in between is noticed.
    const mark = await markOf(text, sources);
    const read = readDesk(text, { ...file, ...(feeds !== null && { feeds: feeds.read }) });
    return 'problem' in read ? read : { desk: read.desk, digest: digestOf(mark, sources, feeds), feeds: sources.feeds };
  }
  if (!file.given) return { desk: defaultDesk(), digest: null, feeds: [] };
  return { problem: `DESK_CONFIG: ${file.path} is not there; mend the path, or unset DESK_CONFIG to use ./desk.yaml.` };
}

export interface DeskWatch {
  readonly path: string;
  /** Of the desk that is in force; see `loadDesk`. */
  readonly digest: DeskDigest;
  readonly feeds: Feeds;
  readonly onGood: (desk: Desk) => void;
  /** Told once per content, as one line; the last good desk stays in force. */
  readonly onBad: (problem: string) => void;
}

/** Calls `check` again and again until the answer is called. */
export type Every = (check: () => Promise<void>) => () => void;

/** Reading a few KB costs nothing, and unlike a watch of the system's it outlives editors that write by renaming, and network folders. */
const CHECK_EVERY_MS = 2000;

/**
 * Follows edits of the desk file, of the files of holidays that it names, and what its feeds come to hold. A content counts when two checks in a row have met it: an editor may be half-way through
 * writing it, or between removing the old file and renaming the new one. Returns what stops it.
 */
export function watchDesk(watch: DeskWatch, every: Every = everyMs(CHECK_EVERY_MS)): () => void {
  let told = watch.digest;
  let before = watch.digest;
  const sourcesOf = sourcesByText(watch);
  return every(async () => {
    const content = await contentOf(watch.path);
    const sources = sourcesOf(content);
    const mark = 'problem' in content ? content.problem : await markOf(content.text, sources);
    const seen = digestOf(mark, sources, watch.feeds);
    const settled = seen === before;
    before = seen;
    if (!settled || seen === told) return;
    const read = await readContent(content, sources, watch);
    // With what was got from its feeds just now, which is part of what was read.
    told = digestOf(mark, sources, watch.feeds);
    before = told;
    if ('problem' in read) watch.onBad(read.problem);
    else watch.onGood(read.desk);
  });
}

const NO_SOURCES: HolidaySources = { files: [], feeds: [] };

/** Parses a text once, not every two seconds. */
function sourcesByText(file: { readonly path: string }): (content: Content) => HolidaySources {
  let known: { readonly text: string; readonly sources: HolidaySources } | null = null;
  return (content) => {
    if ('problem' in content || content.text === null) return NO_SOURCES;
    if (known?.text !== content.text) known = { text: content.text, sources: holidaySources(content.text, file) };
    return known.sources;
  };
}

type Content = { readonly text: string | null } | { readonly problem: string };

async function readContent(content: Content, sources: HolidaySources, { path, feeds }: DeskWatch): Promise<ReadDesk> {
  if ('problem' in content) return content;
  if (content.text === null) return { problem: `${path}: is gone; the desk stays as it was until the file is back` };
  await feeds.gather(sources.feeds);
  const read = readDesk(content.text, { path, feeds: feeds.read });
  if ('desk' in read) feeds.only(sources.feeds);
  return read;
}

/** The file's text, null when there is none, or why it cannot be read. */
async function contentOf(path: string): Promise<Content> {
  try {
    const { size } = await stat(path);
    if (size > BYTES_MAX)
      return { problem: `${path}:1: is ${Math.round(size / 1024 / 1024)} MB large; that is no desk file` };
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    return code === 'ENOENT'
      ? { text: null }
      : { problem: `${path}: cannot be read (${code}); check that it is a file and may be read` };
  }
}

/** The text, and the time and size of each file of holidays that it names: reading those is for when they change. */
async function markOf(text: string | null, { files }: HolidaySources): Promise<string | null> {
  if (text === null) return null;
  const stamps = files.map((path) =>
    stat(path).then(
      ({ mtimeMs, size, ino }) => [mtimeMs, size, ino],
      () => null,
    ),
  );
  return JSON.stringify([text, await Promise.all(stamps)]);
}

/** Of a mark, and of what the feeds hold now. */
function digestOf(mark: string | null, sources: HolidaySources, feeds: Feeds | null): DeskDigest {
  if (mark === null) return null;
  return sha256(JSON.stringify([mark, sources.feeds.map(({ address }) => feeds?.version(address) ?? null)]));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** By a timer that keeps no process alive and starts no check while one is under way. */
export const everyMs =
  (ms: number): Every =>
  (check) => {
    let busy = false;
    const timer = setInterval(async () => {
      if (busy) return;
      busy = true;
      await check().finally(() => {
        busy = false;
      });
    }, ms);
    timer.unref();
    return () => clearInterval(timer);
  };
