/**
 * Loaded before Baton by `node --require`: ends the process at a named point, as a power cut would. `FAILPOINT=after_commit:7` is
 * the seventh time that it comes there after the first request from Slack. The product knows nothing of it.
 */
import { subscribe } from 'node:diagnostics_channel';
import { type IncomingMessage, ServerResponse } from 'node:http';

export const FAILPOINTS = [
  'before_commit',
  'after_commit',
  'before_ack',
  'after_ack',
  'before_send',
  'while_sending',
  'after_send',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

const [wanted = '', times = '1'] = (process.env['FAILPOINT'] ?? '').split(':');
let left = Number(times);
let armed = false;

function reached(point: Failpoint): void {
  if (!armed || point !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Replaces a method by one that is told of before and after; a promise's answer is waited for. */
function around(owner: object, name: string, isPoint: (given: readonly unknown[]) => boolean): void {
  const methods = owner as Record<string, (...given: unknown[]) => unknown>;
  const method = methods[name];
  if (method === undefined) throw new Error(`there is no ${name} to stand around`);
  methods[name] = function (this: unknown, ...given) {
    if (!isPoint(given)) return method.apply(this, given);
    reached('before_commit');
    const answer = method.apply(this, given);
    if (answer instanceof Promise) void answer.then(() => reached('after_commit'));
    else reached('after_commit');
    return answer;
  };
}

function watchCommits(): void {
  const require = module.require.bind(module);
  if (process.env['DATABASE_URL']?.startsWith('postgres')) {
    const { Client } = require('pg') as { Client: { prototype: object } };
    around(Client.prototype, 'query', ([text]) => text === 'commit');
    return;
  }
  const Database = require('better-sqlite3') as { prototype: { prepare(sql: string): object } };
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (sql === 'commit') around(statement, 'run', () => true);
    return statement;
  };
}

function watchAnswers(): void {
  const { end } = ServerResponse.prototype;
  ServerResponse.prototype.end = function (this: ServerResponse, ...given: unknown[]) {
    if (this.req.url?.startsWith('/slack/events')) {
      reached('before_ack');
      this.once('finish', () => reached('after_ack'));
    }
    return (end as (...all: unknown[]) => ServerResponse).apply(this, given);
  };
}

function watchSending(): void {
  const at = (channel: string, point: Failpoint): void =>
    subscribe(channel, (message) => {
      const { request } = message as { request?: { path?: unknown } };
      if (/chat\.(post|update)/.test(String(request?.path))) reached(point);
    });
  at('undici:request:create', 'before_send');
  at('undici:request:bodySent', 'while_sending');
  at('undici:request:headers', 'after_send');
}

if (wanted !== '') {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url?.startsWith('/slack/events')) armed = true;
  });
  watchCommits();
  watchAnswers();
  watchSending();
}
