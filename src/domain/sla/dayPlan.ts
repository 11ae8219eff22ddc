import { DAY_MS, MINUTE_MS } from '../ids';
import type { TimeWindow } from './hours';
import { windowMinutes } from './localTime';

/** A stretch of one local date, in ms since its midnight. */
export type Span = readonly [from: number, to: number];

/** The open stretches of one local date, in order and apart from each other. */
export interface DayPlan {
  readonly spans: readonly Span[];
  readonly openMs: number;
}

export const CLOSED: DayPlan = { spans: [], openMs: 0 };

/** What windows that start on a date cover: `own` on that date, `tail` on the date after (from its midnight). */
export interface Shift {
  readonly own: readonly Span[];
  readonly tail: readonly Span[];
}

export function shiftOf(windows: readonly TimeWindow[]): Shift {
  const minutes = windows.map(windowMinutes).filter(({ start, end }) => end > start);
  const own = minutes.map(({ start, end }): Span => [start * MINUTE_MS, Math.min(end * MINUTE_MS, DAY_MS)]);
  const tail = minutes.map(({ end }): Span => [0, end * MINUTE_MS - DAY_MS]);
  return { own: united(own), tail: united(tail) };
}

/** A date that is open in any of `open` and in none of `taken`. */
export function planOf(open: readonly Span[], taken: readonly Span[]): DayPlan {
  const spans = taken.reduce(without, united(open));
  return { spans, openMs: spans.reduce((sum, [from, to]) => sum + to - from, 0) };
}

function united(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span[0] > last[1]) result.push(span);
    else result[result.length - 1] = [last[0], Math.max(last[1], span[1])];
  }
  return result;
}

function without(spans: Span[], hole: Span): Span[] {
  return spans.flatMap(([from, to]): Span[] => {
    const parts: Span[] = [
      [from, Math.min(to, hole[0])],
      [Math.max(from, hole[1]), to],
    ];
    return parts.filter((part) => part[1] > part[0]);
  });
}
