/** Do-not-disturb and statuses, by the real adapter from the emulated workspace, whatever Slack answers. */
import { doingOf } from '../../adapters/slack/statuses';
import type { Busy } from '../../src/domain/desk/busy';
import type { Person } from '../../src/domain/desk/desk';
import { type Instant, instant, later, MINUTE_MS, personId } from '../../src/domain/ids';
import { DESK, type Running, running } from './slackSupport';

const ALICE = 'U0ALICE';
const LENA = 'U0LENA';

describe('Who is busy in Slack', () => {
  let it_: Running;
  const start = async (scopes?: (scope: string) => boolean): Promise<void> => {
    it_ = await running();
    const granted = it_.manifest.oauth_config!.scopes!;
    if (scopes !== undefined) granted.bot = granted.bot!.filter(scopes);
    it_.world.clearCalls();
  };
  afterEach(() => it_.stop());
  const told = (people: readonly Person[] = DESK.people): Promise<readonly Busy[]> => it_.slack.surface.busy!(people);
  const now = (): Instant => instant(it_.clock.now());
  const calls = (method: string) => it_.world.calls.filter((call) => call.kind === 'call' && call.method === method);
  const dnd = (user: string, minutes: number) => it_.world.act({ act: 'setDnd', user, minutes });
  const status = (user: string, emoji: string, text: string, minutes?: number) =>
    it_.world.act({ act: 'setStatus', user, emoji, text, ...(minutes !== undefined && { minutes }) });
  const logged = (level: string) => it_.log.lines.filter((line) => line.level === level && 'what' in line.fields);

  test('is told with its end, in one call for all, and only for people with an account', async () => {
    await start();
    await dnd(ALICE, 90);
    expect(await told()).toEqual([
      { person: 'alice', doing: 'do not disturb', from: now(), until: later(now(), 90 * MINUTE_MS) },
    ]);
    expect(calls('dnd.teamInfo')).toMatchObject([{ args: { users: 'U0ALICE,U0LENA' } }]);
    expect(calls('users.info')).toHaveLength(2);
    await dnd(ALICE, 0);
    expect(await told()).toEqual([]);
    it_.world.clearCalls();
    expect(await told(DESK.people.filter(({ id }) => id === 'tom'))).toEqual([]);
    expect(it_.world.calls).toEqual([]);
  });

  test('knows a status that says that somebody is away, until it runs out or is cleared', async () => {
    await start();
    await status(ALICE, ':palm_tree:', 'Tenerife', 60);
    await status(LENA, ':spiral_calendar_pad:', 'In a meeting • Google Calendar');
    expect(await told()).toEqual([
      { person: 'alice', doing: 'away by their status', from: now(), until: later(now(), 60 * MINUTE_MS) },
      { person: 'lena', doing: 'in a meeting', from: now(), until: null },
    ]);
    await status(LENA, ':headphones:', 'In a huddle');
    it_.clock.push(61 * MINUTE_MS);
    expect(await told()).toEqual([]);
  });

  test('asks for fifty people a call, and for the statuses of twenty at a look, all of them in turn', async () => {
    await start();
    const crowd = Array.from(
      { length: 60 },
      (_, index): Person => ({
        ...DESK.people[0]!,
        id: personId(`p${index}`),
        accounts: { slack: `U${index}` },
      }),
    );
    await told(crowd);
    await told(crowd);
    await told(crowd);
    const quiet = calls('dnd.teamInfo').map((call) => (call.kind === 'call' ? String(call.args['users']) : ''));
    expect(quiet.slice(0, 2).map((users) => users.split(',').length)).toEqual([50, 10]);
    expect(calls('users.info')).toHaveLength(60);
    const asked = new Set(calls('users.info').map((call) => (call.kind === 'call' ? call.args['user'] : null)));
    expect(asked.size).toBe(60);
  });

  test('is not asked again where the app may not, with one line in the log; the other is told all the same', async () => {
    await start((scope) => scope !== 'dnd:read');
    await dnd(ALICE, 90);
    await status(LENA, ':palm_tree:', '');
    for (let look = 0; look < 3; look += 1) expect(await told()).toMatchObject([{ person: 'lena' }]);
    expect(calls('dnd.teamInfo')).toHaveLength(1);
    expect(logged('info')).toEqual([expect.objectContaining({ fields: { what: 'do-not-disturb' } })]);
    expect(logged('warn')).toEqual([]);
  });

  test('without any leave is nobody, and no failure', async () => {
    await start((scope) => scope !== 'dnd:read' && scope !== 'users:read');
    await dnd(ALICE, 90);
    expect(await told()).toEqual([]);
    expect(await told()).toEqual([]);
    expect(it_.world.calls).toHaveLength(3);
    expect(logged('info')).toHaveLength(2);
  });

  test('is what was told last while Slack asks for patience, which is kept', async () => {
    await start();
    await dnd(ALICE, 90);
    await told();
    await dnd(LENA, 90);
    it_.world.clearCalls();
    it_.world.fault({ method: 'dnd.teamInfo', retryAfter: 120 });
    expect(await told()).toMatchObject([{ person: 'alice' }]);
    it_.clock.push(MINUTE_MS);
    expect(await told()).toMatchObject([{ person: 'alice' }]);
    expect(calls('dnd.teamInfo')).toHaveLength(1);
    it_.clock.push(MINUTE_MS);
    expect(await told()).toMatchObject([{ person: 'alice' }, { person: 'lena' }]);
  });

  test.each([
    ['an error of its own', { error: 'internal_error' }],
    ['status 503', { status: 503 }],
    ['a broken connection', { drop: 'before' as const }],
  ])(
    'is what was told last after %s, with one line in the log, and nothing after a quarter of an hour',
    async (_, fault) => {
      await start();
      await dnd(ALICE, 90);
      await told();
      it_.world.fault({ method: 'dnd.teamInfo', times: 9, ...fault });
      it_.world.fault({ method: 'users.info', times: 9, ...fault });
      expect(await told()).toMatchObject([{ person: 'alice' }]);
      expect(await told()).toMatchObject([{ person: 'alice' }]);
      expect(logged('warn')).toHaveLength(2);
      it_.clock.push(16 * MINUTE_MS);
      expect(await told()).toEqual([]);
      it_.world.clearFaults();
      expect(await told()).toMatchObject([{ person: 'alice', until: later(now(), 74 * MINUTE_MS) }]);
    },
  );

  test('takes whom Slack does not know for somebody who is not busy', async () => {
    await start();
    await status(ALICE, ':palm_tree:', '');
    const stranger: Person = { ...DESK.people[0]!, id: personId('zed'), accounts: { slack: 'U0NOBODY' } };
    expect(await told([stranger, ...DESK.people])).toMatchObject([{ person: 'alice' }]);
    expect(logged('warn')).toEqual([]);
  });
});

describe('A status that says that somebody is not there', () => {
  test.each([
    ['Vacationing', ':palm_tree:', 'away by their status'],
    ['', ':palm_tree:', 'away by their status'],
    ['Im Urlaub', ':palm_tree:', 'away by their status'],
    ['Out sick', ':face_with_thermometer:', 'away by their status'],
    ['OOO - back on Monday', '', 'away by their status'],
    ['Out of office • Outlook Calendar', ':no_entry:', 'away by their status'],
    ['in a meeting', '', 'in a meeting'],
    ['In a meeting • Google Calendar', ':spiral_calendar_pad:', 'in a meeting'],
  ])('%j %j', (text, emoji, doing) => expect(doingOf({ text, emoji })).toBe(doing));

  test.each([
    ['', ''],
    ['Commuting', ':bus:'],
    ['Working remotely', ':house_with_garden:'],
    ['In a huddle', ':headphones:'],
    ['Planning the meeting room', ':spiral_calendar_pad:'],
    ['in a meeting-free week', ''],
    ['constructor', 'toString'],
  ])('%j %j does not', (text, emoji) => expect(doingOf({ text, emoji })).toBeNull());
});
