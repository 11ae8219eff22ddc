import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/storage';
import type { Store } from '../../src/app/ports';
import { loadDesk, watchDesk } from '../../src/config/deskWatch';
import { fetchFeedBy } from '../../src/config/feedFetch';
import { createFeeds, type Feeds } from '../../src/config/holidayFeeds';
import type { Desk } from '../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, type Instant, instant, later } from '../../src/domain/ids';
import { answering, calendarOf, type FeedServer, openFeedServer } from '../support/feedServer';

const ONE = calendarOf({ '2026-12-25': 'Christmas' });
const TWO = calendarOf({ '2026-12-25': 'Christmas', '2026-12-28': 'Boxing Day' });
const DOWN = answering(500, 'Internal Server Error');

describe('feeds of holidays', () => {
  let server: FeedServer;
  let store: Store;
  let folder: string;
  let path: string;
  let at: Instant;
  beforeEach(async () => {
    server = await openFeedServer();
    server.answer = answering(200, ONE);
    store = await openStore('file::memory:');
    folder = mkdtempSync(join(tmpdir(), 'baton-feeds-'));
    path = join(folder, 'desk.yaml');
    at = instant(Date.UTC(2026, 10, 3, 9));
    writeFileSync(path, deskNaming('h.ics'));
  });
  afterEach(async () => {
    await Promise.all([server.stop(), store.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const deskNaming = (file: string): string =>
    `desk:\n  name: Acme\n  holidays:\n    - 2026-05-01\n    - { ical: "http://127.0.0.1:${server.port}/${file}" }\n`;
  const WHERE = () => `${path}:5: desk.holidays[1]: the feed at 127.0.0.1:${server.port}`;
  /** A process that starts now. */
  const process = (): Feeds =>
    createFeeds({ memory: store, now: () => at, fetch: fetchFeedBy({ bytesMax: 65_536, withinMs: 2000 }) });
  const daysOf = (desk: Desk): readonly string[] => desk.calendars['desk']?.holidays.map(({ date }) => date) ?? [];
  const started = async (feeds = process()): Promise<readonly string[]> => {
    const loaded = await loadDesk({ path, given: true }, feeds);
    return 'problem' in loaded ? [loaded.problem] : daysOf(loaded.desk);
  };

  it('count from the first start on, beside other holidays', async () => {
    expect(await started()).toEqual(['2026-05-01', '2026-12-25']);
  });

  it('are asked once at the start and then every day; what is new is another version', async () => {
    const feeds = process();
    await started(feeds);
    const address = `http://127.0.0.1:${server.port}/h.ics`;
    const before = feeds.version(address);
    at = later(at, 23 * HOUR_MS);
    await feeds.refresh();
    expect(server.asked).toBe(1);
    server.answer = answering(200, TWO);
    at = later(at, HOUR_MS);
    expect(await feeds.refresh()).toEqual([]);
    expect([server.asked, feeds.version(address) === before]).toEqual([2, false]);
    await feeds.refresh();
    expect(server.asked).toBe(2);
  });

  it('that are down at a later start count by the last good copy, whose age is told', async () => {
    await started();
    server.answer = DOWN;
    at = later(at, 12 * DAY_MS);
    const feeds = process();
    expect(await started(feeds)).toEqual(['2026-05-01', '2026-12-25']);
    expect(await feeds.refresh()).toMatchObject([
      {
        say: `${WHERE()} answered 500. The holidays of 3 November 2026 (12 days ago) stay in force; it is asked again every 15 minutes.`,
        problem: 'answered 500',
        copyAt: instant(Date.UTC(2026, 10, 3, 9)),
      },
    ]);
  });

  it('that are down at the very first start stop nothing, are told of, and count as soon as they answer', async () => {
    server.answer = DOWN;
    const feeds = process();
    expect(await started(feeds)).toEqual(['2026-05-01']);
    expect((await feeds.refresh()).map(({ say }) => say)).toEqual([
      `${WHERE()} answered 500. There is no copy of it yet, so clocks run on its holidays as on any other day; it is asked again every 15 minutes.`,
    ]);
    server.answer = answering(200, TWO);
    expect(await feeds.refresh()).toEqual([]);
    expect(feeds.read(`http://127.0.0.1:${server.port}/h.ics`)).toMatchObject({ holidays: [{}, {}] });
  });

  it.each([
    ['garbage', 'this is no calendar', 'is not an iCal file'],
    ['a page of a login', '<!doctype html>', 'is not an iCal file'],
    ['an empty calendar', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'holds no whole-day event, so no holiday'],
    ['too much', 'x'.repeat(70_000), 'is larger than 0.0625 MB'],
  ])('that answer with %s keep the last good copy', async (_what, text, problem) => {
    const feeds = process();
    await started(feeds);
    server.answer = answering(200, text);
    at = later(at, DAY_MS);
    expect(await feeds.refresh()).toMatchObject([{ problem }]);
    expect(await started(process())).toEqual(['2026-05-01', '2026-12-25']);
  });

  it('are shared among processes: one asks, the others find what it found', async () => {
    const [one, other] = [process(), process()];
    await started(one);
    await started(other);
    await Promise.all([one.refresh(), other.refresh()]);
    at = later(at, DAY_MS);
    server.answer = answering(200, TWO);
    await one.refresh();
    const { asked } = server;
    await other.refresh();
    expect(server.asked).toBe(asked);
    expect(other.read(`http://127.0.0.1:${server.port}/h.ics`)).toMatchObject({ holidays: [{}, {}] });
  });

  describe('while Baton runs', () => {
    let feeds: Feeds;
    let check: () => Promise<void>;
    let heard: string[];
    const checks = async (): Promise<void> => {
      await check();
      await check();
    };
    beforeEach(async () => {
      feeds = process();
      heard = [];
      const loaded = await loadDesk({ path, given: true }, feeds);
      if ('problem' in loaded) throw new Error(loaded.problem);
      watchDesk(
        {
          path,
          digest: loaded.digest,
          feeds,
          onGood: (desk) => heard.push(daysOf(desk).join(' ')),
          onBad: (problem) => heard.push(problem),
        },
        (each) => {
          check = each;
          return () => undefined;
        },
      );
    });

    it('bring new holidays as an edit of the desk file would, once', async () => {
      await checks();
      expect(heard).toEqual([]);
      server.answer = answering(200, TWO);
      at = later(at, DAY_MS);
      await feeds.refresh();
      await checks();
      await checks();
      expect(heard).toEqual(['2026-05-01 2026-12-25 2026-12-28']);
    });

    it('keep the last good desk when an edit names one that does not answer, until it does', async () => {
      server.answer = DOWN;
      writeFileSync(path, deskNaming('typo.ics'));
      await checks();
      await checks();
      expect(heard).toEqual([
        `${WHERE()} answered 500, and there is no copy of it; mend the address, or wait: it is asked every 15 minutes`,
      ]);
      expect(server.asked).toBe(2);
      // The feed of the desk in force answers 500 as well by then, but its turn has not come.
      await feeds.refresh();
      server.answer = answering(200, TWO);
      expect(await feeds.refresh()).toEqual([]);
      await checks();
      expect(heard.slice(1)).toEqual(['2026-05-01 2026-12-25 2026-12-28']);
    });

    it('are let alone once no desk names them', async () => {
      writeFileSync(path, 'desk: { name: Acme }');
      await checks();
      const { asked } = server;
      at = later(at, 2 * DAY_MS);
      await feeds.refresh();
      expect([heard, server.asked]).toEqual([[''], asked]);
    });
  });
});
