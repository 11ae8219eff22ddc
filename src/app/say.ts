import type { Engine } from './perform';
import type { Destination } from './ports';

/** A private sentence to the person, once per `id`. */
export async function say(engine: Engine, to: Destination, id: string, sentence: string): Promise<void> {
  await engine.store.want(
    [
      {
        kind: 'post',
        case: null,
        to,
        dedupe: `say:${id}`,
        drawing: { view: 'refused', args: { say: sentence } },
        urgency: 2,
      },
    ],
    { what: 'a private answer', keys: [] },
    engine.clock.now(),
  );
  engine.nudge();
}
