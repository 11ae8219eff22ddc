/** Stands between a receiver and Bolt, so that nothing is acknowledged to Slack before it is done. */
import type { App, ReceiverEvent } from '@slack/bolt';
import { isOurs, type Me } from './api';
import type { Log } from './log';
import { classify } from './payloads';

interface FrontSettings {
  readonly me: Me;
  readonly log: Log;
}

/**
 * Bolt acknowledges events before its listeners run, so a crash would lose them. Here the acknowledgement is kept until
 * all listeners are done, and never sent when one of them failed: Slack then sends the event again.
 */
async function heldBack(app: App, event: ReceiverEvent): Promise<void> {
  await app.processEvent({ ...event, ack: async () => undefined });
  await event.ack();
}

/** Commands and interactions are acknowledged by their listeners; what nobody listens to is at once. */
async function answered(app: App, event: ReceiverEvent, log: Log): Promise<void> {
  let done = false;
  await app.processEvent({
    ...event,
    ack: async (response) => {
      done = true;
      await event.ack(response);
    },
  });
  if (done) return;
  log.debug(
    { type: String(event.body['type'] ?? event.body['command']) },
    'Slack sent something that nobody listens to',
  );
  await event.ack();
}

async function process(app: App, event: ReceiverEvent, { me, log }: FrontSettings): Promise<void> {
  const incoming = classify(event.body);
  switch (incoming.kind) {
    case 'event': {
      const { team_id: team, enterprise_id: enterprise } = incoming.authorization;
      if (isOurs(me, team, enterprise)) return heldBack(app, event);
      log.warn({ team }, "an event of another workspace's installation was ignored");
      return event.ack();
    }
    case 'command':
    case 'interaction':
      return answered(app, event, log);
    case 'rate-limited':
      log.warn({ minute: incoming.minute }, 'Slack holds events back: more than 30,000 in an hour');
      return event.ack();
    case 'malformed':
      // only over a socket: the HTTP door refuses these. Acknowledged, or Slack would send it three times more.
      log.warn({ why: incoming.why }, 'a malformed payload was ignored');
      return event.ack();
    case 'verification':
      return event.ack();
  }
}

/** The app as a receiver sees it. */
export function frontOf(app: App, settings: FrontSettings): App {
  const processEvent: App['processEvent'] = (event) => process(app, event, settings);
  return new Proxy(app, {
    get: (target, name, self) => (name === 'processEvent' ? processEvent : Reflect.get(target, name, self)),
  });
}
