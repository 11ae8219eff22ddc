import type { SlackWorld } from '../../adapters/sandbox/slack';
import { callSlack, MANIFEST, messagesWith, SECRETS, SEED, slackWorld, standingClock } from './slackFixtures';

const SUPPORT = 'C0SUPPORT';
const MODAL = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] };

describe('the emulated Web API', () => {
  let world: SlackWorld;
  let clock: ReturnType<typeof standingClock>;
  const call = (method: string, args?: { [name: string]: unknown }, token?: string) =>
    callSlack(world, method, args, token);
  const post = async (args: { [name: string]: unknown }) =>
    (await call('chat.postMessage', { channel: SUPPORT, ...args })) as { ok: boolean; ts?: string; error?: string };
  const errorOf = async (method: string, args?: { [name: string]: unknown }, token?: string) =>
    (await call(method, args, token)).error;

  beforeEach(async () => {
    clock = standingClock();
    world = slackWorld({ now: clock.now });
    await world.start();
  });
  afterEach(() => world.stop());

  it('asks for the right token, scope and method', async () => {
    expect(await call('auth.test')).toMatchObject({
      ok: true,
      user_id: 'U0DESK',
      bot_id: 'B0DESK',
      team_id: 'T0ACME',
      app_id: 'A0DESK',
    });
    expect(await errorOf('auth.test', {}, '')).toBe('not_authed');
    expect(await errorOf('auth.test', {}, 'xoxb-other')).toBe('invalid_auth');
    expect(await errorOf('auth.test', {}, SECRETS.appToken)).toBe('not_allowed_token_type');
    expect(await errorOf('apps.connections.open', {}, SECRETS.botToken)).toBe('not_allowed_token_type');
    expect(await errorOf('apps.connections.open', {}, SECRETS.appToken)).toBe('socket_mode_not_enabled');
    expect(await call('team.info')).toMatchObject({ error: 'missing_scope', needed: 'team:read' });
    expect(await errorOf('chat.shout')).toBe('unknown_method');
    expect(await errorOf('toString')).toBe('unknown_method');
  });

  it('tells of do-not-disturb and statuses where the scopes allow, until they run out', async () => {
    expect(await call('dnd.teamInfo', { users: 'U0ALICE' })).toMatchObject({
      error: 'missing_scope',
      needed: 'dnd:read',
    });
    expect(await errorOf('users.profile.get', { user: 'U0ALICE' })).toBe('missing_scope');
    await world.stop();
    const scopes = { bot: [...(MANIFEST.oauth_config?.scopes?.bot ?? []), 'dnd:read', 'users.profile:read'] };
    world = slackWorld({ now: clock.now, manifest: { ...MANIFEST, oauth_config: { scopes } } });
    await world.start();
    expect(await errorOf('dnd.teamInfo')).toBe('no_users_provided');
    expect(await errorOf('dnd.teamInfo', { users: 'U,'.repeat(51) })).toBe('invalid_arguments');
    const seconds = clock.now() / 1000;
    const none = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
    const [user, other] = world.snapshot().users.map(({ id }) => id) as [string, string];
    expect(await world.act({ act: 'setDnd', user, minutes: 30 })).toEqual({ ok: true });
    expect(await call('dnd.teamInfo', { users: `${user},${other},U0NOBODY` })).toMatchObject({
      users: {
        [user]: { dnd_enabled: true, next_dnd_start_ts: seconds, next_dnd_end_ts: seconds + 1800 },
        [other]: none,
      },
    });
    const away = { emoji: ':palm_tree:', text: 'Vacationing' };
    expect(await world.act({ act: 'setStatus', user, ...away, minutes: 30 })).toEqual({ ok: true });
    const shown = { status_emoji: ':palm_tree:', status_text: 'Vacationing', status_expiration: seconds + 1800 };
    expect(await call('users.info', { user })).toMatchObject({ user: { profile: shown } });
    expect(await call('users.profile.get', { user })).toMatchObject({ profile: shown });
    expect(await errorOf('users.profile.get', { user: 'U0NOBODY' })).toBe('user_not_found');
    clock.push(1_800_000);
    expect(await call('dnd.teamInfo', { users: user })).toMatchObject({ users: { [user]: none } });
    expect(await call('users.info', { user })).toMatchObject({
      user: { profile: { status_emoji: '', status_text: '', status_expiration: 0 } },
    });
    for (const minutes of [-1, Number.NaN, 1e9])
      expect(await world.act({ act: 'setDnd', user, minutes })).toMatchObject({ error: 'invalid_time' });
    for (const minutes of [0, -1, 1e9])
      expect(await world.act({ act: 'setStatus', user, ...away, minutes })).toMatchObject({ error: 'invalid_time' });
    const long = 'x'.repeat(101);
    expect(await world.act({ act: 'setStatus', user, emoji: '', text: long })).toMatchObject({ error: 'too_long' });
  });

  it('posts, updates and deletes, and refuses as Slack does', async () => {
    expect(await post({})).toMatchObject({ error: 'no_text' });
    expect(await post({ channel: 'C0NONE', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
    expect(await post({ channel: 'C0SECRET', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
    expect(await post({ channel: 'C0RANDOM', text: 'x' })).toMatchObject({ error: 'not_in_channel' });
    expect(await post({ channel: 'C0OLD', text: 'x' })).toMatchObject({ error: 'is_archived' });
    expect(await post({ text: 'x', thread_ts: '1.000000' })).toMatchObject({ error: 'thread_not_found' });
    expect(await post({ text: 'x', blocks: [{ type: 'header' }] })).toMatchObject({
      error: 'invalid_blocks',
      errors: ['missing required field: text [json-pointer:/blocks/0]'],
    });
    const { ts = '' } = await post({ text: 'Card' });
    expect(await errorOf('chat.update', { channel: SUPPORT, ts, text: 'x'.repeat(4001) })).toBe('msg_too_long');
    expect(await errorOf('chat.update', { channel: SUPPORT, ts: '1.000000', text: 'x' })).toBe('message_not_found');
    const human = messagesWith(world, 'Exports are empty')[0]?.ts;
    expect(await errorOf('chat.update', { channel: SUPPORT, ts: human, text: 'x' })).toBe('cant_update_message');
    expect(await errorOf('chat.delete', { channel: SUPPORT, ts: human })).toBe('cant_delete_message');
    expect(await call('chat.update', { channel: SUPPORT, ts, text: 'Card 2' })).toMatchObject({
      ok: true,
      ts,
      text: 'Card 2',
    });
    expect(await call('chat.getPermalink', { channel: SUPPORT, message_ts: ts })).toMatchObject({
      permalink: `https://acme.slack.com/archives/C0SUPPORT/p${ts.replace('.', '')}`,
    });
    expect(await call('chat.delete', { channel: SUPPORT, ts })).toMatchObject({ ok: true });
    expect(messagesWith(world, 'Card')).toEqual([]);
  });

  it('keeps blocks that an update does not send, and takes them away for an empty list', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Body' } }];
    const { ts = '' } = await post({ text: 'Card', blocks });
    await call('chat.update', { channel: SUPPORT, ts, text: 'New' });
    expect(messagesWith(world, 'New')[0]?.blocks).toMatchObject(blocks);
    await call('chat.update', { channel: SUPPORT, ts, text: 'New', blocks: [] });
    expect(messagesWith(world, 'New')[0]?.blocks).toEqual([]);
  });

  it('gives every message its own increasing ts while the clock stands', async () => {
    const stamps = [];
    for (let count = 0; count < 5; count += 1) stamps.push((await post({ text: `n${count}` })).ts ?? '');
    expect([...new Set(stamps)].sort()).toEqual(stamps);
    expect(stamps).toHaveLength(5);
  });

  it('pages history and replies, and shows metadata on request', async () => {
    const metadata = { event_type: 'case', event_payload: { ref: 'CASE-1' } };
    const { ts = '' } = await post({ text: 'Parent', metadata });
    for (let count = 0; count < 3; count += 1) await post({ text: `reply ${count}`, thread_ts: ts });
    const history = await call('conversations.history', { channel: SUPPORT, limit: '1' });
    expect(history).toMatchObject({ has_more: true, messages: [{ text: 'Parent', reply_count: 3 }] });
    expect(JSON.stringify(history.messages)).not.toContain('CASE-1');
    const first = await call('conversations.replies', {
      channel: SUPPORT,
      ts,
      limit: '2',
      include_all_metadata: 'true',
    });
    expect(first).toMatchObject({ has_more: true, messages: [{ text: 'Parent', metadata }, { text: 'reply 0' }] });
    const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
    const second = await call('conversations.replies', { channel: SUPPORT, ts, limit: '2', cursor });
    expect(second).toMatchObject({ has_more: false, messages: [{ text: 'reply 1' }, { text: 'reply 2' }] });
    expect(await errorOf('conversations.replies', { channel: SUPPORT, ts: '1.000000' })).toBe('thread_not_found');
    expect(await errorOf('conversations.history', { channel: 'C0RANDOM' })).toBe('not_in_channel');
    expect(await post({ text: 'x', metadata: { event_type: 'case' } })).toMatchObject({
      error: 'invalid_metadata_format',
    });
  });

  it('knows people and conversations', async () => {
    expect(await call('users.info', { user: 'U0ALICE' })).toMatchObject({
      user: { real_name: 'Alice Anderson', profile: { email: 'alice@acme.test' } },
    });
    expect(await call('users.lookupByEmail', { email: 'RITA@acme.test' })).toMatchObject({ user: { id: 'U0RITA' } });
    expect(await errorOf('users.lookupByEmail', { email: 'nobody@acme.test' })).toBe('users_not_found');
    expect(await errorOf('users.info', { user: 'U0NONE' })).toBe('user_not_found');
    expect((await call('conversations.list', { exclude_archived: 'true' })).channels).toMatchObject([
      { id: SUPPORT, is_member: true },
      { id: 'C0RANDOM', is_member: false },
    ]);
    expect((await call('users.conversations')).channels).toMatchObject([{ id: SUPPORT }, { id: 'C0OLD' }]);
    expect((await call('conversations.members', { channel: SUPPORT, limit: '2' })).members).toEqual([
      'U0RITA',
      'U0ALICE',
    ]);
    expect(await call('conversations.info', { channel: SUPPORT, include_num_members: 'true' })).toMatchObject({
      channel: { num_members: 3 },
    });
    const im = (await call('conversations.open', { users: 'U0RITA' })) as { channel?: { id: string } };
    expect(await post({ channel: 'U0RITA', text: 'Hello' })).toMatchObject({ channel: im.channel?.id });
    expect(await errorOf('conversations.open', { users: 'U0NONE' })).toBe('user_not_found');
  });

  it('records whom the app would ping, and nobody for escaped words', async () => {
    await post({ text: 'to &lt;!channel&gt; and &lt;@U0RITA&gt;' });
    await post({
      text: 'really <!channel>',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<@U0RITA>' } }],
    });
    expect(messagesWith(world, '&lt;!channel')[0]?.mentions).toEqual([]);
    expect(messagesWith(world, 'really')[0]?.mentions.sort()).toEqual(['U0RITA', 'channel']);
  });

  it('fails on demand: before the effect, after it, with a status or a wait', async () => {
    world.fault({ method: 'chat.postMessage', retryAfter: 7 });
    expect(await call('chat.postMessage', { channel: SUPPORT, text: 'a' })).toMatchObject({
      status: 429,
      retryAfter: '7',
      error: 'ratelimited',
    });
    world.fault({ method: 'chat.postMessage', status: 503, where: { channel: SUPPORT } });
    expect(await post({ channel: 'U0RITA', text: 'a' })).toMatchObject({ ok: true });
    expect(await post({ text: 'b' })).toMatchObject({ status: 503 });
    world.fault({ method: '*', error: 'fatal_error', times: 2 });
    expect([await errorOf('auth.test'), await errorOf('auth.test'), await errorOf('auth.test')]).toEqual([
      'fatal_error',
      'fatal_error',
      undefined,
    ]);
    world.fault({ method: 'chat.postMessage', drop: 'before' });
    await expect(post({ text: 'lost' })).rejects.toThrow();
    world.fault({ method: 'chat.postMessage', drop: 'after' });
    await expect(post({ text: 'kept' })).rejects.toThrow();
    expect([messagesWith(world, 'lost').length, messagesWith(world, 'kept').length]).toEqual([0, 1]);
  });

  it('keeps the pace of one message a second and channel when told to', async () => {
    const paced = slackWorld({ now: clock.now, rateLimit: true });
    await paced.start();
    const send = (channel: string) => callSlack(paced, 'chat.postMessage', { channel, text: 'x' });
    expect(await send(SUPPORT)).toMatchObject({ ok: true });
    expect(await send(SUPPORT)).toMatchObject({ status: 429, retryAfter: '1' });
    expect(await send('U0RITA')).toMatchObject({ ok: true });
    clock.push(1_000);
    expect(await send(SUPPORT)).toMatchObject({ ok: true });
    await paced.stop();
  });

  describe('views', () => {
    let triggers: string[];
    /** The app is a listener here that notes the trigger and acknowledges. */
    beforeEach(async () => {
      triggers = [];
      const { createServer } = await import('node:http');
      const app = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += String(chunk)));
        request.on('end', () => {
          const form = new URLSearchParams(body);
          const payload = JSON.parse(form.get('payload') ?? '{}') as { trigger_id?: string };
          triggers.push(form.get('trigger_id') ?? payload.trigger_id ?? '');
          response.setHeader('connection', 'close');
          response.end();
        });
      });
      await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
      world.setRequestUrl(`http://127.0.0.1:${(app.address() as { port: number }).port}/slack/events`);
      closeApp = () => app.close();
    });
    let closeApp: () => void;
    afterEach(() => closeApp());

    async function trigger(): Promise<string> {
      await world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' });
      return triggers.at(-1) ?? '';
    }

    it('open with a trigger once and within three seconds', async () => {
      const first = await trigger();
      expect(await errorOf('views.open', { trigger_id: 'made up', view: MODAL })).toBe('invalid_trigger_id');
      expect(
        await call('views.open', { trigger_id: first, view: { ...MODAL, blocks: [{ type: 'banner' }] } }),
      ).toMatchObject({ error: 'invalid_arguments' });
      expect(await call('views.open', { trigger_id: first, view: MODAL })).toMatchObject({ ok: true });
      expect(await errorOf('views.open', { trigger_id: first, view: MODAL })).toBe('exchanged_trigger_id');
      const second = await trigger();
      clock.push(3_001);
      expect(await errorOf('views.open', { trigger_id: second, view: MODAL })).toBe('expired_trigger_id');
    });

    it('stack to three, and are updated by id or external id under the right hash', async () => {
      const opened = (await call('views.open', {
        trigger_id: await trigger(),
        view: { ...MODAL, external_id: 'ext' },
      })) as { view?: { id: string; hash: string } };
      expect(await call('views.push', { trigger_id: await trigger(), view: MODAL })).toMatchObject({
        ok: true,
        view: { root_view_id: opened.view?.id },
      });
      expect(await errorOf('views.push', { trigger_id: await trigger(), view: { ...MODAL, external_id: 'ext' } })).toBe(
        'duplicate_external_id',
      );
      expect(await call('views.push', { trigger_id: await trigger(), view: MODAL })).toMatchObject({ ok: true });
      expect(await errorOf('views.push', { trigger_id: await trigger(), view: MODAL })).toBe('push_limit_reached');
      expect(
        await call('views.update', {
          external_id: 'ext',
          hash: opened.view?.hash,
          view: { ...MODAL, external_id: 'ext' },
        }),
      ).toMatchObject({ ok: true });
      expect(await errorOf('views.update', { view_id: opened.view?.id, hash: opened.view?.hash, view: MODAL })).toBe(
        'hash_conflict',
      );
      expect(await errorOf('views.update', { view_id: 'V0NONE', view: MODAL })).toBe('not_found');
    });

    it('publish a Home tab only to people and only when the manifest has one', async () => {
      const home = { type: 'home', blocks: [] };
      expect(await call('views.publish', { user_id: 'U0RITA', view: home })).toMatchObject({ ok: true });
      expect(await errorOf('views.publish', { user_id: 'U0NONE', view: home })).toBe('user_not_found');
      const bare = slackWorld({ manifest: { ...MANIFEST, features: {} } });
      await bare.start();
      expect((await callSlack(bare, 'views.publish', { user_id: 'U0RITA', view: home })).error).toBe('not_enabled');
      expect(
        await bare.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' }),
      ).toMatchObject({ error: 'unknown_command' });
      await bare.stop();
    });
  });

  it('lets a response_url be used five times, and only for half an hour', async () => {
    const url = await new Promise<string>((resolve, reject) => {
      void import('node:http').then(({ createServer }) => {
        const app = createServer((request, response) => {
          let body = '';
          request.on('data', (chunk: Buffer) => (body += String(chunk)));
          request.on('end', () => {
            response.setHeader('connection', 'close');
            response.end();
            app.close();
            resolve(new URLSearchParams(body).get('response_url') ?? '');
          });
        });
        app.listen(0, '127.0.0.1', () => {
          world.setRequestUrl(`http://127.0.0.1:${(app.address() as { port: number }).port}/`);
          world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' }).catch(reject);
        });
      });
    });
    const respond = async (body: object) =>
      (await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { connection: 'close' } })).status;
    expect(await respond({ text: 'one' })).toBe(200);
    expect(await respond({ text: 'two', replace_original: true })).toBe(200);
    expect(messagesWith(world, 'two')).toMatchObject([{ ephemeral_to: 'U0RITA' }]);
    expect(await respond({ delete_original: true })).toBe(200);
    expect(messagesWith(world, 'two')).toEqual([]);
    expect(await respond({ text: 'four', response_type: 'in_channel' })).toBe(200);
    expect(await respond({})).toBe(404);
    clock.push(30 * 60_000 + 1);
    expect(await respond({ text: 'late' })).toBe(404);
    clock.push(-60_000);
    expect(await respond({ text: 'five' })).toBe(200);
    expect(await respond({ text: 'six' })).toBe(404);
    expect(messagesWith(world, 'six')).toEqual([]);
  });

  it('hears of it when a channel is archived or the bot is put out', async () => {
    world.setArchived(SUPPORT, true);
    expect(await post({ text: 'x' })).toMatchObject({ error: 'is_archived' });
    world.setArchived(SUPPORT, false);
    world.takeOut(SUPPORT, 'U0DESK');
    expect(await post({ text: 'x' })).toMatchObject({ error: 'not_in_channel' });
  });

  it('offers blocks.validate without a token', async () => {
    expect(await call('blocks.validate', { blocks: [{ type: 'divider' }] }, '')).toMatchObject({ ok: true });
    expect(await call('blocks.validate', { blocks: [{ type: 'header' }] }, '')).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ code: 'required', pointer: '/blocks/0' }],
    });
  });

  it('counts what is unread and shows everybody their own ephemerals', async () => {
    await post({ text: 'Hello <@U0RITA>' });
    await call('chat.postEphemeral', { channel: SUPPORT, user: 'U0ALICE', text: 'psst' });
    expect(world.snapshot().unread).toMatchObject({
      U0RITA: { C0SUPPORT: { count: 1, mentions: 1 } },
      U0ALICE: { C0SUPPORT: { count: 2, mentions: 0 } },
    });
    await world.act({ act: 'markRead', user: 'U0RITA', channel: SUPPORT });
    expect(world.snapshot().unread['U0RITA']).toBeUndefined();
    expect(await call('chat.postEphemeral', { channel: SUPPORT, user: 'U0DESKX', text: 'x' })).toMatchObject({
      error: 'user_not_found',
    });
  });

  it('refuses acts that make no sense instead of failing', async () => {
    const nonsense = [
      null,
      {},
      { act: 'say', user: 'U0NONE' },
      { act: 'say', user: 'U0RITA' },
      { act: 'dance', user: 'U0RITA' },
      { act: 'react', user: 'U0RITA', channel: SUPPORT, ts: messagesWith(world, 'Exports')[0]?.ts },
    ];
    for (const act of nonsense)
      expect(await world.act(act as never)).toMatchObject({ ok: false, words: expect.any(String) });
    expect(SEED.users.map((one) => one.id)).not.toContain('U0NONE');
  });
});
