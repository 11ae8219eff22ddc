import type { SlackLog } from './log';
import type { Json, JsonObject } from './protocol';

export type Outgoing = {
  what: 'event' | 'command' | 'interaction' | 'options';
  /** Word for the log: `message`, `block_actions`, `/case`… */
  type: string;
  payload: JsonObject;
  eventId?: string;
};

/** What came back: HTTP status (200 for an ack over a socket, 0 for nothing), the body, and why nothing came. */
export type Answer = {
  status: number;
  body: Json;
  reason?: 'http_timeout' | 'http_error' | 'connection_failed';
  noRetry?: boolean;
};
export type Attempt = { attempt: number; reason?: string; windowMs: number };
export type Carrier = {
  via: 'http' | 'socket';
  send(outgoing: Outgoing, attempt: Attempt): Promise<Answer>;
  isConnected(): boolean;
  stop(): Promise<void>;
};

export type Deliveries = {
  /** Commands and interactions: sent once, now; the answer is the app's acknowledgement. */
  ask(outgoing: Outgoing): Promise<Answer>;
  /** Events: sent, and sent again as Slack does when they are not acknowledged. */
  tell(outgoing: Outgoing): void;
  /** The same event once more, as after an acknowledgement that got lost. False when it is not known. */
  redeliver(eventId: string): boolean;
  /** Keeps events back until `release`. */
  hold(): void;
  release(order: 'kept' | 'reversed'): void;
  /** When nothing is on its way, retries that are not due yet left aside. */
  settled(): Promise<void>;
  isConnected(): boolean;
  stop(): Promise<void>;
};

type Settings = { log: SlackLog; now: () => number; ackWindowMs: number; retryDelaysMs: number[] };

const REMEMBERED_EVENTS = 1_000;

export function createDeliveries(carrier: Carrier, settings: Settings): Deliveries {
  const sent = new Map<string, Outgoing>();
  const timers = new Set<NodeJS.Timeout>();
  let held: Outgoing[] | null = null;
  let underWay = 0;
  const waiting: (() => void)[] = [];
  let stopped = false;

  function done(): void {
    underWay -= 1;
    if (underWay > 0) return;
    for (const wake of waiting.splice(0)) wake();
  }

  async function once(outgoing: Outgoing, attempt: number, reason?: string): Promise<Answer> {
    underWay += 1;
    const started = performance.now();
    const answer = await carrier.send(outgoing, { attempt, reason, windowMs: settings.ackWindowMs });
    settings.log.add({
      kind: 'delivery',
      at: settings.now(),
      via: carrier.via,
      what: outgoing.what,
      type: outgoing.type,
      event_id: outgoing.eventId,
      attempt,
      payload: outgoing.payload,
      status: answer.status,
      response: answer.body,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
    return answer;
  }

  async function sendEvent(outgoing: Outgoing, attempt: number, reason?: string): Promise<void> {
    const answer = await once(outgoing, attempt, reason);
    const delay = settings.retryDelaysMs[attempt];
    const acknowledged = answer.status >= 200 && answer.status < 300;
    if (!acknowledged && !answer.noRetry && delay !== undefined && !stopped) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void sendEvent(outgoing, attempt + 1, answer.reason ?? 'http_error');
      }, delay);
      timer.unref();
      timers.add(timer);
    }
    done();
  }

  return {
    async ask(outgoing) {
      const answer = await once(outgoing, 0);
      done();
      return answer;
    },
    tell(outgoing) {
      if (outgoing.eventId !== undefined) sent.set(outgoing.eventId, outgoing);
      const oldest = sent.keys().next().value;
      if (sent.size > REMEMBERED_EVENTS && oldest !== undefined) sent.delete(oldest);
      if (held) held.push(outgoing);
      else void sendEvent(outgoing, 0);
    },
    redeliver(eventId) {
      const outgoing = sent.get(eventId);
      if (outgoing) void sendEvent(outgoing, 1, 'http_timeout');
      return outgoing !== undefined;
    },
    hold() {
      held ??= [];
    },
    release(order) {
      const kept = held ?? [];
      held = null;
      for (const outgoing of order === 'reversed' ? kept.reverse() : kept) void sendEvent(outgoing, 0);
    },
    settled: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    isConnected: () => carrier.isConnected(),
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await carrier.stop();
    },
  };
}
