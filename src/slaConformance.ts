import { readFileSync } from 'node:fs';
import { parseVectors, problemsOf } from './slaVectors';

/** Runs a file of SLA vectors through the clocks that serve live cases. Exit code: 0 all agree, 1 some differ, 2 no such file or not the form. */
function main(path: string | undefined): number {
  if (path === undefined) return refuse('name a file of SLA vectors: npm run sla:conformance -- FILE');
  const text = readText(path);
  if (text === null) return refuse(`cannot read ${path}: check the path`);
  const vectors = parseVectors(text);
  if (typeof vectors === 'string') return refuse(`${path} is not a file of SLA vectors: ${vectors}`);
  let differ = 0;
  for (const vector of vectors) {
    const found = problemsOf(vector);
    if (found.length === 0) continue;
    differ += 1;
    process.stdout.write(`${vector.id}: ${found.join('; ')}\n`);
  }
  process.stdout.write(`${vectors.length - differ} agree, ${differ} differ\n`);
  return differ === 0 ? 0 : 1;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

process.exitCode = main(process.argv[2]);
