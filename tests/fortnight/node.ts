/** Baton as one process, from its start to its death: the real doors, pump, rounds and ticker's work over a store that stays. */
import { createDoors, type Doors } from '../../src/app/doors';
import type { Engine } from '../../src/app/perform';
import type { Destination, Posting, Store, Surface } from '../../src/app/ports';
import { createPump } from '../../src/app/pump';
import { createRounds } from '../../src/app/rounds';
import type { View } from '../../src/app/view';
import { followDesk, tick } from '../../src/app/wake';
import type { Place } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { instant } from '../../src/domain/ids';

export interface Sent {
  readonly to: Destination;
  readonly posting: Posting | null;
  readonly view: View;
  /** A message that stands already was changed; nobody is called by that. */
  readonly again: boolean;
  /** The same posting stood there already. */
  readonly twice: boolean;
}

/** What stands on the platform: where each posting is, and which posting a message is of. Outlives the process. */
export interface Wall {
  readonly places: Map<string, Place>;
  readonly messages: Map<string, string>;
}

export interface NodeParts {
  readonly store: Store;
  readonly desk: () => Desk;
  readonly now: () => number;
  readonly wall: Wall;
  readonly postings: ReadonlyMap<string, Posting>;
  readonly sent: (sent: Sent) => void;
  readonly troubled: (what: string) => void;
}

export interface Node {
  readonly engine: Engine;
  readonly doors: Doors;
  readonly alive: boolean;
  /** Lets it do something and waits until all that follows has been done, or until it dies of it. */
  does(work: () => Promise<unknown>): Promise<void>;
  tick(): Promise<void>;
  lookAround(): Promise<void>;
  /** As at a start, and after an edit of the desk file. */
  followDesk(): Promise<void>;
  /** It dies of one of its next calls to the store, which may still take effect: it is never answered, nor is any other. */
  diesAfter(calls: number, takesEffect: boolean): void;
}

const NEVER = new Promise<never>(() => undefined);

export function startNode(parts: NodeParts): Node {
  let callsLeft = Number.POSITIVE_INFINITY;
  let lastTakesEffect = false;
  let alive = true;
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  const mortal = new Proxy(parts.store, {
    get: (store, name) => {
      const method = Reflect.get(store, name);
      if (typeof method !== 'function') return method;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        if (!alive) return NEVER;
        callsLeft -= 1;
        const isLast = callsLeft <= 0;
        if (isLast) alive = false;
        const done = !isLast || lastTakesEffect ? await method.apply(store, given) : undefined;
        if (isLast) died();
        return isLast || !alive ? NEVER : done;
      };
    },
  });
  const engine: Engine = {
    store: mortal,
    clock: { now: () => instant(parts.now()) },
    desk: parts.desk,
    surfaces: new Map([['slack', handsOn(parts, () => alive)]]),
    accepted: () => undefined,
    troubled: (what, error) => parts.troubled(`${what}: ${error instanceof Error ? error.stack : String(error)}`),
    nudge: () => pump.nudge(),
  };
  const pump = createPump(() => engine);
  const rounds = createRounds(engine);
  const does = async (work: () => Promise<unknown>): Promise<void> => {
    const whole = async (): Promise<void> => {
      await work();
      await pump.idle();
    };
    await Promise.race([whole(), death]);
  };
  return {
    engine,
    doors: createDoors(engine),
    get alive() {
      return alive;
    },
    does,
    tick: () =>
      does(async () => {
        await tick(engine);
        pump.nudge();
      }),
    lookAround: () => does(() => rounds.look()),
    followDesk: () => does(() => followDesk(engine)),
    diesAfter: (calls, takesEffect) => {
      callsLeft = calls;
      lastTakesEffect = takesEffect;
    },
  };
}

function handsOn({ wall, postings, sent }: NodeParts, alive: () => boolean): Surface {
  const heard = <T>(answer: T): Promise<T> => (alive() ? Promise.resolve(answer) : NEVER);
  return {
    platform: 'slack',
    post: (to, view, { id }) => {
      if (!alive()) return NEVER;
      const channel = to.kind === 'person' ? `dm-${to.user}` : to.channel;
      const message = `m${wall.places.size + 1}`;
      const place: Place = { platform: 'slack', channel, message, thread: to.kind === 'person' ? null : to.thread };
      const twice = wall.places.has(id);
      wall.places.set(id, place);
      wall.messages.set(message, id);
      sent({ to, posting: postings.get(id) ?? null, view, again: false, twice });
      return heard(place);
    },
    update: ({ message }, to, view) => {
      if (!alive()) return NEVER;
      const posting = postings.get(wall.messages.get(message) ?? '') ?? null;
      sent({ to, posting, view, again: true, twice: false });
      return heard(undefined);
    },
    find: (_, { id }) => heard(wall.places.get(id) ?? 'absent'),
    read: () => heard(null),
  };
}
