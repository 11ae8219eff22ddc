/** Next steps at the end of a shift: a line for one case, or for all that have none. */
import { type Case, ownerOf } from '../../domain/case/case';
import { refuse } from '../../domain/case/refusals';
import { type Person, personOf } from '../../domain/desk/desk';
import { mayNot } from '../../domain/desk/roles';
import { movingFrom, refreshLeaving } from '../leaving';
import { asNote, stepOf } from '../nextSteps';
import type { Engine } from '../perform';
import type { Answer, ButtonData } from '../view';
import { STEP_MAX, STEPS_AT_ONCE_MAX, stepField, stepsForm } from '../views/leaving';
import { act } from './act';
import { caseOf, said } from './find';
import type { Submitted } from './submit';
import type { Caller } from './types';

const personCalling = (engine: Engine, { party }: Caller): Person | null =>
  party.kind === 'person' && mayNot(engine.desk(), party, 'AddNote') === null
    ? personOf(engine.desk(), party.id)
    : null;

/** With a case: its line, as it was left. Without: a line for each that has none, ten at a time. */
export async function askSteps(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  const me = personCalling(engine, caller);
  if (me === null) return said((mayNot(engine.desk(), caller.party, 'AddNote') ?? refuse('not-of-the-desk')).say);
  if (data['case'] === undefined) {
    const without = (await movingFrom(engine, me)).filter(({ step }) => step === null);
    if (without.length === 0) return said('Every case of yours that cannot wait has its next step.');
    return { kind: 'form', form: stepsForm(without) };
  }
  const it = await caseOf(engine, data, caller);
  if (typeof it === 'string') return said(it);
  if (ownerOf(it) !== me.id) return said(notYours(it));
  return { kind: 'form', form: stepsForm([{ case: it, step: stepOf(it, await engine.store.journalOf(it.id)) }]) };
}

const notYours = ({ ref }: Case): string =>
  `${ref} is not yours any more, so nobody waits for your next step. \`note\` tells whoever has it what you know.`;

/** A line that is missing or too long keeps the form open, and then none is left. */
export async function submitSteps(engine: Engine, form: Submitted, caller: Caller): Promise<Answer> {
  const me = personCalling(engine, caller);
  if (me === null) return { kind: 'errors', fields: { '': refuse('not-of-the-desk').say } };
  const left = leftIn(form);
  const fields = Object.fromEntries(left.map(({ name, step }) => [name, wrongWith(step)]).filter(([, say]) => say));
  if (Object.keys(fields).length > 0) return { kind: 'errors', fields };
  const problems: string[] = [];
  for (const one of left) {
    const problem = await leave(engine, one, me, caller);
    if (problem !== null) problems.push(problem);
  }
  await refreshLeaving(engine, me);
  return problems.length === 0 ? { kind: 'done' } : said(problems.join(' '));
}

function wrongWith(step: string): string {
  if (step === '') return 'One line is enough: what should they do first?';
  return step.length > STEP_MAX ? `Keep it to ${STEP_MAX} characters; a note can hold the rest.` : '';
}

/** Null when it was left, else why not. Each case keeps its own receipt of the one press. */
async function leave(engine: Engine, { name, data, step }: Left, me: Person, caller: Caller): Promise<string | null> {
  const it = await caseOf(engine, data, caller);
  if (typeof it === 'string') return it;
  if (ownerOf(it) !== me.id) return notYours(it);
  const own = { ...caller, cause: { ...caller.cause, keys: caller.cause.keys.map((key) => `${key}:${name}`) } };
  const outcome = await act(engine, it, { kind: 'AddNote', text: asNote(step) }, own);
  return outcome.kind === 'refused' ? outcome.refusal.say : null;
}

interface Left {
  readonly name: string;
  readonly data: ButtonData;
  readonly step: string;
}

/** The lines that were asked for; a note of several lines would begin with something else than the next step. */
function leftIn({ data, values }: Submitted): readonly Left[] {
  const names = Array.from({ length: STEPS_AT_ONCE_MAX }, (_, index) => stepField(index));
  return names.flatMap((name) => {
    const id = data[name];
    if (id === undefined) return [];
    return [{ name, data: { case: id }, step: (values[name] ?? '').replace(/\s+/gu, ' ').trim() }];
  });
}
