/** Seeded randomness. Every purpose has a stream of its own, so that fewer faults do not change what people do. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  roll(): number;
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the names, each as likely as its weight. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name;
}

/** mulberry32, begun at the seed mixed with the purpose. */
export function diceOf(seed: number, purpose: string): Dice {
  let state = seed >>> 0;
  for (const letter of purpose) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(roll() * (high - low + 1));
  return {
    roll,
    chance: (share) => share > 0 && roll() < share,
    between,
    pick: (list) => {
      const picked = list[between(0, list.length - 1)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    weighted: (weights) => {
      const entries = Object.entries(weights) as [Extract<keyof typeof weights, string>, number][];
      let left = roll() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const found = entries.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      if (found === undefined) throw new Error('nothing has any weight');
      return found[0];
    },
  };
}
