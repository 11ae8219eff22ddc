import type { Json, JsonObject } from '../../adapters/sandbox/teams/protocol';
import { createTeamsWorld, type TeamsWorld } from '../../adapters/sandbox/teams/world';
import { startTeamsBot, type TestBot } from './support/teamsBot';
import { ADA, APP_ID, BOB, manifest, TEAM, TENANT_ID, TRIAGE, worldOptions } from './support/teamsSeed';

let world: TeamsWorld;
let bot: TestBot;
let clock = 1_790_000_000_000;

beforeAll(async () => {
  const parts = { turnLimitMs: 2000, extensionLimitMs: 1000, now: () => clock };
  world = await createTeamsWorld(worldOptions(parts));
  await world.start();
  bot = await startTeamsBot(world.settings());
  world.connect(bot.endpoint);
  jest.spyOn(console, 'error').mockImplementation(() => undefined); // The SDK prints every refused token.
});

afterAll(async () => {
  jest.restoreAllMocks();
  await bot.stop();
  await world.stop();
});

beforeEach(() => {
  bot.heard.length = 0;
  bot.onTurn(async () => undefined);
  world.clearFaults();
});

interface Called {
  status: number;
  body: { id?: string; activityId?: string; error?: { code: string; message: string } } & Record<string, Json>;
  headers: Headers;
}

async function token(parts: Record<string, string> = {}): Promise<Response> {
  const { TEAMS_LOGIN_URL, TEAMS_APP_PASSWORD } = world.settings();
  const { tenant = TENANT_ID, ...form } = parts;
  const usual = {
    grant_type: 'client_credentials',
    client_id: APP_ID,
    client_secret: TEAMS_APP_PASSWORD,
    scope: 'https://api.botframework.com/.default',
  };
  const body = new URLSearchParams({ ...usual, ...form });
  return fetch(`${TEAMS_LOGIN_URL}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
}

let bearer = '';

/** Calls the Connector as a bot would without any SDK. */
async function call(verb: string, path: string, body?: JsonObject): Promise<Called> {
  bearer ||= ((await (await token()).json()) as { access_token: string }).access_token;
  const response = await fetch(`${world.serviceUrl()}v3/${path}`, {
    method: verb,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

const inChannel = (activity: JsonObject) =>
  call('POST', 'conversations', { isGroup: true, channelData: { channel: { id: TRIAGE } }, activity });
const chatOf = (user: string) => world.snapshot().chats.find((chat) => chat.user === user)!.id;
const cardMessage = (content: JsonObject) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

describe('the door of the bot', () => {
  const knock = (overrides: Parameters<TeamsWorld['token']>[0], change: JsonObject = {}) =>
    world.rawPost(
      { ...world.draft({ user: ADA, conversation: TEAM, text: '@Baton hi' }), ...change },
      { authorization: `Bearer ${world.token(overrides)}` },
    );

  test('a good token is let in', async () => {
    await expect(knock({})).resolves.toMatchObject({ status: 200 });
    expect(bot.heard).toHaveLength(1);
  });

  test.each([
    ['for another app', { aud: 'someone-else' }, 401],
    ['of another issuer', { iss: 'https://evil.test' }, 401],
    ['that has ended', { expiresInS: -600 }, 401],
    ['for another service URL', { serviceUrl: 'https://evil.test/' }, 401],
    ['of an unknown key', { kid: 'unknown' }, 401],
    // 500 is what botbuilder makes of a bad signature; the product has to do better.
    ['with a forged signature', { forged: true }, 500],
    ['without a signature', { unsigned: true }, 500],
  ])('a token %s is refused and no turn runs', async (_name, overrides, status) => {
    await expect(knock(overrides)).resolves.toMatchObject({ status });
    expect(bot.heard).toEqual([]);
  });

  test('no token, and a body without a type, are refused', async () => {
    const draft = world.draft({ user: ADA, conversation: TEAM, text: '@Baton hi' });
    await expect(world.rawPost(draft)).resolves.toMatchObject({ status: 401 });
    await expect(world.rawPost({ a: 1 })).resolves.toMatchObject({ status: 400 });
    await expect(world.rawPost('{')).resolves.toMatchObject({ status: 400 });
    expect(bot.heard).toEqual([]);
  });
});

describe('the login and the bearer token', () => {
  test.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 400, 'unauthorized_client'],
    [{ tenant: 'wrong' }, 400, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
  ])('%j is refused', async (parts, status, error) => {
    const response = await token(parts as unknown as Record<string, string>);
    expect(response.status).toBe(status);
    await expect(response.json()).resolves.toMatchObject({ error });
  });

  test('a call without a token that the login gave out is refused', async () => {
    const url = `${world.serviceUrl()}v3/conversations/${TEAM}/members`;
    await expect(fetch(url)).resolves.toMatchObject({ status: 401 });
    await expect(fetch(url, { headers: { authorization: 'Bearer made-up' } })).resolves.toMatchObject({ status: 401 });
    await expect(call('GET', `conversations/${TEAM}/members`)).resolves.toMatchObject({ status: 200 });
    world.expireTokens();
    await expect(call('GET', `conversations/${TEAM}/members`)).resolves.toMatchObject({ status: 401 });
    bearer = '';
  });

  test('no token and no secret stands in the log of calls', () => {
    expect(JSON.stringify(world.calls)).not.toContain(bearer || 'sandbox.');
    expect(JSON.stringify(world.calls)).not.toContain('client_secret');
  });
});

describe('the Connector refuses', () => {
  test.each([
    [
      'an unknown conversation',
      'conversations/19:nowhere@thread.tacv2/activities',
      { type: 'message', text: 'x' },
      404,
    ],
    ['an unknown thread', `conversations/${TRIAGE};messageid=1/activities`, { type: 'message', text: 'x' }, 404],
    ['an empty message', `conversations/${TRIAGE}/activities`, { type: 'message' }, 400],
    ['an unknown type', `conversations/${TRIAGE}/activities`, { type: 'hello', text: 'x' }, 400],
    ['a message over 100 KB', `conversations/${TRIAGE}/activities`, { type: 'message', text: 'x'.repeat(52_000) }, 413],
    ['a group chat', 'conversations', { members: [{ id: ADA }, { id: BOB }], tenantId: TENANT_ID }, 400],
    ['a chat without a tenant', 'conversations', { members: [{ id: ADA }] }, 400],
    ['a chat with a stranger', 'conversations', { members: [{ id: '29:x' }], tenantId: TENANT_ID }, 403],
    ['a thread without a first message', 'conversations', { channelData: { channel: { id: TRIAGE } } }, 400],
    [
      'an unknown attachment',
      `conversations/${TRIAGE}/activities`,
      { type: 'message', attachments: [{ contentType: 'x' }] },
      400,
    ],
  ])('%s', async (_name, path, body, status) => {
    const before = world.snapshot().messages.length;
    await expect(call('POST', path, body as JsonObject)).resolves.toMatchObject({ status });
    expect(world.snapshot().messages).toHaveLength(before);
  });

  test('a message of a person, and one that is gone', async () => {
    const said = await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text: 'mine' });
    const message = { type: 'message', text: 'x' };
    const at = (id = '') => `conversations/${TRIAGE}/activities/${id}`;
    await expect(call('PUT', at(said.messageId), message)).resolves.toMatchObject({ status: 403 });
    const posted = await inChannel(message);
    await expect(call('DELETE', at(posted.body.activityId))).resolves.toMatchObject({ status: 200 });
    await expect(call('PUT', at(posted.body.activityId), message)).resolves.toMatchObject({
      status: 404,
      body: { error: { code: 'ActivityNotFoundInConversation' } },
    });
  });

  test('a team and a chat where the app is not installed', async () => {
    await world.act({ act: 'uninstallApp', user: ADA, in: TEAM });
    await world.act({ act: 'uninstallApp', user: ADA, in: chatOf(ADA) });
    const code = 'BotNotInConversationRoster';
    await expect(inChannel({ type: 'message', text: 'x' })).resolves.toMatchObject({
      status: 403,
      body: { error: { code } },
    });
    await expect(call('GET', `teams/${TEAM}`)).resolves.toMatchObject({ status: 403 });
    await expect(call('POST', 'conversations', { members: [{ id: ADA }], tenantId: TENANT_ID })).resolves.toMatchObject(
      {
        status: 403,
        body: { subCode: 'MessageWritesBlocked' },
      },
    );
    await world.act({ act: 'installApp', user: ADA, in: TEAM });
    await world.act({ act: 'installApp', user: ADA, in: chatOf(ADA) });
  });

  const base = { type: 'AdaptiveCard', version: '1.5' };
  const execute = { type: 'Action.Execute', title: 'Take' };
  test.each([
    ['an unknown element', { ...base, body: [{ type: 'Blink' }] }, 'Unknown element type "Blink"'],
    ['an unknown element in a fallback', { ...base, body: [{ type: 'A', fallback: { type: 'B' } }] }, '"B"'],
    ['an input without id', { ...base, body: [{ type: 'Input.Text' }] }, 'unique Id'],
    ['a bad action style', { ...base, actions: [{ ...execute, verb: 'v', style: 'loud' }] }, 'Invalid value "loud"'],
    ['an Execute without verb', { ...base, body: [{ type: 'ActionSet', actions: [execute] }] }, 'has no verb'],
    ['version 1.6', { ...base, version: '1.6' }, '1.5'],
    ['a link without https', { ...base, actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'http://x' }] }, 'https'],
    [
      '61 people to refresh for',
      { ...base, refresh: { action: { ...execute, verb: 'v' }, userIds: Array(61).fill('29:x') } },
      '60',
    ],
    ['more than 28 KB', { ...base, body: [{ type: 'TextBlock', text: 'x'.repeat(29_000) }] }, 'bytes'],
    ['seven primary actions', { ...base, actions: Array(7).fill({ ...execute, verb: 'v' }) }, '7 primary'],
    ['no card at all', { version: '1.5' }, 'no Adaptive Card'],
  ])('a card with %s', async (_name, card, words) => {
    const answer = await inChannel(cardMessage(card));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadSyntax' } } });
    expect(answer.body.error?.message).toContain(words);
  });

  test('but not a card as Teams knows them', async () => {
    const people = { type: 'Data.Query', dataset: 'graph.microsoft.com/users?scope=currentContext' };
    const card: JsonObject = {
      ...base,
      msteams: {
        width: 'Full',
        entities: [{ type: 'mention', text: '<at>Bob</at>', mentioned: { id: BOB, name: 'Bob' } }],
      },
      refresh: { action: { ...execute, verb: 'refresh', data: { type: 'Blink' } }, userIds: [BOB] },
      body: [
        { type: 'TextBlock', text: 'For <at>Bob</at>', targetWidth: 'atLeast:narrow' },
        { type: 'Chart.Donut', data: [] },
        { type: 'Sparkle', fallback: 'drop' },
        { type: 'FactSet', facts: [{ title: 'Status', value: 'New' }] },
        { type: 'Input.ChoiceSet', id: 'who', label: 'Who', style: 'filtered', 'choices.data': people },
      ],
      actions: [...Array(6).fill({ ...execute, verb: 'v' }), { ...execute, verb: 'more', mode: 'secondary' }],
    };
    const answer = await inChannel(cardMessage(card));
    expect(answer.body).not.toHaveProperty('error');
    expect(answer.status).toBe(201);
    expect(world.snapshot().messages.at(-1)?.mentions).toEqual([{ id: BOB, name: 'Bob', text: '<at>Bob</at>' }]);
  });

  test('loading the card library leaves no window behind', () => {
    expect('window' in globalThis).toBe(false);
  });
});

describe('the Connector also offers', () => {
  test('rosters, teams and channels', async () => {
    const members = await call('GET', `conversations/${encodeURIComponent(`${TEAM};messageid=1`)}/members`);
    expect(members.body).toMatchObject([{ id: ADA, email: 'ada@acme.test', tenantId: TENANT_ID }, { id: BOB }]);
    const page = await call('GET', `conversations/${TEAM}/pagedmembers?pageSize=1`);
    expect(page.body).toMatchObject({ members: [{ id: ADA }], continuationToken: '1' });
    const rest = await call('GET', `conversations/${TEAM}/pagedmembers?pageSize=1&continuationToken=1`);
    expect(rest.body).toEqual({ members: [expect.objectContaining({ id: BOB })] });
    await expect(
      call('GET', `conversations/${TEAM}/members/00000000-0000-0000-0000-000000000b0b`),
    ).resolves.toMatchObject({ body: { id: BOB } });
    await expect(call('GET', `conversations/${TEAM}/members/29:x`)).resolves.toMatchObject({ status: 404 });
    await expect(call('GET', `teams/${TEAM}`)).resolves.toMatchObject({ body: { name: 'Support', channelCount: 2 } });
    const channels = await call('GET', `teams/${TEAM}/conversations`);
    expect(channels.body).toEqual({
      conversations: [
        { id: TEAM, name: null },
        { id: TRIAGE, name: 'Triage' },
      ],
    });
  });

  test('messages for one person, in groups only', async () => {
    const path = `conversations/${TRIAGE}/activities?isTargetedActivity=true`;
    const message = { type: 'message', text: 'psst', recipient: { id: BOB, isTargeted: true } };
    const posted = await call('POST', path, message);
    expect(world.snapshot().messages.at(-1)).toMatchObject({ id: posted.body.id, targetedTo: BOB });
    const react = { act: 'react', conversation: TRIAGE, messageId: posted.body.id!, type: 'like' } as const;
    await expect(world.act({ ...react, user: ADA })).resolves.toMatchObject({ ok: false });
    await expect(world.act({ ...react, user: BOB })).resolves.toMatchObject({ ok: false });
    const at = `conversations/${TRIAGE}/activities/${posted.body.id}`;
    await expect(call('PUT', at, { type: 'message', text: 'y' })).resolves.toMatchObject({ status: 404 });
    await expect(call('PUT', `${at}?isTargetedActivity=true`, { type: 'message', text: 'y' })).resolves.toMatchObject({
      status: 200,
    });
    await expect(call('DELETE', `${at}?isTargetedActivity=true`)).resolves.toMatchObject({ status: 200 });

    await expect(call('POST', path, { type: 'message', text: 'x' })).resolves.toMatchObject({ status: 400 });
    await expect(call('POST', `conversations/${TRIAGE}/activities`, message)).resolves.toMatchObject({ status: 400 });
    const alone = `conversations/${chatOf(BOB)}/activities?isTargetedActivity=true`;
    await expect(call('POST', alone, message)).resolves.toMatchObject({
      status: 400,
      body: { error: { code: 'BadArgument' } },
    });
  });

  test('reactions of the bot, which change nothing when repeated', async () => {
    const said = await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text: 'look' });
    const path = `conversations/${TRIAGE}/activities/${said.messageId}/reactions/1f440_eyes`;
    await call('PUT', path);
    await call('PUT', path);
    expect(world.snapshot().messages.at(-1)?.reactions).toEqual([{ type: '1f440_eyes', users: [world.botId] }]);
    await call('DELETE', path);
    expect(world.snapshot().messages.at(-1)?.reactions).toEqual([]);
    expect(bot.heard).toEqual([]);
  });
});

describe('faults on order', () => {
  const message = { type: 'message', text: 'x' };
  const count = () => world.snapshot().messages.length;

  test('a status, a Retry-After, an error after the effect', async () => {
    const before = count();
    world.fault({ verb: 'POST', path: '/v3/conversations', status: 503, times: 2 });
    world.fault({ retryAfter: 7 });
    world.fault({ status: 500, effect: true });
    await expect(inChannel(message)).resolves.toMatchObject({ status: 503 });
    await expect(inChannel(message)).resolves.toMatchObject({ status: 503 });
    const limited = await inChannel(message);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(count()).toBe(before);
    await expect(inChannel(message)).resolves.toMatchObject({ status: 500 });
    expect(count()).toBe(before + 1);
    await expect(inChannel(message)).resolves.toMatchObject({ status: 201 });
  });

  test('a connection that is cut before or after the effect', async () => {
    const before = count();
    world.fault({ drop: 'before' });
    await expect(inChannel(message)).rejects.toThrow();
    expect(count()).toBe(before);
    world.fault({ drop: 'after' });
    await expect(inChannel(message)).rejects.toThrow();
    expect(count()).toBe(before + 1);
  });

  test('botbuilder without its retry policy meets each fault once', async () => {
    const before = count();
    world.fault({ verb: 'POST', path: '/activities', status: 503, effect: true, times: 9 });
    bot.onTurn(async (context) => {
      await context.sendActivity('once');
    });
    await world.act({ act: 'say', user: ADA, conversation: TEAM, text: '@Baton hi' });
    expect(count()).toBe(before + 2);
  });
});

describe('slow, repeated and reordered', () => {
  test('a slow turn is sent again with the same id, and the second try ends it', async () => {
    let free = (): void => undefined;
    const blocked = new Promise<void>((resolve) => {
      free = resolve;
    });
    bot.onTurn(() => (bot.heard.length === 1 ? blocked : Promise.resolve()));
    await world.act({ act: 'say', user: ADA, conversation: TEAM, text: '@Baton slow' });
    await world.settled();
    free();
    expect(bot.heard).toHaveLength(2);
    expect(bot.heard[0]?.id).toBe(bot.heard[1]?.id);
    const tries = world.calls.filter((one) => one.direction === 'toBot').slice(-2);
    expect(tries).toMatchObject([
      { status: 0, attempt: 1, problem: expect.stringContaining('2000 ms') },
      { status: 200, attempt: 2 },
    ]);
  });

  test('a message extension has less time', async () => {
    let free = (): void => undefined;
    const blocked = new Promise<void>((resolve) => {
      free = resolve;
    });
    bot.onTurn(() => blocked);
    const planted = world.snapshot().messages.find((one) => one.text === 'The printer is on fire')!;
    const at = { user: ADA, conversation: TEAM, messageId: planted.id };
    const opened = await world.act({ act: 'openExtension', commandId: 'openCase', ...at });
    expect(opened).toMatchObject({ ok: false, error: expect.stringContaining('Unable to reach app') });
    expect(world.snapshot().dialogs).toEqual([]);
    expect(world.calls.find((one) => one.problem?.includes('1000 ms'))).toBeDefined();
    await world.settled();
    free();
  });

  test('an activity can be sent again on order, and two can change places', async () => {
    const first = await world.act({ act: 'say', user: ADA, conversation: TEAM, text: '@Baton one' });
    await world.redeliver(first.messageId!);
    expect(bot.heard.map((activity) => activity.id)).toEqual([first.messageId, first.messageId]);
    bot.heard.length = 0;
    world.hold();
    const both = ['@Baton two', '@Baton three'].map((text) =>
      world.act({ act: 'say', user: ADA, conversation: TEAM, text }),
    );
    world.release('reversed');
    await Promise.all(both);
    expect(bot.heard.map((activity) => activity.text)).toEqual(['<at>Baton</at> three', '<at>Baton</at> two']);
  });

  test('ids are unique and grow, also when the clock stands still or goes back', async () => {
    clock -= 5_000;
    const ids: number[] = [];
    for (const text of ['a', 'b', 'c']) {
      const said = await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text });
      ids.push(Number(said.messageId));
    }
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    clock += 5_000;
  });

  test('a bot that is not there harms nothing', async () => {
    const { endpoint } = bot;
    world.connect('http://127.0.0.1:1/api/messages');
    await expect(world.act({ act: 'say', user: ADA, conversation: TEAM, text: '@Baton?' })).resolves.toMatchObject({
      ok: true,
    });
    expect(world.calls.at(-1)).toMatchObject({ status: 0, problem: expect.stringContaining('No connection') });
    world.connect(endpoint);
  });
});

describe('a world by its options', () => {
  test('with consent the bot hears channels without a mention; without it, it does not', async () => {
    await world.act({ act: 'say', user: ADA, conversation: TEAM, text: 'hello all' });
    expect(bot.heard).toEqual([]);
    const other = await createTeamsWorld(worldOptions({ manifest: manifest({ hearsChannels: true }) }));
    await other.start();
    const listening = await startTeamsBot(other.settings());
    other.connect(listening.endpoint);
    await other.act({ act: 'say', user: ADA, conversation: TEAM, text: 'hello all' });
    expect(listening.heard).toMatchObject([{ type: 'message', text: 'hello all' }]);
    await other.announceInstalls();
    expect(listening.heard.filter((activity) => activity.type === 'installationUpdate')).toHaveLength(3);
    await listening.stop();
    await other.stop();
  });

  test('rates are limited where asked: seven messages a second in one thread', async () => {
    const strict = await createTeamsWorld(worldOptions({ rateLimits: true, now: () => clock }));
    await strict.start();
    const previous = world;
    world = strict;
    bearer = '';
    const path = `conversations/${TRIAGE}/activities`;
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1) statuses.push((await call('POST', path, { type: 'message', text: 'x' })).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 201, 429]);
    clock += 2_000;
    await expect(call('POST', path, { type: 'message', text: 'x' })).resolves.toMatchObject({ status: 201 });
    world = previous;
    bearer = '';
    await strict.stop();
  });

  test('a manifest without this bot is refused', async () => {
    await expect(createTeamsWorld(worldOptions({ appId: 'other' }))).rejects.toThrow('no bot with botId other');
  });

  test('the snapshot is a copy and every change is announced', async () => {
    const before = world.snapshot();
    const seen: number[] = [];
    const end = world.onChange(() => seen.push(world.snapshot().revision));
    await world.act({ act: 'say', user: BOB, conversation: TRIAGE, text: 'new' });
    end();
    await world.act({ act: 'say', user: BOB, conversation: TRIAGE, text: 'unseen' });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((revision) => revision > before.revision)).toBe(true);
    expect(before.messages.some((message) => message.text === 'new')).toBe(false);
  });
});
