import type { Agent } from 'node:http';
import type { FaultBox } from './faults';
import type { ChannelKeys } from './keys';
import type { IssuedTokens } from './login';
import type { AppFacts } from './manifest';
import type { TeamsWorldOptions } from './options';
import type { JsonObject, TeamsCall } from './protocol';
import type { TeamsState } from './state';

/** What every part of the emulator shares: one world, one core. */
export interface TeamsCore {
  readonly options: Required<Omit<TeamsWorldOptions, 'seed' | 'manifest' | 'messagingEndpoint'>>;
  readonly app: AppFacts;
  readonly botId: string;
  readonly issuer: string;
  readonly state: TeamsState;
  readonly keys: ChannelKeys;
  readonly issued: IssuedTokens;
  readonly faults: FaultBox;
  readonly calls: TeamsCall[];
  /** Activities as sent, by id, newest last: for redelivery. */
  readonly sent: Map<string, JsonObject>;
  /** Deliveries under way, with what cancels them. */
  readonly flying: Set<Promise<unknown>>;
  readonly agent: Agent;
  /** When messages went to a thread, for the rate limits. */
  readonly paces: Map<string, number[]>;
  /** `http://127.0.0.1:PORT`; '' before the start. */
  origin: string;
  messagingEndpoint: string;
  /** Not null while deliveries are held back: those waiting. */
  held: (() => void)[] | null;
  stopped: boolean;
  /** The token now in use for deliveries, and when (machine time) it was signed. */
  ticket: { token: string; signedAt: number } | null;
  readonly listeners: Set<() => void>;
  callSeq: number;
}

const CALLS_MAX = 500;

/** Tells the page that there is something new to draw. */
export function changed(core: TeamsCore): void {
  core.state.revision += 1;
  for (const listener of core.listeners) {
    listener();
  }
}

/** Writes a line into the ring log of calls. */
export function logCall(core: TeamsCore, call: Omit<TeamsCall, 'seq'>): TeamsCall {
  core.callSeq += 1;
  const logged = { seq: core.callSeq, ...call };
  core.calls.push(logged);
  if (core.calls.length > CALLS_MAX) {
    core.calls.shift();
  }
  changed(core);
  return logged;
}

export function serviceUrlOf(core: TeamsCore): string {
  return `${core.origin}/emea/${core.options.tenantId}/`;
}
