import type { IncomingMessage, ServerResponse } from 'node:http';
import { SORRY } from './answers';
import type { RunTurn } from './bot';
import { isOurTenant, readAtTheDoor } from './door';
import { type InvokeAnswer, lastWords, noticeAnswer } from './invoke';
import { openOnceOnly } from './onceOnly';
import type { Activity } from './payloads';
import { route } from './router';
import { openTurn, type Teams, type Turn } from './turn';

interface Reply {
  readonly status: number;
  readonly body?: object;
}

/** The one way in. What is acknowledged has been committed: the answer goes out after the listener is done. */
export function openHttp(teams: Teams, run: RunTurn) {
  const onceOnly = openOnceOnly<InvokeAnswer | null>();

  async function reply(request: IncomingMessage): Promise<Reply> {
    const atTheDoor = await readAtTheDoor(request, teams.config);
    if (!atTheDoor.ok) return refusal(teams, atTheDoor);
    const { activity } = atTheDoor;
    let isForeign = false;
    const end = await run(request.headers.authorization ?? '', activity, async () => {
      isForeign = !isOurTenant(activity, teams.config);
      return isForeign ? null : onceOnly(deliveryKey(activity), () => listen(teams, activity));
    });
    if (end.kind === 'refused') return refusal(teams, end);
    if (isForeign) return refusal(teams, { status: 403, why: 'the activity is of another tenant' });
    return end.answer ?? { status: 200 };
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let answer: Reply;
    try {
      answer = await reply(request);
    } catch (error) {
      teams.log.error({ problem: String(error) }, 'An activity of Teams could not be worked on');
      answer = { status: 500 };
    }
    send(response, answer);
  };
}

async function listen(teams: Teams, activity: Activity): Promise<InvokeAnswer | null> {
  await learn(teams, activity);
  const turn = await openTurn(teams, activity);
  try {
    return await route(turn);
  } catch (error) {
    const apology = apologise(turn);
    if (apology === null) throw error;
    teams.log.error(
      { problem: String(error), activity: activity.id, type: activity.type },
      'A person of Teams could not be served',
    );
    return apology;
  }
}

/** Whoever waits for an answer gets one also when nothing can be written down: the way to them is learnt from the next activity. */
async function learn(teams: Teams, activity: Activity): Promise<void> {
  try {
    await teams.conversations.learn(activity);
  } catch (error) {
    if (activity.type !== 'invoke' && activity.type !== 'message') throw error;
    teams.log.warn({ problem: String(error), activity: activity.id }, 'A conversation of Teams could not be noted');
  }
}

/** Who waits for an answer is told; where nobody does, Teams is to send the event again (null). */
function apologise(turn: Turn): InvokeAnswer | null {
  const { type, name } = turn.activity;
  if (type !== 'invoke') return null;
  if (name === 'adaptiveCard/action') return noticeAnswer(SORRY);
  return name?.startsWith('application/') === true ? null : lastWords(SORRY);
}

/** All that tells one activity from the next; the same activity sent again has the same. */
function deliveryKey(activity: Activity): string {
  const { type, id, conversation, timestamp, name, from, reactionsAdded, reactionsRemoved } = activity;
  return JSON.stringify([type, name, id, conversation.id, from?.id, timestamp, reactionsAdded, reactionsRemoved]);
}

function refusal(teams: Teams, { status, why }: { readonly status: number; readonly why: string }): Reply {
  teams.log.warn({ status, why }, 'A request to /api/messages was refused');
  return { status, body: { error: { code: 'refused', message: why } } };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  if (status === 405) response.setHeader('allow', 'POST');
  // The rest of a body that was not read must not be taken for the next request.
  if (status === 413 || status === 415 || status === 405) response.setHeader('connection', 'close');
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
