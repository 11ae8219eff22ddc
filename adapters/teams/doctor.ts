import { type DeskNow, SurfaceFailure } from '../../src/app/ports';
import { openConnector } from './connector';
import { openConversations } from './conversations';
import { conversationId, isChannelId } from './refs';
import { assertUsable, PLATFORM, type TeamsParts, type TeamsSettings } from './settings';
import { openTokens } from './token';

export interface Finding {
  readonly ok: boolean;
  readonly say: string;
}

interface Checked extends Pick<TeamsParts, 'store' | 'log'> {
  readonly config: TeamsSettings;
  readonly desk: DeskNow;
}

/** What `baton doctor` says of Teams: the bot's token, whether Teams has spoken, the channels of the desk, its people. */
export async function checkTeams({ config, desk, store, log }: Checked): Promise<readonly Finding[]> {
  const tokens = openTokens(config);
  try {
    assertUsable(config);
    await tokens.current();
  } catch (error) {
    return [bad(error instanceof SurfaceFailure ? error.problem : String(error))];
  }
  const conversations = openConversations({ config, store, log });
  const reference = await conversations.reachTenant();
  const token = good('Teams: the bot gets its token.');
  const people = peopleFinding(desk);
  if (reference === null) {
    return [
      token,
      bad('Teams has not spoken to Baton yet: upload the app package and add it to a team or a chat.'),
      people,
    ];
  }
  const connector = openConnector(config, tokens);
  const channels = channelsOf(desk).map(async ({ what, id }): Promise<Finding> => {
    try {
      const path = ['conversations', conversationId(id, null), 'pagedmembers'];
      await connector({
        serviceUrl: (await conversations.reach(id))?.serviceUrl ?? reference.serviceUrl,
        method: 'GET',
        path,
      });
      return good(`Teams: Baton is in the ${what} channel.`);
    } catch (error) {
      const problem = error instanceof SurfaceFailure ? error.problem : String(error);
      return bad(`Teams: Baton does not reach the ${what} channel ${id} (${problem}). Add the app to that team.`);
    }
  });
  return [token, good('Teams: Teams has spoken to Baton.'), ...(await Promise.all(channels)), people];
}

function channelsOf(desk: DeskNow): readonly { readonly what: string; readonly id: string }[] {
  const { triage, leads, intake } = desk();
  const named = [
    { what: 'triage', id: triage[PLATFORM] },
    { what: 'leads', id: leads[PLATFORM] },
    ...intake.filter(({ platform }) => platform === PLATFORM).map(({ channel }) => ({ what: 'intake', id: channel })),
  ];
  return named.flatMap(({ what, id }) => (id === undefined || !isChannelId(id) ? [] : [{ what, id }]));
}

function peopleFinding(desk: DeskNow): Finding {
  const missing = desk().people.filter(({ accounts }) => accounts[PLATFORM] === undefined);
  if (missing.length === 0) return good('Teams: everybody of the desk has a Teams account in the desk file.');
  const names = missing.map(({ name }) => name).join(', ');
  return { ok: true, say: `Teams: without a Teams account in the desk file, and not known there: ${names}.` };
}

const good = (say: string): Finding => ({ ok: true, say });
const bad = (say: string): Finding => ({ ok: false, say });
