import type { Deliveries } from './delivery';
import type { Faults } from './faults';
import type { SlackLog } from './log';
import type { SlackManifest } from './manifest';
import type { SlackSeed, SlackState } from './state';

export type SlackWorldOptions = {
  seed: SlackSeed;
  /** The manifest that an operator would upload: what it does not declare does not exist here. */
  manifest: SlackManifest;
  /** The workspace's clock, in milliseconds: message times, trigger and response_url expiry. */
  now: () => number;
  signingSecret: string;
  botToken: string;
  /** Needed for Socket Mode only. */
  appToken?: string;
  delivery: 'http' | 'socket';
  /** Where signed HTTP goes; may be given later with `setRequestUrl`, when the app's port is known. */
  requestUrl?: string;
  /** The clock of signatures, which the app compares with real time; default `Date.now`. */
  signingNow?: () => number;
  /** How long the app may take to acknowledge; Slack gives 3000 ms. */
  ackWindowMs?: number;
  /** Waits before the second, third and fourth attempt of an event; Slack's are 0, 1 and 5 minutes. */
  retryDelaysMs?: number[];
  /** One message a second and channel, as Slack allows; off when left out. */
  rateLimit?: boolean;
  /** Lines kept for the developers' panel; default 500. */
  logSize?: number;
  /** Between pings of the socket; default 10000 ms. */
  socketPingMs?: number;
};

/** What every part of the emulator works on. */
export type World = {
  options: SlackWorldOptions;
  manifest: SlackManifest;
  state: SlackState;
  faults: Faults;
  log: SlackLog;
  deliveries: Deliveries;
  now(): number;
  /** Base of the Web API, once started: `http://127.0.0.1:PORT/api/`. */
  apiUrl(): string;
  /** Origin of response URLs and of the socket. */
  origin(): string;
  /** Says that the snapshot differs from before. */
  changed(): void;
};
