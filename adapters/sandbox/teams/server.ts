import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer } from './answers';
import { callConnector } from './connectorRoutes';
import { logCall, type TeamsCore } from './core';
import { faultStatus, type TeamsFault, takeFault } from './faults';
import { parseJson } from './json';
import { keyDocument } from './keys';
import { isBearerOf, issueToken } from './login';
import type { Json } from './protocol';

/** The services that a bot calls, on one port: key documents, login, Connector. */
export function createTeamsServer(core: TeamsCore): Server {
  return createServer((request, response) => {
    serve(core, request, response).catch((error: unknown) => {
      // Only a bug of the emulator comes here; it must be seen and not hang the bot's call.
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { code: 'ServiceError', message: String(error) } }));
    });
  });
}

async function serve(core: TeamsCore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAt = performance.now();
  const text = await readBody(request);
  const verb = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', core.origin);
  const fault = takeFault(core.faults, verb, url.pathname);
  if (fault?.delayMs !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  }
  const answer = faultyAnswer(fault, () => route(core, request, url, text));
  if (isLogged(url)) {
    logCall(core, {
      at: core.options.now(),
      direction: 'fromBot',
      verb,
      path: `${url.pathname}${url.search}`,
      payload: url.pathname.startsWith('/login/') ? null : (parseJson(text) ?? null),
      status: answer?.status ?? 0,
      response: withoutToken(answer?.body ?? null),
      latencyMs: Math.round(performance.now() - startedAt),
      attempt: 1,
      problem: problemOf(answer),
    });
  }
  if (answer === null) {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
  response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
}

/** The answer as the fault lets it through; null when the connection is to be cut. */
function faultyAnswer(fault: TeamsFault | null, act: () => Answer): Answer | null {
  const status = fault === null ? null : faultStatus(fault);
  if (fault?.drop === 'before') {
    return null;
  }
  if (fault?.drop === 'after') {
    act();
    return null;
  }
  if (fault === null || status === null) {
    return act();
  }
  if (fault.effect === true) {
    act();
  }
  const body: Json = {
    error: {
      code: fault.code ?? (status === 429 ? 'Throttled' : 'ServiceError'),
      message: fault.message ?? 'A fault was ordered.',
    },
  };
  return fault.retryAfter === undefined
    ? { status, body }
    : { status, body, headers: { 'retry-after': String(fault.retryAfter) } };
}

function route(core: TeamsCore, request: IncomingMessage, url: URL, text: string): Answer {
  const { pathname } = url;
  if (pathname === `${metadataPath(core)}`) {
    return { status: 200, body: metadata(core) };
  }
  if (pathname === `/keys/${core.keys.kid}`) {
    return { status: 200, body: keyDocument(core.keys) };
  }
  const tenant = /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname)?.[1];
  if (tenant !== undefined && request.method === 'POST') {
    const { tenantId, appId, appPassword, tokenLifetimeMs } = core.options;
    const facts = { tenantId, appId, appPassword, lifetimeMs: tokenLifetimeMs };
    return issueToken(core.issued, facts, tenant, new URLSearchParams(text));
  }
  if (!pathname.startsWith(`/emea/${core.options.tenantId}/v3/`)) {
    return { status: 404, body: { message: 'Nothing lives here.' } };
  }
  if (!isBearerOf(core.issued, request.headers.authorization)) {
    return { status: 401, body: { message: 'Authorization has been denied for this request.' } };
  }
  return callConnector(core, request.method ?? 'GET', url, text);
}

/** The SDK keeps keys by this address for 24 hours, so it must differ from world to world: it holds the key's id. */
export function metadataPath(core: TeamsCore): string {
  return `/openid/${core.keys.kid}/.well-known/openidconfiguration`;
}

function metadata(core: TeamsCore): Json {
  return {
    issuer: core.issuer,
    authorization_endpoint: `${core.origin}/openid/authorize`,
    jwks_uri: `${core.origin}/keys/${core.keys.kid}`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
}

function isLogged(url: URL): boolean {
  return url.pathname.startsWith('/login/') || url.pathname.includes('/v3/');
}

// The panel is on a screen: no token belongs there, not even an emulated one.
function withoutToken(body: Json): Json {
  return typeof body === 'object' && body !== null && 'access_token' in body ? { ...body, access_token: '…' } : body;
}

function problemOf(answer: Answer | null): string | null {
  if (answer === null) {
    return 'The connection was cut.';
  }
  return answer.status < 400 ? null : `Answered ${answer.status}: ${JSON.stringify(answer.body ?? null)}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
