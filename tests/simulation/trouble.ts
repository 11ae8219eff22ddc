/** Everything that goes wrong by itself in the course of a run, and the end of it. */
import type { Desk } from '../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Crew } from './crew';
import { edited } from './desks';
import type { Shared } from './nodeStore';
import { FAIR } from './weather';
import { count } from './wire';
import type { Witness } from './witness';
import type { World } from './world';

export interface Scene {
  readonly crew: Crew;
  readonly shared: Shared;
  readonly witness: Witness;
  readonly world: World;
  /** The desk file as it stands. */
  readonly town: { desk: Desk; editedAt: number };
}

const CLOCK_STEP_MAX_MS = 10 * MINUTE_MS;
/** An edit of the desk file works within this. */
const FOLLOWS_WITHIN_MS = 15 * SECOND_MS;

export function goWrong(scene: Scene, until: number): void {
  const { weather } = scene.shared.ground;
  const kinds: readonly (readonly [number | null, (scene: Scene) => void])[] = [
    [weather.deathEveryMs, death],
    [weather.clockStepEveryMs, clockStep],
    [weather.busyEveryMs, busySpell],
    [weather.diskFullEveryMs, diskFull],
    [weather.deskEditEveryMs, deskEdit],
    [weather.archiveEveryMs, archiving],
    [weather.deletionEveryMs, deletion],
  ];
  for (const [every, happens] of kinds) if (every !== null) again(scene, { every, until, happens });
}

interface Plague {
  readonly every: number;
  readonly until: number;
  readonly happens: (scene: Scene) => void;
}

/** The desk file is not edited on the last day: a holiday then would hold back what the calm is to bring. */
function again(scene: Scene, plague: Plague): void {
  const { stage, dice } = scene.shared.ground;
  const next = stage.now() - plague.every * Math.log(1 - dice.roll());
  const last = plague.happens === deskEdit ? plague.until - DAY_MS : plague.until;
  if (next >= last) return;
  stage.at(next, () => {
    count(scene.shared.ground, plague.happens.name);
    plague.happens(scene);
    again(scene, plague);
  });
}

function death({ crew, shared }: Scene): void {
  const up = crew.up();
  if (up.length > 0) shared.ground.dice.pick(up).die('no call');
}

function clockStep({ crew, shared }: Scene): void {
  const { dice, stage } = shared.ground;
  const up = crew.up();
  if (up.length === 0) return;
  const node = dice.pick(up);
  const setTo = (offsetMs: number): void => {
    if (!node.alive) return;
    node.offsetMs = offsetMs;
    stage.note(`${node.node} has its clock off by ${offsetMs}`);
    crew.clocksMoved();
  };
  setTo(dice.between(-CLOCK_STEP_MAX_MS, CLOCK_STEP_MAX_MS));
  stage.at(stage.now() + dice.between(5 * MINUTE_MS, 4 * HOUR_MS), () => setTo(0));
}

function busySpell(scene: Scene): void {
  const { dice, stage } = scene.shared.ground;
  scene.shared.busyUntil = stage.now() + dice.between(1, 90) * SECOND_MS;
  stage.note(`the database is busy until ${scene.shared.busyUntil}`);
  notReachedUntil(scene, scene.shared.busyUntil);
}

function diskFull(scene: Scene): void {
  const { dice, stage } = scene.shared.ground;
  scene.shared.fullUntil = stage.now() + dice.between(1, 20 * 60) * SECOND_MS;
  stage.note(`the disk is full until ${scene.shared.fullUntil}`);
  notReachedUntil(scene, scene.shared.fullUntil);
}

function notReachedUntil({ crew, shared, witness }: Scene, until: number): void {
  const { stage } = shared.ground;
  crew.databaseIs(false);
  stage.at(until, () => {
    if (stage.now() < Math.max(shared.busyUntil, shared.fullUntil)) return;
    crew.databaseIs(true);
    witness.lookAgain();
  });
}

function deskEdit({ crew, shared, town }: Scene): void {
  const { dice, stage } = shared.ground;
  town.editedAt = stage.now();
  town.desk = edited(town.desk, dice, new Date(stage.now()).toISOString().slice(0, 10));
  stage.note('the desk file is edited');
  const { desk } = town;
  for (const node of crew.up()) {
    stage.at(stage.now() + dice.between(0, FOLLOWS_WITHIN_MS), () => {
      if (node.alive && town.desk === desk) node.follow(desk);
    });
  }
}

function archiving({ shared, world }: Scene): void {
  const { dice, stage } = shared.ground;
  const channel = dice.pick([
    'slack|C0TRIAGE',
    'teams|19:triage',
    'slack|C0SUPPORT',
    'slack|C0LEADS',
    'slack|dm-U0BOB',
  ]);
  world.archived.add(channel);
  stage.at(stage.now() + dice.between(1, 6) * HOUR_MS, () => void world.archived.delete(channel));
}

/** Somebody deletes a message of Baton's. */
function deletion({ shared, world }: Scene): void {
  const { dice, stage } = shared.ground;
  const there = world.shown.filter((one) => one.goneAt === null);
  if (there.length === 0) return;
  const one = dice.pick(there);
  one.goneAt = stage.now();
  stage.note(`${one.place.message} is deleted`);
}

/** Faults off, clocks right, everybody up with the last desk: from here on everything that is owed must come. */
export function calmDown({ crew, shared, world, town }: Scene, until: number): void {
  const { ground } = shared;
  const { stage } = ground;
  ground.weather = FAIR;
  shared.busyUntil = 0;
  shared.fullUntil = 0;
  crew.databaseIs(true);
  world.archived.clear();
  crew.startAll();
  for (const node of crew.up()) {
    node.offsetMs = 0;
    node.follow(town.desk);
  }
  crew.clocksMoved();
  for (let at = stage.now(); at < until; at += 10 * SECOND_MS) crew.whenDue(at);
}
