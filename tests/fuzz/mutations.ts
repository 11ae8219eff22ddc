/** Payloads as nobody should send them, from ones that were sent. The same seed and index give the same payload. */
import type { Json, JsonObject } from '../../adapters/sandbox/teams/protocol';

export interface Dice {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  one<T>(items: readonly T[]): T;
  chance(share: number): boolean;
}

/** mulberry32, begun from the seed and the payload's number. */
export function diceOf(seed: number, index: number): Dice {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, one: (items) => items[below(items.length)] as never, chance: (share) => next() < share };
}

const NASTY: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u202eevil\u202c',
  '\u200b\u200d\ufeff',
  '<!channel> <@U0LENA> <https://evil.test|click>',
  '<at>everyone</at> {{DATE(2026-01-01T00:00:00Z)}}',
  '[click](https://evil.test)',
  "'; drop table cases; --",
  '../../etc/passwd',
  '%00%E0%A4%A',
  '=cmd|calc!A1',
  '__proto__',
  'constructor',
  '1e309',
  '-1',
  'NaN',
  '9'.repeat(400),
  '{"case":1}',
  'null',
  'CASE-1001',
  '2026-13-45T99:99:99Z',
];
const ODD: readonly Json[] = [null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[]], [null], 'x'];

const longText = (dice: Dice): string =>
  dice.one(['x', '<', '&', '🔥', '"', '\\', '\n', '(']).repeat(dice.below(50_000));
const anything = (dice: Dice): Json => {
  const kind = dice.below(10);
  if (kind < 4) return dice.one(NASTY);
  if (kind < 9) return dice.one(ODD);
  return longText(dice);
};

/** Every object and array in it, the outermost first. */
function inside(value: Json): (JsonObject | Json[])[] {
  if (value === null || typeof value !== 'object') return [];
  return [value as JsonObject | Json[], ...Object.values(value).flatMap((part) => inside(part as Json))];
}

const set = (holder: JsonObject | Json[], key: string, value: Json): void => {
  // As JSON.parse would: also `__proto__` becomes a property of its own.
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
};

const MOVES: readonly ((holder: JsonObject | Json[], key: string, dice: Dice) => void)[] = [
  (holder, key) => void delete (holder as JsonObject)[key],
  (holder, key, dice) => set(holder, key, anything(dice)),
  (holder, key, dice) => set(holder, key, dice.one(NASTY)),
  (holder, key) => set(holder, key, [(holder as JsonObject)[key] ?? null]),
  (holder, key) => set(holder, key, { [key]: (holder as JsonObject)[key] ?? null }),
  (holder, key) => set(holder, `${key}2`, structuredClone((holder as JsonObject)[key] ?? null)),
  (holder, _key, dice) => set(holder, dice.one(['__proto__', 'constructor', 'toString', 'hasOwnProperty']), {}),
  (holder, key) => set(holder, key, JSON.stringify((holder as JsonObject)[key] ?? null)),
];

/** A copy with one to five things wrong with it. */
export function mutated(payload: Json, dice: Dice): Json {
  const copy = structuredClone(payload);
  for (let left = 1 + dice.below(5); left > 0; left -= 1) {
    const holder = dice.one(inside(copy));
    const keys = Object.keys(holder ?? {});
    if (holder !== undefined && keys.length > 0) dice.one(MOVES)(holder, dice.one(keys), dice);
  }
  return copy;
}

/** The text of a body, sometimes broken after it was written. */
export function broken(text: string, dice: Dice): string {
  switch (dice.below(24)) {
    case 0:
      return text.slice(0, dice.below(text.length + 1));
    case 1:
      return `${'['.repeat(10_000)}${text}${']'.repeat(10_000)}`;
    case 2:
      return `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    case 3:
      return text.replace(/:\d+/, ':1e309');
    case 4:
      return text.replace('{', '{"__proto__":{"isOurs":true},');
    case 5:
      return `${text}${text}`;
    case 6:
      return text.replace(/"/g, (sign) => (dice.chance(0.02) ? '' : sign));
    case 7:
      return `\ufeff${text}`;
    default:
      return text;
  }
}
