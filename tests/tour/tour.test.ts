import type { Browser } from 'playwright-core';
import { SlackHands } from './slackHands';
import { build, type Started, startProcess } from './started';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

const STEPS = ['capture', 'triage', 'take', 'warn', 'escalate', 'accept', 'resolve'];

const HANDOVER = {
  'What has been tried': 'Restarted the SSO gateway twice and cleared its sessions',
  'What is needed': 'Look at the certificate of the identity provider',
  'What the client has been told': 'The next update comes at the full hour',
};
const HOW = 'Renewed the certificate of the identity provider; Woodgrove has logged in again';

describeWithBrowser('The tour of a newcomer', () => {
  let browser: Browser;
  let started: Started | null = null;
  let visit: Visit | null = null;

  beforeAll(async () => {
    build();
    browser = await launch();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    if (visit !== null && !visit.ended) await visit.picture('where-it-stopped');
    await visit?.end();
    await started?.stop();
    started = null;
    visit = null;
  });

  async function open(album: string, look: { as: string; show: 'slack' | 'teams' | 'both' }, settings = {}) {
    started = await startProcess(settings);
    visit = await Visit.to(browser, started.url, album, look);
    return visit;
  }

  /** Ends the process as an operator does, and looks at what page and process had to say. */
  async function expectGoodEnd(): Promise<void> {
    expect(visit?.complaints).toEqual([]);
    await visit?.end();
    const ended = await started?.stop();
    expect(started?.written()).not.toMatch(/went unheard|unhandled/i);
    expect(started?.written()).not.toMatch(/"level":"(error|fatal)"/);
    expect(ended).toEqual({ code: 0, signal: null });
  }

  async function expectTourDone(): Promise<void> {
    for (const step of STEPS) await visit?.ticked(step);
  }

  test('goes from a client’s trouble to a case that is solved, in Slack', async () => {
    const page = await open('slack', { as: 'alice', show: 'slack' });
    const slack = new SlackHands(page);
    await page.picture('start');

    await slack.type('/case new Export of the price list stops half way');
    await slack.form.waitFor();
    await page.picture('new-case-form');
    await slack.fill({ 'What happened': 'It stops at row 500' }, { Category: 'Technical' });
    await slack.submit();
    await slack.message('CASE-1001').waitFor();

    await page.be('ravi');
    await slack.menu(slack.message('All 60 seats'), 'Open a case');
    await slack.form.waitFor();
    await slack.client('Woodgrove');
    await page.picture('form-from-a-message');
    await slack.submit();
    await slack.message('CASE-1002 is open').waitFor();
    await page.picture('opened-from-a-message');

    await page.be('alice');
    await slack.go('triage');
    await slack.react(await slack.card('CASE-1002', 'Not triaged yet'), 'red_circle');
    await slack.card('CASE-1002', 'P1 Urgent', 'Triaged');
    await page.picture('triaged-by-emoji');
    await slack.press(await slack.card('CASE-1002'), 'Take');
    await slack.card('CASE-1002', 'In progress', 'Alice Anderson');
    await page.picture('taken');

    await page.be('lena');
    await slack.go('leads');
    await page.push('1h', '1h', '1h', '15m');
    await slack.message('at risk · CASE-1002').waitFor();
    await page.picture('at-risk');

    await page.be('alice');
    await slack.go('triage');
    await slack.press(await slack.card('CASE-1002'), 'Escalate');
    await slack.form.waitFor();
    await page.picture('escalation-form');
    await slack.fill(HANDOVER);
    await slack.submit();
    await slack.card('CASE-1002', 'Offered to', 'Alice Anderson');

    await page.be('carol');
    await slack.go('triage');
    await slack.message('Hand-over CASE-1002').getByText(HANDOVER['What is needed']).first().waitFor();
    await page.picture('hand-over');
    await page.pictureForReadme('hand-over', { width: 1000, height: 1080 }, slack.message('Hand-over CASE-1002'));
    await slack.press(slack.message('Hand-over CASE-1002'), 'Accept');
    await slack.card('CASE-1002', 'Carol Chen');
    await slack.message('Accepted by Carol Chen').waitFor();
    await page.picture('accepted');

    await slack.press(await slack.card('CASE-1002'), 'Waiting on client');
    await slack.card('CASE-1002', 'Awaiting client');
    await page.picture('awaiting-client');
    await slack.press(await slack.card('CASE-1002'), 'Resume');
    await slack.card('CASE-1002', 'In progress');
    await slack.press(await slack.card('CASE-1002'), 'Resolve');
    await slack.fill({ 'How was it solved?': HOW });
    await page.picture('resolve-form');
    await slack.submit();
    await slack.card('CASE-1002', 'Resolved', HOW);
    await expectTourDone();
    await page.picture('resolved');
    await slack.press(await slack.card('CASE-1002'), 'Reopen');
    await slack.card('CASE-1002', 'In progress', 'Carol Chen');
    await page.picture('reopened');

    await page.be('ravi');
    await slack.go('support');
    await slack.openThread('All 60 seats');
    await page.picture('thread-of-the-reporter');
    await page.be('carol');
    await (await slack.home()).getByText('CASE-1002').first().waitFor();
    await page.picture('home');
    await page.pictureForReadme('home', { width: 1000, height: 760 });
    await slack.messages();
    await page.picture('messages-of-the-app');
    await expectGoodEnd();
  });

  test('goes the same way in Teams', async () => {
    const page = await open('teams', { as: 'alice', show: 'teams' });
    const teams = new TeamsHands(page);
    await page.picture('start');

    await teams.chat();
    await teams.type('case new');
    const form = teams.message('What happened');
    await form.getByLabel('Title').fill('Export of the price list stops half way');
    await form.getByLabel('What happened').fill('It stops at row 500');
    await page.picture('new-case-form');
    await teams.press(form, 'Open case');
    await teams.message('CASE-1001 is open').waitFor();
    await page.picture('opened-by-command');
    await teams.go('triage');
    await teams.card('CASE-1001', 'Not triaged yet');

    await page.be('ravi');
    await teams.go('support');
    await teams.menu(teams.message('cannot print shipping labels'), 'Open a case');
    await teams.form.waitFor();
    await teams.fill({ Title: 'Tailspin cannot print shipping labels' });
    await page.picture('form-from-a-message');
    await teams.submit('Open case');
    await teams.message('CASE-1002').waitFor();
    await page.picture('opened-from-a-message');

    await page.be('alice');
    await teams.go('triage');
    await teams.react(await teams.card('CASE-1002', 'Not triaged yet'), 'red_circle');
    await teams.card('CASE-1002', 'P1 Urgent', 'Triaged');
    await page.picture('triaged-by-emoji');
    await teams.press(await teams.card('CASE-1002'), 'Take');
    await teams.card('CASE-1002', 'In progress', 'Alice Anderson');
    await page.picture('taken');

    await page.be('lena');
    await teams.go('leads');
    await page.push('1h', '1h', '1h', '15m');
    await teams.message('at risk · CASE-1002').waitFor();
    await page.picture('at-risk');
    await page.pictureForReadme('at-risk', { width: 1000, height: 620 });

    await page.be('alice');
    await teams.go('triage');
    await teams.press(await teams.card('CASE-1002'), 'Escalate');
    await teams.form.waitFor();
    await page.picture('escalation-form');
    await teams.fill(HANDOVER);
    await teams.submit('Hand over');
    await teams.card('CASE-1002', 'Offered to', 'Alice Anderson');

    await page.be('carol');
    await teams.message('Hand-over CASE-1002').getByText(HANDOVER['What is needed']).first().waitFor();
    await page.picture('hand-over');
    await teams.press(teams.message('Hand-over CASE-1002'), 'Accept');
    await teams.card('CASE-1002', 'Carol Chen');
    await teams.message('Accepted by Carol Chen').waitFor();
    await page.picture('accepted');

    await teams.press(await teams.card('CASE-1002'), 'Waiting on client');
    await teams.card('CASE-1002', 'Awaiting client');
    await page.picture('awaiting-client');
    await teams.press(await teams.card('CASE-1002'), 'Resume');
    await teams.card('CASE-1002', 'In progress');
    await teams.press(await teams.card('CASE-1002'), 'Resolve');
    await teams.fill({ 'How was it solved?': 'Cleared the print queue' });
    await page.picture('resolve-form');
    await teams.submit('Resolve');
    await teams.card('CASE-1002', 'Resolved', 'Cleared the print queue');
    await expectTourDone();
    await page.picture('resolved');
    await teams.press(await teams.card('CASE-1002'), 'Reopen');
    await teams.card('CASE-1002', 'In progress', 'Carol Chen');
    await page.picture('reopened');

    await page.be('ravi');
    await teams.go('support');
    await teams.message('cannot print shipping labels').waitFor();
    await page.picture('thread-of-the-reporter');
    await page.be('carol');
    await teams.chat();
    await page.picture('chat');
    await expectGoodEnd();
  });

  test('shows a case on both platforms, and a press on one side reaches the other', async () => {
    const page = await open('both', { as: 'alice', show: 'both' });
    const [slack, teams] = [new SlackHands(page), new TeamsHands(page)];
    await slack.go('triage');
    await teams.go('support');
    await teams.type('@Baton case new Tailspin cannot print labels');
    await slack.card('CASE-1001', 'Tailspin cannot print labels', 'Not triaged yet');
    await teams.go('triage');
    await slack.react(await slack.card('CASE-1001'), 'red_circle');
    await teams.card('CASE-1001', 'P1 Urgent');
    await page.be('carol');
    await teams.press(await teams.card('CASE-1001', 'P1 Urgent'), 'Take');
    await slack.card('CASE-1001', 'In progress', 'Carol Chen');
    await page.picture('one-case-two-cards');
    await page.pictureForReadme('sandbox', { width: 1280, height: 880 });
    await expectGoodEnd();
  });

  test('works over a socket as over HTTP', async () => {
    const page = await open('slack-socket', { as: 'alice', show: 'slack' }, { SANDBOX_SLACK: 'socket' });
    const slack = new SlackHands(page);
    await slack.type('/case new Export of the price list stops half way');
    await slack.submit();
    await slack.go('triage');
    await slack.react(await slack.card('CASE-1001'), 'red_circle');
    await slack.press(await slack.card('CASE-1001', 'P1 Urgent'), 'Take');
    await slack.card('CASE-1001', 'In progress', 'Alice Anderson');
    await slack.press(await slack.card('CASE-1001'), 'Resolve');
    await slack.fill({ 'How was it solved?': 'A fresh export works' });
    await slack.submit();
    await slack.card('CASE-1001', 'Resolved');
    await page.picture('resolved');
    await expectGoodEnd();
  });
});
