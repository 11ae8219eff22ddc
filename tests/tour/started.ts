/** `npm start` as a newcomer's machine runs it: a process of its own, and nothing configured. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const START_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;

export interface Started {
  readonly url: string;
  /** What the process has written so far, both ways. */
  written(): string;
  /** Asks it to stop, and says how it ended; a signal means that it had to be killed. */
  stop(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** What is started runs from dist/: built from the sources as they are. */
export const build = (): void =>
  void execFileSync(process.execPath, [join(ROOT, 'build.mjs')], { stdio: ['ignore', 'ignore', 'pipe'] });

/** Starts the built product on a free port with these settings and nothing of the environment that the tests run in. */
export async function startProcess(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/src/main.js')], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const keep = (chunk: Buffer): void => {
    words += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = await addressOf(child, () => words);
  return { url, written: () => words, stop: () => stopped(child) };
}

function addressOf(child: ChildProcess, words: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not open within 30 s:\n${words()}`)), START_WITHIN_MS);
    const look = (): void => {
      const url = /sandbox is open: (http:\S+)/.exec(words())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url.replace(/\/$/, ''));
    };
    child.stderr?.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${code} instead of opening:\n${words()}`));
    });
  });
}

async function stopped(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  if (child.exitCode === null) child.kill('SIGTERM');
  const [code, signal] =
    child.exitCode === null ? ((await ended) as [number | null, string | null]) : [child.exitCode, null];
  clearTimeout(timer);
  return { code, signal };
}
