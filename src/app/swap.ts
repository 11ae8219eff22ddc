/** A colleague is asked to do somebody's shift: one message with Accept and Decline, which says how it ended; and word of it back. */
import { personOf } from '../domain/desk/desk';
import { type PersonId, personId } from '../domain/ids';
import { type AskedSwap, keptAttendance } from './attendance';
import { personally } from './audience';
import type { Engine } from './perform';
import type { Intent, Posting } from './ports';
import type { View } from './view';
import { swapAskedView, swapEndedView } from './views/swap';

/** The question to the colleague; wanted again when it was answered, so that it says so. */
export async function sayOfSwap(engine: Engine, swap: AskedSwap, cause: readonly string[]): Promise<void> {
  const asked = intentFor(engine, swap, swap.to, 'keep');
  const ended = swap.state === 'asked' ? null : intentFor(engine, swap, swap.from, 'post');
  const intents = [asked, ended].filter((one) => one !== null);
  await engine.store.want(intents, { what: 'swap', keys: cause }, engine.clock.now());
  engine.nudge();
}

function intentFor(engine: Engine, { id }: AskedSwap, reader: PersonId, kind: 'keep' | 'post'): Intent | null {
  const to = personally(engine, reader);
  if (to === null) return null;
  const drawing = { view: 'swap' as const, args: { swap: id, reader } };
  return { kind, case: null, to, dedupe: `swap:${id}:${kind}`, drawing, urgency: 1 };
}

export async function drawSwap(engine: Engine, { drawing: { args } }: Posting): Promise<View | null> {
  const { swaps } = await keptAttendance(engine.store);
  const swap = swaps.find(({ id }) => id === args['swap']);
  const reader = personOf(engine.desk(), personId(String(args['reader'])));
  if (swap === undefined || reader === null) return null;
  const known = { desk: engine.desk(), reader };
  return reader.id === swap.to ? swapAskedView(swap, known) : swapEndedView(swap, known);
}
