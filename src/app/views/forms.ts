import type { Case, Client } from '../../domain/case/case';
import type { CaseFile } from '../../domain/case/file';
import { TITLE_MAX } from '../../domain/case/open';
import { type Desk, priorityOf } from '../../domain/desk/desk';
import { shorten } from '../../domain/words';
import { type ButtonData, type Field, type Form, type Section, text } from '../view';
import { filesLine } from './files';
import { caseData } from './parts';

/** Slack lets 3,000 characters into one field of a form; longer stories go in as notes or as messages of the thread. */
export const FIELD_MAX = 3000;

interface Words {
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export const longText = (name: string, words: Words): Field => ({
  kind: 'text',
  name,
  label: words.label,
  hint: words.hint ?? null,
  value: (words.value ?? '').slice(0, FIELD_MAX),
  placeholder: words.placeholder ?? null,
  required: words.required ?? true,
  maxLength: FIELD_MAX,
});

export interface Draft {
  readonly title: string;
  readonly description: string;
  /** What comes along from the message that it is opened from; shown above the fields. */
  readonly files: readonly CaseFile[];
  readonly client: Client | null;
  readonly known: readonly { readonly value: string; readonly label: string }[];
  /** What comes back with the form: the message it is opened from, a nonce. */
  readonly data: ButtonData;
}

/** The new-case form. Priority may be left open; the criteria stand beside each. */
export function newCaseForm(desk: Desk, draft: Draft): Form {
  return {
    verb: 'open',
    title: 'Open a case',
    submit: 'Open case',
    cancel: 'Cancel',
    intro:
      draft.files.length === 0 ? [] : [{ kind: 'lines', lines: [[text('Comes along: '), ...filesLine(draft.files)]] }],
    data: draft.data,
    fields: [
      {
        kind: 'line',
        name: 'title',
        label: 'Title',
        value: draft.title,
        required: true,
        hint: null,
        maxLength: TITLE_MAX,
        placeholder: 'A few words that say what is wrong',
      },
      longText('description', {
        label: 'What happened',
        value: draft.description,
        required: false,
        placeholder: 'In the reporter’s own words, if you can',
      }),
      {
        kind: 'client',
        name: 'client',
        label: 'Client',
        value: draft.client === null ? null : { value: `id:${draft.client.id}`, label: draft.client.name },
        required: false,
        hint: 'Type to search; a name that is new is created.',
        known: draft.known,
      },
      choice(
        'category',
        'Category',
        desk.categories.map((name) => ({ value: name, label: name, description: null })),
      ),
      {
        ...priorityField(desk, null),
        required: false,
        label: 'Priority',
        hint: 'May be left open: the desk triages it then.',
      },
    ],
  };
}

export const choice = (
  name: string,
  label: string,
  options: Extract<Field, { kind: 'choice' }>['options'],
): Extract<Field, { kind: 'choice' }> => ({
  kind: 'choice',
  name,
  label,
  value: null,
  required: false,
  hint: null,
  options,
});

/** Wherever a priority is chosen its written criterion is beside it. */
function priorityField(desk: Desk, value: string | null): Extract<Field, { kind: 'choice' }> {
  const options = desk.priorities.map(({ name, label, when }) => ({
    value: name,
    label: `${name} ${label}`,
    description: when,
  }));
  return { ...choice('priority', 'Priority', options), value, required: true };
}

export const resolveForm = (it: Case): Form => ({
  ...formOn(it, 'resolve', `Resolve ${it.ref}`, 'Resolve'),
  fields: [
    longText('text', {
      label: 'How was it solved?',
      hint: 'The reporter reads this, and the next person with this problem finds it.',
    }),
  ],
});

export const noteForm = (it: Case): Form => ({
  ...formOn(it, 'note', `Note on ${it.ref}`, 'Add note'),
  fields: [longText('text', { label: 'Note', hint: 'Stays among the people of the desk.' })],
});

export const replyForm = (it: Case): Form => ({
  ...formOn(it, 'reply', `Reply on ${it.ref}`, 'Send'),
  fields: [longText('text', { label: 'Reply', hint: 'Goes where the reporter reads.' })],
});

/** `people`: who could be given it, best first. */
export const assignForm = (it: Case, people: Extract<Field, { kind: 'choice' }>['options']): Form => ({
  ...formOn(it, 'assign', `Assign ${it.ref}`, 'Assign'),
  fields: [{ ...choice('choice', 'To whom', people), required: true }],
});

export function priorityForm(it: Case, desk: Desk): Form {
  return {
    ...formOn(it, 'priority', `Priority of ${it.ref}`, 'Set priority'),
    fields: [{ ...priorityField(desk, priorityOf(desk, it.priority)?.name ?? null), name: 'choice' }],
  };
}

export function levelsOf(desk: Desk, id: string): string | null {
  const names = desk.levels.filter((level) => level.members.some((member) => member === id)).map((level) => level.name);
  return names.length === 0 ? null : names.join(', ');
}

export const about = (it: Case): Section => ({
  kind: 'lines',
  lines: [[text(`${it.ref} · ${shorten(it.title, 150)}`)]],
});

export const formOn = (it: Case, verb: Form['verb'], title: string, submit: string): Form => ({
  verb,
  title,
  submit,
  cancel: 'Cancel',
  intro: [about(it)],
  fields: [],
  data: caseData(it),
});
