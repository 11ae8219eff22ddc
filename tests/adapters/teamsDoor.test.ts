import type { JsonObject } from '../../adapters/sandbox/teams/protocol';
import { startTeams } from '../../adapters/teams';
import { allowedServiceUrl } from '../../adapters/teams/hosts';
import { type Bench, DESK, fakeDoors, memoryStore, openBench, RITA, SUPPORT, TENANT_ID } from './teamsBench';

let bench: Bench;
const stderr = jest.spyOn(console, 'error').mockImplementation(() => undefined);
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  await bench.stop();
  stderr.mockRestore();
});
beforeEach(() => {
  bench.app.calls.length = 0;
  bench.app.answers = {};
});

const draft = (more: object = {}): JsonObject =>
  ({ ...bench.world.draft({ user: RITA, conversation: SUPPORT, text: 'hello' }), ...more }) as JsonObject;
const bearer = (overrides = {}) => ({ authorization: `Bearer ${bench.world.token(overrides)}` });
const post = (body: string | JsonObject, headers: Record<string, string> = bearer()) =>
  bench.world.rawPost(body, headers);

describe('whom Baton believes', () => {
  test('an activity with a good token is worked on', async () => {
    expect(await post(draft())).toMatchObject({ status: 200 });
    expect(bench.app.calls).toHaveLength(1);
  });

  test.each([
    ['a forged signature (the SDK answers 500)', { forged: true }],
    ['no signature at all, alg none (the SDK answers 500)', { unsigned: true }],
    ['an expired token', { expiresInS: -3600 }],
    ['another bot’s token', { aud: 'another-app' }],
    ['another issuer', { iss: 'https://evil.test' }],
    ['a key that nobody published', { kid: 'unknown' }],
    ['a service URL that is not the token’s', { serviceUrl: 'https://smba.trafficmanager.net/emea/' }],
    ['a token without a service URL', { serviceUrl: null }],
  ])('%s: 401, and nothing happens', async (_, overrides) => {
    expect((await post(draft(), bearer(overrides))).status).toBe(401);
    expect(bench.app.calls).toEqual([]);
  });

  test('a token of the Bot Framework Emulator, which the SDK takes without a look at the service URL: 401', async () => {
    const iss = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
    const token = bearer({ iss, serviceUrl: null, claims: { ver: '1.0', appid: bench.settings.appId } });
    expect((await post(draft(), token)).status).toBe(401);
    expect(bench.app.calls).toEqual([]);
  });

  test.each([
    ['no token', {}],
    ['an empty one', { authorization: '' }],
    ['rubbish', { authorization: 'Bearer rubbish' }],
    ['rubbish with dots', { authorization: 'Bearer a.b.c' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['three words', { authorization: 'Bearer a b' }],
  ])('%s: 401', async (_, headers) => {
    expect((await post(draft(), headers as Record<string, string>)).status).toBe(401);
    expect(bench.app.calls).toEqual([]);
  });

  test.each([
    [
      'another tenant',
      {
        channelData: { tenant: { id: 'aaaaaaaa-0000-4000-8000-000000000000' } },
        conversation: { id: SUPPORT, tenantId: 'aaaaaaaa-0000-4000-8000-000000000000' },
      },
    ],
    [
      'two tenants, one of them ours',
      {
        channelData: { tenant: { id: 'aaaaaaaa-0000-4000-8000-000000000000' } },
        conversation: { id: SUPPORT, tenantId: TENANT_ID },
      },
    ],
    ['no tenant', { channelData: {}, conversation: { id: SUPPORT } }],
    ['a tenant that is no text', { channelData: { tenant: { id: 7 } }, conversation: { id: SUPPORT } }],
  ])('an activity of %s: 403, no effect, nothing learnt', async (_, more) => {
    const before = [...bench.store.kept.keys()];
    expect((await post(draft(more))).status).toBe(403);
    expect(bench.app.calls).toEqual([]);
    expect([...bench.store.kept.keys()]).toEqual(before);
  });

  test('a foreign service URL: refused although its token is good', async () => {
    const serviceUrl = 'https://evil.trafficmanager.net/emea/';
    expect((await post(draft({ serviceUrl }), bearer({ serviceUrl }))).status).toBe(403);
    expect(bench.app.calls).toEqual([]);
  });
});

describe('what is no activity is refused before anybody is asked who sent it', () => {
  test.each([
    ['an object without type, which crashes the SDK ({"a":1})', '{"a":1}', 400],
    ['no object', '"hello"', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['no JSON', '{"type":', 400],
    ['nothing', '', 400],
    ['a type that is no text', '{"type":7}', 400],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    ['too much', `{"type":"${'x'.repeat(1_100_000)}"}`, 413],
  ])('%s', async (_, body, status) => {
    expect((await post(body)).status).toBe(status);
    expect(bench.app.calls).toEqual([]);
  });

  test.each([
    ['serviceUrl: without it the SDK would skip a check and run the turn'],
    ['id'],
    ['conversation'],
    ['channelId'],
  ])('no %s: 400', async (sentence) => {
    const name = sentence.split(':')[0]!;
    const { [name]: _gone, ...rest } = draft();
    expect((await post(rest)).status).toBe(400);
    expect(bench.app.calls).toEqual([]);
  });

  test('another channel than msteams: 400', async () => {
    expect((await post(draft({ channelId: 'emulator' }))).status).toBe(400);
    expect((await post(draft({ channelId: '' }))).status).toBe(400);
  });

  test('another content type: 415; another method: 405', async () => {
    expect((await post(draft(), { ...bearer(), 'content-type': 'text/plain' })).status).toBe(415);
    expect((await fetch(bench.endpoint)).status).toBe(405);
  });

  test('odd parts do not matter where nothing depends on them: still answered below 500, and the process lives', async () => {
    const odd: readonly unknown[] = [null, 7, 'x', [], {}, '\ud800', [null], { id: null }, 1e308, '__proto__'];
    const parts = [
      'from',
      'recipient',
      'text',
      'entities',
      'value',
      'channelData',
      'name',
      'replyToId',
      'timestamp',
      'reactionsAdded',
      'membersAdded',
      'attachments',
      'action',
    ];
    const types = [
      'message',
      'invoke',
      'messageReaction',
      'messageUpdate',
      'messageDelete',
      'installationUpdate',
      'conversationUpdate',
    ];
    const invokes = [
      'adaptiveCard/action',
      'task/fetch',
      'task/submit',
      'composeExtension/fetchTask',
      'composeExtension/submitAction',
      'application/search',
    ];
    let count = 0;
    for (const type of types) {
      for (const part of parts) {
        const value = odd[count % odd.length];
        count += 1;
        const body = draft({ type, name: invokes[count % invokes.length], id: `f:${count}`, [part]: value } as object);
        const { status } = await post(body);
        expect([type, part, value, status < 500 || status === 501]).toEqual([type, part, value, true]);
      }
    }
    expect(count).toBe(types.length * parts.length);
  });

  test('messageUpdate and messageDelete without channelData have a tenant all the same and do no harm (the SDK throws)', async () => {
    for (const type of ['messageUpdate', 'messageDelete']) {
      const { channelData: _gone, ...rest } = draft({ type });
      expect((await post(rest)).status).toBe(200);
    }
    expect(bench.app.calls.map(({ door }) => door)).toEqual(['edited', 'deleted']);
  });

  test('a flood of `<` in a message costs no time', async () => {
    const startedAt = performance.now();
    expect((await post(draft({ text: '<at>'.repeat(60_000) }))).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('what Teams sends twice', () => {
  test('a turn of more than 15 s is sent again while the first is under way: one call of the app, both answered', async () => {
    const slow = await openBench({ turnLimitMs: 1000 });
    try {
      let finish = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      slow.app.answers.heard = () => gate;
      await slow.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'slow' });
      // The first delivery was given up; the second is waiting.
      finish();
      await slow.settled();
      const attempts = slow.world.calls.filter(({ direction }) => direction === 'toBot');
      expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
      expect(slow.app.calls).toHaveLength(1);
    } finally {
      await slow.stop();
    }
  });

  test('after a restart the same activity has the same keys, by which the database knows it', async () => {
    const activity = draft();
    await post(activity);
    const again = await openBench();
    try {
      const tokened = { ...activity, serviceUrl: again.world.serviceUrl() } as JsonObject;
      await again.world.rawPost(tokened, { authorization: `Bearer ${again.world.token()}` });
      expect(again.app.calls[0]!.caller!.cause.keys).toEqual(bench.app.calls[0]!.caller!.cause.keys);
    } finally {
      await again.stop();
    }
  });

  test('an edit of a message is not taken for the message itself', async () => {
    const activity = draft();
    await post(activity);
    await post({ ...activity, type: 'messageUpdate', text: 'other words' });
    expect(bench.app.calls.map(({ door }) => door)).toEqual(['heard', 'edited']);
  });
});

describe('settings', () => {
  test.each(['appId', 'appPassword', 'tenantId'] as const)(
    'an empty %s refuses to start: it would let anybody in',
    (name) => {
      const parts = {
        config: { ...bench.settings, [name]: '' },
        doors: fakeDoors().doors,
        desk: () => DESK,
        clock: { now: () => 0 as never },
        log: { info() {}, warn() {}, error() {} },
        store: memoryStore(),
      };
      expect(() => startTeams(parts)).toThrow(/TEAMS_/);
    },
  );

  test.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://smba.trafficmanager.net/amer', true],
    ['https://smba.infra.gcc.teams.microsoft.com/gcc', true],
    ['https://smba.infra.gov.teams.microsoft.us/gcch', true],
    ['http://smba.trafficmanager.net/emea/', false],
    ['https://evil.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net.evil.test/', false],
    ['https://smba.trafficmanager.net:8443/', false],
    ['https://user@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net@evil.test/', false],
    ['http://127.0.0.1:3979/', true],
    ['http://127.0.0.1:3980/', false],
    ['http://other.test:3979/', false],
    ['https://gateway.test/', true],
    ['https://gateway.test:443/x', true],
    ['http://gateway.test/', false],
    ['javascript:alert(1)', false],
    ['not a url', false],
  ])('%s allowed: %s', (url, allowed) => {
    const hosts = ['127.0.0.1:3979', 'other.test:3979', 'gateway.test'];
    expect(allowedServiceUrl(url, hosts) !== null).toBe(allowed);
  });

  test('no token, no secret and no words of people are ever logged', async () => {
    await post(draft({ text: 'confidential words' }), bearer({ forged: true }));
    await post(draft({ text: 'confidential words' }));
    const logged = JSON.stringify(bench.logged);
    expect(logged).not.toMatch(/confidential words|secret-of-the-bot|eyJ[\w-]{20}/);
  });
});
