import { type Case, type Party, partyName } from '../case/case';
import type { ClockMove, Recorded } from '../case/events';
import { calendarOf, type Desk } from '../desk/desk';
import type { Instant } from '../ids';
import { exactly } from '../words';
import type { Clock, ClockName } from './clock';
import { ALWAYS, type Calendar } from './hours';
import type { KeptCalendars } from './kept';
import { type ClockEntry, type Ledger, ledgerOf } from './ledger';

export interface ClockLedger {
  readonly clock: Clock;
  readonly ledger: Ledger;
}

/** Where the time of a case went, clock by clock, as its journal tells it; clocks that never promised anything are left out. */
export function ledgersOf(it: Case, journal: readonly Recorded[], desk: Desk, at: Instant): readonly ClockLedger[] {
  return it.clocks.flatMap((clock) => {
    const entries = entriesOf(clock.name, journal, desk);
    const ledger = ledgerOf(entries, endOf(clock, entries, at));
    return ledger === null ? [] : [{ clock, ledger }];
  });
}

/** A clock that has stopped, or that promises nothing any more, is told up to then: nothing that comes after counts. */
function endOf(clock: Clock, entries: readonly ClockEntry[], at: Instant): Instant {
  if (clock.state === 'stopped') return clock.since;
  const last = clock.state === 'cancelled' ? entries.findLast(({ kind }) => kind === 'cancelled') : undefined;
  return last?.at ?? at;
}

/** What the journal says was done to one clock, on the calendars as they were then. */
export function entriesOf(name: ClockName, journal: readonly Recorded[], desk: Desk): readonly ClockEntry[] {
  let kept: KeptCalendars = {};
  return journal.flatMap(({ event, by }): readonly ClockEntry[] => {
    if (event.type === 'SlaWarned' && event.clock === name) return [{ kind: 'warned', at: event.at, why: event.mark }];
    if (event.type === 'SlaBreached' && event.clock === name) return [{ kind: 'breached', at: event.at }];
    if (event.type !== 'ClocksMoved') return [];
    kept = { ...kept, ...event.calendars };
    return event.moved
      .filter((move) => move.clock === name)
      .map((move) => entryOf(move, by, calendarThen(move.calendar, kept, desk)));
  });
}

function calendarThen(name: string, kept: KeptCalendars, desk: Desk): Calendar {
  return name === ALWAYS.name ? ALWAYS : (kept[name]?.calendar ?? calendarOf(desk, name));
}

function entryOf(move: ClockMove, by: Party, calendar: Calendar): ClockEntry {
  const { kind, at, targetMs, extraMs } = move;
  const cycle = { at, targetMs, calendar, ...(extraMs !== undefined && { extraMs }) };
  const why = [move.why ?? [], by.kind === 'system' && move.why !== undefined ? [] : `by ${partyName(by)}`]
    .flat()
    .join(', ');
  switch (kind) {
    case 'started':
      return { ...cycle, kind, why: withExtra(promiseText(move), move) };
    case 'restarted':
      return { ...cycle, kind, why: withExtra(`${why}; ${promiseText(move)}`, move) };
    case 'retargeted':
      return { ...cycle, kind, why: `${why}; ${promiseText(move)}` };
    case 'cancelled':
      return { kind, at, calendar, why, ...(move.anew === true && { anew: true }) };
    case 'paused':
    case 'resumed':
    case 'met':
    case 'reopened':
      return { kind, at, why };
  }
}

const promiseText = ({ targetMs, calendar }: ClockMove): string => `${exactly(targetMs)} on ${calendarText(calendar)}`;

const calendarText = (name: string): string => (name === 'desk' ? 'the desk’s hours' : name);

/** What makes a cycle longer or shorter than its target. */
function withExtra(words: string, { extraMs = 0, clock }: ClockMove): string {
  if (extraMs === 0) return words;
  if (clock === 'update')
    return `${words}, and ${exactly(Math.abs(extraMs))} ${extraMs > 0 ? 'more' : 'less'} so that the grid stays`;
  return `${words}, and ${exactly(extraMs)} of grace, since it came out of hours`;
}
