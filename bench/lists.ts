/** What people wait for when they ask about many cases at once, with few and with very many that are long closed. */
import { openStore } from '../adapters/storage';
import { createDoors } from '../src/app/doors';
import type { Caller, Doors } from '../src/app/doors/types';
import { perform } from '../src/app/perform';
import type { Answer } from '../src/app/view';
import { type CaseId, DAY_MS, type Instant, instant, later, personId } from '../src/domain/ids';
import { engineOn, opened } from './engine';
import type { Ground, Grounds } from './grounds';
import { besideFirst, type Row } from './report';
import { cpuWords, inTurns } from './turns';

export interface ListSizes {
  /** How many cases there are, the fewest first. */
  readonly counts: readonly number[];
  readonly rounds: number;
}

/** Of them so many are open: a desk's hands do not grow with its past. */
const OPEN = 500;
const START = instant(Date.UTC(2026, 10, 23, 9));
/** A thousand new cases a day. */
const APART_MS = 86_400;
const LENA: Caller = {
  party: { kind: 'person', id: personId('lena'), name: 'Lena Lead' },
  platform: 'slack',
  place: null,
  cause: { what: 'bench', keys: [] },
};

interface Question {
  readonly name: string;
  ask(doors: Doors): Promise<unknown>;
}

const typed = (words: string): Question => ({
  name: `/case ${words}`,
  ask: async (doors) => assertSaid(await doors.line(words, LENA)),
});
const QUESTIONS: readonly Question[] = [
  typed('board'),
  { name: 'a lead’s Home', ask: (doors) => doors.home(LENA, {}) },
  typed('list open'),
  typed('list closed'),
  typed('search contoso log'),
  typed('search case-1001'),
];

function assertSaid(answer: Answer): void {
  if (answer.kind !== 'said' || JSON.stringify(answer.view).length < 500)
    throw new Error(`that is no list: ${JSON.stringify(answer)}`);
}

export async function listRows({ name, ground }: Grounds, { counts, rounds }: ListSizes): Promise<readonly Row[]> {
  const full: Full[] = [];
  try {
    for (const count of counts) full.push(await fullOf(ground(`all${count}`), count));
    const rows: Row[] = [];
    for (const { name: asked, ask } of QUESTIONS) {
      const spent = await inTurns(
        rounds,
        full.map(
          ({ doors }) =>
            () =>
              ask(doors),
        ),
      );
      const measured = spent.map((one, at) => ({
        size: `${(counts[at] ?? 0).toLocaleString('en')} cases`,
        value: one.ms,
        how: `median of ${rounds}, ${OPEN} open, drawn as people see it; ${cpuWords(one)}`,
      }));
      rows.push(...besideFirst({ what: `${asked} on ${name}`, unit: 'ms' }, measured));
    }
    return rows;
  } finally {
    for (const one of full) await one.close();
  }
}

interface Full {
  readonly doors: Doors;
  close(): Promise<void>;
}

async function fullOf({ url, copier }: Ground, count: number): Promise<Full> {
  const store = await openStore(url);
  const clock = { at: START as Instant };
  const engine = engineOn(store, clock);
  const live = await opened(engine, { priority: 'P2', message: 'open' });
  const over = await opened(engine, { priority: null, message: 'over' });
  await closed(over);
  await copier.fill([
    { of: live, count: OPEN - 1 },
    { of: over, count: count - OPEN - 1, apartMs: APART_MS, trimmed: true },
  ]);
  return { doors: createDoors(engine), close: () => store.close() };

  async function closed(id: CaseId): Promise<void> {
    const by = { kind: 'person', id: personId('alice'), name: 'Alice Anderson' } as const;
    const cause = { what: 'bench', keys: [] };
    await perform(engine, { command: { kind: 'ResolveCase', how: 'Restarted', seen: null }, case: id, by, cause });
    const before = clock.at;
    clock.at = later(before, 30 * DAY_MS);
    const outcome = await perform(engine, { command: { kind: 'WakeCase' }, case: id, by: { kind: 'system' }, cause });
    clock.at = before;
    if (outcome.kind !== 'committed' || outcome.case.status !== 'Closed') throw new Error('the case did not close');
  }
}
