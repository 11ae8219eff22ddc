/** What lies between a node and everything outside it: calls take time, fail before or after their effect, and a dead node hears no answer. */
import type { Dice } from './dice';
import type { Stage } from './stage';
import type { Weather } from './weather';

/** One start of a node, up to its death. Nothing that was begun in it goes on after. */
export interface Life {
  readonly node: string;
  alive: boolean;
  /** By how much the node's clock is off, in ms. */
  offsetMs: number;
  /** Dies at once, in the middle of whatever it is doing. */
  die(during: string): void;
}

export interface Ground {
  readonly stage: Stage;
  /** Lots for everything that goes wrong. */
  readonly dice: Dice;
  weather: Weather;
  /** How often each thing went wrong. */
  readonly tally: Map<string, number>;
}

export function count({ tally }: Pick<Ground, 'tally'>, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

export interface Call<T> {
  readonly what: string;
  /** Until it takes effect, and from there until the answer arrives. */
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly effect: () => T | Promise<T>;
  /** Thrown in place of an answer; with `happens` the effect took place all the same. */
  readonly fails?: { readonly problem: Error; readonly happens: boolean };
}

const NEVER = new Promise<never>(() => undefined);

/** Answered in its time, unless the node dies before: then never. What a dying node had sent already still takes effect. */
export function call<T>(ground: Ground, life: Life, asked: Call<T>): Promise<T> {
  if (!life.alive) return NEVER;
  const { stage, dice } = ground;
  const isOut = dice.chance(0.5);
  return new Promise<T>((resolve, reject) => {
    const answer = (give: () => void): void => {
      stage.at(stage.now() + asked.afterMs, () => {
        if (!life.alive) return;
        if (dice.chance(ground.weather.death)) return life.die(asked.what);
        give();
      });
    };
    const { fails } = asked;
    stage.at(stage.now() + asked.beforeMs, async () => {
      if (!life.alive && !isOut) return;
      if (fails !== undefined && !fails.happens) return answer(() => reject(fails.problem));
      try {
        const done = await asked.effect();
        answer(() => (fails === undefined ? resolve(done) : reject(fails.problem)));
      } catch (problem) {
        answer(() => reject(problem));
      }
    });
  });
}

/** Passes an answer that is there at once on to a node that lives. */
export async function heardBy<T>(life: Life, answer: Promise<T>): Promise<T> {
  if (!life.alive) return NEVER;
  const told = await answer;
  return life.alive ? told : NEVER;
}
