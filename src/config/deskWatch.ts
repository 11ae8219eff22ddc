import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import type { Desk } from '../domain/desk/desk';
import { defaultDesk, type ReadDesk, readDesk } from './deskFile';

/** What the file held when it was last read; null when there was none. Compare, never print. */
export type DeskDigest = string | null;

export type LoadDesk = { readonly desk: Desk; readonly digest: DeskDigest } | { readonly problem: string };

/** Far above any desk file: a larger one is refused without being read. */
const BYTES_MAX = 16 * 1024 * 1024;

/**
 * The desk at the start: of the file, or the built-in one where there is no file and none was asked for.
 * @param file `given`: the operator named the file, so its absence is a problem.
 */
export async function loadDesk(file: { readonly path: string; readonly given: boolean }): Promise<LoadDesk> {
  const content = await contentOf(file.path);
  if ('problem' in content) return content;
  const { text } = content;
  if (text !== null) {
    const read = readDesk(text, file);
    return 'problem' in read ? read : { desk: read.desk, digest: digestOf(text) };
  }
  if (!file.given) return { desk: defaultDesk(), digest: null };
  return { problem: `DESK_CONFIG: ${file.path} is not there; mend the path, or unset DESK_CONFIG to use ./desk.yaml.` };
}

export interface DeskWatch {
  readonly path: string;
  /** Of the desk that is in force; see `loadDesk`. */
  readonly digest: DeskDigest;
  readonly onGood: (desk: Desk) => void;
  /** Told once per content, as one line; the last good desk stays in force. */
  readonly onBad: (problem: string) => void;
}

/** Calls `check` again and again until the answer is called. */
export type Every = (check: () => Promise<void>) => () => void;

/** Reading a few KB costs nothing, and unlike a watch it outlives editors that write by renaming, and network folders. */
const CHECK_EVERY_MS = 2000;

/**
 * Follows edits of the desk file. A content counts when two checks in a row have met it: an editor may be half-way through
 * writing it, or between removing the old file and renaming the new one. Returns what stops it.
 */
export function watchDesk(watch: DeskWatch, every: Every = everyMs(CHECK_EVERY_MS)): () => void {
  let told = watch.digest;
  let before = watch.digest;
  return every(async () => {
    const content = await contentOf(watch.path);
    const seen = 'problem' in content ? digestOf(content.problem) : digestOf(content.text);
    const settled = seen === before;
    before = seen;
    if (!settled || seen === told) return;
    told = seen;
    const read = readContent(content, watch);
    if ('problem' in read) watch.onBad(read.problem);
    else watch.onGood(read.desk);
  });
}

type Content = { readonly text: string | null } | { readonly problem: string };

function readContent(content: Content, file: { readonly path: string }): ReadDesk {
  if ('problem' in content) return content;
  if (content.text !== null) return readDesk(content.text, file);
  return { problem: `${file.path}: is gone; the desk stays as it was until the file is back` };
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

function digestOf(text: string | null): DeskDigest {
  return text === null ? null : createHash('sha256').update(text).digest('hex');
}

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
