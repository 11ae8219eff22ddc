import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What is spawned runs from dist/: built from the sources as they are. */
export const build = (): void =>
  void execFileSync(process.execPath, [join(ROOT, 'build.mjs')], { stdio: ['ignore', 'ignore', 'pipe'] });

export const folder = (): string => mkdtempSync(join(tmpdir(), 'baton-cli-'));

type Env = Readonly<Record<string, string>>;

/** Runs a program to its end in a folder, with these settings and nothing of the environment that the tests run in. */
export function run(
  file: string,
  words: readonly string[],
  how: { readonly cwd: string; readonly env?: Env },
): Promise<Ran> {
  const env = { PATH: process.env['PATH'] ?? '', ...how.env };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(ROOT, file), ...words],
      { cwd: how.cwd, env, timeout: 60_000 },
      (error, out, err) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });
}

export const baton = (words: readonly string[], how: { readonly cwd: string; readonly env?: Env }): Promise<Ran> =>
  run('bin/baton.cjs', words, how);
