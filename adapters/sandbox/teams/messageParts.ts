import type { TeamsCore } from './core';
import { asArray, asObject, asText } from './json';
import { CARD_TYPE } from './options';
import type { Json, JsonObject, TeamsAttachment, TeamsMention, TeamsMessage } from './protocol';
import { userByAnyId } from './state';

type Drawn = Pick<
  TeamsMessage,
  'text' | 'textFormat' | 'attachments' | 'attachmentLayout' | 'mentions' | 'suggestedActions'
>;

/** The parts of a bot's activity that are drawn. */
export function drawnMessage(core: TeamsCore, activity: JsonObject): Drawn {
  const attachments = asArray(activity.attachments).map((one) => attachmentOf(asObject(one)));
  return {
    text: asText(activity.text),
    textFormat: formatOf(activity.textFormat),
    attachments,
    attachmentLayout: activity.attachmentLayout === 'carousel' ? 'carousel' : 'list',
    mentions: [
      ...mentionsIn(core, asArray(activity.entities), asText(activity.text)),
      ...attachments.flatMap((attachment) => cardMentions(core, attachment)),
    ],
    suggestedActions: asArray(asObject(activity.suggestedActions).actions)
      .map(asObject)
      .map((action) => ({ title: asText(action.title), value: asText(action.value) })),
  };
}

// Without a word on it, Teams reads a bot's text as Markdown.
function formatOf(format: Json | undefined): TeamsMessage['textFormat'] {
  return format === 'plain' || format === 'xml' ? format : 'markdown';
}

export function attachmentOf(given: JsonObject): TeamsAttachment {
  const attachment: TeamsAttachment = { contentType: asText(given.contentType) };
  if (given.content !== undefined) {
    attachment.content = given.content;
  }
  if (typeof given.contentUrl === 'string') {
    attachment.contentUrl = given.contentUrl;
  }
  if (typeof given.name === 'string') {
    attachment.name = given.name;
  }
  return attachment;
}

// Only an entity whose words stand in the text pings anybody; `<at>` alone is drawn as text.
function mentionsIn(core: TeamsCore, entities: Json[], text: string): TeamsMention[] {
  return entities
    .map(asObject)
    .filter((entity) => entity.type === 'mention' && text.includes(asText(entity.text)))
    .map((entity) => {
      const mentioned = asObject(entity.mentioned);
      const id = asText(mentioned.id);
      return { id: userByAnyId(core.state, id)?.id ?? id, name: asText(mentioned.name), text: asText(entity.text) };
    });
}

function cardMentions(core: TeamsCore, attachment: TeamsAttachment): TeamsMention[] {
  if (attachment.contentType !== CARD_TYPE) {
    return [];
  }
  const card = asObject(attachment.content);
  const words = textsIn([card.body ?? null, card.actions ?? null]).join('\n');
  return mentionsIn(core, asArray(asObject(card.msteams).entities), words);
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.values(value).flatMap(textsIn);
}
