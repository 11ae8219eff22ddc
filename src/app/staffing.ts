/** Who holds what, who is away and who is busy, read just before a decision that may name somebody. */
import type { Client } from '../domain/case/case';
import type { Command } from '../domain/case/commands';
import { type Desk, leadsOf } from '../domain/desk/desk';
import { STAFFED_AS_PLANNED, type Staffing, weightOfAll } from '../domain/desk/load';
import { routes } from '../domain/desk/whoseTurn';
import type { CaseId, PersonId } from '../domain/ids';
import { attendanceNow, type Known } from './attendance';
import type { Store } from './ports';

/** How many of a client's newest cases say who knows the client. */
export const DEALT_MAX = 5;

/** On a desk that only rotates these may name somebody, and only absences count. */
const NAMES_SOMEBODY: readonly Command['kind'][] = [
  'OpenCase',
  'TriageCase',
  'ReactPriority',
  'UnreactPriority',
  'SettlePriority',
  'WakeCase',
];

export interface StaffingKnown extends Known {
  readonly store: Store;
}

/**
 * What a decision about this case may go by; undefined where it names nobody. It is a moment old when the decision is made:
 * two cases that come at once may both see the same person with the least to do.
 */
export async function staffingFor(
  known: StaffingKnown,
  desk: Desk,
  asked: { readonly command: Command; readonly case: CaseId | null },
): Promise<Staffing | undefined> {
  if (!routes(desk) && asked.command.kind !== 'HandOverShift') {
    if (!NAMES_SOMEBODY.includes(asked.command.kind)) return undefined;
    return { ...STAFFED_AS_PLANNED, attendance: await attendanceNow(known) };
  }
  const client = await clientOf(known.store, asked);
  return staffingNow(known, desk, client);
}

/** Who holds what now, and who dealt with `client` lately. */
export async function staffingNow(known: StaffingKnown, desk: Desk, client: Client | null): Promise<Staffing> {
  const { store } = known;
  const held = await store.held(countedOn(desk));
  return {
    attendance: await attendanceNow(known),
    loads: new Map(
      held.map(({ person, priorities, lastAt }) => [person, { weight: weightOfAll(desk, priorities), lastAt }]),
    ),
    dealt: client === null ? [] : await store.dealt(client.id, DEALT_MAX),
  };
}

async function clientOf(
  store: Store,
  { command, case: id }: { readonly command: Command; readonly case: CaseId | null },
): Promise<Client | null> {
  if (command.kind === 'OpenCase') return command.client;
  return id === null ? null : ((await store.caseById(id))?.client ?? null);
}

const countedOn = (desk: Desk): readonly PersonId[] => [
  ...new Set([...desk.levels.flatMap(({ members }) => members), ...leadsOf(desk).map(({ id }) => id)]),
];
