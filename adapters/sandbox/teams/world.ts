import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announceInstalls } from './actInstall';
import { performAct } from './acts';
import { serviceUrlOf, type TeamsCore } from './core';
import type { Delivery } from './delivery';
import { keepTrack, sendAgain } from './delivery';
import { draftMessage } from './draft';
import type { TeamsFault } from './faults';
import { post } from './httpPost';
import { createKeys, signToken, type TokenOverrides } from './keys';
import { readManifest } from './manifest';
import type { TeamsWorldOptions } from './options';
import type { JsonObject, TeamsAct, TeamsActResult, TeamsCall, TeamsSnapshot } from './protocol';
import { createTeamsServer, metadataPath } from './server';
import { snapshotOf } from './snapshot';
import { createState } from './state';

/** The settings that make a bot work with this world instead of with Microsoft's. */
export interface TeamsSettings {
  TEAMS_APP_ID: string;
  TEAMS_APP_PASSWORD: string;
  TEAMS_TENANT_ID: string;
  TEAMS_OPENID_METADATA_URL: string;
  TEAMS_TOKEN_ISSUER: string;
  TEAMS_LOGIN_URL: string;
  TEAMS_SERVICE_URLS: string;
}

export interface TeamsWorld {
  /** Listens on loopback; port 0 takes a free one. Answers the port. */
  start(port?: number): Promise<number>;
  /** Ends the server and every connection; deliveries under way are given up. */
  stop(): Promise<void>;
  /** Says where the bot listens. */
  connect(messagingEndpoint: string): void;
  settings(): TeamsSettings;
  serviceUrl(): string;
  /** The bot's id in Teams, `28:…`. */
  readonly botId: string;
  act(act: TeamsAct): Promise<TeamsActResult>;
  snapshot(): TeamsSnapshot;
  /** Calls back after every change; answers what ends that. */
  onChange(listener: () => void): () => void;
  /** The last 500 calls, oldest first. */
  readonly calls: readonly TeamsCall[];
  /** Tells the bot of every installation, so that it learns where it is. */
  announceInstalls(): Promise<void>;
  /** Resolves when no delivery or act is under way, redeliveries included. */
  settled(): Promise<void>;
  fault(fault: TeamsFault): void;
  clearFaults(): void;
  /** Sends an activity once more, with the same id. Throws when it was never sent. */
  redeliver(activityId: string): Promise<Delivery>;
  /** Holds activities back until `release`, which lets them go in order or the other way round. */
  hold(): void;
  release(order?: 'inOrder' | 'reversed'): void;
  /** A token as the channel signs it, or a bad one. */
  token(overrides?: TokenOverrides): string;
  /** Ends all tokens that the bot has fetched. */
  expireTokens(): void;
  /** The activity that saying this would send; nothing is said. For forgeries. */
  draft(said: { user: string; conversation: string; text: string }): JsonObject;
  /** Posts anything to the bot's endpoint. A body that is no string is sent as JSON. */
  rawPost(body: string | JsonObject, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
}

/** A Teams tenant with its people and a Bot Connector, for one bot. Throws when the manifest has no such bot. */
export async function createTeamsWorld(options: TeamsWorldOptions): Promise<TeamsWorld> {
  const core = await createCore(options);
  const server = createTeamsServer(core);
  return {
    botId: core.botId,
    calls: core.calls,
    start: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const taken = (server.address() as AddressInfo).port;
          core.origin = `http://127.0.0.1:${taken}`;
          resolve(taken);
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        core.stopped = true;
        core.agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    connect: (endpoint) => {
      core.messagingEndpoint = endpoint;
    },
    settings: () => settingsOf(core),
    serviceUrl: () => serviceUrlOf(core),
    act: (act) => keepTrack(core, performAct(core, act)),
    snapshot: () => snapshotOf(core),
    onChange: (listener) => {
      core.listeners.add(listener);
      return () => void core.listeners.delete(listener);
    },
    announceInstalls: () => keepTrack(core, announceInstalls(core)),
    settled: () => settled(core),
    ...faultHandles(core),
    ...forgeryHandles(core),
  };
}

type FaultHandles = Pick<TeamsWorld, 'fault' | 'clearFaults' | 'redeliver' | 'hold' | 'release' | 'expireTokens'>;

function faultHandles(core: TeamsCore): FaultHandles {
  return {
    fault: (fault) => void core.faults.waiting.push({ fault, left: fault.times ?? 1 }),
    clearFaults: () => {
      core.faults.waiting = [];
    },
    redeliver: (activityId) => keepTrack(core, sendAgain(core, activityId)),
    hold: () => {
      core.held ??= [];
    },
    release: (order = 'inOrder') => {
      const waiting = core.held ?? [];
      core.held = null;
      for (const go of order === 'inOrder' ? waiting : waiting.reverse()) {
        go();
      }
    },
    expireTokens: () => {
      for (const token of core.issued.keys()) {
        core.issued.set(token, 0);
      }
    },
  };
}

function forgeryHandles(core: TeamsCore): Pick<TeamsWorld, 'token' | 'draft' | 'rawPost'> {
  const facts = () => ({ appId: core.options.appId, issuer: core.issuer, serviceUrl: serviceUrlOf(core) });
  return {
    token: (overrides) => signToken(core.keys, facts(), overrides),
    draft: (said) => draftMessage(core, said),
    rawPost: async (body, headers = {}) => {
      const posted = await post({
        url: core.messagingEndpoint,
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        limitMs: core.options.turnLimitMs,
        agent: core.agent,
      });
      return posted ?? { status: 0, text: '' };
    },
  };
}

async function createCore(options: TeamsWorldOptions): Promise<TeamsCore> {
  const { seed, manifest, messagingEndpoint, ...rest } = options;
  const now = options.now ?? Date.now;
  return {
    options: {
      turnLimitMs: 15_000,
      extensionLimitMs: 5_000,
      redeliveriesMax: 1,
      tokenLifetimeMs: 3_600_000,
      rateLimits: false,
      ...rest,
      now,
    },
    app: readManifest(manifest, options.appId),
    botId: `28:${options.appId}`,
    // Not Microsoft's issuer: a bot that works here has really read its settings.
    issuer: 'https://channel.teams.test',
    state: createState(seed, now()),
    keys: await createKeys(),
    issued: new Map(),
    faults: { waiting: [] },
    calls: [],
    sent: new Map(),
    flying: new Set(),
    agent: new Agent({ keepAlive: true }),
    paces: new Map(),
    origin: '',
    messagingEndpoint: messagingEndpoint ?? '',
    held: null,
    stopped: false,
    ticket: null,
    listeners: new Set(),
    callSeq: 0,
  };
}

function settingsOf(core: TeamsCore): TeamsSettings {
  const { appId, appPassword, tenantId } = core.options;
  return {
    TEAMS_APP_ID: appId,
    TEAMS_APP_PASSWORD: appPassword,
    TEAMS_TENANT_ID: tenantId,
    TEAMS_OPENID_METADATA_URL: `${core.origin}${metadataPath(core)}`,
    TEAMS_TOKEN_ISSUER: core.issuer,
    TEAMS_LOGIN_URL: `${core.origin}/login`,
    TEAMS_SERVICE_URLS: new URL(core.origin).host,
  };
}

async function settled(core: TeamsCore): Promise<void> {
  while (core.flying.size > 0) {
    await Promise.allSettled(core.flying);
  }
}
