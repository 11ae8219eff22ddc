/** What keeps a running Baton going: the ticker, the rounds of the day, the watch over the desk file, and the cleaning. */
import { schedule } from 'node-cron';
import { lookAtCoverage } from './app/coverageWatch';
import { forgetEarly } from './app/early';
import type { Engine } from './app/perform';
import type { Store, Surface } from './app/ports';
import type { Pump } from './app/pump';
import { createRounds } from './app/rounds';
import { tellLeads, tellLeadsOfFeed } from './app/tellLeads';
import { followDesk, tick } from './app/wake';
import { createAudit } from './auditing';
import { backUpApart, lookAtBackups } from './backups';
import type { Config } from './config';
import { watchDesk } from './config/deskWatch';
import type { Feeds } from './config/holidayFeeds';
import type { Desk } from './domain/desk/desk';
import { DAY_MS, later } from './domain/ids';
import type { Health } from './health';
import type { Log } from './log';
import { everySecond } from './ticker';

const RECEIPTS_KEPT_MS = DAY_MS;

/** The engine with what keeps it going. `desk` is the desk in force; an edit of the file takes its place. */
export interface Works {
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly engine: Engine;
  readonly pump: Pump;
  readonly health: Health;
  readonly desk: { current: Desk };
  readonly feeds: Feeds;
  /** What is wrong with a connection, asked anew at each look. */
  readonly problems: (() => string | null)[];
  readonly surfaces: Map<string, Surface>;
}

/**
 * Starts all that goes on by itself; `digest` is that of the desk file as it was read at the start, and `pushed` tells of a
 * clock that was moved by hand. Returns what ends it.
 */
export function keepGoing(
  works: Works,
  pushed: (listener: () => void) => void,
  digest: string | null,
): () => Promise<void> {
  const { config, engine, log, pump, health, store, desk, feeds } = works;
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
  const audit = createAudit({ ...works, heartbeatUrl: config.heartbeatUrl });
  const byTheMinute = schedule('* * * * *', () => {
    lookAround();
    void audit();
  });
  pushed(lookAround);
  const follow = (): void =>
    void followDesk(engine).catch((error: unknown) =>
      engine.troubled('the cases could not be looked at after the desk file was edited', error),
    );
  follow();
  void engine.busy?.look();
  const unwatch = watchDesk({
    path: config.deskFile.path,
    digest,
    feeds,
    onGood: (edited) => {
      desk.current = edited;
      log.info({ file: config.deskFile.path }, 'the desk file or its holidays were edited; the new desk is in force');
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
  const askFeeds = (): void => void lookAtFeeds(works);
  askFeeds();
  pushed(askFeeds);
  const feedRounds = schedule('*/15 * * * *', askFeeds);
  const backUp = backsUp(works);
  void backUp();
  const backingUp = schedule('*/10 * * * *', () => void backUp());
  const cleaning = schedule('17 * * * *', () =>
    // In this order: what came early must not outlive the receipts of its having been made good.
    forgetEarly(engine, RECEIPTS_KEPT_MS)
      .then(() => store.forgetReceipts(later(engine.clock.now(), -RECEIPTS_KEPT_MS)))
      .catch((error: unknown) => engine.troubled('old receipts could not be removed', error)),
  );
  return async () => {
    await Promise.all([cleaning.destroy(), byTheMinute.destroy(), feedRounds.destroy(), backingUp.destroy()]);
    await rounds.stop();
    unwatch();
    await ticker.stop();
  };
}

/** A backup that fails is tried again at the next look; until one succeeds `/readyz` notes it and no heartbeat goes out. */
function backsUp({ config, engine, health, log }: Works): () => Promise<void> {
  let underWay = false;
  return async () => {
    if (config.backup === null || underWay) return;
    underWay = true;
    try {
      const made = await lookAtBackups({ ...config.backup, nowMs: Date.now, backUp: backUpApart(config.databaseUrl) });
      if (made !== null) log.info({ made }, 'a backup was made');
      health.noted('backup', null);
    } catch (error) {
      engine.troubled('no backup could be made', error);
      health.noted('backup', `No backup could be made: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      underWay = false;
    }
  };
}

/** Most of these find nothing to ask: a feed that answered is asked again after a day. What is new in it the watch over the desk file finds. */
async function lookAtFeeds({ feeds, engine, log }: Works): Promise<void> {
  try {
    for (const trouble of await feeds.refresh()) {
      log.warn({ problem: trouble.say }, 'the holidays of a feed could not be read');
      await tellLeadsOfFeed(engine, trouble);
    }
  } catch (error) {
    engine.troubled('the feeds of holidays could not be looked after', error);
  }
}
