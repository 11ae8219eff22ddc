import { backAt, isOnShift, type Plan } from '../domain/desk/availability';
import { busyAt, busySentence, nameAndBusy } from '../domain/desk/busy';
import { personOf } from '../domain/desk/desk';
import { caseTakers, knowsShifts } from '../domain/desk/shifts';
import type { Instant, PersonId } from '../domain/ids';
import { listed } from '../domain/words';
import { attendanceNow } from './attendance';
import type { Engine } from './perform';
import { timeText } from './views/parts';

/**
 * A warning that somebody is off shift or busy, and who is on; empty while they may be asked, or where nobody has said who
 * works when.
 */
export async function offShiftNote(
  engine: Pick<Engine, 'store' | 'desk' | 'clock' | 'busy'>,
  person: PersonId,
): Promise<string> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const plan = { desk, attendance: await attendanceNow(engine) };
  const why = whyNot(plan, person, at);
  if (why === null) return '';
  const there = caseTakers(desk)
    .filter(({ id }) => id !== person && isOnShift(plan, id, at))
    .map((one) => nameAndBusy(one, plan.attendance, { desk, at }));
  return ` Mind that ${why}. On shift now: ${listed(there)}.`;
}

/** `Carol Chen is off shift until …`, `Carol Chen has do not disturb on until 15:00`; null: nothing is known against them. */
function whyNot(plan: Plan, person: PersonId, at: Instant): string | null {
  const { desk, attendance } = plan;
  const known = knowsShifts(desk) || attendance.away.some((one) => one.person === person);
  if (known && !isOnShift(plan, person, at)) {
    const back = backAt(plan, person, at);
    const until = back === null ? '' : ` until ${timeText(back, desk.zone, at)}`;
    return `${personOf(desk, person)?.name ?? person} is off shift${until}`;
  }
  const busy = busyAt(attendance, person, at);
  return busy === null ? null : busySentence(busy, { desk, at });
}
