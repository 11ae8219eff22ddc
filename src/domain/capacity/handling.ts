import type { Case } from '../case/case';
import type { Recorded } from '../case/events';
import { evolve } from '../case/evolve';
import type { Desk } from '../desk/desk';
import { shiftsOf } from '../desk/shifts';
import type { Span } from '../desk/spans';
import type { CaseId, Instant, PersonId, PriorityName } from '../ids';
import { openBetween } from '../sla/walk';

/** A stretch in which one person had one case in progress. */
export interface WorkSpan extends Span {
  readonly case: CaseId;
  readonly person: PersonId;
}

/** What the journal of a case says of the work on it. */
export interface WorkedCase {
  readonly case: CaseId;
  /** The priority that it was resolved with; null while it is not resolved, or when it never was triaged. */
  readonly resolvedAs: PriorityName | null;
  readonly spans: readonly WorkSpan[];
}

/** Who had the case in progress and when, up to `until`. Waiting for the client is not work on it. */
export function workedCase(journal: readonly Recorded[], until: Instant): WorkedCase | null {
  const spans: WorkSpan[] = [];
  let it: Case | null = null;
  let since: Instant | null = null;
  const close = (at: Instant): void => {
    if (it?.status === 'In progress' && it.holder.kind === 'owner' && since !== null && at > since)
      spans.push({ case: it.id, person: it.holder.person, from: since, to: at });
  };
  for (const { event, at, by, version } of journal) {
    if (at > until) break;
    close(at);
    it = evolve(it, event, { at, by, version });
    since = at;
  }
  if (it === null) return null;
  close(until);
  const done = it.status === 'Resolved' || it.status === 'Closed';
  return { case: it.id, resolvedAs: done ? it.priority : null, spans };
}

/**
 * How long each case was worked on, in ms of its people's shifts. Somebody with five cases in progress works on one of
 * them at a time, so that their time is shared among the cases that they have in progress at once.
 */
export function handledMs(desk: Desk, worked: readonly WorkedCase[]): ReadonlyMap<CaseId, number> {
  const handled = new Map<CaseId, number>();
  for (const [person, spans] of grouped(worked)) {
    for (const [id, ms] of shared(desk, person, spans)) handled.set(id, (handled.get(id) ?? 0) + ms);
  }
  return handled;
}

function grouped(worked: readonly WorkedCase[]): ReadonlyMap<PersonId, readonly WorkSpan[]> {
  const found = new Map<PersonId, WorkSpan[]>();
  for (const span of worked.flatMap(({ spans }) => spans)) {
    const own = found.get(span.person);
    if (own === undefined) found.set(span.person, [span]);
    else own.push(span);
  }
  return found;
}

/** One person's spans: along time runs how much of their attention each case in progress has had; a span is its end less its beginning. */
function shared(desk: Desk, person: PersonId, spans: readonly WorkSpan[]): readonly (readonly [CaseId, number])[] {
  const shifts = shiftsOf(desk, person);
  const turns = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const begins = countsAt(spans.map(({ from }) => from));
  const ends = countsAt(spans.map(({ to }) => to));
  const attention = new Map<Instant, number>();
  let each = 0;
  let inProgress = 0;
  let before: Instant | null = null;
  for (const at of turns) {
    if (before !== null && inProgress > 0) each += openBetween(shifts, before, at) / inProgress;
    attention.set(at, each);
    inProgress += (begins.get(at) ?? 0) - (ends.get(at) ?? 0);
    before = at;
  }
  return spans.map((span) => [span.case, (attention.get(span.to) ?? 0) - (attention.get(span.from) ?? 0)]);
}

function countsAt(instants: readonly Instant[]): ReadonlyMap<Instant, number> {
  const counts = new Map<Instant, number>();
  for (const at of instants) counts.set(at, (counts.get(at) ?? 0) + 1);
  return counts;
}

/** Below this many resolved cases of a priority a median says more about the one odd case than about the next one. */
export const SAMPLES_MIN = 8;

export interface Handling {
  /** Null: too few samples. */
  readonly medianMs: number | null;
  readonly samples: number;
}

/** The median handling time of resolved cases, by priority of the desk. */
export function handlingTimes(desk: Desk, worked: readonly WorkedCase[]): ReadonlyMap<PriorityName, Handling> {
  const handled = handledMs(desk, worked);
  const times = (name: PriorityName): readonly number[] =>
    worked.filter((it) => it.resolvedAs === name && it.spans.length > 0).map((it) => handled.get(it.case) ?? 0);
  return new Map(desk.priorities.map(({ name }) => [name, handlingOf(times(name))]));
}

function handlingOf(times: readonly number[]): Handling {
  return { medianMs: times.length < SAMPLES_MIN ? null : Math.round(median(times)), samples: times.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
