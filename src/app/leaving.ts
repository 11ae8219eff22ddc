/** Half an hour before somebody goes they are asked what is next on the cases that cannot wait; the message follows their answers. */
import type { Case } from '../domain/case/case';
import { canWait } from '../domain/case/shiftEnd';
import { type Attendance, backAt, leavesAt } from '../domain/desk/availability';
import { type Person, personOf } from '../domain/desk/desk';
import { type Instant, instant, later, MINUTE_MS, type PersonId, personId } from '../domain/ids';
import { attendanceNow } from './attendance';
import { personally } from './audience';
import { stepOf } from './nextSteps';
import type { Engine } from './perform';
import type { Intent, Posting } from './ports';
import type { View } from './view';
import { leavingView, type Moving } from './views/leaving';

/** Somebody who is back sooner has only stepped out. */
export const GONE_MS = 30 * MINUTE_MS;
/** How long before the end of a shift next steps are asked for. */
const AHEAD_MS = 30 * MINUTE_MS;
const CASES_MAX = 200;

interface Going {
  readonly leaves: Instant;
  readonly back: Instant | null;
}

export const workOf = async ({ store }: Engine, owner: PersonId): Promise<readonly Case[]> =>
  (await store.list({ statuses: ['In progress'], owner, offset: 0, limit: CASES_MAX })).cases;

/** The end of their shift, once it is near; null while they stay or only step out. */
function goingSoon(engine: Engine, { id }: Person, attendance: Attendance): Going | null {
  const plan = { desk: engine.desk(), attendance };
  const at = engine.clock.now();
  const leaves = leavesAt(plan, id, at);
  if (leaves === null || leaves > later(at, AHEAD_MS)) return null;
  const back = backAt(plan, id, leaves);
  return back === null || back >= later(leaves, GONE_MS) ? { leaves, back } : null;
}

/** Asks once for each end of a shift. */
export async function askAhead(engine: Engine, person: Person, attendance: Attendance): Promise<void> {
  const going = goingSoon(engine, person, attendance);
  const desk = engine.desk();
  if (going === null || (await workOf(engine, person.id)).every((it) => canWait(it, going.back, desk))) return;
  await want(engine, person, going, [nameOf(person, going)]);
}

/** The question shows what was answered. */
export async function refreshLeaving(engine: Engine, person: Person): Promise<void> {
  const going = goingSoon(engine, person, await attendanceNow(engine));
  if (going !== null) await want(engine, person, going, []);
}

const nameOf = ({ id }: Person, { leaves }: Going): string => `leaving:${id}:${leaves}`;

async function want(engine: Engine, person: Person, going: Going, keys: readonly string[]): Promise<void> {
  const to = personally(engine, person.id);
  if (to === null) return;
  const intent: Intent = {
    kind: 'keep',
    case: null,
    to,
    dedupe: nameOf(person, going),
    drawing: { view: 'leaving', args: { person: person.id, ...going } },
    urgency: 1,
  };
  if (await engine.store.want([intent], { what: 'end of a shift', keys }, engine.clock.now())) engine.nudge();
}

/** The cases of somebody that cannot wait until they are back from the end of this shift, with what they said is next. */
export async function movingFrom(engine: Engine, person: Person): Promise<readonly Moving[]> {
  const plan = { desk: engine.desk(), attendance: await attendanceNow(engine) };
  const at = engine.clock.now();
  const back = backAt(plan, person.id, leavesAt(plan, person.id, at) ?? at);
  return movingOf(engine, await workOf(engine, person.id), back);
}

async function movingOf(engine: Engine, work: readonly Case[], back: Instant | null): Promise<readonly Moving[]> {
  const moving = work.filter((it) => !canWait(it, back, engine.desk()));
  return Promise.all(moving.map(async (it) => ({ case: it, step: stepOf(it, await engine.store.journalOf(it.id)) })));
}

/** Null when nothing is left that could not wait. */
export async function drawLeaving(engine: Engine, { drawing: { args } }: Posting): Promise<View | null> {
  const desk = engine.desk();
  const person = personOf(desk, personId(String(args['person'])));
  if (person === null) return null;
  const instantOf = (value: (typeof args)[string] | undefined): Instant | null =>
    typeof value === 'number' ? instant(value) : null;
  const back = instantOf(args['back']);
  const work = await workOf(engine, person.id);
  const moving = await movingOf(engine, work, back);
  const leaves = instantOf(args['leaves']) ?? engine.clock.now();
  const staying = work.length - moving.length;
  return moving.length === 0 ? null : leavingView({ person, leaves, back, moving, staying }, desk, engine.clock.now());
}
