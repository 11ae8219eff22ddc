/**
 * `npm run bench [-- --quick]`: how fast Baton is, beside something that can be had on the same machine in the same run.
 * Prints a table and writes bench.json. Stages run one after the other; what is compared within one takes turns.
 */
import { writeFileSync } from 'node:fs';
import { commandRows } from './commands';
import { rounded } from './numbers';
import { reactionRows } from './reactions';
import { machine, type Row, type Skipped, tableOf } from './report';
import { startRows } from './starts';
import { postgresTickRows, sqliteTickRows, type TickSizes } from './ticks';

const FULL = { rounds: 9, changes: 2000, pairs: 120, starts: 5, many: 1_000_000, ticks: 8 };
const QUICK = { rounds: 3, changes: 2000, pairs: 100, starts: 2, many: 100_000, ticks: 5 };

type Stage = readonly [name: string, measure: () => Promise<readonly Row[] | Skipped>];

function stages(sizes: typeof FULL): readonly Stage[] {
  const ticks: TickSizes = { few: 1000, many: sizes.many, due: 100, rounds: sizes.ticks };
  return [
    ['start-up', () => startRows(sizes.starts)],
    ['commands and memory', () => commandRows({ rounds: sizes.rounds, changes: sizes.changes })],
    ['reactions', () => reactionRows(sizes.pairs)],
    ['ticks on SQLite', () => sqliteTickRows(ticks)],
    ['ticks on PostgreSQL', () => postgresTickRows(ticks, process.env['TEST_POSTGRES_URL'])],
  ];
}

const isSkipped = (measured: readonly Row[] | Skipped): measured is Skipped => 'why' in measured;

async function main(words: readonly string[]): Promise<void> {
  const unknown = words.find((word) => word !== '--quick');
  if (unknown !== undefined) throw new Error(`"${unknown}" is not known; the one option is --quick.`);
  const isQuick = words.includes('--quick');
  const startedAt = performance.now();
  const at = new Date().toISOString();
  const before = machine();
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  for (const [name, measure] of stages(isQuick ? QUICK : FULL)) {
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
