import type { Browser } from 'playwright-core';
import { SlackHands } from './slackHands';
import { build, type Started, startProcess } from './started';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

const WORDS = {
  'What has been tried': 'Restarted the print server',
  'What is needed': 'Look at the label printer’s driver',
  'What the client has been told': 'Somebody calls them within the hour',
};

describeWithBrowser('The contract of a hand-over, across both platforms', () => {
  let browser: Browser;
  let started: Started | null = null;
  let visit: Visit | null = null;

  beforeAll(async () => {
    build();
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    if (visit !== null && !visit.ended) await visit.picture('where-it-stopped');
    await visit?.end();
    await started?.stop();
  });

  test('goes from nobody’s answer to a lead, is handed back and solved', async () => {
    started = await startProcess({});
    visit = await Visit.to(browser, started.url, 'contract', { as: 'alice', show: 'slack', height: 1400 });
    const page = visit;
    const [slack, teams] = [new SlackHands(page), new TeamsHands(page)];

    await slack.type('/case new Tailspin cannot print labels');
    await slack.submit();
    await slack.go('triage');
    await slack.react(await slack.card('CASE-1001'), 'red_circle');
    await slack.press(await slack.card('CASE-1001', 'P1 Urgent'), 'Take');
    await slack.press(await slack.card('CASE-1001', 'In progress', 'Alice Anderson'), 'Escalate');
    await slack.form.waitFor();
    await slack.fill({ ...WORDS, 'Promised to the client by': 'in 2 hours' });
    await page.picture('form');
    await slack.submit();
    await slack.message('Hand-over CASE-1001').getByText('asks L2 Specialists').waitFor();
    await page.picture('offered');

    // Nobody of L2 answers: the one person of the next level is asked, on the other platform.
    await page.push('15m');
    await slack.message('Hand-over CASE-1001').getByText('L3 Management').first().waitFor();
    await page.be('lena');
    await page.show('teams');
    await teams.go('triage');
    await teams.message('Hand-over CASE-1001').getByText('L3 Management (Lena Lead)').waitFor();
    await page.picture('moved-on');
    await teams.press(teams.message('Hand-over CASE-1001'), 'Decline');
    await teams.form.getByLabel('Why?').fill('This is one for a specialist');
    await page.picture('decline');
    await teams.submit('Decline');
    await teams.message('Declined by Lena Lead: This is one for a specialist').waitFor();
    await page.picture('declined');

    // Alice asks her lead after all, and this time it is accepted.
    await page.be('alice');
    await page.show('slack');
    await slack.press(await slack.card('CASE-1001'), 'Escalate');
    await slack.fill(WORDS, { 'Whom to ask': 'Lena Lead' });
    await slack.submit();
    await page.be('lena');
    await page.show('teams');
    await teams.press(teams.message('asks Lena Lead'), 'Accept');
    await teams.card('CASE-1001', 'Lena Lead');
    await teams.message('Accepted by Lena Lead').waitFor();
    await page.picture('accepted');

    // She sees to it and hands it back with what is known, by a word this time.
    await teams.chat();
    await teams.type('case handback CASE-1001');
    const back = teams.message('What was said when it was handed over');
    await back.getByLabel('What is needed').fill('Tell the client that the labels print again');
    await page.picture('hand-back');
    await teams.press(back, 'Hand over');
    await page.be('alice');
    await page.show('slack');
    await slack.press(slack.message('Lena Lead asks Alice Anderson'), 'Accept');
    await slack.message('Accepted by Alice Anderson').waitFor();
    await page.picture('handed-back');
    await slack.press(await slack.card('CASE-1001', 'In progress'), 'Resolve');
    await slack.form.waitFor();
    await slack.fill({ 'How was it solved?': 'The driver is back on its last version' });
    await slack.submit();
    await slack.card('CASE-1001', 'Resolved');
    await page.picture('resolved');
    expect(page.complaints).toEqual([]);
    await page.end();
    expect(started.written()).not.toMatch(/"level":"(error|fatal)"/);
  }, 180_000);
});
