import { CardFactory, type ConversationReference, TurnContext } from 'botbuilder';
import type { TeamsMessage } from '../../adapters/sandbox/teams/protocol';
import { createTeamsWorld, type TeamsWorld } from '../../adapters/sandbox/teams/world';
import { startTeamsBot, type TestBot } from './support/teamsBot';
import { ADA, APP_ID, adaptive, BOB, TEAM, TENANT_ID, TRIAGE, worldOptions } from './support/teamsSeed';

let world: TeamsWorld;
let bot: TestBot;

beforeAll(async () => {
  world = await createTeamsWorld(worldOptions());
  await world.start();
  bot = await startTeamsBot(world.settings());
  world.connect(bot.endpoint);
});

afterAll(async () => {
  await bot.stop();
  await world.stop();
});

beforeEach(() => {
  bot.heard.length = 0;
  bot.onTurn(async () => undefined);
  world.clearFaults();
});

const messages = (): TeamsMessage[] => world.snapshot().messages;
const last = (): TeamsMessage => messages().at(-1)!;
const caseCard = (title: string) =>
  adaptive(
    [{ type: 'TextBlock', text: title }],
    [{ type: 'Action.Execute', title: 'Take', verb: 'case.take', data: { id: 1 } }],
  );
const form = adaptive(
  [{ type: 'Input.Text', id: 'title', label: 'Title' }],
  [{ type: 'Action.Submit', title: 'Open case' }],
);
const invokeAnswer = (body: unknown) => ({ type: 'invokeResponse', value: { status: 200, body } });

/** Posts a card from the bot as the answer to a mention and gives the message. */
async function cardInChannel(): Promise<TeamsMessage> {
  bot.onTurn(async (context) => {
    await context.sendActivity({ type: 'message', attachments: [caseCard('CASE-1')] });
  });
  await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text: 'case new', mentionBot: true });
  bot.onTurn(async () => undefined);
  bot.heard.length = 0;
  return last();
}

describe('a real bot in the emulated Teams', () => {
  test('hears a mention in a channel in the shape Teams sends and answers in its thread', async () => {
    const card = await cardInChannel();
    const root = messages().at(-2)!;
    expect(card).toMatchObject({ conversation: TRIAGE, rootId: root.id, fromBot: true, from: world.botId });
    expect(card.attachments[0]?.content).toMatchObject({ type: 'AdaptiveCard' });
    const activity = world.calls.find((call) => call.direction === 'toBot')!.payload;
    expect(activity).toMatchObject({
      type: 'message',
      id: root.id,
      channelId: 'msteams',
      text: '<at>Baton</at>&nbsp;case new',
      from: { id: ADA, aadObjectId: '00000000-0000-0000-0000-00000000ada0', name: 'Ada Agent' },
      recipient: { id: `28:${APP_ID}`, name: 'Baton' },
      conversation: {
        id: `${TRIAGE};messageid=${root.id}`,
        isGroup: true,
        conversationType: 'channel',
        tenantId: TENANT_ID,
      },
      channelData: { tenant: { id: TENANT_ID }, team: { id: TEAM }, channel: { id: TRIAGE } },
      localTimezone: 'America/New_York',
    });
  });

  test('a press of Action.Execute swaps the card for the presser alone, until the bot updates it for all', async () => {
    const card = await cardInChannel();
    bot.onTurn(async (context) => {
      const answer = {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: caseCard('taken').content,
      };
      await context.sendActivity(invokeAnswer(answer));
    });
    const pressed = {
      act: 'execute',
      user: ADA,
      conversation: TRIAGE,
      messageId: card.id,
      verb: 'case.take',
      data: { id: 1 },
    } as const;
    await expect(world.act(pressed)).resolves.toEqual({ ok: true });
    expect(bot.heard[0]).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: card.id,
      value: { action: { type: 'Action.Execute', verb: 'case.take', data: { id: 1 } }, trigger: 'manual' },
    });
    expect(last().views).toEqual([{ user: ADA, card: caseCard('taken').content }]);

    bot.onTurn(async (context) => {
      await context.updateActivity({ type: 'message', id: card.id, attachments: [caseCard('for all')] });
    });
    await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text: '@Baton go', thread: card.rootId! });
    const updated = messages().find((message) => message.id === card.id)!;
    expect(updated.views).toEqual([]);
    expect(updated.attachments[0]?.content).toEqual(caseCard('for all').content);
  });

  test('a message or an error as the answer to a press reaches the presser', async () => {
    const card = await cardInChannel();
    const press = { act: 'execute', user: BOB, conversation: TRIAGE, messageId: card.id, verb: 'v', data: {} } as const;
    const answer = (type: string, statusCode: number, value: unknown) =>
      bot.onTurn(async (context) => {
        await context.sendActivity(invokeAnswer({ statusCode, type, value }));
      });
    answer('application/vnd.microsoft.activity.message', 200, 'Only agents may');
    await expect(world.act(press)).resolves.toEqual({ ok: true, message: 'Only agents may' });
    answer('application/vnd.microsoft.error', 400, { code: 'BadRequest', message: 'Too late' });
    await expect(world.act(press)).resolves.toEqual({ ok: false, error: 'Too late' });
    expect(world.snapshot().notices).toMatchObject([{ user: BOB, kind: 'error', text: 'Too late' }]);
  });

  test('an answer that Teams cannot use says "Unable to reach app" and the panel says why', async () => {
    const card = await cardInChannel();
    const press = { act: 'execute', user: BOB, conversation: TRIAGE, messageId: card.id, verb: 'v', data: {} } as const;
    bot.onTurn(async (context) => {
      await context.sendActivity(
        invokeAnswer({ statusCode: 200, type: 'application/vnd.microsoft.adaptive.card', value: {} }),
      );
    });
    await expect(world.act(press)).resolves.toMatchObject({
      ok: false,
      error: expect.stringContaining('Unable to reach app'),
    });
    expect(world.calls.at(-1)?.problem).toContain('Unknown answer to a card action');
    bot.onTurn(async () => undefined);
    await expect(world.act(press)).resolves.toMatchObject({ ok: false });
    expect(world.calls.at(-1)).toMatchObject({ status: 501 });
  });

  test('a dialog from a card: task/fetch, an error in place, another form, a last word', async () => {
    const card = await cardInChannel();
    const task = (value: unknown) =>
      bot.onTurn(async (context) => {
        await context.sendActivity(invokeAnswer(value));
      });
    task({ task: { type: 'continue', value: { title: 'Escalate', height: 'small', card: form } } });
    const data = { msteams: { type: 'task/fetch' }, id: 7 };
    const opened = await world.act({ act: 'submitAction', user: ADA, conversation: TRIAGE, messageId: card.id, data });
    expect(opened).toEqual({ ok: true, dialog: true });
    expect(bot.heard[0]).toMatchObject({ name: 'task/fetch', value: { data, context: { theme: 'default' } } });
    expect(world.snapshot().dialogs).toMatchObject([
      { user: ADA, title: 'Escalate', source: 'card', height: 300, pending: false },
    ]);

    task({ task: { type: 'nonsense' } });
    await expect(world.act({ act: 'submitDialog', user: ADA, data: { title: 'a' } })).resolves.toMatchObject({
      ok: false,
    });
    expect(world.snapshot().dialogs[0]).toMatchObject({ card: form.content, error: expect.stringContaining('Unable') });

    task({ task: { type: 'message', value: 'Handed over' } });
    await world.act({ act: 'submitDialog', user: ADA, data: { title: 'a' } });
    expect(bot.heard.at(-1)).toMatchObject({
      name: 'task/submit',
      value: { data: { title: 'a' } },
      replyToId: card.id,
    });
    expect(world.snapshot().dialogs[0]).toMatchObject({ card: null, message: 'Handed over', error: null });
    await world.act({ act: 'closeDialog', user: ADA });
    expect(world.snapshot().dialogs).toEqual([]);
  });

  test('the message extension opens a form from a message and sends the message along', async () => {
    const planted = messages().find((message) => message.text === 'The printer is on fire')!;
    bot.onTurn(async (context) => {
      const fetching = context.activity.name === 'composeExtension/fetchTask';
      const open = { task: { type: 'continue', value: { title: 'Open a case', card: form } } };
      await context.sendActivity(invokeAnswer(fetching ? open : undefined));
    });
    const at = { user: ADA, conversation: TEAM, messageId: planted.id };
    await world.act({ act: 'openExtension', commandId: 'openCase', ...at });
    expect(bot.heard[0]?.value).toMatchObject({
      commandId: 'openCase',
      commandContext: 'message',
      messagePayload: { id: planted.id, body: { content: '<div><div>The printer is on fire</div>\n</div>' } },
    });
    await expect(world.act({ act: 'submitDialog', user: ADA, data: { title: 'x' } })).resolves.toEqual({
      ok: true,
      dialog: false,
    });
    expect(bot.heard[1]).toMatchObject({ name: 'composeExtension/submitAction', value: { data: { title: 'x' } } });
    expect(world.snapshot().dialogs).toEqual([]);
    const elsewhere = await world.act({ act: 'openExtension', commandId: 'openCase', user: ADA, conversation: TEAM });
    expect(elsewhere).toMatchObject({ ok: false });
  });

  test('typeahead: people from the roster, everything else from the bot', async () => {
    const card = await cardInChannel();
    const near = { user: ADA, conversation: TRIAGE, messageId: card.id };
    const dataset = 'graph.microsoft.com/users?scope=currentContext';
    const people = await world.act({ act: 'suggest', ...near, dataset, query: 'bo' });
    expect(people.options).toEqual([{ title: 'Bob Builder', value: '00000000-0000-0000-0000-000000000b0b' }]);
    bot.onTurn(async (context) => {
      const results = [{ title: 'Acme', value: 'acme' }];
      const type = 'application/vnd.microsoft.search.searchResponse';
      await context.sendActivity(invokeAnswer({ statusCode: 200, type, value: { results } }));
    });
    const clients = await world.act({ act: 'suggest', ...near, dataset: 'clients', query: 'ac' });
    expect(clients.options).toEqual([{ title: 'Acme', value: 'acme' }]);
    expect(bot.heard[0]).toMatchObject({ name: 'application/search', value: { queryText: 'ac', dataset: 'clients' } });
  });

  test("reactions are heard on the bot's own messages only, a swap as one activity", async () => {
    const card = await cardInChannel();
    const on = { user: ADA, conversation: TRIAGE, messageId: card.id };
    await world.act({ act: 'react', ...on, messageId: card.rootId!, type: 'like' });
    expect(bot.heard).toEqual([]);
    await world.act({ act: 'react', ...on, type: '1f535_largebluecircle' });
    await world.act({ act: 'swapReaction', ...on, from: '1f535_largebluecircle', to: '1f534_largeredcircle' });
    await world.act({ act: 'react', ...on, type: '1f534_largeredcircle' });
    expect(bot.heard).toMatchObject([
      { type: 'messageReaction', replyToId: card.id, reactionsAdded: [{ type: '1f535_largebluecircle' }] },
      {
        type: 'messageReaction',
        reactionsAdded: [{ type: '1f534_largeredcircle' }],
        reactionsRemoved: [{ type: '1f535_largebluecircle' }],
      },
    ]);
    expect(last().reactions).toEqual([{ type: '1f534_largeredcircle', users: [ADA] }]);
  });

  test('proactively: a thread in a channel, a reply in it, a word in private', async () => {
    const { adapter } = bot;
    const create = async (parameters: object) => {
      let reference: Partial<ConversationReference> = {};
      const scope = 'https://api.botframework.com';
      const full = { isGroup: false, bot: { id: world.botId }, tenantId: TENANT_ID, ...parameters } as never;
      await adapter.createConversationAsync(APP_ID, 'msteams', world.serviceUrl(), scope, full, async (context) => {
        reference = TurnContext.getConversationReference(context.activity);
      });
      return reference;
    };
    const activity = { type: 'message', attachments: [CardFactory.adaptiveCard(caseCard('CASE-2').content)] };
    const thread = await create({ isGroup: true, channelData: { channel: { id: TRIAGE } }, activity });
    expect(thread.conversation?.id).toBe(`${TRIAGE};messageid=${last().id}`);
    const root = last();
    await adapter.continueConversationAsync(APP_ID, thread, async (context) => {
      await context.sendActivity('a reply');
    });
    expect(last()).toMatchObject({ text: 'a reply', rootId: root.id, textFormat: 'markdown' });

    const chat = await create({ members: [{ id: '00000000-0000-0000-0000-000000000b0b' }] });
    await adapter.continueConversationAsync(APP_ID, chat, async (context) => {
      await context.sendActivity('for you');
    });
    expect(last()).toMatchObject({ text: 'for you', rootId: null });
    expect(world.snapshot().chats.find((one) => one.id === last().conversation)?.user).toBe(BOB);
  });

  test('edits, deletions and slash commands are told as Teams tells them', async () => {
    const said = await world.act({ act: 'say', user: ADA, conversation: TRIAGE, text: '@Baton a < b' });
    const at = { user: ADA, conversation: TRIAGE, messageId: said.messageId! };
    await world.act({ act: 'edit', ...at, text: '@Baton a & b' });
    await world.act({ act: 'deleteMessage', ...at });
    await world.act({ act: 'undeleteMessage', ...at });
    expect(bot.heard).toMatchObject([
      { type: 'message', text: '<at>Baton</at> a &lt; b' },
      { type: 'messageUpdate', text: '<at>Baton</at> a &amp; b', channelData: { eventType: 'editMessage' } },
      { type: 'messageDelete', id: said.messageId, channelData: { eventType: 'softDeleteMessage' } },
      { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } },
    ]);
    bot.heard.length = 0;
    await world.act({ act: 'say', user: BOB, conversation: TRIAGE, text: 'case list mine', slash: true });
    expect(bot.heard).toMatchObject([
      { text: 'case list mine', recipient: { isTargeted: true }, conversation: { id: TRIAGE } },
    ]);
    expect(last()).toMatchObject({ targetedTo: BOB });
    const unknown = await world.act({ act: 'say', user: BOB, conversation: TRIAGE, text: 'dance', slash: true });
    expect(unknown).toMatchObject({ ok: false });
  });

  test('installing and uninstalling is told, and an uninstalled bot may not speak', async () => {
    const chat = world.snapshot().chats.find((one) => one.user === BOB)!;
    await world.act({ act: 'uninstallApp', user: BOB, in: chat.id });
    expect(bot.heard.map((activity) => activity.type)).toEqual(['installationUpdate', 'conversationUpdate']);
    await world.act({ act: 'say', user: BOB, conversation: chat.id, text: 'hello?' });
    expect(bot.heard).toHaveLength(2);
    const reference = {
      serviceUrl: world.serviceUrl(),
      channelId: 'msteams',
      conversation: { id: chat.id },
    } as ConversationReference;
    const speak = () =>
      bot.adapter.continueConversationAsync(APP_ID, reference, async (context) => {
        await context.sendActivity('x');
      });
    await expect(speak()).rejects.toMatchObject({ statusCode: 403 });
    await world.act({ act: 'installApp', user: BOB, in: chat.id });
    expect(bot.heard[2]).toMatchObject({ type: 'installationUpdate', action: 'add' });
    await expect(speak()).resolves.toBeUndefined();
  });

  test('only people of the place can act there', async () => {
    const chat = world.snapshot().chats.find((one) => one.user === BOB)!;
    await expect(world.act({ act: 'say', user: ADA, conversation: chat.id, text: 'peek' })).resolves.toMatchObject({
      ok: false,
    });
    await expect(world.act({ act: 'say', user: '29:nobody', conversation: TEAM, text: 'x' })).resolves.toMatchObject({
      ok: false,
    });
  });
});
