/** Attaching a file by its name, and meeting it again on the cards: by keys, on a phone, in both themes. */
import type { Browser } from 'playwright-core';
import { type Product, SlackPerson, startProduct } from '../support/product';
import { SlackHands } from './slackHands';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

const LONG = 'Photograph of the printer on the second floor while it smokes (3).jpg';

describeWithBrowser('Files in the sandbox', () => {
  let browser: Browser;
  let product: Product;
  let visit: Visit | null = null;

  beforeAll(async () => {
    product = await startProduct();
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

  /** From the composer, by keys alone. */
  async function attach(page: Visit, composer: string, name: string): Promise<void> {
    await page.page.getByTestId(composer).focus();
    await page.page.getByTestId(composer).press('Tab');
    const { keyboard } = page.page;
    while (!(await page.page.locator(':focus').getAttribute('aria-label'))?.startsWith('Attach'))
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.page.locator('input:focus').waitFor();
    await keyboard.type(name);
    await keyboard.press('Enter');
    await page.page.getByTestId('files').filter({ hasText: name }).last().waitFor();
  }

  test('in Slack a photo alone is sent by keys, becomes a case, and stands in its hand-over', async () => {
    visit = await Visit.to(browser, product.url, 'files-slack', { as: 'ravi', show: 'slack' });
    const slack = new SlackHands(visit);
    await slack.go('support');
    await attach(visit, 'slack-composer', 'photo.jpg');
    await attach(visit, 'slack-composer', 'Second thoughts.txt');
    await visit.picture('attached');
    await visit.page.getByRole('button', { name: 'Take Second thoughts.txt off' }).click();
    await visit.page.getByTestId('slack-composer').press('Enter');
    const files = visit.page.getByTestId('files').filter({ hasText: 'photo.jpg' });
    const message = visit.page.getByTestId('slack-message').filter({ has: files }).last();
    await message.waitFor();
    await slack.react(message, 'ticket');
    await visit.be('alice');
    await slack.go('triage');
    await slack.card('CASE-1001', '📎 photo.jpg');
    await visit.picture('card');
    await new SlackPerson(product, 'U0ALICE').types('show CASE-1001', 'C0TRIAGE');
    await slack.message('Files (1)').waitFor();
    await visit.picture('details');
    expect(visit.complaints).toEqual([]);
  });

  test('in Teams the dialog shows what comes along, and the card has it', async () => {
    visit = await Visit.to(browser, product.url, 'files-teams', { as: 'ravi', show: 'teams', dark: true });
    const teams = new TeamsHands(visit);
    await teams.go('support');
    await attach(visit, 'teams-composer', 'Labels.pdf');
    await visit.page.getByTestId('teams-composer').press('Enter');
    const message = visit.page.getByTestId('teams-message').filter({ hasText: 'Labels.pdf' }).last();
    await message.waitFor();
    await message.hover();
    await message.getByTestId('teams-more').click();
    await visit.page.getByRole('menuitem', { name: 'Open a case' }).click();
    await teams.form.getByText('📎 Labels.pdf').waitFor();
    await visit.picture('dialog');
    await visit.page.keyboard.press('Escape');
    await teams.form.waitFor({ state: 'detached' });
    expect(visit.complaints).toEqual([]);
  });

  test.each([
    ['slack', false],
    ['slack', true],
    ['teams', false],
    ['teams', true],
  ] as const)(
    'on a phone %s fits with a long name (dark: %s)',
    async (show, dark) => {
      const look = { as: 'ravi', show, width: 400, height: 800, dark };
      visit = await Visit.to(browser, product.url, `files-narrow-${show}-${dark ? 'dark' : 'light'}`, look);
      const page = visit.page;
      await page.getByRole('button', { name: show === 'slack' ? 'Channels' : 'Teams and channels' }).click();
      await page.getByTestId(`${show}-channel-support`).click();
      await page.getByRole('button', { name: 'Attach a file' }).click();
      await page.locator('input:focus').fill(LONG);
      await visit.picture('asking');
      expect(await visit.overflow()).toBe(0);
      await page.keyboard.press('Enter');
      await page.getByTestId(`${show}-composer`).press('Enter');
      await page.getByTestId(`${show}-message`).filter({ hasText: LONG }).last().waitFor();
      await visit.picture('sent');
      expect(await visit.overflow()).toBe(0);
      expect(visit.complaints).toEqual([]);
    },
    60_000,
  );
});
