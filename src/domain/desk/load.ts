import type { Instant, PersonId, PriorityName } from '../ids';
import { AS_PLANNED, type Attendance } from './availability';
import { type Desk, personOf, priorityInForce } from './desk';

/** What one person holds: live cases that they own or have to find an owner for, by weight; and when they got one last. */
export interface Load {
  readonly weight: number;
  readonly lastAt: Instant | null;
}

/** All that a choice of the next person goes by beyond the desk file, as it was when the decision was made. */
export interface Staffing {
  readonly attendance: Attendance;
  readonly loads: ReadonlyMap<PersonId, Load>;
  /** Who dealt with the client of this case lately, the latest first. */
  readonly dealt: readonly { readonly person: PersonId; readonly at: Instant }[];
}

/** Nothing is known beyond the desk file. */
export const STAFFED_AS_PLANNED: Staffing = { attendance: AS_PLANNED, loads: new Map(), dealt: [] };

/** What a case counts against somebody's `max_open`: the weight of its priority, or of the one that untriaged cases run on. */
export const weightOf = (desk: Desk, priority: PriorityName | null): number =>
  priorityInForce(desk, priority).weight ?? 1;

export const weightOfAll = (desk: Desk, priorities: readonly (PriorityName | null)[]): number =>
  priorities.reduce((sum, priority) => sum + weightOf(desk, priority), 0);

/** Somebody of whom nobody has said how much they can hold is measured by this. */
const USUAL_MAX = 10;

export const capacityOf = (desk: Desk, person: PersonId): number => personOf(desk, person)?.maxOpen ?? USUAL_MAX;

/** `2 of 5`, or `2 open` where nobody has said how many they can hold. */
export function loadText(desk: Desk, person: PersonId, weight: number): string {
  const most = personOf(desk, person)?.maxOpen;
  return most === undefined ? `${weight} open` : `${weight} of ${most}`;
}
