/** From a reaction on a case card to the card that shows it, through the emulated Slack. */
import { setTimeout as wait } from 'node:timers/promises';
import { quantile } from './numbers';
import { startBareBolt, startBaton } from './processes';
import { compared, type Row } from './report';
import { openedCase, openWorkspace, until, type Workspace } from './workspace';

/** Slack lets a message change every 1.5 s or so; what is measured is the way there, not the wait for that. */
const PACE_MS = 1500;

interface Card {
  readonly workspace: Workspace;
  readonly ts: string;
}

/** `pairs`: a reaction and its removal each, on each side; the two sides take turns. */
export async function reactionRows(pairs: number): Promise<readonly Row[]> {
  const [workspace, other] = [await openWorkspace(), await openWorkspace()];
  const baton = await startBaton(workspace.settings);
  const bare = await startBareBolt(other.settings);
  try {
    workspace.connect(baton.url);
    other.connect(bare.url);
    const { ts } = await openedCase(workspace.world, 'Bench case.');
    await baton.drained();
    const card = { workspace, ts };
    const plain = { workspace: other, ts: await postedIn(other) };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let pair = -3; pair < pairs; pair += 1) {
      for (const act of ['react', 'unreact'] as const) {
        const ms = await reacted(card, act);
        await baton.drained();
        const bareMs = await reacted(plain, act);
        await wait(PACE_MS);
        if (pair < 0) continue;
        ours.push(ms);
        theirs.push(bareMs);
      }
    }
    const row = (name: string, share: number): Row =>
      compared(
        {
          what: `reaction to card updated, ${name}`,
          value: quantile(ours, share),
          unit: 'ms',
          how: `${ours.length} reactions and removals, one every 1.5 s`,
        },
        { what: 'bare Bolt, event to chat.update', value: quantile(theirs, share) },
      );
    return [row('p50', 0.5), row('p99', 0.99)];
  } finally {
    await Promise.all([baton.stop(), bare.stop(), workspace.stop(), other.stop()]);
  }
}

/** From the reaction to the update of the message that says what it should say now. */
async function reacted({ workspace, ts }: Card, act: 'react' | 'unreact'): Promise<number> {
  const { world } = workspace;
  const wanted = act === 'react' ? 'P1 Urgent' : 'not triaged';
  world.clearCalls();
  const startedAt = performance.now();
  const updated = until(world, () => {
    const calls = world.calls;
    const isUpdate = calls.some(
      (one) =>
        one.kind === 'call' &&
        one.method === 'chat.update' &&
        one.result['ok'] === true &&
        one.args['ts'] === ts &&
        String(one.args['text']).includes(wanted),
    );
    return isUpdate ? performance.now() : undefined;
  });
  const result = await world.act({ act, user: 'U0ALICE', channel: 'C0TRIAGE', ts, name: 'red_circle' });
  if (!result.ok) throw new Error(`the reaction was refused: ${result.words}`);
  const ms = (await updated) - startedAt;
  await world.settled();
  return ms;
}

/** A message of the bot's own, for bare Bolt to update. */
async function postedIn({ world, settings }: Workspace): Promise<string> {
  const answer = await fetch(`${world.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${settings['SLACK_BOT_TOKEN']}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0TRIAGE', text: 'not triaged' }),
  });
  const { ts } = (await answer.json()) as { ts?: string };
  if (ts === undefined) throw new Error('the emulated Slack took no message');
  return ts;
}
