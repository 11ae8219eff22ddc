/** The product as a process of its own, started and killed again and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..').replace(/[\\/]dist$/, '');
const READY_WITHIN_MS = 60_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface Baton {
  readonly child: ChildProcess;
  /** Resolves when the process has ended, however. */
  readonly gone: Promise<void>;
}

/** Resolves when it answers, keeping up or not; `failpoint` as tests/kill/failpoints.ts reads it. */
export async function startBaton(env: NodeJS.ProcessEnv, failpoint: string | null): Promise<Baton> {
  const main = join(ROOT, 'dist', 'src', 'main.js');
  const preload = failpoint === null ? [] : ['--require', join(ROOT, 'dist', 'tests', 'kill', 'failpoints.js')];
  const given = failpoint === null ? env : { ...env, FAILPOINT: failpoint };
  const child = spawn(process.execPath, [...preload, main], {
    env: given,
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: ROOT,
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const gone = once(child, 'exit').then(() => undefined);
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`http://127.0.0.1:${env['PORT']}/healthz`).catch(() => null);
    if (answer?.status === 200) return { child, gone };
    // Not slept for but asked again: a process that starts tells nobody.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // A failpoint may be reached before anybody could ask.
  if (child.signalCode === 'SIGKILL') return { child, gone };
  child.kill('SIGKILL');
  throw new Error(`Baton did not get ready: ${said}`);
}
