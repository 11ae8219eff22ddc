import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request, or says false: it is for somebody else. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Longer than any platform's own limit; a client that sends slower is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** One route by method and exact path. A known path with another method is answered 405. */
export function at(
  method: string,
  path: string,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Route {
  return (request, response) => {
    if (pathOf(request) !== path) return false;
    const allowed = request.method === method || (method === 'GET' && request.method === 'HEAD');
    if (!allowed) sendText(response, 405, `${path} answers ${method} only.\n`, { allow: method });
    else Promise.resolve(answer(request, response)).catch(() => stumbled(response));
    return true;
  };
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

export function sendText(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${JSON.stringify(body)}\n`);
}

/** Whatever went wrong with one request, it is answered and its connection let go. */
function stumbled(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else sendText(response, 500, 'Baton stumbled over this request.\n');
}

export interface Listening {
  readonly url: string;
  /** Stops accepting, lets what is under way finish for at most `graceMs`, then cuts the rest off. */
  stop(graceMs: number): Promise<void>;
}

/** The one HTTP server: the routes are asked in turn, and what none of them knows is 404. Rejects when the port is taken. */
export async function listen(
  routes: readonly Route[],
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const handle: RequestListener = (request, response) => {
    try {
      if (!routes.some((route) => route(request, response))) sendText(response, 404, 'There is nothing here.\n');
    } catch {
      stumbled(response);
    }
  };
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS }, handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return { url: `http://${shown}:${bound}`, stop: (graceMs) => stop(server, graceMs) };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
