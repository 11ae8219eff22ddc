import { isStaff } from '../../domain/desk/roles';
import { meaningOf } from '../../inputs/reactions';
import { whisperTo } from '../audience';
import { captureIntent } from '../capture';
import { keepReaction } from '../early';
import { actOnEmoji } from '../emoji';
import type { Engine } from '../perform';
import type { CaseAt } from '../ports';
import { say } from '../say';
import type { Caller, Reaction } from './types';

/** An emoji on a message. 🎫 captures any message; the others count on the source message and the case's card only. */
export async function reacted(engine: Engine, reaction: Reaction, caller: Caller): Promise<void> {
  const meaning = meaningOf(engine.desk(), reaction.emoji);
  if (meaning === null) return;
  // An emoji is about its own message; only a capture asks whether the thread belongs to a case already.
  const thread = meaning.kind === 'open' ? reaction.place.thread : null;
  const at = await engine.store.caseAt({ ...reaction.place, thread });
  if (meaning.kind === 'open') {
    if (reaction.added) await captureOnce(engine, reaction, at, caller);
    return;
  }
  // Emoji are everybody's small talk: only people of the desk are heard, and the others are not told off.
  if (!isStaff(engine.desk(), caller.party)) return;
  if (at === null) return keepReaction(engine, reaction, caller);
  if (at.role === 'source' || at.role === 'card') await actOnEmoji(engine, { reaction, meaning, at, caller });
}

async function captureOnce(engine: Engine, reaction: Reaction, at: CaseAt | null, caller: Caller): Promise<void> {
  const to = whisperTo(engine.desk(), reaction.place, caller.party);
  if (to === null) return;
  if (at === null) {
    await engine.store.want(
      [captureIntent({ place: reaction.place, by: caller.party }, to.user, reaction.at)],
      caller.cause,
      engine.clock.now(),
    );
    engine.nudge();
    return;
  }
  const it = await engine.store.caseById(at.case);
  if (it !== null)
    await say(
      engine,
      to,
      caller.cause.keys.join('|'),
      `That message belongs to ${it.ref} already: ${it.title} (${it.status}).`,
    );
}
