import { backAt, isOnShift } from '../domain/desk/availability';
import { personOf } from '../domain/desk/desk';
import { caseTakers, knowsShifts } from '../domain/desk/shifts';
import type { PersonId } from '../domain/ids';
import { listed } from '../domain/words';
import { attendanceNow } from './attendance';
import type { Engine } from './perform';
import { timeText } from './views/parts';

/** A warning that somebody is off shift, and who is on; empty while they are there, or where nobody has said who works when. */
export async function offShiftNote(
  engine: Pick<Engine, 'store' | 'desk' | 'clock'>,
  person: PersonId,
): Promise<string> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const plan = { desk, attendance: await attendanceNow(engine.store) };
  const known = knowsShifts(desk) || plan.attendance.away.some((one) => one.person === person);
  if (!known || isOnShift(plan, person, at)) return '';
  const back = backAt(plan, person, at);
  const until = back === null ? '' : ` until ${timeText(back, desk.zone)}`;
  const there = caseTakers(desk).filter(({ id }) => isOnShift(plan, id, at));
  return ` Mind that ${personOf(desk, person)?.name ?? person} is off shift${until}. On shift now: ${listed(there.map(({ name }) => name))}.`;
}
