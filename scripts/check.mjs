// Everything that CI asks of a change: types, lint with its limits of size, format, import rules, dead code, then the tests.
// node scripts/check.mjs [--static]: --static leaves the tests out. Every step runs, so that one run tells all that is wrong.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bin = (name) => join('node_modules', '.bin', name);
const types = (project) => [`types: ${project}`, bin('tsc'), '--noEmit', '-p', project];

const steps = [
  types('tsconfig.json'),
  types('src/domain/tsconfig.json'),
  types('adapters/sandbox/page/tsconfig.json'),
  types('tests/tsconfig.json'),
  ['lint and format', bin('biome'), 'ci', '--error-on-warnings', '.'],
  ['import rules', process.execPath, 'scripts/imports.mjs'],
  ['dead code', bin('knip'), '--no-progress'],
];

/** Runs one command to its end; its words are printed only when it failed. */
function run([name, command, ...args], { quiet }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: quiet ? 'pipe' : 'inherit' });
    let words = '';
    child.stdout?.on('data', (chunk) => {
      words += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      words += chunk;
    });
    child.on('error', (error) => resolve(report(name, started, false, error.message)));
    child.on('close', (code) => resolve(report(name, started, code === 0, words)));
  });
}

function report(name, started, good, words) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${good || words === '' ? '' : `\n${words.trimEnd()}`}`);
  return good;
}

const results = [];
const waiting = [...steps];
const lane = async () => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
    results.push(await run(step, { quiet: true }));
};
// Two lanes for two cores.
await Promise.all([lane(), lane()]);
if (!process.argv.includes('--static')) results.push(await run(['tests', bin('jest')], { quiet: false }));

const failed = results.filter((good) => !good).length;
console.log(failed === 0 ? 'check: all good' : `check: ${failed} of ${results.length} failed`);
process.exit(failed === 0 ? 0 : 1);
