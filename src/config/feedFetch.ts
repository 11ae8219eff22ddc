/** One look at a feed over the network: short, small, and to public servers only. */
import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, get as overHttp } from 'node:http';
import { get as overHttps, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isNativeError } from 'node:util/types';
import { type FeedAddress, isPrivate, PRIVATE, redirected } from './feedAddress';
import { isLoopback } from './values';

export type Fetched = { readonly text: string } | { readonly problem: string };

/** Reads a feed, or says why not as the end of a sentence that begins with its name. Never rejects. */
export type FetchFeed = (url: URL) => Promise<Fetched>;

/** With the four seconds after which an edit of the desk file is believed it stays within its 15. */
const WITHIN_MS = 8000;
const HOPS_MAX = 4;

export interface Reach {
  /** Which address a name stands for; the system's own unless a test says otherwise. */
  readonly lookup?: LookupFunction;
  readonly isPrivate?: (address: string) => boolean;
  readonly ca?: string;
  readonly withinMs?: number;
  readonly bytesMax: number;
}

/** The way to feeds. What is written in the desk file may be this machine; where a redirect leads may not. */
export const fetchFeedBy =
  (reach: Reach): FetchFeed =>
  async (first) => {
    const signal = AbortSignal.timeout(reach.withinMs ?? WITHIN_MS);
    let next: FeedAddress = { url: first };
    try {
      for (let hop = 0; hop <= HOPS_MAX; hop += 1) {
        if ('problem' in next) return next;
        const answer = await ask(next.url, reach, signal);
        const { statusCode = 0, headers } = answer;
        const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined;
        if (statusCode === 200) return await bodyOf(answer, reach.bytesMax);
        answer.destroy();
        if (!isRedirect) return { problem: `answered ${statusCode}` };
        next = redirected(next.url, headers.location ?? '');
      }
      return { problem: 'leads from one address to the next without end' };
    } catch (error) {
      return { problem: signal.aborted ? 'did not answer in time' : reasonOf(error) };
    }
  };

class Forbidden extends Error {}

function ask(url: URL, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const isHere = isLoopback(url.hostname);
  const refused = reach.isPrivate ?? isPrivate;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is never looked up, so it would slip past what is looked at there.
  if (isIP(host) !== 0 && !isHere && refused(host)) return Promise.reject(new Forbidden(PRIVATE));
  const options: RequestOptions = {
    signal,
    agent: false,
    headers: { accept: 'text/calendar, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'Baton' },
    lookup: isHere ? lookUp : publicOnly(reach.lookup ?? lookUp, refused),
    ...(reach.ca !== undefined && { ca: reach.ca }),
  };
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? overHttps : overHttp;
    get(url, options, resolve).on('error', reject);
  });
}

/** The addresses that are looked at are the ones that are dialled: a name cannot change its mind in between. */
function publicOnly(lookup: LookupFunction, refused: (address: string) => boolean): LookupFunction {
  return (name, options, done) =>
    lookup(name, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const isForbidden = error === null && addresses.some(refused);
      done(isForbidden ? new Forbidden(PRIVATE) : error, found, family);
    });
}

async function bodyOf(answer: IncomingMessage, bytesMax: number): Promise<Fetched> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += (part as Buffer).length;
    if (bytes > bytesMax) return { problem: `is larger than ${bytesMax / 1024 / 1024} MB` };
    parts.push(part as Buffer);
  }
  return { text: Buffer.concat(parts).toString('utf8') };
}

function reasonOf(error: unknown): string {
  if (error instanceof Forbidden) return error.message;
  const code = isNativeError(error) && 'code' in error ? String(error.code) : 'no connection';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `cannot be found (${code})`;
  return `cannot be reached (${code})`;
}
