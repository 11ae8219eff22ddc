import { parseProblems } from './cardParse';
import { asArray, asObject, asText, isObject } from './json';
import { CARD_BYTES_MAX } from './options';
import type { Json, JsonObject } from './protocol';

/** Elements that Teams draws on version 1.5 and that the `adaptivecards` package does not know. */
const TEAMS_ELEMENTS =
  /^(Chart\.[A-Za-z.]+|CodeBlock|Icon|Badge|CompoundButton|Rating|Input\.Rating|ProgressBar|ProgressRing)$/;
const ACTIONS_MAX = 6;
const REFRESH_USERS_MAX = 60;

/** Everything that Teams would not accept in an Adaptive Card, in words; none means that the card is fine. */
export function cardProblems(card: Json | undefined): string[] {
  if (!isObject(card) || card.type !== 'AdaptiveCard') {
    return ['The card is no Adaptive Card: its type is not AdaptiveCard.'];
  }
  return [...headProblems(card), ...walkProblems(card), ...parseProblems(stripped(card))];
}

function headProblems(card: JsonObject): string[] {
  const problems: string[] = [];
  const version = asText(card.version);
  if (!/^1\.[0-5]$/.test(version)) {
    problems.push(`Version ${version === '' ? 'missing' : version}: Teams draws cards up to version 1.5.`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > CARD_BYTES_MAX) {
    problems.push(`The card has ${bytes} bytes; at most ${CARD_BYTES_MAX} are accepted.`);
  }
  if (card.refresh !== undefined) {
    problems.push(...refreshProblems(asObject(card.refresh)));
  }
  const primary = asArray(card.actions).filter((action) => asObject(action).mode !== 'secondary').length;
  if (primary > ACTIONS_MAX) {
    problems.push(`${primary} primary actions; Teams shows at most ${ACTIONS_MAX}.`);
  }
  return problems;
}

function refreshProblems(refresh: JsonObject): string[] {
  const problems: string[] = [];
  const userIds = asArray(refresh.userIds);
  if (userIds.length > REFRESH_USERS_MAX) {
    problems.push(`refresh.userIds names ${userIds.length} people; at most ${REFRESH_USERS_MAX} are allowed.`);
  }
  if (asObject(refresh.action).type !== 'Action.Execute') {
    problems.push('refresh.action must be an Action.Execute.');
  }
  return problems;
}

/** Rules that hold wherever an element stands in the card. */
function walkProblems(value: Json): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(walkProblems);
  }
  if (!isObject(value)) {
    return [];
  }
  return [
    ...actionProblems(value),
    ...Object.entries(value).flatMap(([key, part]) => (isData(key) ? [] : walkProblems(part))),
  ];
}

// An action's data is the bot's own: whatever it looks like, it is no part of the drawing.
function isData(key: string): boolean {
  return key === 'data' || key === 'msteams';
}

function actionProblems(action: JsonObject): string[] {
  if (action.type === 'Action.Execute' && asText(action.verb) === '') {
    return [`Action.Execute "${asText(action.title)}" has no verb.`];
  }
  if (action.type === 'Action.OpenUrl' && !asText(action.url).startsWith('https://')) {
    return [`Action.OpenUrl "${asText(action.title)}" must open an https address.`];
  }
  return [];
}

/** The card as the `adaptivecards` package can judge it: fallbacks resolved, Teams' own extras out of the way. */
function stripped(card: JsonObject): JsonObject {
  return asObject(strip(card));
}

function strip(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(strip).filter((part) => part !== null);
  }
  if (!isObject(value)) {
    return value;
  }
  const type = asText(value.type);
  if (TEAMS_ELEMENTS.test(type)) {
    return { type: 'TextBlock', text: type };
  }
  const { msteams: _msteams, ...rest } = value;
  const kept = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, isData(key) ? part : strip(part)]));
  return withoutFallback(withTypeahead(kept));
}

// A typeahead gets its choices later, so that having none is right.
function withTypeahead(element: JsonObject): JsonObject {
  if (
    element.type !== 'Input.ChoiceSet' ||
    element['choices.data'] === undefined ||
    asArray(element.choices).length > 0
  ) {
    return element;
  }
  return { ...element, choices: [{ title: 'later', value: 'later' }] };
}

// An element with a fallback may be unknown: what stands in for it is what counts.
function withoutFallback(element: JsonObject): Json {
  if (element.fallback === undefined || KNOWN.test(asText(element.type))) {
    return element;
  }
  return element.fallback === 'drop' ? null : element.fallback;
}

const KNOWN =
  /^(AdaptiveCard|TextBlock|RichTextBlock|TextRun|Image|ImageSet|Media|FactSet|Column|ColumnSet|Container|Table|TableRow|TableCell|ActionSet|Input\.(Text|Number|Date|Time|Toggle|ChoiceSet)|Action\.(Execute|Submit|OpenUrl|ShowCard|ToggleVisibility))$/;
