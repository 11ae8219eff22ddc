/** What stays with somebody who has gone says so on its card, until they are back. */
import { type Case, isLive, ownerOf } from '../domain/case/case';
import { type Attendance, awayUntil, backAt, isOnShift } from '../domain/desk/availability';
import { type Person, personOf } from '../domain/desk/desk';
import { type Instant, later } from '../domain/ids';
import { cardsOf } from './announce';
import { attendanceNow } from './attendance';
import { GONE_MS, workOf } from './leaving';
import type { Engine } from './perform';
import type { Gone } from './views/caseCard';

/** Whether it can be said of this person that they go: by hours of their own, or since they said so. */
export const isKnownToGo = (attendance: Attendance, person: Person, at: Instant): boolean =>
  person.hours !== undefined || awayUntil(attendance, person.id, at) !== null;

/** Until when the owner has gone while nobody else is asked; null while they are there or have only stepped out. */
export async function goneFrom(
  engine: Pick<Engine, 'store' | 'desk' | 'clock' | 'busy'>,
  it: Case,
): Promise<Gone | null> {
  const desk = engine.desk();
  const owner = ownerOf(it);
  const person = owner === null ? null : personOf(desk, owner);
  if (person === null || !isLive(it) || it.handover !== null) return null;
  const at = engine.clock.now();
  const attendance = await attendanceNow(engine);
  const plan = { desk, attendance };
  if (!isKnownToGo(attendance, person, at) || isOnShift(plan, person.id, at)) return null;
  const back = backAt(plan, person.id, at);
  return back !== null && back < later(at, GONE_MS) ? null : { back };
}

const memoryOf = ({ id }: Person): string => `waits for ${id}`;

/** Redraws the cards of what stays with them: once when they have gone (`until` names that time), once when they are back (''). */
export async function markStaying(engine: Engine, person: Person, until: string): Promise<void> {
  const marked = (await engine.store.recall(memoryOf(person))) ?? '';
  if (marked === until) return;
  const desk = engine.desk();
  const intents = (await workOf(engine, person.id)).flatMap((it) => cardsOf(it, desk));
  if (intents.length > 0) await engine.store.want(intents, { what: 'end of a shift', keys: [] }, engine.clock.now());
  await engine.store.remember(memoryOf(person), until);
  engine.nudge();
}
