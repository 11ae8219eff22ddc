/** What a lead sees of the board and of handing over all that somebody has: wide and on a phone, light and dark. */
import type { Browser } from 'playwright-core';
import { allDayDesk } from '../support/allDay';
import { type Product, SlackPerson, startProduct } from '../support/product';
import { SlackHands } from './slackHands';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

const TITLES = [
  'Nobody at Contoso can log in since the update of last night',
  'Invoice 4711 shows the wrong VAT',
  'The till in the second branch prints every receipt twice and then stops',
  'Delivery note without an address',
];

describeWithBrowser('The board as a lead sees it', () => {
  let browser: Browser;
  let product: Product;
  let visit: Visit | null = null;

  beforeAll(async () => {
    product = await startProduct({ DESK_CONFIG: allDayDesk() });
    const bob = new SlackPerson(product, 'U0BOB');
    for (const [index, title] of TITLES.entries()) {
      const ref = `CASE-${1001 + index}`;
      await bob.types(`new ${title}`);
      await bob.fills(index === 3 ? {} : { Priority: index === 0 ? 'P1 Urgent' : 'P3 Low' });
      await bob.card(ref);
      if (index !== 3) await bob.types(`take ${ref}`);
    }
    await bob.card('CASE-1003', 'Bob Brown');
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

  const fits = async (what: string): Promise<void> => {
    await visit?.picture(what);
    expect([what, await visit?.overflow()]).toEqual([what, 0]);
  };

  describe.each([
    ['wide and light', { width: 1280, height: 1100, dark: false }],
    ['on a phone in the dark', { width: 400, height: 900, dark: true }],
  ] as const)('%s', (name, look) => {
    const isNarrow = look.width < 800;
    const open = async (show: 'slack' | 'teams'): Promise<Visit> => {
      visit = await Visit.to(browser, product.url, `board-${show}-${name.replaceAll(' ', '-')}`, {
        as: 'lena',
        show,
        ...look,
      });
      return visit;
    };

    test('in Slack', async () => {
      const page = await open('slack');
      const slack = new SlackHands(page);
      if (isNarrow) await slack.goByDrawer('leads');
      else await slack.go('leads');
      await slack.type('/case board');
      const board = slack.message('The board');
      await board.getByText('Nobody at Contoso').first().waitFor();
      await board.scrollIntoViewIfNeeded();
      await fits('board');
      await slack.press(board, 'All 3 cases');
      const bobs = slack.message('Bob Brown’s cases (3)');
      await bobs.waitFor();
      await fits('one-person');
      await slack.press(bobs, 'Hand over all');
      await slack.form.getByLabel('Who gets them').waitFor();
      await fits('whom');
      await slack.form.getByTestId('slack-modal-submit').click();
      await slack.form.getByText('Alice Anderson gets 3 cases').waitFor();
      await fits('what-goes-where');
      await page.page.keyboard.press('Escape');
      await slack.form.waitFor({ state: 'detached' });
      await (isNarrow ? slack.homeByDrawer() : slack.home()).then((home) => home.getByText('Who has what').waitFor());
      await fits('home');
      expect(page.complaints).toEqual([]);
    });

    test('in Teams', async () => {
      const page = await open('teams');
      const teams = new TeamsHands(page);
      if (isNarrow) await teams.chatByDrawer();
      else await teams.chat();
      await teams.type('case board');
      const board = teams.message('The board');
      await board.getByText('Nobody at Contoso').first().waitFor();
      await board.scrollIntoViewIfNeeded();
      await fits('board');
      await teams.press(board, 'Hand over all');
      await teams.form.getByLabel('Who gets them').waitFor();
      await fits('whom');
      await teams.form.getByRole('button', { name: 'See who gets what' }).click();
      await teams.form.getByText('Alice Anderson gets 3 cases').waitFor();
      await fits('what-goes-where');
      await page.page.keyboard.press('Escape');
      await teams.form.waitFor({ state: 'detached' });
      expect(page.complaints).toEqual([]);
    });
  });

  test('who was given them reads of all in one message, and whose they were', async () => {
    const lena = new SlackPerson(product, 'U0LENA');
    await lena.types('handall @bob', 'C0LEADS');
    await lena.fills({});
    await lena.fills({});
    await lena.sees('3 cases of Bob Brown’s are with others now');
    for (const [as, words] of [
      ['alice', 'handed you 3 cases'],
      ['bob', 'handed over 3 cases of yours'],
    ] as const) {
      visit = await Visit.to(browser, product.url, `board-told-${as}`, { as, show: 'slack', width: 400, height: 900 });
      const slack = new SlackHands(visit);
      await slack.homeByDrawer();
      await visit.page.getByTestId('slack-app-messages').click();
      await slack.message(words).waitFor();
      await fits('told');
      expect(visit.complaints).toEqual([]);
      await visit.end();
    }
  });
});
