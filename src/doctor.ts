/** `baton doctor`: looks at everything that a start would use and says, line by line, what is well and what to mend. */
import { existsSync } from 'node:fs';
import { openStore } from '../adapters/storage';
import { createHandling } from './app/handling';
import type { Store } from './app/ports';
import { BACKUP_LATE_MS, backupsIn } from './backups';
import { flawFindings, handlingFindings } from './cli/coverageFindings';
import { coverageFindings, peopleFindings } from './cli/deskFindings';
import { bad, type Finding, forLater, fromAdapter, good, note, type Section } from './cli/findings';
import { type Config, readConfig } from './config';
import { loadDesk } from './config/deskWatch';
import { coverageFlaws, type Flaw } from './domain/desk/coverage';
import type { Desk, PlatformName } from './domain/desk/desk';
import { DAY_MS, HOUR_MS, instant } from './domain/ids';
import { deskWithFeeds } from './feeds';

/** The exit codes: all well, something to mend, and settings or a desk file with which Baton would not start. */
export const EXIT = { well: 0, mend: 1, wrong: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Examined {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears of each section as soon as it is done: a platform may take its time. */
  readonly tell: (section: Section) => void;
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Never rejects for anything outside this process. Makes the database and its tables when they are not there yet. */
export async function examine({ env, tell }: Examined): Promise<ExitCode> {
  const read = readConfig(env);
  if ('problems' in read) {
    const skipped = note('The rest is looked at once the settings are right.');
    tell({ title: 'Settings', findings: [...read.problems.map(({ line }) => bad(line)), skipped] });
    return EXIT.wrong;
  }
  const { config } = read;
  tell({ title: 'Settings', findings: settingsFindings(config) });
  const loaded = await loadDesk(config.deskFile);
  const deskFile = 'problem' in loaded ? bad(loaded.problem) : deskFinding(loaded.desk, config, loaded.digest !== null);
  tell({ title: 'Desk file', findings: [deskFile] });
  const database = await databaseOf(config, env['DATABASE_URL']);
  tell({ title: 'Database', findings: database.findings });
  const backups = backupFindings(config);
  if (backups.length > 0) tell({ title: 'Backups', findings: backups });
  const holidays = 'problem' in loaded ? null : await deskWithFeeds(config.deskFile, loaded, database.store);
  if (holidays !== null && holidays.findings.length > 0) tell({ title: 'Holidays', findings: holidays.findings });
  const rest = holidays === null ? unseen() : await outward(config, holidays.desk, database.store);
  for (const section of rest) tell(section);
  await database.store?.close();
  if (holidays === null) return EXIT.wrong;
  const all = [...database.findings, ...backups, ...holidays.findings, ...rest.flatMap(({ findings }) => findings)];
  return all.some(({ mark }) => mark === 'bad') ? EXIT.mend : EXIT.well;
}

const unseen = (): readonly Section[] => [
  {
    title: 'Slack, Teams, People, Coverage',
    findings: [note('These are looked at once the desk file is right.')],
  },
];

function settingsFindings({ slack, teams, http, logLevel }: Config): Finding[] {
  const file = existsSync('.env')
    ? 'from .env and the environment'
    : 'from the environment alone; there is no .env here';
  const heard = `Baton will listen on ${http.host}:${http.port}, log level ${logLevel} (${file}).`;
  if (slack === null && teams === null)
    return [good(heard), note('Neither Slack nor Teams is set up: npm start opens the sandbox.')];
  const reach = slack?.kind === 'socket' ? 'by Socket Mode' : 'over HTTP, at POST /slack/events';
  return [
    good(heard),
    slack === null ? note('Slack is not set up.') : good(`Slack ${reach}.`),
    teams === null ? note('Teams is not set up.') : good('Teams at POST /api/messages.'),
  ];
}

function deskFinding(desk: Desk, { deskFile }: Config, isFile: boolean): Finding {
  const counts = `${desk.name}: ${desk.people.length} people, ${desk.levels.length} levels, ${desk.priorities.length} priorities`;
  return isFile
    ? good(`${deskFile.path}: ${counts}.`)
    : note(
        `There is no ${deskFile.path}, so the built-in desk serves (${counts}): copy the example and make it yours.`,
      );
}

interface Database {
  readonly store: Store | null;
  readonly findings: readonly Finding[];
}

/** Opens it as a start would, the tables brought up to date, and writes and reads a row. */
async function databaseOf(config: Config, given: string | undefined): Promise<Database> {
  const isSandbox = config.slack === null && config.teams === null;
  if (isSandbox && !given?.trim())
    return {
      store: null,
      findings: [note('The sandbox keeps its cases in a file of its own and forgets them at its end.')],
    };
  try {
    const store = await openStore(config.databaseUrl);
    await store.ping();
    const { dead } = await store.outbox(instant(Date.now()));
    const undelivered =
      dead === 0
        ? []
        : [note(`${dead} messages could not be delivered: \`/case ops\` shows which and why, and sends them again.`)];
    return {
      store,
      findings: [good(`${databaseName(config.databaseUrl)}: opened, up to date, read and written.`), ...undelivered],
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { store: null, findings: [bad(`${databaseName(config.databaseUrl)}: ${why}`)] };
  }
}

/** How old the newest backup is; nothing where there is nothing to back up. */
function backupFindings({ backup, databaseUrl, slack, teams }: Config): readonly Finding[] {
  if (slack === null && teams === null && backup === null) return [];
  if (!databaseUrl.startsWith('file:'))
    return [note('PostgreSQL is backed up by its own tools: npx baton backup prints the command.')];
  if (backup === null) return [note('BACKUP_DIR is not set, so Baton makes no backups by itself.')];
  const all = backupsIn(backup.dir);
  const newest = all.at(-1);
  if (newest === undefined)
    return [note(`There is no backup in ${backup.dir} yet: Baton makes the first when it runs.`)];
  const ageMs = Date.now() - newest.atMs;
  const age = ageMs < DAY_MS ? `${Math.floor(ageMs / HOUR_MS)} h` : `${Math.floor(ageMs / DAY_MS)} days`;
  const said = `The newest of ${all.length} in ${backup.dir} is ${age} old`;
  return [
    ageMs > BACKUP_LATE_MS ? bad(`${said}: see that Baton runs, and what its log says of backups.`) : good(`${said}.`),
  ];
}

/** Where the cases are, without the name and password by which one gets there. */
function databaseName(url: string): string {
  if (!/^postgres/.test(url)) return `SQLite, ${url.replace(/^file:/, '')}`;
  const { host, pathname } = new URL(url);
  return `PostgreSQL, ${pathname.slice(1)} at ${host}`;
}

// The platforms' SDKs take a second to load: only who uses a platform waits for its SDK. (import() wants the whole path.)
async function slackFindings({ slack }: Config, desk: Desk): Promise<readonly Finding[]> {
  if (slack === null) return [note('Not set up.')];
  const { checkSlack } = await import('../adapters/slack/index.js');
  return (await checkSlack(slack, desk)).map(fromAdapter);
}

/** Levels without anybody are told with the people. */
const isOfCoverage = ({ keys }: Flaw): boolean => !keys.some((key) => key.startsWith('empty:'));

/** What the platforms say, and then the desk against the platforms that are there. */
async function outward(config: Config, desk: Desk, store: Store | null): Promise<readonly Section[]> {
  const connected: PlatformName[] = [...(config.slack ? ['slack'] : []), ...(config.teams ? ['teams'] : [])];
  const at = instant(Date.now());
  const shifts = desk.people.length === 0 ? [] : flawFindings(coverageFlaws(desk, at, []).filter(isOfCoverage));
  const handling =
    store === null
      ? []
      : handlingFindings(await createHandling()({ store, desk: () => desk, clock: { now: () => at } }));
  const coverage = [...coverageFindings(desk, at), ...shifts, ...handling];
  const people = peopleFindings(desk, connected.length === 0 ? ['slack', 'teams'] : connected);
  const isSandbox = connected.length === 0;
  return [
    ...(await platformFindings(config, desk, store)),
    { title: 'People', findings: isSandbox ? people.map(forLater) : people },
    { title: 'Coverage', findings: isSandbox ? coverage.map(forLater) : coverage },
  ];
}

/** What the platforms say of the settings and of what the desk file names there. */
export async function platformFindings(config: Config, desk: Desk, store: Store | null): Promise<readonly Section[]> {
  return [
    { title: 'Slack', findings: await slackFindings(config, desk) },
    { title: 'Teams', findings: await teamsFindings(config, desk, store) },
  ];
}

async function teamsFindings({ teams }: Config, desk: Desk, store: Store | null): Promise<readonly Finding[]> {
  if (teams === null) return [note('Not set up.')];
  if (store === null) return [note('Where Teams can be reached is kept in the database: mend that first.')];
  const { checkTeams } = await import('../adapters/teams/index.js');
  return (await checkTeams({ config: teams, desk: () => desk, store, log: SILENT })).map(fromAdapter);
}
