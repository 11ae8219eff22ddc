/** Files in Teams, from the composer to the doors: what Teams tells bots of them, and what of it is believed and kept. */
import { filesOf } from '../../adapters/teams/files';
import { readActivity } from '../../adapters/teams/payloads';
import { type Bench, openBench, RITA, SUPPORT, said } from './teamsBench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.settled();
  bench.app.calls.length = 0;
  bench.app.answers = {};
});

const chat = (): string => bench.world.snapshot().chats.find(({ user }) => user === RITA)!.id;
async function sends(
  conversation: string,
  said: { text?: string; files?: string[]; pictures?: number },
): Promise<string> {
  const result = await bench.world.act({ act: 'say', user: RITA, conversation, text: '', ...said });
  await bench.settled();
  if (result.messageId === undefined) throw new Error(result.error);
  return result.messageId;
}
const calls = (door: string) => bench.app.calls.filter((call) => call.door === door);
const PICTURE = { name: 'A picture', url: null };

describe('in the chat with Baton', () => {
  test('files go along with `case new …`: their names and documents, no address that lets anybody in', async () => {
    await sends(chat(), { text: 'case new Printer', files: ['photo.jpg'] });
    const [call] = calls('line');
    expect(call!.args[0]).toBe('new Printer');
    const url = expect.stringMatching(/^https:\/\/acme-my\.sharepoint\.com\/personal\/.*\/photo\.jpg$/);
    expect(call!.caller).toMatchObject({ files: [{ name: 'photo.jpg', url }] });
    expect(JSON.stringify(call)).not.toContain('tempauth');
  });

  test('a file without a word begins a case, a pasted picture counts once', async () => {
    bench.app.answers.line = () => said('A form');
    await sends(chat(), { files: ['photo.jpg'] });
    await sends(chat(), { pictures: 1 });
    expect(calls('line').map(({ args }) => args[0])).toEqual(['new', 'new']);
    expect(calls('line')[1]!.caller).toMatchObject({ files: [PICTURE] });
  });

  test('words without a file still ask for help', async () => {
    await sends(chat(), { text: 'hello' });
    expect(calls('line')[0]).toMatchObject({ args: ['help', { files: [] }] });
  });
});

describe('in a channel', () => {
  test('pasted pictures are heard, beside words and alone', async () => {
    await sends(SUPPORT, { text: 'Look', pictures: 2 });
    await sends(SUPPORT, { pictures: 1 });
    expect(calls('heard').map(({ args }) => args[0])).toMatchObject([
      { text: 'Look', files: [PICTURE, PICTURE] },
      { text: '', files: [PICTURE] },
    ]);
  });

  test('a file alone is a word, though Teams does not say which', async () => {
    await sends(SUPPORT, { files: ['photo.jpg'] });
    expect(calls('heard')[0]!.args[0]).toMatchObject({ text: '', files: [{ name: 'A file', url: null }] });
  });

  test('an edit tells of them anew', async () => {
    const messageId = await sends(SUPPORT, { text: 'Look', pictures: 1 });
    await bench.world.act({ act: 'edit', user: RITA, conversation: SUPPORT, messageId, text: 'Look here' });
    await bench.settled();
    expect(calls('edited')[0]!.args[0]).toMatchObject({ text: 'Look here', files: [PICTURE] });
  });

  test('the message’s menu brings names and documents, and a picture is no word', async () => {
    const messageId = await sends(SUPPORT, { text: 'Look', files: ['Error log.txt'], pictures: 1 });
    const at = { user: RITA, conversation: SUPPORT, messageId };
    await bench.world.act({ act: 'openExtension', commandId: 'openCase', ...at });
    await bench.settled();
    expect(calls('openFrom')[0]!.args[0]).toMatchObject({
      text: 'Look',
      files: [
        {
          name: 'Error log.txt',
          url: 'https://acme.sharepoint.com/sites/AcmeSupport/Shared%20Documents/Support/Error%20log.txt',
        },
        PICTURE,
      ],
    });
  });
});

describe('what Teams says of an attachment', () => {
  const reference = (contentUrl: string, name: string | null = 'a.docx') => ({
    contentType: 'reference',
    name,
    contentUrl,
  });
  const path = 'sites/Acme/Shared%20Documents/a.docx';

  test.each([
    ['a document', `https://acme.sharepoint.com/${path}`, `https://acme.sharepoint.com/${path}`],
    [
      'a document with a ticket',
      `https://acme.sharepoint.com/${path}?tempauth=v1.eyJ`,
      `https://acme.sharepoint.com/${path}`,
    ],
    ['a sharing link', 'https://acme.sharepoint.com/:w:/g/Ea1b2c3', null],
    ['a download', 'https://acme.sharepoint.com/sites/Acme/_layouts/15/download.aspx?UniqueId=1&tempauth=v1', null],
    ['what wants the bot’s token', 'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original', null],
    ['another site', 'https://acme.sharepoint.com.evil.test/a.docx', null],
    ['a script', 'javascript:alert(1)', null],
  ])('of its address %s is kept or not', (_, given, url) => {
    expect(filesOf([reference(given)], '')).toEqual([{ name: 'a.docx', url }]);
  });

  test.each([
    ['application/vnd.microsoft.card.adaptive'],
    ['application/vnd.microsoft.card.thumbnail'],
    ['messageReference'],
    ['text/html'],
  ])('%s is no file', (contentType) => {
    expect(filesOf([{ contentType, name: null, contentUrl: null }], '')).toEqual([]);
  });

  test('emoji, stickers and GIFs are no pictures of anything', () => {
    const html =
      '<p>Hi <img alt="😀" itemtype="http://schema.skype.com/Emoji" src="https://statics.teams.cdn.office.net/e.png">' +
      '<img itemtype="http://schema.skype.com/Giphy" src="https://media.giphy.test/a.gif"></p>';
    expect(filesOf([], html)).toEqual([]);
  });

  test('may be of any shape: the activity is read all the same', () => {
    const frame = {
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: 'https://x.test/',
      conversation: { id: 'a' },
    };
    for (const attachments of ['x', [7], [{ name: 7, contentUrl: {} }], [null], null])
      expect(readActivity({ ...frame, attachments }).ok).toBe(true);
  });
});
