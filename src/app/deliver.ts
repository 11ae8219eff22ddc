import { type Instant, later, MINUTE_MS, SECOND_MS } from '../domain/ids';
import { gate } from './alarmGate';
import { capture } from './capture';
import { draw, roleOf } from './draw';
import type { Engine } from './perform';
import { type Destination, type Posting, type Settled, type Surface, SurfaceFailure } from './ports';
import type { View } from './view';

/** A claim ends by itself after this; a look and a post time out before (10 s each). After a crash nothing waits longer. */
export const LEASE_MS = 22 * SECOND_MS;
const BACKOFF_MS = [1, 2, 5, 15, 30, 60, 120, 300].map((seconds) => seconds * SECOND_MS);
/** About an hour and a half of trying; then a person must look. */
const ATTEMPTS_MAX = 24;
/** How long to wait before looking whether an uncertain post took effect: the platform may show it late. */
const LOOK_AFTER_MS = 3 * SECOND_MS;
/** Not found twice, ten seconds apart: then it is sent again. The uncertain attempt was the first, the look the second. */
const LOOKS_BEFORE_AGAIN = 2;
const LOOK_AGAIN_AFTER_MS = 10 * SECOND_MS;

/** Channels that asked to slow down, and until when. Only they wait. */
export type SlowChannels = Map<string, Instant>;

/** Carries one claimed row out and records how it went. Never throws. */
export async function deliver(engine: Engine, posting: Posting, slow: SlowChannels): Promise<void> {
  const at = engine.clock.now();
  const wait = slow.get(channelKey(posting.to));
  const settled =
    wait !== undefined && wait > at
      ? ({
          kind: 'later',
          notBefore: wait,
          problem: 'this channel was asked to slow down',
          ambiguous: posting.ambiguous,
        } as const)
      : await attempt(engine, posting).catch((error: unknown) => afterFailure(engine, posting, error, slow));
  try {
    await engine.store.settle(posting, settled, engine.clock.now());
  } catch (error) {
    engine.troubled('how a delivery went could not be recorded', error);
  }
}

async function attempt(engine: Engine, posting: Posting): Promise<Settled> {
  const surface = engine.surfaces.get(posting.to.platform);
  // A desk file may name channels of a platform that this process is not connected to: nobody is there to be told.
  if (surface === undefined) return { kind: 'sent', posted: posting.posted, role: null };
  if (posting.kind === 'capture') return capture(engine, posting, surface);
  const gated = await gate(engine, posting);
  if (gated.kind === 'wait')
    return { kind: 'later', notBefore: gated.until, problem: gated.why, ambiguous: posting.ambiguous };
  const view = gated.kind === 'drop' ? null : await draw(engine, gated.posting);
  if (gated.kind === 'drop' || view === null) return { kind: 'sent', posted: posting.posted, role: null };
  return put(surface, gated.posting, view, engine.clock.now());
}

async function put(surface: Surface, posting: Posting, view: View, now: Instant): Promise<Settled> {
  const known = posting.posted ?? (await lookFor(surface, posting));
  // What was not found may only show late. A page may rather come twice than late; anything else is looked for once more.
  if (known === 'absent' && posting.urgency > 1 && posting.attempt <= LOOKS_BEFORE_AGAIN) {
    return { kind: 'later', notBefore: later(now, LOOK_AGAIN_AFTER_MS), problem: 'not found yet', ambiguous: true };
  }
  if (known === 'unknown' && posting.drawing.view === 'reply') {
    return {
      kind: 'dead',
      problem: 'It is not certain whether this reply reached the reporter; look before sending it again.',
    };
  }
  if (known !== null && known !== 'unknown' && known !== 'absent') {
    try {
      if (posting.kind === 'keep') await surface.update(known, posting.to, view);
      return { kind: 'sent', posted: known, role: roleOf(posting) };
    } catch (error) {
      if (!(error instanceof SurfaceFailure && error.kind === 'gone')) throw error;
    }
  }
  const posted = await surface.post(posting.to, view, { id: posting.id });
  return { kind: 'sent', posted, role: roleOf(posting) };
}

/** After an uncertain attempt: look before sending again. */
async function lookFor(surface: Surface, posting: Posting): Promise<Posting['posted'] | 'unknown' | 'absent'> {
  return posting.ambiguous ? surface.find(posting.to, posting) : null;
}

function afterFailure(engine: Engine, posting: Posting, error: unknown, slow: SlowChannels): Settled {
  const now = engine.clock.now();
  const failure =
    error instanceof SurfaceFailure
      ? error
      : new SurfaceFailure('not-sent', 'Baton stumbled while it drew this message');
  if (!(error instanceof SurfaceFailure)) engine.troubled('a delivery failed for a reason of our own', error);
  if (failure.kind === 'slow-down') {
    const until = later(now, failure.retryAfterMs ?? MINUTE_MS);
    slow.set(channelKey(posting.to), until);
    return { kind: 'later', notBefore: until, problem: failure.problem, ambiguous: posting.ambiguous };
  }
  const hopeless = failure.kind === 'refused' || failure.kind === 'gone' || posting.attempt >= ATTEMPTS_MAX;
  if (hopeless) {
    engine.troubled(`a ${posting.drawing.view} could not be delivered to ${posting.to.platform}`, failure);
    return { kind: 'dead', problem: failure.problem };
  }
  const uncertain = failure.kind === 'ambiguous' && posting.posted === null;
  const backoff = BACKOFF_MS[Math.min(posting.attempt, BACKOFF_MS.length) - 1] ?? SECOND_MS;
  const waitMs = uncertain ? Math.max(LOOK_AFTER_MS, backoff) : backoff;
  return {
    kind: 'later',
    notBefore: later(now, waitMs),
    problem: failure.problem,
    ambiguous: posting.ambiguous || uncertain,
  };
}

const channelKey = (to: Destination): string => `${to.platform}:${to.kind === 'person' ? to.user : to.channel}`;
