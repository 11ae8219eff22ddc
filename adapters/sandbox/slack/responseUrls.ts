import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './api';
import { amend, arrive, keptBlocks, remove } from './messages';
import { draftMessage, isRefusal, readContent } from './methods/chat';
import { fail, text } from './methods/method';
import type { JsonObject, SlackChannel, SlackMessage } from './protocol';
import { type Hook, messagesIn } from './state';
import type { World } from './world';

const HOOK_USES_MAX = 5;
const HOOK_LIVES_MS = 30 * 60_000;

/** A response_url for what this person has just done here; `ts` is the message that it may replace. */
export function mintHook(
  world: World,
  kind: 'commands' | 'actions' | 'app',
  hook: Pick<Hook, 'user' | 'channel' | 'ts'>,
): string {
  const id = randomBytes(12).toString('hex');
  world.state.hooks.set(id, { ...hook, at: world.now(), uses: 0 });
  const oldest = world.state.hooks.keys().next().value;
  if (world.state.hooks.size > 1_000 && oldest !== undefined) world.state.hooks.delete(oldest);
  return `${world.origin()}/hooks/${kind}/${world.state.seed.team.id}/${id}`;
}

function original(world: World, hook: Hook): SlackMessage | undefined {
  const message = messagesIn(world.state, hook.channel).get(hook.ts ?? '');
  return message?.bot_id !== world.state.seed.app.bot_id || message?.deleted ? undefined : message;
}

/** Shows an answer of the app to the person (or to all of the channel): an acknowledgement's body or a response_url's. */
export function showAnswer(
  world: World,
  channel: SlackChannel,
  user: string,
  given: JsonObject,
): SlackMessage | JsonObject {
  const content = readContent(given);
  if (isRefusal(content)) return content;
  const message = draftMessage(world, channel, content);
  const thread = text(given, 'thread_ts');
  if (thread !== undefined && messagesIn(world.state, channel.id).has(thread)) message.thread_ts = thread;
  if (given.response_type !== 'in_channel') message.ephemeral_to = user;
  arrive(world, message);
  return message;
}

function isMessage(given: SlackMessage | JsonObject): given is SlackMessage {
  return 'ts' in given;
}

function carryOut(world: World, hook: Hook, channel: SlackChannel, given: JsonObject): JsonObject {
  const replaced = original(world, hook);
  if (given.delete_original === true) {
    if (!replaced) return fail('message_not_found');
    remove(world, replaced);
    return { ok: true };
  }
  if (given.replace_original === true && replaced) {
    const content = readContent(given);
    if (isRefusal(content)) return content;
    amend(world, replaced, { text: content.text, blocks: keptBlocks(content.blocks) }, replaced.user);
    return { ok: true };
  }
  const shown = showAnswer(world, channel, hook.user, given);
  if (!isMessage(shown)) return shown;
  hook.ts ??= shown.ts;
  return { ok: true };
}

function refusal(world: World, hook: Hook | undefined): JsonObject | undefined {
  if (!hook) return fail('invalid_url');
  if (world.now() - hook.at > HOOK_LIVES_MS) return fail('expired_url');
  return hook.uses >= HOOK_USES_MAX ? fail('used_url') : undefined;
}

function parsedObject(body: string): JsonObject {
  try {
    const given: unknown = JSON.parse(body);
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as JsonObject) : {};
  } catch {
    return {};
  }
}

/** `POST /hooks/…`: five answers within half an hour. */
export async function answerHook(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = world.now();
  const id = (request.url ?? '').split('/').at(-1) ?? '';
  const given = parsedObject((await readBody(request)) ?? '');
  const fault = world.faults.take('respond', given);
  if (fault?.drop === 'before') return void request.socket.destroy();
  const hook = world.state.hooks.get(id);
  const channel = world.state.channels.get(hook?.channel ?? '');
  const no = refusal(world, hook);
  const result = !hook || !channel || no ? (no ?? fail('channel_not_found')) : carryOut(world, hook, channel, given);
  if (hook && result.ok === true) hook.uses += 1;
  const status = fault?.status ?? (result.ok === true ? 200 : 404);
  world.log.add({ kind: 'call', at, method: 'respond', args: given, status, result, ms: 0 });
  if (fault?.drop === 'after') return void request.socket.destroy();
  const retry: { [name: string]: string } =
    fault?.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  response.writeHead(fault?.retryAfter === undefined ? status : 429, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify(result));
}
