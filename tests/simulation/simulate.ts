/** One seed: a desk, its people, its nodes and everything that goes wrong, and then an hour of calm and the checks. */
import { openStore } from '../../adapters/storage';
import type { Store, Surface } from '../../src/app/ports';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../src/domain/ids';
import { check } from './checks';
import { type Crew, createCrew } from './crew';
import { FIRST_DESK } from './desks';
import { diceOf } from './dice';
import { createInbound } from './inbound';
import { checkInTime } from './late';
import { reportAt } from './people';
import { createStage } from './stage';
import { calmDown, goWrong, type Scene } from './trouble';
import { checkTurn } from './turn';
import { type Weather, weatherOf } from './weather';
import type { Ground } from './wire';
import { createWitness } from './witness';
import { createWorld } from './world';

export interface Setting {
  readonly seed: number;
  readonly days: number;
  readonly cases: number;
  readonly nodes: number;
  readonly weather?: Weather;
  /** A PostgreSQL database of this run's own; without one SQLite in memory. */
  readonly databaseUrl?: string;
  /** For tests of the checks: something between the nodes and what they work with that breaks a promise. */
  readonly spoiltStore?: (store: Store) => Store;
  readonly spoiltHands?: (surface: Surface) => Surface;
  readonly watch?: (line: string) => void;
}

export interface Told {
  readonly seed: number;
  readonly hash: string;
  readonly steps: number;
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** How often each thing went wrong. */
  readonly troubles: Readonly<Record<string, number>>;
}

/** A Monday; a month of it has the end of summer time in London. */
const START = Date.UTC(2026, 9, 5, 6);

export async function simulate(setting: Setting): Promise<Told> {
  const { seed, nodes } = setting;
  const stage = createStage(seed, START, setting.watch);
  const faults = diceOf(seed, 'faults');
  const weather = setting.weather ?? weatherOf(diceOf(seed, 'weather'));
  const ground: Ground = { stage, dice: faults, weather, tally: new Map() };
  const world = createWorld(stage);
  const stores = await openStores(setting);
  const [first] = stores;
  if (first === undefined) throw new Error('there is no store');
  const witness = createWitness(stage, {
    due: (at) => crew.whenDue(at),
    changed: (change) => {
      checkInTime(change, { crew, witness, editedAt: town.editedAt });
      checkTurn(change, { witness, desk: town.desk });
    },
  });
  const shared = {
    ground,
    witness,
    busyUntil: 0,
    fullUntil: 0,
    readsThatWait: setting.databaseUrl === undefined ? 0.15 : 1,
  };
  const town = { desk: FIRST_DESK, editedAt: 0 };
  const crew: Crew = createCrew({
    nodes,
    stores: stores.map((store) => setting.spoiltStore?.(store) ?? store),
    outside: { ground, world, witness },
    shared,
    desk: () => town.desk,
    platforms: ['slack', 'teams'],
    hands: setting.spoiltHands ?? ((surface) => surface),
    died: () => witness.lookAgain(),
  });
  const inbound = createInbound(ground, () => crew);
  const end = calmAt(setting.days);
  const people = diceOf(seed, 'people');
  for (let number = 1; number <= setting.cases; number += 1) {
    const at = START + people.between(2 * HOUR_MS, Math.max(3 * HOUR_MS, end - START - HOUR_MS));
    reportAt({ stage, dice: people, world, inbound, store: first }, number, at, end);
  }
  const scene: Scene = { crew, witness, shared, world, town };
  crew.startAll();
  goWrong(scene, end);
  await stage.play(end);
  calmDown(scene, end + HOUR_MS);
  await stage.play(end + HOUR_MS);
  // What fell due at the last moment still goes out.
  while ((witness.changes.at(-1)?.at ?? 0) > stage.now() - MINUTE_MS) await stage.play(stage.now() + MINUTE_MS);
  crew.stop();
  const cases = await check({
    store: first,
    world,
    witness,
    sent: inbound.sent,
    desk: town.desk,
    now: instant(stage.now()),
    clocksWereWrong: weather.clockStepEveryMs !== null,
  });
  for (const it of cases) stage.note(JSON.stringify(it));
  await Promise.all(stores.map((store) => store.close()));
  const rows = [...witness.rows.values()];
  return {
    seed,
    hash: stage.hash(),
    steps: stage.step(),
    violations: witness.violations,
    counts: {
      cases: cases.length,
      acts: inbound.sent.length,
      changes: witness.changes.length,
      posted: world.shown.length,
      uncertain: rows.filter((row) => row.uncertain).length,
      dead: rows.filter((row) => row.last?.kind === 'dead').length,
    },
    troubles: Object.fromEntries(ground.tally),
  };
}

/** The first working day's eleven in the morning after so many days: nobody's quiet time, and no clock stands still. */
function calmAt(days: number): number {
  const day = new Date(START + days * DAY_MS);
  const weekday = day.getUTCDay();
  const further = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + further, 11);
}

/** In memory all nodes share the one connection that there can be; on PostgreSQL each has its own, as processes have. */
async function openStores({ databaseUrl, nodes }: Setting): Promise<readonly Store[]> {
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  if (databaseUrl === undefined) return [await openStore('file::memory:', { newId })];
  const stores: Store[] = [];
  for (let count = 0; count < nodes; count += 1) stores.push(await openStore(databaseUrl, { newId }));
  return stores;
}
