import { type Case, isLive } from './case/case';
import { promiseWakeAt } from './case/promise';
import type { Desk } from './desk/desk';
import { earliest, type Instant } from './ids';
import { clocksWakeAt } from './sla/policy';

/** The one instant at which the case must be looked at again, or null. Derived after every change; never armed by hand. */
export function alarmOf(it: Case, desk: Desk): Instant | null {
  if (isLive(it)) return earliest(clocksWakeAt(it, desk), promiseWakeAt(it), it.handover?.acceptBy ?? null);
  return it.status === 'Resolved' ? it.closesAt : null;
}
