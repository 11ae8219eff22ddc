/** The way in: settings → store → engine → adapters → ticker. Every wire of Baton is on this page. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config as readDotEnv } from 'dotenv';
import { parse as parseYaml } from 'yaml';
import { openSandbox, type Sandbox } from '../adapters/sandbox';
import { type Slack, startSlack } from '../adapters/slack';
import { openStore, StoreFailure } from '../adapters/storage';
import { startTeams, type TeamsAdapter } from '../adapters/teams';
import { createBusyWatch } from './app/busy';
import { createDoors } from './app/doors';
import type { Engine } from './app/perform';
import { type Clock, type Store, type Surface, SurfaceFailure } from './app/ports';
import { createPump } from './app/pump';
import { createSeals, installSecret } from './app/seal';
import { sealedDoors, sealedSurface } from './app/sealed';
import { type Config, readConfig } from './config';
import { draftDesk } from './config/deskDraft';
import { ICAL_BYTES_MAX } from './config/deskHolidays';
import { type DeskDigest, loadDesk } from './config/deskWatch';
import { fetchFeedBy } from './config/feedFetch';
import { createFeeds } from './config/holidayFeeds';
import { partyKey } from './domain/case/case';
import type { Desk } from './domain/desk/desk';
import { instant } from './domain/ids';
import { createHealth } from './health';
import { at, listen, type Route, sendJson, sendText } from './http';
import { keepGoing, type Works } from './keeping';
import { createLog, logCommitted } from './log';

/** How long a stop may take until what is still under way is cut off. */
const STOP_WITHIN_MS = 8000;

/** A reason not to start, in one line for whoever runs Baton; ends with exit code 2. */
class CannotStart extends Error {}

export interface Running {
  readonly url: string;
  readonly sandbox: Sandbox | null;
  stop(): Promise<void>;
}

/** Starts Baton with these settings. Rejects with CannotStart when they are wrong. */
export async function startBaton(given: NodeJS.ProcessEnv): Promise<Running> {
  const wanted = configOf(given);
  const where: Whereabouts = { url: '', store: null };
  const sandbox = wanted.slack === null && wanted.teams === null ? await openSandboxAt(where, given) : null;
  const config =
    sandbox === null
      ? wanted
      : configOf({ DATABASE_URL: scratchDatabase(), ...present(given), HOST: wanted.http.host, ...sandbox.env });
  const loaded = await loadDesk(config.deskFile);
  if ('problem' in loaded) throw new CannotStart(loaded.problem);
  const clock: Clock = { now: () => instant(sandbox === null ? Date.now() : sandbox.clock.now()) };

  const works = await assemble(config, clock, loaded.desk);
  const digest = loaded.feeds.length === 0 ? loaded.digest : await withFeeds(works);
  where.store = works.store;
  const platforms = await connect(works);
  const server = await listen(
    [...routes(works, platforms), (request, response) => sandbox?.handle(request, response) ?? false],
    config.http,
  ).catch(portTaken(config));
  where.url = server.url;
  await sandbox?.connect();
  const stopKeeping = keepGoing(works, (listener) => sandbox?.clock.onPush(listener), digest);

  const stop = async (): Promise<void> => {
    await server.stop(STOP_WITHIN_MS);
    await stopKeeping();
    await Promise.all([platforms.slack?.stop(), platforms.teams?.stop(), works.pump.stop()]);
    await sandbox?.stop();
    await works.store.close();
  };
  return { url: server.url, sandbox, stop };
}

async function assemble(config: Config, clock: Clock, first: Desk): Promise<Works> {
  const log = createLog({ level: config.logLevel, pretty: process.stdout.isTTY === true });
  const store = await openStore(config.databaseUrl);
  const desk = { current: first };
  const surfaces = new Map<string, Surface>();
  const problems: Works['problems'] = [];
  const feeds = createFeeds({ memory: store, now: clock.now, fetch: fetchFeedBy({ bytesMax: ICAL_BYTES_MAX }) });
  const health = createHealth(store, clock, () => problems.map((say) => say()).filter((say) => say !== null));
  const engine: Engine = {
    store,
    clock,
    surfaces,
    desk: () => desk.current,
    accepted: (change) => {
      logCommitted(log, change);
      health.accepted(change);
    },
    troubled: (what, error) => {
      log.error({ error }, what);
      health.troubled();
    },
    draft: async (words) =>
      draftDesk(await readFile(config.deskFile.path, 'utf8').catch(() => null), words, {
        ...config.deskFile,
        feeds: feeds.read,
      }),
    busy: createBusyWatch(() => engine),
    nudge: () => pump.nudge(),
  };
  const pump = createPump(() => engine);
  return { config, log, store, engine, pump, health, desk, feeds, problems, surfaces };
}

/** Puts the desk with the holidays of its feeds in force; the copies that are kept lie in the store, so it had to be opened first. */
async function withFeeds({ config, feeds, desk }: Works): Promise<DeskDigest> {
  const loaded = await loadDesk(config.deskFile, feeds);
  if ('problem' in loaded) throw new CannotStart(loaded.problem);
  desk.current = loaded.desk;
  return loaded.digest;
}

interface Platforms {
  readonly slack: Slack | null;
  readonly teams: TeamsAdapter | null;
}

/** Each platform that the settings name gets the doors to come in by, and gives the surface to be seen on. */
async function connect({ config, engine, log, store, surfaces, problems }: Works): Promise<Platforms> {
  const { desk, clock } = engine;
  const seals = createSeals(await installSecret(store));
  const doors = sealedDoors(createDoors(engine), {
    seals,
    now: clock.now,
    refused: (broken, verb, { party }) => log.warn({ broken, verb, actor: partyKey(party) }, 'a press was refused'),
  });
  const slack = config.slack === null ? null : await startSlack({ config: config.slack, doors, desk, clock, log });
  const teams = config.teams === null ? null : startTeams({ config: config.teams, doors, desk, clock, log, store });
  if (slack !== null) {
    surfaces.set('slack', sealedSurface(slack.surface, seals));
    problems.push(() => (slack.healthy() ? null : 'The connection to Slack is down.'));
  }
  if (teams !== null) surfaces.set('teams', sealedSurface(teams.surface, seals));
  return { slack, teams };
}

function routes({ health }: Works, { slack, teams }: Platforms): readonly Route[] {
  return [
    at(
      'POST',
      '/slack/events',
      (request, response) =>
        slack?.http?.(request, response) ?? sendText(response, 404, 'Slack is not connected over HTTP.\n'),
    ),
    at(
      'POST',
      '/api/messages',
      (request, response) => teams?.http(request, response) ?? sendText(response, 404, 'Teams is not connected.\n'),
    ),
    at('GET', '/healthz', (_, response) => sendText(response, 200, 'ok\n')),
    at('GET', '/readyz', async (_, response) => {
      const readiness = await health.readiness();
      sendJson(response, readiness.ready ? 200 : 503, readiness);
    }),
    at('GET', '/metrics', async (_, response) => {
      const { body, type } = await health.metrics();
      sendText(response, 200, body, { 'content-type': type });
    }),
  ];
}

function configOf(env: NodeJS.ProcessEnv): Config {
  const read = readConfig(env);
  if ('problems' in read) throw new CannotStart(read.problems.map((problem) => problem.line).join('\n'));
  return read.config;
}

/** What the sandbox asks of a Baton that starts after it. */
interface Whereabouts {
  url: string;
  store: Store | null;
}

/** With no platform in the settings the outside world is emulated on this machine, and the settings point at it. */
function openSandboxAt(where: Whereabouts, given: NodeJS.ProcessEnv): Promise<Sandbox> {
  const manifests = join(__dirname, '..', 'manifests');
  return openSandbox({
    appUrl: () => where.url,
    nextWarning: async () => (await where.store?.nextAlarmAt()) ?? null,
    slackDelivery: given['SANDBOX_SLACK'] === 'socket' ? 'socket' : 'http',
    manifests: {
      slack: parseYaml(readFileSync(join(manifests, 'slack.yaml'), 'utf8')),
      teams: JSON.parse(readFileSync(join(manifests, 'teams', 'manifest.json'), 'utf8')),
    },
  });
}

/** An empty setting counts as absent. */
const present = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));

/** The emulated platforms forget everything when they stop, so the cases that they showed go with them. */
const scratchDatabase = (): string => `file:${join(mkdtempSync(join(tmpdir(), 'baton-')), 'sandbox.db')}`;

function portTaken({ http }: Config): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw new CannotStart(
      `PORT: cannot listen on ${http.host}:${http.port} (${error.code ?? error.message}); stop what uses it, or set PORT to a free one.`,
    );
  };
}

const tell = (words: string): void => void process.stderr.write(`${words}\n`);

async function main(): Promise<void> {
  readDotEnv({ quiet: true });
  const baton = await startBaton(process.env);
  tell(
    baton.sandbox === null
      ? `Baton listens on ${baton.url}`
      : `\n  Baton’s sandbox is open: ${baton.url}\n  A Slack workspace and a Teams team, emulated on this machine. Stop it with Ctrl+C.\n`,
  );
  const end = (): void => {
    setTimeout(() => process.exit(0), STOP_WITHIN_MS + 1500).unref();
    void baton.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function cannotStart(error: unknown): void {
  const expected = error instanceof CannotStart || error instanceof SurfaceFailure || error instanceof StoreFailure;
  tell(expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  // Sockets and timers of what had started already would keep the process alive.
  setTimeout(() => process.exit(expected ? 2 : 1), 50);
}

if (require.main === module) {
  // The SDKs lose promises of their own (socket-mode 3.1.0 on reconnect): say so and stay up, since nothing of ours hangs on them.
  process.on('unhandledRejection', (reason) =>
    tell(`A library let a failure go unheard: ${reason instanceof Error ? reason.message : String(reason)}`),
  );
  main().catch(cannotStart);
}
