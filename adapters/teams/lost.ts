import { type Lost, SurfaceFailure } from '../../src/app/ports';
import type { Desk } from '../../src/domain/desk/desk';
import type { Connector } from './connector';
import type { Conversations } from './conversations';
import { conversationId, isChannelId } from './refs';
import { PLATFORM } from './settings';

/**
 * Channels of the desk file that Teams does not have any more, or that Baton is not in. Nobody before Teams has spoken to
 * Baton, since there is nowhere to ask. Who has left is not asked: a bot learns who is in a team, and people of
 * the desk need not be in each. Throws SurfaceFailure when Teams cannot be asked.
 */
export async function lostOf(connector: Connector, conversations: Conversations, desk: Desk): Promise<readonly Lost[]> {
  const reference = await conversations.reachTenant();
  if (reference === null) return [];
  const lost: Lost[] = [];
  for (const { use, id } of channelsOf(desk)) {
    const { serviceUrl } = (await conversations.reach(id)) ?? reference;
    try {
      await connector({ serviceUrl, method: 'GET', path: ['conversations', conversationId(id, null), 'pagedmembers'] });
    } catch (error) {
      if (!(error instanceof SurfaceFailure && error.kind === 'refused')) throw error;
      lost.push({
        what: `channel:${id}`,
        say: `Baton does not reach the ${use} channel of Teams, ${id}: add the app to that team, or mend the desk file.`,
      });
    }
  }
  return lost;
}

function channelsOf({ triage, leads, intake }: Desk): readonly { readonly use: string; readonly id: string }[] {
  const named = [
    { use: 'triage', id: triage[PLATFORM] },
    { use: 'leads', id: leads[PLATFORM] },
    ...intake.filter((one) => one.platform === PLATFORM).map(({ channel }) => ({ use: 'intake', id: channel })),
  ];
  return named.flatMap(({ use, id }) => (id === undefined || !isChannelId(id) ? [] : [{ use, id }]));
}
