import { type Case, partyName } from '../../domain/case/case';
import type { ClockMove, Recorded } from '../../domain/case/events';
import { calendarOf, type Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { Clock, ClockName } from '../../domain/sla/clock';
import { type ClockEntry, type Ledger, ledgerOf, usedOfText } from '../../domain/sla/ledger';
import { exactly } from '../../domain/words';
import { type Line, type Section, strong, text, type View } from '../view';
import { clockName } from './clockText';
import { plainView, timeText } from './parts';

const MOMENTS_MAX = 20;

/** `why`: each clock, the time that did not count, and `used X of Y, Z left`. */
export function whyView(it: Case, journal: readonly Recorded[], desk: Desk, at: Instant): View {
  const told = it.clocks.map((clock) => ({
    clock,
    ledger: ledgerOf(entriesOf(clock.name, journal, desk), endOf(clock, at)),
  }));
  const sections = told.flatMap(({ clock, ledger }) => (ledger === null ? [] : clockSections(clock, ledger, desk)));
  const summary = told
    .map(({ clock, ledger }) => `${clockName(clock.name)}: ${ledger === null ? 'not started' : usedOfText(ledger)}`)
    .join('. ');
  return {
    ...plainView(`Where the time of ${it.ref} went. ${summary}`),
    title: [text(`Where the time of ${it.ref} went`)],
    sections,
  };
}

/** A clock that has stopped is told up to its end: nothing that comes after counts. */
const endOf = (clock: Clock, at: Instant): Instant => (clock.state === 'stopped' ? clock.since : at);

function clockSections(clock: Clock, ledger: Ledger, desk: Desk): readonly Section[] {
  const moments = ledger.rows.filter((row) => row.from === row.to).slice(-MOMENTS_MAX);
  const lines: readonly Line[] = [
    ...moments.map((row): Line => [text(`${timeText(row.from, desk.zone)}: ${row.why}`)]),
    ...ledger.uncounted.map(({ why, ms }): Line => [text(`Did not count: ${exactly(ms)} ${why}`)]),
    [strong(usedOfText(ledger))],
  ];
  return [
    { kind: 'heading', text: clockName(clock.name) },
    { kind: 'lines', lines },
  ];
}

/** What the journal says was done to one clock. */
function entriesOf(name: ClockName, journal: readonly Recorded[], desk: Desk): readonly ClockEntry[] {
  return journal.flatMap(({ event, by }): readonly ClockEntry[] => {
    if (event.type === 'SlaWarned' && event.clock === name) return [{ kind: 'warned', at: event.at, why: event.mark }];
    if (event.type === 'SlaBreached' && event.clock === name) return [{ kind: 'breached', at: event.at }];
    if (event.type !== 'ClocksMoved') return [];
    return event.moved.filter((move) => move.clock === name).map((move) => entryOf(move, partyName(by), desk));
  });
}

function entryOf(move: ClockMove, by: string, desk: Desk): ClockEntry {
  const { at, targetMs } = move;
  const calendar = calendarOf(desk, move.calendar);
  switch (move.kind) {
    case 'started':
      return { kind: 'started', at, targetMs, calendar };
    case 'retargeted':
      return { kind: 'retargeted', at, targetMs, calendar, why: `priority changed by ${by}` };
    case 'paused':
      return { kind: 'paused', at, why: `waiting for the client, by ${by}` };
    case 'resumed':
    case 'met':
    case 'reopened':
    case 'cancelled':
      return { kind: move.kind, at, why: `by ${by}` };
  }
}
