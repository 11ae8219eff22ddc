/** Invariant 3: what is due is done within a minute, or within a minute of the first node that could do it. */
import type { Crew } from './crew';
import type { Change, Witness } from './witness';

const LATE_MAX_MS = 60_000;

/** An edit of the desk file works within this; a new mark may lie in the past. */
const FOLLOWED_WITHIN_MS = 15_000;

interface Seen {
  readonly crew: Crew;
  readonly witness: Witness;
  /** When the desk file was last edited. */
  readonly editedAt: number;
}

export function checkInTime(change: Change, { crew, witness, editedAt }: Seen): void {
  // A clock that this change itself moved has marks that fell due with it, however far in the past they lie.
  const moved = new Set<string>();
  for (const { event } of change.plan.events) {
    if (event.type === 'ClocksMoved') for (const { clock } of event.moved) moved.add(clock);
    const asOf = 'clock' in event && moved.has(event.clock) ? null : dueOf(change, event);
    const due = asOf === null ? null : Math.max(asOf, editedAt > asOf ? editedAt + FOLLOWED_WITHIN_MS : 0);
    if (due === null || change.at - due <= LATE_MAX_MS) continue;
    const ready = crew.readyBetween(due, change.at);
    if (ready > LATE_MAX_MS)
      witness.violated(
        `${change.plan.after.ref}: ${event.type} came ${Math.round((change.at - due) / 1000)} s late, though somebody could have done it for ${Math.round(ready / 1000)} s`,
      );
  }
}

type Happened = Change['plan']['events'][number]['event'];

function dueOf({ before, plan, at }: Change, event: Happened): number | null {
  switch (event.type) {
    case 'HandoverMovedOn':
      return before?.handover?.acceptBy ?? null;
    case 'SlaWarned':
    case 'SlaBreached':
      // A mark that only this change brought into the past fell due with it, by whatever clock it was made.
      return event.at === plan.at ? at : event.at;
    case 'CaseClosed':
      return before?.status === 'Resolved' ? before.closesAt : null;
    default:
      return null;
  }
}
