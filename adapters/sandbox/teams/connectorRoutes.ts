import { type Answer, badSyntax } from './answers';
import { deleteActivity, postActivity, setReaction, updateActivity } from './connectorActivities';
import type { ConnectorCall } from './connectorCall';
import { createConversation } from './connectorConversations';
import { listMembers, oneMember, pageMembers, teamChannels, teamDetails } from './connectorRoster';
import type { TeamsCore } from './core';
import { isObject, parseJson } from './json';

type Handler = (call: ConnectorCall) => Answer;

/** The Connector API as far as Teams offers it to bots; `*` is one variable part. */
const ROUTES: readonly (readonly [verb: string, path: string, handler: Handler])[] = [
  ['POST', 'conversations', createConversation],
  ['POST', 'conversations/*/activities', postActivity],
  ['POST', 'conversations/*/activities/*', postActivity],
  ['PUT', 'conversations/*/activities/*', updateActivity],
  ['DELETE', 'conversations/*/activities/*', deleteActivity],
  ['GET', 'conversations/*/activities/*/members', listMembers],
  ['PUT', 'conversations/*/activities/*/reactions/*', setReaction],
  ['DELETE', 'conversations/*/activities/*/reactions/*', setReaction],
  ['GET', 'conversations/*/members', listMembers],
  ['GET', 'conversations/*/pagedmembers', pageMembers],
  ['GET', 'conversations/*/members/*', oneMember],
  ['GET', 'teams/*', teamDetails],
  ['GET', 'teams/*/conversations', teamChannels],
];

/** Does what a call under `/v3/` asks. The caller has checked the token. */
export function callConnector(core: TeamsCore, verb: string, url: URL, text: string): Answer {
  const parts = (url.pathname.split('/v3/')[1] ?? '').split('/').filter((part) => part !== '');
  const found = ROUTES.find(([routeVerb, path]) => routeVerb === verb && matches(path, parts));
  if (found === undefined) {
    return { status: 404, body: { message: `No such call: ${verb} ${url.pathname}` } };
  }
  const [, path, handler] = found;
  const body = text === '' ? {} : parseJson(text);
  if (!isObject(body)) {
    return badSyntax('The body is no JSON object.');
  }
  const params = path.split('/').flatMap((part, index) => (part === '*' ? [decoded(parts[index] ?? '')] : []));
  return handler({ core, verb, params, query: url.searchParams, body });
}

function matches(path: string, parts: string[]): boolean {
  const wanted = path.split('/');
  return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}

// A stray percent sign must not stop the world: the raw part simply names nothing.
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
