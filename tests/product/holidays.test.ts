/** Holidays from a feed, as the leads and the people of the desk meet them. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, localDay } from '../../src/domain/desk/localDay';
import { DAY_MS, HOUR_MS, instant } from '../../src/domain/ids';
import { baton, build, folder } from '../cli/spawned';
import { answering, calendarOf, type FeedServer, openFeedServer } from '../support/feedServer';
import { type Product, SlackPerson, startProduct, wordsOn } from '../support/product';

const EXAMPLE = readFileSync(join(__dirname, '..', '..', 'desk.yaml'), 'utf8');

describe('Holidays from a feed', () => {
  let feed: FeedServer;
  let product: Product | null = null;
  let env: Record<string, string>;
  beforeAll(async () => {
    build();
    feed = await openFeedServer();
    const at = mkdtempSync(join(tmpdir(), 'baton-'));
    env = { DESK_CONFIG: join(at, 'desk.yaml'), DATABASE_URL: `file:${join(at, 'cases.db')}` };
    const ical = `  holidays: { ical: "http://127.0.0.1:${feed.port}/private-key/h.ics" }\n`;
    const withFeed = EXAMPLE.replace(/ {2}holidays:[^\n]*\n(?: {4}- [^\n]*\n)+/, ical);
    // Open round the clock, so that the day of the test does not matter.
    const open = withFeed.replace(/ {2}hours:[^\n]*\n(?: {4}[a-z]+:[^\n]*\n)+/, '  hours: 24x7\n');
    writeFileSync(env['DESK_CONFIG'] ?? '', open);
  });
  afterAll(async () => {
    await product?.stop();
    await feed.stop();
  });

  it('stop no start when they are down, and are in force within seconds once they answer', async () => {
    feed.answer = answering(500, 'no');
    product = await startProduct(env);
    const [ravi, alice, lena] = ['U0RAVI', 'U0ALICE', 'U0LENA'].map((id) => new SlackPerson(product as Product, id));
    if (!ravi || !alice || !lena) throw new Error('the desk has them');
    const told = await lena.sees('The holidays of a feed could not be read.', 'C0LEADS');
    expect(wordsOn(told)).toContain(
      `the feed at 127.0.0.1:${feed.port} answered 500. There is no copy of it yet, so clocks run on its holidays as on any other day`,
    );
    expect(wordsOn(told)).not.toContain('private-key');

    const source = { channel: 'C0SUPPORT', ts: await ravi.says('The printer is slow', 'C0SUPPORT') };
    await alice.reacts('ticket', source);
    await alice.card('CASE-1001', 'Not triaged yet');
    const today = localDay('Europe/London', instant(product.running.sandbox?.clock.now() ?? 0));
    const days = [0, 1, 2, 3].map((ahead) => [dateOf(today + ahead), 'Founders’ Day']);
    feed.answer = answering(200, calendarOf(Object.fromEntries(days)));
    product.push(HOUR_MS);
    // Two looks at the desk file later, two seconds each.
    const after = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
    await alice.card('CASE-1001', `${after.format((today + 4) * DAY_MS)},`);
    product.push(HOUR_MS);
    await alice.types('why CASE-1001 all');
    await alice.sees('Founders’ Day');
    expect(lena.messages('could not be read', 'C0LEADS')).toHaveLength(1);
  }, 40_000);

  it('stay in force over a restart with the feed down, whose age the leads are told', async () => {
    await product?.stop();
    feed.answer = answering(200, '<!doctype html>Maintenance');
    product = await startProduct(env);
    const lena = new SlackPerson(product, 'U0LENA');
    const told = await lena.sees('is not an iCal file', 'C0LEADS');
    expect(wordsOn(told)).toMatch(/The holidays of \d+ \w+ \d{4} \(less than a day ago\) stay in force/);
    product.push(DAY_MS);
    await lena.sees('is not an iCal file', 'C0LEADS');
    expect(lena.messages('is not an iCal file', 'C0LEADS')).toHaveLength(1);
  }, 40_000);

  it('are looked at by doctor', async () => {
    const bad = await baton(['doctor'], { cwd: folder(), env });
    expect(bad.out).toMatch(
      /✗ .*desk\.yaml:\d+: desk\.holidays\[?.*the feed at 127\.0\.0\.1:\d+ is not an iCal file\. The holidays of/,
    );
    feed.answer = answering(200, calendarOf({ '2036-12-25': 'Christmas' }));
    const well = await baton(['doctor'], { cwd: folder(), env });
    expect(well.out).toContain(`✓ The feed at 127.0.0.1:${feed.port} names 1 day, the next on 2036-12-25 (Christmas).`);
  });
});
