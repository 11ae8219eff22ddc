/** One Socket Mode connection that never takes the process down and leaves reconnecting to its owner. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeClient } from '@slack/socket-mode';
import { SurfaceFailure } from '../../src/app/ports';
import { clientOptions } from './api';
import { errorWord, failureOf } from './failures';
import { type Log, reasonOf, sdkLogger } from './log';

const CONNECT_MS = 15_000;
/** The SDK waits 30 s for the other side to close; a second call ends it at once. */
const CLOSE_MS = 1_000;

/** What comes over the socket, as the SDK hands it on. */
export interface Envelope {
  readonly body: Record<string, unknown>;
  readonly ack: (response?: Record<string, unknown> | string) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

interface Frame {
  readonly type?: unknown;
  readonly reason?: unknown;
  readonly payload?: { readonly type?: unknown; readonly event?: unknown };
}

function frameOf(data: string | ArrayBuffer): Frame | null {
  try {
    const frame: unknown = JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data));
    return typeof frame === 'object' ? frame : null;
  } catch {
    return null;
  }
}

/** The SDK reads `payload.event.type` of every event; app_rate_limited has no event and would end the process (fixed in 3.1.1). */
function withEvent(frame: Frame, data: string | ArrayBuffer): string | ArrayBuffer {
  const { payload } = frame;
  const whole = frame.type !== 'events_api' || (typeof payload?.event === 'object' && payload.event !== null);
  if (whole) return data;
  const event = { ...payload, type: String(payload?.type ?? 'unknown') };
  return JSON.stringify({ ...frame, payload: { ...payload, event } });
}

/** The SDK's client without its own reconnecting: that waits 5 s on each refresh, and a failure in it ends the process. */
class OneConnection extends SocketModeClient {
  onRefresh: (reason: string) => void = () => undefined;
  onBroken: (error: unknown) => void = () => undefined;

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    try {
      const frame = frameOf(data);
      if (frame === null) return;
      if (frame.type === 'disconnect') return this.onRefresh(String(frame.reason));
      await super.onWebSocketMessage(withEvent(frame, data), isBinary);
    } catch (error) {
      this.onBroken(error);
    }
  }
}

/** Why no socket opened, with what to mend. A connection that ended while it was opened rejects without a word of its own. */
export function socketFailure(error: unknown): SurfaceFailure {
  if (error === undefined) return new SurfaceFailure('not-sent', 'The Slack socket closed while it was being opened.');
  const failure = failureOf(error);
  const word = errorWord(error);
  if (word === null || failure.kind === 'slow-down' || failure.kind === 'ambiguous') return failure;
  const mend = 'check SLACK_APP_TOKEN, its scope connections:write, and that Socket Mode is switched on for the app.';
  return new SurfaceFailure('refused', `Slack opens no socket (${word}): ${mend}`);
}

interface LineSettings {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Never rejects. */
  readonly onEnvelope: (envelope: Envelope) => Promise<void>;
  /** Slack wants another connection in place of this one. */
  readonly onRefresh: (line: Line, reason: string) => void;
  readonly onEnd: (line: Line) => void;
}

export interface Line {
  /** Gives the other side `patienceMs` to close it, and what is under way time to end; then closes. Resolves in any case. */
  close(patienceMs: number): Promise<void>;
}

const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

async function closeClient(client: OneConnection): Promise<void> {
  const closing = client.disconnect().then(
    () => 'closed',
    () => 'closed',
  );
  if ((await Promise.race([closing, pause(CLOSE_MS)])) === 'closed') return;
  await Promise.race([client.disconnect().catch(() => undefined), pause(CLOSE_MS)]);
}

/** Opens a connection; resolves when Slack has said hello. Rejects with whatever kept it from opening. */
export async function openLine(settings: LineSettings): Promise<Line> {
  const { appToken, apiUrl, log } = settings;
  const logger = sdkLogger(log);
  const options = { appToken, autoReconnectEnabled: false, logger, clientOptions: clientOptions(apiUrl, log) };
  const client = new OneConnection(options);
  const underWay = new Set<Promise<void>>();
  const ended = new Promise((resolve) => client.once('disconnected', resolve));
  const line: Line = {
    async close(patienceMs) {
      await Promise.race([ended, pause(patienceMs)]);
      await Promise.race([Promise.allSettled(underWay), pause(patienceMs)]);
      await closeClient(client);
    },
  };
  client.onRefresh = (reason) => settings.onRefresh(line, reason);
  client.onBroken = (error) => log.error({ problem: reasonOf(error) }, 'a frame on the Slack socket could not be read');
  client.on('slack_event', (envelope: Envelope) => {
    const work = settings.onEnvelope(envelope);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
  client.on('disconnected', () => settings.onEnd(line));
  const opened = client.start().then(() => 'opened');
  if ((await Promise.race([opened, pause(CONNECT_MS)])) === 'opened') return line;
  void closeClient(client);
  throw new SurfaceFailure('not-sent', 'The Slack socket did not open in time.');
}
