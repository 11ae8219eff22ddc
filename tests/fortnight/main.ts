/** `npm run fortnight -- --seeds N`: many seeds one after the other, from `--from` on. `--seed S`: that one, twice; `--log` writes out what happened. */
import { parseArgs } from 'node:util';
import { fortnight, type Setting, type Told } from './fortnight';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string', default: '14' },
    cases: { type: 'string', default: '400' },
    log: { type: 'boolean', default: false },
  },
});

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
const setting = (seed: number): Setting => ({
  seed,
  days: Number(values.days),
  cases: Number(values.cases),
  ...(values.log && { watch: (line: string): void => void process.stderr.write(line) }),
});

async function run(seed: number): Promise<Told> {
  const { user, system } = process.cpuUsage();
  const told = await fortnight(setting(seed));
  const spent = process.cpuUsage();
  const { cases, spread, asleepMin, proposals, proposalMaxMin, attempts, attemptMaxS, nobodyMin, wordsOffShift } =
    told.figures;
  tell(
    `seed ${seed}: ${told.violations.length} violations, ${cases} cases, spread ${spread}, off shift at most ${asleepMin} min, ` +
      `${proposals} proposals (the longest ${proposalMaxMin} min), ${attempts} attempts (the slowest ${attemptMaxS} s), nobody there ${nobodyMin} min, ` +
      `${wordsOffShift} words off shift, ${((spent.user + spent.system - user - system) / 1e6).toFixed(1)} s CPU, ${told.hash.slice(0, 12)}`,
  );
  for (const violation of told.violations.slice(0, values.log ? 500 : 10)) tell(`  seed ${seed}, ${violation}`);
  return told;
}

async function main(): Promise<number> {
  if (values.seed !== undefined) {
    const [first, second] = [await run(Number(values.seed)), await run(Number(values.seed))];
    const same = first.hash === second.hash;
    tell(same ? 'Both runs were the same.' : 'THE TWO RUNS DIFFER.');
    return same && first.violations.length === 0 ? 0 : 1;
  }
  const failed: number[] = [];
  for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed += 1)
    if ((await run(seed)).violations.length > 0) failed.push(seed);
  tell(`${values.seeds} seeds, ${failed.length} with violations${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`);
  return failed.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
