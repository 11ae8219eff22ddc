import type { Case } from '../../domain/case/case';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type Clock, type ClockName, dueOf, remaining, stateOf } from '../../domain/sla/clock';
import { clockCalendar, nextDue } from '../../domain/sla/policy';
import { inWords } from '../../domain/words';
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

/** `45 min left` or `20 min over`, in open time. */
export function leftText(clock: Clock, desk: Desk, at: Instant): string {
  const left = remaining(clock, clockCalendar(desk, clock), at);
  return left < 0 ? `${inWords(left)} over` : `${inWords(left)} left`;
}

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
  return [text(it.clocks.map((clock) => outcomeText(clock, desk, at)).join(' · ') || 'No clock is running')];
}

function dueWords(clock: Clock, desk: Desk, at: Instant): Line {
  const calendar = clockCalendar(desk, clock);
  const due = dueOf(clock, calendar);
  const breached = stateOf(clock, calendar, at) === 'breached';
  const when: Line = due === null ? [text('has no due time')] : [text(breached ? 'was due ' : 'due '), time(due, desk)];
  return [...when, text(` · ${breached ? 'breached, ' : ''}${leftText(clock, desk, at)}`)];
}

function outcomeText(clock: Clock, desk: Desk, at: Instant): string {
  const state = stateOf(clock, clockCalendar(desk, clock), at);
  return `${clockName(clock.name)} ${state === 'breached' ? `breached (${leftText(clock, desk, at)})` : state}`;
}
