/**
 * botbuilder's CloudAdapter with nothing behind it, for comparison: it judges each token as the product does, answers a message
 * with a message and a press with a card, and knows nothing. A process of its own, like the product.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  type AuthenticatorResult,
  BotFrameworkAuthenticationFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { FromBare } from './processes';

const SCOPE = 'https://api.botframework.com';
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

const set = (name: string): string => process.env[name] ?? '';

/** The token is fetched once: the SDK's own way speaks to no login on this machine. */
class BareCredentials extends AppCredentials {
  private token: Promise<string> | null = null;
  override getToken(): Promise<string> {
    this.token ??= this.fetched();
    return this.token;
  }
  private async fetched(): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: set('TEAMS_APP_ID'),
      client_secret: set('TEAMS_APP_PASSWORD'),
      scope: `${SCOPE}/.default`,
    });
    const url = `${set('TEAMS_LOGIN_URL')}/${set('TEAMS_TENANT_ID')}/oauth2/v2.0/token`;
    const answer = (await (await fetch(url, { method: 'POST', body })).json()) as { readonly access_token: string };
    return answer.access_token;
  }
  protected override refreshToken(): Promise<AuthenticatorResult> {
    throw new Error('Tokens are fetched above.');
  }
}

class BareCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly credentials = new BareCredentials(set('TEAMS_APP_ID'), set('TEAMS_TENANT_ID'));
  async isValidAppId(appId: string): Promise<boolean> {
    return appId === set('TEAMS_APP_ID');
  }
  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  async createCredentials(): Promise<BareCredentials> {
    return this.credentials;
  }
}

const adapter = new CloudAdapter(
  BotFrameworkAuthenticationFactory.create(
    '',
    true,
    `${set('TEAMS_LOGIN_URL')}/${set('TEAMS_TENANT_ID')}`,
    SCOPE,
    set('TEAMS_TOKEN_ISSUER'),
    'https://token.botframework.com',
    set('TEAMS_OPENID_METADATA_URL'),
    set('TEAMS_OPENID_METADATA_URL'),
    'urn:botframework:azure',
    new BareCredentialsFactory(),
    new AuthenticationConfiguration(),
    undefined,
    {},
  ),
);
/** The cards that the product answered with. */
const said: object = JSON.parse(set('BARE_SAID'));
const pressed: object = JSON.parse(set('BARE_PRESSED'));

async function answer(context: TurnContext): Promise<void> {
  if (context.activity.type === 'invoke') {
    const body = { statusCode: 200, type: CARD_TYPE, value: pressed };
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    return;
  }
  await context.sendActivity({ type: 'message', attachments: [{ contentType: CARD_TYPE, content: said }] } as Activity);
}

/** What the adapter asks of a framework's request and response. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  const given = { body, headers: request.headers, method: request.method ?? 'POST' };
  const taken = {
    socket: response.socket,
    header: (name: string, value: unknown) => response.setHeader(name, String(value)),
    status: (code: number) => {
      response.statusCode = code;
    },
    send: (words: unknown) => response.write(typeof words === 'string' ? words : JSON.stringify(words)),
    end: () => response.end(),
  };
  await adapter.process(given, taken, answer);
}

const tell = (message: FromBare): void => void process.send?.(message);

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  tell({ cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage().rss });
});
