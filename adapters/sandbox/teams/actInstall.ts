import { changed, type TeamsCore } from './core';
import { deliver } from './delivery';
import { envelope } from './envelope';
import { type Place, placeOf } from './places';
import type { JsonObject, TeamsActResult, TeamsUser } from './protocol';
import { failed } from './scene';
import { userOf } from './state';

/** Adds the app to a team or a personal chat, or takes it out; the bot is told either way. */
export async function changeInstall(
  core: TeamsCore,
  act: { user: string; in: string },
  installed: boolean,
): Promise<TeamsActResult> {
  const user = userOf(core.state, act.user);
  const place = homeOf(core, act.in);
  if (user === null || place === null) {
    return failed('There is no such team or chat.');
  }
  const home = place.kind === 'channel' ? place.team : place.chat;
  if (home.appInstalled === installed) {
    return { ok: true };
  }
  home.appInstalled = installed;
  changed(core);
  await tellInstall(core, user, place, installed);
  return { ok: true };
}

/** Tells the bot of every place where the app is, as if it had been added there just now. */
export async function announceInstalls(core: TeamsCore): Promise<void> {
  const { teams, chats } = core.state;
  const homes = [...teams, ...chats].filter((home) => home.appInstalled);
  for (const home of homes) {
    const user = userOf(core.state, 'members' in home ? (home.members[0] ?? '') : home.user);
    const place = homeOf(core, home.id);
    if (user !== null && place !== null) {
      await tellInstall(core, user, place, true);
    }
  }
}

// A team's app lives in its General channel.
function homeOf(core: TeamsCore, id: string): Place | null {
  const team = core.state.teams.find((one) => one.id === id);
  return placeOf(core.state, team === undefined ? id : (team.channels[0]?.id ?? ''));
}

async function tellInstall(core: TeamsCore, user: TeamsUser, place: Place, installed: boolean): Promise<void> {
  const settings = { selectedChannel: { id: place.id } };
  const team: JsonObject = place.kind === 'channel' ? { team: teamJson(place) } : {};
  await deliver(
    core,
    envelope(
      core,
      { user, place, type: 'installationUpdate' },
      {
        action: installed ? 'add' : 'remove',
        channelData: { ...team, settings, source: { name: 'message' } },
      },
    ),
  );
  const members = place.kind === 'personal' ? [{ id: user.id, aadObjectId: user.aadObjectId }] : [];
  const key = installed ? 'membersAdded' : 'membersRemoved';
  const eventType = installed ? 'teamMemberAdded' : 'teamMemberRemoved';
  await deliver(
    core,
    envelope(
      core,
      { user, place, type: 'conversationUpdate' },
      {
        [key]: [...members, { id: core.botId }],
        channelData: place.kind === 'channel' ? { ...team, settings, eventType } : { settings },
      },
    ),
  );
}

function teamJson(place: Extract<Place, { kind: 'channel' }>): JsonObject {
  const { id, name, aadGroupId } = place.team;
  return { id, name, aadGroupId };
}
