/** One call of Slack's Web API, and nothing beside it. */
import { stringify } from 'node:querystring';
import {
  type WebAPICallResult,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { Agent, type Dispatcher } from 'undici';

/** Connections to Slack at a time; further calls wait for one. */
const CONNECTIONS_MAX = 32;

interface Answered {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly text: string;
}

const single = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

/** As the SDK writes arguments: form fields, what is no plain value as JSON. */
function formOf(options: Record<string, unknown>): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
  return stringify(
    Object.fromEntries(
      given.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    ),
  );
}

function scopesOf({ headers }: Answered): readonly string[] | undefined {
  return single(headers['x-oauth-scopes'])
    ?.trim()
    .split(/\s*,\s*/);
}

/** Throws the SDK's own errors, so that a failure reads the same whoever made the call. */
function resultOf(answered: Answered): WebAPICallResult {
  const { status, headers, text } = answered;
  if (status === 429) {
    const seconds = Number.parseInt(single(headers['retry-after']) ?? '', 10);
    if (Number.isNaN(seconds)) throw new Error('Retry header did not contain a valid timeout');
    throw new WebAPIRateLimitedError(seconds);
  }
  if (status >= 300 && status < 400) throw new WebAPIRequestError(new Error(`a redirect (${status})`));
  if (status !== 200) throw new WebAPIHTTPError(status, '', {}, text);
  const data = parsed(text);
  const scopes = scopesOf(answered);
  const metadata = { ...data.response_metadata, ...(scopes && { scopes: [...scopes] }) };
  const result: WebAPICallResult & { error?: unknown } = { ...data, response_metadata: metadata };
  if (!result.ok) throw new WebAPIPlatformError({ ...result, ok: false, error: String(result.error ?? 'no_reason') });
  return result;
}

function parsed(text: string): WebAPICallResult {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null) return data as WebAPICallResult;
  } catch {
    // told below, like an answer that is no object
  }
  // Something between us and Slack spoke; whether Slack had heard us cannot be known.
  throw new WebAPIRequestError(new Error('the answer is no JSON'));
}

/**
 * The SDK's client with its methods, types and errors, but the call itself on a kept connection. The SDK writes each request
 * and each answer out for a debug log that is off, and goes through a queue and a retry policy that are off as well; without
 * them a call costs a third (`npm run bench -- commands`).
 */
export class PlainClient extends WebClient {
  private readonly base: string;
  private readonly agent: Agent;

  constructor(token: string, options: WebClientOptions & { readonly slackApiUrl: string; readonly timeout: number }) {
    super(token, options);
    this.base = options.slackApiUrl;
    this.agent = new Agent({
      connections: CONNECTIONS_MAX,
      connect: { timeout: options.timeout },
      headersTimeout: options.timeout,
      bodyTimeout: options.timeout,
    });
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    return resultOf(await this.sent(method, formOf(options)));
  }

  private async sent(method: string, body: string): Promise<Answered> {
    const { origin, pathname } = new URL(method, this.base);
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/x-www-form-urlencoded' };
    try {
      const request = { origin, path: pathname, method: 'POST', headers, body } as const;
      const { statusCode, headers: told, body: answer } = await this.agent.request(request);
      return { status: statusCode, headers: told, text: await answer.text() };
    } catch (error) {
      throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
