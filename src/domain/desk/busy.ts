/** Who of those on shift had rather not be asked for the moment, as a platform tells it. */
import type { Instant, PersonId } from '../ids';
import type { Attendance } from './availability';
import { type Desk, type Person, personOf } from './desk';
import { wallText } from './localDay';

/** Why somebody is away (ill, on holiday) is not told on: it would stand in the history of the case for ever. */
export type Doing = 'do not disturb' | 'in a meeting' | 'away by their status';

/** Somebody keeps what comes in from themselves, or says that they are elsewhere. They are on shift all the same. */
export interface Busy {
  readonly person: PersonId;
  readonly doing: Doing;
  readonly from: Instant;
  /** Null: until they take it back. */
  readonly until: Instant | null;
}

const endOf = ({ until }: Busy): number => until ?? Number.POSITIVE_INFINITY;

/** What keeps them longest, where several things do; null while they may be asked. */
export function busyAt({ busy = [] }: Attendance, person: PersonId, at: Instant): Busy | null {
  const now = busy.filter((one) => one.person === person && one.from <= at && at < endOf(one));
  return now.reduce<Busy | null>((last, one) => (last === null || endOf(one) > endOf(last) ? one : last), null);
}

interface Reading {
  readonly desk: Desk;
  readonly at: Instant;
}

/** `do not disturb until 15:00`, `away by their status until Tue 24 Nov, 09:00`, `in a meeting`; by the clock of the desk’s zone. */
export const busyText = ({ doing, until }: Busy, reading: Reading): string => `${doing}${untilText(until, reading)}`;

/** `Carol Chen has do not disturb on until 15:00`, `Carol Chen is away by their status`. */
export function busySentence({ person, doing, until }: Busy, reading: Reading): string {
  const name = personOf(reading.desk, person)?.name ?? person;
  const is = doing === 'do not disturb' ? 'has do not disturb on' : `is ${doing}`;
  return `${name} ${is}${untilText(until, reading)}`;
}

/** `Carol Chen`, or `Carol Chen (do not disturb until 15:00)`. */
export function nameAndBusy(
  { id, name }: Pick<Person, 'id' | 'name'>,
  attendance: Attendance,
  reading: Reading,
): string {
  const busy = busyAt(attendance, id, reading.at);
  return busy === null ? name : `${name} (${busyText(busy, reading)})`;
}

const untilText = (until: Instant | null, { desk, at }: Reading): string =>
  until === null ? '' : ` until ${wallText(desk.zone, until, at)}`;
