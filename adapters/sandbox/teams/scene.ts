import { changed, type TeamsCore } from './core';
import { isInstalled, mayEnter, type Place, placeOf } from './places';
import type { TeamsActResult, TeamsMessage, TeamsUser } from './protocol';
import { messageOf, userOf } from './state';

/** A person standing somewhere, about to do something. */
export interface Scene {
  user: TeamsUser;
  place: Place;
}

/** The same, with a message that the person sees. */
export interface MessageScene extends Scene {
  message: TeamsMessage;
}

export type Failed = TeamsActResult & { ok: false };

export function failed(error: string): Failed {
  return { ok: false, error };
}

export function isFailed(value: object): value is Failed {
  return 'ok' in value && value.ok === false;
}

export function sceneOf(core: TeamsCore, userId: string, conversation: string): Scene | Failed {
  const user = userOf(core.state, userId);
  const place = placeOf(core.state, conversation);
  if (user === null) {
    return failed(`Nobody here is called ${userId}.`);
  }
  if (place === null || !mayEnter(place, user)) {
    return failed(`${user.name} is in no conversation ${conversation}.`);
  }
  return { user, place };
}

/** A message as this person sees it: not deleted, and not targeted to somebody else. */
export function messageScene(
  core: TeamsCore,
  at: { user: string; conversation: string; messageId: string },
): MessageScene | Failed {
  const scene = sceneOf(core, at.user, at.conversation);
  if (isFailed(scene)) {
    return scene;
  }
  const message = messageOf(core.state, scene.place.id, at.messageId);
  if (message === null || message.deleted || (message.targetedTo !== null && message.targetedTo !== at.user)) {
    return failed('This message is no longer there.');
  }
  return { ...scene, message };
}

/** Whether the bot hears a message: in its personal chats always, in channels when mentioned or by consent. */
export function isHeard(core: TeamsCore, place: Place, message: TeamsMessage): boolean {
  if (!isInstalled(place)) {
    return false;
  }
  const mentioned = message.mentions.some((mention) => mention.id === core.botId);
  return place.kind === 'personal' || mentioned || message.targetedTo !== null || core.app.hearsChannels;
}

/** Shows a person a word of Teams itself. */
export function notify(
  core: TeamsCore,
  user: string,
  kind: 'error' | 'info',
  words: { text: string; messageId: string | null },
): void {
  core.state.notices.set(user, { user, kind, ...words, at: core.options.now() });
  changed(core);
}
