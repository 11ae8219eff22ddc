import { changed, type TeamsCore } from './core';
import type { Delivery } from './delivery';
import type { InvokeOutcome } from './invokeCheck';

/** Reads a bot's answer; what Teams cannot use in it is written beside the delivery, for the developers' panel. */
export function judged(
  core: TeamsCore,
  delivery: Delivery,
  read: (delivery: Delivery) => InvokeOutcome,
): InvokeOutcome {
  const outcome = read(delivery);
  if (outcome.kind === 'bad' && delivery.call !== null) {
    delivery.call.problem = outcome.problem;
    changed(core);
  }
  return outcome;
}
