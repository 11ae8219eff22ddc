/** What is told of the past, with a short and with a very long one: the evening's account, what-if, and how long cases take. */
import { openStore } from '../adapters/storage';
import { drawEvening } from '../src/app/digest';
import { createHandling } from '../src/app/handling';
import { type Engine, perform } from '../src/app/perform';
import type { Posting } from '../src/app/ports';
import { whatIf } from '../src/app/whatIf';
import type { Command } from '../src/domain/case/commands';
import { type CaseId, DAY_MS, HOUR_MS, type Instant, instant, later, personId } from '../src/domain/ids';
import { engineOn, opened } from './engine';
import type { Ground, Grounds } from './grounds';
import { besideFirst, type Row } from './report';
import { cpuWords, inTurns } from './turns';

export interface HistorySizes {
  /** How many cases the journal knows, the fewest first. */
  readonly counts: readonly number[];
  readonly rounds: number;
}

/** So many of the newest have all that happened to them, the others their beginning and end: more would not fit into 2 GB. */
const WHOLE = 1000;
const START = instant(Date.UTC(2026, 10, 23, 9));
/** A thousand new cases a day. */
const APART_MS = 86_400;
const WHAT_IF = { days: 90, most: 1000 };
const ALICE = { kind: 'person', id: personId('alice'), name: 'Alice Anderson' } as const;

interface Question {
  readonly name: string;
  ask(engine: Engine): Promise<unknown>;
}

const QUESTIONS: readonly Question[] = [
  { name: 'the evening’s account of 1,000 cases', ask: (engine) => drawEvening(engine, eveningOf(engine.clock.now())) },
  {
    name: 'what-if over 1,000 cases',
    ask: (engine) =>
      whatIf(engine.store, { ...WHAT_IF, now: engine.desk(), draft: engine.desk(), at: engine.clock.now() }),
  },
  { name: 'handling times of the newest 500', ask: (engine) => createHandling()(engine) },
];

const eveningOf = (at: Instant): Posting => ({
  id: 'bench',
  kind: 'post',
  case: null,
  to: { kind: 'channel', platform: 'slack', channel: 'C0LEADS', thread: null },
  drawing: { view: 'evening', args: { from: later(at, -DAY_MS), until: at } },
  urgency: 2,
  attempt: 1,
  sends: 0,
  posted: null,
  wanted: 1,
  ambiguous: false,
  looked: 0,
  createdAt: at,
});

export async function historyRows(
  { name, ground }: Grounds,
  { counts, rounds }: HistorySizes,
): Promise<readonly Row[]> {
  const full: Full[] = [];
  try {
    for (const count of counts) full.push(await fullOf(ground(`past${count}`), count));
    const rows: Row[] = [];
    for (const { name: asked, ask } of QUESTIONS) {
      const works = full.map(({ engine }) => async () => {
        if ((await ask(engine)) === null) throw new Error(`${asked}: there was nothing to tell`);
      });
      const spent = await inTurns(rounds, works);
      const measured = spent.map((one, at) => ({
        size: `${(counts[at] ?? 0).toLocaleString('en')} in the journal`,
        value: one.ms,
        how: `median of ${rounds}; ${cpuWords(one)}`,
      }));
      rows.push(...besideFirst({ what: `${asked} on ${name}`, unit: 'ms' }, measured));
    }
    return rows;
  } finally {
    for (const one of full) await one.engine.store.close();
  }
}

interface Full {
  readonly engine: Engine;
}

async function fullOf({ url, copier }: Ground, count: number): Promise<Full> {
  const store = await openStore(url);
  const clock = { at: START as Instant };
  const engine = engineOn(store, clock);
  const id = await opened(engine, { priority: 'P2' });
  await lived(engine, clock, id);
  clock.at = later(clock.at, HOUR_MS);
  await copier.fill([
    { of: id, count: WHOLE - 1, tables: ['journal'], apartMs: APART_MS },
    ...(count > WHOLE ? [{ ...BRIEF, of: id, count: count - WHOLE }] : []),
  ]);
  return { engine };
}

const BRIEF = { tables: ['journal'], types: ['CaseOpened', 'CaseResolved'], apartMs: APART_MS } as const;

/** Taken, answered and resolved, each two hours after the other. */
async function lived(engine: Engine, clock: { at: Instant }, id: CaseId): Promise<void> {
  const acts: readonly Command[] = [
    { kind: 'TakeCase', takeOver: true, seen: null },
    { kind: 'ReplyToReporter', text: 'We are on it' },
    { kind: 'ResolveCase', how: 'Restarted', seen: null },
  ];
  for (const command of acts) {
    clock.at = later(clock.at, 2 * HOUR_MS);
    const outcome = await perform(engine, { command, case: id, by: ALICE, cause: { what: 'bench', keys: [] } });
    if (outcome.kind !== 'committed') throw new Error(`${command.kind} was not committed`);
  }
}
