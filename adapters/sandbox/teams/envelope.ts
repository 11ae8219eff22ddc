import { serviceUrlOf, type TeamsCore } from './core';
import type { Place } from './places';
import type { Json, JsonObject, TeamsUser } from './protocol';
import { mintEventId } from './state';

/** Who does what where: what every activity of the channel says of itself. */
export interface Happening {
  user: TeamsUser;
  place: Place;
  type: string;
  /** A message's id; events get one of their own. */
  id?: string;
  /** Set: the conversation id names this thread. */
  rootId?: string | null;
}

/** The envelope of an activity in the shapes that Teams sends; `parts` come on top. */
export function envelope(core: TeamsCore, happening: Happening, parts: JsonObject): JsonObject {
  const { user, place, type } = happening;
  const now = core.options.now();
  return {
    type,
    id: happening.id ?? mintEventId(core.state),
    timestamp: new Date(now).toISOString(),
    localTimestamp: localIso(now, user.tz),
    localTimezone: user.tz,
    serviceUrl: serviceUrlOf(core),
    channelId: 'msteams',
    from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
    conversation: conversationJson(core, place, happening.rootId ?? null),
    recipient: { id: core.botId, name: core.app.botName },
    entities: [clientInfo(user)],
    locale: 'en-GB',
    ...parts,
    channelData: { ...channelData(core, place), ...(parts.channelData as JsonObject | undefined) },
  };
}

/** An invoke, with the value that its name asks for. */
export function invoke(
  core: TeamsCore,
  happening: Omit<Happening, 'type'>,
  parts: { name: string; value: Json; source: 'message' | 'compose'; replyToId?: string },
): JsonObject {
  const { name, value, source, replyToId } = parts;
  return envelope(
    core,
    { ...happening, type: 'invoke' },
    { name, value, channelData: { source: { name: source } }, ...(replyToId === undefined ? {} : { replyToId }) },
  );
}

export function clientInfo(user: TeamsUser): JsonObject {
  return { locale: 'en-GB', country: 'GB', platform: 'Web', timezone: user.tz, type: 'clientInfo' };
}

function conversationJson(core: TeamsCore, place: Place, rootId: string | null): JsonObject {
  const { tenantId } = core.options;
  if (place.kind === 'personal') {
    return { conversationType: 'personal', tenantId, id: place.id };
  }
  const id = rootId === null ? place.id : `${place.id};messageid=${rootId}`;
  return { isGroup: true, conversationType: 'channel', tenantId, id };
}

function channelData(core: TeamsCore, place: Place): JsonObject {
  const tenant = { id: core.options.tenantId };
  if (place.kind === 'personal') {
    return { tenant };
  }
  return {
    teamsChannelId: place.id,
    teamsTeamId: place.team.id,
    channel: { id: place.id },
    team: { id: place.team.id },
    tenant,
  };
}

/** The instant as the person's clock shows it, with the offset of their zone: `2026-03-01T10:00:00.000+01:00`. */
function localIso(at: number, zone: string): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at + offsetMs).toISOString().replace('Z', `${sign}${hours}:${minutes}`);
}
