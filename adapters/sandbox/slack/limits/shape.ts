import type { Json, JsonObject } from '../protocol';

export type Surface = 'message' | 'modal' | 'home';
/** What is wrong, and where as a JSON pointer: `must be less than 151 characters` at `/blocks/0/text/text`. */
export type Problem = { code: string; message: string; pointer: string };
/** Where the check stands; problems are collected, never thrown, so that a person sees all of them at once. */
export type Spot = { pointer: string; surface: Surface; found: Problem[] };
export type Check = (value: Json, spot: Spot) => void;
export type Field = { required: boolean; check: Check };
export type Fields = { [name: string]: Field };

export const need = (check: Check): Field => ({ required: true, check });
export const may = (check: Check): Field => ({ required: false, check });

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function complain(spot: Spot, code: string, message: string): void {
  spot.found.push({ code, message, pointer: spot.pointer });
}

function below(spot: Spot, step: string | number): Spot {
  return { ...spot, pointer: `${spot.pointer}/${step}` };
}

/** A string of `min` to `max` characters. */
export function string(max: number, min = 1): Check {
  return (value, spot) => {
    if (typeof value !== 'string') return complain(spot, 'type', 'must provide a string');
    if (value.length < min) complain(spot, 'min_length', `must be more than ${min - 1} characters`);
    if (value.length > max) complain(spot, 'max_length', `must be less than ${max + 1} characters`);
  };
}

export function word(...allowed: string[]): Check {
  return (value, spot) => {
    if (typeof value !== 'string' || !allowed.includes(value))
      complain(spot, 'enum', `must be one of: ${allowed.join(', ')}`);
  };
}

export function matching(pattern: RegExp, wanted: string): Check {
  return (value, spot) => {
    if (typeof value !== 'string' || !pattern.test(value)) complain(spot, 'format', `must be ${wanted}`);
  };
}

export const flag: Check = (value, spot) => {
  if (typeof value !== 'boolean') complain(spot, 'type', 'must provide a boolean');
};

export function integer(min: number, max: number): Check {
  return (value, spot) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return complain(spot, 'type', 'must provide an integer');
    if (value < min || value > max) complain(spot, 'range', `must be between ${min} and ${max}`);
  };
}

export function list(min: number, max: number, item: Check): Check {
  return (value, spot) => {
    if (!Array.isArray(value)) return complain(spot, 'type', 'must provide an array');
    if (value.length < min) complain(spot, 'min_items', `no less than ${min} items allowed`);
    if (value.length > max) complain(spot, 'max_items', `no more than ${max} items allowed`);
    value.forEach((entry, index) => {
      item(entry, below(spot, index));
    });
  };
}

/** An object of exactly these fields: Slack refuses a property that it does not know. */
export function object(fields: Fields, also?: Check): Check {
  return (value, spot) => {
    if (!isObject(value)) return complain(spot, 'type', 'must provide an object');
    for (const [name, field] of Object.entries(fields)) {
      const given = value[name];
      if (given !== undefined) field.check(given, below(spot, name));
      else if (field.required) complain(spot, 'required', `missing required field: ${name}`);
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) complain(spot, 'additional', `invalid additional property: ${name}`);
    }
    also?.(value, spot);
  };
}

/** Chooses by the `type` field. */
export function byType(kinds: { [type: string]: Check }): Check {
  return (value, spot) => {
    if (!isObject(value)) return complain(spot, 'type', 'must provide an object');
    const type = value.type;
    if (typeof type !== 'string') return complain(spot, 'required', 'missing required field: type');
    const check = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!check) return complain(spot, 'unsupported', `unsupported type: ${type}`);
    check(value, spot);
  };
}

const is = (type: string): Field => need(word(type));

/** The fields of a typed object: its `type` and the rest. */
export function typed(type: string, fields: Fields, also?: Check): Check {
  return object({ type: is(type), ...fields }, also);
}

export const plain = (max: number, min = 1): Check =>
  typed('plain_text', { text: need(string(max, min)), emoji: may(flag) });
export const mrkdwn = (max: number, min = 1): Check =>
  typed('mrkdwn', { text: need(string(max, min)), verbatim: may(flag) });
export const anyText = (max: number, min = 1): Check =>
  byType({ plain_text: plain(max, min), mrkdwn: mrkdwn(max, min) });
