import { serviceUrlOf, type TeamsCore } from './core';
import type { Place } from './places';
import type { JsonObject, TeamsAct, TeamsFile, TeamsMessage } from './protocol';
import { mintEventId } from './state';

type Say = Extract<TeamsAct, { act: 'say' }>;

const FILES_MAX = 10;
const NAME_MAX = 255;

/** Why this cannot be sent, in Teams' words; null when it can. */
export function filesRefusal(core: TeamsCore, { files = [], pictures = 0 }: Say, place: Place): string | null {
  const isFit = (name: unknown) => typeof name === 'string' && name.trim() !== '' && name.length <= NAME_MAX;
  if (!Array.isArray(files) || !files.every(isFit) || files.length > FILES_MAX) {
    return 'Attach up to ten files, each with a name.';
  }
  if (!Number.isInteger(pictures) || pictures < 0 || pictures > FILES_MAX) {
    return 'Paste up to ten pictures.';
  }
  const isBarred = files.length > 0 && place.kind === 'personal' && !core.app.takesFiles;
  return isBarred ? `${core.app.botName} takes no files.` : null;
}

/** Files go to the writer's OneDrive in a chat, to the channel's folder in SharePoint in a channel. */
export function filesFrom(core: TeamsCore, { files = [] }: Say, place: Place): TeamsFile[] {
  const folder =
    place.kind === 'personal'
      ? 'https://acme-my.sharepoint.com/personal/someone_acme_test/Documents/Microsoft Teams Chat Files'
      : `https://acme.sharepoint.com/sites/AcmeSupport/Shared Documents/${place.channel.name}`;
  return files.map((name) => ({ id: mintEventId(core.state), name: name.trim(), url: `${folder}/${name.trim()}` }));
}

/**
 * The attachments of which a bot is told: files in a chat with it, and pictures there. In a channel there are none for
 * files, as the real one sends none (botbuilder-dotnet #6710).
 */
export function attached(core: TeamsCore, message: TeamsMessage, place: Place): JsonObject[] {
  if (place.kind !== 'personal') {
    return [];
  }
  const files = message.files.map(({ id, name, url }) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: url,
    name,
    content: {
      downloadUrl: `${url}?tempauth=eyJ0eXAiOiJKV1QifQ`,
      uniqueId: id,
      fileType: /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '',
    },
  }));
  const pictures = Array.from({ length: message.pictures }, (_, index) => ({
    contentType: 'image/*',
    contentUrl: `${serviceUrlOf(core)}v3/attachments/0-eus-d1-${message.id}-${index}/views/original`,
  }));
  return [...files, ...pictures];
}

/** Pasted pictures stand in the HTML, without a name. */
export function pastedIn({ id, pictures }: TeamsMessage): string {
  const image = (index: number) =>
    `<p><img itemscope="png" src="https://us-api.asm.skype.com/v1/objects/0-eus-d1-${id}-${index}/views/imgo" alt="image" itemtype="http://schema.skype.com/AMSImage" width="400" height="250"></p>`;
  return Array.from({ length: pictures }, (_, index) => image(index)).join('');
}

/** A file as a message's menu describes it. */
export const referenceTo = ({ id, name, url }: TeamsFile): JsonObject => ({
  id,
  contentType: 'reference',
  contentUrl: url,
  content: null,
  name,
  thumbnailUrl: null,
});
