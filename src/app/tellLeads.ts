import { createHash } from 'node:crypto';
import type { Instant } from '../domain/ids';
import { channelsOf } from './audience';
import type { Engine } from './perform';

/** The leads hear of a problem of the desk file that only they can mend, once per wording and day. */
export async function tellLeads(engine: Engine, problem: string): Promise<void> {
  const day = new Date(engine.clock.now()).toISOString().slice(0, 10);
  const say = `The desk file was edited and is wrong, so the last good one stays in force. ${problem}`;
  await tell(engine, { say, name: `${day}:${problem}`, what: 'desk file edited' });
}

/** What is wrong with a feed of holidays, and what is used in its place. */
export interface FeedProblem {
  readonly address: string;
  readonly problem: string;
  readonly copyAt: Instant | null;
  readonly say: string;
}

/** The leads hear of a feed that does not answer once per problem, and again only after it has answered well in between. */
export async function tellLeadsOfFeed(engine: Engine, { address, problem, copyAt, say }: FeedProblem): Promise<void> {
  const name = `feed:${createHash('sha256').update(address).digest('hex').slice(0, 32)}:${copyAt}:${problem}`;
  await tell(engine, { say: `The holidays of a feed could not be read. ${say}`, name, what: 'holidays of a feed' });
}

interface Word {
  readonly say: string;
  /** The same one is told once for good. */
  readonly name: string;
  readonly what: string;
}

async function tell(engine: Engine, { say, name, what }: Word): Promise<void> {
  await engine.store.want(
    channelsOf(engine.desk().leads).map((to) => ({
      kind: 'post',
      case: null,
      to,
      dedupe: `desk-problem:${to.platform}:${name}`.slice(0, 250),
      drawing: { view: 'desk-problem', args: { say } },
      urgency: 1,
    })),
    { what, keys: [] },
    engine.clock.now(),
  );
  engine.nudge();
}
