import type { JsonObject, SlackChannel, SlackFile, SlackUser } from './protocol';
import { nextId } from './state';
import type { World } from './world';

const FILES_MAX = 10;
const NAME_MAX = 255;

const MIMETYPES: { [ending: string]: string } = {
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
};

/** The files that a person attaches, by name; null for what no composer sends. Nothing is uploaded: there are only names. */
export function filesFrom(world: World, names: unknown, user: SlackUser): SlackFile[] | null {
  if (names === undefined) return [];
  const given: unknown[] = Array.isArray(names) ? names : [null];
  const isFit = given.every((name) => typeof name === 'string' && name.trim() !== '' && name.length <= NAME_MAX);
  if (!isFit || given.length > FILES_MAX) return null;
  return given.map((name) => ({ id: nextId(world.state, 'F'), name: String(name).trim(), user: user.id }));
}

/** A file as messages describe it, with addresses of every kind that Slack gives. */
export function fileJson(world: World, file: SlackFile): JsonObject {
  const { team } = world.state.seed;
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? 'binary';
  const path = encodeURIComponent(file.name.toLowerCase().replaceAll(' ', '_'));
  const at = Math.floor(world.now() / 1000);
  return {
    id: file.id,
    created: at,
    timestamp: at,
    name: file.name,
    title: file.name,
    mimetype: MIMETYPES[ending] ?? 'application/octet-stream',
    filetype: ending,
    pretty_type: ending.toUpperCase(),
    user: file.user,
    editable: false,
    size: 92_582,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    url_private: `https://files.slack.com/files-pri/${team.id}-${file.id}/${path}`,
    url_private_download: `https://files.slack.com/files-pri/${team.id}-${file.id}/download/${path}`,
    permalink: `https://${team.domain}.slack.com/files/${file.user}/${file.id}/${path}`,
    permalink_public: `https://slack-files.com/${team.id}-${file.id}-0123456789`,
    has_rich_preview: false,
  };
}

/** An event from a channel shared with another organisation: its files have to be asked for. */
export function withheld(channel: SlackChannel, event: JsonObject): JsonObject {
  if (channel.is_ext_shared !== true) return event;
  const entries = Object.entries(event).map(([name, value]) => {
    if (name === 'files' && Array.isArray(value)) return [name, value.map(stub)] as const;
    const isMessage = name === 'message' || name === 'previous_message';
    return [name, isMessage ? withheld(channel, value as JsonObject) : value] as const;
  });
  return Object.fromEntries(entries);
}

function stub(file: unknown): JsonObject {
  const { id = '' } = file as JsonObject;
  return { id, mode: 'file_access', file_access: 'check_file_info', created: 0, timestamp: 0, user: '' };
}
