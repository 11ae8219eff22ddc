/** One seed: eight people, three zones, fourteen days, some hundred cases, and a Baton that dies and starts again. */
import { isDeepStrictEqual } from 'node:util';
import { openStore } from '../../adapters/storage';
import { LIVE } from '../../src/app/openCases';
import type { Store } from '../../src/app/ports';
import type { CaseEvent } from '../../src/domain/case/events';
import type { Desk } from '../../src/domain/desk/desk';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { type Dice, diceOf } from '../simulation/dice';
import { createStage, type Stage } from '../simulation/stage';
import { type Books, createBooks } from './books';
import { type Checks, createChecks, type Figures } from './checks';
import { beginDays } from './days';
import { fortnightDesk } from './desk';
import { type Node, startNode, type Wall } from './node';
import { LEAVER, onShift } from './roster';

export interface Setting {
  readonly seed: number;
  readonly days: number;
  readonly cases: number;
  /** For tests of the checks: something that breaks a promise. */
  readonly spoiltStore?: (store: Store) => Store;
  readonly spoiltDesk?: (desk: Desk) => Desk;
  readonly watch?: (line: string) => void;
}

export interface Told {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly string[];
  readonly figures: Figures;
}

/** A Monday, midnight by UTC. */
const START = Date.UTC(2026, 10, 23);
const RESTARTS_A_DAY = 0.7;
/** After these nobody has to be found. */
const BARE_WORDS: readonly CaseEvent['type'][] = ['NoteAdded', 'ClocksMoved', 'HandoverReminded', 'OwnerAsked'];
const LOOKS_ANYWAY_EVERY_MIN = 15;

export async function fortnight(setting: Setting): Promise<Told> {
  const { seed, days } = setting;
  const stage = createStage(seed, START, setting.watch);
  const dice = diceOf(seed, 'fortnight');
  // One of those who are not alone where they are, and not of the two whose loads can be compared best.
  const silent = new Set([dice.pick(['ann', 'ben'])]);
  const end = START + days * DAY_MS;
  const ids = { count: 0 };
  const store = await openStore('file::memory:', {
    newId: () => {
      ids.count += 1;
      return `id-${ids.count}`;
    },
  });
  const checks: Checks = createChecks({ now: stage.now, note: stage.note, books: () => books, silent });
  const clockwork = createClockwork(stage, () => house.node);
  const books: Books = createBooks(stage.now, {
    due: clockwork.due,
    changed: (change) => {
      stage.note(
        `${change.after.ref} v${change.after.version} ${change.events.map(({ event }) => event.type).join(',')}`,
      );
      if (change.events.some(({ event }) => !BARE_WORDS.includes(event.type))) clockwork.changed();
      if (change.wakeAt !== null) clockwork.due(change.wakeAt);
      checks.changed(change);
    },
  });
  const deskAt = (at: number): Desk => setting.spoiltDesk?.(fortnightDesk(at)) ?? fortnightDesk(at);
  let desk = deskAt(START);
  const house = createHouse({ stage, dice, end, started: clockwork.changed }, checks, {
    store: books.watch(setting.spoiltStore?.(store) ?? store),
    desk: () => desk,
    now: stage.now,
    wall: { places: new Map(), messages: new Map() } satisfies Wall,
    postings: books.postings,
    sent: (sent) => {
      stage.note(`${sent.again ? 'updates' : 'posts'} ${sent.posting?.drawing.view} ${JSON.stringify(sent.to)}`);
      checks.sent(sent);
    },
    troubled: (what) => checks.violations.push(what),
  });
  await house.start();
  beginDays(
    { stage, dice: diceOf(seed, 'days'), books, node: () => house.node, end, silent, acts: { count: 0 } },
    setting.cases,
  );
  stage.at(LEAVER.at, async () => {
    desk = deskAt(LEAVER.at);
    stage.note('the desk file is edited');
    clockwork.changed();
    await house.node?.followDesk();
  });
  everyDay(stage, end, () => compareBooks(store, books, checks.violations));
  everyMinute(stage, { end, books, checks, clockwork });
  await stage.play(end);
  const figures = checks.figures();
  await store.close();
  return { seed, hash: stage.hash(), violations: checks.violations, figures };
}

function everyDay(stage: Stage, end: number, work: () => Promise<void>): void {
  for (let at = START + DAY_MS; at <= end; at += DAY_MS) stage.at(at, work);
}

/** What is checked at every minute is what the store was told; now and then it is what stands in the database as well. */
async function compareBooks(store: Store, { live }: Books, violations: string[]): Promise<void> {
  for (const it of live.values())
    if (!isDeepStrictEqual(await store.caseById(it.id), JSON.parse(JSON.stringify(it))))
      violations.push(`${it.ref} stands otherwise in the database than in the books`);
  const { total } = await store.list({ statuses: LIVE, offset: 0, limit: 1 });
  if (total !== live.size) violations.push(`${total} cases are open in the database, ${live.size} in the books`);
}

interface Clockwork {
  /** An alarm or a delivery is due then: the ticker comes round at the next whole second. */
  due(at: number): void;
  changed(): void;
  lookAround(): Promise<void>;
  readonly hasNews: boolean;
}

function createClockwork(stage: Stage, node: () => Node | null): Clockwork {
  const seconds = new Set<number>();
  let news = true;
  return {
    due: (at) => {
      const second = Math.ceil(Math.max(at, stage.now()) / SECOND_MS) * SECOND_MS;
      if (seconds.has(second)) return;
      seconds.add(second);
      stage.at(second, async () => {
        seconds.delete(second);
        await node()?.tick();
      });
    },
    changed: () => {
      news = true;
    },
    lookAround: async () => {
      news = false;
      await node()?.lookAround();
    },
    get hasNews() {
      return news;
    },
  };
}

/** As the minute turns Baton looks around. What could not have come to anything is left out: nothing new, and nobody came or went. */
function everyMinute(
  stage: Stage,
  { end, books, checks, clockwork }: { end: number; books: Books; checks: Checks; clockwork: Clockwork },
): void {
  let there = '';
  const turn = async (): Promise<void> => {
    const minute = stage.now() / MINUTE_MS;
    const now = [...onShift(stage.now(), books.said)].join();
    if (clockwork.hasNews || now !== there || minute % LOOKS_ANYWAY_EVERY_MIN === 0) await clockwork.lookAround();
    there = now;
    checks.minute();
    if (stage.now() < end) stage.at(stage.now() + MINUTE_MS, turn);
  };
  stage.at(stage.now() + MINUTE_MS, turn);
}

interface House {
  readonly node: Node | null;
  start(): Promise<void>;
}

interface Scene {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly end: number;
  /** What came up while nothing was running is looked for as the next minute turns. */
  readonly started: () => void;
}

/** One process at a time; it dies at moments that nobody chose, and another one starts on the same database. */
function createHouse(
  { stage, dice, end, started }: Scene,
  checks: Checks,
  parts: Parameters<typeof startNode>[0],
): House {
  let node: Node | null = null;
  const start = async (): Promise<void> => {
    node = startNode(parts);
    stage.note('Baton starts');
    checks.started();
    started();
    await node.followDesk();
    await node.tick();
    // Leases of the one that died run out.
    for (const seconds of [25, 35, 50])
      stage.at(stage.now() + seconds * SECOND_MS, async () => void (await house.node?.tick()));
    const dies = stage.now() + (dice.roll() * 2 * DAY_MS) / RESTARTS_A_DAY;
    if (dies < end) stage.at(dies, () => node?.diesAfter(dice.between(1, 40), dice.chance(0.5)));
  };
  const house: House = {
    get node() {
      if (node !== null && !node.alive) bury();
      return node;
    },
    start,
  };
  const bury = (): void => {
    node = null;
    stage.note('Baton has died');
    checks.stopped();
    const back = stage.now() + dice.between(2, 15 * 60) * SECOND_MS;
    stage.at(back, start);
  };
  return house;
}
