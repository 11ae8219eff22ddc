/** What a lead reads of a case in danger, from at risk to breached to over: on both platforms, wide and on a phone. */
import type { Browser } from 'playwright-core';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { allDayDesk } from '../support/allDay';
import { type Product, SlackPerson, startProduct } from '../support/product';
import { SlackHands } from './slackHands';
import { TeamsHands } from './teamsHands';
import { describeWithBrowser, launch, Visit } from './visit';

describeWithBrowser('A warning as a lead reads it', () => {
  let browser: Browser;
  let product: Product;
  let visit: Visit | null = null;

  beforeAll(async () => {
    product = await startProduct({ DESK_CONFIG: allDayDesk() });
    const bob = new SlackPerson(product, 'U0BOB');
    await bob.types('new Nobody at Contoso can log in since the update of last night');
    await bob.fills({ Priority: 'P1 Urgent' });
    await bob.card('CASE-1001', 'P1');
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

  const LOOKS = [
    ['wide-light', { width: 1280, height: 900, dark: false }],
    ['phone-dark', { width: 400, height: 900, dark: true }],
  ] as const;

  /** The leads' channel on both platforms in both looks; what stands there must fit. */
  async function pictured(what: string, words: string): Promise<void> {
    for (const show of ['slack', 'teams'] as const)
      for (const [name, look] of LOOKS) {
        visit = await Visit.to(browser, product.url, `warnings-${show}-${name}`, { as: 'lena', show, ...look });
        const hands = show === 'slack' ? new SlackHands(visit) : new TeamsHands(visit);
        if (look.width < 800) await hands.goByDrawer('leads');
        else await hands.go('leads');
        const told = visit.page.getByText(words).first();
        await told.waitFor();
        await told.scrollIntoViewIfNeeded();
        await visit.picture(what);
        expect([what, show, name, await visit.overflow()]).toEqual([what, show, name, 0]);
        expect(visit.complaints).toEqual([]);
        await visit.end();
        visit = null;
      }
  }

  test('at risk, breached, and that it is over', async () => {
    const lena = new SlackPerson(product, 'U0LENA');
    product.push(50 * MINUTE_MS);
    await pictured('at-risk', 'at risk');
    product.push(HOUR_MS);
    await pictured('breached', 'breached');
    await lena.types('why CASE-1001', 'C0LEADS');
    await lena.sees('left');
    await lena.types('take CASE-1001', 'C0LEADS');
    await pictured('over', 'done by Lena Lead');
  }, 180_000);
});
