/** The connection to Slack's Web API, and who Baton is there. */
import type { WebClient, WebClientOptions } from '@slack/web-api';
import { SurfaceFailure } from '../../src/app/ports';
import { PlainClient } from './client';
import { failureOf, TOKEN_REFUSED } from './failures';
import { type Log, sdkLogger } from './log';

/** Settings of Slack, checked: by signed HTTP requests, or by a socket that Baton opens itself. */
export type SlackSettings = { readonly botToken: string; readonly apiUrl: string } & (
  | { readonly kind: 'http'; readonly signingSecret: string }
  | { readonly kind: 'socket'; readonly appToken: string }
);

/**
 * Longer than any healthy call takes; without it a call may hang for ever (the SDK's default). Three of them in a row (a whisper
 * that is refused, a direct message opened and written) end before the claim of a delivery does.
 */
const CALL_TIMEOUT_MS = 7_000;
/** The waits between attempts to start while Slack cannot be reached. */
const START_WAITS_MS = [1_000, 2_000, 4_000];

/**
 * One attempt a call: the SDK's own retries post twice after a timeout, and one 429 stops its whole queue. Delivery
 * decides about trying again.
 */
export function clientOptions(apiUrl: string, log: Log) {
  return {
    slackApiUrl: apiUrl,
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: sdkLogger(log),
    // response URLs are called without a time limit by Bolt
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) }),
  } satisfies WebClientOptions;
}

export function createApi(settings: Pick<SlackSettings, 'botToken' | 'apiUrl'>, log: Log): WebClient {
  return new PlainClient(settings.botToken, clientOptions(settings.apiUrl, log));
}

/** Who Baton is in the workspace. `url` is the workspace's address with a slash at its end. */
export interface Me {
  readonly teamId: string;
  readonly team: string;
  readonly enterpriseId: string | null;
  readonly userId: string;
  readonly botId: string;
  readonly url: string;
  /** The scopes that were granted, where Slack says so. */
  readonly scopes: readonly string[] | null;
}

/** Asks Slack once. Throws SurfaceFailure. */
export async function askWho(api: WebClient): Promise<Me> {
  try {
    const told = await api.auth.test();
    const { team_id: teamId, user_id: userId, bot_id: botId } = told;
    if (!teamId || !userId || !botId)
      throw new SurfaceFailure('refused', 'SLACK_BOT_TOKEN is no bot token: use the one that begins with xoxb-.');
    return {
      teamId,
      userId,
      botId,
      team: told.team ?? 'this workspace',
      enterpriseId: told.enterprise_id ?? null,
      url: told.url ?? '',
      scopes: told.response_metadata?.scopes ?? null,
    };
  } catch (error) {
    throw failureOf(error);
  }
}

/** Asks until Slack answers, a few times over; a refused token is told at once. Throws SurfaceFailure. */
export async function whoAmI(api: WebClient, log: Log, wait: (ms: number) => Promise<void>): Promise<Me> {
  for (const ms of START_WAITS_MS) {
    try {
      return await askWho(api);
    } catch (error) {
      const failure = failureOf(error);
      const hopeless = failure.kind === 'refused' || failure.problem.startsWith(TOKEN_REFUSED);
      if (hopeless) throw failure;
      log.warn({ problem: failure.problem, retryInMs: failure.retryAfterMs ?? ms }, 'Slack does not answer yet');
      await wait(failure.retryAfterMs ?? ms);
    }
  }
  return askWho(api);
}

/** Is somebody of this workspace (or of its organisation)? Who names neither is not: Slack always says one of them. */
export function isOurs(me: Me, team: string | null | undefined, enterprise: string | null | undefined): boolean {
  return team === me.teamId || (me.enterpriseId !== null && enterprise === me.enterpriseId);
}
