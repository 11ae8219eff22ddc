import type { Instant } from '../ids';
import type { Calendar } from '../sla/calendar';
import { segments } from '../sla/walk';

/** A stretch of time; `to` is exclusive. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** When the calendar is open between two instants, in order. */
export const openSpans = (calendar: Calendar, { from, to }: Span): readonly Span[] =>
  segments(calendar, from, to).flatMap((it) => (it.open ? [{ from: it.from, to: it.to }] : []));

/** What is in any of the spans, in order and apart from each other. */
export function united(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push(span);
    else if (span.to > last.to) result[result.length - 1] = { from: last.from, to: span.to };
  }
  return result;
}

/** What of `span` is in none of `taken` (united): its pieces, in order. */
export function without(span: Span, taken: readonly Span[]): readonly Span[] {
  const pieces: Span[] = [];
  let { from } = span;
  for (const hole of taken) {
    if (hole.to <= from) continue;
    if (hole.from >= span.to) break;
    if (hole.from > from) pieces.push({ from, to: hole.from });
    from = hole.to;
  }
  return from < span.to ? [...pieces, { from, to: span.to }] : pieces;
}
