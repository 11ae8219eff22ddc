import { hasHome } from '../manifest';
import type { JsonObject } from '../protocol';
import type { StoredView } from '../state';
import { triggerRefusal } from '../triggers';
import { isRefusedView, openModal, publishHome, pushModal, updateView, type ViewRefusal, viewJson } from '../views';
import type { World } from '../world';
import { refusedBlocks } from './chat';
import { fail, type Methods, text } from './method';

function answer(world: World, result: StoredView | ViewRefusal): JsonObject {
  if (isRefusedView(result))
    return result.problems.length > 0 ? refusedBlocks(result.error, result.problems) : fail(result.error);
  return { ok: true, view: viewJson(world, result) };
}

/** Opens or pushes. The trigger is spent by a call that succeeds. */
function withTrigger(world: World, args: JsonObject, kind: 'open' | 'push'): JsonObject {
  const trigger = world.state.triggers.get(text(args, 'trigger_id') ?? '');
  const refusal = triggerRefusal(world, trigger);
  if (!trigger || refusal) return fail(refusal ?? 'invalid_trigger_id');
  const show = kind === 'open' ? openModal : pushModal;
  const result = show(world, trigger.user, args.view, trigger.origin);
  if (!isRefusedView(result)) trigger.used = true;
  return answer(world, result);
}

function update(world: World, args: JsonObject): JsonObject {
  const external = text(args, 'external_id');
  const view =
    world.state.views.get(text(args, 'view_id') ?? '') ??
    [...world.state.views.values()].find((one) => external !== undefined && one.json.external_id === external);
  return view ? answer(world, updateView(world, view, args.view, text(args, 'hash'))) : fail('not_found');
}

function publish(world: World, args: JsonObject): JsonObject {
  if (!hasHome(world.manifest)) return fail('not_enabled');
  const user = text(args, 'user_id');
  if (user === undefined || !world.state.users.has(user)) return fail('user_not_found');
  return answer(world, publishHome(world, user, args.view, text(args, 'hash')));
}

export const viewMethods: Methods = {
  'views.open': { scopes: [], run: (world, args) => withTrigger(world, args, 'open') },
  'views.push': { scopes: [], run: (world, args) => withTrigger(world, args, 'push') },
  'views.update': { scopes: [], run: update },
  'views.publish': { scopes: [], run: publish },
};
