/** All of somebody's cases at once: who gets them, what would go where, and then, once, the doing. */
import { type Case, ownerOf } from '../../domain/case/case';
import { cannotDeal, type Deal, type Dealt, dealOut } from '../../domain/desk/dealing';
import { personOf } from '../../domain/desk/desk';
import { type Receiver, receiversOf } from '../../domain/desk/receivers';
import { mayNotOversee } from '../../domain/desk/roles';
import { type PersonId, personId } from '../../domain/ids';
import { DealForm } from '../../inputs/forms';
import { dealName } from '../deal';
import { offShiftNote } from '../offShift';
import { openCases } from '../openCases';
import { actorName, type Engine, perform } from '../perform';
import { DEALT_MAX, staffingNow } from '../staffing';
import type { Answer } from '../view';
import { BY_LOAD, type DealDone, dealDoneView, dealForm, planForm } from '../views/deal';
import { receiverOptions } from '../views/presence';
import { type Move, movesIn, writtenMoves } from './dealPlan';
import { said } from './find';
import type { Submitted } from './submit';
import type { Caller } from './types';

/** Everybody who could be given a case, best first. */
export async function receiversNow(engine: Engine): Promise<readonly Receiver[]> {
  const desk = engine.desk();
  return receiversOf(desk, await staffingNow(engine, desk, null), engine.clock.now());
}

/** The form: to whom everything that `from` owns shall go; `to` is chosen already where the line named somebody. */
export async function askDeal(engine: Engine, from: PersonId, caller: Caller, to?: PersonId): Promise<Answer> {
  const desk = engine.desk();
  const refusal = mayNotOversee(desk, caller.party, 'HandAllOver');
  if (refusal !== null) return said(refusal.say);
  const cases = await ownedBy(engine, from);
  if (cases.length === 0) return said(nothingTheirs(engine, from));
  const receivers = (await receiversNow(engine)).filter(({ person }) => person !== from);
  const form = dealForm(from, cases, receiverOptions(receivers, desk, engine.clock.now()), desk);
  const fields = form.fields.map((field) =>
    field.name === 'whom' && field.kind === 'choice' && to !== undefined ? { ...field, value: to } : field,
  );
  return { kind: 'form', form: { ...form, fields } };
}

const nothingTheirs = (engine: Engine, from: PersonId): string =>
  `${personOf(engine.desk(), from)?.name ?? `“${from.slice(0, 60)}”`} owns no open case, so there is nothing to hand over. \`board\` shows who has what.`;

const ownedBy = async (engine: Engine, from: PersonId): Promise<readonly Case[]> =>
  (await openCases(engine)).filter((it) => ownerOf(it) === from);

/** First what would go where; confirmed, that and nothing else is done. */
export function submitDeal(engine: Engine, form: Submitted, caller: Caller): Promise<Answer> | Answer {
  const refusal = mayNotOversee(engine.desk(), caller.party, 'HandAllOver');
  if (refusal !== null) return { kind: 'errors', fields: { '': refusal.say } };
  return form.data['moves'] === undefined ? showPlan(engine, form, caller) : carryOut(engine, form, caller);
}

async function showPlan(engine: Engine, { data, values }: Submitted, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const from = personId(String(data['from'] ?? ''));
  const { whom, second } = DealForm.parse(values);
  if (whom === '') return { kind: 'errors', fields: { whom: 'Choose who gets them, or “By load”.' } };
  const chosen = [whom, second].filter((id) => id !== '' && id !== BY_LOAD);
  if (whom === BY_LOAD && second !== '')
    return {
      kind: 'errors',
      fields: { second: '“By load” finds people by itself. Choose two people, or leave this open.' },
    };
  const deal: Deal = { from, to: [...new Set(chosen)].map(personId) };
  const refusal = cannotDeal(desk, deal);
  if (refusal !== null)
    return {
      kind: 'errors',
      fields: { [cannotDeal(desk, { from, to: deal.to.slice(0, 1) }) === null ? 'second' : 'whom']: refusal.say },
    };
  const cases = await ownedBy(engine, from);
  if (cases.length === 0) return { kind: 'errors', fields: { '': nothingTheirs(engine, from) } };
  const dealt = await dealtOut(engine, cases, deal);
  const { moves, written } = writtenMoves(dealt);
  if (written === '')
    return { kind: 'errors', fields: { whom: 'Nobody else of their levels could have these cases. Choose a person.' } };
  const id = dealName(engine.clock.now(), actorName(caller.party), from);
  const plan = { from, moves, rest: dealt.length - moves.length, warnings: await warningsOf(engine, moves) };
  return { kind: 'form', form: planForm(plan, { from, deal: id, moves: written }, desk) };
}

async function dealtOut(engine: Engine, cases: readonly Case[], deal: Deal): Promise<readonly Dealt[]> {
  const desk = engine.desk();
  const clients = new Set(cases.flatMap(({ client }) => (client === null ? [] : [client.id])));
  const known = new Map(
    await Promise.all([...clients].map(async (id) => [id, await engine.store.dealt(id, DEALT_MAX)] as const)),
  );
  const now = { desk, staffing: await staffingNow(engine, desk, null), at: engine.clock.now() };
  return dealOut(cases, deal, now, ({ client }) => (client === null ? [] : (known.get(client.id) ?? [])));
}

async function warningsOf(engine: Engine, moves: readonly Dealt[]): Promise<readonly string[]> {
  const receivers = [...new Set(moves.map(({ to }) => to).filter((to) => to !== null))];
  const notes = await Promise.all(receivers.map((person) => offShiftNote(engine, person)));
  return notes.map((note) => note.trim()).filter((note) => note !== '');
}

/** Each case by the one path of every change, under a name of its own: what went through once does not go through again. */
async function carryOut(engine: Engine, { data }: Submitted, caller: Caller): Promise<Answer> {
  const from = personId(String(data['from']));
  const done = { from, moved: [] as DealDone['moved'][number][], failed: [] as DealDone['failed'][number][] };
  const moves = movesIn(String(data['moves']));
  let before = 0;
  for (const move of moves) {
    const outcome = await moveOne(engine, move, { id: String(data['deal']), from }, caller);
    if (outcome === 'before') before += 1;
    else if ('why' in outcome) done.failed.push(outcome);
    else done.moved.push(outcome);
  }
  engine.nudge();
  if (before === moves.length) return said('That was done already: each of these cases has changed hands once.');
  return { kind: 'said', view: dealDoneView(done, engine.desk()) };
}

async function moveOne(
  engine: Engine,
  { number, to, why }: Move,
  deal: { readonly id: string; readonly from: PersonId },
  { party, cause }: Caller,
): Promise<'before' | DealDone['moved'][number] | DealDone['failed'][number]> {
  const ref = `${engine.desk().prefix}-${number}`;
  try {
    const it = await engine.store.caseByNumber(number);
    if (it === null) return { ref, why: 'there is no such case any more.' };
    const outcome = await perform(
      // One message to each: what is wanted goes out when all of it is, rather than after the first case.
      { ...engine, nudge: () => undefined },
      {
        command: { kind: 'AssignCase', to, seen: null, deal: { ...deal, why } },
        case: it.id,
        by: party,
        cause: { what: cause.what, keys: cause.keys.map((key) => `${key}:${number}`) },
      },
    );
    if (outcome.kind === 'duplicate') return 'before';
    return outcome.kind === 'refused' ? { ref, why: outcome.refusal.say } : { case: outcome.case, to };
  } catch (error) {
    engine.troubled(`${ref} could not be handed over with the others`, error);
    return { ref, why: 'that did not work just now, and the fault is Baton’s. Reassign it from the board.' };
  }
}
