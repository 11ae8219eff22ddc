import type { Case, Party } from '../domain/case/case';
import { personOf } from '../domain/desk/desk';
import type { Instant } from '../domain/ids';
import { readPromise } from '../inputs/promises';
import { inPrivate, type Step } from './audience';
import type { Destination, Intent } from './ports';

/** By which the offer is found again when its button is pressed. */
export const promiseOfferDedupe = (it: Case['id'], version: number): string => `promise-offer:${it}:${version}`;

/** Somebody of the desk told the client a time: one tap makes it a promise that Baton keeps an eye on. For them alone. */
export function promiseOffer(step: Step, now: Instant): readonly Intent[] {
  const { after, by, version, desk } = step;
  const said = saidIn(step, now);
  if (said === null || by.kind !== 'person' || after.status === 'Resolved' || after.status === 'Closed') return [];
  const zone = personOf(desk, by.id)?.zone ?? desk.zone;
  const promise = readPromise(said.text, { at: said.at, zone });
  const to = besideTheWords(step, by);
  if (promise === null || to === null || promise.dueAt <= now) return [];
  return [
    {
      kind: 'post',
      case: after.id,
      to,
      dedupe: promiseOfferDedupe(after.id, version),
      drawing: { view: 'promise-offer', args: { version, zone, words: promise.words, due: promise.dueAt } },
      urgency: 2,
    },
  ];
}

/** What the client reads of the desk, and when it was said. */
function saidIn({ event }: Step, now: Instant): { readonly text: string; readonly at: Instant } | null {
  if (event.type === 'ReplySent') return { text: event.text, at: now };
  return event.type === 'MessageHeard' && event.staff && event.audience === 'public' ? event : null;
}

/** In the thread where it was said; what was sent as a reply came from elsewhere, so that is answered in private. */
function besideTheWords({ event, after, desk }: Step, by: Extract<Party, { kind: 'person' }>): Destination | null {
  if (event.type !== 'MessageHeard') return inPrivate(desk, after, by.id);
  const { platform, channel, message, thread } = event.place;
  const user = personOf(desk, by.id)?.accounts[platform];
  return user === undefined ? null : { kind: 'whisper', platform, channel, thread: thread ?? message, user };
}
