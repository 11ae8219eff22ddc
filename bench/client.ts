import { Agent, request } from 'node:http';
import type { Recorded } from './workspace';

const CONNECTIONS = 10;

export interface Fired {
  readonly perSecond: number;
  /** Of each request from the first byte sent to the whole answer, in ms. */
  readonly latenciesMs: readonly number[];
}

/** Sends signed requests over 10 connections, each as soon as its last answer is there. Throws unless all are answered 200. */
export async function fire(appUrl: string, requests: readonly Recorded[], path = '/slack/events'): Promise<Fired> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latenciesMs: number[] = [];
  let next = 0;
  const connection = async (): Promise<void> => {
    for (let one = requests[next++]; one !== undefined; one = requests[next++]) {
      const sentAt = performance.now();
      await send(`${appUrl}${path}`, one, agent);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { perSecond: requests.length / seconds, latenciesMs };
}

function send(url: string, { body, headers }: Recorded, agent: Agent): Promise<void> {
  const sent = { ...headers, host: undefined, connection: undefined };
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: given, agent }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a signed request was answered ${response.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
