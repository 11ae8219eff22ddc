import { createHash } from 'node:crypto';
import type { Party, Place } from '../../src/domain/case/case';
import type { Instant } from '../../src/domain/ids';
import type { Background } from './background';
import type { Connector } from './connector';
import type { Conversations } from './conversations';
import type { AccountOf } from './mentions';
import type { Activity } from './payloads';
import { happenedAt, partyOf, placeIn, type Spot, spotOf, userOf } from './refs';
import { type Caller, PLATFORM, type TeamsParts } from './settings';
import type { Voice } from './voice';

/** The adapter put together; what every listener works with. */
export interface Teams extends TeamsParts {
  readonly connector: Connector;
  readonly conversations: Conversations;
  readonly voice: Voice;
  readonly accountOf: AccountOf;
  readonly background: Background;
}

/** One verified activity of a person: who, where, when. */
export interface Turn {
  readonly teams: Teams;
  readonly activity: Activity;
  readonly spot: Spot;
  readonly party: Party;
  /** By which private answers reach the person. */
  readonly user: string;
  readonly at: Instant;
}

export async function openTurn(teams: Teams, activity: Activity): Promise<Turn> {
  const from = activity.from ?? { id: 'unknown' };
  // Reactions and some events come without a name.
  const name = from.name ?? (await teams.conversations.account(from.id))?.name ?? null;
  const ids = [from.aadObjectId, from.id].filter((id) => typeof id === 'string');
  return {
    teams,
    activity,
    spot: spotOf(activity),
    party: partyOf(teams.desk(), { ids, name }),
    user: userOf(from),
    at: happenedAt(activity.timestamp, teams.clock.now()),
  };
}

/** Every activity's own key: with its type, because an edit carries the id of the message that it edits. */
export const activityKey = ({ type, conversation, id }: Activity): string =>
  `teams:act:${conversation.id}:${type}:${id}`;

/**
 * What was done, whatever id it comes under: by whom, where, at which instant, and what. Teams sends an activity that took too
 * long once more under another id (botbuilder-dotnet #5005); the time at which the person's own client sent it stays. None
 * where no time is told.
 */
export function naturalKeys({ activity, spot, user }: Pick<Turn, 'activity' | 'spot' | 'user'>): readonly string[] {
  const { type, name, text, value, replyToId, reactionsAdded, reactionsRemoved, channelData } = activity;
  const sentAt = activity.localTimestamp ?? activity.timestamp ?? null;
  if (sentAt === null) return [];
  const what = JSON.stringify([text, value, replyToId, reactionsAdded, reactionsRemoved, channelData?.eventType]);
  const digest = createHash('sha256').update(what).digest('base64url');
  return [['teams:done', type, name ?? '', spot.conversation, user, sentAt, digest].join(':')];
}

interface Called {
  readonly place: Place | null;
  /** Further names under which Teams may send the same again. */
  readonly keys?: readonly string[];
}

export function callerOf(turn: Turn, { place, keys = [] }: Called): Caller {
  const { activity, party } = turn;
  const what = ['teams', activity.type, activity.name, activity.id]
    .filter((word) => typeof word === 'string')
    .join(' ');
  return {
    party,
    platform: PLATFORM,
    place,
    cause: { what, keys: [activityKey(activity), ...naturalKeys(turn), ...keys] },
  };
}

/** The place of an activity that is itself a message. */
export const ownPlace = ({ spot, activity }: Turn): Place => placeIn(spot, activity.id);

/** The place of the message that a press belongs to. `-1`: the card stands in somebody's composer (botbuilder-js #3159). */
export function pressedPlace({ spot, activity }: Turn): Place {
  const card = activity.replyToId ?? '';
  return placeIn(spot, card === '-1' ? '' : card);
}
