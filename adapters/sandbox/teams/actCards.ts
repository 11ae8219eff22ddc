import { openCardDialog } from './actDialogs';
import { changed, type TeamsCore } from './core';
import { deliver } from './delivery';
import { envelope, invoke } from './envelope';
import { type InvokeOutcome, readActionAnswer, readSearchAnswer } from './invokeCheck';
import { asObject } from './json';
import { UNREACHABLE } from './options';
import { isInstalled, membersOf, type Place } from './places';
import { judged } from './problems';
import type { Json, TeamsAct, TeamsActResult, TeamsMessage, TeamsUser } from './protocol';
import { failed, isFailed, messageScene, notify, sceneOf } from './scene';

/** A press of Action.Execute. A card in the answer takes the message's place for this person alone. */
export async function execute(core: TeamsCore, act: Extract<TeamsAct, { act: 'execute' }>): Promise<TeamsActResult> {
  const scene = messageScene(core, act);
  if (isFailed(scene)) {
    return scene;
  }
  const { user, place, message } = scene;
  if (!isInstalled(place)) {
    return unreachable(core, user, message.id);
  }
  const action = { type: 'Action.Execute', verb: act.verb, data: act.data };
  const value = { action, trigger: act.trigger ?? 'manual' };
  const parts = { name: 'adaptiveCard/action', value, source: 'message', replyToId: message.id } as const;
  const delivery = await deliver(core, invoke(core, { user, place, rootId: message.rootId }, parts));
  return applyAction(core, { user, message }, judged(core, delivery, readActionAnswer));
}

function applyAction(
  core: TeamsCore,
  at: { user: TeamsUser; message: TeamsMessage },
  outcome: InvokeOutcome,
): TeamsActResult {
  const { user, message } = at;
  switch (outcome.kind) {
    case 'card':
      message.views = [...message.views.filter((view) => view.user !== user.id), { user: user.id, card: outcome.card }];
      core.state.notices.delete(user.id);
      changed(core);
      return { ok: true };
    case 'message':
      notify(core, user.id, 'info', { text: outcome.text, messageId: message.id });
      return { ok: true, message: outcome.text };
    case 'error':
      notify(core, user.id, 'error', { text: outcome.text, messageId: message.id });
      return failed(outcome.text);
    default:
      return unreachable(core, user, message.id);
  }
}

/** A press of Action.Submit in a message: opens a dialog or sends the data. Its older kinds are not emulated. */
export async function submitAction(
  core: TeamsCore,
  act: Extract<TeamsAct, { act: 'submitAction' }>,
): Promise<TeamsActResult> {
  const scene = messageScene(core, act);
  if (isFailed(scene)) {
    return scene;
  }
  const { user, place, message } = scene;
  if (!isInstalled(place)) {
    return unreachable(core, user, message.id);
  }
  const kind = asObject(act.data.msteams).type;
  if (kind === 'task/fetch') {
    return openCardDialog(core, scene, act.data);
  }
  if (kind !== undefined) {
    return failed(`Buttons of type ${JSON.stringify(kind)} are not emulated.`);
  }
  const parts = { value: act.data, replyToId: message.id, channelData: { source: { name: 'message' } } };
  await deliver(core, envelope(core, { user, place, type: 'message', rootId: message.rootId }, parts));
  return { ok: true };
}

/** Typeahead: people are looked up by Teams itself, every other data set by the bot. */
export async function suggest(core: TeamsCore, act: Extract<TeamsAct, { act: 'suggest' }>): Promise<TeamsActResult> {
  const dialog = core.state.dialogs.get(act.user);
  const conversation = act.conversation ?? dialog?.conversation ?? '';
  const scene = sceneOf(core, act.user, conversation);
  if (isFailed(scene)) {
    return scene;
  }
  if (act.dataset.startsWith('graph.microsoft.com/users')) {
    return { ok: true, options: people(core, scene.place, act) };
  }
  const value: Json = {
    kind: 'search',
    queryText: act.query,
    queryOptions: { skip: act.skip ?? 0, top: act.count ?? 15 },
    dataset: act.dataset,
  };
  const messageId = act.messageId ?? dialog?.messageId ?? undefined;
  const parts = { name: 'application/search', value, source: 'message', replyToId: messageId } as const;
  const delivery = await deliver(core, invoke(core, scene, parts));
  const outcome = judged(core, delivery, readSearchAnswer);
  if (outcome.kind === 'options') {
    return { ok: true, options: outcome.options };
  }
  return unreachable(core, scene.user, messageId ?? null);
}

function people(
  core: TeamsCore,
  place: Place,
  act: { dataset: string; query: string },
): { title: string; value: string }[] {
  const query = act.query.trim().toLowerCase();
  const near = act.dataset.includes('scope=currentContext') ? membersOf(core.state, place) : core.state.users;
  return near
    .filter((user) => user.name.toLowerCase().includes(query))
    .map((user) => ({ title: user.name, value: user.aadObjectId }));
}

function unreachable(core: TeamsCore, user: TeamsUser, messageId: string | null): TeamsActResult {
  notify(core, user.id, 'error', { text: UNREACHABLE, messageId });
  return failed(UNREACHABLE);
}
