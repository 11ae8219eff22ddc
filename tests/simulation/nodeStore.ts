/** The real store as one node reaches it: every call takes a moment, may be refused or lose its answer, and ends with the node. */
import { StoreFailure } from '../../adapters/storage';
import type { Store } from '../../src/app/ports';
import { call, count, type Ground, heardBy, type Life } from './wire';
import type { Witness } from './witness';

type Method = (...given: readonly unknown[]) => Promise<unknown>;

const CHANGES: ReadonlySet<string> = new Set([
  'transact',
  'want',
  'claim',
  'settle',
  'pause',
  'tend',
  'keepEarly',
  'forgetEarly',
  'appear',
  'leave',
  'remember',
  'rememberConversation',
  'forgetReceipts',
]);

export interface Shared {
  readonly ground: Ground;
  readonly witness: Witness;
  /** While it is later than now, the database is busy for everybody. */
  busyUntil: number;
  /** While it is later than now, the disk is full: everything can be read and nothing written. */
  fullUntil: number;
  /** Of the reads, the share that lets something else come in between; 1 where reading takes real time. */
  readonly readsThatWait: number;
}

export function nodeStore(store: Store, life: Life, shared: Shared): Store {
  const { ground, witness } = shared;
  const { dice, stage } = ground;
  const ask = (name: keyof Store, given: readonly unknown[]): Promise<unknown> => {
    const method = witness.watched(life, name, store[name] as Method);
    const isChange = CHANGES.has(name);
    const isBusy = stage.now() < shared.busyUntil;
    if (!isChange && !isBusy && !dice.chance(shared.readsThatWait)) return heardBy(life, method(...given));
    const fails = isBusy ? BUSY : isChange ? troubleOf(shared) : null;
    if (fails !== null) {
      count(ground, 'databaseFailed');
      witness.lookAgain();
    }
    return call(ground, life, {
      what: `store.${name}`,
      beforeMs: dice.between(0, 3),
      afterMs: dice.between(0, 2),
      effect: () => method(...given),
      ...(fails === null ? {} : { fails }),
    });
  };
  return new Proxy(store, {
    get:
      (_, name) =>
      (...given: readonly unknown[]) =>
        ask(name as keyof Store, given),
  });
}

interface Trouble {
  readonly problem: Error;
  readonly happens: boolean;
}

const BUSY: Trouble = { problem: new StoreFailure('locked', 'SQLITE_BUSY', 'simulated'), happens: false };
const FULL: Trouble = { problem: new StoreFailure('full', 'SQLITE_FULL', 'simulated'), happens: false };
const REFUSED: Trouble = { problem: new StoreFailure('locked', '40001', 'simulated'), happens: false };
const NOT_HEARD: Trouble = { problem: new StoreFailure('unreachable', 'ECONNRESET', 'simulated'), happens: true };

function troubleOf({ ground: { dice, stage, weather }, fullUntil }: Shared): Trouble | null {
  if (stage.now() < fullUntil) return FULL;
  if (dice.chance(weather.databaseRefuses)) return REFUSED;
  return dice.chance(weather.databaseForgetsToAnswer) ? NOT_HEARD : null;
}
