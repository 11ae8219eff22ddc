declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** The internal id of a case (a UUID); people see its reference instead. */
export type CaseId = Brand<string, 'CaseId'>;
/** A person of the desk, by the id in the desk file. */
export type PersonId = Brand<string, 'PersonId'>;
/** A moment in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;
/** The name of a priority as the desk file spells it, e.g. `P1`. */
export type PriorityName = Brand<string, 'PriorityName'>;

export const caseId = (text: string): CaseId => text as CaseId;
export const personId = (text: string): PersonId => text as PersonId;
export const instant = (epochMs: number): Instant => epochMs as Instant;
export const priorityName = (text: string): PriorityName => text as PriorityName;

/** `at` moved by `ms` milliseconds (negative moves back). */
export const later = (at: Instant, ms: number): Instant => (at + ms) as Instant;
/** The earliest of the instants that are not null, or null when there is none. */
export function earliest(...instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : (Math.min(...known) as Instant);
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
