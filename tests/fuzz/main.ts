/** `npm run fuzz -- --payloads 100000 --seed 7`: prints what was found with seed and payload; exit code 1 when anything was. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProduct } from '../support/product';
import { fuzz, slowWords } from './fuzz';
import { record } from './recorded';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      payloads: { type: 'string', default: '10000' },
      seed: { type: 'string', default: String(Date.now() % 1e6) },
    },
  });
  const run = { payloads: Number(values.payloads), seed: Number(values.seed) };
  const database = join(mkdtempSync(join(tmpdir(), 'baton-fuzz-')), 'baton.db');
  const product = await startProduct({ DATABASE_URL: `file:${database}` });
  const recorded = await record(product);
  const began = Date.now();
  const { statuses, kinds, slowestMs, slow, findings } = await fuzz({ product, database, recorded }, run);
  const seconds = Math.round((Date.now() - began) / 1000);
  for (const finding of findings.slice(0, 20)) say(JSON.stringify({ seed: run.seed, ...finding }));
  for (const one of slow) say(`slow: ${slowWords(one)}`);
  say(
    JSON.stringify({
      ...run,
      seconds,
      kinds: kinds.size,
      statuses,
      slowestMs: Math.round(slowestMs),
      slow: slow.length,
    }),
  );
  say(`${findings.length === 0 ? 'ok' : 'FAILED'}: ${run.payloads} payloads, ${findings.length} findings`);
  await product.stop();
  process.exit(findings.length === 0 ? 0 : 1);
}

void main();
