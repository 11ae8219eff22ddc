/**
 * What is heard too early. Platforms deliver in any order, and people put 🔴 on a message before somebody puts 🎫 beside it:
 * an emoji of the desk waits for its case, a deletion for its message. Kept as long as receipts are, and made good by
 * whoever comes later of the two, so that none is lost and none counts twice.
 */
import { type Case, type Party, type Place, partyKey } from '../domain/case/case';
import { type CaseId, type Instant, later } from '../domain/ids';
import { meaningOf } from '../inputs/reactions';
import type { Caller, Reaction } from './doors/types';
import { actOnEmoji } from './emoji';
import { type Asked, type Engine, perform } from './perform';
import type { CaseAt, Cause, Early, Outcome } from './ports';

/** An emoji on a message that has no case yet, or on a card that people see before Baton knows its id. */
export async function keepReaction(engine: Engine, reaction: Reaction, caller: Caller): Promise<void> {
  const { place, emoji, added, at } = reaction;
  const key = [...placeWords(place), partyKey(caller.party), emoji, added ? '+' : '-', at].join('|');
  await keep(engine, { key, place, at, what: { kind: 'reaction', emoji, added, by: caller.party } }, caller.cause);
}

/** A message of an intake channel that was deleted before it was heard of: it is not to open a case. */
export async function keepDeletion(engine: Engine, place: Place, at: Instant, caller: Caller): Promise<void> {
  const key = [...placeWords(place), 'deleted'].join('|');
  await keep(engine, { key, place, at, what: { kind: 'deleted', by: caller.party } }, caller.cause);
}

const placeWords = ({ platform, channel, message }: Place): readonly string[] => [platform, channel, message];

async function keep(engine: Engine, early: Early, cause: Cause): Promise<void> {
  await engine.store.keepEarly(early, cause, engine.clock.now());
  // The case may have been opened in between, or its card be known: then whoever did it did not see what is kept only now.
  const found = await engine.store.caseAt({ ...early.place, thread: null });
  if (found?.role === 'card') return catchUpCard(engine, found.case, early.place);
  const it = found?.role === 'source' ? await engine.store.caseById(found.case) : null;
  if (it !== null) await catchUp(engine, it);
}

export async function wasDeleted(engine: Engine, place: Place): Promise<boolean> {
  return (await engine.store.earlyAt(place)).some(({ what }) => what.kind === 'deleted');
}

/**
 * Opens a case and makes good what waited for it. Also when it was opened before: the platform sends again what was not
 * acknowledged, so a crash between the two loses nothing.
 */
export async function openAndCatchUp(engine: Engine, asked: Asked): Promise<Outcome> {
  const outcome = await perform(engine, asked);
  if (outcome.kind === 'refused' || outcome.case === null) return outcome;
  const caughtUp = await catchUp(engine, outcome.case);
  return caughtUp ? { ...outcome, case: (await engine.store.caseById(outcome.case.id)) ?? outcome.case } : outcome;
}

/** True when something had waited. */
async function catchUp(engine: Engine, it: Case): Promise<boolean> {
  const { source } = it;
  if (source === null) return false;
  const root = source.thread === null ? [] : [{ ...source, message: source.thread, thread: null }];
  const kept = (await Promise.all([source, ...root].map((place) => engine.store.earlyAt(place)))).flat();
  for (const early of kept.filter((one) => stands(engine, one, kept)))
    await makeGood(engine, { case: it.id, role: 'source' }, early);
  return kept.length > 0;
}

/**
 * A card stands on people's screens before the platform's answer tells its id, and for longer where that answer is lost:
 * what they put on it meanwhile counts once it is known which card it was.
 */
export async function catchUpCard(engine: Engine, id: CaseId, card: Place): Promise<void> {
  const kept = await engine.store.earlyAt({ ...card, thread: null });
  for (const early of kept.filter((one) => stands(engine, one, kept)))
    await makeGood(engine, { case: id, role: 'card' }, early);
}

/** 👀 that was taken off again is nothing that waits; the ladder of priorities counts both moves by itself. */
function stands(engine: Engine, { what, at, place }: Early, kept: readonly Early[]): boolean {
  if (what.kind !== 'reaction' || meaningOf(engine.desk(), what.emoji)?.kind === 'priority') return true;
  return what.added && !kept.some((other) => other.place.message === place.message && takesOff(other, what, at));
}

const takesOff = ({ what, at }: Early, put: Extract<Early['what'], { kind: 'reaction' }>, putAt: Instant): boolean =>
  what.kind === 'reaction' &&
  !what.added &&
  what.emoji === put.emoji &&
  partyKey(what.by) === partyKey(put.by) &&
  at >= putAt;

async function makeGood(engine: Engine, on: CaseAt, { key, place, at, what }: Early): Promise<void> {
  const cause = { what: 'heard before its case', keys: [`early:${key}`] };
  if (what.kind === 'deleted') {
    await perform(engine, { command: { kind: 'HearDeletion', place, at }, case: on.case, by: what.by, cause });
    return;
  }
  const meaning = meaningOf(engine.desk(), what.emoji);
  if (meaning === null || meaning.kind === 'open') return;
  // Nothing was solved where nothing had begun.
  if (meaning.kind === 'resolve' && on.role === 'source') return;
  await actOnEmoji(engine, {
    reaction: { place, emoji: what.emoji, added: what.added, at },
    meaning,
    at: on,
    caller: callerOf(what.by, place, cause),
  });
}

const callerOf = (party: Party, place: Place, cause: Cause): Caller => ({
  party,
  platform: place.platform,
  place,
  cause,
});

/** Removes what nobody came for. No longer than receipts are kept: they keep what was made good from counting twice. */
export const forgetEarly = (engine: Engine, keptMs: number): Promise<void> =>
  engine.store.forgetEarly(later(engine.clock.now(), -keptMs));
