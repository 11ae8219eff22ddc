/** Virtual time: one heap of what is to happen, by time and then by lot, and a record of what did. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Dice, diceOf } from './dice';

export interface Stage {
  /** Virtual milliseconds since 1970: the true time, whatever a node's clock says. */
  now(): number;
  /** How many things have happened so far. */
  step(): number;
  at(time: number, happens: () => void | Promise<void>): void;
  /** Lets everything happen up to and including `until`. */
  play(until: number): Promise<void>;
  /** Writes a line into the record that two runs of one seed must have in common. */
  note(line: string): void;
  /** The hash of the record so far. */
  hash(): string;
}

interface Due {
  readonly at: number;
  readonly lot: number;
  readonly order: number;
  readonly happens: () => void | Promise<void>;
}

const isBefore = (a: Due, b: Due): boolean =>
  a.at !== b.at ? a.at < b.at : a.lot !== b.lot ? a.lot < b.lot : a.order < b.order;

export function createStage(seed: number, start: number, watch: (line: string) => void = () => undefined): Stage {
  const lots: Dice = diceOf(seed, 'lots');
  const heap: Due[] = [];
  const record = createHash('sha256');
  let now = start;
  let steps = 0;
  let order = 0;
  const stage: Stage = {
    now: () => now,
    step: () => steps,
    at: (time, happens) => {
      order += 1;
      push(heap, { at: Math.max(now, Math.round(time)), lot: lots.roll(), order, happens });
    },
    play: async (until) => {
      for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
        pop(heap);
        now = next.at;
        steps += 1;
        await next.happens();
        // Whatever now can go on does so, up to its next call to something outside it. Twice, as reading many journals
        // lets everything else have its turn in between.
        await setImmediate();
        await setImmediate();
      }
      now = until;
    },
    note: (line) => {
      const full = `${now} ${line}\n`;
      record.update(full);
      watch(full);
    },
    hash: () => record.copy().digest('hex'),
  };
  return stage;
}

function push(heap: Due[], due: Due): void {
  let index = heap.push(due) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Due;
    if (!isBefore(due, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = due;
}

function pop(heap: Due[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    const left = heap[child];
    if (left === undefined) break;
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, left)) child += 1;
    const below = heap[child] as Due;
    if (!isBefore(below, last)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
