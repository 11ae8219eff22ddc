// The import rules of .dependency-cruiser.cjs, each broken one with its sentence.
// node scripts/imports.mjs [folder...]: exit code 1 on a broken rule, or when too few modules were seen: a cruiser that
// cannot read the sources finds nothing wrong with them.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const config = join(root, '.dependency-cruiser.cjs');
const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const atLeast = Number(process.env.IMPORTS_MODULES_MIN ?? 50);

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['src', 'adapters', 'drizzle'];
const run = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', ...folders], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
});
if (run.stdout === '') {
  console.error(run.stderr.trim() || 'dependency-cruiser said nothing.');
  process.exit(1);
}

const { modules, summary } = JSON.parse(run.stdout);
const own = modules.filter((module) => /^(src|adapters|drizzle)\//.test(module.source)).length;
const sentences = new Map(summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
for (const { from, to, rule } of summary.violations) {
  console.error(`${from} imports ${to}\n    ${rule.name}: ${sentences.get(rule.name)}`);
}
const tooFew = own < atLeast;
if (tooFew)
  console.error(`Only ${own} modules were read where at least ${atLeast} were expected; the rules prove nothing.`);
console.log(`import rules: ${own} modules, ${summary.violations.length} broken`);
process.exit(tooFew || summary.violations.length > 0 ? 1 : 0);
