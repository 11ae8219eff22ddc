/** The way in: settings → store → engine → adapters → ticker. Every wire of Baton is on this page. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config as readDotEnv } from 'dotenv';
import { schedule } from 'node-cron';
import { parse as parseYaml } from 'yaml';
import { openSandbox, type Sandbox } from '../adapters/sandbox';
import { type Slack, startSlack } from '../adapters/slack';
import { openStore, StoreFailure } from '../adapters/storage';
import { startTeams, type TeamsAdapter } from '../adapters/teams';
import { lookAtCoverage } from './app/coverageWatch';
import { createDoors } from './app/doors';
import type { Engine } from './app/perform';
import { type Clock, type Store, type Surface, SurfaceFailure } from './app/ports';
import { createPump, type Pump } from './app/pump';
import { createRounds } from './app/rounds';
import { tellLeads } from './app/tellLeads';
import { followDesk, tick } from './app/wake';
import { type Config, readConfig } from './config';
import { draftDesk } from './config/deskDraft';
import { loadDesk, watchDesk } from './config/deskWatch';
import type { Desk } from './domain/desk/desk';
import { DAY_MS, instant, later } from './domain/ids';
import { createHealth, type Health } from './health';
import { at, listen, type Route, sendJson, sendText } from './http';
import { createLog, type Log, logCommitted } from './log';
import { everySecond } from './ticker';

/** How long a stop may take until what is still under way is cut off. */
const STOP_WITHIN_MS = 8000;
const RECEIPTS_KEPT_MS = DAY_MS;

/** A reason not to start, in one line for whoever runs Baton; ends with exit code 2. */
class CannotStart extends Error {}

export interface Running {
  readonly url: string;
  readonly sandbox: Sandbox | null;
  stop(): Promise<void>;
}

/** The engine with what keeps it going. `desk` is the desk in force; an edit of the file takes its place. */
interface Works {
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly engine: Engine;
  readonly pump: Pump;
  readonly health: Health;
  readonly desk: { current: Desk };
  /** What is wrong with a connection, asked anew at each look. */
  readonly problems: (() => string | null)[];
  readonly surfaces: Map<string, Surface>;
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
  where.store = works.store;
  const platforms = await connect(works);
  const server = await listen(
    [...routes(works, platforms), (request, response) => sandbox?.handle(request, response) ?? false],
    config.http,
  ).catch(portTaken(config));
  where.url = server.url;
  await sandbox?.connect();
  const stopKeeping = keepGoing(works, sandbox, loaded.digest);

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
      draftDesk(await readFile(config.deskFile.path, 'utf8').catch(() => null), words, config.deskFile),
    nudge: () => pump.nudge(),
  };
  const pump = createPump(() => engine);
  return { config, log, store, engine, pump, health, desk, problems, surfaces };
}

interface Platforms {
  readonly slack: Slack | null;
  readonly teams: TeamsAdapter | null;
}

/** Each platform that the settings name gets the doors to come in by, and gives the surface to be seen on. */
async function connect({ config, engine, log, store, surfaces, problems }: Works): Promise<Platforms> {
  const doors = createDoors(engine);
  const { desk, clock } = engine;
  const slack = config.slack === null ? null : await startSlack({ config: config.slack, doors, desk, clock, log });
  const teams = config.teams === null ? null : startTeams({ config: config.teams, doors, desk, clock, log, store });
  if (slack !== null) {
    surfaces.set('slack', slack.surface);
    problems.push(() => (slack.healthy() ? null : 'The connection to Slack is down.'));
  }
  if (teams !== null) surfaces.set('teams', teams.surface);
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

/** The ticker, the watch over the desk file, and the hourly cleaning. Returns what ends them. */
function keepGoing(
  { config, engine, log, pump, health, store, desk }: Works,
  sandbox: Sandbox | null,
  digest: string | null,
): () => Promise<void> {
  // Every minute rather than at the desk's times: an edit of the file moves these, and so does a clock that is pushed.
  const rounds = createRounds(engine);
  let roundsWanted = false;
  const ticker = everySecond(async () => {
    await tick(engine);
    pump.nudge();
    health.ticked();
    // After the alarms, so that an account of the day knows of all that was due in it.
    if (roundsWanted) void rounds.look();
    roundsWanted = false;
  }, engine.troubled);
  const lookAround = (): void => {
    roundsWanted = true;
    ticker.now();
  };
  const byTheMinute = schedule('* * * * *', lookAround);
  sandbox?.clock.onPush(lookAround);
  const follow = (): void =>
    void followDesk(engine).catch((error: unknown) =>
      engine.troubled('the cases could not be looked at after the desk file was edited', error),
    );
  follow();
  const unwatch = watchDesk({
    path: config.deskFile.path,
    digest,
    onGood: (edited) => {
      desk.current = edited;
      log.info({ file: config.deskFile.path }, 'the desk file was edited; the new desk is in force');
      follow();
      void lookAtCoverage(engine).catch((error: unknown) =>
        engine.troubled('coverage could not be looked at after the edit', error),
      );
    },
    onBad: (problem) => {
      log.warn({ problem }, 'the desk file was edited and is wrong; the last good desk stays in force');
      void tellLeads(engine, problem).catch((error: unknown) => engine.troubled('the leads could not be told', error));
    },
  });
  const cleaning = schedule('17 * * * *', () =>
    store
      .forgetReceipts(later(engine.clock.now(), -RECEIPTS_KEPT_MS))
      .catch((error: unknown) => engine.troubled('old receipts could not be removed', error)),
  );
  return async () => {
    await Promise.all([cleaning.destroy(), byTheMinute.destroy()]);
    await rounds.stop();
    unwatch();
    await ticker.stop();
  };
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
