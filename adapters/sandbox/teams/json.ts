import type { Json, JsonObject } from './protocol';

/** Reading JSON of unknown shape: every reader answers with something usable, so that checks read as straight lines. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The text, or '' for anything that is no text. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The JSON value of a text, or undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A deep copy through JSON, which also turns typed objects into plain Json. */
export function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
