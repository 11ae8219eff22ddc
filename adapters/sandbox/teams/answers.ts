import type { Json } from './protocol';

/** An HTTP answer of the emulated services. */
export interface Answer {
  status: number;
  body?: Json;
  headers?: Record<string, string>;
}

export function ok(body: Json = {}): Answer {
  return { status: 200, body };
}

/** An error in the Bot Connector's form. */
export function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

export const badSyntax = (message: string): Answer => refuse(400, 'BadSyntax', message);
export const badArgument = (message: string): Answer => refuse(400, 'BadArgument', message);

export function notInRoster(status: 403 | 404 = 403): Answer {
  return refuse(status, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}

/** What a bot is told when the person has uninstalled or blocked it. */
export function writesBlocked(): Answer {
  const message = 'User blocked the conversation with the bot.';
  return {
    status: 403,
    body: { subCode: 'MessageWritesBlocked', error: { code: 'ConversationBlockedByUser', message } },
  };
}

export const noConversation = (): Answer => refuse(404, 'ConversationNotFound', 'Conversation not found.');
export const noActivity = (): Answer =>
  refuse(404, 'ActivityNotFoundInConversation', 'Activity not found in the conversation.');

export function tooMany(retryAfterS: number | null): Answer {
  const answer = refuse(429, 'Throttled', 'Too many requests.');
  return retryAfterS === null ? answer : { ...answer, headers: { 'retry-after': String(retryAfterS) } };
}
