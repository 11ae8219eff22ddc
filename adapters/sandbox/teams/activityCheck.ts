import { type Answer, badSyntax, refuse } from './answers';
import { cardProblems } from './cardCheck';
import { asArray, asObject, asText, isObject } from './json';
import { CARD_TYPE, MESSAGE_BYTES_MAX } from './options';
import type { Json, JsonObject } from './protocol';

const ATTACHMENT_TYPES =
  /^(application\/vnd\.microsoft\.(card\.(adaptive|hero|thumbnail|receipt|signin|oauth)|teams\.card\.(o365connector|list|file\.consent|file\.info))|text\/html|image\/[a-z+.-]+|video\/[a-z0-9+.-]+)$/;
const FORMATS = new Set(['plain', 'markdown', 'xml']);

/** What is wrong with a message that the bot wants to post or put in another's place; null when nothing is. */
export function messageFault(activity: JsonObject): Answer | null {
  if (activity.type !== 'message') {
    return badSyntax(`Unknown activity type ${JSON.stringify(activity.type ?? null)}.`);
  }
  // Teams counts UTF-16.
  if (JSON.stringify(activity).length * 2 > MESSAGE_BYTES_MAX) {
    return refuse(413, 'MessageSizeTooBig', 'Message size too big.');
  }
  const problem = shapeProblem(activity) ?? attachmentsProblem(asArray(activity.attachments));
  return problem === null ? null : badSyntax(problem);
}

function shapeProblem(activity: JsonObject): string | null {
  if (activity.text !== undefined && activity.text !== null && typeof activity.text !== 'string') {
    return 'Activity text must be a string.';
  }
  if (activity.attachments !== undefined && !Array.isArray(activity.attachments)) {
    return 'Activity attachments must be a list.';
  }
  if (asText(activity.text) === '' && asArray(activity.attachments).length === 0) {
    return 'Activity must have text or an attachment.';
  }
  if (activity.textFormat !== undefined && !FORMATS.has(asText(activity.textFormat))) {
    return `Unknown text format ${JSON.stringify(activity.textFormat)}.`;
  }
  return entitiesProblem(activity);
}

function entitiesProblem(activity: JsonObject): string | null {
  for (const entity of asArray(activity.entities).map(asObject)) {
    if (asText(entity.type) === '') {
      return 'Every entity must have a type.';
    }
    const mentioned = asObject(entity.mentioned);
    if (entity.type === 'mention' && (asText(mentioned.id) === '' || asText(entity.text) === '')) {
      return 'A mention must say whom (mentioned.id) and by which text.';
    }
  }
  return null;
}

function attachmentsProblem(attachments: Json[]): string | null {
  for (const attachment of attachments) {
    if (!isObject(attachment) || !ATTACHMENT_TYPES.test(asText(attachment.contentType))) {
      return `Unknown attachment type ${JSON.stringify(asObject(attachment).contentType ?? null)}.`;
    }
    const problems = attachment.contentType === CARD_TYPE ? cardProblems(attachment.content) : [];
    if (problems.length > 0) {
      return `Invalid Adaptive Card. ${problems.join(' ')}`;
    }
  }
  return null;
}
