/** The nodes of a desk: when each is up, what its clock says, and whether somebody could have done what was due. */
import type { Surface } from '../../src/app/ports';
import type { Desk } from '../../src/domain/desk/desk';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { type NodeParts, type Running, startNode } from './node';
import { downFor } from './weather';

export interface CrewParts extends Omit<NodeParts, 'name' | 'desk' | 'died' | 'store'> {
  readonly nodes: number;
  readonly stores: readonly NodeParts['store'][];
  readonly hands: (surface: Surface) => Surface;
  readonly desk: () => Desk;
  /** A node has died: what it had claimed is free once its leases end. */
  readonly died: () => void;
}

export interface Crew {
  up(): readonly Running[];
  /** Starts whoever is down. */
  startAll(): void;
  stop(): void;
  /** Something may be due at `at` by the clock of whoever looks. */
  whenDue(at: number): void;
  /** Milliseconds between the two true times during which a node with a true clock was up and could reach the database. */
  readyBetween(from: number, until: number): number;
  /** Says whether the database can be reached from now on. */
  databaseIs(reachable: boolean): void;
  clocksMoved(): void;
}

/** All nodes tick every second; where one of them has nothing left to do for the others, most of that is left out. */
const OTHERS_TICK_TOO = 0.4;

export function createCrew(parts: CrewParts): Crew {
  const { stage, dice } = parts.outside.ground;
  const nodes: (Running | null)[] = Array.from({ length: parts.nodes }, () => null);
  const ready = createMeter(() => stage.now());
  const dues = new Set<number>();
  let reachable = true;
  let stopped = false;

  const up = (): readonly Running[] => nodes.filter((node) => node !== null);
  const measure = (): void => ready.is(reachable && up().some((node) => Math.abs(node.offsetMs) <= SECOND_MS));
  const start = (index: number): void => {
    if (stopped || nodes[index] !== null) return;
    const store = parts.stores[index % parts.stores.length];
    if (store === undefined) throw new Error('every node has a store');
    const node = startNode({
      ...parts,
      name: `n${index + 1}`,
      store,
      desk: parts.desk(),
      died: () => {
        nodes[index] = null;
        measure();
        parts.died();
        stage.at(stage.now() + downFor(dice), () => start(index));
      },
    });
    nodes[index] = node;
    stage.note(`${node.node} starts`);
    measure();
    node.follow(parts.desk());
    node.tick();
    keepLooking(node);
  };
  /** What may have been missed meanwhile: leases that ran out, alarms by another clock. */
  const keepLooking = (node: Running): void => {
    stage.at(stage.now() + dice.between(20, 40) * MINUTE_MS, () => {
      if (!node.alive || stopped) return;
      if (parts.outside.ground.weather.rounds) node.lookAround();
      else node.tick();
      keepLooking(node);
    });
  };
  return {
    up,
    startAll: () => {
      for (const index of nodes.keys()) start(index);
    },
    stop: () => {
      stopped = true;
    },
    whenDue: (at) => {
      for (const node of up()) if (node.offsetMs > SECOND_MS) node.tickAt(at - node.offsetMs);
      const second = Math.ceil(Math.max(at, stage.now()) / SECOND_MS) * SECOND_MS;
      if (dues.has(second)) return;
      dues.add(second);
      stage.at(second, () => {
        dues.delete(second);
        const those = up();
        const right = those.filter((node) => node.offsetMs === 0);
        const surely = right.length === 0 ? null : dice.pick(right);
        for (const node of those)
          if (node === surely || node.offsetMs !== 0 || dice.chance(OTHERS_TICK_TOO))
            node.tickAt(second - Math.min(0, node.offsetMs));
      });
    },
    readyBetween: ready.between,
    databaseIs: (now) => {
      reachable = now;
      measure();
    },
    clocksMoved: () => {
      measure();
      for (const node of up()) node.tickAt(stage.now());
    },
  };
}

/** How long something has been so, between any two times. */
function createMeter(now: () => number): { is(so: boolean): void; between(from: number, until: number): number } {
  const spells: { from: number; until: number }[] = [];
  let since: number | null = null;
  return {
    is: (so) => {
      if (so === (since !== null)) return;
      if (since !== null) spells.push({ from: since, until: now() });
      since = so ? now() : null;
    },
    between: (from, until) => {
      let sum = since === null ? 0 : Math.max(0, until - Math.max(from, since));
      for (let index = spells.length - 1; index >= 0; index -= 1) {
        const spell = spells[index];
        if (spell === undefined || spell.until <= from) break;
        sum += Math.max(0, Math.min(until, spell.until) - Math.max(from, spell.from));
      }
      return sum;
    },
  };
}
