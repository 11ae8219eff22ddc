import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Each file of a small product that breaks a rule on purpose, and the rule that has to notice. */
const BAD: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/domain/clock.ts', `import { readFileSync } from 'node:fs';\nexport const at = readFileSync;`, 'domain-is-pure'],
  ['src/domain/checked.ts', `import { z } from 'zod';\nexport const text = z.string();`, 'domain-is-pure'],
  ['src/domain/typed.ts', `import type { Ports } from '../app/ports';\nexport type P = Ports;`, 'domain-is-pure'],
  [
    'src/domain/when.ts',
    `import { DateTime as Temporal } from 'luxon';\nexport const T = Temporal;`,
    'zones-in-one-place',
  ],
  ['src/inputs/words.ts', `import type { App } from '@slack/bolt';\nexport type A = App;`, 'inputs-read-words'],
  [
    'src/app/dates.ts',
    `import { parse } from 'chrono-node/en';\nexport const p = parse;`,
    'dates-in-words-in-one-place',
  ],
  ['src/app/reads.ts', `import { readFile } from 'node:fs';\nexport const r = readFile;`, 'app-speaks-through-ports'],
  ['src/app/logs.ts', `import type { Log } from '../log';\nexport type L = Log;`, 'nothing-imports-main'],
  [
    'src/app/draws.ts',
    `import type { C } from '../../adapters/slack/cards';\nexport type D = C;`,
    'src-knows-no-vendor',
  ],
  ['src/inputs/set.ts', `import type { V } from '../config/values';\nexport type W = V;`, 'nothing-imports-main'],
  ['src/tool.ts', `import './main';`, 'main-is-the-way-in'],
  ['adapters/slack/peeks.ts', `import type { S } from '../teams/surface';\nexport type T = S;`, 'adapters-do-not-meet'],
  ['adapters/slack/asks.ts', `import { sql } from 'drizzle-orm';\nexport const s = sql;`, 'database-in-storage'],
  [
    'adapters/slack/lifts.ts',
    `import type { T } from '../../drizzle/tables';\nexport type U = T;`,
    'database-in-storage',
  ],
  [
    'adapters/sandbox/cheats.ts',
    `import type { C } from '../../src/domain/fine';\nexport type D = C;`,
    'sandbox-is-outside',
  ],
  ['adapters/sandbox/fakes.ts', `import { App } from '@slack/bolt';\nexport const A = App;`, 'sandbox-is-not-the-sdk'],
  [
    'adapters/slack/teamsToo.ts',
    `import type { Activity } from 'botbuilder';\nexport type A = Activity;`,
    'teams-in-its-adapter',
  ],
  [
    'adapters/teams/slackToo.ts',
    `import type { App } from '@slack/bolt';\nexport type A = App;`,
    'slack-in-its-adapter',
  ],
  ['drizzle/rules.ts', `import type { C } from '../src/domain/fine';\nexport type D = C;`, 'tables-know-no-rules'],
  [
    'adapters/slack/tested.ts',
    `import { help } from '../../tests/help';\nexport const h = help;`,
    'product-needs-no-test',
  ],
  ['adapters/slack/dev.ts', `import { cruise } from 'jest';\nexport const c = cruise;`, 'installed-with-the-product'],
  ['adapters/slack/lost.ts', `import './nowhere';`, 'resolves'],
  ['src/domain/one.ts', `import { two } from './two';\nexport const one = () => two;`, 'no-circle'],
];

const FINE: readonly (readonly [file: string, source: string])[] = [
  ['src/main.ts', `import { fine } from './domain/fine';\nimport '../adapters/slack/cards';\nexport const m = fine;`],
  ['src/config/values.ts', `import { z } from 'zod';\nexport type V = typeof z;`],
  ['src/settings.ts', `export type { V } from './config/values';`],
  ['src/log.ts', 'export type Log = string;'],
  ['src/domain/fine.ts', `import { fine2 } from './sla/zone';\nexport const fine = fine2;\nexport type C = 1;`],
  ['src/domain/sla/zone.ts', `import { DateTime as Temporal } from 'luxon';\nexport const fine2 = Temporal;`],
  ['src/domain/two.ts', `import { one } from './one';\nexport const two = () => one;`],
  ['src/app/ports.ts', `import type { C } from '../domain/fine';\nexport type Ports = C;`],
  [
    'src/inputs/fine.ts',
    `import { z } from 'zod';\nimport { closest } from 'fastest-levenshtein';\nexport const f = [z, closest];`,
  ],
  [
    'adapters/slack/cards.ts',
    `import { App } from '@slack/bolt';\nimport type { C } from '../../src/domain/fine';\nexport type D = C;\nexport const a = App;`,
  ],
  ['adapters/teams/surface.ts', `import type { Activity } from 'botbuilder';\nexport type S = Activity;`],
  [
    'adapters/storage/sqlite.ts',
    `import Database from 'better-sqlite3';\nimport type { T } from '../../drizzle/tables';\nexport const d: T = Database;`,
  ],
  ['adapters/sandbox/shapes.ts', `import type { KnownBlock } from '@slack/types';\nexport type B = KnownBlock;`],
  ['drizzle/tables.ts', `import { sql } from 'drizzle-orm';\nexport type T = typeof sql;`],
  ['tests/help.ts', 'export const help = 1;'],
];

describe('the import rules', () => {
  let product: string;
  let output: string;
  let exitCode: number | null;

  const check = (modulesMin: number): void => {
    const run = spawnSync(process.execPath, [join(ROOT, 'scripts/imports.mjs')], {
      cwd: product,
      encoding: 'utf8',
      env: { ...process.env, IMPORTS_MODULES_MIN: String(modulesMin) },
    });
    output = run.stdout + run.stderr;
    exitCode = run.status;
  };

  beforeAll(() => {
    product = mkdtempSync(join(tmpdir(), 'baton-imports-'));
    for (const [file, source] of [...FINE, ...BAD]) {
      mkdirSync(dirname(join(product, file)), { recursive: true });
      writeFileSync(join(product, file), source);
    }
    for (const file of ['package.json', 'tsconfig.json', 'node_modules'])
      symlinkSync(join(ROOT, file), join(product, file));
    check(1);
  });
  afterAll(() => rmSync(product, { recursive: true, force: true }));

  it.each(BAD)('%s is told off', (file, _source, rule) => {
    const lines = output.split('\n');
    const told = lines.filter((line, at) => line.startsWith(`${file} imports`) && lines[at + 1]?.includes(`${rule}: `));
    expect(told).not.toEqual([]);
    expect(exitCode).toBe(1);
  });

  it.each(FINE)('%s is left in peace', (file) => {
    const told = output.split('\n').filter((line) => line.startsWith(`${file} imports`));
    expect(told).toEqual([]);
  });

  it('are not believed when too few modules were read', () => {
    check(FINE.length + BAD.length + 1);
    expect(output).toContain('the rules prove nothing');
    expect(exitCode).toBe(1);
  });
});
