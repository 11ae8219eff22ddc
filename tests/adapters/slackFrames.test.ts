import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { frontOf } from '../../adapters/slack/front';
import { createSocketReceiver, type SocketReceiver } from '../../adapters/slack/socket';
import { quietLog } from './slackSupport';

const ME = {
  teamId: 'T0ACME',
  team: 'Acme',
  enterpriseId: null,
  userId: 'U0BATON',
  botId: 'B0BATON',
  url: '',
  scopes: null,
};

/** A bare socket of Slack, for frames that a whole workspace would never send. */
describe('frames on the socket', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let socket: WebSocket;
  let receiver: SocketReceiver;
  const log = quietLog();
  const seen: unknown[] = [];
  const rejections: unknown[] = [];
  const noted = (reason: unknown) => void rejections.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', noted);
    server = createServer((_request, response) => {
      const { port } = server.address() as AddressInfo;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    sockets = new WebSocketServer({ server });
    sockets.on('connection', (given) => {
      socket = given;
      given.send(
        JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A' }, debug_info: {} }),
      );
    });
    const { port } = server.address() as AddressInfo;
    receiver = createSocketReceiver({ appToken: 'xapp-1', apiUrl: `http://127.0.0.1:${port}/api/`, log: log.log });
    const bolt = {
      processEvent: async ({ body, ack }: { body: unknown; ack: () => Promise<void> }) => {
        seen.push(body);
        await ack();
      },
    };
    receiver.init(frontOf(bolt as never, { me: ME, log: log.log }));
    await receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    sockets.close();
    server.closeAllConnections();
    server.close();
    process.off('unhandledRejection', noted);
    expect(rejections).toEqual([]);
  });

  async function acked(frame: object): Promise<unknown> {
    const answer = once(socket, 'message');
    socket.send(JSON.stringify(frame));
    const [data] = (await answer) as [Buffer];
    return JSON.parse(data.toString());
  }

  test('app_rate_limited, which has no event, is acknowledged and ends nothing', async () => {
    const payload = { type: 'app_rate_limited', team_id: 'T0ACME', minute_rate_limited: 1518467820 };
    expect(await acked({ type: 'events_api', envelope_id: 'e1', payload })).toMatchObject({ envelope_id: 'e1' });
    expect(log.all()).toContain('Slack holds events back');
  });

  test('what makes no sense is ignored, and the next frame is read', async () => {
    for (const junk of [
      'null',
      '7',
      '"x"',
      '{',
      '[]',
      '{"type":"events_api"}',
      '{"type":"interactive","payload":null}',
    ])
      socket.send(junk);
    socket.send(Buffer.from([1, 2, 3]));
    const malformed = {
      type: 'events_api',
      envelope_id: 'e2',
      payload: { type: 'event_callback', event: { type: 'message', channel: null } },
    };
    const answers: string[] = [];
    socket.on('message', (data) => answers.push((JSON.parse(String(data)) as { envelope_id: string }).envelope_id));
    expect(seen).toEqual([]);
    await new Promise<void>((resolve) => {
      socket.on('message', () => answers.includes('e2') && resolve());
      socket.send(JSON.stringify(malformed));
    });
    expect(seen).toEqual([]);
  });
});
