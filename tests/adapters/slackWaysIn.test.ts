import type { Answer } from '../../src/app/view';
import {
  button,
  DESK,
  FORM,
  flat,
  messageWith,
  press,
  type Running,
  running,
  said,
  topModal,
  until,
  view,
} from './slackSupport';

const SAME = { alice: { kind: 'person', id: 'alice', name: 'Alice Anderson' } };
const form: Answer = { kind: 'form', form: FORM };

async function posted(it: Running, channel: string, given = view({ buttons: [button()] })): Promise<string> {
  const place = await it.slack.surface.post({ kind: 'channel', platform: 'slack', channel, thread: null }, given, {
    id: 'p',
  });
  return place.message;
}

describe.each(['http', 'socket'] as const)('Slack by %s', (delivery) => {
  let it_: Running;
  beforeAll(async () => {
    it_ = await running({ delivery });
  });
  afterAll(() => it_.stop());
  beforeEach(() => {
    it_.fake.calls.length = 0;
    for (const door of Object.keys(it_.fake.answer)) delete it_.fake.answer[door as keyof typeof it_.fake.answer];
  });

  test('a command is answered for the person alone, and Doors hear who, where and why', async () => {
    const { world, fake } = it_;
    fake.answer.line = async () => said('You have 2 cases');
    await world.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'list mine' });
    const answer = await messageWith(world, 'You have 2 cases');
    expect(answer.ephemeral_to).toBe('U0ALICE');
    const [words, caller] = fake.last('line');
    expect(words).toBe('list mine');
    expect(caller.party).toEqual(SAME.alice);
    expect(caller.place).toEqual({ platform: 'slack', channel: 'C0SUPPORT', message: '', thread: null });
    expect(caller.cause.keys).toEqual([expect.stringMatching(/^slack:trigger:\S+$/)]);
  });

  test('a mention in a command becomes the name of the desk, and a guest goes by the full name', async () => {
    const { world, fake } = it_;
    await world.act({
      act: 'command',
      user: 'U0RAVI',
      channel: 'C0SUPPORT',
      command: '/case',
      text: 'assign 7 @alice now & then',
    });
    const [words, caller] = fake.last('line');
    expect(words).toBe('assign 7 @alice now & then');
    expect(caller.party).toEqual({ kind: 'guest', platform: 'slack', user: 'U0RAVI', name: 'Ravi Reporter' });
  });

  test('command → form → errors that keep what was typed → submit → told privately', async () => {
    const { world, fake } = it_;
    fake.answer.line = async () => form;
    await world.act({ act: 'command', user: 'U0RAVI', channel: 'C0SUPPORT', command: '/case', text: 'new Printer' });
    const modal = await topModal(world, 'U0RAVI');
    expect(modal.title!.length).toBeLessThanOrEqual(24);
    expect(modal.submit).toBe('Open case');
    fake.answer.submit = async () => ({ kind: 'errors', fields: { title: 'Too short.', '': 'And look again.' } });
    const values = { title: { field: 'x' }, text: { field: 'smoke' } };
    const first = await world.act({ act: 'submitView', user: 'U0RAVI', view_id: modal.id, values });
    expect(first).toMatchObject({ ok: true, outcome: 'errors', errors: { title: 'Too short. And look again.' } });
    const firstKeys = fake.last('submit')[3].cause.keys;
    fake.answer.submit = async () => said('CASE-1042 is open');
    const second = await world.act({ act: 'submitView', user: 'U0RAVI', view_id: modal.id, values });
    expect(second).toMatchObject({ ok: true, outcome: 'cleared' });
    const [verb, data, sent, caller] = fake.last('submit');
    expect([verb, data]).toEqual(['open', { nonce: 'n1' }]);
    expect(sent).toEqual({ title: 'x', text: 'smoke', client: '', priority: 'P1' });
    expect(caller.place).toEqual({ platform: 'slack', channel: 'C0SUPPORT', message: '', thread: null });
    // the same words again after errors are a new attempt, not a repetition of the refused one
    expect(caller.cause.keys).not.toEqual(firstKeys);
    const told = await messageWith(world, 'CASE-1042 is open');
    expect([told.channel, told.ephemeral_to]).toEqual(['C0SUPPORT', 'U0RAVI']);
  });

  test('where Baton is not in the channel the answer to a form comes as a direct message', async () => {
    const { world, fake } = it_;
    fake.answer.line = async () => form;
    fake.answer.submit = async () => said('CASE-2000 is open');
    await world.act({ act: 'command', user: 'U0RAVI', channel: 'C0ELSEWHERE', command: '/case', text: 'new' });
    const modal = await topModal(world, 'U0RAVI');
    await world.act({ act: 'submitView', user: 'U0RAVI', view_id: modal.id, values: {} });
    const told = await messageWith(world, 'CASE-2000 is open');
    expect(world.snapshot().channels.find((one) => one.id === told.channel)?.kind).toBe('im');
  });

  test('the client field suggests, and what was chosen comes back', async () => {
    const { world, fake } = it_;
    fake.answer.line = async () => form;
    const name = `Very ${'long '.repeat(30)}name`;
    fake.answer.clients = async (typed) => [
      { value: 'id:7', label: 'Globex' },
      { value: `new:${name}`, label: `Create “${name}” for ${typed}` },
    ];
    await world.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'new' });
    const { id } = await topModal(world, 'U0ALICE');
    const place = { view_id: id };
    const found = await world.act({
      act: 'suggest',
      user: 'U0ALICE',
      place,
      block_id: 'client',
      action_id: 'baton:client',
      query: '',
    });
    expect(found).toMatchObject({
      ok: true,
      options: [{ value: 'id:7', text: { text: 'Globex' } }, { value: expect.stringMatching(/^new:Very .*…$/) }],
    });
    await world.act({
      act: 'submitView',
      user: 'U0ALICE',
      view_id: id,
      values: { client: { 'baton:client': 'id:7' } },
    });
    expect(fake.last('submit')[2]['client']).toBe('id:7');
  });

  test('clients that cannot be looked up leave an empty list', async () => {
    const { world, fake } = it_;
    fake.answer.line = async () => form;
    fake.answer.clients = () => Promise.reject(new Error('no database'));
    await world.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'new' });
    const { id } = await topModal(world, 'U0ALICE');
    const act = {
      act: 'suggest',
      user: 'U0ALICE',
      place: { view_id: id },
      block_id: 'client',
      action_id: 'baton:client',
    } as const;
    expect(await world.act({ ...act, query: 'Glo' })).toMatchObject({ ok: true, options: [] });
    await world.act({ act: 'closeView', user: 'U0ALICE', view_id: id, all: true });
  });

  test('"Open a case" on a message hands over its words, its writer and its time', async () => {
    const { world, fake } = it_;
    const source = await messageWith(world, 'The printer burns');
    const shortcut = {
      act: 'messageShortcut',
      user: 'U0ALICE',
      channel: 'C0SUPPORT',
      callback_id: 'open_case',
    } as const;
    await world.act({ ...shortcut, ts: source.ts });
    const modal = await topModal(world, 'U0ALICE');
    await world.act({ act: 'closeView', user: 'U0ALICE', view_id: modal.id });
    const [heard] = fake.last('openFrom');
    expect(heard).toMatchObject({
      text: 'The printer burns & smokes',
      author: { kind: 'guest', user: 'U0RAVI', name: 'Ravi Reporter' },
      place: { channel: 'C0SUPPORT', message: source.ts, thread: null },
    });
    expect(heard.at).toBe(Math.round(Number(source.ts) * 1000));
    fake.answer.openFrom = async () => said('It belongs to CASE-7');
    await world.act({ ...shortcut, ts: source.ts });
    expect((await messageWith(world, 'It belongs to CASE-7')).ephemeral_to).toBe('U0ALICE');
  });

  test('an emoji put on and taken off', async () => {
    const { world, fake } = it_;
    const { ts } = await messageWith(world, 'The printer burns');
    const reaction = { user: 'U0ALICE', channel: 'C0SUPPORT', ts, name: 'red_circle' };
    await world.act({ act: 'react', ...reaction });
    await world.settled();
    await world.act({ act: 'unreact', ...reaction });
    await world.settled();
    const got = fake.calls.filter((call) => call.door === 'reacted').map((call) => call.args[0]);
    expect(got).toMatchObject([
      { emoji: 'red_circle', added: true, place: { channel: 'C0SUPPORT', message: ts, thread: null } },
      { emoji: 'red_circle', added: false },
    ]);
    const [, caller] = fake.last('reacted');
    expect(caller.cause.keys).toEqual([
      expect.stringMatching(/^slack:event:T0ACME:Ev/),
      expect.stringMatching(`^slack:react:C0SUPPORT:${ts}:U0ALICE:red_circle:-:`),
    ]);
    expect(caller.cause.what).toMatch(/^slack:reaction_removed Ev/);
  });

  test('what people write, edit and delete is followed; the edit keeps the place and has its own names', async () => {
    const { world, fake } = it_;
    const { ts: root } = await messageWith(world, 'The printer burns');
    const say = { act: 'say', user: 'U0ALICE', channel: 'C0SUPPORT', thread_ts: root } as const;
    const result = await world.act({ ...say, text: 'Hello @ravi, see https://a.test & wait' });
    await world.settled();
    const ts = result.ok ? (result.ts ?? '') : '';
    expect(fake.last('heard')[0]).toMatchObject({
      text: 'Hello @Ravi Reporter, see https://a.test & wait',
      place: { channel: 'C0SUPPORT', message: ts, thread: root },
    });
    const heardKeys = fake.last('heard')[1].cause.keys;
    await world.act({ act: 'edit', user: 'U0ALICE', channel: 'C0SUPPORT', ts, text: 'Never mind' });
    await world.settled();
    expect(fake.last('edited')[0]).toMatchObject({ text: 'Never mind', place: { message: ts, thread: root } });
    expect(fake.last('edited')[1].cause.keys).not.toEqual(heardKeys);
    await world.act({ act: 'deleteMessage', user: 'U0ALICE', channel: 'C0SUPPORT', ts });
    await world.settled();
    expect(fake.last('deleted')[0]).toMatchObject({ message: ts, thread: root });
    expect(fake.last('deleted')[2].party).toEqual(SAME.alice);
    expect([fake.count('heard'), fake.count('edited'), fake.count('deleted')]).toEqual([1, 1, 1]);
  });

  test('other apps and Baton itself are not heard', async () => {
    const { world, fake } = it_;
    const ts = await posted(it_, 'C0SUPPORT');
    world.otherBotSays('C0SUPPORT', 'Build 7 is green');
    const place = { platform: 'slack', channel: 'C0SUPPORT', message: ts, thread: null };
    await it_.slack.surface.update(
      place,
      { kind: 'channel', platform: 'slack', channel: 'C0SUPPORT', thread: null },
      view({ summary: 'changed' }),
    );
    await world.settled();
    expect([fake.count('heard'), fake.count('edited')]).toEqual([0, 0]);
  });

  test('a press is carried out, and its answer is private', async () => {
    const { world, fake } = it_;
    fake.answer.press = async () => said('Taken already by Lena');
    const ts = await posted(it_, 'C0TRIAGE');
    await press(world, 'U0ALICE', { channel: 'C0TRIAGE', ts }, 'take');
    const [verb, data, caller] = fake.last('press');
    expect([verb, data]).toEqual(['take', { case: 'c1', seen: 3 }]);
    expect(caller.place).toEqual({ platform: 'slack', channel: 'C0TRIAGE', message: ts, thread: null });
    expect((await messageWith(world, 'Taken already')).ephemeral_to).toBe('U0ALICE');
  });

  test('an entry of the menu is a press like any other', async () => {
    const { world, fake } = it_;
    const verbs = ['wait', 'resolve', 'details', 'note'] as const;
    const buttons = [button(), ...verbs.map((verb) => button({ verb, label: verb, inMenu: true }))];
    const ts = await posted(it_, 'C0TRIAGE', view({ buttons }));
    await press(world, 'U0ALICE', { channel: 'C0TRIAGE', ts }, 'details');
    expect(fake.last('press').slice(0, 2)).toEqual(['details', { case: 'c1', seen: 3 }]);
  });

  test('a press opens a form; a page is turned in place; "done" clears a private message', async () => {
    const { world, fake } = it_;
    fake.answer.press = async () => form;
    const ts = await posted(it_, 'C0TRIAGE');
    await press(world, 'U0ALICE', { channel: 'C0TRIAGE', ts }, 'take');
    const { id } = await topModal(world, 'U0ALICE');
    await world.act({ act: 'closeView', user: 'U0ALICE', view_id: id });
    const paged = { buttons: [button({ verb: 'page', data: { page: 2 } }), button({ verb: 'dismiss' })] };
    fake.answer.line = async () => said('page one', paged);
    await world.act({ act: 'command', user: 'U0ALICE', channel: 'C0SUPPORT', command: '/case', text: 'list' });
    const list = await messageWith(world, 'page one');
    fake.answer.press = async (verb) => (verb === 'page' ? said('page two', paged) : { kind: 'done' });
    await press(world, 'U0ALICE', { channel: 'C0SUPPORT', ts: list.ts }, 'page');
    const next = await messageWith(world, 'page two');
    expect(world.snapshot().messages.some((one) => flat(one).includes('page one'))).toBe(false);
    await press(world, 'U0ALICE', { channel: 'C0SUPPORT', ts: next.ts }, 'dismiss');
    await until(world, () => !world.snapshot().messages.some((one) => flat(one).includes('page two')));
  });

  test('the Home tab is published on opening, its pages are turned, and a press there draws it anew', async () => {
    const { world, fake } = it_;
    fake.answer.home = async (_caller, page) =>
      view({ summary: `page ${page['page'] ?? 1}`, buttons: [button({ verb: 'page', data: { page: 2 } }), button()] });
    await world.act({ act: 'openHome', user: 'U0ALICE' });
    const home = await until(world, () => world.snapshot().homes['U0ALICE']);
    await press(world, 'U0ALICE', { view_id: home.id }, 'page');
    await world.settled();
    expect(fake.last('home')[1]).toEqual({ page: 2 });
    fake.answer.press = async () => said('You took it');
    const before = fake.count('home');
    await press(world, 'U0ALICE', { view_id: home.id }, 'take');
    const window = await until(world, () =>
      world.snapshot().modals['U0ALICE']?.find((one) => flat(one).includes('You took it')),
    );
    expect(window.submit).toBeUndefined();
    await until(world, () => fake.count('home') > before);
    await world.act({ act: 'closeView', user: 'U0ALICE', view_id: window.id });
    await world.act({ act: 'openHome', user: 'U0ALICE', tab: 'messages' });
    await world.settled();
    expect(fake.count('home')).toBe(before + 1);
  });

  test('in a window: a form lies on top, an effect that no card shows is said, and Home is drawn anew after a form', async () => {
    const { world, fake } = it_;
    const buttons = [button(), button({ verb: 'escalate' }), button({ verb: 'page' })];
    fake.answer.home = async () => view({ buttons: [button({ verb: 'details' })] });
    fake.answer.press = async (verb) => {
      if (verb === 'escalate') return form;
      return verb === 'take' ? { kind: 'done' } : said(`window after ${verb}`, { buttons });
    };
    await world.act({ act: 'openHome', user: 'U0ALICE' });
    const home = await until(world, () => {
      const shown = world.snapshot().homes['U0ALICE'];
      return shown && flat(shown).includes('baton:details') && shown;
    });
    await press(world, 'U0ALICE', { view_id: home.id }, 'details');
    const { id } = await until(world, () =>
      world.snapshot().modals['U0ALICE']?.find((one) => flat(one).includes('window after details')),
    );
    await press(world, 'U0ALICE', { view_id: id }, 'page');
    await until(world, () =>
      world.snapshot().modals['U0ALICE']?.some((one) => one.id === id && flat(one).includes('window after page')),
    );
    await press(world, 'U0ALICE', { view_id: id }, 'escalate');
    const pushed = await until(world, () => world.snapshot().modals['U0ALICE']?.[1]);
    fake.answer.submit = async () => said('Offered to L2');
    const before = fake.count('home');
    await world.act({ act: 'submitView', user: 'U0ALICE', view_id: pushed.id, values: {} });
    const told = await messageWith(world, 'Offered to L2');
    expect(world.snapshot().channels.find((one) => one.id === told.channel)?.kind).toBe('im');
    await until(world, () => fake.count('home') > before);
    expect(world.snapshot().modals['U0ALICE'] ?? []).toEqual([]);
    await press(world, 'U0ALICE', { view_id: home.id }, 'details');
    const again = await topModal(world, 'U0ALICE');
    await press(world, 'U0ALICE', { view_id: again.id }, 'take');
    await until(world, () => world.snapshot().modals['U0ALICE']?.some((one) => flat(one).includes('Done.')));
    await world.act({ act: 'closeView', user: 'U0ALICE', view_id: again.id });
  });

  test('a Home tab that was published meanwhile is drawn anew; one that cannot be published ends nothing', async () => {
    const { world } = it_;
    const calls = (): number =>
      world.calls.filter(
        (one) => one.kind === 'call' && one.method === 'views.publish' && one.args.user_id === 'U0LENA',
      ).length;
    const before = calls();
    world.fault({ method: 'views.publish', error: 'hash_conflict' });
    await world.act({ act: 'openHome', user: 'U0LENA' });
    await world.settled();
    expect(calls() - before).toBe(2);
    world.fault({ method: 'views.publish', status: 500 });
    await world.act({ act: 'openHome', user: 'U0LENA' });
    await world.settled();
    expect(calls() - before).toBe(3);
  });

  test('an event that comes twice comes under the same names, by which the engine knows it', async () => {
    const { world, fake } = it_;
    await world.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'twice' });
    await world.settled();
    const id = world.eventIds('message').at(-1) ?? '';
    expect(world.redeliver(id)).toBe(true);
    await world.settled();
    const keys = fake.calls.filter((call) => call.door === 'heard').map((call) => call.args[1].cause.keys);
    // over HTTP the second may stop at the door already: within the same second it bears the same signature
    for (const again of keys) expect(again).toEqual(keys[0]);
    const sent = world.calls.filter((one) => one.kind === 'delivery' && one.event_id === id);
    expect(sent.map((one) => one.status)).toEqual([200, 200]);
  });

  test('in a direct message the words are the grammar, and a form comes as a button', async () => {
    const { world, fake } = it_;
    const im = await world.act({ act: 'openIm', user: 'U0RAVI' });
    const channel = im.ok ? (im.channel ?? '') : '';
    fake.answer.line = async () => form;
    await world.act({ act: 'say', user: 'U0RAVI', channel, text: 'case new Printer' });
    const offered = await messageWith(world, FORM.title);
    expect(fake.last('line')[0]).toBe('new Printer');
    fake.answer.press = async () => form;
    await press(world, 'U0RAVI', { channel, ts: offered.ts }, 'open');
    await topModal(world, 'U0RAVI');
    expect(fake.last('press').slice(0, 2)).toEqual(['open', { nonce: 'n1' }]);
  });

  test('a failure of the engine is told to the person, who keeps what was typed', async () => {
    const { world, fake } = it_;
    fake.answer.line = () => Promise.reject(new Error('disk full'));
    await world.act({ act: 'command', user: 'U0LENA', channel: 'C0TRIAGE', command: '/case', text: 'list' });
    expect((await messageWith(world, 'That did not work')).ephemeral_to).toBe('U0LENA');
    fake.answer.line = async () => form;
    fake.answer.submit = () => Promise.reject(new Error('disk full'));
    await world.act({ act: 'command', user: 'U0LENA', channel: 'C0TRIAGE', command: '/case', text: 'new' });
    const { id } = await topModal(world, 'U0LENA');
    const sent = await world.act({ act: 'submitView', user: 'U0LENA', view_id: id, values: {} });
    expect(sent).toMatchObject({ outcome: 'errors', errors: { title: expect.stringContaining('That did not work') } });
  });

  test('an event is acknowledged only after the engine is done, and comes again when it failed', async () => {
    const { world, fake } = it_;
    const seen: number[] = [];
    fake.answer.heard = async () => {
      seen.push(
        world.calls.filter((one) => one.kind === 'delivery' && one.type === 'message' && one.status === 200).length,
      );
      if (seen.length === 1) throw new Error('database is locked');
    };
    const before = world.calls.filter(
      (one) => one.kind === 'delivery' && one.type === 'message' && one.status === 200,
    ).length;
    await world.act({ act: 'say', user: 'U0RAVI', channel: 'C0SUPPORT', text: 'Anybody there?' });
    await until(world, () => seen.length >= 2);
    await world.settled();
    expect(seen).toEqual([before, before]);
    const attempts = world.calls.filter(
      (one) => one.kind === 'delivery' && JSON.stringify(one.payload).includes('Anybody there?'),
    );
    const failed = delivery === 'http' ? 500 : 0;
    expect(attempts.map((one) => one.status)).toEqual([failed, 200]);
    const keys = fake.calls.filter((call) => call.door === 'heard').map((call) => call.args[1].cause.keys);
    expect(keys[0]).toEqual(keys[1]);
  });

  test('nothing that people wrote is in the log', () => {
    expect(it_.log.all()).not.toMatch(/printer burns|Anybody there|smoke/);
    expect(DESK.people.length).toBeGreaterThan(0);
  });
});
