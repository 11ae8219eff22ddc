/** Answers to invokes, in the exact forms that Teams takes: anything else reads "Unable to reach app". */
import type { View } from '../../src/app/view';
import { attachmentOf } from './cards';
import type { Json, JsonObject } from './connector';
import { cut, harmless, plainLine, plainWords } from './text';

export interface InvokeAnswer {
  readonly status: number;
  readonly body?: JsonObject;
}

const ok = (body: JsonObject): InvokeAnswer => ({ status: 200, body });

/** adaptiveCard/action: the card takes the pressed one's place for the person who pressed. */
export const cardAnswer = (card: JsonObject): InvokeAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });

/** adaptiveCard/action: a few words shown to the person who pressed. */
export const noticeAnswer = (words: string): InvokeAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: harmless(words) });

const DIALOG_TITLE_MAX = 64;

/** task/*, composeExtension/*: a dialog that shows a card. Height and width in pixels or in Teams' words. */
export function dialogAnswer(title: string, card: JsonObject, height: number | 'small' | 'medium'): InvokeAnswer {
  const value = {
    title: cut(harmless(title), DIALOG_TITLE_MAX),
    height,
    width: 'medium',
    card: attachmentOf(withoutExecute(card)),
  };
  return ok({ task: { type: 'continue', value } });
}

/** task/*, composeExtension/*: last words in place of the form. */
export const lastWords = (words: string): InvokeAnswer => ok({ task: { type: 'message', value: harmless(words) } });

/** task/*, composeExtension/*: the dialog closes. */
export const closed: InvokeAnswer = { status: 200 };

/** application/search. */
export const choicesAnswer = (choices: readonly { readonly value: string; readonly label: string }[]): InvokeAnswer =>
  ok({
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: choices.map(({ value, label }) => ({ title: harmless(label), value })) },
  });

/** An invoke that this Baton does not know, as the SDK answers it too. */
export const unknownInvoke: InvokeAnswer = { status: 501 };

export const titleOf = (view: View): string => (view.title === null ? plainWords(view.summary) : plainLine(view.title));

/** In a dialog only Action.Submit does anything; its data says by itself what was pressed. */
function withoutExecute(card: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(card).map(([key, part]) => [key, part === undefined ? null : submitOnly(part)]),
  );
}

function submitOnly(part: Json): Json {
  if (Array.isArray(part)) return part.map(submitOnly);
  if (!isObject(part)) return part;
  if (part['type'] === 'Action.Execute') {
    const { verb: _verb, ...action } = part;
    return { ...action, type: 'Action.Submit' };
  }
  if (part['type'] === 'Action.Submit') return { ...part, data: withoutFetch(part['data']) };
  return withoutExecute(part);
}

function withoutFetch(data: Json | undefined): Json {
  if (!isObject(data)) return data ?? null;
  const { msteams: _msteams, ...rest } = data;
  return rest;
}

function isObject(part: Json | undefined): part is JsonObject {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
