/** What an emoji on a case does, once it is plain which case and what it means. */

import { partyKey } from '../domain/case/case';
import type { Command } from '../domain/case/commands';
import type { Meaning } from '../inputs/reactions';
import { whisperTo } from './audience';
import type { Caller, Reaction } from './doors/types';
import { type Engine, perform } from './perform';
import type { CaseAt, Intent } from './ports';
import { say } from './say';

/** Refusals that an emoji swallows: the person sees already that it is so. */
const OBVIOUS: readonly string[] = [
  'priority-unchanged',
  'already-yours',
  'already-waiting',
  'already-resolved',
  'nothing-due',
];

export interface Meant {
  readonly reaction: Reaction;
  readonly meaning: Exclude<Meaning, { kind: 'open' }>;
  readonly at: CaseAt;
  readonly caller: Caller;
}

export async function actOnEmoji(engine: Engine, meant: Meant): Promise<void> {
  const { at, caller, meaning, reaction } = meant;
  if (meaning.kind === 'resolve') {
    if (reaction.added) await askHow(engine, meant);
    return;
  }
  const command = commandOf(meant);
  if (command === null) return;
  const outcome = await perform(engine, { command, case: at.case, by: caller.party, cause: caller.cause });
  const to = whisperTo(engine.desk(), reaction.place, caller.party);
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
  const to = whisperTo(engine.desk(), reaction.place, caller.party);
  const it = await engine.store.caseById(at.case);
  if (to === null || it === null || it.status === 'Resolved' || it.status === 'Closed') return;
  const { channel, thread } = to;
  const ask: Intent = {
    kind: 'post',
    case: at.case,
    to,
    // Where the emoji was put: asked elsewhere they would not see it.
    dedupe: `ask-how:${at.case}:${it.version}:${partyKey(caller.party)}:${channel}:${thread ?? ''}`,
    drawing: { view: 'ask-how', args: { version: it.version } },
    urgency: 1,
  };
  await engine.store.want([ask], caller.cause, engine.clock.now());
  engine.nudge();
}
