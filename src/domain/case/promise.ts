/**
 * Promises to the client ("I'll get back to you by 15:00"). A promise runs on the clock on the wall, whatever the desk's
 * hours: the client was told a time. The next public word of staff before it is due keeps it; silence breaks it.
 */
import type { Desk } from '../desk/desk';
import { earliest, type Instant, instant } from '../ids';
import { shorten } from '../words';
import { type Case, type CasePromise, isLive } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { refuse } from './refusals';
import { notLive, speaker } from './triage';

/** A promise quotes the sentence it was given in, not the whole message. */
const WORDS_MAX = 300;

export function makePromise(it: Case, { words, dueAt }: CommandOf<'MakePromise'>, told: Told): Decision {
  const no = notLive(it);
  if (no !== null) return no;
  const by = speaker(told);
  if (by === null) return refuse('not-of-the-desk');
  if (!Number.isFinite(dueAt) || dueAt <= told.at) return refuse('promise-past');
  const open = openPromise(it);
  if (open?.dueAt === dueAt) return refuse('promise-known');
  const promise: CasePromise = {
    id: `p${(it.promises?.made ?? 0) + 1}`,
    by,
    words: shorten(words, WORDS_MAX),
    madeAt: told.at,
    dueAt,
    warnAt: warnAtOf(told.desk, told.at, dueAt),
    warned: false,
    broken: false,
  };
  const replaced: readonly CaseEvent[] =
    open === null ? [] : [{ type: 'PromiseDropped', promise: open.id, because: 'replaced' }];
  return [...replaced, { type: 'PromiseMade', promise }];
}

/** The desk's first mark, on the clock on the wall; null where it would fall before the promise was made. */
function warnAtOf(desk: Desk, madeAt: Instant, dueAt: Instant): Instant | null {
  const [mark] = desk.warnAt;
  if (mark === undefined) return null;
  const at = mark.kind === 'share' ? madeAt + Math.round(mark.share * (dueAt - madeAt)) : dueAt - mark.ms;
  return at > madeAt ? instant(at) : null;
}

/** Somebody says that the client has heard: by telephone, or on another way that Baton does not see. */
export function keepPromise(it: Case, { promise }: CommandOf<'KeepPromise'>): Decision {
  const open = openPromise(it);
  return open === null || open.id !== promise
    ? refuse('promise-gone', goneText(it, promise))
    : [{ type: 'PromiseKept', promise, how: 'said' }];
}

export function dropPromise(it: Case, { promise }: CommandOf<'DropPromise'>): Decision {
  const open = openPromise(it);
  return open === null || open.id !== promise
    ? refuse('promise-gone', goneText(it, promise))
    : [{ type: 'PromiseDropped', promise, because: 'asked' }];
}

function goneText(it: Case, promise: string): string | undefined {
  const was = it.promise ?? null;
  return was !== null && was.id === promise && was.broken
    ? 'This promise was broken when its time passed. Tell the client where things stand; that settles it.'
    : undefined;
}

/** The promise that may still be kept. */
export function openPromise(it: Case): CasePromise | null {
  const promise = it.promise ?? null;
  return promise === null || promise.broken ? null : promise;
}

/** The client has had a public word from the desk: that keeps the open promise. */
export function keptByWord(it: Case): readonly CaseEvent[] {
  const open = openPromise(it);
  return open === null ? [] : [{ type: 'PromiseKept', promise: open.id, how: 'word' }];
}

/** The warning and the breaking that have come by now, each once. A word at the very instant it is due keeps it. */
export function promiseDue(it: Case, at: Instant): readonly CaseEvent[] {
  const open = openPromise(it);
  if (open === null || !isLive(it)) return [];
  if (at > open.dueAt) return [{ type: 'PromiseBroken', promise: open.id, at: open.dueAt }];
  const warn = !open.warned && open.warnAt !== null && open.warnAt <= at;
  return warn ? [{ type: 'PromiseWarned', promise: open.id, at: open.warnAt }] : [];
}

/** When the promise next needs looking at. */
export function promiseWakeAt(it: Case): Instant | null {
  const open = openPromise(it);
  if (open === null) return null;
  return earliest(open.warned ? null : open.warnAt, instant(open.dueAt + 1));
}
