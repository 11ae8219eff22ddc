import { changeReaction } from './connectorActivities';
import { changed, type TeamsCore } from './core';
import { deliver } from './delivery';
import { envelope } from './envelope';
import { isInstalled } from './places';
import type { JsonObject, TeamsActResult } from './protocol';
import { failed, isFailed, type MessageScene, messageScene } from './scene';

/** What a person takes off a message and puts on it, in one move. */
export interface ReactionMove {
  user: string;
  conversation: string;
  messageId: string;
  added: string | null;
  removed: string | null;
}

/** Teams tells the bot of reactions to the bot's own messages only, and of a swap in one activity. */
export async function moveReaction(core: TeamsCore, move: ReactionMove): Promise<TeamsActResult> {
  const scene = messageScene(core, move);
  if (isFailed(scene)) {
    return scene;
  }
  if (scene.message.targetedTo !== null) {
    return failed('Messages that only one person sees take no reactions.');
  }
  const { user } = move;
  const removed = move.removed !== null && changeReaction(scene.message, { type: move.removed, user, on: false });
  const added = move.added !== null && changeReaction(scene.message, { type: move.added, user, on: true });
  if (!removed && !added) {
    return { ok: true };
  }
  changed(core);
  if (scene.message.fromBot && isInstalled(scene.place)) {
    const what = { added: added ? move.added : null, removed: removed ? move.removed : null };
    await deliver(core, reactionActivity(core, scene, what));
  }
  return { ok: true };
}

// The documented channel form names the channel alone in conversation.id; the message is in replyToId.
function reactionActivity(
  core: TeamsCore,
  scene: MessageScene,
  what: { added: string | null; removed: string | null },
): JsonObject {
  const { user, place, message } = scene;
  return envelope(
    core,
    { user, place, type: 'messageReaction' },
    {
      ...(what.added === null ? {} : { reactionsAdded: [{ type: what.added }] }),
      ...(what.removed === null ? {} : { reactionsRemoved: [{ type: what.removed }] }),
      replyToId: message.id,
    },
  );
}
