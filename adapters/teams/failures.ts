import { type FailureKind, SurfaceFailure } from '../../src/app/ports';

/** Error codes of the network at which nothing has left this machine yet. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What the Bot Connector answered to a call that did not succeed. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly words: string;
  /** The header as it came, or null. */
  readonly retryAfter: string | null;
}

/** An answer of the Connector in the terms that delivery decides by. Source: rate-limit.md, targeted-messages.md of msteams-docs. */
export function failureOf(refused: Refused): SurfaceFailure {
  const problem = `Teams answered ${refused.status} ${refused.code}: ${refused.words}`.trim();
  return new SurfaceFailure(kindOf(refused), problem.slice(0, 500), retryAfterMs(refused));
}

function kindOf({ status, code }: Refused): FailureKind {
  if (status === 429) return 'slow-down';
  // 401: our own token was not accepted (it is fetched anew); 412: the conversation was being changed. No effect in either.
  if (status === 401 || status === 412) return 'not-sent';
  if (status === 404 && code === 'ActivityNotFoundInConversation') return 'gone';
  // A creation may have taken effect although its answer says otherwise (openclaw #121116, #125127): never blindly again.
  if (status === 408 || status >= 500) return 'ambiguous';
  return 'refused';
}

function retryAfterMs({ status, retryAfter }: Refused): number | null {
  if (status !== 429 || retryAfter === null) return null;
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}

/** A call that ended without an answer: refused connections were never sent, anything later may have taken effect. */
export function thrownFailure(error: unknown): SurfaceFailure {
  if (error instanceof SurfaceFailure) return error;
  const code = codeOf(error);
  const kind = NEVER_LEFT.has(code) ? 'not-sent' : 'ambiguous';
  return new SurfaceFailure(kind, `No answer from Teams (${code === '' ? nameOf(error) : code}).`);
}

/** Node's fetch wraps what happened in `cause`, and several attempts to connect in `errors`. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('cause' in error) return codeOf(error.cause);
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return '';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
