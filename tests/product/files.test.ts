/** What clients send goes with the case, over both platforms, to whoever takes it over. */
import type { Json } from '../../adapters/sandbox/teams/protocol';
import {
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  TRIAGE,
  textOf,
  wordsOn,
} from '../support/product';

describe('Files of a case', () => {
  let product: Product;
  let gwen: SlackPerson;
  let alice: SlackPerson;
  let carol: TeamsPerson;
  let ravi: TeamsPerson;
  let photo: string;

  beforeAll(async () => {
    product = await startProduct();
    gwen = new SlackPerson(product, 'U0GWEN');
    alice = new SlackPerson(product, 'U0ALICE');
    carol = new TeamsPerson(product, '29:1-carol-acme');
    ravi = new TeamsPerson(product, '29:1-ravi-acme');
  });
  afterAll(() => product.stop());

  it('a client sends a photo alone in Slack, and 🎫 makes a case of it', async () => {
    photo = await gwen.sends(['photo.jpg'], 'C0SUPPORT');
    await alice.reacts('ticket', { channel: 'C0SUPPORT', ts: photo });
    const card = await alice.card('CASE-1001', 'photo.jpg', '📎 photo.jpg');
    expect(wordsOn(card)).toContain('Gwen Grant');
  });

  it('what follows in the thread stands in the history, and its names ping nobody', async () => {
    await alice.presses('Take', await alice.card('CASE-1001'));
    await alice.card('CASE-1001', 'In progress');
    await gwen.sends(['Error log.txt', '<!channel>.png'], 'C0SUPPORT', photo);
    await alice.types('show CASE-1001');
    const shown = await alice.sees('📎 Error log.txt');
    expect(wordsOn(shown)).toContain('📎 <!channel>.png');
    expect(shown.mentions).toEqual([]);
  });

  it('the specialist in Teams sees in the hand-over who sent which file, and opens it from there', async () => {
    await alice.presses('Escalate', await alice.card('CASE-1001', 'In progress'));
    await alice.fills({
      'What has been tried': 'Looked at the photo',
      'What is needed': 'Read the log',
      'What the client has been told': 'By noon',
    });
    const offered = await carol.sees('Hand-over CASE-1001', TRIAGE);
    expect(textOf(offered)).toMatch(/Files \\?\(3\\?\)/);
    expect(textOf(offered)).toMatch(/📎 photo\.jpg\s+·\s+Gwen Grant/);
    const links = linksIn(offered.attachments as unknown as Json);
    expect(links).toContainEqual(expect.stringMatching(/^https:\/\/acme\.slack\.com\/files\/U0GWEN\/\S+\/photo\.jpg$/));
    expect(links.filter((url) => !/^https:\/\/acme\.slack\.com\/(files|archives)\//.test(url))).toEqual([]);
  });

  it('a message that is deleted takes its files along', async () => {
    const more = await gwen.sends(['secret.pdf'], 'C0SUPPORT', photo);
    await alice.types('show CASE-1001');
    await alice.sees('📎 secret.pdf');
    await product.slack.act({ act: 'deleteMessage', user: gwen.id, channel: 'C0SUPPORT', ts: more });
    await product.slack.settled();
    await alice.types('show CASE-1001');
    const shown = await alice.sees('wrote a message and deleted it');
    expect(wordsOn(shown)).not.toContain('secret.pdf');
    expect(wordsOn(shown)).toContain('Files (3)');
  });

  it('after it was resolved a file alone tells the owner, like any word', async () => {
    await alice.types('resolve CASE-1001 Restarted the printer');
    await alice.card('CASE-1001', 'Resolved');
    await gwen.sends(['Still broken.png'], 'C0SUPPORT', photo);
    const told = await alice.sees('Gwen Grant sent a file on CASE-1001 after it was resolved');
    expect(wordsOn(told)).toContain('📎 Still broken.png');
  });

  it('from the menu of a message in Teams its files come along, through the form', async () => {
    await product.teams.act({ act: 'say', user: ravi.id, conversation: SUPPORT, text: '', files: ['Labels.pdf'] });
    const message = product.teams.snapshot().messages.find(({ files }) => files.length > 0)!;
    await ravi.opensExtension('openCase', message);
    expect(ravi.dialogWords()).toContain('📎 Labels.pdf');
    await ravi.fills('Open case', { title: 'Labels.pdf' });
    expect(textOf(await carol.card('CASE-1002'))).toContain('📎 Labels.pdf');
  });

  it('a file alone is offered to become a case, and takes itself along', async () => {
    await gwen.sends(['Invoice.pdf'], 'C0SUPPORT');
    const offer = await gwen.sees('📎 Invoice.pdf', 'C0SUPPORT');
    expect(wordsOn(offer)).toContain('Shall the desk look after this?');
    await gwen.presses('Open a case', offer);
    await alice.card('CASE-1003', '· Invoice.pdf', '📎 Invoice.pdf');
  });

  it('in person in Slack a file alone begins a case, and is in it', async () => {
    const opened = await product.slack.act({ act: 'openIm', user: gwen.id });
    const dm = opened.ok ? (opened.channel ?? '') : '';
    await gwen.sends(['Scan.pdf'], dm);
    await gwen.presses('Open a case', await gwen.sees('Open a case', dm));
    expect(wordsOn(await gwen.form())).toContain('📎 Scan.pdf');
    await gwen.fills({ Title: 'The scanner is late' });
    await alice.card('CASE-1004', 'The scanner is late', '📎 Scan.pdf');
  });

  it('in person in Teams a file alone begins a case', async () => {
    const chat = product.teams.snapshot().chats.find(({ user }) => user === ravi.id)!.id;
    await product.teams.act({ act: 'say', user: ravi.id, conversation: chat, text: '', files: ['Scan.pdf'] });
    const form = await ravi.sees('📎 Scan.pdf', chat);
    expect(JSON.stringify(form.attachments)).toContain('"value":"Scan.pdf"');
  });
});

function linksIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (value === null || typeof value !== 'object') return [];
  const own = value['type'] === 'Action.OpenUrl' ? [String(value['url'])] : [];
  return [...own, ...Object.values(value).flatMap(linksIn)];
}
