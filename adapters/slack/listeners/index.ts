import type { App } from '@slack/bolt';
import { ACTION_PREFIX } from '../buttons';
import { CLIENT_ACTION } from '../forms';
import type { Parts } from '../parts';
import { actions } from './actions';
import { appHomeOpened } from './appHomeOpened';
import { command } from './command';
import { message } from './message';
import { messageShortcut } from './messageShortcut';
import { options } from './options';
import { reactions } from './reactions';
import { views } from './views';

/** The names in manifests/slack.yaml. */
const COMMAND = '/case';
const OPEN_CASE = 'open_case';
const OURS = new RegExp(`^${ACTION_PREFIX}`);

/** Everything that Slack may send. Joins and the like are not listened to: the front acknowledges them. */
export function listen(app: App, parts: Parts): void {
  app.command(COMMAND, command(parts));
  app.shortcut({ callback_id: OPEN_CASE, type: 'message_action' }, messageShortcut(parts));
  app.action({ type: 'block_actions', action_id: OURS }, actions(parts));
  app.view({ type: 'view_submission', callback_id: OURS }, views(parts));
  app.options({ type: 'block_suggestion', action_id: CLIENT_ACTION }, options(parts));
  app.event('reaction_added', reactions(parts));
  app.event('reaction_removed', reactions(parts));
  app.event('message', message(parts));
  app.event('app_home_opened', appHomeOpened(parts));
}
