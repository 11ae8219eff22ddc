/** Cases opened through the engine, each committed, beside the same rows written by prepared statements. */
import { openStore } from '../adapters/storage';
import { type Instant, instant } from '../src/domain/ids';
import { type Bare, barePostgres, bareSqlite, type CaseRows, freshCopy } from './bareRows';
import { engineOn, opened } from './engine';
import type { Ground, Grounds } from './grounds';
import { compared, type Row } from './report';
import { inTurns, type Spent } from './turns';

export interface CommitSizes {
  readonly rounds: number;
  readonly cases: number;
}

const AT_ONCE = [1, 64] as const;
const START = instant(Date.UTC(2026, 10, 23, 9));
const FIRST_NUMBER = 1_000_000;

export async function commitRows(grounds: Grounds, { rounds, cases }: CommitSizes): Promise<readonly Row[]> {
  const ours = await engineSide(grounds.ground('engine'));
  const theirs = await bareSide(grounds.ground('bare'), grounds.name, (rounds + 1) * AT_ONCE.length * cases);
  try {
    const rows: Row[] = [];
    for (const atOnce of AT_ONCE) {
      const all = (open: () => Promise<unknown>) => () => together(cases, atOnce, open);
      const [engine, bare] = (await inTurns(rounds, [all(ours.open), all(theirs.open)])) as [Spent, Spent];
      const perSecond = ({ ms }: Spent): number => (cases * 1000) / ms;
      const what = `cases opened on ${grounds.name}, ${atOnce} at once`;
      const how = `median of ${rounds} rounds of ${cases}; each committed and synced before it is answered`;
      const beside = 'the same rows by prepared statements, a transaction a case';
      rows.push(
        compared(
          { what: `${what}: a second`, value: perSecond(engine), unit: '/s', how },
          { what: beside, value: perSecond(bare) },
        ),
        compared(
          {
            what: `${what}: CPU of this process a case`,
            value: engine.cpuMs / cases,
            unit: 'ms',
            how: 'decided, announced and written down',
          },
          { what: beside, value: bare.cpuMs / cases },
        ),
      );
    }
    return rows;
  } finally {
    await ours.close();
    await theirs.close();
  }
}

/** `count` calls, `atOnce` of them under way at any time. */
async function together(count: number, atOnce: number, call: () => Promise<unknown>): Promise<void> {
  let left = count;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

interface Side {
  open(): Promise<unknown>;
  close(): Promise<void>;
}

/** As a message that Slack delivers: with its place and two names under which it may come again. */
const messageNamed = (message: string) => ({ message, keys: [`event:${message}`, `slack:C0SUPPORT:${message}`] });

async function engineSide({ url }: Ground): Promise<Side> {
  const store = await openStore(url);
  const engine = engineOn(store, { at: START as Instant });
  let count = 0;
  return {
    open() {
      count += 1;
      return opened(engine, { priority: null, ...messageNamed(`m${count}`) });
    },
    close: () => store.close(),
  };
}

/** What is written is made before, so that only the writing is measured. */
async function bareSide({ url }: Ground, name: Grounds['name'], most: number): Promise<Side> {
  const store = await openStore(url);
  const message = 'bench-message';
  const id = await opened(engineOn(store, { at: START as Instant }), { priority: null, ...messageNamed(message) });
  await store.close();
  const bare: Bare = name === 'SQLite' ? bareSqlite(url.slice('file:'.length)) : barePostgres(url);
  const original = await bare.read(id);
  const copies: CaseRows[] = Array.from({ length: most }, (_, at) =>
    freshCopy(original, [id, message], FIRST_NUMBER + at),
  );
  return {
    async open() {
      const rows = copies.pop();
      if (rows === undefined) throw new Error('there are no more rows to write');
      return bare.write(rows);
    },
    close: () => bare.close(),
  };
}
