import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startSlack } from '../../adapters/slack';
import { SurfaceFailure } from '../../src/app/ports';
import { instant } from '../../src/domain/ids';
import { DESK, fakeDoors, messageWith, quietLog, type Running, running, SECRETS, said, until } from './slackSupport';

const opens = (it_: Running): number =>
  it_.world.calls.filter((one) => one.kind === 'call' && one.method === 'apps.connections.open').length;
const list = { act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'list' } as const;

const START = ({ world }: Running) => ({
  config: { kind: 'socket', botToken: SECRETS.botToken, appToken: SECRETS.appToken, apiUrl: world.apiUrl } as const,
  doors: fakeDoors().doors,
  desk: () => DESK,
  clock: { now: () => instant(0) },
  log: quietLog().log,
});

/** A socket of another process of the same app. */
async function opened({ world }: Running): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${SECRETS.appToken}` };
  const answer = await fetch(`${world.apiUrl}apps.connections.open`, { method: 'POST', headers });
  const socket = new WebSocket(((await answer.json()) as { url: string }).url);
  await once(socket, 'message');
  return socket;
}

describe('Slack by socket, when things go wrong', () => {
  let it_: Running;
  const rejections: unknown[] = [];
  const noted = (reason: unknown) => void rejections.push(reason);
  beforeAll(() => void process.on('unhandledRejection', noted));
  beforeEach(async () => {
    it_ = await running({ delivery: 'socket' });
  });
  afterEach(() => it_.stop());
  afterAll(() => {
    process.off('unhandledRejection', noted);
    expect(rejections).toEqual([]);
  });

  test('is healthy while the socket is open, and not after it was stopped', async () => {
    expect(it_.slack.healthy()).toBe(true);
    expect(it_.slack.http).toBeNull();
    await it_.slack.stop();
    expect(it_.slack.healthy()).toBe(false);
    await until(it_.world, () => !it_.world.snapshot().app.connected);
  });

  test('a socket that is cut is opened again at once', async () => {
    it_.world.dropSockets();
    await it_.log.says('the Slack socket is open', 2);
    expect(it_.slack.healthy()).toBe(true);
    expect(await it_.world.act(list)).toMatchObject({ ok: true });
  });

  test('asked for a new socket, it opens the next one before it lets the last one go', async () => {
    const connected: boolean[] = [];
    const stop = it_.world.onChange(() => void connected.push(it_.world.snapshot().app.connected));
    it_.world.disconnect('refresh_requested');
    await it_.log.says('the Slack socket is open', 2);
    // Slack may use either for a while
    for (let n = 0; n < 4; n += 1) expect(await it_.world.act(list)).toMatchObject({ ok: true });
    stop();
    expect(connected).not.toContain(false);
    expect(it_.slack.healthy()).toBe(true);
  });

  test('what is under way is acknowledged on the socket that it came by', async () => {
    let finish: () => void = () => undefined;
    const heard = new Promise<void>((tell) => {
      it_.fake.answer.heard = () => {
        tell();
        return new Promise((resolve) => {
          finish = resolve;
        });
      };
    });
    await it_.world.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'slow one' });
    await heard;
    it_.world.disconnect('warning');
    await it_.log.says('the Slack socket is open', 2);
    finish();
    await it_.world.settled();
    const deliveries = it_.world.calls.filter((one) => one.kind === 'delivery' && one.type === 'message');
    expect(deliveries.map((one) => one.status)).toEqual([200]);
  });

  test.each([
    ['invalid_auth', { error: 'invalid_auth' }],
    ['status 500', { status: 500 }],
    ['a cut connection', { drop: 'before' }],
    ['a rate limit', { retryAfter: 1 }],
  ] as const)('survives a reconnect that is answered with %s, and comes back', async (_name, fault) => {
    it_.world.fault({ method: 'apps.connections.open', times: 1, ...fault });
    it_.world.dropSockets();
    await it_.log.says('the Slack socket does not open');
    expect(it_.slack.healthy()).toBe(false);
    await it_.log.says('the Slack socket is open', 2);
    expect(opens(it_)).toBe(3);
    it_.fake.answer.line = async () => said('I am back');
    await it_.world.act(list);
    await messageWith(it_.world, 'I am back');
  });

  test.each(['invalid_auth', 'account_inactive'])(
    'a reconnect that fails for good (%s) ends nothing: it is down, tries on, and is back once that is mended',
    async (error) => {
      it_.world.fault({ method: 'apps.connections.open', times: 2, error });
      it_.world.dropSockets();
      await it_.log.says('the Slack socket does not open', 2);
      expect(it_.slack.healthy()).toBe(false);
      expect(it_.log.all()).toContain('SLACK_APP_TOKEN');
      expect(it_.log.all()).not.toContain(SECRETS.appToken);
      await it_.log.says('the Slack socket is open', 2);
      expect(await it_.world.act(list)).toMatchObject({ ok: true });
    },
    30_000,
  );

  test('Socket Mode that is switched off is down until it is switched on again', async () => {
    it_.world.fault({ method: 'apps.connections.open', times: 3, error: 'not_allowed_token_type' });
    it_.world.disconnect('link_disabled');
    await it_.log.says('the Slack socket does not open');
    it_.world.dropSockets();
    await it_.log.says('the Slack socket does not open', 3);
    expect(it_.slack.healthy()).toBe(false);
    expect(it_.log.all()).toContain('Socket Mode is switched on');
    await it_.log.says('the Slack socket is open', 2);
    expect(it_.slack.healthy()).toBe(true);
  }, 30_000);

  test('of ten sockets that other processes hold it waits for one to come free', async () => {
    await it_.slack.stop();
    await until(it_.world, () => !it_.world.snapshot().app.connected);
    const others: WebSocket[] = [];
    for (let held = 0; held < 10; held += 1) others.push(await opened(it_));
    const log = quietLog();
    const slack = await startSlack({ ...START(it_), log: log.log });
    await log.says('the Slack socket does not open');
    expect(slack.healthy()).toBe(false);
    others.pop()?.close();
    await log.says('the Slack socket is open');
    expect(slack.healthy()).toBe(true);
    for (const other of others) other.terminate();
    await slack.stop();
  }, 60_000);

  test('stopping while a reconnect is waiting leaves nothing behind', async () => {
    it_.world.fault({ method: 'apps.connections.open', times: 99, error: 'invalid_auth' });
    it_.world.dropSockets();
    await it_.log.says('the Slack socket does not open');
    const before = opens(it_);
    await it_.slack.stop();
    expect(opens(it_)).toBe(before);
  });
});

test.each([
  ['app', /SLACK_APP_TOKEN/, { appToken: 'xapp-wrong' }],
  ['bot', /SLACK_BOT_TOKEN/, { botToken: 'xoxb-wrong' }],
] as const)('a wrong %s token stops the start with a sentence that does not repeat it', async (_, sentence, wrong) => {
  const it_ = await running({ delivery: 'socket' });
  const start = START(it_);
  const failed = await startSlack({ ...start, config: { ...start.config, ...wrong } }).catch((error: Error) => error);
  expect(failed).toBeInstanceOf(SurfaceFailure);
  expect(String(failed)).toMatch(sentence);
  expect(String(failed)).not.toMatch(/xapp-wrong|xoxb-wrong/);
  await it_.stop();
});
