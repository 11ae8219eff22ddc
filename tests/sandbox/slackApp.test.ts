import type { SlackWorld } from '../../adapters/sandbox/slack';
import {
  elementNames,
  entriesOf,
  fieldOf,
  placeOfMessage,
  pressOf,
  wordsOn,
} from '../../adapters/sandbox/slack/reading';
import { type Heard, startDeskApp } from './slackApp';
import { messagesWith, messageWith, slackWorld, standingClock, topModal, until } from './slackFixtures';

const RITA = 'U0RITA';
const ALICE = 'U0ALICE';
const SUPPORT = 'C0SUPPORT';

describe.each(['http', 'socket'] as const)('a real Bolt app over %s', (delivery) => {
  let world: SlackWorld;
  let desk: Awaited<ReturnType<typeof startDeskApp>>;
  const clock = standingClock();

  beforeAll(async () => {
    world = slackWorld({ delivery, now: clock.now, ackWindowMs: 1000, retryDelaysMs: [0] });
    await world.start();
    desk = await startDeskApp(world, delivery);
  });
  afterAll(async () => {
    await desk.stop();
    await world.stop();
  });
  beforeEach(() => {
    desk.heard.length = 0;
  });

  const heardLike = (what: string) => until(world, () => desk.heard.find((one) => one.what === what));
  const command = (text: string, user = RITA) =>
    world.act({ act: 'command', user, channel: SUPPORT, command: '/desk', text });
  async function openForm(user = RITA) {
    expect(await command('new', user)).toEqual({ ok: true });
    return topModal(world, user);
  }
  function eventOf(heard: Heard): Record<string, unknown> {
    return heard.body['event'] as Record<string, unknown>;
  }

  it('goes from a command through a form with a field error to a card', async () => {
    const view = await openForm();
    expect(view).toMatchObject({ title: 'New case', submit: 'Open case', callback_id: 'new_case' });
    const field = fieldOf(view, 'Client');
    const place = { view_id: view.id };
    expect(await world.act({ act: 'suggest', user: RITA, place, ...field, query: 'Bee' })).toMatchObject({
      ok: true,
      options: [{ value: 'client bee' }],
    });
    const wrong = entriesOf(view, { Title: 'ab', Client: 'client bee' });
    expect(await world.act({ act: 'submitView', user: RITA, view_id: view.id, values: wrong })).toMatchObject({
      outcome: 'errors',
      errors: { title: 'Say a little more.' },
    });
    expect((await topModal(world, RITA)).errors).toEqual({ title: 'Say a little more.' });
    const right = entriesOf(view, { Title: 'Exports <fail> & more', Client: 'client bee', Priority: 'Urgent' });
    expect(await world.act({ act: 'submitView', user: RITA, view_id: view.id, values: right })).toMatchObject({
      outcome: 'closed',
    });
    expect(world.snapshot().modals[RITA]).toBeUndefined();
    const submitted = desk.heard.filter((one) => one.what === 'view_submission').at(-1)?.body;
    expect(submitted).toMatchObject({
      view: {
        private_metadata: '{"from":"command"}',
        root_view_id: view.id,
        previous_view_id: null,
        state: {
          values: {
            title: { value: { type: 'plain_text_input', value: 'Exports <fail> & more' } },
            client: { client_name: { type: 'external_select', selected_option: { value: 'client bee' } } },
            priority: { value: { type: 'static_select', selected_option: { value: 'P1' } } },
          },
        },
      },
    });
    const note = await messageWith(world, 'Only you see this');
    expect(note.ephemeral_to).toBe(RITA);
    const card = messagesWith(world, '*Exports')[0];
    expect(card).toMatchObject({ user: 'U0DESK', bot_id: 'B0DESK', reply_count: 1 });
  });

  it('refuses an empty required field before the app hears of it, and tells it when a form is closed', async () => {
    const view = await openForm(ALICE);
    expect(await world.act({ act: 'submitView', user: ALICE, view_id: view.id, values: {} })).toMatchObject({
      errors: { title: 'Please complete this required field.' },
    });
    expect(desk.heard.map((one) => one.what)).not.toContain('view_submission');
    expect(await world.act({ act: 'closeView', user: ALICE, view_id: view.id })).toEqual({ ok: true });
    expect((await heardLike('view_closed')).body).toMatchObject({ is_cleared: false, view: { id: view.id } });
  });

  it('stacks, redraws and clears modals, and shows trouble for an answer that fits no field', async () => {
    const view = await openForm();
    const submit = async (Title: string) => {
      const top = await topModal(world, RITA);
      return world.act({ act: 'submitView', user: RITA, view_id: top.id, values: entriesOf(top, { Title }) });
    };
    expect(await submit('nonsense')).toMatchObject({ ok: false, error: 'invalid_errors' });
    expect((await topModal(world, RITA)).trouble).toBe('We had some trouble connecting. Try again?');
    expect(await submit('redraw')).toMatchObject({ outcome: 'updated' });
    expect(await topModal(world, RITA)).toMatchObject({ id: view.id, title: 'Again' });
    expect(await submit('confirm')).toMatchObject({ outcome: 'pushed' });
    expect(world.snapshot().modals[RITA]).toHaveLength(2);
    expect(await submit('sure')).toMatchObject({ outcome: 'cleared' });
    expect(world.snapshot().modals[RITA]).toBeUndefined();
  });

  it('presses buttons and selects on a card', async () => {
    const card = await messageWith(world, '*Exports');
    const place = placeOfMessage(card);
    expect(elementNames(card)).toEqual(['Take', 'Raise']);
    expect(await world.act({ user: ALICE, ...pressOf(place, card, 'Take') })).toEqual({ ok: true });
    await messageWith(world, 'It is yours');
    const taken = await messageWith(world, 'taken');
    expect(taken.ts).toBe(card.ts);
    expect(wordsOn(taken)).toContain('*Case* taken');
    const pressed = (await heardLike('block_actions')).body;
    expect(pressed).toMatchObject({
      user: { id: ALICE },
      container: { type: 'message', message_ts: card.ts, channel_id: SUPPORT, is_ephemeral: false },
      actions: [{ action_id: 'take', value: 'case-1', type: 'button' }],
    });
    desk.heard.length = 0;
    await world.act({ user: ALICE, ...pressOf(place, taken, 'Raise', 'Urgent') });
    expect((await heardLike('block_actions')).body).toMatchObject({
      actions: [{ action_id: 'raise', selected_option: { value: 'P1' } }],
    });
    const gone = { act: 'press' as const, user: ALICE, place, block_id: 'x', action_id: 'y' };
    expect(await world.act(gone)).toMatchObject({ ok: false, error: 'element_not_found' });
  });

  it('opens a form from a message, with the message in the payload', async () => {
    const asked = (await messageWith(world, 'Exports are empty')).ts;
    expect(
      await world.act({ act: 'messageShortcut', user: ALICE, channel: SUPPORT, ts: asked, callback_id: 'open_case' }),
    ).toEqual({ ok: true });
    expect((await heardLike('message_action')).body).toMatchObject({
      message: { text: 'Exports are empty', user: RITA },
      message_ts: asked,
    });
    const view = await topModal(world, ALICE);
    await world.act({ act: 'closeView', user: ALICE, view_id: view.id, all: true });
  });

  it('tells the app of messages, edits, deletions, reactions, mentions and threads', async () => {
    const said = await world.act({
      act: 'say',
      user: RITA,
      channel: SUPPORT,
      text: 'Help @Desk & #random <now> https://acme.test/a',
    });
    const ts = said.ok ? (said.ts ?? '') : '';
    const message = eventOf(await heardLike('message'));
    expect(message).toMatchObject({
      text: 'Help <@U0DESK> &amp; <#C0RANDOM|random> &lt;now&gt; <https://acme.test/a>',
      channel: SUPPORT,
      channel_type: 'channel',
      ts,
    });
    expect(eventOf(await heardLike('app_mention'))).toMatchObject({ ts, user: RITA });
    await world.act({ act: 'say', user: ALICE, channel: SUPPORT, thread_ts: ts, text: 'Looking' });
    await until(world, () =>
      desk.heard.find((one) => eventOf(one)?.['thread_ts'] === ts && eventOf(one)['parent_user_id'] === RITA),
    );
    await world.act({ act: 'react', user: ALICE, channel: SUPPORT, ts, name: 'red_circle' });
    expect(eventOf(await heardLike('reaction_added'))).toMatchObject({
      user: ALICE,
      reaction: 'red_circle',
      item: { ts, channel: SUPPORT },
      item_user: RITA,
    });
    await world.act({ act: 'edit', user: RITA, channel: SUPPORT, ts, text: 'Help me' });
    expect(eventOf(await heardLike('message.message_changed'))).toMatchObject({
      message: { text: 'Help me', ts },
      previous_message: { ts },
    });
    const reply = (await messageWith(world, 'Looking')).ts;
    await world.act({ act: 'deleteMessage', user: ALICE, channel: SUPPORT, ts: reply });
    expect(eventOf(await heardLike('message.message_deleted'))).toMatchObject({ deleted_ts: reply });
    await world.act({ act: 'unreact', user: ALICE, channel: SUPPORT, ts, name: 'red_circle' });
    await world.settled();
    // reaction_removed is not subscribed in this manifest.
    expect(desk.heard.map((one) => one.what)).not.toContain('reaction_removed');
    expect((await heardLike('message')).body).toMatchObject({
      team_id: 'T0ACME',
      authorizations: [{ user_id: 'U0DESK', is_bot: true }],
    });
  });

  it('passes on what other bots write, as they do', async () => {
    world.otherBotSays(SUPPORT, 'Deployed');
    const event = eventOf(await heardLike('message.bot_message'));
    expect(event).toMatchObject({ bot_id: 'B0STATUS', text: 'Deployed', channel: SUPPORT });
    expect(event['user']).toBeUndefined();
  });

  it('says nothing of channels where the bot is not', async () => {
    await world.act({ act: 'say', user: RITA, channel: 'C0RANDOM', text: 'Lunch?' });
    await world.settled();
    expect(desk.heard).toEqual([]);
  });

  it('publishes a Home tab whose button works', async () => {
    await world.act({ act: 'openHome', user: ALICE });
    const home = await until(world, () => world.snapshot().homes[ALICE]);
    await world.act({ user: ALICE, ...pressOf({ view_id: home.id }, home, 'Refresh') });
    expect((await heardLike('block_actions')).body).toMatchObject({
      container: { type: 'view', view_id: home.id },
      view: { type: 'home' },
    });
  });

  it('shows what a command answers: privately, to all, later, or never', async () => {
    await command('help');
    expect((await messageWith(world, 'Try `/desk new`')).ephemeral_to).toBe(RITA);
    await command('shout');
    expect((await messageWith(world, 'Hello all')).ephemeral_to).toBeUndefined();
    await command('later');
    expect((await messageWith(world, 'second')).ephemeral_to).toBe(RITA);
    expect(messagesWith(world, 'first')).toEqual([]);
    expect(await command('silence')).toEqual({
      ok: false,
      error: 'operation_timeout',
      words: '/desk failed with the error "operation_timeout"',
    });
    const unknown = await world.act({ act: 'command', user: RITA, channel: SUPPORT, command: '/nothing', text: '' });
    expect(unknown).toMatchObject({ error: 'unknown_command' });
    const inThread = await world.act({
      act: 'command',
      user: RITA,
      channel: SUPPORT,
      command: '/desk',
      text: 'help',
      thread_ts: '1.1',
    });
    expect(inThread).toMatchObject({ error: 'not_in_threads' });
  });

  it('sends a command with its mentions and entities escaped', async () => {
    await command('help @alice <b>');
    expect((await heardLike('/desk')).body).toMatchObject({
      text: 'help <@U0ALICE> &lt;b&gt;',
      channel_name: 'support',
      is_enterprise_install: 'false',
    });
  });

  it('delivers an event again on demand, under the same id and as a retry', async () => {
    await world.act({ act: 'say', user: RITA, channel: SUPPORT, text: 'Once' });
    const first = await heardLike('message');
    expect(first.retryNum ?? 0).toBe(0);
    expect(world.redeliver(String(first.body['event_id']))).toBe(true);
    const again = await until(world, () => desk.heard.find((one) => one.retryNum === 1));
    expect(again.body['event_id']).toBe(first.body['event_id']);
    expect(world.redeliver('Ev-unknown')).toBe(false);
  });

  it('goes on after the connection was cut', async () => {
    if (delivery !== 'socket') return;
    world.dropSockets();
    await until(world, () => !world.snapshot().app.connected);
    await until(world, () => world.snapshot().app.connected);
    await world.act({ act: 'say', user: RITA, channel: SUPPORT, text: 'Still there?' });
    expect(eventOf(await heardLike('message'))).toMatchObject({ text: 'Still there?' });
  });

  it('holds events back and lets them go in the other order', async () => {
    world.hold();
    await world.act({ act: 'say', user: RITA, channel: SUPPORT, text: 'one' });
    await world.act({ act: 'say', user: RITA, channel: SUPPORT, text: 'two' });
    await world.settled();
    expect(desk.heard).toEqual([]);
    world.release('reversed');
    await until(world, () => desk.heard.length === 2);
    expect(desk.heard.map((one) => eventOf(one)['text']).sort()).toEqual(['one', 'two']);
  });
});
