/**
 * Bolt with nothing behind it, for comparison: it acknowledges commands (and opens a form, when it is given one), and on a
 * reaction it updates the message. A process of its own, like the product. Bolt's own conversation store and its filter of the bot's own words are off, as in the product.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import type { FromBare } from './processes';

const tell = (message: FromBare): void => void process.send?.(message);

async function start(): Promise<void> {
  const slackApiUrl = process.env['SLACK_API_URL'] ?? '';
  const app = new App({
    receiver: new HTTPReceiver({ signingSecret: process.env['SLACK_SIGNING_SECRET'] ?? '' }),
    token: process.env['SLACK_BOT_TOKEN'] ?? '',
    botId: 'B0BATON',
    botUserId: 'U0BATON',
    tokenVerificationEnabled: false,
    convoStore: false,
    ignoreSelf: false,
    clientOptions: { slackApiUrl, retryConfig: { retries: 0 } },
  });
  const view = process.env['BARE_VIEW'] === undefined ? null : JSON.parse(process.env['BARE_VIEW']);
  app.command('/case', async ({ ack, body, client }) => {
    await ack();
    if (view !== null) await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.event('reaction_added', async ({ event, client }) => {
    await client.chat.update({ channel: event.item.channel, ts: event.item.ts, text: `P1 Urgent, by ${event.user}` });
  });
  app.event('reaction_removed', async ({ event, client }) => {
    await client.chat.update({ channel: event.item.channel, ts: event.item.ts, text: 'not triaged' });
  });
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    tell({ cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage().rss });
  });
  tell({ port: (server.address() as AddressInfo).port });
}

void start();
