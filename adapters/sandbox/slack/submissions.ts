import { acknowledged, ask, basePayload, bodyOf, no } from './asking';
import type { Answer } from './delivery';
import { clientErrors, stateValues } from './entries';
import { isObject } from './limits/shape';
import { isInteractive } from './manifest';
import { suggestedIn } from './presses';
import type { JsonObject, SlackAct, SlackActResult, SlackUser } from './protocol';
import type { StoredView } from './state';
import { mintTrigger } from './triggers';
import { closeStack, closeTop, isRefusedView, pushModal, updateView, viewJson } from './views';
import type { World } from './world';

type Act<Name> = Extract<SlackAct, { act: Name }>;

const TROUBLE = 'We had some trouble connecting. Try again?';

function shown(world: World, view: StoredView, change: Partial<StoredView>): void {
  Object.assign(view, change);
  world.changed();
}

function troubled(world: World, view: StoredView, error: string): SlackActResult {
  shown(world, view, { trouble: TROUBLE });
  return no(error, TROUBLE);
}

function withErrors(world: World, view: StoredView, errors: { [blockId: string]: string }): SlackActResult {
  shown(world, view, { errors });
  return { ok: true, outcome: 'errors', errors };
}

/** The app's field errors, if each belongs to an input of this view; Slack takes none of them otherwise. */
function fieldErrors(view: StoredView, body: JsonObject): { [blockId: string]: string } | undefined {
  if (!isObject(body.errors)) return undefined;
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const entries = Object.entries(body.errors);
  const fits = entries.every(([id, words]) => inputs.includes(id) && typeof words === 'string' && words !== '');
  return fits && entries.length > 0 ? Object.fromEntries(entries.map(([id, words]) => [id, String(words)])) : undefined;
}

/** Does what the acknowledgement asks: close, show errors, update, push or clear. */
function follow(world: World, view: StoredView, body: JsonObject): SlackActResult {
  const action = body.response_action;
  if (action === undefined) {
    if (world.state.stacks.get(view.user)?.at(-1) === view.id) closeTop(world, view.user);
    return { ok: true, outcome: 'closed' };
  }
  if (action === 'clear') {
    closeStack(world, view.user);
    return { ok: true, outcome: 'cleared' };
  }
  if (action === 'errors') {
    const errors = fieldErrors(view, body);
    return errors ? withErrors(world, view, errors) : troubled(world, view, 'invalid_errors');
  }
  if (action !== 'update' && action !== 'push') return troubled(world, view, 'invalid_response_action');
  const result = action === 'push' ? pushModal(world, view.user, body.view) : updateView(world, view, body.view);
  if (isRefusedView(result)) {
    const first = result.problems[0];
    return troubled(
      world,
      view,
      first ? `${result.error}: ${first.message} [json-pointer:${first.pointer}]` : result.error,
    );
  }
  return { ok: true, outcome: action === 'push' ? 'pushed' : 'updated' };
}

/** Sends a modal in. What Slack's client checks by itself (required fields, lengths) never reaches the app. */
export async function submitView(world: World, act: Act<'submitView'>, user: SlackUser): Promise<SlackActResult> {
  const view = world.state.views.get(act.view_id);
  const isTop = view?.user === user.id && world.state.stacks.get(user.id)?.at(-1) === view.id;
  if (!view || !isTop) return no('view_not_found', 'This form is not open any more.');
  if (view.pending) return no('already_submitting', 'One moment, this is being sent.');
  if (view.json.submit === undefined) return no('no_submit', 'There is nothing to submit here.');
  if (!isInteractive(world.manifest)) return troubled(world, view, 'interactivity_disabled');
  const values = stateValues(view.blocks, act.values, suggestedIn(world, { kind: 'view', view }));
  const missing = clientErrors(view.blocks, values);
  if (Object.keys(missing).length > 0) return withErrors(world, view, missing);
  shown(world, view, { pending: true, errors: {}, trouble: null });
  const answer: Answer = await ask(world, {
    what: 'interaction',
    type: 'view_submission',
    payload: {
      ...basePayload(world, 'view_submission', user),
      trigger_id: mintTrigger(world, user.id, view.origin, view.id),
      view: viewJson(world, view, values),
      response_urls: [],
    },
  });
  shown(world, view, { pending: false });
  if (!acknowledged(answer))
    return troubled(world, view, answer.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed');
  // Somebody may have closed the form, or the app replaced it, while the answer was under way.
  if (!world.state.views.has(view.id)) return { ok: true, outcome: 'closed' };
  return follow(world, view, bodyOf(answer));
}

/** Cancel, Back or the X. The app hears of it only from views that asked for it. */
export async function closeView(world: World, act: Act<'closeView'>, user: SlackUser): Promise<SlackActResult> {
  const stack = [...(world.state.stacks.get(user.id) ?? [])];
  if (!stack.includes(act.view_id)) return no('view_not_found', 'This form is not open any more.');
  const ids = act.all ? stack.reverse() : stack.slice(-1);
  const closed = ids.flatMap((id) => world.state.views.get(id) ?? []);
  if (act.all) closeStack(world, user.id);
  else closeTop(world, user.id);
  const heard = closed.filter((view) => view.json.notify_on_close === true && isInteractive(world.manifest));
  await Promise.all(
    heard.map((view) =>
      ask(world, {
        what: 'interaction',
        type: 'view_closed',
        payload: {
          ...basePayload(world, 'view_closed', user),
          view: viewJson(world, view),
          is_cleared: act.all === true,
          response_urls: [],
        },
      }),
    ),
  );
  return { ok: true };
}
