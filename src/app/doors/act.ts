import { type Case, ownerOf } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import { decide } from '../../domain/case/decide';
import { isRefusal } from '../../domain/case/decision';
import { askedName } from '../../domain/case/offered';
import type { Refusal } from '../../domain/case/refusals';
import { broughtUpToDate } from '../../domain/case/wake';
import { personOf } from '../../domain/desk/desk';
import { quietUntil } from '../../domain/desk/quiet';
import { exactly } from '../../domain/words';
import { offShiftNote } from '../offShift';
import { type Engine, perform } from '../perform';
import type { Outcome } from '../ports';
import type { Answer } from '../view';
import { clockName } from '../views/clockText';
import { timeText } from '../views/parts';
import { said } from './find';
import type { Caller } from './types';

/** Performs and answers in words: the right way for what was typed, where no card shows the effect. */
export async function actInWords(engine: Engine, it: Case, command: Command, caller: Caller): Promise<Answer> {
  const outcome = await act(engine, it, command, caller);
  if (outcome.kind === 'refused') return said(outcome.refusal.say);
  const note = command.kind === 'AssignCase' ? await offShiftNote(engine, command.to) : '';
  return said(
    outcome.kind === 'committed'
      ? `${done(engine, outcome.case, command)}${note}`
      : `That was done already: ${it.ref} is as its card shows it.`,
  );
}

/** Performs and stays silent, since the card that was pressed shows the effect; only a refusal speaks. */
export async function actOnCard(engine: Engine, it: Case, command: Command, caller: Caller): Promise<Answer> {
  const outcome = await act(engine, it, command, caller);
  return outcome.kind === 'refused' ? said(outcome.refusal.say) : { kind: 'done' };
}

/** With `asOf` only while the case is at that version; otherwise it is refused as `moved-on`, to be looked at anew. */
export const act = (
  engine: Engine,
  it: Case,
  command: Command,
  { party, cause, asOf }: Caller & { readonly asOf?: number },
): Promise<Outcome> => perform(engine, { command, case: it.id, by: party, cause, ...(asOf !== undefined && { asOf }) });

/** What would be refused is refused before a form is opened, so that nobody writes three fields for nothing. */
export function rehearse(engine: Engine, it: Case, command: Command, caller: Caller): Refusal | null {
  const told = {
    desk: engine.desk(),
    at: engine.clock.now(),
    by: caller.party,
    next: { id: it.id, number: it.number },
  };
  const decision = decide(command, broughtUpToDate(it, told).now, told);
  return isRefusal(decision) ? decision : null;
}

function done(engine: Engine, it: Case, command: Command): string {
  switch (command.kind) {
    case 'TriageCase':
      return `${it.ref} is ${it.priority ?? 'untriaged'} now. ${turnText(engine, it)}`;
    case 'TakeCase':
      return `${it.ref} is yours now: ${it.title}`;
    case 'AssignCase':
      return `${it.ref} is ${personOf(engine.desk(), command.to)?.name ?? command.to}’s now; they have been told.`;
    case 'AwaitClient':
      return `${it.ref} waits for the client; its resolution clock stands still until they answer or you resume.`;
    case 'ResumeCase':
      return `${it.ref} goes on; its resolution clock runs again.`;
    case 'ResolveCase':
      return `${it.ref} is resolved and the reporter is told. It closes by itself unless it is reopened.`;
    case 'ReopenCase':
      return `${it.ref} is open again. ${turnText(engine, it)}`;
    case 'MakePromise':
      return `Promised for ${timeText(command.dueAt, engine.desk().zone, engine.clock.now())}: the card of ${it.ref} shows it, and a public word before then keeps it.`;
    case 'NudgeOwner':
      return nudged(engine, it);
    case 'SetTarget':
      return `${clockName(command.clock)} of ${it.ref} is ${command.targetMs === null ? 'on the desk’s target again' : `promised within ${exactly(command.targetMs)} now`}; \`why ${it.ref}\` shows what that leaves.`;
    case 'AddNote':
      return `Noted on ${it.ref}; only people of the desk read it.`;
    case 'ReplyToReporter':
      return `Your reply on ${it.ref} is on its way to where the reporter reads.`;
    case 'EscalateCase':
      return `${it.ref} is offered to ${it.handover === null ? 'nobody' : askedName(it.handover.asked)}. Until somebody accepts it stays where it is.`;
    case 'WithdrawHandover':
      return `Withdrawn: nobody is asked about ${it.ref} any more, and it stays where it is.`;
    default:
      return `Done: ${it.ref}.`;
  }
}

/** A private word in somebody's quiet time waits until its end, and whoever nudges should know. */
function nudged(engine: Engine, it: Case): string {
  const owner = ownerOf(it);
  if (owner === null) return `Done: ${it.ref}.`;
  const name = personOf(engine.desk(), owner)?.name ?? owner;
  const until = quietUntil(engine.desk(), owner, engine.clock.now());
  if (until === null) return `${name} has been nudged about ${it.ref}.`;
  return `${name} has quiet time and hears of your nudge about ${it.ref} at ${timeText(until, engine.desk().zone)}. Take the case or reassign it if it cannot wait.`;
}

function turnText(engine: Engine, it: Case): string {
  const { holder } = it;
  if (holder.kind === 'nobody') return 'The desk file names nobody who could take it.';
  const name = personOf(engine.desk(), holder.person)?.name ?? holder.person;
  return holder.kind === 'owner' ? `${name} owns it.` : `It has no owner yet; it is ${name}’s turn to take it.`;
}
