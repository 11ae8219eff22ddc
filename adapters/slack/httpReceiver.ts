/**
 * What the door let in, to Bolt and back. Bolt's own HTTPReceiver would check the signature and read the body a second time;
 * this one starts where the door ends (a third of the cost of a request; `npm run bench -- commands`).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Receiver } from '@slack/bolt';
import { createDoor, type Delivered } from './door';
import { type Log, reasonOf } from './log';
import { isMisshapen } from './payloads';

/** Slack gives up on a request after three seconds. */
const SLACK_WAITS_MS = 3_000;

interface HttpSettings {
  readonly signingSecret: string;
  readonly log: Log;
  /** The wall clock by which Slack signs, in milliseconds. */
  readonly now: () => number;
}

export interface HttpReceiver extends Receiver {
  /** Answers `POST /slack/events`. Never throws. */
  readonly http: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export function createHttpReceiver(settings: HttpSettings): HttpReceiver {
  const { log } = settings;
  let app: App | null = null;

  async function process({ body, response, retryNum, retryReason }: Delivered): Promise<void> {
    const tooLate = setTimeout(() => {
      log.warn({}, 'the answer to Slack took more than 3 seconds');
      if (!response.headersSent) response.writeHead(503).end();
    }, SLACK_WAITS_MS);
    const ack = async (answer?: unknown): Promise<void> => {
      clearTimeout(tooLate);
      if (!response.headersSent) answered(response, answer);
    };
    try {
      if (body['type'] === 'url_verification') return await ack({ challenge: body['challenge'] });
      await app?.processEvent({
        body,
        ack,
        ...(retryNum === undefined ? {} : { retryNum, retryReason: retryReason ?? '' }),
      });
    } catch (error) {
      if (isMisshapen(error)) {
        log.warn({}, 'a payload of another shape than Slack’s was refused');
        if (!response.headersSent) response.writeHead(400).end();
        return;
      }
      // Not acknowledged: Slack sends events again.
      log.error({ problem: reasonOf(error) }, 'something from Slack was not dealt with; Slack sends events again');
      if (!response.headersSent) response.writeHead(500).end();
    } finally {
      clearTimeout(tooLate);
    }
  }

  return {
    http: createDoor(settings, (delivered) => void process(delivered)),
    init: (given) => {
      app = given;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

/** Slack takes nothing, words, or an object as the answer. */
function answered(response: ServerResponse, answer: unknown): void {
  if (!answer) response.writeHead(200).end();
  else if (typeof answer === 'string') response.writeHead(200).end(answer);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
