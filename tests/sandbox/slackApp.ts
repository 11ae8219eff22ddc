import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { SlackWorld } from '../../adapters/sandbox/slack';
import { SECRETS } from './slackFixtures';

const FORM = {
  type: 'modal' as const,
  callback_id: 'new_case',
  title: { type: 'plain_text' as const, text: 'New case' },
  submit: { type: 'plain_text' as const, text: 'Open case' },
  private_metadata: '{"from":"command"}',
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: { type: 'plain_text' as const, text: 'Title' },
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
    {
      type: 'input' as const,
      block_id: 'client',
      label: { type: 'plain_text' as const, text: 'Client' },
      optional: true,
      element: { type: 'external_select' as const, action_id: 'client_name', min_query_length: 1 },
    },
    {
      type: 'input' as const,
      block_id: 'priority',
      label: { type: 'plain_text' as const, text: 'Priority' },
      element: {
        type: 'static_select' as const,
        action_id: 'value',
        initial_option: { text: { type: 'plain_text' as const, text: 'Low' }, value: 'P3' },
        options: [
          { text: { type: 'plain_text' as const, text: 'Urgent' }, value: 'P1' },
          { text: { type: 'plain_text' as const, text: 'Low' }, value: 'P3' },
        ],
      },
    },
  ],
};

function cardBlocks(title: string, status: string) {
  return [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: `*${title}* ${status}` } },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          action_id: 'take',
          text: { type: 'plain_text' as const, text: 'Take' },
          value: 'case-1',
        },
        {
          type: 'static_select' as const,
          action_id: 'raise',
          placeholder: { type: 'plain_text' as const, text: 'Raise' },
          options: [{ text: { type: 'plain_text' as const, text: 'Urgent' }, value: 'P1' }],
        },
      ],
    },
  ];
}

export type Heard = { what: string; body: Record<string, unknown>; retryNum?: number };

/** Cut connections and commands that nobody answers are what some tests are about: nothing to print. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A small desk on the real Bolt: everything that the emulator has to carry, with nothing of Baton in it. */
export async function startDeskApp(world: SlackWorld, delivery: 'http' | 'socket') {
  const heard: Heard[] = [];
  const clientOptions = { slackApiUrl: world.apiUrl };
  const http = new HTTPReceiver({
    signingSecret: SECRETS.signingSecret,
    port: 0,
    logger: SILENT,
    unhandledRequestHandler: () => undefined,
    unhandledRequestTimeoutMillis: 300,
  });
  const socket = () =>
    new SocketModeReceiver({
      appToken: SECRETS.appToken,
      logger: SILENT,
      installerOptions: { clientOptions },
      clientPingTimeout: 200,
    } as ConstructorParameters<typeof SocketModeReceiver>[0]);
  const receiver = delivery === 'http' ? http : socket();
  const app = new App({
    token: SECRETS.botToken,
    receiver,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 } },
    deferInitialization: true,
    convoStore: false,
    ignoreSelf: false,
    logger: SILENT,
  });
  listen(app, heard);
  await app.init();
  const started = await app.start({ port: 0, host: '127.0.0.1' } as never);
  if (delivery === 'http')
    world.setRequestUrl(`http://127.0.0.1:${((started as Server).address() as AddressInfo).port}/slack/events`);
  const stop = async () => {
    if (receiver instanceof SocketModeReceiver) await receiver.client.disconnect();
    else await app.stop();
  };
  return { app, heard, stop };
}

function listen(app: App, heard: Heard[]): void {
  app.use(async ({ body, context, next }) => {
    const raw = body as unknown as Record<string, unknown>;
    const event = raw['event'] as { type?: string; subtype?: string } | undefined;
    const what = event ? [event.type, event.subtype].filter(Boolean).join('.') : String(raw['type'] ?? raw['command']);
    heard.push({ what, body: raw, retryNum: context.retryNum });
    await next();
  });
  app.error(async () => undefined);
  app.command('/desk', async ({ ack, command, client, respond }) => {
    if (command.text === 'help') return ack({ text: 'Try `/desk new`' });
    if (command.text === 'shout') return ack({ text: 'Hello all', response_type: 'in_channel' });
    if (command.text === 'silence') return;
    if (command.text === 'later') {
      await ack();
      await respond('first');
      await respond({ text: 'second', replace_original: true });
      return;
    }
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: FORM });
  });
  app.shortcut('open_case', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: FORM });
  });
  app.options('client_name', async ({ ack, options }) => {
    const words = `Client ${options.value}`;
    await ack({ options: [{ text: { type: 'plain_text', text: words }, value: words.toLowerCase() }] });
  });
  app.view('new_case', async ({ ack, view, client, body }) => {
    const title = view.state.values['title']?.['value']?.value ?? '';
    if (title.length < 3) return ack({ response_action: 'errors', errors: { title: 'Say a little more.' } });
    if (title === 'confirm')
      return ack({ response_action: 'push', view: { ...FORM, callback_id: 'sure', notify_on_close: false } });
    if (title === 'redraw')
      return ack({ response_action: 'update', view: { ...FORM, title: { type: 'plain_text', text: 'Again' } } });
    if (title === 'nonsense') return ack({ response_action: 'errors', errors: { nowhere: 'Lost.' } });
    await ack();
    const card = await client.chat.postMessage({ channel: 'C0SUPPORT', text: title, blocks: cardBlocks(title, 'new') });
    await client.chat.postMessage({ channel: 'C0SUPPORT', text: 'Opened', thread_ts: card.ts ?? '' });
    await client.chat.postEphemeral({ channel: 'C0SUPPORT', user: body.user.id, text: 'Only you see this' });
  });
  app.view({ callback_id: 'sure', type: 'view_submission' }, async ({ ack }) => ack({ response_action: 'clear' }));
  app.view({ callback_id: 'new_case', type: 'view_closed' }, async ({ ack }) => ack());
  app.action('take', async ({ ack, body, client, respond }) => {
    await ack();
    const at = (body as unknown as { container: { channel_id: string; message_ts: string } }).container;
    await client.chat.update({
      channel: at.channel_id,
      ts: at.message_ts,
      text: 'taken',
      blocks: cardBlocks('Case', 'taken'),
    });
    await respond({ text: 'It is yours', replace_original: false });
  });
  app.action('raise', async ({ ack }) => ack());
  app.action('refresh', async ({ ack }) => ack());
  app.event('app_home_opened', async ({ event, client }) => {
    const button = {
      type: 'button' as const,
      action_id: 'refresh',
      text: { type: 'plain_text' as const, text: 'Refresh' },
    };
    const blocks = [{ type: 'actions' as const, elements: [button] }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}
