// src, adapters and drizzle as CommonJS in dist/, file by file in the same tree, so that a stack trace and a relative path
// mean the same before and after. What is not TypeScript (migrations, manifests, the sandbox's page) is copied beside it.
// A file is written only when it changed, and by rename: a build may run while an older Baton runs from dist/.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));
const OUT = join(ROOT, 'dist');
// node build.mjs --with-tests: also bench/ and tests/, for the programs that are not part of the product.
const COMPILED = ['src', 'adapters', 'drizzle', ...(process.argv.includes('--with-tests') ? ['bench', 'tests'] : [])];
const COPIED = [...COMPILED, 'manifests'];
/** Bundled for the browser by the sandbox when it starts; it goes along as it is. */
const PAGE = 'adapters/sandbox/page/';

const started = performance.now();
const files = COPIED.flatMap((folder) => filesIn(folder));
const isSource = (file) => /\.tsx?$/.test(file) && !file.startsWith(PAGE) && !/\.(d|test)\.ts$/.test(file);
const entryPoints = files.filter((file) => isSource(file) && COMPILED.some((folder) => file.startsWith(`${folder}/`)));
const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints,
  outbase: '.',
  outdir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  sourcesContent: false,
  write: false,
  logLevel: 'warning',
});

const wanted = new Map(outputFiles.map((file) => [file.path, file.contents]));
for (const file of files.filter((name) => !isSource(name))) wanted.set(join(OUT, file), readFileSync(join(ROOT, file)));
let changed = 0;
for (const [path, contents] of wanted) changed += write(path, contents);
for (const file of COPIED.flatMap((folder) => filesIn(`dist/${folder}`))) {
  if (!wanted.has(join(ROOT, file))) rmSync(join(ROOT, file), { force: true });
}
console.error(`built ${wanted.size} files (${changed} changed) in ${Math.round(performance.now() - started)} ms`);

/** The files below `folder` as paths from the root with forward slashes. */
function filesIn(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.partial') && entry.name !== 'tsconfig.json')
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** 1 when the file had to be written, 0 when it was already so. */
function write(path, contents) {
  if (existsSync(path) && Buffer.compare(readFileSync(path), contents) === 0) return 0;
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, contents);
  renameSync(partial, path);
  return 1;
}
