/** The person on the triage rota is told when their shift begins, with what waits for them; nobody else is. */
import { awayUntil } from '../domain/desk/availability';
import { personOf } from '../domain/desk/desk';
import { begun, type Duty } from '../domain/desk/rota';
import { instant, personId } from '../domain/ids';
import { attendanceNow } from './attendance';
import { personally } from './audience';
import { nameTurnsAnew } from './nameTurns';
import type { Engine } from './perform';
import type { Intent, Posting } from './ports';
import type { View } from './view';
import { shiftView } from './views/shift';

const NAMED_MAX = 8;

/** Whose shift has begun is told, once whatever the number of processes; then what waited for somebody finds its turn. */
export async function lookAtShifts(engine: Engine): Promise<void> {
  const at = engine.clock.now();
  const attendance = await attendanceNow(engine);
  for (const duty of begun(engine.desk(), attendance.swaps, at)) {
    const isAway = duty.person !== null && awayUntil(attendance, duty.person, at) !== null;
    if (!isAway) await tell(engine, duty);
  }
  await nameTurnsAnew(engine);
}

async function tell(engine: Engine, duty: Duty): Promise<void> {
  const to = duty.person === null ? null : personally(engine, duty.person);
  if (to === null) return;
  const name = `shift:${duty.shift}:${duty.from}:${duty.person}`;
  const intent: Intent = {
    kind: 'post',
    case: null,
    to,
    dedupe: name,
    drawing: { view: 'shift', args: { person: duty.person, shift: duty.shift, until: duty.to } },
    urgency: 1,
  };
  if (await engine.store.want([intent], { what: 'shift', keys: [name] }, engine.clock.now())) engine.nudge();
}

/** Drawn when it goes out, so that it names what waits then. */
export async function drawShift(engine: Engine, { drawing: { args } }: Posting): Promise<View | null> {
  const person = personOf(engine.desk(), personId(String(args['person'])));
  if (person === null) return null;
  const page = { offset: 0, limit: NAMED_MAX };
  const untriaged = await engine.store.list({ ...page, statuses: ['New'], untriaged: true });
  const mine = await engine.store.list({
    ...page,
    statuses: ['Triaged', 'In progress', 'Awaiting client'],
    holder: person.id,
  });
  const until = instant(Number(args['until']));
  return shiftView({ person, shift: String(args['shift']), until, untriaged, mine }, engine.desk(), engine.clock.now());
}
