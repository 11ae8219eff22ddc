import { no } from './asking';
import type { JsonObject, SlackAct, SlackActResult, SlackUser } from './protocol';
import { NO_STATUS } from './state';
import type { World } from './world';

/** What people say of themselves: a status beside their name, and do-not-disturb. */

type Act<Name> = Extract<SlackAct, { act: Name }>;

const DAY_MINUTES = 24 * 60;
const MINUTES_MAX = 366 * DAY_MINUTES;
const WRONG_TIME = no('invalid_time', 'Choose a time from a minute to a year.');
const secondsNow = (world: World): number => Math.floor(world.now() / 1000);

export function setStatus(world: World, act: Act<'setStatus'>, user: SlackUser): SlackActResult {
  const { minutes } = act;
  if (minutes !== undefined && !(minutes > 0 && minutes <= MINUTES_MAX)) return WRONG_TIME;
  if (act.text.length > 100) return no('too_long', 'A status has at most 100 characters.');
  user.status_emoji = act.emoji.trim();
  user.status_text = act.text.trim();
  user.status_expiration = minutes === undefined ? 0 : secondsNow(world) + minutes * 60;
  world.changed();
  return { ok: true };
}

export function setDnd(world: World, act: Act<'setDnd'>, user: SlackUser): SlackActResult {
  if (!(act.minutes >= 0 && act.minutes <= MINUTES_MAX)) return WRONG_TIME;
  const start = secondsNow(world);
  user.dnd = act.minutes === 0 ? null : { start, end: start + act.minutes * 60 };
  world.changed();
  return { ok: true };
}

/** The status as Slack tells it; one that has run out is told no more. */
export function statusJson(world: World, user: SlackUser): JsonObject {
  const { status_emoji, status_text, status_expiration } = user;
  const isOver = status_expiration !== 0 && status_expiration <= secondsNow(world);
  return isOver ? NO_STATUS : { status_emoji, status_text, status_expiration };
}

/** As `dnd.teamInfo` tells it; whoever has none has 1 for both times. */
export function dndJson(world: World, { dnd }: SlackUser): JsonObject {
  const comes = dnd !== null && dnd.end > secondsNow(world);
  return comes
    ? { dnd_enabled: true, next_dnd_start_ts: dnd.start, next_dnd_end_ts: dnd.end }
    : { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
}
