/** Errors of the Web API in the terms that delivery decides by. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { type FailureKind, SurfaceFailure } from '../../src/app/ports';

/** Waits where Slack asks for patience without saying how long. */
const PATIENCE_MS = 30_000;

/** The connection was never made, so nothing was sent. Anything else may have been cut after the request had gone out. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const INVITE = 'Invite Baton to the channel (`/invite @Baton`), or mend its id in the desk file.';
/** How a refused bot token is told; waiting does not mend it. */
export const TOKEN_REFUSED = 'Slack refuses the bot token: check SLACK_BOT_TOKEN and reinstall the app.';

/** Platform errors with what they mean and what to do; others are refusals that carry Slack's own word. */
const KNOWN: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ratelimited: ['slow-down', 'Slack asks to slow down.'],
  rate_limited: ['slow-down', 'Slack asks to slow down.'],
  message_limit_exceeded: ['slow-down', 'The workspace has reached its limit of messages.'],
  // "It's possible some aspect of the operation succeeded before the error was raised": Slack's words on both.
  fatal_error: ['ambiguous', 'Slack failed on its side and may have done it all the same.'],
  internal_error: ['ambiguous', 'Slack failed on its side and may have done it all the same.'],
  request_timeout: ['ambiguous', 'Slack did not receive the whole request.'],
  service_unavailable: ['ambiguous', 'Slack is unavailable for the moment.'],
  team_added_to_org: ['not-sent', 'The workspace is being moved into an organisation.'],
  // A token can be mended without losing what waits to be said.
  invalid_auth: ['not-sent', TOKEN_REFUSED],
  not_authed: ['not-sent', TOKEN_REFUSED],
  token_revoked: ['not-sent', TOKEN_REFUSED],
  token_expired: ['not-sent', TOKEN_REFUSED],
  account_inactive: ['not-sent', TOKEN_REFUSED],
  message_not_found: ['gone', 'The message is gone.'],
  channel_not_found: ['refused', `Slack knows no such channel, or Baton is not in it. ${INVITE}`],
  not_in_channel: ['refused', `Baton is not in the channel. ${INVITE}`],
  is_archived: ['refused', 'The channel is archived. Name another one in the desk file.'],
  thread_not_found: ['refused', 'The thread is gone.'],
  cannot_reply_to_message: ['refused', 'That message takes no replies.'],
  restricted_action: ['refused', 'A workspace setting keeps Baton from posting there. Ask an owner of the workspace.'],
  user_not_found: ['refused', 'Slack knows no such person. Check the id in the desk file.'],
  user_disabled: ['refused', 'That person no longer has an account.'],
  cannot_dm_bot: ['refused', 'That is a bot; Baton can only write to people.'],
  user_not_in_channel: ['refused', 'That person is not in the channel.'],
  missing_scope: ['refused', 'The app lacks a permission. Upload manifests/slack.yaml again and reinstall the app.'],
  no_permission: ['refused', 'The app lacks a permission. Upload manifests/slack.yaml again and reinstall the app.'],
};

/** Slack's own word for an error (`channel_not_found`), or null when the call did not come that far. */
export function errorWord(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

function platformFailure(data: WebAPIPlatformError['data']): SurfaceFailure {
  const word = data.error;
  const [kind, sentence] = KNOWN[word] ?? (['refused', 'Slack refuses the message.'] as const);
  // blocks that Slack refuses are named in its messages: worth keeping, they hold no text of people
  const details = data.response_metadata?.messages ?? [];
  const problem = [`${sentence} (${word})`, ...details.slice(0, 3)].join(' ');
  return new SurfaceFailure(kind, problem, kind === 'slow-down' ? PATIENCE_MS : null);
}

function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(causesOf) : [];
  return [...code, ...causesOf(error.cause), ...inner];
}

function requestFailure(error: WebAPIRequestError): SurfaceFailure {
  const codes = causesOf(error.original);
  const never = codes.some((code) => NEVER_CONNECTED.has(code));
  if (never) return new SurfaceFailure('not-sent', `Slack cannot be reached (${codes.join(', ')}).`);
  return new SurfaceFailure('ambiguous', `The connection to Slack broke (${codes[0] ?? error.original.name}).`);
}

/** Any error of a call to Slack as a SurfaceFailure; what is none of Slack's errors is a bug and is refused for good. */
export function failureOf(error: unknown): SurfaceFailure {
  if (error instanceof SurfaceFailure) return error;
  if (error instanceof WebAPIRateLimitedError)
    return new SurfaceFailure('slow-down', 'Slack asks to slow down.', error.retryAfter * 1000);
  if (error instanceof WebAPIPlatformError) return platformFailure(error.data);
  if (error instanceof WebAPIHTTPError) {
    const unclear = error.statusCode >= 500 || error.statusCode === 408;
    return new SurfaceFailure(unclear ? 'ambiguous' : 'refused', `Slack answered with status ${error.statusCode}.`);
  }
  if (error instanceof WebAPIRequestError) return requestFailure(error);
  // web-api 8.2 throws a bare Error for a 429 whose Retry-After it cannot read
  const unreadable429 = error instanceof Error && error.message.startsWith('Retry header');
  if (unreadable429) return new SurfaceFailure('slow-down', 'Slack asks to slow down.', PATIENCE_MS);
  return new SurfaceFailure('refused', error instanceof Error ? error.message : String(error));
}

/** Runs a call so that it throws only SurfaceFailure. */
export async function asSurface<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw failureOf(error);
  }
}
