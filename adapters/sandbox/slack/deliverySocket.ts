import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Answer, Attempt, Carrier, Outgoing } from './delivery';
import type { Json, JsonObject } from './protocol';

const SOCKETS_MAX = 10;

/** `warning` comes some 10 s before `refresh_requested`; `link_disabled` means that Socket Mode was switched off. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export type SocketCarrier = Carrier & {
  /** A fresh one-time address for apps.connections.open. */
  openUrl(origin: string): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends a `disconnect` frame on every open socket. */
  disconnect(reason: DisconnectReason): void;
  /** Cuts every socket without a word. */
  drop(): void;
};

type Settings = { appId: string; pingMs: number; onChange: () => void };

const KINDS = { event: 'events_api', command: 'slash_commands', interaction: 'interactive', options: 'interactive' };

function hello(appId: string, connections: number): JsonObject {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: 'applink-sandbox', started: '', build_number: 1, approximate_connection_time: 3600 },
  };
}

function parsedFrame(data: RawData): { envelope_id?: string; payload?: Json } {
  try {
    return JSON.parse(data.toString()) as { envelope_id?: string; payload?: Json };
  } catch {
    return {};
  }
}

function envelopeOf(outgoing: Outgoing, id: string, attempt: number): JsonObject {
  const isEvent = outgoing.what === 'event';
  return {
    envelope_id: id,
    type: KINDS[outgoing.what],
    payload: outgoing.payload,
    accepts_response_payload: !isEvent,
    ...(isEvent ? { retry_attempt: attempt, retry_reason: attempt > 0 ? 'timeout' : '' } : {}),
  };
}

/** Socket Mode: envelopes to any one of the open sockets, acknowledged by their id. */
export function createSocketCarrier(settings: Settings): SocketCarrier {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const envelopes = new Map<Outgoing, string>();
  const expected = new Map<string, (answer: Answer) => void>();
  let turn = 0;

  const pinging = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, settings.pingMs);
  pinging.unref();

  function accept(socket: WebSocket): void {
    sockets.push(socket);
    socket.on('message', (data) => {
      const frame = parsedFrame(data);
      if (frame.envelope_id !== undefined)
        expected.get(frame.envelope_id)?.({ status: 200, body: frame.payload ?? null });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      settings.onChange();
    });
    socket.send(JSON.stringify(hello(settings.appId, sockets.length)));
    settings.onChange();
  }

  function send(outgoing: Outgoing, attempt: Attempt): Promise<Answer> {
    const open = sockets.filter((socket) => socket.readyState === WebSocket.OPEN);
    const socket = open[turn++ % Math.max(1, open.length)];
    if (!socket) return Promise.resolve({ status: 0, body: null, reason: 'connection_failed' });
    // Slack repeats an event under the envelope id that it had before.
    const envelopeId = envelopes.get(outgoing) ?? randomUUID();
    envelopes.set(outgoing, envelopeId);
    const envelope = envelopeOf(outgoing, envelopeId, attempt.attempt);
    return new Promise((resolve) => {
      const finish = (answer: Answer): void => {
        clearTimeout(timer);
        expected.delete(envelopeId);
        if (answer.status === 200) envelopes.delete(outgoing);
        resolve(answer);
      };
      const timer = setTimeout(() => finish({ status: 0, body: null, reason: 'http_timeout' }), attempt.windowMs);
      expected.set(envelopeId, finish);
      socket.send(JSON.stringify(envelope));
    });
  }

  return {
    via: 'socket',
    send,
    isConnected: () => sockets.some((socket) => socket.readyState === WebSocket.OPEN),
    openUrl(origin) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${settings.appId}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const known = url.pathname === '/link/' && tickets.delete(url.searchParams.get('ticket') ?? '');
      if (!known || sockets.length >= SOCKETS_MAX) {
        socket.end(`HTTP/1.1 ${known ? '429 Too Many Requests' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    disconnect(reason) {
      const frame = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sandbox' } });
      for (const socket of sockets) socket.send(frame);
    },
    drop() {
      for (const socket of [...sockets]) socket.terminate();
    },
    async stop() {
      clearInterval(pinging);
      for (const finish of [...expected.values()]) finish({ status: 0, body: null, reason: 'connection_failed' });
      for (const socket of [...sockets]) socket.terminate();
      server.close();
    },
  };
}
