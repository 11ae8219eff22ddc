/** One Baton process: the real doors, ticker's work, pump and rounds over a store and hands of its own, from its start to its death. */
import { createDoors, type Doors } from '../../src/app/doors';
import type { Engine } from '../../src/app/perform';
import type { Store, Surface } from '../../src/app/ports';
import { createPump, type Pump } from '../../src/app/pump';
import { createRounds, type Rounds } from '../../src/app/rounds';
import { followDesk, tick } from '../../src/app/wake';
import type { Desk } from '../../src/domain/desk/desk';
import { instant, SECOND_MS } from '../../src/domain/ids';
import { handsOn, type Outside } from './hands';
import { nodeStore, type Shared } from './nodeStore';
import { count, type Life } from './wire';

/** A process as long as it lives. */
export interface Running extends Life {
  readonly doors: Doors;
  readonly pump: Pump;
  readonly rounds: Rounds;
  readonly engine: Engine;
  /** The desk file as this process has read it. */
  desk: Desk;
  /** Does what the ticker does once a second; never twice at a time. */
  tick(): void;
  /** Ticks at the first of its seconds from `at` on, in true time. */
  tickAt(at: number): void;
  /** Looks around as it does every minute. */
  lookAround(): void;
  follow(desk: Desk): void;
}

export interface NodeParts {
  readonly name: string;
  readonly store: Store;
  readonly outside: Outside;
  readonly shared: Shared;
  readonly desk: Desk;
  readonly platforms: readonly string[];
  readonly hands: (surface: Surface) => Surface;
  readonly died: (life: Running, during: string) => void;
}

export function startNode(parts: NodeParts): Running {
  const { name, outside, shared } = parts;
  const { stage, dice } = outside.ground;
  const phase = dice.between(0, SECOND_MS - 1);
  const seconds = new Set<number>();
  const surfaces = new Map<string, Surface>();
  let ticking = false;
  let again = false;
  let roundsWanted = false;

  const work = async (): Promise<void> => {
    await tick(engine);
    pump.nudge();
    if (roundsWanted) void rounds.look();
    roundsWanted = false;
  };
  const troubled = (what: string, error: unknown): void => {
    const problem = error instanceof Error ? `${error.name} ${error.message}` : String(error);
    stage.note(`${name} troubled: ${what} (${problem})`);
    outside.witness.troubled(what, error);
  };
  const running: Running = {
    node: name,
    alive: true,
    offsetMs: 0,
    desk: parts.desk,
    die: (during) => {
      running.alive = false;
      stage.note(`${name} dies during ${during}`);
      count(outside.ground, 'died');
      parts.died(running, during);
    },
    tick: () => {
      if (!running.alive) return;
      if (ticking) {
        again = true;
        return;
      }
      ticking = true;
      void work()
        .catch((error: unknown) => troubled('a tick failed', error))
        .finally(() => {
          ticking = false;
          if (!again) return;
          again = false;
          running.tick();
        });
    },
    tickAt: (at) => {
      const second = Math.ceil((Math.max(stage.now(), at) - phase) / SECOND_MS) * SECOND_MS + phase;
      if (seconds.has(second)) return;
      seconds.add(second);
      stage.at(second, () => {
        seconds.delete(second);
        running.tick();
      });
    },
    lookAround: () => {
      roundsWanted = true;
      running.tick();
    },
    follow: (desk) => {
      running.desk = desk;
      void followDesk(engine).catch((error: unknown) => troubled('the cases could not be looked at', error));
    },
    get doors() {
      return doors;
    },
    get pump() {
      return pump;
    },
    get rounds() {
      return rounds;
    },
    get engine() {
      return engine;
    },
  };
  const engine: Engine = {
    store: nodeStore(parts.store, running, shared),
    clock: { now: () => instant(stage.now() + running.offsetMs) },
    desk: () => running.desk,
    surfaces,
    accepted: () => undefined,
    troubled,
    nudge: () => pump.nudge(),
  };
  const pump = createPump(() => engine);
  const rounds = createRounds(engine);
  const doors = createDoors(engine);
  for (const platform of parts.platforms) surfaces.set(platform, parts.hands(handsOn(platform, running, outside)));
  return running;
}
