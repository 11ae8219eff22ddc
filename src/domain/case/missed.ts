import { type Desk, personOf } from '../desk/desk';
import type { Instant } from '../ids';
import type { ClockName } from '../sla/clock';
import { inWords } from '../words';
import type { Case } from './case';
import type { Recorded } from './events';
import { evolve } from './evolve';
import { askedName } from './offered';

/** A target that was missed, as the journal has it. */
export interface Miss {
  readonly clock: ClockName;
  /** The true instant of it. */
  readonly at: Instant;
  /** The version that its record made. */
  readonly version: number;
}

/** The case as it stood when the event of that version was recorded. */
export function before(journal: readonly Recorded[], version: number): Case | null {
  return journal
    .filter((one) => one.version < version)
    .reduce<Case | null>((it, { event, at, by, version: made }) => evolve(it, event, { at, by, version: made }), null);
}

/** Why a target was missed, as far as the case itself can say: who had it, and what it waited for. */
export function whyMissed(journal: readonly Recorded[], miss: Miss, desk: Desk): string {
  const it = before(journal, miss.version);
  if (it === null) return 'the journal does not say';
  const since = (from: Instant): string => inWords(miss.at - from);
  if (it.handover !== null)
    return `${askedName(it.handover.asked)} had been asked to take it over for ${since(it.handover.at)} and nobody had accepted`;
  const { holder } = it;
  if (holder.kind === 'nobody') return 'the desk file names nobody who could have taken it';
  const name = personOf(desk, holder.person)?.name ?? holder.person;
  if (holder.kind === 'turn')
    return it.priority === null
      ? `nobody had triaged or taken it; it was ${name}’s turn`
      : `nobody had taken it; it was ${name}’s turn`;
  return `${name} had had it for ${since(holder.since)}${ending(miss.clock)}`;
}

function ending(clock: ClockName): string {
  switch (clock) {
    case 'triage':
      return ' and had given it no priority';
    case 'first_response':
    case 'next_response':
      return ' and had not answered';
    case 'update':
      return ' and the client had heard nothing new';
    case 'resolution':
      return '';
  }
}
