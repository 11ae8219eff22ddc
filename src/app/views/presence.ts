/** Who is there and how much they have, in words. */
import type { Presence } from '../../domain/desk/board';
import { busyText } from '../../domain/desk/busy';
import { type Desk, personOf } from '../../domain/desk/desk';
import { loadText } from '../../domain/desk/load';
import type { Receiver } from '../../domain/desk/receivers';
import type { Instant } from '../../domain/ids';
import type { Field } from '../view';
import { levelsOf } from './forms';
import { timeText } from './parts';

/**
 * `on shift until Mon 23 Nov, 17:00, do not disturb until 15:00`, `away until …`, `off shift until …`; a person without
 * presence has left the desk.
 */
export function presenceText(presence: Presence | null, desk: Desk, at: Instant): string {
  if (presence === null) return 'no longer of the desk';
  const when = presence.kind === 'there' ? presence.until : presence.back;
  const until = when === null ? '' : ` until ${timeText(when, desk.zone, at)}`;
  return `${PRESENCES[presence.kind]}${until}${busyNote(presence, desk, at)}`;
}

const busyNote = (presence: Presence, desk: Desk, at: Instant): string =>
  presence.kind === 'there' && presence.busy !== undefined ? `, ${busyText(presence.busy, { desk, at })}` : '';

const PRESENCES: Readonly<Record<Presence['kind'], string>> = { there: 'on shift', away: 'away', off: 'off shift' };

type Options = Extract<Field, { kind: 'choice' }>['options'];

/** Who could be given a case, with what there is to know before choosing: whether they are there, and what they have. */
export function receiverOptions(receivers: readonly Receiver[], desk: Desk, at: Instant): Options {
  return receivers.map(({ person, presence, weight }) => {
    const there =
      presence.kind === 'there'
        ? `${PRESENCES.there}${busyNote(presence, desk, at)}`
        : presenceText(presence, desk, at);
    const parts = [there, loadText(desk, person, weight), levelsOf(desk, person)];
    return {
      value: person,
      label: personOf(desk, person)?.name ?? person,
      description: parts.filter((part) => part !== null).join(' · '),
    };
  });
}
