import type { Case } from '../case/case';
import { calendarOf, type Desk } from '../desk/desk';
import { ALWAYS, type Calendar } from './hours';

/** A calendar as it was when the clocks of a case began to run on it. */
export interface KeptCalendar {
  readonly version: string;
  readonly calendar: Calendar;
}

/** By the name of the calendar: the version in force for one case, so that an edit counts from the edit on (rule 7). */
export type KeptCalendars = Readonly<Record<string, KeptCalendar>>;

const versions = new WeakMap<object, string>();

/** The same for calendars (and any other plain data) with the same content, whatever object holds them. */
export function versionOf(data: object): string {
  const known = versions.get(data);
  if (known !== undefined) return known;
  const content = JSON.stringify(inOrder(data));
  const made = `${content.length.toString(36)}-${hashed(content, 0x811c9dc5)}${hashed(content, 0x9747b28c)}`;
  versions.set(data, made);
  return made;
}

/** Keys in alphabetical order: a store may give them back in another one. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inside]) => [key, inOrder(inside)]);
}

/** FNV-1a of the UTF-16 units, in 32 bits. */
function hashed(text: string, basis: number): string {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
}

/** The calendar of that name which counts for the case: the version kept with it, else the desk's. */
export function calendarInForce(it: Pick<Case, 'calendars'>, desk: Desk, name: string): Calendar {
  const kept = it.calendars?.[name];
  const current = calendarOf(desk, name);
  // The desk's own object where it is the same: what walks have learnt about it is kept.
  return kept === undefined || (current.name === name && kept.version === versionOf(current)) ? current : kept.calendar;
}

/** What has to be kept now that clocks run on these: those that are not kept yet, or in another version. Null: nothing. */
export function toKeep(it: Pick<Case, 'calendars'>, calendars: readonly Calendar[]): KeptCalendars | null {
  const fresh = calendars.filter(
    (one) => one.name !== ALWAYS.name && it.calendars?.[one.name]?.version !== versionOf(one),
  );
  if (fresh.length === 0) return null;
  return Object.fromEntries(fresh.map((one) => [one.name, { version: versionOf(one), calendar: one }]));
}
