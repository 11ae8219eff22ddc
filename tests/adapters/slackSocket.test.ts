import { startSlack } from '../../adapters/slack';
import { instant } from '../../src/domain/ids';
import { DESK, fakeDoors, messageWith, quietLog, type Running, running, SECRETS, said, until } from './slackSupport';

const opens = (it_: Running): number =>
  it_.world.calls.filter((one) => one.kind === 'call' && one.method === 'apps.connections.open').length;
const list = { act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'list' } as const;

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
  ] as const)(
    'survives a reconnect that is answered with %s, and comes back',
    async (_name, fault) => {
      it_.world.fault({ method: 'apps.connections.open', times: 1, ...fault });
      it_.world.dropSockets();
      await it_.log.says('the Slack socket does not open');
      expect(it_.slack.healthy()).toBe(false);
      await it_.log.says('the Slack socket is open', 2);
      expect(opens(it_)).toBe(3);
      it_.fake.answer.line = async () => said('I am back');
      await it_.world.act(list);
      await messageWith(it_.world, 'I am back');
    },
    15_000,
  );

  test('stopping while a reconnect is waiting leaves nothing behind', async () => {
    it_.world.fault({ method: 'apps.connections.open', times: 99, error: 'invalid_auth' });
    it_.world.dropSockets();
    await it_.log.says('the Slack socket does not open');
    const before = opens(it_);
    await it_.slack.stop();
    expect(opens(it_)).toBe(before);
  });
});

test('a wrong app token stops the start with a sentence', async () => {
  const it_ = await running({ delivery: 'socket' });
  const config = {
    kind: 'socket',
    botToken: SECRETS.botToken,
    appToken: 'xapp-wrong',
    apiUrl: it_.world.apiUrl,
  } as const;
  const clock = { now: () => instant(0) };
  const start = startSlack({ config, doors: fakeDoors().doors, desk: () => DESK, clock, log: quietLog().log });
  await expect(start).rejects.toThrow(/SLACK_APP_TOKEN/);
  await it_.stop();
});
