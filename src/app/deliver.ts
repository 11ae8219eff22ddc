import { type Instant, later, MINUTE_MS, SECOND_MS } from '../domain/ids';
import { gate } from './alarmGate';
import { capture } from './capture';
import { draw, roleOf } from './draw';
import { catchUpCard } from './early';
import { bucketOf, type Pacer, pacesOf } from './pacing';
import type { Engine } from './perform';
import { type Posting, type Settled, type Surface, SurfaceFailure } from './ports';
import { isToClient, MAY_STAND_TWICE, rests } from './uncertain';
import type { View } from './view';
import { mayRepeat } from './views/uncertain';

/** A claim ends by itself after this; the calls of a delivery time out before. After a crash nothing waits longer. */
export const LEASE_MS = 22 * SECOND_MS;
const BACKOFF_MS = [1, 2, 5, 15, 30, 60, 120, 300].map((seconds) => seconds * SECOND_MS);
/** About a day of trying: platforms have been away for hours, tokens wait for a Monday. Then a person must look. */
const SENDS_MAX = 290;
/** A message that Baton itself stumbles over is given up sooner (after an hour and a half): it holds up what stands behind it. */
const STUMBLES_MAX = 24;
/** Where nobody can look, an uncertain message is sent this often; each may stand there. */
const BLIND_SENDS_MAX = 3;
/** How long to wait before looking whether an uncertain post took effect: the platform may show it late. */
const LOOK_AFTER_MS = 3 * SECOND_MS;
/** Not found twice, ten seconds apart: then it is sent again. */
const LOOKS_BEFORE_AGAIN = 2;
const LOOK_AGAIN_AFTER_MS = 10 * SECOND_MS;
/** Added to what a platform asked for, a different part for each message, so that not all come back at one moment. */
const JITTER_MAX_MS = 500;

/** How a delivery went, and whether the platform was called for it at all. */
interface Went {
  readonly settled: Settled;
  readonly called: boolean;
}
const uncalled = (settled: Settled): Went => ({ settled, called: false });
const called = (settled: Settled): Went => ({ settled, called: true });

/** Carries one claimed row out and records how it went. Never throws. */
export async function deliver(engine: Engine, posting: Posting, pacer: Pacer): Promise<void> {
  const went = await attempt(engine, posting).catch(async (error: unknown) =>
    called(await afterFailure(engine, posting, error, pacer)),
  );
  if (!went.called) pacer.giveBack(pacesOf(engine.surfaces, posting));
  // Before it is recorded, so that a crash in between loses nothing; and after, for what came while it was.
  await catchUpOn(engine, posting, went.settled);
  try {
    await engine.store.settle(posting, went.settled, engine.clock.now());
  } catch (error) {
    engine.troubled('how a delivery went could not be recorded', error);
  }
  await catchUpOn(engine, posting, went.settled);
}

/** A case's card that stands where it did not before: what people put on it already. */
async function catchUpOn(engine: Engine, { case: id, posted: before }: Posting, settled: Settled): Promise<void> {
  if (id === null || before !== null || settled.kind !== 'sent') return;
  const { posted, role } = settled;
  if (posted === null || role !== 'card') return;
  await catchUpCard(engine, id, posted).catch((error: unknown) =>
    engine.troubled('what was put on a card early could not be counted', error),
  );
}

async function attempt(engine: Engine, posting: Posting): Promise<Went> {
  const { to, posted, ambiguous, looked } = posting;
  const surface = engine.surfaces.get(to.platform);
  // A desk file may name channels of a platform that this process is not connected to: nobody is there to be told.
  if (surface === undefined)
    return uncalled({ kind: 'sent', posted, role: null, doubt: `Baton is not connected to ${to.platform}.` });
  if (posting.kind === 'capture') return called(await capture(engine, posting, surface));
  // Before anything else, since what stands there already is kept up to date, also when it would not be said any more.
  const seen = ambiguous && posted === null ? await surface.find(to, posting) : null;
  const gated = await gate(engine, isPlace(seen) ? { ...posting, posted: seen } : posting);
  const went = seen === null ? uncalled : called;
  if (gated.kind === 'wait')
    return went({ kind: 'later', notBefore: gated.until, problem: gated.why, ambiguous, looked, held: true });
  const view = gated.kind === 'drop' ? null : await draw(engine, gated.posting);
  if (gated.kind === 'drop' || view === null) return went(unsaid(posting, seen, engine.clock.now()));
  return called(await put(engine, surface, { posting: gated.posting, seen }, view));
}

/** What a look after an uncertain attempt came to; null where there was no need for one. */
type Seen = Awaited<ReturnType<Surface['find']>> | null;
const isPlace = (seen: Seen): seen is NonNullable<Posting['posted']> => seen !== null && typeof seen === 'object';

/** There is nothing to say any more. What may still show there is looked for once more, so that it does not stay as it was. */
function unsaid(posting: Posting, seen: Seen, now: Instant): Settled {
  if (seen === 'absent' && posting.looked + 1 < LOOKS_BEFORE_AGAIN) return notFoundYet(posting, now);
  const posted = isPlace(seen) ? seen : posting.posted;
  const doubt =
    seen === 'unknown' ? { doubt: 'It may stand there as it was: nobody could tell whether it arrived.' } : {};
  return { kind: 'sent', posted, role: null, ...doubt };
}

interface Put {
  readonly posting: Posting;
  readonly seen: Seen;
}

async function put(engine: Engine, surface: Surface, { posting, seen }: Put, view: View): Promise<Settled> {
  if (posting.posted !== null) {
    return (await keep(surface, posting, view)) ?? putAnew(engine, surface, { ...posting, posted: null }, view);
  }
  if (seen === 'unknown') return blindly(engine, surface, posting, view);
  if (seen === 'absent') return notFound(surface, posting, view, engine.clock.now());
  return post(surface, posting, view);
}

/** In place of a message that is gone. Where that was tried before and is uncertain, what came of it is looked for first. */
async function putAnew(engine: Engine, surface: Surface, posting: Posting, view: View): Promise<Settled> {
  const seen = posting.ambiguous ? await surface.find(posting.to, posting) : null;
  return put(
    engine,
    surface,
    { posting: isPlace(seen) ? { ...posting, posted: seen, ambiguous: false } : posting, seen },
    view,
  );
}

/** The message where it stands, brought up to date; null when it is gone. */
async function keep(surface: Surface, posting: Posting, view: View): Promise<Settled | null> {
  const { posted, to } = posting;
  if (posted === null) return null;
  try {
    if (posting.kind === 'keep') await surface.update(posted, to, view);
    return { kind: 'sent', posted, role: roleOf(posting) };
  } catch (error) {
    if (error instanceof SurfaceFailure && error.kind === 'gone') return null;
    throw error;
  }
}

async function post(surface: Surface, posting: Posting, view: View): Promise<Settled> {
  try {
    const posted = await surface.post(posting.to, view, { id: posting.id });
    return { kind: 'sent', posted, role: roleOf(posting) };
  } catch (error) {
    throw error instanceof SurfaceFailure && error.kind === 'ambiguous' ? new MayStand(error) : error;
  }
}

/** A new message may stand there; a change that may have been made is just made again. */
class MayStand extends SurfaceFailure {
  constructor({ kind, problem, retryAfterMs }: SurfaceFailure) {
    super(kind, problem, retryAfterMs);
  }
}

/** Once more, and saying so to whoever may read it a second time. */
async function postAgain(surface: Surface, posting: Posting, view: View): Promise<Settled> {
  return { ...(await post(surface, posting, mayRepeat(view))), ...MAY_STAND_TWICE };
}

/** Where nobody can look: words to a client wait for a person; everything else may rather come twice than never. */
async function blindly(engine: Engine, surface: Surface, posting: Posting, view: View): Promise<Settled> {
  if (isToClient(posting) || posting.sends >= BLIND_SENDS_MAX) return rests(engine, posting);
  return postAgain(surface, posting, view);
}

/** What was not found may only show late. A page may rather come twice than late; anything else is looked for once more. */
async function notFound(surface: Surface, posting: Posting, view: View, now: Instant): Promise<Settled> {
  const looked = posting.looked + 1;
  if (looked >= LOOKS_BEFORE_AGAIN) return post(surface, posting, view);
  if (posting.urgency <= 1) return postAgain(surface, posting, view);
  return notFoundYet(posting, now);
}

function notFoundYet({ looked }: Posting, now: Instant): Settled {
  const notBefore = later(now, LOOK_AGAIN_AFTER_MS);
  return { kind: 'later', notBefore, problem: 'not found yet', ambiguous: true, looked: looked + 1, held: true };
}

async function afterFailure(engine: Engine, posting: Posting, error: unknown, pacer: Pacer): Promise<Settled> {
  const now = engine.clock.now();
  const isOurs = !(error instanceof SurfaceFailure);
  const failure = isOurs
    ? new SurfaceFailure('not-sent', 'Baton stumbled over this message; its log says how.')
    : error;
  if (isOurs) engine.troubled('a delivery failed for a reason of our own', error);
  if (failure.kind === 'slow-down') return slowDown(engine, posting, failure, pacer);
  const sends = posting.sends + 1;
  const hopeless =
    failure.kind === 'refused' || failure.kind === 'gone' || sends >= (isOurs ? STUMBLES_MAX : SENDS_MAX);
  if (hopeless) {
    engine.troubled(`a ${posting.drawing.view} could not be delivered to ${posting.to.platform}`, failure);
    return { kind: 'dead', problem: failure.problem };
  }
  const uncertain = failure instanceof MayStand;
  const backoff = BACKOFF_MS[Math.min(posting.sends, BACKOFF_MS.length - 1)] ?? SECOND_MS;
  const waitMs = uncertain ? Math.max(LOOK_AFTER_MS, backoff) : backoff;
  const ambiguous = posting.ambiguous || uncertain;
  return {
    kind: 'later',
    notBefore: later(now, waitMs),
    problem: failure.problem,
    ambiguous,
    ...(uncertain ? {} : { looked: posting.looked }),
  };
}

/** Only this destination waits, for every process and over a restart; then it begins slowly. */
async function slowDown(engine: Engine, posting: Posting, failure: SurfaceFailure, pacer: Pacer): Promise<Settled> {
  const { id, to, ambiguous, looked } = posting;
  const now = engine.clock.now();
  const until = later(now, (failure.retryAfterMs ?? MINUTE_MS) + jitterOf(id));
  pacer.drain(pacesOf(engine.surfaces, posting).filter(isOfDestination(posting)), now);
  await engine.store.pause({ bucket: bucketOf(to), until, problem: failure.problem }, now).catch((error: unknown) => {
    pacer.rest(bucketOf(to), until);
    engine.troubled('a pause could not be recorded', error);
  });
  return { kind: 'later', notBefore: until, problem: failure.problem, ambiguous, looked, held: true };
}

const isOfDestination =
  ({ to }: Posting) =>
  ({ key }: { readonly key: string }): boolean =>
    key === bucketOf(to);

/** The same for the same message, so that a story that is told again goes the same way. */
function jitterOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % JITTER_MAX_MS;
}
