import type { Case } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import type { Refusal, RefusalCode } from '../../domain/case/refusals';
import { priorityOf } from '../../domain/desk/desk';
import { personId } from '../../domain/ids';
import { ChoiceForm, OneTextForm } from '../../inputs/forms';
import { offShiftNote } from '../offShift';
import type { Engine } from '../perform';
import type { Answer, ButtonData, Verb } from '../view';
import { act, rehearse } from './act';
import { submitDeal } from './bulk';
import { caseOf, said } from './find';
import { openByForm } from './opening';
import { asksOnceMore, outdated } from './outdated';
import { proposalIn } from './proposing';
import { submitSteps } from './steps';
import { submitSwap } from './swap';
import type { Caller } from './types';
import { answerWhatIf } from './whatIf';
import { closeForm } from './writing';

export interface Submitted {
  readonly verb: Verb;
  readonly data: ButtonData;
  readonly values: Readonly<Record<string, string>>;
}

/** How often a form is looked at anew because something changed between the look and the change. */
const TRIES = 3;

/**
 * A form was sent. A refusal keeps the form open with the sentence under the field it is about, so that nothing typed is
 * lost; what would be done although the case has moved on meanwhile is asked about once more (outdated.ts).
 */
export async function submit(engine: Engine, form: Submitted, caller: Caller, tries = TRIES): Promise<Answer> {
  if (form.verb === 'open') return openByForm(engine, form, caller);
  if (form.verb === 'swap') return submitSwap(engine, form, caller);
  if (form.verb === 'deal') return submitDeal(engine, form, caller);
  if (form.verb === 'steps') return submitSteps(engine, form, caller);
  if (form.verb === 'whatif') return answerWhatIf(engine, form, caller);
  const it = await caseOf(engine, form.data, caller);
  if (typeof it === 'string') return { kind: 'errors', fields: { '': it } };
  const command = commandOf(engine, form, caller);
  if (command.kind === 'errors') return command;
  const refusal = rehearse(engine, it, command, caller);
  const asked = refusal === null ? await outdated(engine, it, form, caller) : null;
  if (asked !== null) return asked;
  const open = refusal === null ? await closeForm(engine, it, form.verb, caller) : null;
  const isWritten = refusal === null && tries > 1 && asksOnceMore(form.verb);
  const outcome = await act(engine, it, command, { ...caller, ...(isWritten && { asOf: it.version }) });
  if (outcome.kind === 'refused') {
    if (open !== null) await engine.store.appear(open);
    if (outcome.refusal.refused === 'moved-on') return submit(engine, form, caller, tries - 1);
    return { kind: 'errors', fields: fieldsOf(outcome.refusal, form) };
  }
  const note = command.kind === 'AssignCase' ? await offShiftNote(engine, command.to) : '';
  if (outcome.kind === 'committed' && note !== '') return said(`${outcome.case.ref} is theirs now.${note}`);
  return outcome.kind === 'committed' && speaks(form.verb) ? said(spoken(outcome.case, form.verb)) : { kind: 'done' };
}

function commandOf(
  engine: Engine,
  { verb, data, values }: Submitted,
  caller: Caller,
): Command | Extract<Answer, { kind: 'errors' }> {
  const { text } = OneTextForm.parse(values);
  const { choice } = ChoiceForm.parse(values);
  switch (verb) {
    case 'escalate':
    case 'handback':
      return proposalIn(engine, values, caller);
    case 'resolve':
      return { kind: 'ResolveCase', how: text, seen: null };
    case 'decline':
      return { kind: 'DeclineHandover', handover: String(data['handover'] ?? ''), reason: text };
    case 'advise':
      return { kind: 'GiveAdvice', handover: String(data['handover'] ?? ''), advice: text };
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

const ABOUT_TEXT: readonly RefusalCode[] = ['how-missing', 'reason-missing', 'text-missing', 'advice-missing'];
const ABOUT_WHOM: readonly RefusalCode[] = [
  'no-further-level',
  'level-unknown',
  'level-empty',
  'handover-to-self',
  'handover-to-owner',
];

/** Under which field a refusal belongs; `''` is the form as a whole. */
function fieldsOf(refusal: Refusal, { values, verb }: Submitted): Readonly<Record<string, string>> {
  if (refusal.refused === 'handover-incomplete') {
    const empty = ['tried', 'needed', 'told'].filter((name) => (values[name] ?? '').trim() === '');
    return Object.fromEntries(empty.map((name) => [name, 'The next person needs this; a few words are enough.']));
  }
  if (ABOUT_WHOM.includes(refusal.refused)) return { whom: refusal.say };
  const isAboutText = ABOUT_TEXT.includes(refusal.refused);
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
