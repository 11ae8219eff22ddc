/** Slack: Bolt behind a careful door, and the hands by which cases are shown there. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, type Receiver } from '@slack/bolt';
import type { Doors } from '../../src/app/doors';
import type { Clock, DeskNow, Surface } from '../../src/app/ports';
import { clientOptions, createApi, type Me, type SlackSettings, whoAmI } from './api';
import { createBusy } from './busy';
import { frontOf } from './front';
import { createHttpReceiver } from './httpReceiver';
import { listen } from './listeners';
import { type Log, sdkLogger } from './log';
import { createTries } from './parts';
import { createPeople } from './people';
import { createSocketReceiver } from './socket';
import { createSurface } from './surface';

export type { SlackSettings } from './api';
export { checkSlack, slackAddresses } from './check';
export type { Log } from './log';

export interface SlackStart {
  readonly config: SlackSettings;
  readonly doors: Doors;
  readonly desk: DeskNow;
  readonly clock: Clock;
  readonly log: Log;
  /** The wall clock of signatures in milliseconds; only tests give another one. */
  readonly wallClock?: () => number;
}

export interface Slack {
  readonly surface: Surface;
  /** Answers `POST /slack/events`; null in Socket Mode. Never throws. */
  readonly http: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  /** False while Slack cannot reach Baton for a reason that Baton knows of: the socket is closed. */
  healthy(): boolean;
  stop(): Promise<void>;
}

interface Reached {
  readonly receiver: Receiver;
  readonly http: Slack['http'];
  healthy(): boolean;
}

function overHttp(signingSecret: string, log: Log, now: () => number): Reached {
  const receiver = createHttpReceiver({ signingSecret, log, now });
  return { receiver, http: receiver.http, healthy: () => true };
}

function overSocket(appToken: string, apiUrl: string, log: Log): Reached {
  const receiver = createSocketReceiver({ appToken, apiUrl, log });
  return { receiver, http: null, healthy: () => receiver.connected() };
}

/** The receiver as Bolt gets it: what it receives goes through the front, which holds acknowledgements back. */
function fronted(receiver: Receiver, me: Me, log: Log): Receiver {
  return {
    init: (app) => receiver.init(frontOf(app, { me, log })),
    start: (...args) => receiver.start(...args),
    stop: (...args) => receiver.stop(...args),
  };
}

/** Connects to Slack. Rejects with a SurfaceFailure whose problem says what to mend. */
export async function startSlack({
  config,
  doors,
  desk,
  clock,
  log,
  wallClock = Date.now,
}: SlackStart): Promise<Slack> {
  const api = createApi(config, log);
  const me = await whoAmI(api, log, (ms) => sleep(ms));
  const people = createPeople({ api, desk, clock, log });
  const surface = createSurface({ api, desk, me, people, busy: createBusy({ api, clock, log }) });
  const reached =
    config.kind === 'http'
      ? overHttp(config.signingSecret, log, wallClock)
      : overSocket(config.appToken, config.apiUrl, log);
  const app = new App({
    receiver: fronted(reached.receiver, me, log),
    token: config.botToken,
    botId: me.botId,
    botUserId: me.userId,
    tokenVerificationEnabled: false,
    deferInitialization: true,
    convoStore: false,
    ignoreSelf: false,
    clientOptions: clientOptions(config.apiUrl, log),
    logger: sdkLogger(log),
  });
  await app.init();
  // Bolt's own handler writes the whole error, with what people wrote, to the log
  app.error((error) => Promise.reject(error));
  listen(app, { doors, desk, clock, log, api, me, people, surface, tries: createTries() });
  if (config.kind === 'socket') await app.start();
  log.info({ team: me.team, by: config.kind }, 'connected to Slack');
  return {
    surface,
    http: reached.http,
    healthy: () => reached.healthy(),
    stop: async () => {
      if (config.kind === 'socket') await app.stop();
    },
  };
}
