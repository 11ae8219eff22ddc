import { z } from 'zod';
import { SurfaceFailure } from '../../src/app/ports';
import { failureOf, thrownFailure } from './failures';
import { allowedServiceUrl } from './hosts';
import type { TeamsSettings } from './settings';
import type { TokenSource } from './token';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

export interface ConnectorCall {
  readonly serviceUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The parts of the path after `v3/`, each to be encoded. */
  readonly path: readonly string[];
  /** `isTargetedActivity=true`: the message is for one person of the conversation. */
  readonly targeted?: boolean;
  readonly body?: JsonObject;
}

/** The Bot Connector's REST interface: one attempt a call, failures as SurfaceFailure. */
export type Connector = (call: ConnectorCall) => Promise<unknown>;

const CALL_TIMEOUT_MS = 10_000;
const errorBody = z.object({
  subCode: z.string().optional().catch(undefined),
  error: z
    .object({ code: z.string().catch(''), message: z.string().catch('') })
    .optional()
    .catch(undefined),
});

/**
 * Plain authenticated requests. The SDK's own client retries 5xx three times, which posts twice (openclaw #121116), and
 * drops `recipient.isTargeted` and unknown fields of entities: what goes out here is exactly what was written.
 */
export function openConnector(config: TeamsSettings, tokens: TokenSource): Connector {
  return async (call) => {
    // A stored reference is checked again: it may be older than the list of allowed hosts.
    const base = allowedServiceUrl(call.serviceUrl, config.serviceHosts);
    if (base === null)
      throw new SurfaceFailure('refused', 'The service URL of this conversation is not an allowed host.');
    const url = new URL(`v3/${call.path.map(encodeURIComponent).join('/')}`, base);
    if (call.targeted === true) url.searchParams.set('isTargetedActivity', 'true');
    const token = await tokens.current();
    try {
      const answer = await fetch(url, {
        method: call.method,
        // A redirect would carry the token to another host (openclaw #11811).
        redirect: 'manual',
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
        headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      const body = parsed(await answer.text());
      if (answer.ok) return body;
      if (answer.status === 401) tokens.forget(token);
      throw refusalOf(answer, body);
    } catch (error) {
      throw thrownFailure(error);
    }
  };
}

function refusalOf(answer: Response, body: unknown): SurfaceFailure {
  const { subCode, error } = errorBody.catch({}).parse(body);
  return failureOf({
    status: answer.status,
    code: subCode ?? error?.code ?? '',
    words: error?.message ?? '',
    retryAfter: answer.headers.get('retry-after'),
  });
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
