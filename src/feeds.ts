/** The desk with the holidays of its feeds, for the operator's commands, and what the feeds say just now. */
import type { Store } from './app/ports';
import { bad, type Finding, good } from './cli/findings';
import { ICAL_BYTES_MAX, type NamedFeed } from './config/deskHolidays';
import { loadDesk } from './config/deskWatch';
import { feedName } from './config/feedAddress';
import { fetchFeedBy } from './config/feedFetch';
import { createFeeds, type Feeds } from './config/holidayFeeds';
import type { Desk } from './domain/desk/desk';
import { instant } from './domain/ids';

interface Loaded {
  readonly desk: Desk;
  readonly feeds: readonly NamedFeed[];
}

/** Asks each feed that the file names. One that does not answer counts by the copy in the store, else as without holidays. Nothing that is read is kept. */
export async function deskWithFeeds(
  file: { readonly path: string; readonly given: boolean },
  loaded: Loaded,
  store: Store | null,
): Promise<{ readonly desk: Desk; readonly findings: readonly Finding[] }> {
  if (loaded.feeds.length === 0) return { desk: loaded.desk, findings: [] };
  const feeds = createFeeds({
    memory: { recall: async (name) => (await store?.recall(name)) ?? null, remember: async () => undefined },
    now: () => instant(Date.now()),
    fetch: fetchFeedBy({ bytesMax: ICAL_BYTES_MAX }),
  });
  await feeds.gather(loaded.feeds, true);
  const troubles = await feeds.refresh();
  const well = loaded.feeds.filter(({ address }) => troubles.every((one) => one.address !== address));
  const findings = [...troubles.map(({ say }) => bad(say)), ...well.map((feed) => goodFeed(feed, feeds))];
  const again = await loadDesk(file, feeds);
  return 'problem' in again
    ? { desk: loaded.desk, findings: [...findings, bad(again.problem)] }
    : { desk: again.desk, findings };
}

function goodFeed({ address }: NamedFeed, feeds: Feeds): Finding {
  const read = feeds.read(address);
  const holidays = 'holidays' in read ? read.holidays : [];
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  const next = holidays.find(({ date }) => date >= today);
  const name = next?.name ? ` (${next.name})` : '';
  const days = holidays.length === 1 ? '1 day' : `${holidays.length} days`;
  const ahead = next === undefined ? 'none of them ahead' : `the next on ${next.date}${name}`;
  return good(`${feedName(address).replace('the', 'The')} names ${days}, ${ahead}.`);
}
