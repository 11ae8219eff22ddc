import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { showHome } from '../home';
import { callerOf, type Parts } from '../parts';
import { AppHomeOpened } from '../payloads';

/** Slack sends this for the Messages tab as well; only the Home tab is drawn. */
export const appHomeOpened =
  (parts: Parts) =>
  async ({ body }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    const given = AppHomeOpened.safeParse(body);
    if (!given.success || given.data.event.tab !== 'home') return;
    const { event, event_id } = given.data;
    const caller = await callerOf(parts, { user: event.user, place: null, what: `slack:home ${event_id}`, keys: [] });
    await showHome(parts, { user: event.user, caller, page: {}, hash: event.view?.hash ?? null });
  };
