import { z } from 'zod';
import { SurfaceFailure } from '../../src/app/ports';
import { CONNECTOR_SCOPE, LOGIN_URL, type TeamsSettings } from './settings';

/** The bot's own token for the Bot Connector. */
export interface TokenSource {
  /** A token that is valid for a while yet. Throws SurfaceFailure `not-sent`: without a token nothing goes out. */
  current(): Promise<string>;
  /** The Connector did not accept the token: the next call fetches a new one. */
  forget(token: string): void;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const tokenRefusal = z.object({ error: z.string().catch(''), error_description: z.string().catch('') });

const LOGIN_TIMEOUT_MS = 10_000;
const RENEW_BEFORE_MS = 5 * 60_000;

/** Client credentials of a single tenant, one request at a time, kept until shortly before the token ends. */
export function openTokens(config: TeamsSettings): TokenSource {
  let held: Held | null = null;
  let fetching: Promise<Held> | null = null;
  return {
    async current() {
      if (held !== null && held.renewAt > Date.now()) return held.token;
      fetching ??= fetchToken(config).finally(() => {
        fetching = null;
      });
      held = await fetching;
      return held.token;
    },
    forget(token) {
      if (held?.token === token) held = null;
    },
  };
}

async function fetchToken(config: TeamsSettings): Promise<Held> {
  const base = (config.loginUrl ?? LOGIN_URL).replace(/\/+$/, '');
  const askedAt = Date.now();
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(`${base}/${encodeURIComponent(config.tenantId)}/oauth2/v2.0/token`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(LOGIN_TIMEOUT_MS),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: config.appId,
        client_secret: config.appPassword,
        scope: `${CONNECTOR_SCOPE}/.default`,
      }),
    });
    body = await answer.json();
  } catch {
    throw new SurfaceFailure('not-sent', 'The login service of Microsoft cannot be reached, so there is no token.');
  }
  const token = tokenAnswer.safeParse(body);
  if (!answer.ok || !token.success) throw new SurfaceFailure('not-sent', refusalWords(answer.status, body));
  const lifetimeMs = token.data.expires_in * 1000;
  const renewAt = askedAt + Math.max(lifetimeMs - RENEW_BEFORE_MS, lifetimeMs / 2);
  return { token: token.data.access_token, renewAt };
}

function refusalWords(status: number, body: unknown): string {
  const { error, error_description: description } = tokenRefusal
    .catch({ error: '', error_description: '' })
    .parse(body);
  const code = /AADSTS\d+/.exec(description)?.[0] ?? error;
  if (code === 'AADSTS7000215' || error === 'invalid_client') {
    return `The login service refused TEAMS_APP_PASSWORD (${code}): make a new client secret and set it.`;
  }
  if (error === 'unauthorized_client') return `The login service does not know TEAMS_APP_ID in this tenant (${code}).`;
  return `The login service gave no token (${status} ${code}): check TEAMS_TENANT_ID and TEAMS_APP_ID.`;
}
