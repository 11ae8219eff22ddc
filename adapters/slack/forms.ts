/** Forms as modals, and what people typed into them. */
import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { z } from 'zod';
import type { ButtonData, Field, Form, Section, View } from '../../src/app/view';
import { ACTION_PREFIX } from './buttons';
import { cardOf, sectionsOf } from './cards';
import type { Pen } from './inline';
import { oneLine, shorten } from './text';

const TITLE_MAX = 24;
const INPUT_MAX = 3000;
const OPTIONS_MAX = 100;
const OPTION_MAX = 75;
const HINT_MAX = 2000;
const PLACEHOLDER_MAX = 150;
const METADATA_MAX = 3000;

/** The typeahead for clients; every other input answers to FIELD_ACTION. Names of fields are block ids. */
export const CLIENT_ACTION = `${ACTION_PREFIX}client`;
const FIELD_ACTION = 'field';

/** Where a form was asked for: the answer to it is said there. */
export interface Origin {
  readonly channel: string | null;
  readonly message: string;
  readonly thread: string | null;
}

const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(oneLine(text), max) || '-',
  emoji: false,
});

interface ChoiceOption {
  readonly text: PlainTextElement;
  readonly value: string;
  readonly description?: PlainTextElement;
}

/** An option as Slack takes it. Values are cut at 75 characters, and then the label shows the same cut. */
export function optionOf(given: {
  readonly value: string;
  readonly label: string;
  readonly description?: string | null;
}): ChoiceOption {
  const value = shorten(given.value, OPTION_MAX);
  const whole = value === given.value;
  const label = whole ? given.label : given.label.replace(given.value.replace(/^new:/, ''), value.replace(/^new:/, ''));
  const description = given.description ? { description: plain(given.description, OPTION_MAX) } : {};
  return { text: plain(label, OPTION_MAX), value, ...description };
}

function textInput(field: Extract<Field, { kind: 'line' | 'text' }>): InputBlock['element'] {
  const most = Math.max(1, Math.min(field.maxLength, INPUT_MAX));
  const initial = shorten(field.kind === 'line' ? oneLine(field.value) : field.value, most);
  return {
    type: 'plain_text_input',
    action_id: FIELD_ACTION,
    multiline: field.kind === 'text',
    max_length: most,
    ...(initial === '' ? {} : { initial_value: initial }),
    ...(field.placeholder ? { placeholder: plain(field.placeholder, PLACEHOLDER_MAX) } : {}),
  };
}

function elementOf(field: Field): InputBlock['element'] | null {
  switch (field.kind) {
    case 'line':
    case 'text':
      return textInput(field);
    case 'choice': {
      const options = field.options.slice(0, OPTIONS_MAX).map(optionOf);
      const initial = options.find((_, index) => field.options[index]?.value === field.value);
      if (options.length === 0) return null;
      return {
        type: 'static_select',
        action_id: FIELD_ACTION,
        options,
        ...(initial ? { initial_option: initial } : {}),
      };
    }
    case 'client':
      return {
        type: 'external_select',
        action_id: CLIENT_ACTION,
        min_query_length: 0,
        placeholder: plain('Type a name', PLACEHOLDER_MAX),
        ...(field.value ? { initial_option: optionOf(field.value) } : {}),
      };
  }
}

/** A choice without options cannot be drawn: Slack refuses an empty select. The field is left out and reads as ''. */
function inputOf(field: Field): InputBlock[] {
  const element = elementOf(field);
  if (element === null) return [];
  return [
    {
      type: 'input',
      block_id: field.name,
      label: plain(field.label, HINT_MAX),
      optional: !field.required,
      element,
      ...(field.hint ? { hint: plain(field.hint, HINT_MAX) } : {}),
    },
  ];
}

const Metadata = z.object({
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  origin: z.object({ channel: z.string().nullable(), message: z.string(), thread: z.string().nullable() }),
});

/** What a form brings back: the engine's data and the place where it was asked for. Null when it is not ours. */
export function readMetadata(text: string): { readonly data: ButtonData; readonly origin: Origin } | null {
  try {
    return Metadata.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The form as a modal. Throws when its data is too large to come back: that is a bug of the form. */
export function modalOf(form: Form, origin: Origin, pen: Pen): ModalView {
  const metadata = JSON.stringify({ data: form.data, origin });
  if (metadata.length > METADATA_MAX) throw new Error(`The form "${form.verb}" carries more than Slack takes back.`);
  return {
    type: 'modal',
    callback_id: `${ACTION_PREFIX}${form.verb}`,
    private_metadata: metadata,
    title: plain(form.title, TITLE_MAX),
    submit: plain(form.submit, TITLE_MAX),
    close: plain(form.cancel, TITLE_MAX),
    blocks: [...introOf(form.intro, pen), ...form.fields.flatMap(inputOf)],
  };
}

const INTRO_MAX = 40;
const introOf = (intro: readonly Section[], pen: Pen): KnownBlock[] =>
  sectionsOf(intro, pen).flat().slice(0, INTRO_MAX);

/** A view to look at, with nothing to fill in. */
export function windowOf(view: View, pen: Pen): ModalView {
  const { blocks } = cardOf(view, pen, 'modal');
  return { type: 'modal', title: plain('Baton', TITLE_MAX), close: plain('Close', TITLE_MAX), blocks };
}

/** What stands for a form when Slack will not open one (a command that took too long, a direct message): a button to it. */
export function buttonTo(form: Form): View {
  const { verb, title, data } = form;
  return {
    summary: title,
    title: null,
    tone: 'plain',
    facts: [],
    sections: [],
    buttons: [{ verb, label: title, style: 'primary', data, opensForm: true, confirm: null, inMenu: false }],
    footer: null,
  };
}

const Entry = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});
export const StateValues = z.record(z.string(), z.record(z.string(), Entry));

/** The fields of a submission by name, every value as text; what is empty is ''. */
export function readValues(state: z.infer<typeof StateValues>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state).map(([name, entries]) => {
      const entry = Object.values(entries)[0];
      return [name, entry?.selected_option?.value ?? entry?.value ?? ''];
    }),
  );
}

/** Sentences under their fields, as Slack takes them: what belongs to no field goes under the first. Null without a field. */
export function errorsOf(
  errors: Readonly<Record<string, string>>,
  fields: readonly string[],
): Record<string, string> | null {
  const first = fields[0];
  if (first === undefined) return null;
  const shown: Record<string, string> = {};
  for (const [name, sentence] of Object.entries(errors)) {
    const at = fields.includes(name) ? name : first;
    shown[at] = shown[at] === undefined ? sentence : `${shown[at]} ${sentence}`;
  }
  return shown;
}
