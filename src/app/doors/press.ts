import type { Case } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import type { Refusal } from '../../domain/case/refusals';
import { type Desk, priorityInForce } from '../../domain/desk/desk';
import { personId } from '../../domain/ids';
import type { Engine } from '../perform';
import type { Answer, ButtonData, CaseVerb, Form, Verb } from '../view';
import { assignForm, noteForm, priorityForm, replyForm, resolveForm } from '../views/forms';
import { adviseForm, declineForm } from '../views/handoverForms';
import { criteriaView } from '../views/help';
import { receiverOptions } from '../views/presence';
import { actInWords, actOnCard, rehearse } from './act';
import { board } from './board';
import { askDeal, receiversNow } from './bulk';
import { caseOf, said, seenOf } from './find';
import { page, showDetails } from './look';
import { openBlank, openFromOffer } from './opening';
import { tend } from './ops';
import { acceptPack } from './pack';
import { promiseFromOffer } from './promising';
import { formToEscalate, formToHandBack, someoneElse, unsaid } from './proposing';
import { askSteps } from './steps';
import { answerSwap, askSwap } from './swap';
import type { Caller } from './types';
import { askWhatIf } from './whatIf';
import { openForm } from './writing';

/** A button was pressed. Whatever the button says, the engine asks again who may. */
export async function press(engine: Engine, verb: Verb, data: ButtonData, caller: Caller): Promise<Answer> {
  switch (verb) {
    case 'open':
      return openBlank(engine, data);
    case 'open-from':
      return openFromOffer(engine, data, caller);
    case 'dismiss':
    case 'home':
      return { kind: 'done' };
    case 'criteria':
      return { kind: 'said', view: criteriaView(engine.desk()) };
    case 'page':
      return page(engine, data, caller);
    case 'promise':
      return promiseFromOffer(engine, data, caller);
    case 'whatif':
      return askWhatIf(engine, caller);
    case 'resend':
      return tend(engine, 'again', data, caller);
    case 'arrived':
      return tend(engine, 'arrived', data, caller);
    case 'accept-all':
      return acceptPack(engine, String(data['pack'] ?? ''), caller);
    case 'board':
      return board(engine, data, caller);
    case 'deal':
      return askDeal(engine, personId(String(data['from'] ?? '')), caller);
    case 'steps':
      return askSteps(engine, data, caller);
    case 'swap':
      return askSwap(engine, caller);
    case 'swap-yes':
    case 'swap-no':
      return answerSwap(engine, { id: String(data['swap'] ?? ''), yes: verb === 'swap-yes' }, caller);
    default: {
      const it = await caseOf(engine, data, caller);
      return typeof it === 'string' ? said(it) : pressOn(engine, it, { verb, data }, caller);
    }
  }
}

interface Pressed {
  readonly verb: CaseVerb;
  readonly data: ButtonData;
}

async function pressOn(engine: Engine, it: Case, pressed: Pressed, caller: Caller): Promise<Answer> {
  if (pressed.verb === 'details') return showDetails(engine, it, caller);
  const command = commandOf(it, pressed, engine.desk());
  const form = await formOf(engine, it, pressed, caller);
  if (pressed.verb === 'nudge' || pressed.verb === 'give') return actInWords(engine, it, command, caller);
  if (form === null) return actOnCard(engine, it, command, caller);
  const refusal = rehearse(engine, it, command, caller);
  // The stand-ins may happen to be what the case has already; what the person will choose is not known yet.
  const standIn = refusal !== null && isOpenYet(engine, it, refusal, caller);
  return refusal === null || standIn ? openForm(engine, it, form, caller) : said(refusal.say);
}

/** Refusals that hang on what the person will choose: after the last level somebody else may be asked. */
function isOpenYet(engine: Engine, it: Case, { refused }: Refusal, caller: Caller): boolean {
  if (refused === 'no-further-level') return someoneElse(engine, it, caller);
  return refused === 'priority-unchanged' || refused === 'already-theirs';
}

async function formOf(engine: Engine, it: Case, { verb, data }: Pressed, caller: Caller): Promise<Form | null> {
  switch (verb) {
    case 'escalate':
      return formToEscalate(engine, it, caller);
    case 'handback':
      return (await formToHandBack(engine, it, caller)) ?? formToEscalate(engine, it, caller);
    case 'advise':
      return adviseForm(it, String(data['handover'] ?? ''));
    case 'resolve':
      return resolveForm(it);
    case 'decline':
      return declineForm(it, String(data['handover'] ?? ''));
    case 'note':
      return noteForm(it);
    case 'reply':
      return replyForm(it);
    case 'assign':
      return assignForm(it, receiverOptions(await receiversNow(engine), engine.desk(), engine.clock.now()));
    case 'priority':
      return priorityForm(it, engine.desk());
    default:
      return null;
  }
}

/** What the button asks of the case; for a button that opens a form, what the form will ask, with stand-ins for what it will say. */
function commandOf(it: Case, { verb, data }: Pressed, desk: Desk): Command {
  const seen = seenOf(data);
  const handover = String(data['handover'] ?? '');
  switch (verb) {
    case 'take':
    case 'details':
      return { kind: 'TakeCase', takeOver: true, seen };
    case 'wait':
      return { kind: 'AwaitClient', seen };
    case 'resume':
      return { kind: 'ResumeCase', seen };
    case 'reopen':
      return { kind: 'ReopenCase', seen };
    case 'keep':
    case 'lower':
      return { kind: 'SettlePriority', settlement: verb, seen };
    case 'nudge':
      return { kind: 'NudgeOwner' };
    case 'kept':
      return { kind: 'KeepPromise', promise: String(data['promise'] ?? '') };
    case 'drop':
      return { kind: 'DropPromise', promise: String(data['promise'] ?? '') };
    case 'accept':
      return { kind: 'AcceptHandover', handover };
    case 'decline':
      return { kind: 'DeclineHandover', handover, reason: '-' };
    case 'escalate':
      return unsaid(seen);
    case 'handback':
      return unsaid(seen, it.handedBy ?? null);
    case 'advise':
      return { kind: 'GiveAdvice', handover, advice: '-' };
    case 'withdraw':
      // From the card of the case: whatever is open there, if it is still what the person saw.
      return { kind: 'WithdrawHandover', handover: handover === '' ? (it.handover?.id ?? '') : handover, seen };
    case 'resolve':
      return { kind: 'ResolveCase', how: '-', seen };
    case 'note':
      return { kind: 'AddNote', text: '-' };
    case 'reply':
      return { kind: 'ReplyToReporter', text: '-' };
    case 'priority':
      return { kind: 'TriageCase', priority: priorityInForce(desk, null).name, seen };
    case 'give':
      return { kind: 'AssignCase', to: personId(String(data['to'] ?? '')), seen };
    case 'assign':
      return { kind: 'AssignCase', to: desk.people.find((one) => one.role !== 'viewer')?.id ?? personId(''), seen };
  }
}
