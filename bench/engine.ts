import { type Engine, perform } from '../src/app/perform';
import type { Store } from '../src/app/ports';
import type { Desk } from '../src/domain/desk/desk';
import { type CaseId, type Instant, personId, priorityName } from '../src/domain/ids';
import { benchDesk } from './desk';

/** An engine without platforms, at a time that is told. */
export function engineOn(store: Store, clock: { readonly at: Instant }, desk: Desk = benchDesk()): Engine {
  return {
    store,
    clock: { now: () => clock.at },
    desk: () => desk,
    surfaces: new Map(),
    accepted: () => undefined,
    troubled: (what, error) => {
      throw new Error(what, { cause: error });
    },
    nudge: () => undefined,
  };
}

export interface Opening {
  /** Null: nobody has triaged it. */
  readonly priority: string | null;
  /** The message that it comes from, and the names under which the platform may send it again. */
  readonly message?: string;
  readonly keys?: readonly string[];
}

/** A fresh case of Alice's. */
export async function opened(engine: Engine, { priority, message, keys = [] }: Opening): Promise<CaseId> {
  const alice = { kind: 'person', id: personId('alice'), name: 'Alice Anderson' } as const;
  const outcome = await perform(engine, {
    command: {
      kind: 'OpenCase',
      title: 'Nobody at Contoso can log in',
      description: 'Since half an hour all 60 seats see SSO error 503. They restarted twice and asked for a call back.',
      client: { id: 'contoso', name: 'Contoso' },
      contact: null,
      category: 'Technical',
      priority: priority === null ? null : priorityName(priority),
      source: {
        platform: 'slack',
        channel: 'C0SUPPORT',
        message: message ?? `${engine.clock.now() / 1000}`,
        thread: null,
      },
      cameBy: 'slack',
      reporter: alice,
    },
    case: null,
    by: alice,
    cause: { what: 'bench', keys },
  });
  if (outcome.kind !== 'committed') throw new Error(`a case could not be opened: ${outcome.kind}`);
  return outcome.case.id;
}
