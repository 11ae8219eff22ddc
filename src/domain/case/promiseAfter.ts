import type { Case } from './case';
import type { CaseEvent } from './events';

type PromiseEvent = Extract<CaseEvent, { type: `Promise${string}` }>;

/** The case after something happened to its promise; for evolve. */
export function promiseAfter<It extends Case>(it: It, event: PromiseEvent): It {
  const count = it.promises ?? { made: 0, kept: 0, broken: 0 };
  const promise = it.promise ?? null;
  switch (event.type) {
    case 'PromiseMade':
      return { ...it, promise: event.promise, promises: { ...count, made: count.made + 1 } };
    case 'PromiseWarned':
      return { ...it, promise: promise === null ? null : { ...promise, warned: true } };
    case 'PromiseKept':
      return { ...it, promise: null, promises: { ...count, kept: count.kept + 1 } };
    case 'PromiseBroken':
      return {
        ...it,
        promise: promise === null ? null : { ...promise, broken: true },
        promises: { ...count, broken: count.broken + 1 },
      };
    case 'PromiseDropped':
      return { ...it, promise: null };
  }
}

/** After a public word the client no longer waits for a promise that was broken. */
export const answered = <It extends Case>(it: It): It => (it.promise?.broken === true ? { ...it, promise: null } : it);
