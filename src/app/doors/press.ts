import type { Case } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import { type Desk, priorityInForce } from '../../domain/desk/desk';
import { personId } from '../../domain/ids';
import type { Engine } from '../perform';
import type { Answer, ButtonData, Form, Verb } from '../view';
import { assignForm, declineForm, escalateForm, noteForm, priorityForm, replyForm, resolveForm } from '../views/forms';
import { criteriaView } from '../views/help';
import { actInWords, actOnCard, rehearse } from './act';
import { caseOf, said, seenOf } from './find';
import { page, showDetails } from './look';
import { openBlank, openFromOffer } from './opening';
import { promiseFromOffer } from './promising';
import type { Caller } from './types';
import { askWhatIf } from './whatIf';

/** A button was pressed. Whatever the button says, the engine asks again who may. */
export async function press(engine: Engine, verb: Verb, data: ButtonData, caller: Caller): Promise<Answer> {
  switch (verb) {
    case 'open':
      return openBlank(engine, caller);
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
    default: {
      const it = await caseOf(engine, data, caller);
      return typeof it === 'string' ? said(it) : pressOn(engine, it, { verb, data }, caller);
    }
  }
}

interface Pressed {
  readonly verb: Exclude<Verb, 'open' | 'open-from' | 'dismiss' | 'home' | 'criteria' | 'page' | 'promise' | 'whatif'>;
  readonly data: ButtonData;
}

async function pressOn(engine: Engine, it: Case, pressed: Pressed, caller: Caller): Promise<Answer> {
  if (pressed.verb === 'details') return showDetails(engine, it, caller);
  const command = commandOf(pressed, engine.desk());
  const form = formOf(engine, it, pressed);
  if (pressed.verb === 'nudge' || pressed.verb === 'give') return actInWords(engine, it, command, caller);
  if (form === null) return actOnCard(engine, it, command, caller);
  const refusal = rehearse(engine, it, command, caller);
  // The stand-ins may happen to be what the case has already; what the person will choose is not known yet.
  const standIn = refusal?.refused === 'priority-unchanged' || refusal?.refused === 'already-theirs';
  return refusal === null || standIn ? { kind: 'form', form } : said(refusal.say);
}

function formOf(engine: Engine, it: Case, { verb, data }: Pressed): Form | null {
  switch (verb) {
    case 'escalate':
      return escalateForm(it, engine.desk());
    case 'resolve':
      return resolveForm(it);
    case 'decline':
      return declineForm(it, String(data['handover'] ?? ''));
    case 'note':
      return noteForm(it);
    case 'reply':
      return replyForm(it);
    case 'assign':
      return assignForm(it, engine.desk());
    case 'priority':
      return priorityForm(it, engine.desk());
    default:
      return null;
  }
}

/** What the button asks of the case; for a button that opens a form, what the form will ask, with stand-ins for what it will say. */
function commandOf({ verb, data }: Pressed, desk: Desk): Command {
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
      return { kind: 'EscalateCase', tried: '-', needed: '-', told: '-', level: null, seen };
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
