/** What goes wrong in one run. Each seed has some of the faults, at its own rates: all of them at once would hide one behind the other. */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Dice } from './dice';

export interface Weather {
  /** Of every call to a platform, the share that goes wrong in this way. */
  readonly calls: {
    readonly notSent: number;
    readonly timeoutBefore: number;
    readonly timeoutAfter: number;
    readonly resetAfter: number;
    readonly serverErrorBefore: number;
    readonly serverErrorAfter: number;
    readonly slowDown: number;
    readonly slow: number;
  };
  /** Of every call of a node to anything, the share during which the node dies. */
  readonly death: number;
  /** Mean time between the deaths of nodes at any moment; null: none. */
  readonly deathEveryMs: number | null;
  /** Mean time between steps of a node's clock by up to ten minutes. */
  readonly clockStepEveryMs: number | null;
  /** Mean time between spells in which the database is busy for everybody. */
  readonly busyEveryMs: number | null;
  /** Mean time between spells in which the disk of the database is full. */
  readonly diskFullEveryMs: number | null;
  /** Of every change, the share that the database refuses, or does and then loses the answer of. */
  readonly databaseRefuses: number;
  readonly databaseForgetsToAnswer: number;
  readonly repeated: number;
  readonly late: number;
  readonly deskEditEveryMs: number | null;
  /** Mean time between channels that are archived, for some hours. */
  readonly archiveEveryMs: number | null;
  /** Whether the rounds of the day are made: digests, coverage, the forecast. Each reads many journals, so not in every run. */
  readonly rounds: boolean;
  /** Mean time between messages of Baton that somebody deletes. */
  readonly deletionEveryMs: number | null;
}

export const FAIR: Weather = {
  calls: {
    notSent: 0,
    timeoutBefore: 0,
    timeoutAfter: 0,
    resetAfter: 0,
    serverErrorBefore: 0,
    serverErrorAfter: 0,
    slowDown: 0,
    slow: 0,
  },
  death: 0,
  deathEveryMs: null,
  clockStepEveryMs: null,
  busyEveryMs: null,
  diskFullEveryMs: null,
  databaseRefuses: 0,
  databaseForgetsToAnswer: 0,
  repeated: 0,
  late: 0,
  deskEditEveryMs: null,
  archiveEveryMs: null,
  deletionEveryMs: null,
  rounds: true,
};

/** The longest that a platform's client waits for an answer; the adapters set the same. */
export const CALL_TIMEOUT_MS = 10 * SECOND_MS;
/** A message shows up in what can be looked through up to this long after it took effect. */
export const SHOWS_WITHIN_MS = 2 * SECOND_MS;

export function weatherOf(dice: Dice): Weather {
  const share = (most: number): number => (dice.chance(0.6) ? most * dice.roll() : 0);
  const every = (least: number, most: number): number | null => (dice.chance(0.6) ? dice.between(least, most) : null);
  return {
    calls: {
      notSent: share(0.03),
      timeoutBefore: share(0.02),
      timeoutAfter: share(0.02),
      resetAfter: share(0.02),
      serverErrorBefore: share(0.02),
      serverErrorAfter: share(0.02),
      slowDown: share(0.03),
      slow: share(0.1),
    },
    death: share(0.001),
    deathEveryMs: every(2 * HOUR_MS, 48 * HOUR_MS),
    clockStepEveryMs: dice.chance(0.3) ? dice.between(12 * HOUR_MS, 96 * HOUR_MS) : null,
    busyEveryMs: every(2 * HOUR_MS, 24 * HOUR_MS),
    databaseRefuses: share(0.01),
    databaseForgetsToAnswer: share(0.005),
    repeated: share(0.3),
    late: share(0.1),
    deskEditEveryMs: every(24 * HOUR_MS, 120 * HOUR_MS),
    archiveEveryMs: dice.chance(0.3) ? dice.between(48 * HOUR_MS, 240 * HOUR_MS) : null,
    deletionEveryMs: every(6 * HOUR_MS, 48 * HOUR_MS),
    rounds: dice.chance(0.25),
    diskFullEveryMs: dice.chance(0.3) ? dice.between(12 * HOUR_MS, 96 * HOUR_MS) : null,
  };
}

/** How long a node stays down. */
export const downFor = (dice: Dice): number => dice.between(SECOND_MS, dice.chance(0.1) ? HOUR_MS : 2 * MINUTE_MS);
