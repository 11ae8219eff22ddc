import {
  ALICE,
  actionsIn,
  type Bench,
  button,
  CAROL,
  cardIn,
  openBench,
  RITA,
  RITA_AAD,
  SUPPORT,
  said,
  view,
  wordsIn,
} from './teamsBench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.settled();
  bench.app.calls.length = 0;
  bench.app.answers = {};
  bench.world.clearFaults();
});

const chatOf = (user: string): string => bench.world.snapshot().chats.find((chat) => chat.user === user)!.id;
const to = (more: object) => ({ platform: 'teams', ...more });

/** A case card of the bot in the support channel. */
async function caseCard(more = {}): Promise<string> {
  await bench.world.announceInstalls();
  const where = { kind: 'channel', platform: 'teams', channel: SUPPORT, thread: null } as const;
  const place = await bench.adapter.surface.post(where, view('CASE-1', more), { id: 'p' });
  bench.app.calls.length = 0;
  return place.message;
}

describe('what is said to Baton', () => {
  test('a mention in a channel is a command: the word `case` and the mention are taken off', async () => {
    bench.app.answers.line = () => said('CASE-1 was opened');
    const act = await bench.world.act({
      act: 'say',
      user: RITA,
      conversation: SUPPORT,
      text: 'case new Printer & <b> on fire',
      mentionBot: true,
    });
    await bench.settled();
    const [call] = bench.app.calls;
    expect(call).toMatchObject({ door: 'line', args: ['new Printer & <b> on fire', expect.anything()] });
    expect(call!.caller).toMatchObject({
      platform: 'teams',
      party: { kind: 'guest', platform: 'teams', user: RITA_AAD, name: 'Rita Reporter' },
      place: { platform: 'teams', channel: SUPPORT, message: act.messageId, thread: null },
      cause: {
        keys: expect.arrayContaining([`teams:act:${SUPPORT};messageid=${act.messageId}:message:${act.messageId}`]),
      },
    });
  });

  test('a private answer in a channel is seen by the person alone', async () => {
    bench.app.answers.line = () => said('Only for Rita');
    await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'list', mentionBot: true });
    await bench.settled();
    expect(bench.last()).toMatchObject({ fromBot: true, targetedTo: RITA, conversation: SUPPORT });
    expect(wordsIn(cardIn(bench.last()))).toContain('Only for Rita');
  });

  test('where Teams refuses a targeted message the answer goes to the private chat', async () => {
    bench.app.answers.line = () => said('By the back door');
    bench.world.fault({
      verb: 'POST',
      path: `${SUPPORT}`.replaceAll(':', '%3A').slice(0, 12),
      status: 400,
      code: 'BadArgument',
    });
    await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'list', mentionBot: true });
    await bench.settled();
    expect(bench.last()).toMatchObject({ conversation: chatOf(RITA), targetedTo: null });
  });

  test('a reply in a thread names its root, and is answered there', async () => {
    bench.app.answers.line = () => said('Noted');
    const root = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'It burns' });
    const reply = await bench.world.act({
      act: 'say',
      user: ALICE,
      conversation: SUPPORT,
      thread: root.messageId!,
      text: 'take',
      mentionBot: true,
    });
    await bench.settled();
    const call = bench.app.calls.find(({ door }) => door === 'line');
    expect(call!.caller).toMatchObject({
      party: { kind: 'person', id: 'alice', name: 'Alice Anderson' },
      place: to({ channel: SUPPORT, message: reply.messageId, thread: root.messageId }),
    });
    expect(bench.last()).toMatchObject({ rootId: root.messageId, targetedTo: ALICE });
  });

  test('in the personal chat `case …` is a command and anything else asks for help, which says how to speak to Baton in Teams', async () => {
    bench.app.answers.line = (words: string) => said(`You said ${words}`);
    const chat = chatOf(RITA);
    await bench.world.act({ act: 'say', user: RITA, conversation: chat, text: 'Case list mine' });
    await bench.world.act({ act: 'say', user: RITA, conversation: chat, text: 'hello there' });
    await bench.settled();
    expect(bench.app.calls.map(({ args }) => args[0])).toEqual(['list mine', 'help']);
    const answers = bench.messages().filter((message) => message.conversation === chat && message.fromBot);
    expect(wordsIn(cardIn(answers.at(-1)!))).toContain('here, or mention Baton in a channel');
    expect(answers.at(-1)!.targetedTo).toBeNull();
  });

  test('a slash command is a command though nothing mentions Baton', async () => {
    bench.app.answers.line = () => said('Psst');
    const act = await bench.world.act({
      act: 'say',
      user: RITA,
      conversation: SUPPORT,
      text: 'case list',
      slash: true,
    });
    await bench.settled();
    expect(act.ok).toBe(true);
    expect(bench.app.calls).toMatchObject([{ door: 'line', args: ['list', expect.anything()] }]);
    expect(bench.last().targetedTo).toBe(RITA);
  });

  test('a person mentioned in a command is named as the desk file names them, met or not', async () => {
    const activity = bench.world.draft({ user: RITA, conversation: SUPPORT, text: '@Baton assign CASE-1 to someone' });
    activity['text'] = '<at>Baton</at>&nbsp;assign CASE-1 <at>Carol Jones</at>';
    activity['entities'] = [
      { type: 'mention', text: '<at>Baton</at>', mentioned: { id: bench.world.botId, name: 'Baton' } },
      { type: 'mention', text: '<at>Carol Jones</at>', mentioned: { id: CAROL, name: 'Carol Jones' } },
    ];
    const { status } = await bench.world.rawPost(activity, { authorization: `Bearer ${bench.world.token()}` });
    expect(status).toBe(200);
    expect(bench.app.calls).toMatchObject([{ args: ['assign CASE-1 @carol', expect.anything()] }]);
  });

  test('when the app fails, the person is told, and the log has it', async () => {
    bench.app.answers.line = () => {
      throw new Error('no database');
    };
    await bench.world.act({ act: 'say', user: RITA, conversation: chatOf(RITA), text: 'case list' });
    await bench.settled();
    expect(wordsIn(cardIn(bench.last()))).toContain('Try again in a moment');
    expect(bench.logged.at(-1)).toMatchObject({ level: 'error' });
  });
});

describe('what Baton overhears', () => {
  test('a channel message without a mention is heard (resource-specific consent), with its own time', async () => {
    const act = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'It burns\nreally' });
    const [call] = bench.app.calls;
    expect(call).toMatchObject({
      door: 'heard',
      args: [{ place: to({ message: act.messageId, thread: null }), text: 'It burns\nreally' }, expect.anything()],
    });
    const { timestamp } = bench.lastActivity();
    expect((call!.args[0] as { at: number }).at).toBe(Date.parse(String(timestamp)));
  });

  test('edits, deletions and their reversal are followed, each under a key of its own', async () => {
    const { messageId } = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'It burns' });
    const at = { user: RITA, conversation: SUPPORT, messageId: messageId! };
    await bench.world.act({ act: 'edit', ...at, text: 'It burns brightly' });
    await bench.world.act({ act: 'deleteMessage', ...at });
    await bench.world.act({ act: 'undeleteMessage', ...at });
    expect(bench.app.calls.map(({ door }) => door)).toEqual(['heard', 'edited', 'deleted', 'edited']);
    expect(bench.app.calls[1]!.args[0]).toMatchObject({ place: to({ message: messageId }), text: 'It burns brightly' });
    const keys = bench.app.calls.flatMap(({ caller }) => caller!.cause.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('Baton does not overhear itself or other bots', async () => {
    const activity = bench.world.draft({ user: RITA, conversation: SUPPORT, text: 'I am a bot' });
    activity['from'] = { id: '28:another-bot', name: 'Other' };
    const { status } = await bench.world.rawPost(activity, { authorization: `Bearer ${bench.world.token()}` });
    expect(status).toBe(200);
    expect(bench.app.calls).toEqual([]);
  });
});

describe('reactions on the case card', () => {
  test('one put on and one taken off arrive as Teams names them, at the card, with the time of the event', async () => {
    const messageId = await caseCard();
    const at = { user: ALICE, conversation: SUPPORT, messageId };
    await bench.world.act({ act: 'react', ...at, type: '1f534_largeredcircle' });
    await bench.world.act({ act: 'unreact', ...at, type: '1f534_largeredcircle' });
    expect(bench.app.calls).toMatchObject([
      {
        door: 'reacted',
        args: [
          {
            emoji: '1f534_largeredcircle',
            added: true,
            place: to({ channel: SUPPORT, message: messageId, thread: null }),
          },
          {},
        ],
      },
      { door: 'reacted', args: [{ emoji: '1f534_largeredcircle', added: false }, {}] },
    ]);
  });

  test('a swap is one activity: taken off first, put on second, each with a key of its own (botbuilder-js #3795)', async () => {
    const messageId = await caseCard();
    const at = { user: ALICE, conversation: SUPPORT, messageId };
    await bench.world.act({ act: 'react', ...at, type: 'like' });
    bench.app.calls.length = 0;
    await bench.world.act({ act: 'swapReaction', ...at, from: 'like', to: 'heart' });
    expect(bench.app.calls.map(({ args }) => args[0])).toMatchObject([
      { emoji: 'like', added: false },
      { emoji: 'heart', added: true },
    ]);
    const [off, on] = bench.app.calls.map(({ caller }) => caller!.cause.keys);
    expect(off!.some((key) => on!.includes(key))).toBe(false);
  });

  test('when the app cannot keep one, Teams is told so and may send it again', async () => {
    const messageId = await caseCard();
    bench.app.answers.reacted = () => {
      throw new Error('no database');
    };
    await bench.world.act({ act: 'react', user: ALICE, conversation: SUPPORT, messageId, type: 'like' });
    expect(bench.world.calls.at(-1)).toMatchObject({ status: 500 });
    bench.app.answers = {};
    const id = String(bench.lastActivity()['id']);
    expect(await bench.world.redeliver(id)).toMatchObject({ status: 200 });
    expect(bench.app.calls).toHaveLength(2);
    expect(bench.app.calls[0]!.caller!.cause.keys).toEqual(bench.app.calls[1]!.caller!.cause.keys);
  });
});

describe('presence', () => {
  test('whoever adds Baton for themselves is greeted once, however often Teams says so', async () => {
    bench.app.answers.line = () => said('All commands');
    const chat = chatOf(CAROL);
    await bench.world.act({ act: 'uninstallApp', user: CAROL, in: chat });
    for (let times = 0; times < 2; times += 1) {
      await bench.world.act({ act: 'installApp', user: CAROL, in: chat });
      await bench.settled();
      await bench.world.act({ act: 'uninstallApp', user: CAROL, in: chat });
    }
    await bench.world.act({ act: 'installApp', user: CAROL, in: chat });
    await bench.settled();
    const all = bench
      .messages()
      .filter((message) => message.conversation === chat && wordsIn(cardIn(message)).includes('Hello, this is Baton'));
    expect(all).toHaveLength(1);
  });

  test('an unknown event is answered 200 and an unknown invoke 501', async () => {
    const activity = bench.world.draft({ user: RITA, conversation: SUPPORT, text: 'x' });
    const authorization = { authorization: `Bearer ${bench.world.token()}` };
    expect(await bench.world.rawPost({ ...activity, type: 'meetingStarted', id: 'f:1' }, authorization)).toMatchObject({
      status: 200,
    });
    expect(
      await bench.world.rawPost({ ...activity, type: 'invoke', name: 'toString', id: 'f:2' }, authorization),
    ).toMatchObject({ status: 501 });
    expect(bench.app.calls).toEqual([]);
  });

  test('conversations are written down once, not with every message', async () => {
    await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'one' });
    const { writes } = bench.store;
    await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'two' });
    expect(bench.store.writes).toBe(writes);
  });
});

describe('buttons', () => {
  test('a press of Action.Execute reaches the app with verb, data and the place of the card', async () => {
    const messageId = await caseCard({
      buttons: [button({}), button({ verb: 'escalate', label: 'Escalate', opensForm: true })],
    });
    const card = cardIn(bench.messages().find((message) => message.id === messageId)!);
    const take = actionsIn(card).get('Take')!;
    const act = {
      act: 'execute',
      user: ALICE,
      conversation: SUPPORT,
      messageId,
      verb: String(take['verb']),
      data: take['data'] as never,
    } as const;
    expect(await bench.world.act(act)).toMatchObject({ ok: true, message: 'Done.' });
    expect(bench.app.calls).toMatchObject([
      {
        door: 'press',
        args: ['take', { case: 'c1', seen: 3 }, { place: to({ channel: SUPPORT, message: messageId, thread: null }) }],
      },
    ]);
  });

  test('a short answer is shown over the card; a long one goes to the person alone and leaves the card to the others', async () => {
    const messageId = await caseCard({ buttons: [button({})] });
    const press = {
      act: 'execute',
      user: ALICE,
      conversation: SUPPORT,
      messageId,
      verb: 'baton:take',
      data: { baton: { verb: 'take', data: { case: 'c1' } } },
    } as const;
    bench.app.answers.press = () => said('Carol took it meanwhile.');
    expect(await bench.world.act(press)).toMatchObject({ ok: true, message: 'Carol took it meanwhile.' });
    bench.app.answers.press = () =>
      said('Details', { facts: [{ label: 'Owner', value: [{ kind: 'text', text: 'Carol' }] }] });
    expect(await bench.world.act(press)).toMatchObject({ ok: true });
    await bench.settled();
    expect(bench.last()).toMatchObject({ targetedTo: ALICE });
    expect(bench.messages().find((message) => message.id === messageId)!.views).toEqual([]);
  });

  test('the next page of a private list takes the place of the last', async () => {
    const messageId = await caseCard();
    bench.app.answers.press = () => said('Page 2');
    await bench.world.act({
      act: 'execute',
      user: ALICE,
      conversation: SUPPORT,
      messageId,
      verb: 'baton:page',
      data: { baton: { verb: 'page', data: { page: 2 } } },
    });
    expect(wordsIn(bench.messages().find((message) => message.id === messageId)!.views[0]!.card)).toContain('Page 2');
  });

  test.each([
    ['a verb that does not exist', 'baton:launch', { baton: { verb: 'launch', data: {} } }],
    ['a verb that is not the one of its data', 'baton:take', { baton: { verb: 'resolve', data: {} } }],
    ['data of another shape', 'baton:take', { baton: { verb: 'take', data: { deep: { er: 1 } } } }],
    ['no data', 'baton:take', null],
    ['a verb of Object', 'baton:constructor', { baton: { verb: 'constructor', data: {} } }],
  ])('%s is told to be none of ours and reaches nobody', async (_, verb, data) => {
    const messageId = await caseCard();
    const answer = await bench.world.act({
      act: 'execute',
      user: ALICE,
      conversation: SUPPORT,
      messageId,
      verb,
      data: data as never,
    });
    expect(answer).toMatchObject({ ok: true, message: expect.stringContaining('another version') });
    expect(bench.app.calls).toEqual([]);
  });

  test('a card in the composer has no message yet: replyToId is -1 (botbuilder-js #3159)', async () => {
    const activity = bench.world.draft({ user: ALICE, conversation: SUPPORT, text: 'x' });
    const value = {
      action: { type: 'Action.Execute', verb: 'baton:take', data: { baton: { verb: 'take', data: {} } } },
      trigger: 'manual',
    };
    const invoke = { ...activity, type: 'invoke', name: 'adaptiveCard/action', id: 'f:9', replyToId: '-1', value };
    await bench.world.rawPost(invoke, { authorization: `Bearer ${bench.world.token()}` });
    expect(bench.app.calls[0]!.caller!.place).toMatchObject({ channel: SUPPORT, message: '' });
  });

  test('when the app fails, the person is told over the card', async () => {
    const messageId = await caseCard({ buttons: [button({})] });
    bench.app.answers.press = () => {
      throw new Error('no database');
    };
    const data = { baton: { verb: 'take', data: {} } };
    const answer = await bench.world.act({
      act: 'execute',
      user: ALICE,
      conversation: SUPPORT,
      messageId,
      verb: 'baton:take',
      data,
    });
    expect(answer).toMatchObject({ ok: true, message: expect.stringContaining('Try again') });
  });
});
