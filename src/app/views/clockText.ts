import type { Case } from '../../domain/case/case';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type Clock, type ClockName, dueOf, remaining, stateOf } from '../../domain/sla/clock';
import { leftWords } from '../../domain/sla/ledger';
import { clockCalendar, nextDue } from '../../domain/sla/policy';
import { type Line, text } from '../view';
import { hour, time } from './parts';

const NAMES: Readonly<Record<ClockName, string>> = {
  first_response: 'First response',
  resolution: 'Resolution',
  triage: 'Triage',
  next_response: 'Next response',
  update: 'Update',
};

export const clockName = (name: ClockName): string => NAMES[name];

/** `45 min left` or `2 h 05 min over`, in open time: the same words as `why` uses, to the minute. */
export const leftText = (clock: Clock, desk: Desk, at: Instant): string =>
  leftWords(remaining(clock, clockCalendar(desk, clock), at));

/** What the card says of time, and when that was so: a card stands for hours, and what is left changes by the minute. */
export function nextDueLine(it: Case, desk: Desk, at: Instant): Line {
  const line = dueLine(it, desk, at);
  return nextDue(it, desk) === null ? line : [...line, text(' as of '), hour(at, desk)];
}

/** The running clock that is due next, else what is paused, else how it came out. */
export function dueLine(it: Case, desk: Desk, at: Instant): Line {
  const next = nextDue(it, desk);
  if (next !== null) return [text(`${clockName(next.clock.name)} `), ...dueWords(next.clock, desk, at)];
  const paused = it.clocks.find((clock) => clock.state === 'paused');
  if (paused !== undefined) return [text(`${clockName(paused.name)} paused, ${leftText(paused, desk, at)}`)];
  const outcomes = it.clocks.flatMap((clock) => outcomeText(clock, desk, at) ?? []);
  return [text(outcomes.join(' · ') || 'No clock is running')];
}

function dueWords(clock: Clock, desk: Desk, at: Instant): Line {
  const calendar = clockCalendar(desk, clock);
  const due = dueOf(clock, calendar);
  const breached = stateOf(clock, calendar, at) === 'breached';
  const when: Line = due === null ? [text('has no due time')] : [text(breached ? 'was due ' : 'due '), time(due, desk)];
  return [...when, text(` · ${breached ? 'breached, ' : ''}${leftText(clock, desk, at)}`)];
}

/** Null for a clock that promised nothing. */
function outcomeText(clock: Clock, desk: Desk, at: Instant): string | null {
  const state = stateOf(clock, clockCalendar(desk, clock), at);
  if (state === 'cancelled') return null;
  return `${clockName(clock.name)} ${state === 'breached' ? `breached (${leftText(clock, desk, at)})` : state}`;
}
