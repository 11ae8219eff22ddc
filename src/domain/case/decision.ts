import type { Desk } from '../desk/desk';
import type { Staffing } from '../desk/load';
import type { CaseId, Instant } from '../ids';
import type { Party } from './case';
import type { CaseEvent } from './events';
import type { Refusal } from './refusals';

/** What a decision is told; it never asks. */
export interface Told {
  readonly desk: Desk;
  readonly at: Instant;
  readonly by: Party;
  /** The identity of the case that would be opened. */
  readonly next: { readonly id: CaseId; readonly number: number };
  /** Who holds what and who is away, as it was just before; absent: only the desk file is known. */
  readonly staffing?: Staffing;
}

/** What happens, in order; or why not, in words for the person who asked. */
export type Decision = readonly CaseEvent[] | Refusal;

export const isRefusal = (decision: Decision): decision is Refusal => 'refused' in decision;
