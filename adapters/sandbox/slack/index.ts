import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carryOut } from './acts';
import { createApi } from './api';
import { type Carrier, createDeliveries } from './delivery';
import { createHttpCarrier, signatureOf } from './deliveryHttp';
import { createSocketCarrier, type DisconnectReason, type SocketCarrier } from './deliverySocket';
import { createFaults, type SlackFault } from './faults';
import { createLog } from './log';
import type { SlackAct, SlackActResult, SlackLogEntry, SlackSnapshot } from './protocol';
import { answerHook } from './responseUrls';
import { snapshotOf } from './snapshot';
import { seededState } from './state';
import { otherBotSays, setArchived, takeOut } from './surroundings';
import type { SlackWorldOptions, World } from './world';

export type { SlackFault } from './faults';
export type { SlackManifest } from './manifest';
export type { SlackSeed } from './state';
export type { SlackWorldOptions } from './world';

/** Headers and body of a request as Slack would send it; for tests that forge, age or replay one. */
export type SignedRequest = { body: string; headers: { [name: string]: string } };

export type SlackWorld = {
  /** Listens on 127.0.0.1 (0 picks a free port) and returns the port. */
  start(port?: number): Promise<number>;
  stop(): Promise<void>;
  /** For `slackApiUrl`: `http://127.0.0.1:PORT/api/`. Only once started. */
  readonly apiUrl: string;
  /** Where signed HTTP goes from now on. */
  setRequestUrl(url: string): void;
  act(act: SlackAct): Promise<SlackActResult>;
  snapshot(): SlackSnapshot;
  /** Calls back after changes (several at once count as one). Returns how to stop listening. */
  onChange(heard: () => void): () => void;
  readonly calls: readonly SlackLogEntry[];
  clearCalls(): void;
  fault(fault: SlackFault): void;
  clearFaults(): void;
  /** Sends an event once more, as after an acknowledgement that got lost. */
  redeliver(eventId: string): boolean;
  /** Ids of the events sent so far that are still in the log, oldest first. */
  eventIds(type?: string): string[];
  hold(): void;
  release(order?: 'kept' | 'reversed'): void;
  /** When nothing that was sent to the app is still unanswered. */
  settled(): Promise<void>;
  /** Socket Mode only. */
  disconnect(reason: DisconnectReason): void;
  dropSockets(): void;
  /** Another integration writes into a channel; returns the ts. */
  otherBotSays(channel: string, text: string): string;
  setArchived(channel: string, archived: boolean): void;
  /** Takes a person, or the app's bot, out of a channel. */
  takeOut(channel: string, user: string): void;
  signed(body: string, forged?: { timestamp?: number; secret?: string; contentType?: string }): SignedRequest;
};

const RETRY_DELAYS_MS = [0, 60_000, 300_000];

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Tells listeners in the next turn, once for however many changes there were. */
function createChanges() {
  const listeners = new Set<() => void>();
  let due = false;
  return {
    listeners,
    changed(): void {
      if (due) return;
      due = true;
      setImmediate(() => {
        due = false;
        for (const heard of listeners) heard();
      });
    },
  };
}

/** A Slack workspace on this machine: state, Web API, deliveries to the app, and the acts of its people. */
export function createSlackWorld(options: SlackWorldOptions): SlackWorld {
  const changes = createChanges();
  let origin: string | null = null;
  let requestUrl = options.requestUrl;
  const state = seededState(options.seed, botNameOf(options), options.now());
  const changed = (): void => {
    state.revision += 1;
    changes.changed();
  };
  const log = createLog(options.logSize ?? 500, changes.changed);
  const socket = options.delivery === 'socket' ? socketOf(options, changed) : undefined;
  const carrier: Carrier = socket ?? httpOf(options, () => requestUrl);
  const started = (): string => {
    if (origin === null) throw new Error('the Slack world is not started');
    return origin;
  };
  const world: World = {
    options,
    manifest: options.manifest,
    state,
    log,
    faults: createFaults(),
    deliveries: createDeliveries(carrier, {
      log,
      now: options.now,
      ackWindowMs: options.ackWindowMs ?? 3_000,
      retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    }),
    now: options.now,
    apiUrl: () => `${started()}/api/`,
    origin: started,
    changed,
  };
  const server = createServer(answering(world, socket));
  if (socket) server.on('upgrade', socket.upgrade);
  return {
    async start(port = 0) {
      const bound = await listen(server, port);
      origin = `http://127.0.0.1:${bound}`;
      return bound;
    },
    async stop() {
      await world.deliveries.stop();
      changes.listeners.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    get apiUrl() {
      return world.apiUrl();
    },
    setRequestUrl(url) {
      requestUrl = url;
    },
    act: (act) => carryOut(world, act),
    snapshot: () => snapshotOf(world),
    onChange(heard) {
      changes.listeners.add(heard);
      return () => void changes.listeners.delete(heard);
    },
    get calls() {
      return log.entries();
    },
    clearCalls: () => log.clear(),
    fault: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    redeliver: (eventId) => world.deliveries.redeliver(eventId),
    eventIds: (type) => eventIdsIn(log.entries(), type),
    hold: () => world.deliveries.hold(),
    release: (order = 'kept') => world.deliveries.release(order),
    settled: () => world.deliveries.settled(),
    disconnect: (reason) => socket?.disconnect(reason),
    dropSockets: () => socket?.drop(),
    otherBotSays: (channel, text) => otherBotSays(world, channel, text),
    setArchived: (channel, archived) => setArchived(world, channel, archived),
    takeOut: (channel, user) => takeOut(world, channel, user),
    signed: (body, forged) => signedRequest(options, body, forged),
  };
}

function botNameOf(options: SlackWorldOptions): string {
  return options.manifest.features?.bot_user?.display_name ?? options.manifest.display_information.name;
}

function socketOf(options: SlackWorldOptions, onChange: () => void): SocketCarrier {
  return createSocketCarrier({ appId: options.seed.app.id, pingMs: options.socketPingMs ?? 10_000, onChange });
}

function httpOf(options: SlackWorldOptions, requestUrl: () => string | undefined): Carrier {
  const signingNow = options.signingNow ?? Date.now;
  return createHttpCarrier({ requestUrl, signingSecret: options.signingSecret, signingNow });
}

function answering(world: World, socket: SocketCarrier | undefined) {
  const api = createApi(world, () => socket?.openUrl(world.origin()));
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    const answer = path.startsWith('/api/')
      ? api(request, response)
      : path.startsWith('/hooks/') && request.method === 'POST'
        ? answerHook(world, request, response)
        : Promise.resolve(void response.writeHead(404).end());
    // A bug of the emulator must be seen by whoever called, not end the process.
    answer.catch((problem: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(problem instanceof Error ? problem.message : 'the emulator stumbled');
    });
  };
}

function eventIdsIn(entries: SlackLogEntry[], type: string | undefined): string[] {
  const ids = entries.flatMap((one) =>
    one.kind === 'delivery' && one.event_id !== undefined && (type === undefined || one.type === type)
      ? [one.event_id]
      : [],
  );
  return [...new Set(ids)];
}

function signedRequest(
  options: SlackWorldOptions,
  body: string,
  forged: { timestamp?: number; secret?: string; contentType?: string } = {},
): SignedRequest {
  const timestamp = forged.timestamp ?? Math.floor((options.signingNow ?? Date.now)() / 1000);
  return {
    body,
    headers: {
      'content-type': forged.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signatureOf(forged.secret ?? options.signingSecret, timestamp, body),
    },
  };
}
