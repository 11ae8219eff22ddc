import { channelsOf } from './audience';
import type { Engine } from './perform';

/** The leads hear of a problem that only they can mend, once per wording and day. */
export async function tellLeads(engine: Engine, problem: string): Promise<void> {
  const at = engine.clock.now();
  const day = new Date(at).toISOString().slice(0, 10);
  const say = `The desk file was edited and is wrong, so the last good one stays in force. ${problem}`;
  await engine.store.want(
    channelsOf(engine.desk().leads).map((to) => ({
      kind: 'post',
      case: null,
      to,
      dedupe: `desk-problem:${day}:${to.platform}:${problem}`.slice(0, 250),
      drawing: { view: 'desk-problem', args: { say } },
      urgency: 1,
    })),
    { what: 'desk file edited', keys: [] },
    at,
  );
  engine.nudge();
}
