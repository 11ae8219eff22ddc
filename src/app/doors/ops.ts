import { mayNotTend } from '../../domain/desk/roles';
import type { CaseId } from '../../domain/ids';
import { actorName, type Engine } from '../perform';
import type { Delivery, Tended } from '../ports';
import { askedAgain, isToClient } from '../uncertain';
import type { Answer, ButtonData } from '../view';
import { OPS_PAGE, opsView } from '../views/ops';
import { tendedText } from '../views/uncertain';
import { said } from './find';
import type { Caller } from './types';

/** `ops`: what waits, what was asked to slow down, and what did not arrive for certain. Leads and admins only. */
export async function ops(engine: Engine, offset: number, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const refusal = mayNotTend(desk, caller.party, 'LookAtDeliveries');
  if (refusal !== null) return said(refusal.say);
  const at = engine.clock.now();
  const troubles = await engine.store.troubles(at, { offset, limit: OPS_PAGE });
  const outbox = await engine.store.outbox(at);
  const refs = new Map<CaseId, string>();
  for (const { case: id } of [...troubles.deliveries, ...(troubles.oldest === null ? [] : [troubles.oldest])]) {
    const it = id === null ? null : await engine.store.caseById(id);
    if (it !== null) refs.set(it.id, it.ref);
  }
  return { kind: 'said', view: opsView({ troubles, outbox, refs, offset }, desk, at) };
}

/** **Send again** and **It arrived**: of two who press at once one is first, and the other is told who. */
export async function tend(engine: Engine, how: Tended['how'], data: ButtonData, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const id = String(data['posting'] ?? '');
  const delivery = await engine.store.delivery(id);
  const refusal = mayNotTend(
    desk,
    caller.party,
    delivery !== null && isToClient(delivery) ? 'TendReply' : 'TendDelivery',
  );
  if (refusal !== null) return said(refusal.say);
  if (delivery === null) return said('Baton does not know that message any more.');
  const tended = { how, by: caller.party, at: engine.clock.now() };
  const done = await engine.store.tend(id, tended);
  if (done === null) return said(alreadySaid((await engine.store.delivery(id)) ?? delivery, engine));
  const it = done.case === null ? null : await engine.store.caseById(done.case);
  engine.accepted({
    case: it?.ref ?? '-',
    actor: actorName(caller.party),
    command: how === 'again' ? 'SendAgain' : 'TakeForArrived',
    cause: caller.cause.what,
    events: [],
  });
  await askedAgain(engine, done);
  engine.nudge();
  return said(how === 'again' ? 'It is on its way again.' : 'Noted: it arrived, and it is not sent again.');
}

function alreadySaid({ state, tended }: Delivery, engine: Engine): string {
  if (tended !== null) return `That was done already: ${tendedText(tended, engine.desk())}`;
  return state === 'dead'
    ? 'It was given up and has not arrived; it can only be sent again.'
    : `It is ${state} and needs nobody.`;
}
