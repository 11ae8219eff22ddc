/** The door of `POST /slack/events`: nothing gets past it that is not from Slack, fresh, new, small and whole. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { verifySlackRequest } from '@slack/bolt';
import { readJson } from '../../src/inputs/json';
import { type Log, reasonOf } from './log';
import { classify } from './payloads';
import { createReplays, SKEW_MAX_MS } from './replays';

/** Slack's largest payloads (a view of 250 kB with its state, a long message before and after an edit) stay below this. */
const BODY_MAX_BYTES = 1_000_000;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

interface DoorSettings {
  readonly signingSecret: string;
  readonly log: Log;
  /** The wall clock by which Slack signs, in milliseconds; not the desk's clock. */
  readonly now: () => number;
}

/** A request that got past the door, read once. */
export interface Delivered {
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
  readonly response: ServerResponse;
}

type Refused = { readonly status: 400 | 401 | 405 | 413 | 415; readonly why: string };
const refused = (status: Refused['status'], why: string): Refused => ({ status, why });

/** The whole body, or null when it is too large. Rejects when the sender hangs up. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > BODY_MAX_BYTES) resolve(null);
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the sender hung up')));
  });
}

/** Bolt knows the bare types only; a charset behind them changes nothing. */
function bareType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as an object; null when it is none, whatever it is instead. */
function parsed(type: string, text: string): Record<string, unknown> | null {
  try {
    const form = type === FORM ? parseForm(text) : null;
    const json = form === null ? text : form['payload'];
    const body: unknown = typeof json === 'string' ? readJson(json) : form;
    // A form's object has no prototype, which lodash-like readers trip over.
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;
  } catch {
    return null;
  }
}

const single = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

function unsigned(request: IncomingMessage, body: string, { signingSecret, now }: DoorSettings): Refused | null {
  const timestamp = single(request.headers['x-slack-request-timestamp']);
  const signature = single(request.headers['x-slack-signature']);
  if (!/^\d{1,12}$/.test(timestamp)) return refused(401, 'no timestamp');
  if (Math.abs(now() - Number(timestamp) * 1000) > SKEW_MAX_MS)
    return refused(401, 'timestamp off by more than 5 minutes');
  try {
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) };
    verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now() });
    return null;
  } catch {
    return refused(401, 'wrong signature');
  }
}

function misshapen(body: Record<string, unknown> | null): Refused | null {
  if (body === null) return refused(400, 'malformed: no JSON');
  const incoming = classify(body);
  return incoming.kind === 'malformed' ? refused(400, `malformed: ${incoming.why}`) : null;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 413 ? { connection: 'close' } : {});
  response.end();
}

/** Guards `next`, which answers what it is given. The returned listener answers every request and never throws. */
export function createDoor(
  settings: DoorSettings,
  next: (delivered: Delivered) => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const replays = createReplays(settings.now);

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<Refused | null> {
    if (request.method !== 'POST') return refused(405, 'not a POST');
    const type = bareType(request);
    if (type !== FORM && type !== JSON_TYPE) return refused(415, 'content type');
    const raw = await readBody(request);
    if (raw === null) return refused(413, 'too large');
    const text = raw.toString('utf8');
    // Slack's check of the connection is not signed; it gets its 200 and has no other effect
    if (type === FORM && text.includes('ssl_check') && parseForm(text)['ssl_check'] === '1') {
      end(response, 200);
      return null;
    }
    const unknown = unsigned(request, text, settings);
    if (unknown !== null) return unknown;
    const body = parsed(type, text);
    const problem = misshapen(body);
    if (problem !== null || body === null) return problem;
    const signature = single(request.headers['x-slack-signature']);
    const known = replays.take(signature);
    if (known === 'answered' && 'x-slack-retry-num' in request.headers) {
      // Slack did not hear our answer and asks again within the same second: it was done, so it is answered, not done again
      end(response, 200);
      return null;
    }
    if (known !== 'new') return refused(401, 'replayed');
    response.on('close', () => {
      if (response.writableFinished && response.statusCode < 300) replays.answered(signature);
      else replays.forget(signature);
    });
    const retry = Number.parseInt(single(request.headers['x-slack-retry-num']), 10);
    next({
      body,
      retryNum: Number.isNaN(retry) ? undefined : retry,
      retryReason: single(request.headers['x-slack-retry-reason']) || undefined,
      response,
    });
    return null;
  }

  return async (request, response) => {
    try {
      const problem = await enter(request, response);
      if (problem === null) return;
      settings.log.warn({ status: problem.status, why: problem.why }, 'a request at /slack/events was refused');
      end(response, problem.status);
    } catch (error) {
      settings.log.warn({ problem: reasonOf(error) }, 'a request at /slack/events could not be read');
      if (!response.headersSent) end(response, 400);
    }
  };
}
