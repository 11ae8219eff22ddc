/** Socket Mode, supervised: a connection that ends is replaced, whatever ended it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { type Log, reasonOf } from './log';
import { type Envelope, type Line, openLine, socketFailure } from './oneConnection';

/** Slack may still send on the old connection: it is left open until Slack closes it, at most this long. */
const RETIRE_MS = 5_000;
const BACKOFF_MS = [0, 1_000, 2_000, 5_000, 10_000, 30_000];

interface SocketSettings {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
}

interface Watch {
  connected(): boolean;
  /** Resolves when connected, or when only patience is missing; rejects when Slack refuses the app token. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps one connection open, and opens the next before it lets the last one go. */
function watch(settings: SocketSettings, onEnvelope: (envelope: Envelope) => Promise<void>): Watch {
  const { log } = settings;
  const stopping = new AbortController();
  const lines = new Set<Line>();
  let current: Line | null = null;
  let trying = false;
  let replacing = false;

  const open = (): Promise<Line> =>
    openLine({ ...settings, onEnvelope, onRefresh: (...of) => void refresh(...of), onEnd });

  async function adopt(): Promise<void> {
    const line = await open();
    lines.add(line);
    if (stopping.signal.aborted) return line.close(0);
    current = line;
    log.info({}, 'the Slack socket is open');
  }

  function onEnd(line: Line): void {
    lines.delete(line);
    if (current !== line) return;
    current = null;
    if (stopping.signal.aborted) return;
    log.warn({}, 'the Slack socket closed; connecting again');
    void keepTrying();
  }

  async function keepTrying(): Promise<void> {
    if (trying) return;
    trying = true;
    let asked = 0;
    for (let attempt = 0; !stopping.signal.aborted && current === null; attempt += 1) {
      const ms = Math.max(asked, BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 0);
      await sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (!stopping.signal.aborted) asked = await attemptOnce();
    }
    trying = false;
  }

  /** How long Slack asks to wait before the next attempt, in milliseconds. */
  async function attemptOnce(): Promise<number> {
    try {
      await adopt();
      return 0;
    } catch (error) {
      const { problem, retryAfterMs } = socketFailure(error);
      log.warn({ problem }, 'the Slack socket does not open');
      return retryAfterMs ?? 0;
    }
  }

  /** Every few hours, or when Socket Mode is switched off; a `warning` comes some ten seconds ahead. */
  async function refresh(line: Line, reason: string): Promise<void> {
    log.info({ reason }, 'Slack asks for a new socket');
    if (current === line && !replacing && !stopping.signal.aborted) {
      replacing = true;
      await attemptOnce();
      replacing = false;
    }
    if (current === line && reason === 'warning') return;
    await line.close(RETIRE_MS);
  }

  return {
    connected: () => current !== null,
    async start() {
      try {
        await adopt();
      } catch (error) {
        const failure = socketFailure(error);
        if (failure.kind === 'refused') throw failure;
        log.warn({ problem: failure.problem }, 'the Slack socket does not open yet');
        void keepTrying();
      }
    },
    async stop() {
      stopping.abort();
      current = null;
      await Promise.all([...lines].map((line) => line.close(0)));
    },
  };
}

export interface SocketReceiver extends Receiver {
  connected(): boolean;
}

/** A receiver for Bolt. What is not dealt with is not acknowledged: Slack then sends events again. */
export function createSocketReceiver(settings: SocketSettings): SocketReceiver {
  let app: App | null = null;

  async function handle({ body, ack, retry_num, retry_reason }: Envelope): Promise<void> {
    let acked = false;
    const once = async (response?: Record<string, unknown> | string): Promise<void> => {
      if (acked) return;
      acked = true;
      await ack(response);
    };
    try {
      await app?.processEvent({ body, ack: once, retryNum: retry_num, retryReason: retry_reason });
    } catch (error) {
      settings.log.error(
        { problem: reasonOf(error) },
        'something from Slack was not dealt with; Slack sends events again',
      );
    }
  }

  const { connected, start, stop } = watch(settings, handle);
  return {
    init: (given) => {
      app = given;
    },
    start,
    stop,
    connected,
  };
}
