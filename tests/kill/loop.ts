/** Start, load, kill -9, and again; in the end everything that was acknowledged must have had its effect, once. */
import type { SlackWorld } from '../../adapters/sandbox/slack';
import { openStore } from '../../adapters/storage';
import { type Baton, freePort, startBaton } from './baton';
import { FAILPOINTS, type Failpoint } from './failpoints';
import { judge, quiet, type Verdict } from './judge';
import { envOf, openSlack } from './slackAt';
import { createTraffic, type Traffic } from './traffic';

const ACTS_PER_SECOND = 50;
/** A failpoint that is not reached by then is given up, and the process is killed where it is. */
const FAILPOINT_WITHIN_MS = 2500;
/** Slack takes a message a second and channel, so that sends come by less often than commits and acknowledgements do. */
const HITS_MAX = { sends: 5, others: 20 } as const;

interface Wanted {
  readonly kills: number;
  readonly databaseUrl: string;
  /** A number below 1, in a fixed order for a fixed seed. */
  readonly random: () => number;
  /** No further round is begun after so many milliseconds. */
  readonly withinMs?: number;
  readonly told?: (round: number, where: string) => void;
}

export interface Killed extends Verdict {
  readonly kills: number;
  readonly acts: number;
  /** How often each failpoint ended the process; `random` is anywhere. */
  readonly where: Readonly<Record<string, number>>;
  /** From the start of a process to its first answer: the slowest, in milliseconds. */
  readonly slowestStartMs: number;
}

export async function killLoop({
  kills,
  databaseUrl,
  random,
  withinMs = Number.POSITIVE_INFINITY,
  told,
}: Wanted): Promise<Killed> {
  const slack = await openSlack();
  const port = await freePort();
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  const env = { ...envOf(slack.apiUrl, databaseUrl), PORT: String(port) };
  const traffic = createTraffic(slack);
  const where: Record<string, number> = {};
  let slowestStartMs = 0;
  let round = 0;
  let last: Baton | null = null;
  const endAt = performance.now() + withinMs;
  try {
    for (; round < kills && performance.now() < endAt; round += 1) {
      const point = round % 2 === 0 ? null : (FAILPOINTS[(round >> 1) % FAILPOINTS.length] ?? null);
      const began = performance.now();
      const baton = await startBaton(env, point === null ? null : `${point}:${hitOf(point, random)}`);
      last = baton;
      slowestStartMs = Math.max(slowestStartMs, performance.now() - began);
      traffic.catchUp();
      const rest = traffic.run(ACTS_PER_SECOND);
      const killAfterMs = point === null ? 5 + random() * 495 : FAILPOINT_WITHIN_MS;
      let name = point ?? 'random';
      const timer = setTimeout(() => {
        if (point !== null) name = 'random';
        baton.child.kill('SIGKILL');
      }, killAfterMs);
      await baton.gone;
      clearTimeout(timer);
      rest();
      where[name] = (where[name] ?? 0) + 1;
      told?.(round + 1, name);
    }
    const verdict = await settled(env, slack, traffic);
    return { kills: round, acts: traffic.acts(), where, slowestStartMs: Math.round(slowestStartMs), ...verdict };
  } finally {
    last?.child.kill('SIGKILL');
    await slack.stop();
  }
}

const hitOf = (point: Failpoint, random: () => number): number =>
  1 + Math.floor(random() * (point.endsWith('send') || point === 'while_sending' ? HITS_MAX.sends : HITS_MAX.others));

/** One that nobody kills makes good what is left; then it is asked to stop, and everything is looked at. */
async function settled(env: Readonly<Record<string, string>>, slack: SlackWorld, traffic: Traffic): Promise<Verdict> {
  const baton = await startBaton(env, null);
  const store = await openStore(String(env['DATABASE_URL']));
  try {
    await quiet(store, slack, traffic);
    baton.child.kill('SIGTERM');
    await baton.gone;
    return await judge(store, slack, traffic);
  } finally {
    baton.child.kill('SIGKILL');
    await store.close();
  }
}
