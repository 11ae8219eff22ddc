/** Further lines of the security checklist: where secrets go, what goes out beside the words, old presses, and what the product is made of. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApi } from '../../adapters/slack/api';
import { openConnector } from '../../adapters/teams/connector';
import { openTokens } from '../../adapters/teams/token';
import { createHeartbeat } from '../../src/heartbeat';
import { type Product, SlackPerson, SUPPORT, startProduct, TeamsPerson, wordsOn } from '../support/product';

const ROOT = join(__dirname, '..', '..');

describe('A redirect', () => {
  const reached: IncomingMessage[] = [];
  const servers: Server[] = [];
  const listening = async (answer: Parameters<typeof createServer>[1]): Promise<string> => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  let elsewhere: string;
  let allowed: string;
  beforeAll(async () => {
    elsewhere = await listening((request, response) => {
      reached.push(request);
      response.end('{"ok":true,"access_token":"x","expires_in":3600}');
    });
    allowed = await listening((request, response) => {
      request.resume();
      response.writeHead(307, { location: `${elsewhere}${request.url}` }).end();
    });
  });
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
  });
  const config = () =>
    ({
      serviceHosts: [new URL(allowed).host],
      loginUrl: allowed,
      tenantId: 't',
      appId: 'a',
      appPassword: 'p',
    }) as never;
  const log = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };

  it.each([
    [
      'the Bot Connector’s, with the bot’s token',
      () =>
        openConnector(config(), { current: async () => 'token', forget: () => undefined })({
          serviceUrl: `${allowed}/`,
          method: 'POST',
          path: ['conversations'],
          body: {},
        }),
    ],
    ['the login’s, with the app’s password', () => openTokens(config()).current()],
    [
      'Slack’s, with the bot’s token',
      () => createApi({ botToken: 'xoxb-1', apiUrl: `${allowed}/api/` }, log).auth.test(),
    ],
    [
      'the watchman’s',
      async () => {
        if ((await createHeartbeat(`${allowed}/key`, log).beat()) === 'failed') throw new Error('failed');
      },
    ],
  ])('is not followed: %s', async (_, call) => {
    await expect(call()).rejects.toThrow();
    expect(reached).toEqual([]);
  });
});

describe('While people use it', () => {
  let product: Product;
  let alice: SlackPerson;
  const stderr = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  beforeAll(async () => {
    product = await startProduct();
    alice = new SlackPerson(product, 'U0ALICE');
    await alice.types('new Printer https://evil.test <!channel>');
    await alice.fills({});
    await new TeamsPerson(product, '29:1-alice-acme').card('CASE-1001');
    await alice.card('CASE-1001');
    await alice.types('p1 CASE-1001');
    await alice.card('CASE-1001', 'P1 Urgent');
  });
  afterAll(async () => {
    stderr.mockRestore();
    await product.stop();
  });
  const toTeams = (activity: object, overrides = {}) =>
    fetch(`${product.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${product.teams.token(overrides)}` },
      body: JSON.stringify(activity),
    });

  it('every message goes out without previews, without names made links, and under no other name or picture', () => {
    const sent = product.slack.calls.flatMap((call) =>
      call.kind === 'call' && /^chat\.(post|update)/.test(call.method) ? [call] : [],
    );
    expect(sent.length).toBeGreaterThan(2);
    for (const { method, args } of sent) {
      expect(args).toMatchObject({ parse: 'none', link_names: 'false' });
      if (method === 'chat.postMessage') expect(args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
      for (const disguise of ['username', 'icon_url', 'icon_emoji', 'as_user'])
        expect(args).not.toHaveProperty(disguise);
    }
  });

  it.each([
    ['the Bot Framework Emulator’s', 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/'],
    ['another bot’s', 'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0'],
  ])('a token of %s is none of Teams’', async (_, iss) => {
    const activity = product.teams.draft({ user: '29:1-alice-acme', conversation: SUPPORT, text: '@Baton case list' });
    expect((await toTeams(activity, { iss })).status).toBe(401);
  });

  it('an address for an upload that comes with fileConsent is not asked for: such an invoke is unknown', async () => {
    let asked = 0;
    const there = createServer((_, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(there, 'listening');
    const uploadUrl = `http://127.0.0.1:${(there.address() as AddressInfo).port}/`;
    const activity = {
      ...product.teams.draft({ user: '29:1-alice-acme', conversation: SUPPORT, text: '' }),
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: { action: 'accept', uploadInfo: { uploadUrl, contentUrl: uploadUrl } },
    };
    expect((await toTeams(activity)).status).toBe(501);
    there.close();
    expect(asked).toBe(0);
  });

  it('a press on a card from before changes nothing, and says by whom it was done meanwhile', async () => {
    const card = await alice.card('CASE-1001');
    product.slack.fault({ method: 'chat.update', times: 50, status: 500 });
    const bob = new SlackPerson(product, 'U0BOB');
    await bob.types('take CASE-1001');
    await bob.types('wait CASE-1001');
    await alice.presses('Take', card);
    expect(wordsOn(await alice.sees('Meanwhile'))).toContain('Bob Brown');
    product.slack.clearFaults();
    await bob.types('resume CASE-1001');
    await alice.card('CASE-1001', 'Bob Brown', 'In progress');
  });
});

describe('What it is made of', () => {
  it('is pinned: every dependency is one exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
    expect(loose).toEqual([]);
  });

  it('evaluates nothing: neither words of people nor of the desk file become code', () => {
    const sources = ['src', 'adapters'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') || name.endsWith('.tsx'))
        .map((name) => join(ROOT, folder, name)),
    );
    expect(sources.length).toBeGreaterThan(300);
    const evaluating = sources.filter((path) =>
      /\beval\(|\bnew Function\(|\bnew Script\((?!')|dangerouslySetInnerHTML|\.innerHTML\s*=/.test(
        readFileSync(path, 'utf8'),
      ),
    );
    expect(evaluating).toEqual([]);
  });
});
