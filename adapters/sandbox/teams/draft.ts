import { messageActivity } from './actSay';
import type { TeamsCore } from './core';
import type { JsonObject, TeamsMessage } from './protocol';
import { isFailed, sceneOf } from './scene';
import { addMessage, createState, mintId } from './state';

/** The activity of a message that nobody says: with an id of its own, in no snapshot. Throws for an unknown place. */
export function draftMessage(core: TeamsCore, said: { user: string; conversation: string; text: string }): JsonObject {
  const scene = sceneOf(core, said.user, said.conversation);
  if (isFailed(scene)) {
    throw new Error(scene.error);
  }
  const now = core.options.now();
  const elsewhere = createState({ users: [], teams: [] }, now);
  const message: TeamsMessage = addMessage(elsewhere, now, {
    conversation: scene.place.id,
    from: said.user,
    fromBot: false,
    rootId: null,
    text: said.text,
    mentions: said.text.includes(`@${core.app.botName}`)
      ? [{ id: core.botId, name: core.app.botName, text: `@${core.app.botName}` }]
      : [],
  });
  message.id = mintId(core.state, now);
  message.rootId = scene.place.kind === 'channel' ? message.id : null;
  return messageActivity(core, { ...scene, message }, 'message', {});
}
