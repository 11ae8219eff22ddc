import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, CloudAdapter, type Response, type TurnContext } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  AuthenticationConstants,
  type AuthenticatorResult,
  BotFrameworkAuthenticationFactory,
  type ConnectorClient,
  type ConnectorFactory,
  type ServiceClientCredentials,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { TeamsSettings } from '../../../adapters/sandbox/teams/world';

/*
 * A small real bot: botbuilder's CloudAdapter over node:http, with its JWT checks on, configured by the TEAMS_* settings
 * alone. What it takes, and why:
 *
 * 1. BotFrameworkAuthenticationFactory.create with every address given. Giving one switches all defaults off.
 * 2. MSAL refuses plain http, so the token comes from an AppCredentials of our own (refreshToken below).
 *    AppCredentials keeps tokens in a static cache by app id and scope: two worlds in one process would share a token,
 *    and a refused token would stay for an hour. getToken is overridden to keep it here and to fetch anew when told.
 * 3. The connector's pipeline retries 429 and 5xx by itself and so may post twice. No option switches that off (retryOptions
 *    and noRetryPolicy are not passed on), so the policy is taken out of each client that the factory makes.
 */
class TenantCredentials extends AppCredentials {
  private kept: AuthenticatorResult | null = null;

  constructor(
    private readonly settings: TeamsSettings,
    audience: string,
  ) {
    super(settings.TEAMS_APP_ID, settings.TEAMS_TENANT_ID, audience);
  }

  override async getToken(forceRefresh = false): Promise<string> {
    if (forceRefresh || this.kept === null || this.kept.expiresOn.getTime() < Date.now() + 300_000) {
      this.kept = await this.refreshToken();
    }
    return this.kept.accessToken;
  }

  protected override async refreshToken(): Promise<AuthenticatorResult> {
    const { TEAMS_LOGIN_URL, TEAMS_TENANT_ID, TEAMS_APP_ID, TEAMS_APP_PASSWORD } = this.settings;
    const response = await fetch(`${TEAMS_LOGIN_URL}/${TEAMS_TENANT_ID}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: TEAMS_APP_ID,
        client_secret: TEAMS_APP_PASSWORD,
        scope: `${this.oAuthScope}/.default`,
      }),
    });
    const token = (await response.json()) as { access_token?: string; expires_in?: number; error_description?: string };
    if (token.access_token === undefined) {
      throw new Error(`No token: ${token.error_description}`);
    }
    return { accessToken: token.access_token, expiresOn: new Date(Date.now() + (token.expires_in ?? 0) * 1000) };
  }
}

class TenantCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly byAudience = new Map<string, TenantCredentials>();

  constructor(private readonly settings: TeamsSettings) {
    super();
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.settings.TEAMS_APP_ID;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(_appId: string, audience?: string): Promise<ServiceClientCredentials> {
    const scope = audience ?? AuthenticationConstants.ToChannelFromBotOAuthScope;
    const credentials = this.byAudience.get(scope) ?? new TenantCredentials(this.settings, scope);
    this.byAudience.set(scope, credentials);
    return credentials;
  }
}

function withoutRetries(factory: ConnectorFactory): ConnectorFactory {
  return {
    create: async (serviceUrl: string, audience: string): Promise<ConnectorClient> => {
      const connector = await factory.create(serviceUrl, audience);
      // `client` is private in the typings: there is no public way to the pipeline.
      const inner = connector as unknown as { client: { pipeline: { removePolicy(by: { name: string }): void } } };
      inner.client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
      return connector;
    },
  };
}

/** A CloudAdapter for these settings. */
export function teamsAdapter(settings: TeamsSettings): CloudAdapter {
  const auth = BotFrameworkAuthenticationFactory.create(
    '',
    true,
    settings.TEAMS_LOGIN_URL,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    settings.TEAMS_TOKEN_ISSUER,
    AuthenticationConstants.OAuthUrl,
    settings.TEAMS_OPENID_METADATA_URL,
    settings.TEAMS_OPENID_METADATA_URL,
    '',
    new TenantCredentialsFactory(settings),
    new AuthenticationConfiguration(),
  );
  const create = auth.createConnectorFactory.bind(auth);
  auth.createConnectorFactory = (identity) => withoutRetries(create(identity));
  const authenticate = auth.authenticateRequest.bind(auth);
  auth.authenticateRequest = async (activity, header) => {
    const result = await authenticate(activity, header);
    return {
      ...result,
      connectorFactory: result.connectorFactory === undefined ? undefined : withoutRetries(result.connectorFactory),
    };
  };
  const adapter = new CloudAdapter(auth);
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  return adapter;
}

export type Turn = (context: TurnContext) => Promise<void>;

export interface TestBot {
  readonly adapter: CloudAdapter;
  readonly endpoint: string;
  /** Activities in the order in which their turns began. */
  readonly heard: Partial<Activity>[];
  onTurn(turn: Turn): void;
  stop(): Promise<void>;
}

/** The bot behind `POST /api/messages` on a free port. Bodies that are no activity are refused before the SDK sees them. */
export async function startTeamsBot(settings: TeamsSettings): Promise<TestBot> {
  const adapter = teamsAdapter(settings);
  const heard: Partial<Activity>[] = [];
  let turn: Turn = async () => undefined;
  const server = createServer(async (request, response) => {
    const body = await jsonBody(request);
    if (typeof body?.['type'] !== 'string') {
      response.writeHead(400).end();
      return;
    }
    const shim: Response = {
      socket: null,
      status: (code: number) => {
        response.statusCode = code;
        return shim;
      },
      header: (name: string, value: string) => {
        response.setHeader(name, value);
        return shim;
      },
      send: (content: unknown) => {
        if (!response.writableEnded) response.write(typeof content === 'string' ? content : JSON.stringify(content));
        return shim;
      },
      end: () => {
        response.end();
        return shim;
      },
    };
    const incoming = { body, headers: request.headers, method: request.method ?? 'POST' };
    await adapter
      .process(incoming, shim, async (context) => {
        heard.push(JSON.parse(JSON.stringify(context.activity)) as Partial<Activity>);
        await turn(context);
      })
      .catch(() => response.writableEnded || response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    adapter,
    heard,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    onTurn: (next) => {
      turn = next;
    },
    stop: () => stopServer(server),
  };
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function jsonBody(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
  } catch {
    return null;
  }
}
