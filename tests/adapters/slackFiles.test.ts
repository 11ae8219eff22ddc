/** Files in Slack, from the composer to the doors: what Slack says of them, and what of it is believed and kept. */
import type { SlackSeed } from '../../adapters/sandbox/slack';
import { checkBlocks } from '../../adapters/sandbox/slack/limits/blocks';
import type { Json } from '../../adapters/sandbox/slack/protocol';
import { cardOf } from '../../adapters/slack/cards';
import { filesOf } from '../../adapters/slack/files';
import { happened } from '../../adapters/slack/listeners/message';
import { MessageEvent, SlackMessageShape } from '../../adapters/slack/payloads';
import type { Place } from '../../src/domain/case/case';
import { FORM, type Running, running, SEED, said, topModal, view } from './slackSupport';

const CONNECT = {
  id: 'C0CONNECT',
  name: 'connect',
  members: ['U0RAVI', 'U0ALICE', 'U0BATON'],
  is_ext_shared: true,
} as const;
const seed: SlackSeed = { ...SEED, channels: [...SEED.channels, { ...CONNECT, members: [...CONNECT.members] }] };
const me = { userId: 'U0BATON' } as Parameters<typeof happened>[1];
const PERMALINK = /^https:\/\/acme\.slack\.com\/files\/U0RAVI\/F[0-9A-Z]+\/photo\.jpg$/;

let it_: Running;
beforeAll(async () => {
  it_ = await running({ world: { seed } });
});
afterAll(() => it_.stop());
beforeEach(() => {
  it_.fake.calls.length = 0;
  for (const door of Object.keys(it_.fake.answer)) delete it_.fake.answer[door as keyof typeof it_.fake.answer];
  it_.world.clearFaults();
});

async function sends(files: string[], text = '', channel = 'C0SUPPORT', user = 'U0RAVI'): Promise<string> {
  const result = await it_.world.act({ act: 'say', user, channel, text, files });
  if (!result.ok) throw new Error(result.words);
  await it_.world.settled();
  return result.ts!;
}

describe('a message with files', () => {
  test('is heard with their names and their pages, and no word more is made of them', async () => {
    await sends(['photo.jpg', 'The log.txt']);
    const [message] = it_.fake.last('heard');
    expect(message.text).toBe('');
    expect(message.files).toEqual([
      { name: 'photo.jpg', url: expect.stringMatching(PERMALINK) },
      { name: 'The log.txt', url: expect.stringMatching(/\/files\/U0RAVI\/\S+\/the_log\.txt$/) },
    ]);
  });

  test('keeps its files through an edit of its words, and is not edited by a change of nothing', async () => {
    const ts = await sends(['photo.jpg'], 'Look');
    await it_.world.act({ act: 'edit', user: 'U0RAVI', channel: 'C0SUPPORT', ts, text: 'Look here' });
    await it_.world.settled();
    expect(it_.fake.last('edited')[0]).toMatchObject({ text: 'Look here', files: [{ name: 'photo.jpg' }] });
  });

  test('goes along when a case is opened from its menu, and when it is read again', async () => {
    it_.fake.answer.openFrom = async () => ({ kind: 'form', form: FORM });
    const ts = await sends(['photo.jpg'], 'Look');
    const { callback_id } = it_.world.snapshot().shortcuts.find(({ type }) => type === 'message')!;
    await it_.world.act({ act: 'messageShortcut', user: 'U0ALICE', channel: 'C0SUPPORT', ts, callback_id });
    await topModal(it_.world, 'U0ALICE');
    expect(it_.fake.last('openFrom')[0]).toMatchObject({ text: 'Look', files: [{ name: 'photo.jpg' }] });
    const place: Place = { platform: 'slack', channel: 'C0SUPPORT', message: ts, thread: null };
    const read = await it_.slack.surface.read(place);
    expect(read).toMatchObject({ text: 'Look', files: [{ name: 'photo.jpg', url: expect.stringMatching(PERMALINK) }] });
  });

  test('in person: with `case new …` they go along, alone they begin a case', async () => {
    it_.fake.answer.line = async () => said('Done');
    const { channel = '' } = (await it_.world.act({ act: 'openIm', user: 'U0RAVI' })) as { channel?: string };
    await sends(['photo.jpg'], 'case new Printer', channel);
    await sends(['photo.jpg'], '', channel);
    const lines = it_.fake.calls.filter(({ door }) => door === 'line').map(({ args }) => args);
    expect(lines.map(([words]) => words)).toEqual(['new Printer', 'new']);
    expect(lines.map(([, caller]) => caller)).toMatchObject([
      { files: [{ name: 'photo.jpg' }] },
      { files: [{ name: 'photo.jpg' }] },
    ]);
  });
});

describe('a channel shared with another organisation', () => {
  test('the event names no file, so the message is read again', async () => {
    await sends(['photo.jpg'], 'Look', CONNECT.id);
    expect(it_.fake.last('heard')[0].files).toEqual([{ name: 'photo.jpg', url: expect.stringMatching(PERMALINK) }]);
  });

  test('where it cannot be read there is a file, and nobody knows its name', async () => {
    it_.world.fault({ method: 'conversations.history', error: 'internal_error' });
    await sends(['photo.jpg'], '', CONNECT.id);
    expect(it_.fake.last('heard')[0].files).toEqual([{ name: 'A file', url: null }]);
  });
});

describe('what Slack says of a file', () => {
  const hosted = { name: 'file.png', title: 'file.png', mode: 'hosted' };

  test.each([
    ['its page', 'https://acme.slack.com/files/U1/F1/file.png', true],
    ['its page in an organisation', 'https://acme.enterprise.slack.com/files/U1/F1/file.png', true],
    ['a download that wants a token', 'https://files.slack.com/files-pri/T1-F1/file.png', false],
    ['an address that lets anybody in', 'https://slack-files.com/T1-F1-faecabecf7', false],
    ['another site', 'https://evil.test/files/U1/F1/file.png', false],
    ['a script', 'javascript:alert(1)', false],
  ])('as its link %s is kept or not', (_, permalink, kept) => {
    expect(filesOf([{ ...hosted, permalink }])).toEqual([{ name: 'file.png', url: kept ? permalink : null }]);
  });

  test('goes by its title, then its name; a deleted one is none, and one that nothing is known of is still one', () => {
    expect(
      filesOf([
        { ...hosted, title: 'Photo of the fire' },
        { mode: 'tombstone' },
        { mode: 'hidden_by_limit' },
        { file_access: 'access_denied' },
      ]).map(({ name }) => name),
    ).toEqual(['Photo of the fire', 'A file', 'A file']);
  });

  test('may be of any shape: the message is read all the same', () => {
    for (const files of ['x', [7], [{ name: 7 }], [null], { a: 1 }, null])
      expect(SlackMessageShape.parse({ ts: '1.1', text: 'Look', files }).text).toBe('Look');
  });

  test('taking one out of a message is an edit of it', () => {
    const before = { ts: '1.1', user: 'U0RAVI', text: '', files: [hosted, { ...hosted, title: 'b.png' }] };
    const message = { ...before, files: [{ mode: 'tombstone' }, { ...hosted, title: 'b.png' }] };
    const event = (now: object) =>
      MessageEvent.parse({
        event_id: 'Ev1',
        event: {
          type: 'message',
          subtype: 'message_changed',
          channel: 'C1',
          ts: '2.1',
          message: now,
          previous_message: before,
        },
      }).event;
    expect(happened(event(message), me)?.kind).toBe('edited');
    expect(happened(event(before), me)).toBeNull();
  });
});

test('a hostile name is words on a card, and its link leads to the file', () => {
  const [file] = filesOf([
    { title: '<!channel>|<https://evil.test|x>.png', permalink: 'https://acme.slack.com/files/U1/F1/x' },
  ]);
  const shown = view({
    facts: [{ label: 'Files', value: [{ kind: 'file', file: file! }] }],
    sections: [{ kind: 'lines', lines: [[{ kind: 'file', file: file! }]] }],
  });
  const { blocks } = cardOf(shown, { account: () => null, address: () => null });
  expect(checkBlocks(JSON.parse(JSON.stringify(blocks)) as Json, 'message')).toEqual([]);
  const [facts, lines] = blocks;
  expect(JSON.stringify(facts)).toContain(
    '<https://acme.slack.com/files/U1/F1/x|📎 &lt;!channel&gt; &lt;https:_evil.test x&gt;.png>',
  );
  expect(JSON.stringify(lines)).toContain('"type":"link","url":"https://acme.slack.com/files/U1/F1/x"');
});
