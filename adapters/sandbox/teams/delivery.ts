import { logCall, serviceUrlOf, type TeamsCore } from './core';
import { post } from './httpPost';
import { asText, parseJson } from './json';
import { signToken } from './keys';
import type { Json, JsonObject, TeamsCall } from './protocol';

/** What came of sending an activity: `status` 0 when there was no answer in time or no connection. */
export interface Delivery {
  status: number;
  body: Json;
  /** Its line in the log of calls. */
  call: TeamsCall | null;
}

const SENT_MAX = 500;
const TICKET_MS = 600_000;
const NO_ANSWER: Delivery = { status: 0, body: null, call: null };

/**
 * Sends an activity to the bot, as Teams does: signed, and once more when the turn takes longer than Teams waits. The
 * result is that of the first try; a later one is out of the person's sight.
 */
export async function deliver(core: TeamsCore, activity: JsonObject): Promise<Delivery> {
  remember(core, activity);
  await gate(core);
  const first = await attempt(core, activity, 1);
  if (first === null) {
    void keepTrack(core, again(core, activity));
  }
  return first ?? NO_ANSWER;
}

/** Sends an activity that was sent before once more, with the same id. */
export function sendAgain(core: TeamsCore, activityId: string): Promise<Delivery> {
  const activity = core.sent.get(activityId);
  if (activity === undefined) {
    throw new Error(`No activity ${activityId} has been sent.`);
  }
  return attempt(core, activity, 2).then((delivery) => delivery ?? NO_ANSWER);
}

/** Remembers work under way, so that `settled` and `stop` can wait for it. */
export function keepTrack<T>(core: TeamsCore, work: Promise<T>): Promise<T> {
  core.flying.add(work);
  const forget = (): void => void core.flying.delete(work);
  work.then(forget, forget);
  return work;
}

async function again(core: TeamsCore, activity: JsonObject): Promise<void> {
  for (let number = 2; number <= core.options.redeliveriesMax + 1 && !core.stopped; number += 1) {
    if ((await attempt(core, activity, number)) !== null) {
      return;
    }
  }
}

/** One try; null when the bot did not answer in time. */
async function attempt(core: TeamsCore, activity: JsonObject, number: number): Promise<Delivery | null> {
  const startedAt = performance.now();
  const path = [activity.type, activity.name].filter((word) => typeof word === 'string').join(' ');
  const log = (status: number, response: Json, problem: string | null): TeamsCall =>
    logCall(core, {
      at: core.options.now(),
      direction: 'toBot',
      verb: 'POST',
      path,
      payload: activity,
      status,
      response,
      latencyMs: Math.round(performance.now() - startedAt),
      attempt: number,
      problem,
    });
  try {
    const posted = await send(core, activity);
    if (posted === null) {
      log(0, null, `No answer within ${limitOf(core, activity)} ms.`);
      return null;
    }
    const body = posted.text === '' ? null : (parseJson(posted.text) ?? posted.text);
    const call = log(posted.status, body, posted.status < 300 ? null : `The bot answered ${posted.status}.`);
    return { status: posted.status, body, call };
  } catch (error) {
    const call = log(0, null, `No connection to the bot: ${error instanceof Error ? error.message : String(error)}`);
    return { status: 0, body: null, call };
  }
}

function send(core: TeamsCore, activity: JsonObject): ReturnType<typeof post> {
  return post({
    url: core.messagingEndpoint,
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${ticketOf(core)}` },
    body: JSON.stringify(activity),
    limitMs: limitOf(core, activity),
    agent: core.agent,
  });
}

// Message extensions have to answer within 5 s; every other turn has 15.
function limitOf(core: TeamsCore, activity: JsonObject): number {
  const { turnLimitMs, extensionLimitMs } = core.options;
  return asText(activity.name).startsWith('composeExtension/') ? extensionLimitMs : turnLimitMs;
}

function remember(core: TeamsCore, activity: JsonObject): void {
  core.sent.set(asText(activity.id), activity);
  const [oldest] = core.sent.keys();
  if (core.sent.size > SENT_MAX && oldest !== undefined) {
    core.sent.delete(oldest);
  }
}

function gate(core: TeamsCore): Promise<void> {
  const { held } = core;
  return held === null ? Promise.resolve() : new Promise((resolve) => held.push(resolve));
}

// One token serves for a while, as in Teams: a signature for each activity would be felt in measurements of the bot.
function ticketOf(core: TeamsCore): string {
  const now = Date.now();
  if (core.ticket === null || now - core.ticket.signedAt > TICKET_MS) {
    const facts = { appId: core.options.appId, issuer: core.issuer, serviceUrl: serviceUrlOf(core) };
    core.ticket = { token: signToken(core.keys, facts), signedAt: now };
  }
  return core.ticket.token;
}
