/** A hand-over pack of twelve as whoever gets it sees it: on both platforms, wide and on a phone. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { loadDesk } from '../../src/config/deskWatch';
import { instant, MINUTE_MS } from '../../src/domain/ids';
import { allDayDesk } from '../support/allDay';
import { calls, openCase, openFloor } from '../support/floor';
import { bob, ravi } from '../support/given';
import { type Product, SlackPerson, SUPPORT, startProduct } from '../support/product';
import { SlackHands } from './slackHands';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

/** What people write at the end of a day: a title, what is next, what the client was told. */
const CASES: readonly (readonly [title: string, next: string, told: string])[] = [
  ['Nobody at Contoso can log in', 'Ask them for the proxy’s log', 'We look into it tonight'],
  ['Invoice 4711 shows the wrong VAT', 'Send the corrected invoice to Finance', 'It is being corrected'],
  ['The till prints every receipt twice', 'Try the driver of last week', 'You hear from us by noon'],
  ['Delivery note without an address', 'Get the address from the depot', ''],
  ['Export of the price list stops half way', 'Raise the time limit', 'We found the cause'],
  ['Labels come out blank in Leeds', 'Call Tailspin about the paper feed', 'We call back'],
  ['Backup of the branch server failed', 'Start it again at ten', ''],
  ['Mail to northwind.example bounces', 'Wait for their postmaster', 'Your provider is informed'],
  ['Scanner in the depot loses its network', '', ''],
  ['Two orders were charged twice', 'Refund the second charge of each', 'You get your money back'],
  ['VPN is slow since Monday', 'Compare with the line in York', 'We measure it'],
  ['Fabrikam cannot see the new catalogue', 'Check the rights of their group', 'Please try again later'],
];
/** How fast people read for the sense of it: 240 words a minute (Brysbaert 2019: 238). */
const WORDS_A_MINUTE = 240;

describeWithBrowser('A hand-over pack of twelve', () => {
  let browser: Browser;
  let product: Product;
  let visit: Visit | null = null;

  beforeAll(async () => {
    const [desk, folder] = [allDayDesk(), mkdtempSync(join(tmpdir(), 'baton-'))];
    const url = `file:${join(folder, 'baton.db')}`;
    await aDaysWork(desk, url);
    product = await startProduct({ DESK_CONFIG: desk, DATABASE_URL: url });
    const leaver = new SlackPerson(product, 'U0BOB');
    await leaver.types('away until tomorrow 9:00');
    await leaver.sees('away until');
    product.push(MINUTE_MS);
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

  describe.each([
    ['wide-light', { width: 1280, height: 1800, dark: false }],
    ['phone-dark', { width: 400, height: 1800, dark: true }],
  ] as const)('%s', (name, look) => {
    test.each(['slack', 'teams'] as const)(
      'in %s it fits and is read in a minute',
      async (show) => {
        visit = await Visit.to(browser, product.url, `pack-${show}-${name}`, { as: 'alice', show, ...look });
        const isNarrow = look.width < 800;
        const [slack, teams] = [new SlackHands(visit), new TeamsHands(visit)];
        if (show === 'slack') await (isNarrow ? slack.homeByDrawer() : slack.home());
        if (show === 'slack') await visit.page.getByTestId('slack-app-messages').click();
        else await (isNarrow ? teams.chatByDrawer() : teams.chat());
        const pack = (show === 'slack' ? slack : teams).message('hand-over pack (12)');
        await pack.waitFor();
        await pack.scrollIntoViewIfNeeded();
        await visit.picture('pack');
        expect(await visit.overflow()).toBe(0);
        expect(await pack.getByRole('button', { name: 'Accept', exact: true }).count()).toBe(12);
        const words = wordsRead((await pack.allInnerTexts()).join('\n'));
        expect(words).toBeLessThanOrEqual(WORDS_A_MINUTE);
        expect(visit.complaints).toEqual([]);
      },
      60_000,
    );
  });
});

/** Bob’s, written into the database before anybody looks: twelve came by each platform, where a pack of them is told. */
async function aDaysWork(path: string, url: string): Promise<void> {
  const loaded = await loadDesk({ path, given: true });
  if ('problem' in loaded) throw new Error(loaded.problem);
  const floor = await openFloor(loaded.desk, { url, at: instant(Date.now()) });
  for (const [platform, channel] of [
    ['slack', 'C0SUPPORT'],
    ['teams', SUPPORT],
  ] as const)
    for (const [index, [title, next, told]] of CASES.entries()) {
      const message = `${index + 1}.000`;
      const { ref } = await openCase(floor, ravi, { platform, channel, message, thread: null }, title);
      const says = (words: string): Promise<unknown> => floor.doors.line(words, calls(bob));
      await says(`${index < 4 ? 'p1' : 'p2'} ${ref}`);
      await says(`take ${ref}`);
      if (told !== '') await says(`reply ${ref} ${told}`);
      if (next !== '') await says(`note ${ref} Next: ${next}`);
    }
  await floor.settled();
  await floor.close();
}

/** How many words somebody reads who wants to know what they are asked: not what is the same in each row, nor numbers of cases. */
const wordsRead = (shown: string): number =>
  shown
    .replace(/^(Accept|Details|Accept all \d+|Baton|APP|Edited|[\d:]+)$/gmu, '')
    .replace(/CASE-\d+|Next:|Told:/gu, '')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\d]/u.test(word)).length;
