/** The platforms as people see them: what stands in which channel. An effect is kept before its answer may get lost. */
import type { Destination, HeardMessage } from '../../src/app/ports';
import type { View } from '../../src/app/view';
import type { Party, Place } from '../../src/domain/case/case';
import { instant } from '../../src/domain/ids';
import type { Stage } from './stage';
import { SHOWS_WITHIN_MS } from './weather';

export interface Shown {
  readonly place: Place;
  readonly to: Destination;
  readonly posting: string;
  readonly at: number;
  readonly visibleAt: number;
  /** In the order in which things took effect, over all places. */
  readonly order: number;
  view: View;
  updates: number;
  /** When somebody deleted it. */
  goneAt: number | null;
}

export interface World {
  readonly shown: readonly Shown[];
  post(to: Destination, view: View, posting: { readonly id: string; readonly showsAfter: number }): Place;
  /** False when there is no such message any more. */
  update(place: Place, view: View): boolean;
  find(to: Destination, posting: string): Place | 'absent' | 'unknown';
  read(place: Place): HeardMessage | null;
  /** Somebody writes; says where. */
  write(where: Omit<Place, 'message'>, author: Party, text: string): HeardMessage;
  /** Until when a channel asks for patience, and whether it takes messages at all. */
  readonly patienceUntil: Map<string, number>;
  readonly archived: Set<string>;
}

/** Platforms on which a posting can be looked for. Teams has no search for bots. */
const CAN_LOOK = new Set(['slack']);
export const channelOf = (to: Destination): string => (to.kind === 'person' ? `dm-${to.user}` : to.channel);
const keyOf = ({ platform, channel, message }: Place): string => `${platform}|${channel}|${message}`;

/** Whether Baton may ask the platform if a posting took effect. */
export const canLook = (to: Destination): boolean => CAN_LOOK.has(to.platform) && to.kind !== 'whisper';

export function createWorld(stage: Stage): World {
  const shown: Shown[] = [];
  const places = new Map<string, Shown>();
  const postings = new Map<string, Shown[]>();
  const written = new Map<string, HeardMessage>();
  let messages = 0;
  const nextMessage = (): string => {
    messages += 1;
    return `${Math.floor(stage.now() / 1000)}.${String(messages).padStart(6, '0')}`;
  };
  return {
    shown,
    patienceUntil: new Map(),
    archived: new Set(),
    post: (to, view, { id, showsAfter }) => {
      const thread = to.kind === 'person' ? null : to.thread;
      const place: Place = { platform: to.platform, channel: channelOf(to), message: nextMessage(), thread };
      const now = stage.now();
      const visibleAt = now + Math.min(showsAfter, SHOWS_WITHIN_MS);
      const one = { place, to, posting: id, at: now, visibleAt, order: shown.length, view, updates: 0, goneAt: null };
      shown.push(one);
      places.set(keyOf(place), one);
      postings.set(id, [...(postings.get(id) ?? []), one]);
      return place;
    },
    update: (place, view) => {
      const one = places.get(keyOf(place));
      if (one === undefined || one.goneAt !== null) return false;
      one.view = view;
      one.updates += 1;
      return true;
    },
    find: (to, posting) => {
      if (!canLook(to)) return 'unknown';
      const found = (postings.get(posting) ?? []).find((one) => one.goneAt === null && one.visibleAt <= stage.now());
      return found?.place ?? 'absent';
    },
    read: (place) => written.get(keyOf(place)) ?? null,
    write: (where, author, text) => {
      const place: Place = { ...where, message: nextMessage() };
      const message: HeardMessage = { place, author, text, at: instant(stage.now()) };
      written.set(keyOf(place), message);
      return message;
    },
  };
}
