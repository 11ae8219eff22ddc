/** Slack's ids as places, instants and the names under which the same thing may come again. */
import { createHash } from 'node:crypto';
import type { Place } from '../../src/domain/case/case';
import { type Instant, instant } from '../../src/domain/ids';
import type { SubmittedView } from './payloads';

export const PLATFORM = 'slack';

/** A message of a channel; `threadTs` equal to the message's own ts marks the root of a thread, which is no reply. */
export function placeOf(channel: string, ts: string, threadTs?: string | null): Place {
  return { platform: PLATFORM, channel, message: ts, thread: threadTs && threadTs !== ts ? threadTs : null };
}

/** Slack's timestamps are seconds with six digits of fraction. */
export const instantOf = (ts: string): Instant => instant(Math.round(Number.parseFloat(ts) * 1000) || 0);
export const tsOf = (epochMs: number): string => (epochMs / 1000).toFixed(6);

export interface EventNames {
  readonly team_id?: string | null | undefined;
  readonly event_id: string;
}
const eventKey = (event: EventNames): string => `slack:event:${event.team_id ?? ''}:${event.event_id}`;

/**
 * One message may come under several event ids (node-slack-sdk#2141 saw eleven), so its own name counts beside the event's.
 * `edit` is the time of the edit that the event tells of, or ''.
 */
export function messageKeys(
  event: EventNames,
  message: { channel: string; ts: string; subtype: string; edit: string },
): string[] {
  const { channel, ts, subtype, edit } = message;
  return [eventKey(event), `slack:msg:${event.team_id ?? ''}:${channel}:${ts}:${subtype}:${edit}`];
}

export interface ReactionNames {
  readonly user: string;
  readonly reaction: string;
  readonly event_ts: string;
  readonly item: { readonly channel: string; readonly ts: string };
}
export function reactionKeys(event: EventNames, reaction: ReactionNames, added: boolean): string[] {
  const { user, item } = reaction;
  const sign = added ? '+' : '-';
  return [
    eventKey(event),
    `slack:react:${item.channel}:${item.ts}:${user}:${reaction.reaction}:${sign}:${reaction.event_ts}`,
  ];
}

/** Commands, shortcuts and presses have no event id; each carries a trigger of its own. */
export const triggerKeys = (trigger: string): string[] => [`slack:trigger:${trigger}`];

/**
 * A form sent again after Slack heard no answer has the same id, hash and words: once is enough. Sent again after it was
 * shown errors it is a new attempt (`tries`), and with other words it is one in any case (after a restart, say).
 */
export function submissionKeys(view: SubmittedView, tries: number): string[] {
  const words = createHash('sha256').update(JSON.stringify(view.state.values)).digest('hex').slice(0, 16);
  return [`slack:view:${view.id}:${view.hash}:${tries}:${words}`];
}

/** The address of a message in the browser; `teamUrl` ends in a slash. A channel as a whole has an address too. */
export function addressOf(teamUrl: string, place: Place): string | null {
  if (place.platform !== PLATFORM || teamUrl === '') return null;
  const base = `${teamUrl}archives/${encodeURIComponent(place.channel)}`;
  if (place.message === '') return base;
  const message = `${base}/p${place.message.replace('.', '')}`;
  return place.thread === null
    ? message
    : `${message}?thread_ts=${place.thread}&cid=${encodeURIComponent(place.channel)}`;
}
