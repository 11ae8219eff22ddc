/** `baton whatif` and `baton coverage`: questions that an operator asks of the journal and the desk file. Nothing is changed. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openStore, sqlitePath } from '../adapters/storage';
import { createHandling } from './app/handling';
import type { Store } from './app/ports';
import { cardsOf, DAYS_MAX, type WhatIfResult, whatIf } from './app/whatIf';
import { flawFindings, handlingFindings } from './cli/coverageFindings';
import { type Finding, note, type Section } from './cli/findings';
import { whatIfText } from './cli/whatIfText';
import { type Config, readConfig } from './config';
import type { NamedFeed } from './config/deskHolidays';
import { loadDesk } from './config/deskWatch';
import { EXIT, type ExitCode, platformFindings } from './doctor';
import type { Place } from './domain/case/case';
import { coverageFlaws } from './domain/desk/coverage';
import type { Desk, PlatformName } from './domain/desk/desk';
import { type CaseId, instant } from './domain/ids';
import { deskWithFeeds } from './feeds';

export interface Asked {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly words: readonly string[];
  readonly tell: (text: string) => void;
  readonly tellSection: (section: Section) => void;
  /** For what makes an answer impossible; one line each. */
  readonly fail: (line: string) => void;
}

const DAYS = '90';

/** `whatif --desk draft.yaml [--days 90]`: what would have been kept and missed on another desk file. */
export async function showWhatIf({ env, words, tell, fail }: Asked): Promise<ExitCode> {
  const read = readWords(words);
  if (typeof read === 'string') return wrong(fail, read);
  const ground = await groundOf(env);
  if ('problems' in ground) return wrong(fail, ...ground.problems);
  const draft = await loadDesk({ path: read.desk, given: true });
  if ('problem' in draft)
    return wrong(
      fail,
      existsSync(read.desk) ? draft.problem : `There is no ${read.desk}: --desk names the draft of a desk file.`,
    );
  const { store, problem } = await storeOf(ground.config, env);
  if (store === null) return wrong(fail, problem);
  try {
    const now = await deskWithFeeds(ground.config.deskFile, ground, store);
    const drafted = await deskWithFeeds({ path: read.desk, given: true }, draft, store);
    const lost = notGood([...now.findings, ...drafted.findings]).map(({ say }) => say);
    for (const line of new Set(lost)) fail(line);
    const asked = { now: now.desk, draft: drafted.desk, at: instant(Date.now()), days: read.days };
    const found = await whatIf(store, asked);
    const links = await linksOf(ground.config, store, found);
    tell(whatIfText(found, { days: read.days, draft: read.desk, links }));
    return EXIT.well;
  } finally {
    await store.close();
  }
}

/** Addresses of the cards of the cases that flip, in Slack where it answers and in Teams, which need not be asked. */
async function linksOf(
  { slack, teams }: Config,
  store: Store,
  { flips }: WhatIfResult,
): Promise<ReadonlyMap<CaseId, readonly string[]>> {
  const cases = [...new Set(flips.map((flip) => flip.case))];
  const addresses = new Map<PlatformName, (place: Place) => string | null>();
  if (slack !== null && cases.length > 0) {
    const { slackAddresses } = await import('../adapters/slack/index.js');
    addresses.set('slack', await slackAddresses(slack));
  }
  if (teams !== null) addresses.set('teams', (await import('../adapters/teams/index.js')).teamsAddress);
  const links = new Map<CaseId, readonly string[]>();
  for (const [platform, addressOf] of addresses)
    for (const [id, card] of await cardsOf(store, cases, platform)) {
      const address = addressOf(card);
      if (address !== null) links.set(id, [...(links.get(id) ?? []), address]);
    }
  return links;
}

/** `coverage`: who is there when it counts, in the next two weeks. Exit code 1 when somebody will be let down. */
export async function showCoverage({ env, words, tellSection, fail }: Asked): Promise<ExitCode> {
  if (words.length > 0) return wrong(fail, `coverage takes no further words ("${words[0]}")`);
  const ground = await groundOf(env);
  if ('problems' in ground) return wrong(fail, ...ground.problems);
  const { config } = ground;
  const { store, problem } = await storeOf(config, env);
  const { desk, findings: feeds } = await deskWithFeeds(config.deskFile, ground, store);
  if (feeds.length > 0) tellSection({ title: 'Holidays', findings: feeds });
  const connected = [...(config.slack ? ['slack'] : []), ...(config.teams ? ['teams'] : [])];
  const at = instant(Date.now());
  const empty = [note('Nobody is on the desk yet: add "people" to the desk file.')];
  const coverage = desk.people.length === 0 ? empty : flawFindings(coverageFlaws(desk, at, connected));
  tellSection({ title: 'Coverage of the next two weeks', findings: coverage });
  const handling =
    store === null ? null : await createHandling()({ store, desk: () => desk, clock: { now: () => at } });
  tellSection({
    title: 'How long cases take',
    findings: handling === null ? [note(problem)] : handlingFindings(handling),
  });
  const platforms = await platformFindings(config, desk, store);
  const lost = platforms.map((section): Section => ({ ...section, findings: notGood(section.findings) }));
  for (const section of lost) if (section.findings.length > 0) tellSection(section);
  await store?.close();
  const all = [...feeds, ...coverage, ...lost.flatMap(({ findings }) => findings)];
  return all.some(({ mark }) => mark === 'bad') ? EXIT.mend : EXIT.well;
}

const notGood = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ mark }) => mark === 'bad');

function wrong(fail: Asked['fail'], ...lines: readonly string[]): ExitCode {
  for (const line of lines) fail(line);
  return EXIT.wrong;
}

/** What was typed behind `whatif`, or what is wrong with it. */
function readWords(words: readonly string[]): { readonly desk: string; readonly days: number } | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { desk: { type: 'string' }, days: { type: 'string', default: DAYS } },
    });
    const days = /^\d{1,4}$/.test(values.days) ? Number(values.days) : 0;
    if (values.desk === undefined) return 'whatif needs a draft: npx baton whatif --desk draft.yaml [--days 90]';
    if (days < 1 || days > DAYS_MAX) return `--days: "${values.days}" is not a number of days from 1 to ${DAYS_MAX}`;
    return { desk: values.desk, days };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Ground =
  | { readonly config: Config; readonly desk: Desk; readonly feeds: readonly NamedFeed[] }
  | { readonly problems: readonly string[] };

async function groundOf(env: Asked['env']): Promise<Ground> {
  const read = readConfig(env);
  if ('problems' in read) return { problems: read.problems.map(({ line }) => line) };
  const loaded = await loadDesk(read.config.deskFile);
  return 'problem' in loaded ? { problems: [loaded.problem] } : { config: read.config, ...loaded };
}

/** The store with the journal. A database file that is not there is not made: there would be nothing in it. */
async function storeOf(
  config: Config,
  env: Asked['env'],
): Promise<{ readonly store: Store | null; readonly problem: string }> {
  const isSandbox = config.slack === null && config.teams === null;
  if (isSandbox && !env['DATABASE_URL']?.trim())
    return {
      store: null,
      problem: 'The sandbox forgets its cases at its end: set DATABASE_URL to the database that has yours.',
    };
  const path = sqlitePath(config.databaseUrl);
  if (path !== null && !existsSync(path))
    return { store: null, problem: `DATABASE_URL: there is no database at ${path} yet.` };
  try {
    return { store: await openStore(config.databaseUrl), problem: '' };
  } catch (error) {
    return { store: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
