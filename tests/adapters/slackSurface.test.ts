import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { checkSlack } from '../../adapters/slack';
import { failureOf } from '../../adapters/slack/failures';
import { SurfaceFailure } from '../../src/app/ports';
import { instant } from '../../src/domain/ids';
import { DESK, flat, type Running, running, SECRETS, view } from './slackSupport';

const channel = (id: string, thread: string | null = null) =>
  ({ kind: 'channel', platform: 'slack', channel: id, thread }) as const;
const person = (user: string) => ({ kind: 'person', platform: 'slack', user }) as const;
const whisper = (id: string, user: string, thread: string | null = null) =>
  ({ kind: 'whisper', platform: 'slack', channel: id, thread, user }) as const;

describe("Slack's hands", () => {
  let it_: Running;
  beforeAll(async () => {
    it_ = await running();
  });
  afterAll(() => it_.stop());
  beforeEach(() => {
    it_.world.clearFaults();
    it_.world.clearCalls();
  });
  const call = (method: string) =>
    it_.world.calls
      .filter((one) => one.kind === 'call' && one.method === method)
      .map((one) => (one.kind === 'call' ? one.args : {}));

  test('posts where it should and says where; the mark of the posting is left in the message', async () => {
    const { surface } = it_.slack;
    const place = await surface.post(channel('C0TRIAGE'), view({ summary: 'Card <1>' }), { id: 'p1' });
    expect(place).toMatchObject({ platform: 'slack', channel: 'C0TRIAGE', thread: null });
    const stored = it_.world.snapshot().messages.find((one) => one.ts === place.message);
    expect(stored).toMatchObject({
      text: 'Card &lt;1&gt;',
      metadata: { event_type: 'baton_posting', event_payload: { posting: 'p1' } },
    });
    const reply = await surface.post(channel('C0TRIAGE', place.message), view(), { id: 'p2' });
    expect(reply.thread).toBe(place.message);
    const [args] = call('chat.postMessage');
    expect(args).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false', unfurl_media: 'false' });
  });

  test('writes to a person in a direct message, looked up once', async () => {
    const first = await it_.slack.surface.post(person('U0RAVI'), view(), { id: 'd1' });
    const second = await it_.slack.surface.post(person('U0RAVI'), view(), { id: 'd2' });
    expect(first.channel).toBe(second.channel);
    expect(call('conversations.open')).toHaveLength(1);
  });

  test('whispers in the channel and thread, or in person where that cannot be', async () => {
    const { surface } = it_.slack;
    const there = await surface.post(whisper('C0SUPPORT', 'U0RAVI'), view({ summary: 'psst' }), { id: 'w1' });
    expect(it_.world.snapshot().messages.find((one) => one.ts === there.message)?.ephemeral_to).toBe('U0RAVI');
    for (const elsewhere of ['C0TRIAGE', 'C0ELSEWHERE', 'C0NOWHERE']) {
      const place = await surface.post(whisper(elsewhere, 'U0RAVI'), view({ summary: 'psst' }), { id: 'w2' });
      expect(it_.world.snapshot().channels.find((one) => one.id === place.channel)?.kind).toBe('im');
    }
  });

  test('updates its message, and says when it is gone', async () => {
    const { surface } = it_.slack;
    const place = await surface.post(channel('C0TRIAGE'), view({ summary: 'before' }), { id: 'u1' });
    await surface.update(place, channel('C0TRIAGE'), view({ summary: 'after' }));
    expect(it_.world.snapshot().messages.find((one) => one.ts === place.message)?.text).toBe('after');
    const gone = surface.update({ ...place, message: '1.000001' }, channel('C0TRIAGE'), view());
    await expect(gone).rejects.toMatchObject({ kind: 'gone' });
  });

  test('says who and what of the desk file Slack does not have, and nothing when all is there', async () => {
    const lost = (desk = DESK) => it_.slack.surface.lost?.(desk);
    expect(await lost()).toEqual([]);
    it_.world.setArchived('C0SUPPORT', true);
    const more = { ...DESK, triage: { slack: 'C0ELSEWHERE' }, leads: { slack: 'C0NOWHERE' } };
    const [alice, ...others] = DESK.people;
    const people = [{ ...alice!, accounts: { slack: 'U0NOBODY' } }, ...others];
    expect(await lost({ ...more, people })).toEqual([
      { what: 'outside:C0ELSEWHERE', say: expect.stringContaining('type /invite @Baton there') },
      { what: 'unknown:C0NOWHERE', say: expect.stringContaining('Slack knows no leads channel C0NOWHERE') },
      { what: 'archived:C0SUPPORT', say: expect.stringContaining('The intake channel #support is archived') },
      { what: 'stranger:U0NOBODY', say: expect.stringContaining('mend "slack" of Alice Anderson') },
    ]);
    it_.world.setArchived('C0SUPPORT', false);
    it_.world.fault({ method: 'users.info', status: 503 });
    await expect(lost()).rejects.toBeInstanceOf(SurfaceFailure);
  });

  test('finds a posting whose answer was lost, in a channel, a thread and a direct message', async () => {
    const { surface } = it_.slack;
    const root = await surface.post(channel('C0TRIAGE'), view(), { id: 'root' });
    const createdAt = instant(it_.clock.now());
    for (const to of [channel('C0TRIAGE'), channel('C0TRIAGE', root.message), person('U0RAVI')]) {
      const id = `lost in ${JSON.stringify(to)}`;
      it_.world.fault({ method: 'chat.postMessage', drop: 'after' });
      await expect(surface.post(to, view(), { id })).rejects.toMatchObject({ kind: 'ambiguous' });
      const found = await surface.find(to, { id, createdAt });
      expect(
        it_.world.snapshot().messages.find((one) => one.ts === (found as { message: string }).message)?.metadata
          ?.event_payload,
      ).toEqual({ posting: id });
      expect(await surface.find(to, { id: 'never sent', createdAt })).toBe('absent');
    }
  });

  test('does not know where it cannot look', async () => {
    const { surface } = it_.slack;
    const posting = { id: 'x', createdAt: instant(it_.clock.now()) };
    expect(await surface.find(whisper('C0SUPPORT', 'U0RAVI'), posting)).toBe('unknown');
    expect(await surface.find(channel('C0NOWHERE'), posting)).toBe('unknown');
    it_.world.fault({ method: 'conversations.history', error: 'missing_scope' });
    expect(await surface.find(channel('C0TRIAGE'), posting)).toBe('unknown');
    it_.world.fault({ method: 'conversations.history', status: 503 });
    await expect(surface.find(channel('C0TRIAGE'), posting)).rejects.toMatchObject({ kind: 'ambiguous' });
  });

  test('reads a message as plain words, also a reply of which only its own time is known', async () => {
    const { world } = it_;
    const say = { act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT' } as const;
    const root = await world.act({ ...say, text: 'Hey @alice & all' });
    const ts = root.ok ? (root.ts ?? '') : '';
    const reply = await world.act({ ...say, text: 'and more', thread_ts: ts });
    const replyTs = reply.ok ? (reply.ts ?? '') : '';
    const at = (message: string, thread: string | null = null) => ({
      platform: 'slack',
      channel: 'C0SUPPORT',
      message,
      thread,
    });
    expect(await it_.slack.surface.read(at(ts))).toMatchObject({
      text: 'Hey @Alice Anderson & all',
      author: { kind: 'guest', user: 'U0RAVI', name: 'Ravi Reporter' },
      place: at(ts),
      at: Math.round(Number(ts) * 1000),
    });
    expect(await it_.slack.surface.read(at(replyTs))).toMatchObject({ text: 'and more', place: at(replyTs, ts) });
    expect(await it_.slack.surface.read(at(replyTs, ts))).toMatchObject({ text: 'and more' });
    expect(await it_.slack.surface.read(at('1.000001'))).toBeNull();
    expect(await it_.slack.surface.read(at(''))).toBeNull();
    expect(await it_.slack.surface.read({ ...at(ts), channel: 'C0ELSEWHERE' })).toBeNull();
    it_.world.fault({ method: 'conversations.history', retryAfter: 7 });
    await expect(it_.slack.surface.read(at(ts))).rejects.toMatchObject({ kind: 'slow-down', retryAfterMs: 7_000 });
  });

  test('one attempt a call, and a limit on one channel delays no other', async () => {
    const { surface } = it_.slack;
    it_.world.fault({ method: 'chat.postMessage', where: { channel: 'C0TRIAGE' }, retryAfter: 30 });
    await expect(surface.post(channel('C0TRIAGE'), view(), { id: 'a' })).rejects.toMatchObject({
      kind: 'slow-down',
      retryAfterMs: 30_000,
    });
    await surface.post(channel('C0SUPPORT'), view(), { id: 'b' });
    expect(call('chat.postMessage')).toHaveLength(2);
    it_.world.fault({ method: 'chat.postMessage', status: 500 });
    await expect(surface.post(channel('C0TRIAGE'), view(), { id: 'c' })).rejects.toMatchObject({ kind: 'ambiguous' });
    expect(call('chat.postMessage')).toHaveLength(3);
  });

  test('a name that cannot be looked up costs no message', async () => {
    it_.world.fault({ method: 'users.info', times: 9, error: 'user_not_found' });
    await it_.world.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'still heard' });
    await it_.world.settled();
    expect(it_.fake.last('heard')[0].text).toBe('still heard');
  });

  test('doctor says what is well and what to mend', async () => {
    const config = {
      kind: 'http',
      signingSecret: SECRETS.signingSecret,
      botToken: SECRETS.botToken,
      apiUrl: it_.world.apiUrl,
    } as const;
    const desk = {
      ...DESK,
      leads: { slack: 'C0ELSEWHERE' },
      intake: [{ platform: 'slack', channel: 'C0NOWHERE', mode: 'ask' }],
    } as const;
    const findings = await checkSlack(config, desk);
    const wrong = findings.filter((one) => !one.ok).map((one) => one.say);
    expect(wrong).toEqual([
      expect.stringContaining('not in the leads channel #elsewhere'),
      expect.stringContaining('C0NOWHERE'),
    ]);
    expect(findings.filter((one) => one.ok).map((one) => one.say)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Acme'),
        expect.stringContaining('#triage'),
        expect.stringContaining('Lena Lead'),
      ]),
    );
    const lost = await checkSlack({ ...config, botToken: 'xoxb-wrong' }, DESK);
    expect(lost).toEqual([{ ok: false, say: expect.stringContaining('SLACK_BOT_TOKEN') }]);
  });

  test('doctor tells without alarm that do-not-disturb is not seen', async () => {
    const config = { kind: 'http', ...SECRETS, apiUrl: it_.world.apiUrl } as const;
    const scopes = it_.manifest.oauth_config!.scopes!;
    const all = scopes.bot!;
    const says = async () => (await checkSlack(config, DESK)).filter(({ say }) => say.includes('dnd:read'));
    expect(await says()).toEqual([]);
    scopes.bot = all.filter((scope) => scope !== 'dnd:read');
    expect(await says()).toEqual([
      { ok: true, aside: true, say: expect.stringContaining('does not see who has do-not-disturb on') },
    ]);
    scopes.bot = all.filter((scope) => scope !== 'dnd:read' && scope !== 'chat:write');
    const [lacks] = (await checkSlack(config, DESK)).filter(({ ok }) => !ok);
    expect(lacks?.say).toContain('The Slack app lacks chat:write:');
    scopes.bot = all;
  });

  test('no call leaves a token or a word of a person in the log', () => {
    expect(it_.log.all()).not.toMatch(/xoxb|still heard|Hey @/);
    expect(flat({ blocks: [] })).toBeDefined();
  });
});

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });
const broken = (code: string, wrapped = true) => {
  const cause = Object.assign(new Error('x'), { code });
  return new WebAPIRequestError(wrapped ? new TypeError('fetch failed', { cause }) : cause);
};

test.each([
  [new WebAPIRateLimitedError(12), 'slow-down', 12_000],
  [platform('ratelimited'), 'slow-down', 30_000],
  [new Error('Retry header did not contain a valid timeout (url: x)'), 'slow-down', 30_000],
  [platform('channel_not_found'), 'refused', null],
  [platform('not_in_channel'), 'refused', null],
  [platform('is_archived'), 'refused', null],
  [platform('invalid_blocks'), 'refused', null],
  [platform('something_new'), 'refused', null],
  [platform('message_not_found'), 'gone', null],
  [platform('internal_error'), 'ambiguous', null],
  [platform('fatal_error'), 'ambiguous', null],
  [platform('invalid_auth'), 'not-sent', null],
  [new WebAPIHTTPError(503, 'x', {}, ''), 'ambiguous', null],
  [new WebAPIHTTPError(408, 'x', {}, ''), 'ambiguous', null],
  [new WebAPIHTTPError(404, 'x', {}, ''), 'refused', null],
  [broken('ECONNREFUSED'), 'not-sent', null],
  [broken('ENOTFOUND', false), 'not-sent', null],
  [broken('UND_ERR_CONNECT_TIMEOUT'), 'not-sent', null],
  [
    new WebAPIRequestError(
      new TypeError('fetch failed', {
        cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
      }),
    ),
    'not-sent',
    null,
  ],
  [broken('ECONNRESET'), 'ambiguous', null],
  [broken('UND_ERR_SOCKET'), 'ambiguous', null],
  [new WebAPIRequestError(new DOMException('timed out', 'TimeoutError') as unknown as Error), 'ambiguous', null],
  [new SurfaceFailure('gone', 'x'), 'gone', null],
  [new Error('a bug'), 'refused', null],
] as const)('%s is %s', (error, kind, retryAfterMs) => {
  expect(failureOf(error)).toMatchObject({ kind, retryAfterMs });
});
