import { createConnection } from 'node:net';
import { startSlack } from '../../adapters/slack';
import { FORM, flat, messageWith, type Running, running, SECRETS, said, send, topModal, until } from './slackSupport';

const NOW = Date.now();
const SECONDS = Math.floor(NOW / 1000);
const command = (text = 'list', trigger = `t.${text}`): string =>
  new URLSearchParams({
    command: '/case',
    text,
    team_id: 'T0ACME',
    channel_id: 'C0SUPPORT',
    user_id: 'U0ALICE',
    user_name: 'alice',
    trigger_id: trigger,
  }).toString();
const event = (inner: object, more: object = {}): string =>
  JSON.stringify({ type: 'event_callback', team_id: 'T0ACME', event_id: `Ev${Math.random()}`, event: inner, ...more });
const JSON_TYPE = { contentType: 'application/json' };
const message = (more: object = {}) => ({
  type: 'message',
  channel: 'C0SUPPORT',
  user: 'U0RAVI',
  text: 'hi',
  ts: '1772445600.000100',
  ...more,
});

describe('the door of Slack', () => {
  let it_: Running;
  let now = NOW;
  const rejections: unknown[] = [];
  const noted = (reason: unknown) => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', noted);
    it_ = await running({ wallClock: () => now, world: { signingNow: () => NOW } });
  });
  afterAll(async () => {
    await it_.stop();
    process.off('unhandledRejection', noted);
    expect(rejections).toEqual([]);
  });
  beforeEach(() => {
    now = NOW;
    it_.fake.calls.length = 0;
  });
  const signed = (body: string, forged = {}) => it_.world.signed(body, { timestamp: SECONDS, ...forged });
  const post = (body: string, forged = {}) => send(it_.url, signed(body, forged));

  test('takes what Slack signed, also with a charset behind the type', async () => {
    expect(await post(command('one'))).toBe(200);
    expect(await post(command('two'), { contentType: 'application/x-www-form-urlencoded; charset=utf-8' })).toBe(200);
    expect(it_.fake.calls.map((call) => call.args[0])).toEqual(['one', 'two']);
  });

  test.each([
    ['forged', { secret: 'somebody else' }],
    ['five minutes and a second old', { timestamp: SECONDS - 301 }],
    ['five minutes and a second ahead', { timestamp: SECONDS + 301 }],
  ])('refuses what is %s with 401 and no effect', async (_what, forged) => {
    expect(await post(command('forged'), forged)).toBe(401);
    expect(it_.fake.calls).toEqual([]);
  });

  test('takes what is just within five minutes either way', async () => {
    expect(await post(command('old'), { timestamp: SECONDS - 299 })).toBe(200);
    expect(await post(command('ahead'), { timestamp: SECONDS + 299 })).toBe(200);
  });

  test('refuses requests without or with broken headers', async () => {
    const { body, headers } = signed(command('headers'));
    const { 'x-slack-signature': _signature, ...unsigned } = headers;
    const { 'x-slack-request-timestamp': _timestamp, ...timeless } = headers;
    expect(await send(it_.url, { body, headers: unsigned })).toBe(401);
    expect(await send(it_.url, { body, headers: timeless })).toBe(401);
    expect(await send(it_.url, { body, headers: { ...headers, 'x-slack-request-timestamp': 'NaN' } })).toBe(401);
    expect(it_.fake.calls).toEqual([]);
  });

  test('a replayed request is refused, for as long as its signature is valid', async () => {
    const request = signed(command('replay'));
    expect(await send(it_.url, request)).toBe(200);
    expect(await send(it_.url, request)).toBe(401);
    now = NOW + 4 * 60_000;
    expect(await send(it_.url, request)).toBe(401);
    expect(it_.fake.count('line')).toBe(1);
  });

  test('a request that failed may come again with the same signature: Slack retries within the same second', async () => {
    const body = event(message());
    const request = signed(body, JSON_TYPE);
    it_.fake.answer.heard = () => Promise.reject(new Error('locked'));
    expect(await send(it_.url, request)).toBe(500);
    delete it_.fake.answer.heard;
    expect(await send(it_.url, request)).toBe(200);
    expect(await send(it_.url, request)).toBe(401);
    expect(it_.fake.count('heard')).toBe(2);
  });

  test('a retry with the same signature after a lost answer is answered, and not done again', async () => {
    const request = signed(event(message({ ts: '1772445600.000900' })), JSON_TYPE);
    expect(await send(it_.url, request)).toBe(200);
    expect(await send(it_.url, { ...request, headers: { ...request.headers, 'x-slack-retry-num': '1' } })).toBe(200);
    expect(await send(it_.url, request)).toBe(401);
    expect(it_.fake.count('heard')).toBe(1);
  });

  test('refuses bodies that are too large, of another type, or by another method', async () => {
    expect(await post(command('x'.repeat(1_100_000)))).toBe(413);
    expect(await post(command('type'), { contentType: 'text/plain' })).toBe(415);
    const got = await fetch(it_.url, { headers: { connection: 'close' } });
    expect(got.status).toBe(405);
    expect(it_.fake.calls).toEqual([]);
  });

  test.each([
    ['no JSON', '{"type":', JSON_TYPE],
    ['null', 'null', JSON_TYPE],
    ['an array', '[1]', JSON_TYPE],
    ['an unknown type', '{"a":1}', JSON_TYPE],
    ['an event without an event', event(null as unknown as object), JSON_TYPE],
    ['an item of null', event({ type: 'reaction_added', item: null }), JSON_TYPE],
    ['a channel of null', event({ type: 'message', channel: null }), JSON_TYPE],
    ['a payload of half JSON', 'payload=%7B%22type%22', {}],
    ['bad percent-encoding', 'payload=%E0%A4%A', {}],
    ['an interaction without a person', `payload=${encodeURIComponent('{"type":"block_actions","actions":[{}]}')}`, {}],
    [
      'a submission without a view',
      `payload=${encodeURIComponent('{"type":"view_submission","user":{"id":"U1"}}')}`,
      {},
    ],
    ['a command without a channel', 'command=%2Fcase&text=x', {}],
  ])('a malformed body (%s) gets a 4xx and has no effect', async (_what, body, type) => {
    expect(await post(body, type)).toBe(400);
    expect(it_.fake.calls).toEqual([]);
  });

  test('signed oddities get an answer within a second and no effect', async () => {
    const odd = [
      event({ type: 'message', channel: { id: 7 }, ts: 9 }),
      event({ type: 'message', subtype: 'message_changed', channel: 'C1', ts: '1.1', message: { text: 5 } }),
      event({ type: 'reaction_added', user: 'U1', reaction: 'x', item: { type: 'file' }, event_ts: '1.2' }),
      event({ type: '__proto__', __proto__: { user: 1 } }),
      event({ type: 'channel_created', channel: { id: 'C9', creator: 'U1' } }),
      event({ type: 'member_joined_channel', user: 'U0BATON', channel: 'C1' }),
      event({ type: 'app_home_opened', user: 'U1', tab: 5 }),
      event({ type: 'tokens_revoked', tokens: {} }),
    ];
    for (const body of odd) {
      const started = performance.now();
      expect(await post(body, JSON_TYPE)).toBe(200);
      expect(performance.now() - started).toBeLessThan(1_000);
    }
    expect(it_.fake.calls).toEqual([]);
  });

  test('what nobody listens to is answered at once, not after three seconds', async () => {
    const payload = {
      type: 'shortcut',
      callback_id: 'other',
      trigger_id: '1.1',
      user: { id: 'U1' },
      team: { id: 'T0ACME' },
    };
    const started = performance.now();
    expect(await post(`payload=${encodeURIComponent(JSON.stringify(payload))}`)).toBe(200);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('the URL check is answered, the connection check too and with no other effect', async () => {
    const request = signed('{"type":"url_verification","challenge":"abc"}', JSON_TYPE);
    const response = await fetch(it_.url, { method: 'POST', ...request });
    expect(await response.json()).toEqual({ challenge: 'abc' });
    const smuggled = `ssl_check=1&${command('smuggled')}`;
    const unsigned = { body: smuggled, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect(await send(it_.url, unsigned)).toBe(200);
    expect(it_.fake.calls).toEqual([]);
  });

  test('app_rate_limited is answered and logged', async () => {
    const body = JSON.stringify({
      type: 'app_rate_limited',
      team_id: 'T0ACME',
      minute_rate_limited: 1518467820,
      api_app_id: 'A0BATON',
    });
    expect(await post(body, JSON_TYPE)).toBe(200);
    expect(it_.log.all()).toContain('1518467820');
  });

  test("another workspace's event has no effect; one that came by a shared channel counts by the installed side", async () => {
    const elsewhere = [{ team_id: 'T0OTHER', enterprise_id: null }];
    const here = [{ team_id: 'T0ACME', enterprise_id: null }];
    expect(await post(event(message(), { authorizations: elsewhere }), JSON_TYPE)).toBe(200);
    expect(it_.fake.count('heard')).toBe(0);
    const shared = { team_id: 'T0PARTNER', authorizations: here };
    expect(await post(event(message({ ts: '1772445600.000200' }), shared), JSON_TYPE)).toBe(200);
    expect(it_.fake.count('heard')).toBe(1);
  });

  test('people of another organisation are refused in words', async () => {
    const body = new URLSearchParams(command('take 1', 't.f'));
    body.set('team_id', 'T0PARTNER');
    const request = signed(body.toString());
    const response = await fetch(it_.url, { method: 'POST', ...request });
    expect(JSON.stringify(await response.json())).toContain('people of other organisations can look');
    const reaction = {
      type: 'reaction_added',
      user: 'U9',
      reaction: 'x',
      item: { type: 'message', channel: 'C1', ts: '1.1' },
      event_ts: '1.2',
    };
    expect(
      await post(event(reaction, { team_id: 'T0PARTNER', authorizations: [{ team_id: 'T0ACME' }] }), JSON_TYPE),
    ).toBe(200);
    expect(it_.fake.calls).toEqual([]);
  });

  test('a press, a form and a shortcut of another organisation are refused where they can see it', async () => {
    const actor = { trigger_id: '1.3', user: { id: 'U0RAVI', team_id: 'T0PARTNER' }, team: { id: 'T0PARTNER' } };
    const container = { type: 'message', channel_id: 'C0SUPPORT', message_ts: '1.1', is_ephemeral: false };
    const actions = [{ action_id: 'baton:take:0', value: '{"case":"c1"}' }];
    const interaction = async (payload: object): Promise<string> => {
      const request = signed(`payload=${encodeURIComponent(JSON.stringify({ ...actor, ...payload }))}`);
      return (await fetch(it_.url, { method: 'POST', ...request })).text();
    };
    await interaction({ type: 'block_actions', container, actions });
    const words = 'people of other organisations can look';
    expect((await messageWith(it_.world, words)).ephemeral_to).toBe('U0RAVI');
    const blocks = [{ type: 'input', block_id: 'title' }];
    const view = { id: 'V1', type: 'modal', hash: 'h', callback_id: 'baton:open', private_metadata: '{}', blocks };
    expect(await interaction({ type: 'view_submission', view })).toContain(words);
    const response_url = `${it_.world.apiUrl.replace('/api/', '/hooks/')}gone`;
    const message = { ts: '1.1', text: 'x', user: 'U0RAVI' };
    const shortcut = {
      type: 'message_action',
      callback_id: 'open_case',
      channel: { id: 'C0SUPPORT' },
      message,
      response_url,
    };
    expect(await interaction(shortcut)).toBe('');
    expect(it_.fake.calls).toEqual([]);
  });

  test('a button that is not ours, or older than its engine, is told so', async () => {
    const payload = (action: object) => ({
      type: 'block_actions',
      trigger_id: '1.2',
      user: { id: 'U0ALICE' },
      team: { id: 'T0ACME' },
      container: { type: 'message', channel_id: 'C0SUPPORT', message_ts: '1.1', is_ephemeral: false },
      actions: [action],
    });
    for (const action of [
      { action_id: 'baton:vanished:0', value: '{}' },
      { action_id: 'baton:take:0', value: '{"case":{"deep":1}}' },
      { action_id: 'baton:menu:0', selected_option: { value: 'take{"case"' } },
    ]) {
      const before = it_.world.snapshot().messages.length;
      expect(await post(`payload=${encodeURIComponent(JSON.stringify(payload(action)))}`)).toBe(200);
      await until(it_.world, () => it_.world.snapshot().messages.length > before);
      expect(it_.world.snapshot().messages.at(-1)).toMatchObject({ ephemeral_to: 'U0ALICE' });
    }
    expect(it_.fake.calls).toEqual([]);
  });

  test('a body cut off on the way is no trouble', async () => {
    const { port } = new URL(it_.url);
    const socket = createConnection({ port: Number(port), host: '127.0.0.1' });
    socket.write(
      'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a"',
    );
    socket.end();
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect(await post(command('after'))).toBe(200);
  });
});

describe('when the engine is slow', () => {
  test('a command is answered with patience first and the answer later; a form comes as a button', async () => {
    const it_ = await running();
    let finish: (words: string) => void = () => undefined;
    it_.fake.answer.line = () => new Promise((resolve) => (finish = (words) => resolve(said(words))));
    const act = { act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'list' } as const;
    const result = await it_.world.act(act);
    expect(result.ok).toBe(true);
    expect(it_.world.snapshot().messages.at(-1)?.text).toContain('One moment');
    finish('Here it is');
    await until(it_.world, () => it_.world.snapshot().messages.some((one) => one.text.includes('Here it is')));
    it_.fake.answer.line = () => new Promise((resolve) => (finish = () => resolve({ kind: 'form', form: FORM })));
    await it_.world.act({ ...act, text: 'new' });
    // the trigger lasts three seconds
    it_.clock.push(3_500);
    finish('');
    const offered = await messageWith(it_.world, FORM.title);
    expect([offered.ephemeral_to, flat(offered)]).toEqual(['U0ALICE', expect.stringContaining('baton:open:0')]);
    await it_.stop();
  });

  test('a form that takes long says so, and comes back with what was typed when something is wrong', async () => {
    const it_ = await running();
    it_.fake.answer.line = async () => ({ kind: 'form', form: FORM });
    await it_.world.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'new' });
    const { id } = await topModal(it_.world, 'U0ALICE');
    let fail: () => void = () => undefined;
    it_.fake.answer.submit = () =>
      new Promise((resolve) => (fail = () => resolve({ kind: 'errors', fields: { title: 'Say more.' } })));
    const values = { title: { field: 'typed title' }, text: { field: 'typed text' }, priority: { field: 'P2' } };
    const sent = await it_.world.act({ act: 'submitView', user: 'U0ALICE', view_id: id, values });
    expect(sent).toMatchObject({ ok: true, outcome: 'updated' });
    expect(JSON.stringify(await topModal(it_.world, 'U0ALICE'))).toContain('One moment');
    fail();
    const again = await until(it_.world, () =>
      it_.world.snapshot().modals['U0ALICE']?.find((one) => JSON.stringify(one.blocks).includes('Say more.')),
    );
    expect(JSON.stringify(again.blocks)).toMatch(/typed title.*typed text/);
    expect(JSON.stringify(again.blocks)).toContain('"initial_option":{"value":"P2"');
    it_.fake.answer.submit = async () => said('Opened');
    expect(await it_.world.act({ act: 'submitView', user: 'U0ALICE', view_id: id, values: {} })).toMatchObject({
      outcome: 'cleared',
    });
    expect(it_.fake.last('submit')[2]).toMatchObject({ title: 'typed title', priority: 'P2' });
    await it_.stop();
  });

  test('an event that takes more than three seconds comes again under the same names', async () => {
    const it_ = await running({ world: { ackWindowMs: 600, retryDelaysMs: [0] } });
    const keys: (readonly string[])[] = [];
    let finish: () => void = () => undefined;
    it_.fake.answer.heard = (_message, caller) => {
      keys.push(caller.cause.keys);
      return keys.length === 1 ? new Promise((resolve) => (finish = resolve)) : Promise.resolve();
    };
    await it_.world.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'slow' });
    await until(it_.world, () => keys.length === 2);
    finish();
    await it_.world.settled();
    expect(keys[0]).toEqual(keys[1]);
    await it_.stop();
  });

  test('a wrong token stops the start with a sentence', async () => {
    const it_ = await running();
    const config = {
      kind: 'http',
      signingSecret: SECRETS.signingSecret,
      botToken: 'xoxb-wrong',
      apiUrl: it_.world.apiUrl,
    } as const;
    const start = startSlack({
      ...it_.slack,
      config,
      doors: it_.fake.doors,
      desk: () => ({}) as never,
      clock: { now: () => 0 as never },
      log: it_.log.log,
    });
    await expect(start).rejects.toThrow('SLACK_BOT_TOKEN');
    await it_.stop();
  });
});
