/**
 * `npm run sim -- --seeds N`: many seeds one after the other, from `--from` on. `--seed S`: that one, twice. `--log` writes
 * out what happened. `--days`, `--cases` and `--nodes` say how large; `--pg postgres://…` runs on a schema of that database.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { withOwnSchema } from './ownSchema';
import { type Setting, simulate, type Told } from './simulate';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string', default: '30' },
    cases: { type: 'string', default: '200' },
    nodes: { type: 'string', default: '3' },
    pg: { type: 'string' },
    log: { type: 'boolean', default: false },
  },
});

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const setting = (seed: number): Setting => ({
  seed,
  days: Number(values.days),
  cases: Number(values.cases),
  nodes: Number(values.nodes),
  ...(values.log && { watch: (line: string): void => void process.stderr.write(line) }),
});

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

async function run(seed: number): Promise<Told> {
  const began = process.cpuUsage();
  const { pg } = values;
  const told =
    pg === undefined
      ? await simulate(setting(seed))
      : await withOwnSchema(pg, (databaseUrl) => simulate({ ...setting(seed), databaseUrl }));
  const { user, system } = process.cpuUsage(began);
  const counts = Object.entries(told.counts).map(([name, count]) => `${count} ${name}`);
  tell(
    `seed ${seed}: ${told.violations.length} violations, ${told.steps} steps, ${counts.join(', ')}, ${((user + system) / 1e6).toFixed(2)} s CPU, ${told.hash.slice(0, 16)}`,
  );
  if (values.log) tell(`  ${JSON.stringify(told.troubles)}`);
  for (const violation of told.violations.slice(0, 10)) tell(`  seed ${seed}, commit ${commit()}, ${violation}`);
  return told;
}

async function main(): Promise<number> {
  if (values.seed !== undefined) {
    const seed = Number(values.seed);
    const first = await run(seed);
    const second = await run(seed);
    tell(first.hash === second.hash ? 'Both runs were the same.' : 'THE TWO RUNS DIFFER.');
    return first.hash === second.hash && first.violations.length === 0 ? 0 : 1;
  }
  const failed: number[] = [];
  for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed += 1) {
    if ((await run(seed)).violations.length > 0) failed.push(seed);
  }
  tell(
    `${values.seeds} seeds of ${values.days} days, ${failed.length} with violations${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
  );
  return failed.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
