import type { ButtonData, Field, Form, Verb } from '../../src/app/view';
import { EXECUTE_PREFIX } from './buttons';
import { fits, frame } from './cards';
import type { JsonObject } from './connector';
import type { CarriedForm, Envelope, Pressed } from './payloads';
import { sectionsOf } from './sections';
import { cut, harmless, plainWords, withoutMarkdown } from './text';

/** The data set that Teams asks the bot for while somebody types a client's name. */
export const CLIENTS_DATASET = 'baton.clients';
const NEW_NAME = '__new';
const LEFT_OPEN = '__none';
const HINT_MAX = 500;
const NAME_MAX = 200;

/** A form on its way into a card. In a dialog it is sent by Action.Submit, in a message by Action.Execute. */
export interface ShownForm {
  readonly verb: Verb;
  readonly data: ButtonData;
  readonly nonce: string;
  readonly form: CarriedForm;
  readonly where: 'dialog' | 'message';
  /** Sentences about what was sent before, by field; `''` is the form as a whole. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A form of the app as it travels. */
export function carried(form: Form): CarriedForm {
  const intro = sectionsOf(form.intro, { textMax: 1_000, entriesMax: 10, rowsMax: 10 });
  return { title: form.title, submit: form.submit, cancel: form.cancel, fields: form.fields.map(copyOf), intro };
}

function copyOf(field: Field): CarriedForm['fields'][number] {
  switch (field.kind) {
    case 'line':
    case 'text':
      return { ...field };
    case 'choice':
      return { ...field, options: field.options.map((option) => ({ ...option })) };
    case 'client':
      return { ...field, known: field.known.map((client) => ({ ...client })) };
  }
}

const SHORT_OF_ROOM = 'This is more than a form in Teams can hold: only its beginning stands here.';
const TEXT_ROOMS: readonly number[] = [6_000, 3_000, 1_000, 200];

/**
 * The form as a card. What does not fit is left out: first the intro of what it carries, then the intro itself, then the
 * ends of long texts (which the form says), at last what it carries.
 */
export function formCard(shown: ShownForm): JsonObject {
  const form = { ...shown.form, intro: [] };
  const light = { ...shown, form };
  const attempts = [
    () => draw(shown, shown.form),
    () => draw(shown, form),
    () => draw(light, form),
    ...TEXT_ROOMS.map((room) => () => draw(shortened(light, room), form)),
  ];
  for (const attempt of attempts) {
    const card = attempt();
    if (fits(card)) return card;
  }
  return draw(shortened(light, 100), null);
}

function shortened(shown: ShownForm, room: number): ShownForm {
  const isLong = (field: Field): boolean => field.kind === 'text' && field.value.length > room;
  const fields = shown.form.fields.map((field) =>
    field.kind === 'text' ? { ...field, value: cut(field.value, room) } : field,
  );
  const long = shown.form.fields.find(isLong);
  const errors = long === undefined ? {} : { [long.name]: shown.errors[long.name] ?? SHORT_OF_ROOM };
  return { ...shown, form: { ...shown.form, fields }, errors: { ...shown.errors, ...errors } };
}

function draw(shown: ShownForm, carriedAlong: CarriedForm | null): JsonObject {
  const { form, errors } = shown;
  const general = Object.entries(errors).filter(([name]) => !form.fields.some((field) => field.name === name));
  const body = [
    ...(shown.where === 'message' ? [titleBlock(form.title)] : []),
    ...general.map(([, sentence]) => complaint(sentence)),
    ...form.intro,
    ...form.fields.flatMap((field) => [...fieldComplaint(errors[field.name]), ...inputs(field)]),
  ];
  return frame({ summary: form.title, body, actions: formActions(shown, carriedAlong) });
}

function titleBlock(title: string): JsonObject {
  return {
    type: 'TextBlock',
    text: withoutMarkdown(title),
    size: 'Large',
    weight: 'Bolder',
    style: 'heading',
    wrap: true,
  };
}

function complaint(sentence: string): JsonObject {
  const inlines = [{ type: 'TextRun', text: `⚠️ ${harmless(plainWords(sentence))}`, weight: 'Bolder' }];
  return { type: 'Container', style: 'attention', bleed: true, items: [{ type: 'RichTextBlock', inlines }] };
}

function fieldComplaint(sentence: string | undefined): JsonObject[] {
  if (sentence === undefined) return [];
  const inlines = [{ type: 'TextRun', text: `⚠️ ${harmless(plainWords(sentence))}`, color: 'Attention' }];
  return [{ type: 'RichTextBlock', spacing: 'Medium', inlines }];
}

function inputs(field: Field): JsonObject[] {
  const hint = field.hint === null ? [] : [hintBlock(field.hint)];
  switch (field.kind) {
    case 'line':
    case 'text':
      return [textInput(field), ...hint];
    case 'choice':
      return [choiceInput(field), ...hint];
    case 'client':
      // The hint tells of one field that does both; here a new name has a field of its own, which says so itself.
      return clientInputs(field);
  }
}

function hintBlock(hint: string): JsonObject {
  const inlines = [{ type: 'TextRun', text: cut(harmless(plainWords(hint)), HINT_MAX), isSubtle: true, size: 'Small' }];
  return { type: 'RichTextBlock', spacing: 'None', inlines };
}

function common({ name, label, required }: Field): JsonObject {
  const missing = required ? { isRequired: true, errorMessage: `${label}: this is needed.` } : {};
  return { id: name, label, ...missing };
}

function textInput(field: Extract<Field, { kind: 'line' | 'text' }>): JsonObject {
  return {
    type: 'Input.Text',
    ...common(field),
    isMultiline: field.kind === 'text',
    maxLength: field.maxLength,
    ...(field.value === '' ? {} : { value: field.value }),
    ...(field.placeholder === null ? {} : { placeholder: field.placeholder }),
  };
}

/** A list from which nothing must be chosen has an entry for that: a choice once made cannot be taken back otherwise. */
function choiceInput(field: Extract<Field, { kind: 'choice' }>): JsonObject {
  const options = field.options.map(({ value, label, description }) => ({
    title: cut(description === null ? label : `${label}: ${description}`, NAME_MAX),
    value: value === '' ? LEFT_OPEN : value,
  }));
  const canBeOpen = field.required || options.some(({ value }) => value === LEFT_OPEN);
  const choices = canBeOpen ? options : [{ title: 'Leave open', value: LEFT_OPEN }, ...options];
  const value = field.value === null || field.value === '' ? LEFT_OPEN : field.value;
  const chosen = choices.some((choice) => choice.value === value) ? { value } : {};
  return { type: 'Input.ChoiceSet', ...common(field), style: 'compact', choices, ...chosen };
}

/** Known clients are offered at once, others by typeahead; a new one is typed below, which works on every Teams client. */
function clientInputs(field: Extract<Field, { kind: 'client' }>): JsonObject[] {
  const { value, known } = field;
  const isNew = value?.value.startsWith('new:') ?? false;
  const chosen = value === null || isNew ? [] : [value];
  const listed = [...chosen.filter((client) => !known.some((one) => one.value === client.value)), ...known];
  const choices = listed.map((client) => ({ title: cut(client.label, NAME_MAX), value: client.value }));
  return [
    {
      type: 'Input.ChoiceSet',
      id: field.name,
      label: field.label,
      style: 'filtered',
      placeholder: 'Type a name',
      choices,
      'choices.data': { type: 'Data.Query', dataset: CLIENTS_DATASET },
      ...(chosen.length === 0 ? {} : { value: chosen[0]?.value }),
    },
    {
      type: 'Input.Text',
      id: `${field.name}${NEW_NAME}`,
      label: 'Or a new client',
      placeholder: 'The name of a client who is not in the list',
      maxLength: NAME_MAX,
      spacing: 'Small',
      ...(isNew && value !== null ? { value: value.value.slice('new:'.length) } : {}),
    },
  ];
}

function formActions(shown: ShownForm, form: CarriedForm | null): JsonObject[] {
  const { verb, data, nonce } = shown;
  const envelope: Envelope = { verb, data: { ...data }, nonce, ...(form === null ? {} : { form: withoutText(form) }) };
  if (shown.where === 'dialog') {
    return [{ type: 'Action.Submit', title: shown.form.submit, style: 'positive', data: { baton: { ...envelope } } }];
  }
  const execute = { type: 'Action.Execute', verb: `${EXECUTE_PREFIX}${verb}` };
  const given = { verb, data: { ...data }, nonce };
  return [
    { ...execute, title: shown.form.submit, style: 'positive', data: { baton: { ...envelope } } },
    { ...execute, title: shown.form.cancel, associatedInputs: 'none', data: { baton: { ...given, cancelled: true } } },
  ];
}

/** What is typed comes back by itself; there is no room to carry it twice. */
function withoutText(form: CarriedForm): CarriedForm {
  const fields = form.fields.map((field) =>
    field.kind === 'line' || field.kind === 'text' ? { ...field, value: '' } : field,
  );
  return { ...form, fields };
}

/** What was filled in, by field, as the app takes it: always text, `''` for what was left open. */
export function valuesOf({ inputs: sent }: Pressed): Readonly<Record<string, string>> {
  const plain = Object.entries(sent).filter(([name]) => !name.endsWith(NEW_NAME));
  const values = Object.fromEntries(plain.map(([name, value]) => [name, value === LEFT_OPEN ? '' : value]));
  for (const [name, value] of Object.entries(sent)) {
    if (name.endsWith(NEW_NAME) && value.trim() !== '') values[name.slice(0, -NEW_NAME.length)] = `new:${value.trim()}`;
  }
  return values;
}

/** The form that came back, holding what was typed. */
export function refilled(form: CarriedForm, values: Readonly<Record<string, string>>): CarriedForm {
  return { ...form, fields: form.fields.map((field) => refilledField(field, values[field.name] ?? '')) };
}

function refilledField(field: CarriedForm['fields'][number], value: string): CarriedForm['fields'][number] {
  if (field.kind !== 'client') return { ...field, value };
  const label = [...field.known, ...(field.value === null ? [] : [field.value])].find(
    (one) => one.value === value,
  )?.label;
  return { ...field, value: value === '' ? null : { value, label: label ?? 'The client you chose' } };
}
