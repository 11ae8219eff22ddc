import { encode } from './actSay';
import type { TeamsCore } from './core';
import { pastedIn, referenceTo } from './files';
import { plain } from './json';
import type { Json, JsonObject, TeamsMessage } from './protocol';
import { userOf } from './state';

/** A message as a message extension's action command gets it (`value.messagePayload`). */
export function messagePayload(core: TeamsCore, message: TeamsMessage): JsonObject {
  const link = `https://teams.microsoft.com/l/message/${encodeURIComponent(message.conversation)}/${message.id}`;
  return {
    linkToMessage: link,
    id: message.id,
    replyToId: message.rootId === message.id ? null : message.rootId,
    createdDateTime: new Date(message.at).toISOString(),
    lastModifiedDateTime: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    deleted: message.deleted,
    subject: null,
    summary: null,
    importance: 'normal',
    locale: 'en-gb',
    body: { contentType: 'html', content: bodyOf(message) },
    from: senderOf(core, message),
    reactions: message.reactions.flatMap(({ type, users }) => users.map((user) => reactionOf(core, type, user))),
    mentions: message.mentions.map((mention, index) => mentionOf(core, mention, index)),
    attachments: [
      ...message.files.map(referenceTo),
      ...message.attachments.map((attachment) => ({
        contentType: attachment.contentType,
        // Teams gives the content of an attachment as a text here.
        content: attachment.content === undefined ? null : JSON.stringify(attachment.content),
      })),
    ],
  };
}

function bodyOf(message: TeamsMessage): string {
  const text = message.textFormat === 'xml' ? message.text : encode(message.text).replaceAll('\n', '<br>');
  const marked = message.mentions.reduce(
    (html, mention, index) => html.replace(encode(mention.text), `<at id="${index}">${encode(mention.name)}</at>`),
    text,
  );
  const marks = message.files.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
  return `<div><div>${marked}</div>\n${pastedIn(message)}${marks}</div>`;
}

function senderOf(core: TeamsCore, message: TeamsMessage): Json {
  const nobody = { device: null, conversation: null };
  if (message.fromBot) {
    return { ...nobody, user: null, application: botOf(core) };
  }
  return { ...nobody, user: personOf(core, message.from), application: null };
}

function botOf(core: TeamsCore): Json {
  return { applicationIdentityType: 'bot', id: core.options.appId, displayName: core.app.botName };
}

function personOf(core: TeamsCore, id: string): Json {
  const user = userOf(core.state, id);
  return { userIdentityType: 'aadUser', id: user?.aadObjectId ?? id, displayName: user?.name ?? null };
}

function reactionOf(core: TeamsCore, type: string, user: string): Json {
  return { reactionType: type, user: { user: personOf(core, user) } };
}

function mentionOf(core: TeamsCore, mention: TeamsMessage['mentions'][number], index: number): Json {
  const isBot = mention.id === core.botId;
  return plain({
    id: index,
    mentionText: mention.name,
    mentioned: {
      device: null,
      conversation: null,
      user: isBot ? null : personOf(core, mention.id),
      application: isBot ? botOf(core) : null,
    },
  });
}
