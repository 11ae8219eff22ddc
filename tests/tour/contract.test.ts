/** The contract of a hand-over as it is seen: everybody in Slack, everybody in Teams, and one in each. */
import type { Browser } from 'playwright-core';
import { SlackHands } from './slackHands';
import { build, type Started, startProcess } from './started';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, type Hands, launch, Visit } from './visit';

const CASE = 'CASE-1001';
const WORDS = {
  'What has been tried': 'Restarted the print server',
  'What is needed': 'Look at the label printer’s driver',
  'What the client has been told': 'Somebody calls them within the hour',
};

type Platform = 'slack' | 'teams';

interface Desk {
  readonly album: string;
  readonly agent: Platform;
  readonly lead: Platform;
}

describeWithBrowser('The contract of a hand-over', () => {
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
  });

  test.each<[string, Desk]>([
    ['in Slack', { album: 'contract-slack', agent: 'slack', lead: 'slack' }],
    ['in Teams', { album: 'contract-teams', agent: 'teams', lead: 'teams' }],
    ['across both', { album: 'contract-across', agent: 'slack', lead: 'teams' }],
  ])(
    '%s: from nobody’s answer to a lead, handed back and solved',
    async (_, { album, agent, lead }) => {
      started = await startProcess({});
      visit = await Visit.to(browser, started.url, album, { as: 'alice', show: agent, height: 1400 });
      const page = visit;
      const on = { slack: new SlackHands(page), teams: new TeamsHands(page) };
      const sit = async (who: string, platform: Platform): Promise<Hands> => {
        await page.be(who);
        await page.show(platform);
        await on[platform].go('triage');
        return on[platform];
      };

      await on[agent].opens('Tailspin cannot print labels');
      let desk = await sit('alice', agent);
      await desk.react(await desk.card(CASE), 'red_circle');
      await desk.press(await desk.card(CASE, 'P1 Urgent'), 'Take');
      await desk.press(await desk.card(CASE, 'In progress', 'Alice Anderson'), 'Escalate');
      await desk.form.waitFor();
      await desk.fill({ ...WORDS, 'Promised to the client by': 'in 2 hours' });
      await page.picture('form');
      await desk.send(desk.form, 'Hand over');
      await desk.message(`Hand-over ${CASE}`).getByText('asks L2 Specialists').waitFor();
      await page.picture('offered');

      // Nobody of L2 answers: the one person of the next level is asked.
      await page.push('15m');
      await desk.message(`Hand-over ${CASE}`).getByText('L3 Management').first().waitFor();
      desk = await sit('lena', lead);
      await desk.message(`Hand-over ${CASE}`).getByText('L3 Management (Lena Lead)').waitFor();
      await page.picture('moved-on');
      await desk.press(desk.message(`Hand-over ${CASE}`), 'Decline');
      await desk.form.getByLabel('Why?').fill('This is one for a specialist');
      await page.picture('decline');
      await desk.send(desk.form, 'Decline');
      await desk.message('Declined by Lena Lead: This is one for a specialist').waitFor();
      await page.picture('declined');

      // Alice asks her lead after all, and this time it is accepted.
      desk = await sit('alice', agent);
      await desk.press(await desk.card(CASE, 'Escalate'), 'Escalate');
      await desk.form.waitFor();
      await desk.fill(WORDS, { 'Whom to ask': 'Lena Lead' });
      await desk.send(desk.form, 'Hand over');
      desk = await sit('lena', lead);
      await desk.press(desk.message('asks Lena Lead'), 'Accept');
      await desk.card(CASE, 'Lena Lead');
      await desk.message('Accepted by Lena Lead').waitFor();
      await page.picture('accepted');

      // She sees to it and hands it back with what is known, by a word this time.
      const back = await desk.asks(`handback ${CASE}`);
      await back.getByLabel('What is needed').fill('Tell the client that the labels print again');
      await page.picture('hand-back');
      await desk.send(back, 'Hand over');
      desk = await sit('alice', agent);
      await desk.press(desk.message('Lena Lead asks Alice Anderson'), 'Accept');
      await desk.message('Accepted by Alice Anderson').waitFor();
      await page.picture('handed-back');
      await desk.press(await desk.card(CASE, 'Escalate'), 'Resolve');
      await desk.form.waitFor();
      await desk.fill({ 'How was it solved?': 'The driver is back on its last version' });
      await desk.send(desk.form, 'Resolve');
      await desk.card(CASE, 'How it was solved');
      await page.picture('resolved');

      expect(page.complaints).toEqual([]);
      await page.end();
      expect(started.written()).not.toMatch(/"level":"(error|fatal)"/);
    },
    180_000,
  );
});
