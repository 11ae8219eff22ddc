import { partyKey } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import { personOf } from '../../domain/desk/desk';
import { isStaff } from '../../domain/desk/roles';
import { type Meaning, meaningOf } from '../../inputs/reactions';
import { captureIntent, say } from '../capture';
import { type Engine, perform } from '../perform';
import type { CaseAt, Destination, Intent } from '../ports';
import type { Caller, Reaction } from './types';

/** Refusals that an emoji swallows: the person sees already that it is so. */
const OBVIOUS: readonly string[] = [
  'priority-unchanged',
  'already-yours',
  'already-waiting',
  'already-resolved',
  'nothing-due',
];

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
  const counts = at !== null && (at.role === 'source' || at.role === 'card');
  // Emoji are everybody's small talk: only people of the desk are heard, and the others are not told off.
  if (!counts || !isStaff(engine.desk(), caller.party)) return;
  await actOn(engine, { reaction, meaning, at, caller });
}

interface Meant {
  readonly reaction: Reaction;
  readonly meaning: Exclude<Meaning, { kind: 'open' }>;
  readonly at: CaseAt;
  readonly caller: Caller;
}

async function actOn(engine: Engine, meant: Meant): Promise<void> {
  const { at, caller, meaning, reaction } = meant;
  if (meaning.kind === 'resolve') {
    if (reaction.added) await askHow(engine, meant);
    return;
  }
  const command = commandOf(meant);
  if (command === null) return;
  const outcome = await perform(engine, { command, case: at.case, by: caller.party, cause: caller.cause });
  const to = whisperTo(engine, reaction, caller);
  if (outcome.kind === 'refused' && to !== null && !OBVIOUS.includes(outcome.refusal.refused))
    await say(engine, to, caller.cause.keys.join('|'), outcome.refusal.say);
}

function commandOf({ reaction, meaning }: Meant): Command | null {
  const { platform, channel, message } = reaction.place;
  switch (meaning.kind) {
    case 'priority': {
      const vote = {
        priority: meaning.priority,
        via: `${platform}|${channel}|${message}|${reaction.emoji}`,
        at: reaction.at,
      };
      return reaction.added ? { kind: 'ReactPriority', ...vote } : { kind: 'UnreactPriority', ...vote };
    }
    case 'take':
      return reaction.added ? { kind: 'TakeCase', takeOver: false, seen: null } : null;
    case 'wait':
      return reaction.added ? { kind: 'AwaitClient', seen: null } : null;
    case 'resolve':
      return null;
  }
}

async function askHow(engine: Engine, { at, reaction, caller }: Meant): Promise<void> {
  const to = whisperTo(engine, reaction, caller);
  const it = await engine.store.caseById(at.case);
  if (to === null || it === null || it.status === 'Resolved' || it.status === 'Closed') return;
  const ask: Intent = {
    kind: 'post',
    case: at.case,
    to,
    dedupe: `ask-how:${at.case}:${it.version}:${partyKey(caller.party)}`,
    drawing: { view: 'ask-how', args: {} },
    urgency: 1,
  };
  await engine.store.want([ask], caller.cause, engine.clock.now());
  engine.nudge();
}

async function captureOnce(engine: Engine, reaction: Reaction, at: CaseAt | null, caller: Caller): Promise<void> {
  const to = whisperTo(engine, reaction, caller);
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

function whisperTo(
  engine: Engine,
  reaction: Reaction,
  { party }: Caller,
): Extract<Destination, { kind: 'whisper' }> | null {
  const { platform, channel, thread } = reaction.place;
  const user =
    party.kind === 'person'
      ? personOf(engine.desk(), party.id)?.accounts[platform]
      : party.kind === 'guest'
        ? party.user
        : undefined;
  return user === undefined ? null : { kind: 'whisper', platform, channel, thread, user };
}
