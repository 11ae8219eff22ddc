import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from './serverAssets';
import { isLoopbackHost, protect, readJsonObject, strangePost } from './serverGuard';
import { type PageParts, type StateStream, streamState } from './serverStream';
import type { SlackAct } from './slack/protocol';
import type { TeamsAct } from './teams/protocol';
import type { Calls } from './uiState';

export interface PageServer {
  /** Answers what belongs to the page; false (nothing touched) for any other path. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  stop(): void;
}

/** The page, its state stream and its acts, for an HTTP server that somebody else owns. */
export async function openPage(parts: PageParts): Promise<PageServer> {
  const assets = await bundlePage();
  const stream = streamState(parts);
  return {
    handle(req, res) {
      const url = new URL(req.url ?? '/', 'http://sandbox');
      if (!(assets.has(url.pathname) || url.pathname.startsWith('/ui/'))) return false;
      protect(res);
      const asset = assets.get(url.pathname);
      const answered = isLoopbackHost(req)
        ? asset && req.method === 'GET'
          ? asset.read().then((content) => void res.setHeader('content-type', asset.type).end(content))
          : answerState({ parts, stream, req, res }, url)
        : refuse(res, 403, 'open the sandbox as http://127.0.0.1 or http://localhost');
      answered.catch(() => (res.headersSent ? res.destroy() : void refuse(res, 500, 'the sandbox stumbled')));
      return true;
    },
    stop: () => stream.stop(),
  };
}

type Exchange = { parts: PageParts; stream: StateStream; req: IncomingMessage; res: ServerResponse };

async function answerState(exchange: Exchange, url: URL): Promise<void> {
  const { parts, stream, req, res } = exchange;
  if (req.method === 'GET' && url.pathname === '/ui/state') return stream.join(req, res);
  if (req.method === 'GET' && url.pathname === '/ui/calls') return json(res, 200, callsSince(parts, url.searchParams));
  if (req.method !== 'POST') return refuse(res, 404, 'nothing here');
  const strange = strangePost(req);
  if (strange !== null) return refuse(res, 403, strange);
  const body = await readJsonObject(req);
  if (body === null) return refuse(res, 400, 'send one JSON object of at most 256 KB');
  // The worlds check every act themselves: a wrong one is answered with a refusal, as the platform would.
  if (url.pathname === '/ui/act/slack') return json(res, 200, await parts.slack.act(body as SlackAct));
  if (url.pathname === '/ui/act/teams') return json(res, 200, await parts.teams.act(body as TeamsAct));
  if (url.pathname === '/ui/clock') return pushClock(parts, body, res);
  return refuse(res, 404, 'nothing here');
}

async function pushClock(parts: PageParts, body: { [key: string]: unknown }, res: ServerResponse): Promise<void> {
  if (body['to'] === 'next-warning') {
    const next = (await parts.nextWarning?.()) ?? null;
    if (next === null) return json(res, 200, { ok: false, words: 'No case has a warning ahead of it.' });
    // A second more, so that what is due at that instant is due without doubt.
    const ahead = Math.max(1000, next - parts.clock.now() + 1000);
    const pushed = parts.clock.push(ahead);
    return json(res, 200, pushed ? { ok: true } : { ok: false, words: 'The next warning is more than a month away.' });
  }
  if (parts.clock.push(Number(body['push']))) return json(res, 200, { ok: true });
  return refuse(res, 400, 'push the clock forward by 1 ms to 31 days');
}

function callsSince(parts: PageParts, since: URLSearchParams): Calls {
  const slackAfter = Number(since.get('slack') ?? 0);
  const teamsAfter = Number(since.get('teams') ?? 0);
  return {
    slack: parts.slack.calls.filter((call) => call.id > slackAfter),
    teams: parts.teams.calls.filter((call) => call.seq > teamsAfter),
  };
}

async function refuse(res: ServerResponse, status: number, words: string): Promise<void> {
  return json(res, status, { ok: false, error: words, words });
}

async function json(res: ServerResponse, status: number, value: object): Promise<void> {
  res.statusCode = status;
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(value));
}
