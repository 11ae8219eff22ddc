/** The one file that knows botbuilder, which is at its end of life: who sent an activity, and the turn around it. */
import { CloudAdapter, type InvokeResponse, type Activity as SdkActivity, type TurnContext } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  type AuthenticatorResult,
  BotFrameworkAuthenticationFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { decode } from 'jsonwebtoken';
import type { InvokeAnswer } from './invoke';
import type { Activity } from './payloads';
import { CONNECTOR_SCOPE, LOGIN_URL, OPENID_METADATA_URL, type TeamsSettings, TOKEN_ISSUER } from './settings';
import type { TokenSource } from './token';

/** How a turn ended: `refused` before anything was done, `answered` after it (null: not an invoke). */
export type TurnEnd =
  | { readonly kind: 'answered'; readonly answer: InvokeAnswer | null }
  | { readonly kind: 'refused'; readonly status: 401 | 503; readonly why: string };

/** Runs `logic` when `authorization` proves that the activity comes from Teams; errors of `logic` are the caller's. */
export type RunTurn = (
  authorization: string,
  activity: Activity,
  logic: () => Promise<InvokeAnswer | null>,
) => Promise<TurnEnd>;

class BatonCredentials extends AppCredentials {
  constructor(
    config: TeamsSettings,
    private readonly tokens: TokenSource,
  ) {
    super(config.appId, config.tenantId);
  }
  // The SDK's cache is one for the whole process, by app id: two tenants or tests would share tokens.
  override getToken(): Promise<string> {
    return this.tokens.current();
  }
  protected override refreshToken(): Promise<AuthenticatorResult> {
    throw new Error('Tokens come from the token source.');
  }
}

class BatonCredentialsFactory extends ServiceClientCredentialsFactory {
  constructor(
    private readonly config: TeamsSettings,
    private readonly credentials: BatonCredentials,
  ) {
    super();
  }
  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.config.appId;
  }
  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  async createCredentials(): Promise<BatonCredentials> {
    return this.credentials;
  }
}

/** The real adapter, without its `process`: that rejects on bodies without `type`, and answers forged tokens with 500. */
class BatonAdapter extends CloudAdapter {
  turn(
    authorization: string,
    activity: SdkActivity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

export function openBot(config: TeamsSettings, tokens: TokenSource): RunTurn {
  const issuer = config.tokenIssuer ?? TOKEN_ISSUER;
  const adapter = new BatonAdapter(authentication(config, tokens, issuer));
  return async (authorization, activity, logic) => {
    // Tokens of the Bot Framework Emulator and of other bots are none of Teams'.
    if (issuerOf(authorization) !== issuer) return refused('the token is missing or of another issuer');
    let failure: { readonly error: unknown } | null = null;
    let started = false;
    try {
      const response = await adapter.turn(authorization, forSdk(activity), async (context) => {
        started = true;
        try {
          const answer = await logic();
          if (answer !== null) await context.sendActivity({ type: 'invokeResponse', value: answer });
        } catch (error) {
          failure = { error };
        }
      });
      if (failure === null) return { kind: 'answered', answer: response === undefined ? null : answerIn(response) };
    } catch (error) {
      if (!started) return refusalFor(error);
      throw error;
    }
    throw (failure as { readonly error: unknown }).error;
  };
}

function authentication(config: TeamsSettings, tokens: TokenSource, issuer: string) {
  const metadata = config.openIdMetadataUrl ?? OPENID_METADATA_URL;
  // All parameters are given: once one of them is, the SDK takes the absent ones as undefined.
  return BotFrameworkAuthenticationFactory.create(
    '',
    true,
    `${config.loginUrl ?? LOGIN_URL}/${config.tenantId}`,
    CONNECTOR_SCOPE,
    issuer,
    'https://token.botframework.com',
    metadata,
    metadata,
    'urn:botframework:azure',
    new BatonCredentialsFactory(config, new BatonCredentials(config, tokens)),
    new AuthenticationConfiguration(),
    undefined,
    {},
  );
}

function issuerOf(authorization: string): string | null {
  const [scheme, token, ...more] = authorization.split(' ');
  if (scheme !== 'Bearer' || token === undefined || more.length > 0) return null;
  try {
    const payload = decode(token);
    return typeof payload === 'object' && payload !== null ? (payload.iss ?? null) : null;
  } catch {
    return null;
  }
}

/** The SDK is shown what it needs to judge an activity, and nothing of what people wrote. */
function forSdk(activity: Activity): SdkActivity {
  const { type, id, channelId, serviceUrl, conversation, name } = activity;
  return {
    type,
    id,
    channelId,
    serviceUrl,
    ...(name === null || name === undefined ? {} : { name }),
    conversation: { id: conversation.id, isGroup: false, conversationType: '', name: '' },
    from: { id: activity.from?.id ?? '', name: '' },
    recipient: { id: activity.recipient?.id ?? '', name: '' },
  } as SdkActivity;
}

function answerIn(response: InvokeResponse): InvokeAnswer {
  return { status: response.status, ...(response.body === undefined ? {} : { body: response.body }) };
}

const refused = (why: string, status: 401 | 503 = 401): TurnEnd => ({ kind: 'refused', status, why });

/** Keys that cannot be fetched are nobody's forgery: Teams may try again. Everything else is a token that proves nothing. */
function refusalFor(error: unknown): TurnEnd {
  const words = error instanceof Error ? error.message : String(error);
  const isOutage = /Failed to load (Keys|openID config)|request to .* failed/.test(words);
  return refused(words, isOutage ? 503 : 401);
}
