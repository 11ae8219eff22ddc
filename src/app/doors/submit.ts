import type { Case } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import type { Refusal } from '../../domain/case/refusals';
import { priorityOf } from '../../domain/desk/desk';
import { personId } from '../../domain/ids';
import { ChoiceForm, HandoverForm, OneTextForm } from '../../inputs/forms';
import type { Engine } from '../perform';
import type { Answer, ButtonData, Verb } from '../view';
import { act } from './act';
import { caseOf, said } from './find';
import { openByForm } from './opening';
import type { Caller } from './types';
import { answerWhatIf } from './whatIf';

export interface Submitted {
  readonly verb: Verb;
  readonly data: ButtonData;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * A form was sent. A refusal keeps the form open with the sentence under the field it is about, so that nothing typed is
 * lost. The version that the form was opened on is not asked about: the guards judge the case as it stands.
 */
export async function submit(engine: Engine, form: Submitted, caller: Caller): Promise<Answer> {
  if (form.verb === 'open') return openByForm(engine, form, caller);
  if (form.verb === 'whatif') return answerWhatIf(engine, form, caller);
  const it = await caseOf(engine, form.data, caller);
  if (typeof it === 'string') return { kind: 'errors', fields: { '': it } };
  const command = commandOf(engine, form);
  if (command.kind === 'errors') return command;
  const outcome = await act(engine, it, command, caller);
  if (outcome.kind === 'refused') return { kind: 'errors', fields: fieldsOf(outcome.refusal, form) };
  return outcome.kind === 'committed' && speaks(form.verb) ? said(spoken(outcome.case, form.verb)) : { kind: 'done' };
}

function commandOf(engine: Engine, { verb, data, values }: Submitted): Command | Extract<Answer, { kind: 'errors' }> {
  const { text } = OneTextForm.parse(values);
  const { choice } = ChoiceForm.parse(values);
  switch (verb) {
    case 'escalate':
      return { kind: 'EscalateCase', ...HandoverForm.parse(values), level: null, seen: null };
    case 'resolve':
      return { kind: 'ResolveCase', how: text, seen: null };
    case 'decline':
      return { kind: 'DeclineHandover', handover: String(data['handover'] ?? ''), reason: text };
    case 'note':
      return { kind: 'AddNote', text };
    case 'reply':
      return { kind: 'ReplyToReporter', text };
    case 'assign':
      return choice === ''
        ? missing('choice', 'Choose a person.')
        : { kind: 'AssignCase', to: personId(choice), seen: null };
    case 'priority': {
      const priority = priorityOf(engine.desk(), choice);
      return priority === null
        ? missing('choice', 'Choose a priority.')
        : { kind: 'TriageCase', priority: priority.name, seen: null };
    }
    default:
      return missing('', 'This form is from an older version of Baton. Open it again from the card, please.');
  }
}

const missing = (field: string, say: string): Extract<Answer, { kind: 'errors' }> => ({
  kind: 'errors',
  fields: { [field]: say },
});

/** Under which field a refusal belongs; `''` is the form as a whole. */
function fieldsOf(refusal: Refusal, { values, verb }: Submitted): Readonly<Record<string, string>> {
  if (refusal.refused === 'handover-incomplete') {
    const empty = ['tried', 'needed', 'told'].filter((name) => (values[name] ?? '').trim() === '');
    return Object.fromEntries(empty.map((name) => [name, 'The next person needs this; a few words are enough.']));
  }
  const isAboutText =
    refusal.refused === 'how-missing' || refusal.refused === 'reason-missing' || refusal.refused === 'text-missing';
  const isAboutChoice = verb === 'priority' || verb === 'assign';
  if (isAboutText) return { text: refusal.say };
  return { [isAboutChoice ? 'choice' : '']: refusal.say };
}

/** Where no card in sight shows the effect, a private sentence does. */
const speaks = (verb: Verb): boolean => verb === 'note' || verb === 'reply';

const spoken = (it: Case, verb: Verb): string =>
  verb === 'note'
    ? `Noted on ${it.ref}; only people of the desk read it.`
    : `Your reply on ${it.ref} is on its way to where the reporter reads.`;
