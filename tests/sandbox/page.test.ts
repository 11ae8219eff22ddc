import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { parse } from 'yaml';
import { openSandbox, type Sandbox } from '../../adapters/sandbox';
import type { SlackManifest } from '../../adapters/sandbox/slack';
import type { JsonObject } from '../../adapters/sandbox/teams/protocol';
import { type PageApp, startPageApp } from './pageApp';

/** The page in a real browser, over the real emulators, with a stand-in for the product. */

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const manifest = (path: string): string => readFileSync(join(__dirname, '../../manifests', path), 'utf8');

if (CHROMIUM === undefined) process.stderr.write('page.test.ts is skipped: no chromium or chrome is installed\n');

(CHROMIUM === undefined ? describe.skip : describe)('the sandbox page', () => {
  let sandbox: Sandbox;
  let app: PageApp;
  let browser: Browser;
  const complaints: string[] = [];
  const strangers: string[] = [];

  beforeAll(async () => {
    app = await startPageApp(() => sandbox);
    const slack = parse(manifest('slack.yaml')) as SlackManifest;
    const teams = JSON.parse(manifest('teams/manifest.json')) as JsonObject;
    sandbox = await openSandbox({
      appUrl: app.url,
      manifests: { slack, teams },
      nextWarning: () => sandbox.clock.now() + 600_000,
    });
    await sandbox.connect();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    await app?.stop();
  });

  async function visit(hash = '#as=ravi', viewport = { width: 1280, height: 800 }): Promise<Page> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith(app.url) || strangers.push(request.url()));
    await page.goto(`${app.url}/${hash}`);
    await page.getByTestId('slack').waitFor({ state: 'attached' });
    return page;
  }

  const slackMessage = (page: Page, words: string) =>
    page.getByTestId('slack-message').filter({ hasText: words }).last();

  test('do-not-disturb and a status are set at the own name, shown there, and cleared', async () => {
    const page = await visit('#as=carol');
    const me = page.getByTestId('slack-status');
    const carol = () => sandbox.slack.snapshot().users.find(({ id }) => id === 'U0CAROL');
    await me.click();
    await page.getByRole('menuitem', { name: 'Do not disturb' }).click();
    await me.getByText(', do not disturb').waitFor({ state: 'attached' });
    expect((carol()?.dnd?.end ?? 0) - (carol()?.dnd?.start ?? 0)).toBe(3600);
    await me.click();
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await me.getByText('🌴').waitFor();
    expect(carol()).toMatchObject({ status_text: 'Vacationing', status_emoji: ':palm_tree:', status_expiration: 0 });
    await me.click();
    await page.getByRole('menuitem', { name: 'Clear status' }).click();
    await me.getByText('🌴').waitFor({ state: 'detached' });
    await me.click();
    await page.getByRole('menuitem', { name: 'End do not disturb' }).click();
    await me.getByText(', do not disturb').waitFor({ state: 'detached' });
    expect(carol()).toMatchObject({ dnd: null, status_text: '' });
    await page.context().close();
  });

  test('what one person says in Slack, another sees; and a change of person changes what they may see', async () => {
    const page = await visit();
    await page.getByTestId('slack-composer').fill('Is it *only* me? a < b & c @Alice Anderson :eyes:');
    await page.keyboard.press('Enter');
    const said = slackMessage(page, 'Is it only me?');
    await said.getByText('@Alice Anderson').waitFor();
    expect(await said.locator('b', { hasText: 'only' }).count()).toBe(1);
    expect(await said.textContent()).toContain('a < b & c');
    expect(sandbox.slack.snapshot().messages.at(-2)?.mentions).toEqual(['U0ALICE']);
    await page.getByText('Only visible to you').waitFor();
    expect(await page.getByTestId('slack-channel-triage').count()).toBe(0);

    await page.getByTestId('be-alice').click();
    await page.getByTestId('slack-channel-triage').waitFor();
    await slackMessage(page, 'Is it only me?').waitFor();
    expect(await page.getByText('Only visible to you').count()).toBe(0);
    await page.context().close();
  });

  test('a case is opened from a message: menu, form, complaint under the field, typeahead, card; 🔴 and Take change it', async () => {
    const page = await visit();
    const slack = page.getByTestId('slack');
    await slackMessage(page, 'Woodgrove').hover();
    await slackMessage(page, 'Woodgrove').getByTestId('slack-more').click();
    await page.getByRole('menuitem', { name: 'Open a case' }).click();
    await slack.getByTestId('slack-modal').waitFor();
    await slack.getByTestId('slack-modal-submit').click();
    await slack.getByRole('alert').getByText('Say in a few words what is wrong.').waitFor();
    await slack.getByLabel('Title').fill('Nobody can log in');
    await slack.getByLabel('Client').click();
    await page.getByLabel('Search the choices').fill('north');
    await page.getByRole('option', { name: 'Northwind Traders' }).waitFor();
    await page.keyboard.press('Enter');
    await slack.getByLabel('Client').getByText('Northwind Traders').waitFor();
    await slack.getByTestId('slack-modal-submit').click();
    await slack.getByTestId('slack-modal').waitFor({ state: 'detached' });

    await page.getByTestId('be-alice').click();
    await page.getByTestId('slack-channel-triage').click();
    const card = slackMessage(page, 'CASE-1042');
    await card.hover();
    await card.getByTestId('quick-red_circle').click();
    await card.getByText('P1 Urgent').waitFor();
    await card.getByTestId('slack-reaction-red_circle').waitFor();
    await card.getByRole('button', { name: 'Take', exact: true }).click();
    await card.getByText('In progress').waitFor();
    await page.locator('[data-testid=step-take][data-done=true]').waitFor();
    await page.context().close();
  });

  test('Teams: a dialog from a message, its card, a button with an answer for one person, a reaction', async () => {
    const page = await visit();
    const teams = page.getByTestId('teams');
    const post = teams.getByTestId('teams-message').filter({ hasText: 'Tailspin' });
    await post.hover();
    await post.getByTestId('teams-more').click();
    await page.getByRole('menuitem', { name: 'Open a case' }).click();
    await teams.getByLabel('Title').fill('No labels');
    await teams.getByLabel('Owner').fill('bob');
    await teams.getByRole('option', { name: 'Bob Brown' }).waitFor();
    await page.keyboard.press('Enter');
    await teams.getByRole('button', { name: 'Open case' }).click();
    const card = teams.getByTestId('teams-message').filter({ hasText: 'CASE-1042' }).last();
    await card.getByRole('button', { name: 'Take' }).click();
    await page.getByTestId('toast').getByText('You have CASE-1042 now.').waitFor();
    await card.hover();
    await card.getByTestId('quick-red_circle').click();
    await card.getByTestId('teams-reaction-1f534_redcircle').waitFor();
    const submitted = sandbox.teams.calls.findLast((call) => call.path.includes('submitAction'));
    expect(JSON.stringify(submitted?.payload)).toContain('"who":"00000000-0000-0000-0000-000000000b0b"');
    await page.context().close();
  });

  test('the keyboard alone: slash menu, Escape shuts the form, focus stays inside it', async () => {
    const page = await visit('#as=bob&show=slack');
    const slack = page.getByTestId('slack');
    await slack.getByTestId('slack-composer').focus();
    await page.keyboard.type('/ca');
    await slack.getByRole('option', { name: '/case' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await slack.getByTestId('slack-composer').inputValue()).toBe('/case ');
    await page.keyboard.type('new');
    await page.keyboard.press('Enter');
    await slack.getByTestId('slack-modal').waitFor();
    for (let presses = 0; presses < 14; presses += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await slack.getByTestId('slack-modal').waitFor({ state: 'detached' });
    await slack.locator('textarea:focus').waitFor();
    await page.context().close();
  });

  test('the clock is pushed for everybody, and the developers’ panel shows each call', async () => {
    const page = await visit();
    const before = sandbox.clock.now();
    await page.getByTestId('push-1h').click();
    await page.getByTestId('push-next').click();
    await page.getByTestId('clock-now').and(page.locator('[title*="1 h 10 min"]')).waitFor();
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(70 * 60_000);
    await page.getByTestId('developers').click();
    await page.getByTestId('calls').getByText('views.open').first().click();
    await page.getByTestId('calls').getByText('"callback_id": "new_case"').first().waitFor();
    await page.context().close();
  });

  test('at 400 px nothing is wider than the page, and each product can be reached', async () => {
    const page = await visit('#as=alice', { width: 400, height: 800 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByTestId('slack-channel-triage').click();
    await slackMessage(page, 'CASE-1042').waitFor();
    await page.getByTestId('show-teams').click();
    await page.getByTestId('teams-composer').waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  test('the page complains of nothing and asks nobody else', () => {
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
    expect(app.problems).toEqual([]);
  });
});
