import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { personBy } from '../../../src/domain/desk/desk';
import { isOurs } from '../api';
import { callerOf, type Parts } from '../parts';
import { ReactionEvent } from '../payloads';
import { instantOf, PLATFORM, placeOf, reactionKeys } from '../refs';

/**
 * An emoji put on a message or taken off. Slack names the message only, so whether it is a reply is not known here.
 * In a shared channel people of another organisation react too: they do not count unless the desk file names them.
 */
export const reactions =
  (parts: Parts) =>
  async ({ body }: SlackEventMiddlewareArgs<'reaction_added' | 'reaction_removed'>): Promise<void> => {
    const given = ReactionEvent.safeParse(body);
    if (!given.success) return parts.log.debug({}, 'a reaction to something other than a message was ignored');
    const { event, event_id, team_id } = given.data;
    const { user, reaction: emoji, item } = event;
    if (user === parts.me.userId) return;
    if (!isOurs(parts.me, team_id, null) && !personBy(parts.desk(), PLATFORM, user)) return;
    const place = placeOf(item.channel, item.ts);
    const added = event.type === 'reaction_added';
    const keys = reactionKeys({ team_id, event_id }, event, added);
    const caller = await callerOf(parts, { user, place, what: `slack:${event.type} ${event_id}`, keys });
    await parts.doors.reacted({ place, emoji, added, at: instantOf(event.event_ts) }, caller);
  };
