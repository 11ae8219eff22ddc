import { acknowledged, ask, basePayload, bodyOf, channelName, lateness, no } from './asking';
import { commandsOf, isInteractive, shortcutsOf } from './manifest';
import { arrive, messageJson } from './messages';
import type { SlackAct, SlackActResult, SlackChannel, SlackMessage, SlackUser } from './protocol';
import { mintHook, showAnswer } from './responseUrls';
import { newMessage, nextTs } from './state';
import { mintTrigger } from './triggers';
import { escapeText, typedText } from './words';
import type { World } from './world';

type Act<Name> = Extract<SlackAct, { act: Name }>;

/** A slash command, as typed in the composer of a channel. */
export async function runCommand(
  world: World,
  act: Act<'command'>,
  user: SlackUser,
  channel: SlackChannel,
): Promise<SlackActResult> {
  if (act.thread_ts !== undefined) return no('not_in_threads', `${act.command} is not supported in threads. Sorry!`);
  const declared = commandsOf(world.manifest).find((one) => one.command === act.command);
  if (!declared)
    return no(
      'unknown_command',
      `${act.command} is not a valid command. In Slack, messages that start with "/" are commands.`,
    );
  if (!channel.members.includes(user.id)) return no('not_in_channel', 'Join the channel first.');
  const { team, app } = world.state.seed;
  const people = { users: world.state.users.values(), channels: world.state.channels.values() };
  const answer = await ask(world, {
    what: 'command',
    type: act.command,
    payload: {
      token: 'sandbox-verification-token',
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channelName(channel),
      user_id: user.id,
      user_name: user.name,
      command: act.command,
      text: declared.should_escape ? typedText(act.text, people) : escapeText(act.text),
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: mintHook(world, 'commands', { user: user.id, channel: channel.id, ts: null }),
      trigger_id: mintTrigger(world, user.id, channel.id),
    },
  });
  if (!acknowledged(answer)) {
    const error = lateness(answer);
    return no(error, `${act.command} failed with the error "${error}"`);
  }
  const body = bodyOf(answer);
  if (body.text === undefined && body.blocks === undefined) return { ok: true };
  if (body.response_type === 'in_channel') echo(world, act, channel);
  const shown = showAnswer(world, channel, user.id, body);
  if ('ok' in shown)
    return no('invalid_command_response', `${act.command} failed with the error "invalid_command_response"`);
  return { ok: true };
}

/** An answer for all is preceded by what was typed. */
function echo(world: World, act: Act<'command'>, channel: SlackChannel): void {
  const ts = nextTs(world.state, world.now());
  const typed = escapeText(`${act.command} ${act.text}`.trim());
  arrive(world, newMessage({ channel: channel.id, ts, user: act.user, text: typed }));
}

/** A shortcut from a message's menu. */
export async function runMessageShortcut(
  world: World,
  callbackId: string,
  user: SlackUser,
  message: SlackMessage,
): Promise<SlackActResult> {
  const channel = world.state.channels.get(message.channel);
  const declared = shortcutsOf(world.manifest).some((one) => one.type === 'message' && one.callback_id === callbackId);
  if (!declared || !channel) return no('unknown_shortcut', 'There is no such shortcut.');
  const hook = { user: user.id, channel: channel.id, ts: message.ts };
  const answer = await ask(world, {
    what: 'interaction',
    type: 'message_action',
    payload: {
      ...basePayload(world, 'message_action', user),
      action_ts: nextTs(world.state, world.now()),
      channel: { id: channel.id, name: channelName(channel) },
      callback_id: callbackId,
      trigger_id: mintTrigger(world, user.id, channel.id),
      response_url: mintHook(world, 'app', hook),
      message_ts: message.ts,
      message: messageJson(world, message),
    },
  });
  return acknowledged(answer) ? { ok: true } : no(lateness(answer), 'The shortcut did not answer. Try again.');
}

/** A shortcut from the workspace's menu: it knows no channel and gets no response_url. */
export async function runGlobalShortcut(world: World, callbackId: string, user: SlackUser): Promise<SlackActResult> {
  const declared = shortcutsOf(world.manifest).some((one) => one.type === 'global' && one.callback_id === callbackId);
  if (!declared || !isInteractive(world.manifest)) return no('unknown_shortcut', 'There is no such shortcut.');
  const answer = await ask(world, {
    what: 'interaction',
    type: 'shortcut',
    payload: {
      ...basePayload(world, 'shortcut', user),
      action_ts: nextTs(world.state, world.now()),
      callback_id: callbackId,
      trigger_id: mintTrigger(world, user.id, null),
    },
  });
  return acknowledged(answer) ? { ok: true } : no(lateness(answer), 'The shortcut did not answer. Try again.');
}
