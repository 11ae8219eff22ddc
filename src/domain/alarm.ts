import { type Case, isLive } from './case/case';
import { promiseWakeAt } from './case/promise';
import { turnEndsAt } from './case/turn';
import { unansweredWakeAt } from './case/unanswered';
import { untouchedWakeAt } from './case/untouched';
import type { Desk } from './desk/desk';
import { earliest, type Instant } from './ids';
import { clocksWakeAt } from './sla/policy';

/** The one instant at which the case must be looked at again, or null. Derived after every change; never armed by hand. */
export function alarmOf(it: Case, desk: Desk): Instant | null {
  if (isLive(it))
    return earliest(
      clocksWakeAt(it, desk),
      promiseWakeAt(it),
      unansweredWakeAt(it),
      untouchedWakeAt(it, desk),
      turnEndsAt(it),
    );
  return it.status === 'Resolved' ? it.closesAt : null;
}
