import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pushableClock } from '../../adapters/sandbox/clock';
import { PEOPLE, ROOMS } from '../../adapters/sandbox/seed';
import { openPage, type PageServer } from '../../adapters/sandbox/server';
import type { SlackAct, SlackSnapshot } from '../../adapters/sandbox/slack/protocol';
import type { TeamsSnapshot } from '../../adapters/sandbox/teams/protocol';
import type { UiEvent } from '../../adapters/sandbox/uiState';

/** The page's server: who may speak to it, and what it tells. The worlds are two lines here. */

describe('the page’s server', () => {
  let server: Server;
  let page: PageServer;
  let port = 0;
  const clock = pushableClock();
  const acts: SlackAct[] = [];
  const heard = new Set<() => void>();

  beforeAll(async () => {
    const onChange = (listener: () => void) => {
      heard.add(listener);
      return () => void heard.delete(listener);
    };
    const slack = {
      snapshot: () => ({ revision: acts.length, messages: [] }) as unknown as SlackSnapshot,
      act: async (act: SlackAct) => {
        acts.push(act);
        for (const tell of heard) tell();
        return { ok: true as const };
      },
      onChange,
      calls: [],
    };
    const teams = {
      snapshot: () => ({ messages: [] }) as unknown as TeamsSnapshot,
      act: async () => ({ ok: true }),
      onChange,
      calls: [],
    };
    const setup = { people: PEOPLE, rooms: ROOMS, hasNextWarning: true };
    page = await openPage({ slack, teams, clock, setup, nextWarning: () => null });
    server = createServer((req, res) => {
      if (!page.handle(req, res)) res.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    page.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  type Asked = { method?: string; headers?: Record<string, string>; body?: string };
  const ask = (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
      });
      asked.on('error', reject).end(body);
    });
  const ours = () => ({ origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' });
  const say = JSON.stringify({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'hello' });

  test('serves the page with a policy that allows nothing inline and nothing from elsewhere', async () => {
    const { status, headers, text } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(text).toContain('/ui/page.js');
    for (const [, path] of text.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await ask(path ?? '')).status).toBe(200);
    const css = (await ask('/ui/page.css')).text;
    const fonts = [...css.matchAll(/url\("?(\/ui\/fonts\/[^")]+\.woff2)/g)].map((found) => found[1] ?? '');
    expect(fonts.length).toBeGreaterThan(3);
    for (const font of new Set(fonts)) expect((await ask(font)).status).toBe(200);
    expect(css).not.toMatch(/url\("?https?:/);
  });

  test('leaves all other paths to the product', async () => {
    for (const path of ['/healthz', '/slack/events', '/api/messages', '/uix'])
      expect((await ask(path)).status).toBe(418);
  });

  test('refuses a name of somebody else’s that points here', async () => {
    for (const host of ['evil.test', `evil.test:${port}`, '127.0.0.1.evil.test', 'localhost.evil.test'])
      expect((await ask('/', { headers: { host } })).status).toBe(403);
    for (const host of [`localhost:${port}`, `[::1]:${port}`, '127.0.0.1'])
      expect((await ask('/', { headers: { host } })).status).toBe(200);
  });

  test('takes acts from its own page only, as JSON, of a sensible size', async () => {
    const before = acts.length;
    const post = (headers: Record<string, string>, body = say) =>
      ask('/ui/act/slack', { method: 'POST', headers, body });
    expect((await post({ ...ours(), origin: 'http://evil.test' })).status).toBe(403);
    expect((await post({ ...ours(), origin: 'null' })).status).toBe(403);
    expect((await post({ 'content-type': 'application/json' })).status).toBe(403);
    expect((await post({ ...ours(), 'content-type': 'text/plain' })).status).toBe(403);
    expect((await post(ours(), '{"act":')).status).toBe(400);
    expect((await post(ours(), '[]')).status).toBe(400);
    expect((await post(ours(), `{"text":"${'x'.repeat(300_000)}"}`)).status).toBe(400);
    expect(acts.length).toBe(before);
    expect((await post(ours())).text).toBe('{"ok":true}');
    expect(acts.at(-1)).toEqual(JSON.parse(say));
  });

  test('the clock takes steps forward only', async () => {
    const push = async (body: object) =>
      (await ask('/ui/clock', { method: 'POST', headers: ours(), body: JSON.stringify(body) })).status;
    expect(await push({ push: -5 })).toBe(400);
    expect(await push({ push: 'soon' })).toBe(400);
    expect(clock.offsetMs()).toBe(0);
    expect(await push({ push: 60_000 })).toBe(200);
    expect(clock.offsetMs()).toBe(60_000);
    const next = await ask('/ui/clock', { method: 'POST', headers: ours(), body: '{"to":"next-warning"}' });
    expect(JSON.parse(next.text)).toEqual({ ok: false, words: 'No case has a warning ahead of it.' });
  });

  test('tells a new page everything at once, and afterwards what changes', async () => {
    const parts: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const stream = request({ host: '127.0.0.1', port, path: '/ui/state' }, (res) => {
        res.setEncoding('utf8').on('data', (chunk: string) => {
          for (const [, event] of chunk.matchAll(/^data: (.*)$/gm))
            parts.push((JSON.parse(event ?? '{}') as UiEvent).part);
          if (parts.length === 5) void ask('/ui/act/slack', { method: 'POST', headers: ours(), body: say });
          if (parts.length <= 5) return;
          stream.destroy();
          resolve();
        });
      });
      stream.on('error', (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && reject(error)).end();
    });
    expect(parts.slice(0, 5)).toEqual(['setup', 'clock', 'slack', 'teams', 'tour']);
    expect(parts.slice(5)).toContain('slack');
  });
});
