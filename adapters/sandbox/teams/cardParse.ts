import type * as AdaptiveCards from 'adaptivecards';
import type { JsonObject } from './protocol';

type Library = typeof AdaptiveCards;

// Two findings of the library are advice on accessibility, which Teams does not refuse; the number of actions is
// counted by our own rule, because Teams allows one more than the library's default.
const ADVICE = new Set(['RequiredInputsShouldHaveLabel', 'RequiredInputsShouldHaveErrorMessage', 'TooManyActions']);

let loaded: Library | null = null;

// The library's Node entry does not load and its browser bundle asks for `window` while loading, and only then.
function library(): Library {
  if (loaded === null) {
    const scope = globalThis as { window?: object };
    const before = scope.window;
    scope.window = { window: {} };
    try {
      loaded = require('adaptivecards/dist/adaptivecards.min.js') as Library;
    } finally {
      if (before === undefined) {
        delete scope.window;
      } else {
        scope.window = before;
      }
    }
  }
  return loaded;
}

/** What the `adaptivecards` package finds wrong with a card: unknown elements, bad values, inputs without id. */
export function parseProblems(card: JsonObject): string[] {
  const { AdaptiveCard, SerializationContext, ValidationEvent } = library();
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...parsed.validateProperties().validationEvents]
    .filter(({ event }) => !ADVICE.has(ValidationEvent[event]))
    .map(({ message }) => message);
}
