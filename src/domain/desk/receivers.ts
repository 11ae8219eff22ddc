import type { Instant, PersonId } from '../ids';
import { type Presence, presenceOf } from './board';
import type { Desk } from './desk';
import { capacityOf, type Staffing } from './load';

/** Somebody who could be given a case. */
export interface Receiver {
  readonly person: PersonId;
  readonly presence: Presence;
  /** Weighted cases that they hold. */
  readonly weight: number;
}

/** Everybody who could own a case: who is there and has the least to do first, then who is busy; in the order of the desk file where alike. */
export function receiversOf(desk: Desk, staffing: Staffing, at: Instant): readonly Receiver[] {
  const seen = { desk, attendance: staffing.attendance, at };
  const share = ({ person, weight }: Receiver): number => weight / capacityOf(desk, person);
  const rank = ({ presence }: Receiver): number =>
    presence.kind !== 'there' ? 2 : presence.busy === undefined ? 0 : 1;
  return desk.people
    .filter(({ role }) => role !== 'viewer')
    .map(({ id }) => ({ person: id, presence: presenceOf(id, seen), weight: staffing.loads.get(id)?.weight ?? 0 }))
    .toSorted((a, b) => rank(a) - rank(b) || share(a) - share(b));
}
