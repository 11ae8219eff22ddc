import { clocksInLine } from '../sla/policy';
import { termsOf } from '../sla/terms';
import type { Case } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import { followed } from './ownership';
import { refuse } from './refusals';
import { notLive } from './triage';

/** Another target for this very case, before what client, tier and priority say; or the desk's again. What has elapsed is kept. */
export function setTarget(it: Case, { clock, targetMs }: CommandOf<'SetTarget'>, told: Told): Decision {
  const no = notLive(it);
  if (no !== null) return no;
  const before = it.targets?.[clock] ?? null;
  if (before === targetMs || (before === null && targetMs === termsOf(clock, it, told.desk).targetMs))
    return refuse('target-unchanged');
  const running = it.clocks.find((one) => one.name === clock);
  // The next question of the client begins another cycle, for which a new target comes in time.
  if (running?.state === 'stopped' && clock !== 'next_response') return refuse('clock-over');
  const why = targetMs === null ? 'the desk’s target again' : 'a target for this case';
  return followed(it, [{ type: 'TargetSet', clock, targetMs }], told, (now) => clocksInLine(now, told, why));
}
