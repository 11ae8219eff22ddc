import { cardProblems } from './cardCheck';
import type { Delivery } from './delivery';
import { asArray, asObject, asText, isObject } from './json';
import { CARD_TYPE } from './options';
import type { Json, JsonObject } from './protocol';

/** What an invoke's answer asks Teams to do. `bad`: Teams cannot use it and says "Unable to reach app". */
export type InvokeOutcome =
  | { kind: 'card'; card: Json }
  | { kind: 'message'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'form'; title: string; card: Json; height: number; width: number }
  | { kind: 'close' }
  | { kind: 'insert'; attachments: JsonObject[] }
  | { kind: 'options'; options: { title: string; value: string }[] }
  | { kind: 'bad'; problem: string };

const HEIGHTS: Record<string, number> = { small: 300, medium: 520, large: 760 };
const WIDTHS: Record<string, number> = { small: 480, medium: 640, large: 900 };

const bad = (problem: string): InvokeOutcome => ({ kind: 'bad', problem });

function unanswered(delivery: Delivery): InvokeOutcome | null {
  if (delivery.status === 0) {
    return bad('The bot did not answer in time.');
  }
  return delivery.status === 200 ? null : bad(`An invoke must be answered by HTTP 200, not ${delivery.status}.`);
}

/** The answer to adaptiveCard/action. */
export function readActionAnswer(delivery: Delivery): InvokeOutcome {
  const body = asObject(delivery.body);
  const value = body.value;
  switch (unanswered(delivery) === null ? body.type : '') {
    case 'application/vnd.microsoft.card.adaptive':
      return cardOutcome(body, value);
    case 'application/vnd.microsoft.activity.message':
      return typeof value === 'string' ? { kind: 'message', text: value } : bad('A message answer needs a text value.');
    case 'application/vnd.microsoft.error': {
      const { code, message } = asObject(value);
      return asText(code) !== '' && asText(message) !== ''
        ? { kind: 'error', text: asText(message) }
        : bad('An error answer needs {code, message} as its value.');
    }
    default:
      return unanswered(delivery) ?? bad(`Unknown answer to a card action: ${JSON.stringify(delivery.body)}`);
  }
}

function cardOutcome(body: JsonObject, card: Json | undefined): InvokeOutcome {
  if (body.statusCode !== 200) {
    return bad('A card answer needs statusCode 200.');
  }
  const problems = cardProblems(card);
  return problems.length === 0 ? { kind: 'card', card: card ?? null } : bad(problems.join(' '));
}

/** The answer to task/fetch and task/submit; also what message extensions may answer. */
export function readTaskAnswer(delivery: Delivery): InvokeOutcome {
  const early = unanswered(delivery);
  const body = delivery.body;
  if (early !== null) {
    return early;
  }
  if (body === null || body === '' || (isObject(body) && Object.keys(body).length === 0)) {
    return { kind: 'close' };
  }
  const task = asObject(asObject(body).task);
  if (task.type === 'message' && typeof task.value === 'string') {
    return { kind: 'message', text: task.value };
  }
  return task.type === 'continue' && isObject(task.value)
    ? formOutcome(task.value)
    : bad(`Unknown answer to a dialog: ${JSON.stringify(body)}`);
}

function formOutcome(value: JsonObject): InvokeOutcome {
  const card = asObject(value.card);
  if (value.url !== undefined) {
    return bad('Dialogs that show a web page are not emulated.');
  }
  if (card.contentType !== CARD_TYPE) {
    return bad(`A dialog's card must be an attachment of type ${CARD_TYPE}.`);
  }
  if (JSON.stringify(card.content ?? null).includes('"Action.Execute"')) {
    return bad('Action.Execute does nothing in a dialog: use Action.Submit.');
  }
  const problems = cardProblems(card.content);
  if (problems.length > 0) {
    return bad(problems.join(' '));
  }
  const height = pixels(value.height, HEIGHTS);
  const width = pixels(value.width, WIDTHS);
  return height === null || width === null
    ? bad('A dialog is small, medium or large, or has its size in pixels.')
    : { kind: 'form', title: asText(value.title), card: card.content ?? null, height, width };
}

function pixels(size: Json | undefined, words: Record<string, number>): number | null {
  return typeof size === 'number' ? size : (words[size === undefined ? 'medium' : asText(size)] ?? null);
}

/** The answer to composeExtension/fetchTask and composeExtension/submitAction. */
export function readExtensionAnswer(delivery: Delivery): InvokeOutcome {
  const extension = asObject(delivery.body).composeExtension;
  if (unanswered(delivery) !== null || !isObject(extension)) {
    return readTaskAnswer(delivery);
  }
  if (extension.type === 'message') {
    return { kind: 'message', text: asText(extension.text) };
  }
  const attachments = asArray(extension.attachments).map(asObject);
  const problems = attachments.flatMap((one) => (one.contentType === CARD_TYPE ? cardProblems(one.content) : []));
  if (extension.type !== 'result' || attachments.length === 0 || problems.length > 0) {
    return bad(`Unusable answer of the message extension: ${problems.join(' ') || JSON.stringify(extension)}`);
  }
  return { kind: 'insert', attachments };
}

/** The answer to application/search. */
export function readSearchAnswer(delivery: Delivery): InvokeOutcome {
  const body = asObject(delivery.body);
  if (unanswered(delivery) !== null || body.type !== 'application/vnd.microsoft.search.searchResponse') {
    return unanswered(delivery) ?? bad(`Unknown answer to a search: ${JSON.stringify(delivery.body)}`);
  }
  const options = asArray(asObject(body.value).results)
    .map(asObject)
    .map(({ title, value }) => ({ title: asText(title), value: asText(value) }));
  return options.every((option) => option.title !== '' && option.value !== '')
    ? { kind: 'options', options }
    : bad('Every result of a search needs a title and a value.');
}
