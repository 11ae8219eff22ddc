import { changed, type TeamsCore } from './core';
import { type Delivery, deliver } from './delivery';
import { type Happening, invoke } from './envelope';
import { type InvokeOutcome, readExtensionAnswer, readTaskAnswer } from './invokeCheck';
import { attachmentOf } from './messageParts';
import { messagePayload } from './messagePayload';
import { UNREACHABLE } from './options';
import { placeOf } from './places';
import { judged } from './problems';
import type { Json, JsonObject, TeamsAct, TeamsActResult, TeamsMessage } from './protocol';
import { failed, isFailed, type MessageScene, messageScene, notify, sceneOf } from './scene';
import { addMessage, messageOf, type OpenDialog, userOf } from './state';

const LOADING = { card: null, message: null, error: null, pending: true, height: 520, width: 640 };
const CONTEXT = { theme: 'default' };

/** A press of Action.Submit with `msteams.type: task/fetch`: the bot is asked for a form. */
export async function openCardDialog(core: TeamsCore, scene: MessageScene, data: JsonObject): Promise<TeamsActResult> {
  const { user, place, message } = scene;
  const dialog = begin(core, {
    ...LOADING,
    user: user.id,
    title: core.app.botName,
    source: 'card',
    commandId: null,
    messageId: message.id,
    conversation: place.id,
    messagePayload: null,
  });
  const value = { data, context: CONTEXT };
  const parts = { name: 'task/fetch', value, source: 'message', replyToId: message.id } as const;
  const delivery = await deliver(core, invoke(core, { user, place, rootId: message.rootId }, parts));
  return settle(core, dialog, judged(core, delivery, readTaskAnswer));
}

/** An action command of the message extension, from a message's menu or the composer. */
export async function openExtension(
  core: TeamsCore,
  act: Extract<TeamsAct, { act: 'openExtension' }>,
): Promise<TeamsActResult> {
  const context = act.messageId === undefined ? 'compose' : 'message';
  const command = core.app.extensionCommands.find((one) => one.id === act.commandId);
  if (command === undefined || !command.contexts.includes(context)) {
    return failed('The app offers no such command here.');
  }
  const { messageId } = act;
  const scene =
    messageId === undefined ? sceneOf(core, act.user, act.conversation) : messageScene(core, { ...act, messageId });
  if (isFailed(scene)) {
    return scene;
  }
  const message = 'message' in scene ? (scene as MessageScene).message : null;
  const dialog = begin(core, {
    ...LOADING,
    user: act.user,
    title: command.title,
    source: 'messageExtension',
    commandId: command.id,
    messageId: messageId ?? null,
    conversation: scene.place.id,
    messagePayload: message === null ? null : messagePayload(core, message),
  });
  const happening = { user: scene.user, place: scene.place, rootId: message?.rootId ?? null };
  const parts = { name: 'composeExtension/fetchTask', value: extensionValue(dialog), source: 'compose' } as const;
  const delivery = await deliver(core, invoke(core, happening, parts));
  return settle(core, dialog, judged(core, delivery, readExtensionAnswer));
}

/** A press of Action.Submit in the open dialog. */
export async function submitDialog(
  core: TeamsCore,
  act: Extract<TeamsAct, { act: 'submitDialog' }>,
): Promise<TeamsActResult> {
  const dialog = core.state.dialogs.get(act.user);
  if (dialog === undefined || dialog.card === null || dialog.pending) {
    return failed('There is no form to submit.');
  }
  Object.assign(dialog, { pending: true, error: null });
  changed(core);
  const delivery = await sendSubmit(core, dialog, act.data);
  if (delivery === null) {
    return failed('There is no form to submit.');
  }
  const read = dialog.source === 'card' ? readTaskAnswer : readExtensionAnswer;
  return settle(core, dialog, judged(core, delivery, read));
}

export function closeDialog(core: TeamsCore, user: string): TeamsActResult {
  if (core.state.dialogs.delete(user)) {
    changed(core);
  }
  return { ok: true, dialog: false };
}

async function sendSubmit(core: TeamsCore, dialog: OpenDialog, data: JsonObject): Promise<Delivery | null> {
  const user = userOf(core.state, dialog.user);
  const place = placeOf(core.state, dialog.conversation);
  if (user === null || place === null) {
    return null;
  }
  const happening: Omit<Happening, 'type'> = { user, place, rootId: originOf(core, dialog)?.rootId ?? null };
  if (dialog.source === 'card') {
    const replyToId = dialog.messageId ?? undefined;
    const value = { data, context: CONTEXT };
    return deliver(core, invoke(core, happening, { name: 'task/submit', value, source: 'message', replyToId }));
  }
  const value = { ...extensionValue(dialog), data };
  return deliver(core, invoke(core, happening, { name: 'composeExtension/submitAction', value, source: 'compose' }));
}

function extensionValue(dialog: OpenDialog): { [key: string]: Json } {
  return {
    commandId: dialog.commandId,
    commandContext: dialog.messagePayload === null ? 'compose' : 'message',
    context: CONTEXT,
    ...(dialog.messagePayload === null ? {} : { messagePayload: dialog.messagePayload }),
  };
}

function begin(core: TeamsCore, dialog: OpenDialog): OpenDialog {
  core.state.dialogs.set(dialog.user, dialog);
  changed(core);
  return dialog;
}

/** Shows what the bot answered, unless the person has closed the dialog meanwhile. */
function settle(core: TeamsCore, dialog: OpenDialog, outcome: InvokeOutcome): TeamsActResult {
  const isOpen = core.state.dialogs.get(dialog.user) === dialog;
  if (outcome.kind === 'insert') {
    insert(core, dialog, outcome.attachments);
  }
  const result = isOpen ? show(core, dialog, outcome) : { ok: outcome.kind !== 'bad', dialog: false };
  changed(core);
  return result;
}

function show(core: TeamsCore, dialog: OpenDialog, outcome: InvokeOutcome): TeamsActResult {
  dialog.pending = false;
  switch (outcome.kind) {
    case 'form': {
      const { title, card, height, width } = outcome;
      Object.assign(dialog, { title: title || dialog.title, card, height, width, message: null, error: null });
      return { ok: true, dialog: true };
    }
    case 'message':
      Object.assign(dialog, { card: null, message: outcome.text, error: null });
      return { ok: true, dialog: true, message: outcome.text };
    case 'close':
    case 'insert':
      core.state.dialogs.delete(dialog.user);
      return { ok: true, dialog: false };
    default:
      return unreachable(core, dialog);
  }
}

// A form that was being filled in stays with an error; a dialog that never opened goes.
function unreachable(core: TeamsCore, dialog: OpenDialog): TeamsActResult {
  notify(core, dialog.user, 'error', { text: UNREACHABLE, messageId: dialog.messageId });
  if (dialog.card === null) {
    core.state.dialogs.delete(dialog.user);
    return { ...failed(UNREACHABLE), dialog: false };
  }
  dialog.error = UNREACHABLE;
  return { ...failed(UNREACHABLE), dialog: true };
}

// Teams puts the card into the composer for the person to send; here it is sent at once.
function insert(core: TeamsCore, dialog: OpenDialog, attachments: JsonObject[]): void {
  const message = addMessage(core.state, core.options.now(), {
    conversation: dialog.conversation,
    from: dialog.user,
    fromBot: false,
    rootId: originOf(core, dialog)?.rootId ?? null,
    text: '',
    attachments: attachments.map(attachmentOf),
  });
  if (message.rootId === null && placeOf(core.state, dialog.conversation)?.kind === 'channel') {
    message.rootId = message.id;
  }
}

function originOf(core: TeamsCore, dialog: OpenDialog): TeamsMessage | null {
  return dialog.messageId === null ? null : messageOf(core.state, dialog.conversation, dialog.messageId);
}
