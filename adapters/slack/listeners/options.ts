import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { isOurs } from '../api';
import { optionOf } from '../forms';
import { reasonOf } from '../log';
import type { Parts } from '../parts';
import { BlockSuggestion } from '../payloads';

/** Typeahead of the client field. Without an answer the person still has the form, so a failure is an empty list. */
export const options =
  (parts: Parts) =>
  async ({ body, ack }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const { value, user, team, enterprise } = BlockSuggestion.parse(body);
    const ours = isOurs(parts.me, user.team_id ?? team?.id, team?.enterprise_id ?? enterprise?.id);
    const found = ours ? await parts.doors.clients(value).catch(empty(parts)) : [];
    await ack({ options: found.map(optionOf) });
  };

const empty = (parts: Parts) => (error: unknown) => {
  parts.log.error({ problem: reasonOf(error) }, 'clients could not be looked up');
  return [];
};
