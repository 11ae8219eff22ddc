import { personOf } from '../desk/desk';
import { MINUTE_MS } from '../ids';
import { ago } from '../words';
import { type Case, ownerOf, partyName } from './case';
import type { Decision, Told } from './decision';
import { refuse } from './refusals';
import { notLive, speaker } from './triage';

/** A person is not nudged twice about one case within this time, whoever nudges. */
export const NUDGE_AGAIN_MS = 10 * MINUTE_MS;

/** Reminds the owner in private, and says who reminds. */
export function nudgeOwner(it: Case, told: Told): Decision {
  const no = notLive(it);
  if (no !== null) return no;
  const owner = ownerOf(it);
  if (owner === null) return refuse('nobody-to-nudge');
  if (owner === speaker(told)) return refuse('own-nudge');
  const last = it.nudged ?? null;
  if (last === null || last.of !== owner || told.at - last.at >= NUDGE_AGAIN_MS)
    return [{ type: 'OwnerNudged', owner }];
  const name = personOf(told.desk, owner)?.name ?? owner;
  return refuse(
    'nudged-already',
    `${partyName(last.by)} nudged ${name} about ${it.ref} ${ago(told.at - last.at)}. Give them ten minutes, or reassign the case.`,
  );
}
