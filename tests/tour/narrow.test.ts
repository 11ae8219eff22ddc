import type { Browser, Locator } from 'playwright-core';
import { MINUTE_MS } from '../../src/domain/ids';
import { type Product, SlackPerson, startProduct } from '../support/product';
import { SlackHands } from './slackHands';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

/** The widest that a phone is held upright, and a little less. */
const WIDTH = 400;

describeWithBrowser('The sandbox on a phone, in the dark and by keyboard', () => {
  let browser: Browser;
  let product: Product;
  let visit: Visit | null = null;

  beforeAll(async () => {
    product = await startProduct();
    await threeCases(product);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  afterEach(async () => {
    if (visit !== null && !visit.ended) await visit.picture('where-it-stopped');
    await visit?.end();
    visit = null;
  });

  async function open(as: string, show: 'slack' | 'teams', dark: boolean): Promise<Visit> {
    const album = dark ? 'narrow-dark' : 'narrow';
    visit = await Visit.to(browser, product.url, `${album}-${show}-${as}`, {
      as,
      show,
      width: WIDTH,
      height: 800,
      dark,
    });
    return visit;
  }

  async function fits(name: string): Promise<void> {
    await visit?.picture(name);
    expect([name, await visit?.overflow()]).toEqual([name, 0]);
  }

  describe.each([
    ['light', false],
    ['dark', true],
  ] as const)('in %s', (_, dark) => {
    test('Slack fits: channel with cards, form, thread, App Home', async () => {
      const page = await open('alice', 'slack', dark);
      const slack = new SlackHands(page);
      await slack.goByDrawer('triage');
      await slack.card('CASE-1001', 'P1 Urgent');
      await fits('cards');
      await slack.press(await slack.card('CASE-1001'), 'Escalate');
      await slack.form.getByLabel('What is needed').waitFor();
      await fits('form');
      await page.page.keyboard.press('Escape');
      await slack.form.waitFor({ state: 'detached' });
      await slack.goByDrawer('support');
      await slack.openThread('All 60 seats');
      await fits('thread');
      await slack.closeThread();
      await (await slack.homeByDrawer()).getByText('CASE-1001').first().waitFor();
      await fits('home');
      expect(page.complaints).toEqual([]);
    });

    test('Teams fits: card, dialog, chat', async () => {
      const page = await open('alice', 'teams', dark);
      const teams = new TeamsHands(page);
      await teams.goByDrawer('triage');
      await teams.card('CASE-1001', 'P1 Urgent');
      await fits('card');
      await teams.press(await teams.card('CASE-1001'), 'Escalate');
      await teams.form.getByLabel('What is needed').waitFor();
      await fits('dialog');
      await page.page.keyboard.press('Escape');
      await teams.form.waitFor({ state: 'detached' });
      await teams.chatByDrawer();
      await fits('chat');
      expect(page.complaints).toEqual([]);
    });
  });

  test('a case is opened by keys alone: Tab, arrows, Enter, Escape', async () => {
    visit = await Visit.to(browser, product.url, 'keyboard', { as: 'alice', show: 'slack' });
    const { keyboard } = visit.page;
    const slack = new SlackHands(visit);
    await tabTo(visit.page.getByTestId('slack-composer'));
    await keyboard.type('/');
    await slack.suggestions.waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await keyboard.type('new Door of the depot does not open');
    await keyboard.press('Enter');
    await slack.form.waitFor();
    await keyboard.press('Escape');
    await slack.form.waitFor({ state: 'detached' });

    await tabTo(visit.page.getByTestId('slack-composer'));
    await keyboard.type('/case new Door of the depot does not open');
    await keyboard.press('Enter');
    await slack.form.waitFor();
    await tabTo(slack.form.getByLabel('Category'));
    await keyboard.press('Enter');
    await visit.page.getByRole('option', { name: 'Technical' }).waitFor();
    await keyboard.press('ArrowDown');
    await visit.picture('choosing-by-arrows');
    await keyboard.press('Enter');
    await tabTo(slack.form.getByTestId('slack-modal-submit'));
    await keyboard.press('Enter');
    await slack.form.waitFor({ state: 'detached' });
    await slack.message('is open: Door of the depot does not open').waitFor();

    await tabTo(slack.lastMessage);
    const message = slack.message('And from Fabrikam');
    await pressTo(message, 'ArrowUp', 5);
    await tabTo(message.getByTestId('quick-ticket'));
    await keyboard.press('End');
    await keyboard.press('Enter');
    // Keys go to what has the focus: the first entry gets it a moment after the menu is drawn.
    await visit.page.locator('[role=menuitem]:focus', { hasText: 'Open a case' }).waitFor();
    await keyboard.press('Enter');
    await slack.form.waitFor();
    expect(visit.complaints).toEqual([]);
  });

  /** Presses a key until the element has the focus; a keyboard user gives up after so many. */
  async function pressTo(element: Locator, key: string, most: number): Promise<void> {
    for (let presses = 0; presses < most; presses += 1) {
      if (await element.evaluate((one) => one === document.activeElement)) return;
      await visit?.page.keyboard.press(key);
    }
    throw new Error(`${key} does not lead to ${element} within ${most} presses`);
  }

  const tabTo = (element: Locator): Promise<void> => pressTo(element, 'Tab', 60);
});

/** What stands there when the phone is taken out: a P1 from a message, a case of nobody yet, and one with a long title. */
async function threeCases(product: Product): Promise<void> {
  const [alice, ravi] = [new SlackPerson(product, 'U0ALICE'), new SlackPerson(product, 'U0RAVI')];
  const [source] = ravi.messages('All 60 seats', 'C0SUPPORT');
  if (source === undefined) throw new Error('the seeded message is gone');
  await alice.reacts('ticket', source);
  await alice.card('CASE-1001');
  await alice.reacts('red_circle', source);
  await alice.reacts('eyes', source);
  await alice.card('CASE-1001', 'P1 Urgent', 'Alice Anderson');
  product.push(MINUTE_MS);
  await ravi.says(
    'Theyhaveanaddressthatneverends.example/with/a/path/that/has/no/spaces/at/all/in/it',
    'C0SUPPORT',
    source.ts,
  );
  await alice.types(
    'new A title that goes on for a while because somebody was in a hurry and wrote down all they knew',
  );
  await alice.fills({
    'What happened': 'https://example.test/an/address/that/is/much/wider/than/any/telephone/ever/was',
  });
  await alice.card('CASE-1002');
}
