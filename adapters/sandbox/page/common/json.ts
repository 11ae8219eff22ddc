import type { Json, JsonObject } from '../../slack/protocol';

/** Reading the app's JSON without trusting its shape: what is not of the asked kind reads as empty. */

export function asObject(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

export function asList(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

export function asString(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The words of a text object (`plain_text` or `mrkdwn`). */
export function wordsOf(value: Json | undefined): string {
  return asString(asObject(value)['text']);
}

export function has(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}
