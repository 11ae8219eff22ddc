/** Two people on one case: whoever opens a form that writes is shown to the others, and sees who is writing already. */
import type { Case } from '../../domain/case/case';
import { later, MINUTE_MS } from '../../domain/ids';
import { cardsOf } from '../announce';
import type { Engine } from '../perform';
import type { OpenForm } from '../ports';
import type { Answer, Form, Verb } from '../view';
import { alsoWriting } from '../views/openForms';
import type { Caller } from './types';

const DOING: Partial<Readonly<Record<Verb, OpenForm['doing']>>> = {
  reply: 'reply',
  resolve: 'resolve',
  escalate: 'hand-over',
};
/** Teams does not say that a form was closed unsent, so neither platform is asked: after this long nobody is taken to be writing still. */
const COUNTS_FOR_MS = 10 * MINUTE_MS;

/** Opens the form; where it is one that writes, the others see it on the card, and its opener who has one open. */
export async function openForm(engine: Engine, it: Case, form: Form, { party }: Caller): Promise<Answer> {
  const doing = DOING[form.verb];
  if (doing === undefined || party.kind !== 'person') return { kind: 'form', form };
  const told = { desk: engine.desk(), at: engine.clock.now() };
  const others = (await engine.store.present(it.id, told.at)).filter(({ person }) => person !== party.id);
  const until = later(told.at, COUNTS_FOR_MS);
  await engine.store.appear({ case: it.id, person: party.id, doing, since: told.at, until });
  // The one update of the card for this opening: the form's end shows with the change that it makes.
  await engine.store.want(cardsOf(it, told.desk), { what: 'a form was opened', keys: [] }, told.at);
  engine.nudge();
  return { kind: 'form', form: { ...form, intro: [...form.intro, ...alsoWriting(others, told)] } };
}

/** The form was sent. Before the change, as the card is drawn with it; what was noted, to be noted again if nothing changes. */
export async function closeForm(engine: Engine, it: Case, verb: Verb, { party }: Caller): Promise<OpenForm | null> {
  if (DOING[verb] === undefined || party.kind !== 'person') return null;
  return engine.store.leave(it.id, party.id);
}
