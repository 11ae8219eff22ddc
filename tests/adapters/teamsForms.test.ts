import type { JsonObject, TeamsDialog } from '../../adapters/sandbox/teams/protocol';
import type { Answer } from '../../src/app/view';
import {
  ALICE,
  actionsIn,
  type Bench,
  button,
  cardIn,
  newCaseForm,
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
  await bench.world.announceInstalls();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.settled();
  bench.app.calls.length = 0;
  bench.app.answers = {};
  for (const { id } of bench.world.snapshot().users) await bench.world.act({ act: 'closeDialog', user: id });
});

const form: Answer = { kind: 'form', form: newCaseForm };
const dialogOf = (user: string): TeamsDialog => bench.world.snapshot().dialogs.find((dialog) => dialog.user === user)!;
const submitData = (card: unknown, inputs: object): JsonObject =>
  ({ ...(actionsIn(card).get('Open case')!['data'] as JsonObject), ...inputs }) as JsonObject;
const inputsIn = (card: unknown): JsonObject[] => {
  const found: JsonObject[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
    const object = part as JsonObject;
    if (String(object['type']).startsWith('Input.')) found.push(object);
    for (const [key, value] of Object.entries(object)) if (key !== 'data') walk(value);
  };
  walk(card);
  return found;
};
/** Types into the open dialog of a person and sends it. */
const send = (user: string, inputs: object) =>
  bench.world.act({ act: 'submitDialog', user, data: submitData(dialogOf(user).card, inputs) });

describe('a dialog from a message: "Open a case"', () => {
  async function openOn(text: string, user = ALICE): Promise<string> {
    const { messageId } = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text });
    bench.app.calls.length = 0;
    bench.app.answers.openFrom = () => form;
    await bench.world.act({
      act: 'openExtension',
      user,
      conversation: SUPPORT,
      commandId: 'openCase',
      messageId: messageId!,
    });
    return messageId!;
  }

  test('the app gets the message as plain text with its author, place and time', async () => {
    const messageId = await openOn('The <b>printer</b> & co\nburn');
    expect(bench.app.calls).toMatchObject([
      {
        door: 'openFrom',
        args: [
          {
            text: 'The <b>printer</b> & co\nburn',
            place: { platform: 'teams', channel: SUPPORT, message: messageId, thread: null },
            author: { kind: 'guest', user: RITA_AAD, name: 'Rita Reporter' },
            at: Math.floor(Number(messageId)),
          },
          { party: { kind: 'person', id: 'alice' }, place: { message: messageId } },
        ],
      },
    ]);
  });

  test('the form has the labels, what is required and how long it may be, and the button', async () => {
    await openOn('It burns');
    const { title, card } = dialogOf(ALICE);
    expect(title).toBe('New case');
    const inputs = inputsIn(card);
    expect(inputs.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Title', 'What happened', 'Client', 'Priority']),
    );
    expect(inputs.filter(({ label }) => String(label).includes('Client'))).toHaveLength(1);
    expect(inputs[0]).toMatchObject({
      id: 'title',
      value: 'Printer',
      isRequired: true,
      maxLength: 200,
      errorMessage: expect.any(String),
    });
    expect(inputs[1]).toMatchObject({ id: 'what', isMultiline: true });
    expect([...actionsIn(card).keys()]).toEqual(['Open case']);
    expect(wordsIn(card)).toContain('Who cannot work, and since when?');
  });

  test('what was filled in reaches the app as text: what was left open as "", a new client by its name', async () => {
    await openOn('It burns');
    bench.app.answers.submit = () => said('CASE-7 was opened.');
    const result = await send(ALICE, { title: 'Fire', what: 'It burns', client__new: ' Initech ', priority: '__none' });
    expect(result).toMatchObject({ ok: true, message: 'CASE-7 was opened.' });
    const call = bench.app.calls.at(-1)!;
    expect(call).toMatchObject({
      door: 'submit',
      args: ['open', { from: 'line' }, { title: 'Fire', what: 'It burns', client: 'new:Initech', priority: '' }, {}],
    });
  });

  test('a form with mistakes stays open, says what is wrong, and holds what was typed, as often as it takes', async () => {
    await openOn('It burns');
    bench.app.answers.submit = () => ({
      kind: 'errors',
      fields: { title: 'That title is too long.', '': 'Nothing was opened.' },
    });
    for (const title of ['First try', 'Second try']) {
      await send(ALICE, { title, what: 'All of\nmy words', client: 'id:1', priority: 'P1' });
      const { card } = dialogOf(ALICE);
      expect(wordsIn(card)).toContain('That title is too long.');
      expect(wordsIn(card)).toContain('Nothing was opened.');
      expect(wordsIn(card)).toContain('Who cannot work, and since when?');
      expect(inputsIn(card).map(({ id, value }) => [id, value])).toEqual([
        ['title', title],
        ['what', 'All of\nmy words'],
        ['client', 'id:1'],
        ['client__new', undefined],
        ['priority', 'P1'],
      ]);
    }
    await send(ALICE, { title: 'x', client__new: 'Initech' });
    expect(inputsIn(dialogOf(ALICE).card).find(({ id }) => id === 'client__new')).toMatchObject({ value: 'Initech' });
  });

  test('one filled form is one submission, however often it comes; a corrected one is another', async () => {
    await openOn('It burns');
    const data = submitData(dialogOf(ALICE).card, { title: 'Fire' });
    const nonceKey = () => bench.app.calls.at(-1)!.caller!.cause.keys.find((key) => key.startsWith('teams:form:'));
    bench.app.answers.submit = () => ({ kind: 'errors', fields: { title: 'No.' } });
    await bench.world.act({ act: 'submitDialog', user: ALICE, data });
    const first = nonceKey();
    await bench.world.act({ act: 'submitDialog', user: ALICE, data });
    expect(nonceKey()).toBe(first);
    expect(first).toBeDefined();
    await send(ALICE, { title: 'Fire' });
    expect(nonceKey()).not.toBe(first);
  });

  test('two people with the same message open get two forms', async () => {
    const messageId = await openOn('It burns');
    await bench.world.act({
      act: 'openExtension',
      user: RITA,
      conversation: SUPPORT,
      commandId: 'openCase',
      messageId,
    });
    const nonce = (user: string) =>
      JSON.stringify(submitData(dialogOf(user).card, {})['baton']).match(/"nonce":"([^"]+)"/)![1];
    expect(nonce(ALICE)).not.toBe(nonce(RITA));
  });

  test('a message that belongs to a case already says so', async () => {
    await openOn('It burns');
    bench.app.answers.openFrom = () =>
      said('This belongs to CASE-3.', {
        facts: [{ label: 'Owner', value: [{ kind: 'text', text: 'Carol' }] }],
        buttons: [button({}), button({ verb: 'details', label: 'Details' })],
      });
    const { messageId } = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'It burns' });
    const opened = await bench.world.act({
      act: 'openExtension',
      user: ALICE,
      conversation: SUPPORT,
      commandId: 'openCase',
      messageId: messageId!,
    });
    expect(opened).toMatchObject({ ok: true, dialog: true });
    const { card } = dialogOf(ALICE);
    expect(wordsIn(card)).toContain('This belongs to CASE-3.');
    // In a dialog only Action.Submit does anything; the press arrives all the same.
    const take = actionsIn(card).get('Take')!;
    await bench.world.act({ act: 'submitDialog', user: ALICE, data: take['data'] as JsonObject });
    expect(bench.app.calls.at(-1)).toMatchObject({ door: 'press', args: ['take', { case: 'c1', seen: 3 }, {}] });
  });

  test('"done" closes the dialog', async () => {
    await openOn('It burns');
    expect(await send(ALICE, { title: 'Fire' })).toMatchObject({ ok: true, dialog: false });
  });

  test('a failure of ours leaves a sentence, not "Unable to reach app"', async () => {
    await openOn('It burns');
    bench.app.answers.submit = () => {
      throw new Error('no database');
    };
    expect(await send(ALICE, { title: 'Fire' })).toMatchObject({
      ok: true,
      message: expect.stringContaining('Try again'),
    });
  });

  test('from the composer (or by slash) the empty form opens', async () => {
    bench.app.answers.line = () => form;
    const opened = await bench.world.act({
      act: 'openExtension',
      user: RITA,
      conversation: SUPPORT,
      commandId: 'newCase',
    });
    expect(opened).toMatchObject({ ok: true, dialog: true });
    expect(bench.app.calls).toMatchObject([{ door: 'line', args: ['new', {}] }]);
  });
});

describe('a dialog from a button', () => {
  async function cardWith(more = {}): Promise<{ messageId: string; data: JsonObject }> {
    const buttons = [button({ verb: 'escalate', label: 'Escalate', opensForm: true, ...more })];
    const { message } = await bench.adapter.surface.post(
      { kind: 'channel', platform: 'teams', channel: SUPPORT, thread: null },
      view('CASE-1', { buttons }),
      { id: 'p' },
    );
    const card = cardIn(bench.messages().find(({ id }) => id === message)!);
    return { messageId: message, data: actionsIn(card).get('Escalate')!['data'] as JsonObject };
  }

  test('the button asks the app for the form, and the form goes back to the app', async () => {
    const { messageId, data } = await cardWith();
    bench.app.answers.press = () => ({
      kind: 'form',
      form: { ...newCaseForm, verb: 'escalate', title: 'Hand over', submit: 'Hand over' },
    });
    const opened = await bench.world.act({ act: 'submitAction', user: ALICE, conversation: SUPPORT, messageId, data });
    expect(opened).toMatchObject({ ok: true, dialog: true });
    expect(bench.app.calls).toMatchObject([
      { door: 'press', args: ['escalate', { case: 'c1', seen: 3 }, { place: { message: messageId } }] },
    ]);
    const sent = { ...(actionsIn(dialogOf(ALICE).card).get('Hand over')!['data'] as JsonObject), title: 'x' };
    await bench.world.act({ act: 'submitDialog', user: ALICE, data: sent });
    expect(bench.app.calls.at(-1)).toMatchObject({
      door: 'submit',
      args: ['escalate', { from: 'line' }, { title: 'x' }, { place: { message: messageId } }],
    });
  });

  test('a refusal is told in the dialog, to the person who pressed alone', async () => {
    const { messageId, data } = await cardWith();
    bench.app.answers.press = () => said('Only people of the desk can do this.');
    const before = bench.messages().length;
    const opened = await bench.world.act({ act: 'submitAction', user: RITA, conversation: SUPPORT, messageId, data });
    await bench.settled();
    expect(opened).toMatchObject({ ok: true, message: 'Only people of the desk can do this.' });
    expect(bench.messages()).toHaveLength(before);
  });
});

describe('a form in a message: dialogs cannot be opened by one', () => {
  async function formMessage(): Promise<string> {
    bench.app.answers.line = () => form;
    await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'case new', mentionBot: true });
    await bench.settled();
    expect(bench.last()).toMatchObject({ targetedTo: RITA });
    return bench.last().id;
  }
  const shown = (id: string) => bench.messages().find((message) => message.id === id)!;
  const press = (id: string, title: string, inputs: object, card: unknown = cardIn(shown(id))) => {
    const action = actionsIn(card).get(title)!;
    const data = { ...(action['data'] as JsonObject), ...inputs } as JsonObject;
    return bench.world.act({
      act: 'execute',
      user: RITA,
      conversation: SUPPORT,
      messageId: id,
      verb: String(action['verb']),
      data,
    });
  };
  const own = (id: string): unknown => shown(id).views.find(({ user }) => user === RITA)!.card;

  test('is sent by Action.Execute; the answer takes its place', async () => {
    const id = await formMessage();
    bench.app.answers.submit = () => said('CASE-8 was opened.');
    expect(await press(id, 'Open case', { title: 'Fire', client: 'id:1' })).toMatchObject({ ok: true });
    expect(bench.app.calls.at(-1)).toMatchObject({
      door: 'submit',
      args: ['open', { from: 'line' }, { title: 'Fire', client: 'id:1' }, {}],
    });
    expect(wordsIn(own(id))).toContain('CASE-8 was opened.');
    expect(inputsIn(own(id))).toEqual([]);
  });

  test('stays with what was typed when something is wrong', async () => {
    const id = await formMessage();
    bench.app.answers.submit = () => ({ kind: 'errors', fields: { title: 'Too long.' } });
    await press(id, 'Open case', { title: 'Fire' });
    expect(wordsIn(own(id))).toContain('Too long.');
    expect(inputsIn(own(id))[0]).toMatchObject({ value: 'Fire' });
    bench.app.answers.submit = () => said('CASE-9 was opened.');
    await press(id, 'Open case', { title: 'Fire' }, own(id));
    expect(wordsIn(own(id))).toContain('CASE-9 was opened.');
  });

  test('goes by its other button, and nothing reaches the app', async () => {
    const id = await formMessage();
    bench.app.calls.length = 0;
    await press(id, 'Cancel', {});
    expect(bench.app.calls).toEqual([]);
    expect(wordsIn(own(id))).toContain('Cancelled');
  });
});

describe('typeahead', () => {
  const suggest = async (dataset: string, query: string) => {
    bench.app.answers.openFrom = () => form;
    const { messageId } = await bench.world.act({ act: 'say', user: RITA, conversation: SUPPORT, text: 'x' });
    await bench.world.act({
      act: 'openExtension',
      user: ALICE,
      conversation: SUPPORT,
      commandId: 'openCase',
      messageId: messageId!,
    });
    bench.app.calls.length = 0;
    return bench.world.act({ act: 'suggest', user: ALICE, dataset, query });
  };

  test('asks the app for what fits what was typed', async () => {
    bench.app.answers.clients = (typed: string) => [
      { value: 'id:1', label: 'Globex' },
      { value: `new:${typed}`, label: `Create “${typed}”` },
    ];
    const { options } = await suggest('baton.clients', 'glo');
    expect(options).toEqual([
      { title: 'Globex', value: 'id:1' },
      { title: 'Create “glo”', value: 'new:glo' },
    ]);
  });

  test('knows no other data set', async () => {
    expect((await suggest('somebody.elses', 'a')).options).toEqual([]);
    expect(bench.app.calls).toEqual([]);
  });
});
