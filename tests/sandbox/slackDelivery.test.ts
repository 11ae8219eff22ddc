import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { SlackWorld } from '../../adapters/sandbox/slack';
import { signatureOf } from '../../adapters/sandbox/slack/deliveryHttp';
import { callSlack, SECRETS, slackWorld, until } from './slackFixtures';

const SUPPORT = 'C0SUPPORT';
const say = (world: SlackWorld, text: string) => world.act({ act: 'say', user: 'U0RITA', channel: SUPPORT, text });
const deliveries = (world: SlackWorld) => world.calls.flatMap((one) => (one.kind === 'delivery' ? [one] : []));

describe('signed HTTP', () => {
  type Got = { headers: IncomingHttpHeaders; body: string };
  let app: Server;
  let got: Got[];
  let answers: { status: number; headers?: { [name: string]: string } }[];
  let world: SlackWorld;
  const signingNow = () => 1_700_000_000_000;

  beforeEach(async () => {
    got = [];
    answers = [];
    app = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        const answer = answers.shift() ?? { status: 200 };
        if (answer.status > 0) response.writeHead(answer.status, { connection: 'close', ...answer.headers }).end();
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const requestUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`;
    world = slackWorld({ requestUrl, signingNow, ackWindowMs: 1000, retryDelaysMs: [0, 5, 10] });
    await world.start();
  });
  afterEach(async () => {
    await world.stop();
    app.closeAllConnections();
    app.close();
  });

  it('signs as Slack does and sends forms without a charset', async () => {
    await world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: 'a b' });
    const { headers, body } = got[0]!;
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers['x-slack-signature']).toBe(signatureOf(SECRETS.signingSecret, 1_700_000_000, body));
    expect(new URLSearchParams(body).get('text')).toBe('a b');
    expect(got[0]?.headers['x-slack-retry-num']).toBeUndefined();
  });

  it('repeats an event three times, saying why, and then gives up', async () => {
    answers = [{ status: 500 }, { status: 0 }, { status: 500 }, { status: 500 }, { status: 500 }];
    await say(world, 'Anyone?');
    await until(world, () => deliveries(world).length === 4);
    expect(got.map((one) => [one.headers['x-slack-retry-num'], one.headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ]);
    expect(new Set(got.map((one) => (JSON.parse(one.body) as { event_id: string }).event_id)).size).toBe(1);
    await world.settled();
    expect(deliveries(world)).toHaveLength(4);
  });

  it('does not repeat what was acknowledged, nor what the app asks not to have again', async () => {
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }];
    await say(world, 'first');
    await say(world, 'second');
    await world.settled();
    expect(
      deliveries(world)
        .map((one) => [one.status, one.attempt])
        .sort(),
    ).toEqual([
      [200, 0],
      [500, 0],
    ]);
    expect(world.eventIds('message')).toHaveLength(2);
  });

  it('never repeats an interaction', async () => {
    answers = [{ status: 500 }];
    const result = await world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' });
    expect(result).toMatchObject({ ok: false, error: 'http_service_error' });
    expect(got).toHaveLength(1);
  });

  it('makes requests for tests to forge', () => {
    const good = world.signed('a=b');
    expect(good.headers['x-slack-signature']).toBe(signatureOf(SECRETS.signingSecret, 1_700_000_000, 'a=b'));
    const forged = world.signed('a=b', { secret: 'other', timestamp: 5 });
    expect(forged.headers).toMatchObject({
      'x-slack-request-timestamp': '5',
      'x-slack-signature': signatureOf('other', 5, 'a=b'),
    });
  });
});

describe('Socket Mode', () => {
  let world: SlackWorld;
  beforeEach(async () => {
    world = slackWorld({ delivery: 'socket', ackWindowMs: 1000, retryDelaysMs: [0] });
    await world.start();
  });
  afterEach(() => world.stop());

  type Frame = {
    type: string;
    envelope_id?: string;
    retry_attempt?: number;
    reason?: string;
    accepts_response_payload?: boolean;
  };
  async function connect(onFrame: (frame: Frame, socket: WebSocket) => void = () => undefined) {
    const { url } = (await callSlack(world, 'apps.connections.open', {}, SECRETS.appToken)) as { url?: string };
    const frames: Frame[] = [];
    const socket = new WebSocket(url ?? '');
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as Frame;
        frames.push(frame);
        if (frame.type === 'hello') return resolve();
        onFrame(frame, socket);
      });
    });
    return { socket, frames, url: url ?? '' };
  }
  const acknowledge = (frame: Frame, socket: WebSocket, payload: object = {}) =>
    socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload }));

  it('says hello, hands over envelopes, and takes the answer from the acknowledgement', async () => {
    const { frames } = await connect((frame, socket) => acknowledge(frame, socket, { text: 'Hi there' }));
    expect(frames[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0DESK' } });
    expect(await world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' })).toEqual({
      ok: true,
    });
    expect(world.snapshot().messages.at(-1)).toMatchObject({ text: 'Hi there', ephemeral_to: 'U0RITA' });
    expect(frames[1]).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
  });

  it('sends an event again under the same envelope when nobody acknowledged it', async () => {
    const { frames } = await connect((frame, socket) => void (frame.retry_attempt === 1 && acknowledge(frame, socket)));
    await say(world, 'Anyone?');
    await until(world, () => deliveries(world).length === 2);
    expect(deliveries(world).map((one) => one.status)).toEqual([0, 200]);
    expect(frames[2]).toMatchObject({ type: 'events_api', retry_attempt: 1, envelope_id: frames[1]?.envelope_id });
  });

  it('sends each payload to one of the open sockets', async () => {
    const one = await connect(acknowledge);
    const other = await connect(acknowledge);
    await say(world, 'a');
    await say(world, 'b');
    await world.settled();
    expect([one.frames.length, other.frames.length]).toEqual([2, 2]);
  });

  it('announces a disconnect, and takes each address once', async () => {
    const { frames, url } = await connect();
    const refused = await new Promise<string>((resolve) =>
      new WebSocket(url).on('error', (problem) => resolve(problem.message)),
    );
    expect(refused).toContain('401');
    world.disconnect('refresh_requested');
    await connect();
    expect(frames.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  });

  it('knows when nobody is connected', async () => {
    expect(world.snapshot().app.connected).toBe(false);
    expect(
      await world.act({ act: 'command', user: 'U0RITA', channel: SUPPORT, command: '/desk', text: '' }),
    ).toMatchObject({ error: 'dispatch_failed' });
    await connect();
    expect(world.snapshot().app.connected).toBe(true);
  });
});
