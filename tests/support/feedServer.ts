import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface FeedServer {
  readonly port: number;
  /** How often it was asked. */
  asked: number;
  answer: RequestListener;
  stop(): Promise<void>;
}

/** A real server on this machine that answers as it is told to; with a certificate it speaks https. */
export async function openFeedServer(secure?: { readonly key: string; readonly cert: string }): Promise<FeedServer> {
  const listener: RequestListener = (request, response) => {
    feed.asked += 1;
    feed.answer(request, response);
  };
  const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const feed: FeedServer = {
    port: (server.address() as AddressInfo).port,
    asked: 0,
    answer: (_, response) => response.writeHead(404).end(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return feed;
}

export const answering =
  (status: number, text: string): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(text);

/** An iCal file of whole days. */
export const calendarOf = (days: Readonly<Record<string, string>>): string =>
  [
    'BEGIN:VCALENDAR',
    ...Object.entries(days).flatMap(([date, name]) => [
      'BEGIN:VEVENT',
      `UID:${date}`,
      `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
      `SUMMARY:${name}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');
