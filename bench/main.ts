/**
 * `npm run bench [-- --quick] [STAGE …]`: how fast Baton is, beside something that can be had on the same machine in the same run.
 * Prints a table and writes bench.json. Stages run one after the other; what is compared within one takes turns.
 */
import { writeFileSync } from 'node:fs';
import { clockRows } from './clocks';
import { commandRows } from './commands';
import { commitRows } from './commits';
import { deliveryRows } from './deliveries';
import { type OnGrounds, onPostgres, onSqlite } from './grounds';
import { historyRows } from './history';
import { listRows } from './lists';
import { memoryRows } from './memory';
import { rounded } from './numbers';
import { queueRows } from './queue';
import { reactionRows } from './reactions';
import { machine, type Row, type Skipped, tableOf } from './report';
import { simulatedRows } from './simulated';
import { startRows } from './starts';
import { teamsRows } from './teams';
import { tickRows } from './ticks';

const FULL = {
  rounds: 9,
  changes: 2000,
  pairs: 40,
  starts: 5,
  counts: [1000, 100_000, 1_000_000],
  cases: 640,
  events: [10_000, 100_000],
  seeds: 5,
};
const QUICK = {
  rounds: 3,
  changes: 2000,
  pairs: 15,
  starts: 2,
  counts: [1000, 100_000],
  cases: 320,
  events: [5000, 10_000],
  seeds: 1,
};

type Stage = readonly [name: string, measure: () => Promise<readonly Row[] | Skipped>];

function stages(sizes: typeof FULL): readonly Stage[] {
  const { rounds, counts, cases } = sizes;
  const onBoth = (name: string, measure: OnGrounds<readonly Row[]>): readonly Stage[] => [
    [`${name} on SQLite`, () => onSqlite(measure)],
    [`${name} on PostgreSQL`, () => onPostgres(`${name} on PostgreSQL`, measure)],
  ];
  return [
    ['clocks', async () => clockRows({ rounds: sizes.rounds })],
    ['start-up', () => startRows(sizes.starts)],
    ['commands and memory', () => commandRows({ rounds: sizes.rounds, changes: sizes.changes })],
    ['teams', () => teamsRows(rounds)],
    ['reactions', () => reactionRows(sizes.pairs)],
    ['events and memory', () => memoryRows(sizes.events)],
    ['simulation', () => simulatedRows(sizes.seeds)],
    ['deliveries', () => deliveryRows(rounds)],
    ...onBoth('commits', (grounds) => commitRows(grounds, { rounds, cases })),
    ...onBoth('queue', (grounds) => queueRows(grounds, { counts, due: 100, rounds, waiting: 10_000 })),
    ...onBoth('lists', (grounds) => listRows(grounds, { counts, rounds: Math.min(rounds, 5) })),
    ...onBoth('history', (grounds) => historyRows(grounds, { counts, rounds: Math.min(rounds, 5) })),
    ...onBoth('ticks', (grounds) => tickRows(grounds, { counts, due: 100, rounds: Math.min(rounds, 8) })),
  ];
}

/** The stages whose name holds one of the words; all of them when no word is given. Throws on a word that names none. */
function chosenOf(all: readonly Stage[], words: readonly string[]): readonly Stage[] {
  const unknown = words.find((word) => !all.some(([name]) => name.includes(word)));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is no stage; there are: ${all.map(([name]) => name).join(', ')}, and --quick.`);
  return words.length === 0 ? all : all.filter(([name]) => words.some((word) => name.includes(word)));
}

const isSkipped = (measured: readonly Row[] | Skipped): measured is Skipped => 'why' in measured;

async function main(words: readonly string[]): Promise<void> {
  const isQuick = words.includes('--quick');
  const chosen = chosenOf(
    stages(isQuick ? QUICK : FULL),
    words.filter((word) => word !== '--quick'),
  );
  const startedAt = performance.now();
  const at = new Date().toISOString();
  const before = machine();
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  for (const [name, measure] of chosen) {
    const stageAt = performance.now();
    const measured = await measure();
    if (isSkipped(measured)) skipped.push(measured);
    else rows.push(...measured);
    process.stderr.write(`${name}: ${((performance.now() - stageAt) / 1000).toFixed(1)} s\n`);
  }
  const seconds = rounded((performance.now() - startedAt) / 1000);
  const after = machine();
  const lines = [
    `Baton on ${before.cores} cores (${before.cpu}), ${before.memoryGb} GB, Node ${before.node}, ${before.platform}`,
    `load before ${before.load}, after ${after.load}; ${isQuick ? 'quick, ' : ''}${seconds} s`,
    '',
    tableOf(rows),
    ...skipped.map(({ what, why }) => `not measured: ${what} (${why})`),
  ];
  console.log(lines.join('\n'));
  const figures = { at, quick: isQuick, seconds, machine: { ...before, loadAfter: after.load }, rows, skipped };
  writeFileSync('bench.json', `${JSON.stringify(figures, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
