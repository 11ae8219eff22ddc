import { createHmac } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Answer, Attempt, Carrier, Outgoing } from './delivery';
import type { Json, JsonObject } from './protocol';

type Settings = { requestUrl: () => string | undefined; signingSecret: string; signingNow: () => number };

/** Slack's `v0` signature of a body. `timestamp` in seconds. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function formOf(payload: JsonObject): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return form.toString();
}

/** The body and its type as Slack writes them. The form type carries no charset: Bolt reads only the bare one. */
function encodeOutgoing(outgoing: Outgoing): { body: string; contentType: string } {
  if (outgoing.what === 'event') return { body: JSON.stringify(outgoing.payload), contentType: 'application/json' };
  const contentType = 'application/x-www-form-urlencoded';
  if (outgoing.what === 'command') return { body: formOf(outgoing.payload), contentType };
  return { body: formOf({ payload: outgoing.payload }), contentType };
}

function answerOf(status: number, text: string, headers: IncomingHttpHeaders): Answer {
  const ok = status >= 200 && status < 300;
  const answer: Answer = { status, body: parsed(text) };
  if (!ok) answer.reason = 'http_error';
  if (headers['x-slack-no-retry'] === '1') answer.noRetry = true;
  return answer;
}

/** An acknowledgement is JSON, or plain words that are shown as they stand, or nothing. */
function parsed(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Signed HTTP to the app's request URL. */
export function createHttpCarrier(settings: Settings): Carrier {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  let unreachable = false;

  function send(outgoing: Outgoing, attempt: Attempt): Promise<Answer> {
    const url = settings.requestUrl();
    if (url === undefined) return Promise.resolve({ status: 0, body: null, reason: 'connection_failed' });
    const { body, contentType } = encodeOutgoing(outgoing);
    const timestamp = Math.floor(settings.signingNow() / 1000);
    const headers: { [name: string]: string } = {
      'content-type': contentType,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signatureOf(settings.signingSecret, timestamp, body),
    };
    if (attempt.attempt > 0) {
      headers['x-slack-retry-num'] = String(attempt.attempt);
      headers['x-slack-retry-reason'] = attempt.reason ?? 'http_timeout';
    }
    return new Promise((resolve) => {
      const finish = (answer: Answer): void => {
        clearTimeout(timer);
        unreachable = answer.reason === 'connection_failed';
        resolve(answer);
      };
      const outgoingRequest = request(url, { method: 'POST', headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => finish(answerOf(response.statusCode ?? 0, text, response.headers)));
        response.on('error', () => finish({ status: 0, body: null, reason: 'connection_failed' }));
      });
      const timer = setTimeout(() => {
        finish({ status: 0, body: null, reason: 'http_timeout' });
        outgoingRequest.destroy();
      }, attempt.windowMs);
      outgoingRequest.on('error', () => finish({ status: 0, body: null, reason: 'connection_failed' }));
      outgoingRequest.end(body);
    });
  }

  return {
    via: 'http',
    send,
    isConnected: () => settings.requestUrl() !== undefined && !unreachable,
    async stop() {
      agent.destroy();
    },
  };
}
