/** Posting to many channels, one of which Slack asks to slow down: how fast, and what the others notice of it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { median, quantile } from './numbers';
import type { Posted, PosterTask, Posts } from './poster';
import { compared, type Row } from './report';
import { openWorkspace, type Workspace } from './workspace';

const CHANNELS = Array.from({ length: 50 }, (_, at) => `C0BENCH${String(at).padStart(2, '0')}`);
const SLOW = 'C0BENCH00';
/** Two to each channel: within the bursts at which Slack's own pace allows them at once. */
const POSTS: Posts = { channels: CHANNELS, each: 2, unmeasured: SLOW };
const MEASURED = (CHANNELS.length - 1) * POSTS.each;
const RETRY_AFTER_S = 2;

interface Poster {
  ask(task: PosterTask): Promise<Posted>;
  stop(): void;
}

async function startPoster(workspace: Workspace, env: Readonly<Record<string, string>> = {}): Promise<Poster> {
  const child: ChildProcess = fork(join(__dirname, 'poster.js'), {
    env: { PATH: process.env['PATH'] ?? '', ...workspace.settings, ...env },
  });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a poster ended with ${code}`)));
  ended.catch(() => undefined);
  const said = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0];
  await said();
  return {
    ask(task) {
      const answer = said();
      child.send(task);
      return answer as Promise<Posted>;
    },
    stop: () => child.disconnect(),
  };
}

export async function deliveryRows(rounds: number): Promise<readonly Row[]> {
  const workspace = await openWorkspace(CHANNELS);
  const baton = await startPoster(workspace);
  const message = JSON.stringify(cardIn(workspace));
  const bare = await startPoster(workspace, { POSTER_MESSAGE: message });
  const retrying = await startPoster(workspace, { POSTER_MESSAGE: message, POSTER_RETRIES: '1' });
  try {
    const calm: Posted[] = [];
    const slowed: Posted[] = [];
    const theirs: Posted[] = [];
    const stalled: Posted[] = [];
    // The first round warms all of them up.
    for (let round = 0; round <= rounds; round += 1) {
      const measured = [
        await posted(workspace, baton, false),
        await posted(workspace, bare, false),
        await posted(workspace, baton, true),
        await posted(workspace, retrying, true),
      ] as const;
      if (round === 0) continue;
      for (const [at, list] of [calm, theirs, slowed, stalled].entries()) list.push(measured[at] as Posted);
    }
    return rowsOf({ calm, slowed, theirs, stalled }, rounds);
  } finally {
    for (const one of [baton, bare, retrying]) one.stop();
    await workspace.stop();
  }
}

async function posted({ world }: Workspace, poster: Poster, slow: boolean): Promise<Posted> {
  if (slow) world.fault({ method: 'chat.postMessage', where: { channel: SLOW }, retryAfter: RETRY_AFTER_S });
  const answer = await poster.ask({ post: POSTS });
  if (answer.afterMs.length !== MEASURED) throw new Error(`${answer.afterMs.length} messages arrived, not ${MEASURED}`);
  await poster.ask({ calm: true });
  return answer;
}

/** What Baton posted of its own case in the triage channel, for the others to post. */
function cardIn({ world }: Workspace): object {
  const call = world.calls.find((one) => one.kind === 'call' && one.method === 'chat.postMessage');
  if (call?.kind !== 'call') throw new Error('Baton posted no card');
  const { channel: _channel, thread_ts: _thread, metadata: _metadata, ...message } = call.args;
  return message;
}

type Measured = Readonly<Record<'calm' | 'slowed' | 'theirs' | 'stalled', readonly Posted[]>>;

function rowsOf({ calm, slowed, theirs, stalled }: Measured, rounds: number): readonly Row[] {
  const lasts = (all: readonly Posted[]): number => median(all.map(({ afterMs }) => Math.max(...afterMs)));
  const middles = (all: readonly Posted[]): number => median(all.map(({ afterMs }) => quantile(afterMs, 0.5)));
  const perSecond = (all: readonly Posted[]): number => (MEASURED * 1000) / lasts(all);
  const cpu = (all: readonly Posted[]): number => median(all.map(({ cpuMs }) => cpuMs)) / MEASURED;
  const how = `median of ${rounds} rounds of ${MEASURED} cards, at most 32 calls at once`;
  const slow = `one of ${CHANNELS.length} channels answers 429 (${RETRY_AFTER_S} s)`;
  const bare = 'bare WebClient, the same cards';
  return [
    compared(
      { what: `cards posted to ${CHANNELS.length} channels`, value: perSecond(calm), unit: '/s', how },
      { what: bare, value: perSecond(theirs) },
    ),
    compared(
      {
        what: 'CPU of the process a card posted',
        value: cpu(calm),
        unit: 'ms',
        how: 'claimed, drawn, posted, settled',
      },
      { what: bare, value: cpu(theirs) },
    ),
    compared(
      { what: `the others’ cards, ${slow}`, value: perSecond(slowed), unit: '/s', how },
      { what: 'without the 429', value: perSecond(calm) },
    ),
    compared(
      { what: `the others’ middle card, ${slow}`, value: middles(slowed), unit: 'ms', how: `${how}; from the wish on` },
      { what: 'without the 429', value: middles(calm) },
    ),
    compared(
      { what: `the others’ last card, ${slow}`, value: lasts(slowed), unit: 'ms', how: `${how}; from the wish on` },
      { what: 'bare WebClient as it comes, with its retries', value: lasts(stalled) },
    ),
  ];
}
