/** Who and what of the desk file Slack does not have: asked once a day, so one call each. */
import type { WebClient } from '@slack/web-api';
import type { Lost } from '../../src/app/ports';
import type { Desk } from '../../src/domain/desk/desk';
import { errorWord, failureOf } from './failures';
import { PLATFORM } from './refs';

/** Slack's words for what is not there; anything else says that Slack could not be asked. */
const NO_CHANNEL = ['channel_not_found', 'not_in_channel'];
const NO_PERSON = ['user_not_found', 'user_not_visible', 'users_not_found'];

/** Throws SurfaceFailure when Slack cannot be asked. */
export async function lostOf(api: WebClient, desk: Desk): Promise<readonly Lost[]> {
  const lost: Lost[] = [];
  for (const [id, use] of channelsOf(desk)) lost.push(...(await channelLost(api, id, use)));
  for (const { accounts, name } of desk.people) {
    const account = accounts[PLATFORM];
    if (account !== undefined) lost.push(...(await personLost(api, account, name)));
  }
  return lost;
}

type Named = readonly [id: string, use: string];

function channelsOf(desk: Desk): readonly Named[] {
  const named = (id: string | undefined, use: string): readonly Named[] => (id === undefined ? [] : [[id, use]]);
  const intake = desk.intake.filter((one) => one.platform === PLATFORM).map((one): Named => [one.channel, 'intake']);
  return [...named(desk.triage[PLATFORM], 'triage'), ...named(desk.leads[PLATFORM], 'leads'), ...intake];
}

async function channelLost(api: WebClient, id: string, use: string): Promise<readonly Lost[]> {
  try {
    const { channel } = await api.conversations.info({ channel: id });
    const name = channel?.name ? `#${channel.name}` : id;
    if (channel?.is_archived)
      return [
        { what: `archived:${id}`, say: `The ${use} channel ${name} is archived: name another one in the desk file.` },
      ];
    if (channel?.is_member) return [];
    return [{ what: `outside:${id}`, say: `Baton is not in the ${use} channel ${name}: type /invite @Baton there.` }];
  } catch (error) {
    if (!NO_CHANNEL.includes(errorWord(error) ?? '')) throw failureOf(error);
    return [
      { what: `unknown:${id}`, say: `Slack knows no ${use} channel ${id}, or Baton is not in it: mend the desk file.` },
    ];
  }
}

async function personLost(api: WebClient, id: string, name: string): Promise<readonly Lost[]> {
  try {
    const { user } = await api.users.info({ user: id });
    if (user?.deleted !== true) return [];
    return [
      {
        what: `left:${id}`,
        say: `${name} no longer has a Slack account, so nothing reaches them there: mend the desk file.`,
      },
    ];
  } catch (error) {
    if (!NO_PERSON.includes(errorWord(error) ?? '')) throw failureOf(error);
    return [{ what: `stranger:${id}`, say: `Slack knows no ${id}: mend "slack" of ${name} in the desk file.` }];
  }
}
