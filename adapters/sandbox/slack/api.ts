import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { SlackFault } from './faults';
import { botScopes } from './manifest';
import { basicMethods } from './methods/basics';
import { chatMethods } from './methods/chat';
import { conversationMethods } from './methods/conversations';
import { fail, type Method, type Methods, missingScope } from './methods/method';
import { viewMethods } from './methods/views';
import type { Json, JsonObject } from './protocol';
import type { World } from './world';

const METHODS: Methods = { ...basicMethods, ...chatMethods, ...conversationMethods, ...viewMethods };
/** Arguments that arrive as JSON in a form field. */
const JSON_ARGUMENTS = ['blocks', 'view', 'metadata', 'attachments', 'unfurls'];
const BODY_MAX = 5_000_000;

/** `granted`: the scopes of the bot's token, which Slack tells in a header of each answer to it. */
type Reply = { status: number; body: JsonObject; retryAfter?: number; granted?: string[] };

/** The whole body, or undefined when it is longer than anybody may send. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > BODY_MAX) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function argumentsOf(request: IncomingMessage, body: string): JsonObject {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const given = parsedJson(body);
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  }
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const fields = [...query.entries(), ...new URLSearchParams(body).entries()];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, JSON_ARGUMENTS.includes(name) ? (parsedJson(value) ?? value) : value]),
  );
}

function tokenOf(request: IncomingMessage, args: JsonObject): string | undefined {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return header.slice('Bearer '.length);
  return typeof args.token === 'string' ? args.token : undefined;
}

/** Why this caller may not use the method: token first, then scope. */
function doorRefusal(world: World, method: Method, token: string | undefined): JsonObject | undefined {
  if (method.token === 'none') return undefined;
  if (token === undefined || token === '') return fail('not_authed');
  const { botToken, appToken } = world.options;
  if (token !== botToken && token !== appToken) return fail('invalid_auth');
  if ((method.token === 'app') !== (token === appToken)) return fail('not_allowed_token_type');
  if (method.scopes.length === 0) return undefined;
  const granted = method.scopes.some((scope) => botScopes(world.manifest).includes(scope));
  return granted ? undefined : missingScope(world, method.scopes[0] ?? '');
}

/** Slack's pace for messages, one a second and channel, when the world was told to keep it. */
function isTooFast(world: World, paced: Map<string, number>, name: string, args: JsonObject): boolean {
  if (!world.options.rateLimit || !['chat.postMessage', 'chat.postEphemeral'].includes(name)) return false;
  const channel = String(args.channel);
  const last = paced.get(channel);
  if (last !== undefined && world.now() - last < 1_000) return true;
  paced.set(channel, world.now());
  return false;
}

function replyOfFault(fault: SlackFault | undefined): Reply | undefined {
  if (fault?.retryAfter !== undefined) return { status: 429, body: fail('ratelimited'), retryAfter: fault.retryAfter };
  if (fault?.status !== undefined) return { status: fault.status, body: fail(fault.error ?? 'internal_error') };
  return fault?.error === undefined ? undefined : { status: 200, body: fail(fault.error) };
}

function write(response: ServerResponse, reply: Reply): void {
  const headers: { [name: string]: string } = { 'content-type': 'application/json; charset=utf-8' };
  if (reply.retryAfter !== undefined) headers['retry-after'] = String(reply.retryAfter);
  if (reply.granted !== undefined && reply.granted.length > 0) headers['x-oauth-scopes'] = reply.granted.join(',');
  response.writeHead(reply.status, headers).end(JSON.stringify(reply.body));
}

/** The Web API: `POST /api/<method>`. `openSocket` mints the address for apps.connections.open. */
export function createApi(world: World, openSocket: () => string | undefined) {
  const paced = new Map<string, number>();
  const methods: Methods = {
    ...METHODS,
    'apps.connections.open': {
      scopes: [],
      token: 'app',
      run: () => {
        const url = openSocket();
        return url === undefined ? fail('socket_mode_not_enabled') : { ok: true, url };
      },
    },
  };

  function carryOut(request: IncomingMessage, name: string, args: JsonObject): Reply {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) return { status: 200, body: fail('unknown_method', { req_method: name }) };
    const refusal = doorRefusal(world, method, tokenOf(request, args));
    if (refusal) return { status: 200, body: refusal };
    if (isTooFast(world, paced, name, args)) return { status: 429, body: fail('ratelimited'), retryAfter: 1 };
    const granted = method.token === undefined ? botScopes(world.manifest) : [];
    return { status: 200, body: method.run(world, args), granted };
  }

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const at = world.now();
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice('/api/'.length);
    const body = await readBody(request);
    if (body === undefined) return write(response, { status: 413, body: fail('request_too_large') });
    const args = argumentsOf(request, body);
    const { token: _token, ...shown } = args;
    const fault = world.faults.take(name, args);
    const note = (reply: Reply): void => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      world.log.add({ kind: 'call', at, method: name, args: shown, status: reply.status, result: reply.body, ms });
    };
    if (fault?.drop === 'before') {
      note({ status: 0, body: fail('connection_dropped') });
      return void request.socket.destroy();
    }
    const failed = replyOfFault(fault);
    const effect = failed === undefined || fault?.effect === true ? carryOut(request, name, args) : undefined;
    const reply = failed ?? effect ?? { status: 500, body: fail('internal_error') };
    // The effect comes before the wait: an app that gives up early cannot know that it was served.
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
    note(fault?.drop === 'after' ? { ...reply, status: 0 } : reply);
    if (fault?.drop === 'after') return void request.socket.destroy();
    write(response, reply);
  };
}
