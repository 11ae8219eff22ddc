/** How much of a desk's life the simulation gets through, with three processes and all that goes wrong with them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from './numbers';
import { compared, type Row } from './report';

/** bench runs from dist/bench, beside the tests' programs. */
const PROGRAM = join(__dirname, '..', 'tests', 'simulation', 'main.js');
const DAYS = 30;
const CASES = 200;
/** A minute on the wall is so many days. */
const WALL = 1 / (24 * 60);

/** Rejects when a seed breaks a rule: the program then ends with 1. */
export async function simulatedRows(seeds: number): Promise<readonly Row[]> {
  const sizes = ['--seeds', String(seeds), '--days', String(DAYS), '--cases', String(CASES)];
  const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', PROGRAM, ...sizes]);
  const cpuSeconds = [...stdout.matchAll(/([\d.]+) s CPU/g)].map(([, seconds]) => Number(seconds));
  if (cpuSeconds.length !== seeds) throw new Error(`${seeds} seeds told of ${cpuSeconds.length} times:\n${stdout}`);
  return [
    compared(
      {
        what: 'simulated days a minute of CPU',
        value: (DAYS * 60) / median(cpuSeconds),
        unit: 'days',
        how: `median of seeds 1 to ${seeds}; ${CASES} cases, three processes, SQLite in memory, every check`,
      },
      { what: 'the wall’s clock', value: WALL },
    ),
  ];
}
