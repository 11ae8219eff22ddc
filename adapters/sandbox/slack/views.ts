import { randomBytes } from 'node:crypto';
import { LIMITS } from './limits/numbers';
import { isObject, type Problem } from './limits/shape';
import { checkView, isViewTooLarge } from './limits/views';
import { keptBlocks } from './messages';
import type { Json, JsonObject, SlackView } from './protocol';
import { nextId, type StoredView } from './state';
import type { World } from './world';

/** Why the platform does not take a view, in its own words. */
export type ViewRefusal = { error: string; problems: Problem[] };

function refuse(error: string, problems: Problem[] = []): ViewRefusal {
  return { error, problems };
}

export function isRefusedView(given: StoredView | ViewRefusal): given is ViewRefusal {
  return 'error' in given;
}

function newHash(world: World): string {
  return `${Math.floor(world.now() / 1000)}.${randomBytes(4).toString('hex')}`;
}

/** The first thing that Slack would refuse about this view; undefined when it may be shown. */
function refusalOf(
  world: World,
  given: Json | undefined,
  surface: 'modal' | 'home',
  replaces?: string,
): ViewRefusal | undefined {
  if (!isObject(given))
    return refuse('invalid_arguments', [{ code: 'type', message: 'must provide an object', pointer: '/view' }]);
  if (isViewTooLarge(given)) return refuse('view_too_large');
  const problems = checkView(given, surface);
  if (problems.length > 0) return refuse('invalid_arguments', problems);
  const external = given.external_id;
  const taken = [...world.state.views.values()].some(
    (view) =>
      view.id !== replaces && typeof external === 'string' && external !== '' && view.json.external_id === external,
  );
  return taken ? refuse('duplicate_external_id') : undefined;
}

function store(world: World, view: StoredView, given: JsonObject): StoredView {
  const blocks = keptBlocks(Array.isArray(given.blocks) ? given.blocks : []);
  Object.assign(view, { json: given, blocks, hash: newHash(world), errors: {}, trouble: null });
  world.state.views.set(view.id, view);
  world.changed();
  return view;
}

function fresh(world: World, user: string, type: 'modal' | 'home', origin: string | null): StoredView {
  const id = nextId(world.state, 'V');
  const place = { rootId: id, previousId: null, origin };
  return { id, user, type, hash: '', json: {}, blocks: [], errors: {}, pending: false, trouble: null, ...place };
}

/** Opens a modal as the bottom of a new stack. */
export function openModal(
  world: World,
  user: string,
  given: Json | undefined,
  origin: string | null,
): StoredView | ViewRefusal {
  const refusal = refusalOf(world, given, 'modal');
  if (refusal || !isObject(given)) return refusal ?? refuse('invalid_arguments');
  closeStack(world, user);
  const view = fresh(world, user, 'modal', origin);
  world.state.stacks.set(user, [view.id]);
  return store(world, view, given);
}

/** Puts a modal on top of those that are open. */
export function pushModal(world: World, user: string, given: Json | undefined): StoredView | ViewRefusal {
  const stack = world.state.stacks.get(user) ?? [];
  const top = world.state.views.get(stack.at(-1) ?? '');
  if (!top) return refuse('not_found');
  if (stack.length >= LIMITS.view.stack) return refuse('push_limit_reached');
  const refusal = refusalOf(world, given, 'modal');
  if (refusal || !isObject(given)) return refusal ?? refuse('invalid_arguments');
  const view = { ...fresh(world, user, 'modal', top.origin), rootId: top.rootId, previousId: top.id };
  stack.push(view.id);
  return store(world, view, given);
}

/** Redraws an open view. `hash`, when given, must be the one that the app last saw. */
export function updateView(
  world: World,
  view: StoredView,
  given: Json | undefined,
  hash?: string,
): StoredView | ViewRefusal {
  if (hash !== undefined && hash !== view.hash) return refuse('hash_conflict');
  const refusal = refusalOf(world, given, view.type, view.id);
  if (refusal || !isObject(given)) return refusal ?? refuse('invalid_arguments');
  return store(world, view, given);
}

/** A person's Home tab keeps its id from one publication to the next. */
export function publishHome(
  world: World,
  user: string,
  given: Json | undefined,
  hash?: string,
): StoredView | ViewRefusal {
  const known = world.state.views.get(world.state.homes.get(user) ?? '');
  const view = known ?? fresh(world, user, 'home', null);
  const updated = updateView(world, view, given, hash);
  if (!isRefusedView(updated)) world.state.homes.set(user, view.id);
  return updated;
}

export function closeTop(world: World, user: string): void {
  const stack = world.state.stacks.get(user) ?? [];
  const closed = stack.pop();
  if (closed !== undefined) world.state.views.delete(closed);
  if (stack.length === 0) world.state.stacks.delete(user);
  world.changed();
}

export function closeStack(world: World, user: string): void {
  for (const id of world.state.stacks.get(user) ?? []) world.state.views.delete(id);
  world.state.stacks.delete(user);
  world.changed();
}

/** A view in the spelling of the Web API and of payloads; `values` is its `state.values`. */
export function viewJson(world: World, view: StoredView, values: JsonObject = {}): JsonObject {
  const { team, app } = world.state.seed;
  const given = view.json;
  return {
    id: view.id,
    team_id: team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: given.private_metadata ?? '',
    callback_id: given.callback_id ?? '',
    state: { values },
    hash: view.hash,
    title: given.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
    close: given.close ?? null,
    submit: given.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: app.id,
    external_id: given.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: app.bot_id,
  };
}

function words(value: Json | undefined): string | undefined {
  return isObject(value) && typeof value.text === 'string' ? value.text : undefined;
}

/** A view as the page draws it. */
export function shownView(view: StoredView): SlackView {
  const { json } = view;
  return {
    id: view.id,
    type: view.type,
    callback_id: typeof json.callback_id === 'string' ? json.callback_id : '',
    title: words(json.title),
    submit: words(json.submit),
    close: words(json.close),
    blocks: view.blocks,
    hash: view.hash,
    errors: view.errors,
    pending: view.pending,
    trouble: view.trouble ?? undefined,
  };
}
