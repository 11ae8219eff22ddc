import type { InvokeAnswer } from './invoke';
import { unknownInvoke } from './invoke';
import { cardPressed } from './listeners/cardAction';
import { messageDeleted, messageEdited } from './listeners/changes';
import { dialogAsked } from './listeners/dialogs';
import { extensionOpened, extensionSent } from './listeners/extension';
import { messageWritten } from './listeners/messages';
import { installed } from './listeners/presence';
import { reacted } from './listeners/reactions';
import { choicesAsked } from './listeners/search';
import type { Turn } from './turn';

type Listener = (turn: Turn) => Promise<InvokeAnswer | null>;

const LISTENERS: Readonly<Record<string, Listener>> = {
  message: messageWritten,
  messageUpdate: messageEdited,
  messageDelete: messageDeleted,
  messageReaction: reacted,
  installationUpdate: installed,
};

const INVOKES: Readonly<Record<string, Listener>> = {
  'adaptiveCard/action': cardPressed,
  'task/fetch': dialogAsked,
  'task/submit': dialogAsked,
  'composeExtension/fetchTask': extensionOpened,
  'composeExtension/submitAction': extensionSent,
  'application/search': choicesAsked,
};

/** Every verified activity comes by here. Events that Baton does not know are taken note of and answered 200. */
export async function route(turn: Turn): Promise<InvokeAnswer | null> {
  const { type, name } = turn.activity;
  if (type !== 'invoke') return (await own(LISTENERS, type)?.(turn)) ?? null;
  const listener = own(INVOKES, name ?? '');
  return listener === undefined ? unknownInvoke : listener(turn);
}

const own = (listeners: Readonly<Record<string, Listener>>, key: string): Listener | undefined =>
  Object.hasOwn(listeners, key) ? listeners[key] : undefined;
