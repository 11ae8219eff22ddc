import type { Instant } from '../ids';
import type { Case, Common, NewCase, Party, Place, Touch } from './case';
import type { CaseEvent } from './events';
import { withFiles } from './file';
import { type HandoverEvent, handedOver, isHandoverEvent } from './handoverAfter';
import { answered, promiseAfter } from './promiseAfter';
import { type Happening, owned, stamped, stampOf, touchOf, untouchedSince } from './stamps';

/** The case after the event. Never refuses: what is in the journal happened. `null` only before CaseOpened. */
export function evolve(it: Case | null, event: CaseEvent, happening: Happening): Case {
  if (event.type === 'CaseOpened') return opened(event, happening);
  if (it === null) throw new Error(`${event.type} came before CaseOpened in a journal`);
  const now = isHandoverEvent(event) ? handedOver(it, event, happening) : after(it, event, happening);
  return { ...now, touched: touched(it, event, happening), version: happening.version };
}

/** Whatever a person does touches the case; of what Baton does, only what gives it to somebody or back to its owner. */
function touched(it: Case, event: CaseEvent, { at, by }: Happening): Touch {
  const before = touchOf(it);
  if (event.type === 'OwnerAsked') return { ...before, asked: at };
  if (event.type === 'UntouchedTold') return { ...before, told: true };
  const isFresh = event.type === 'CaseAssigned' || event.type === 'HandoverExpired';
  return by.kind !== 'system' || isFresh ? untouchedSince(at) : before;
}

/** The fold of events that follow one another, by one party at one instant. */
export function evolveAll(
  it: Case | null,
  events: readonly CaseEvent[],
  told: { readonly at: Instant; readonly by: Party },
): Case | null {
  return events.reduce<Case | null>(
    (before, event) => evolve(before, event, { ...told, version: (before?.version ?? 0) + 1 }),
    it,
  );
}

function opened(event: Extract<CaseEvent, { type: 'CaseOpened' }>, happening: Happening): NewCase {
  const stamp = stampOf('opened', happening);
  const { type: _, ...said } = event;
  return {
    ...said,
    status: 'New',
    version: happening.version,
    loggedBy: happening.by,
    openedAt: happening.at,
    priority: null,
    triage: { votes: [], word: null, heard: [], dispute: null },
    handover: null,
    handovers: 0,
    notes: 0,
    messages: 0,
    lastClientWordAt: null,
    lastStaffWordAt: null,
    clocks: [],
    hops: [],
    handedBy: null,
    touched: untouchedSince(happening.at),
    changed: { holder: stamp, status: stamp, priority: stamp, handover: stamp },
  };
}

type Later = Exclude<CaseEvent, { type: 'CaseOpened' } | HandoverEvent>;
function after(it: Case, event: Later, happening: Happening): Case {
  switch (event.type) {
    case 'CaseTriaged': {
      const triaged = stamped({ ...it, priority: event.priority }, 'priority', `set ${event.priority} on`, happening);
      // No stamp on the status: a priority that came meanwhile makes nobody's press on Take or Resolve out of date.
      return it.status === 'New' ? { ...common(triaged), status: 'Triaged' } : triaged;
    }
    case 'TriageUndone': {
      const undone = stamped({ ...it, priority: event.to }, 'priority', 'took back the priority of', happening);
      return event.to === null && it.status === 'Triaged' ? { ...common(undone), status: 'New' } : undone;
    }
    case 'TriageNoted':
      return { ...it, triage: event.triage };
    case 'PriorityDisputed':
      return it;
    case 'TurnNamed':
      return { ...it, holder: event.holder };
    case 'CaseTaken':
      return owned(it, event.owner, 'took', happening);
    case 'CaseAssigned':
      return owned(it, event.owner, 'assigned', happening);
    case 'WorkStarted':
      // Work starts because somebody took the case, was given it or accepted it, and that is what people want to hear.
      return stamped({ ...common(it), status: 'In progress' }, 'status', it.changed.holder.what, happening);
    case 'ClientAwaited':
      return stamped(
        { ...common(it), status: 'Awaiting client', waitingSince: happening.at },
        'status',
        'set waiting on the client:',
        happening,
      );
    case 'CaseResumed':
      return stamped({ ...common(it), status: 'In progress' }, 'status', 'resumed', happening);
    case 'CaseResolved':
      return resolved(it, event, happening);
    case 'CaseReopened':
      return stamped({ ...common(it), status: reopenedStatus(it) }, 'status', 'reopened', happening);
    case 'CaseClosed':
      return closed(it, happening);
    case 'NoteAdded':
      return { ...it, notes: it.notes + 1 };
    case 'ReplySent':
      return answered({ ...it, messages: it.messages + 1, lastStaffWordAt: happening.at });
    case 'MessageHeard':
      return heard(it, event);
    case 'MessageEdited':
      return edited(it, event);
    case 'MessageDeleted':
      return deleted(it, event);
    case 'SlaWarned':
    case 'SlaBreached':
    case 'OwnerAsked':
    case 'UntouchedTold':
      return it;
    case 'ClocksMoved':
      return { ...it, clocks: event.clocks, calendars: { ...it.calendars, ...event.calendars } };
    case 'TargetSet': {
      const { [event.clock]: _, ...others } = it.targets ?? {};
      return { ...it, targets: event.targetMs === null ? others : { ...others, [event.clock]: event.targetMs } };
    }
    case 'PromiseMade':
    case 'PromiseWarned':
    case 'PromiseKept':
    case 'PromiseBroken':
    case 'PromiseDropped':
      return promiseAfter(it, event);
    case 'OwnerNudged':
      return { ...it, nudged: { by: happening.by, of: event.owner, at: happening.at } };
  }
}

/**
 * Description and files follow the newest edit of the message that the case was opened from, in whatever order edits are
 * heard of. Without words it stays described as it was: a case has to say something.
 */
function edited(it: Case, { place, text, files, at }: Extract<CaseEvent, { type: 'MessageEdited' }>): Case {
  if (!isSource(it, place) || isLate(it, at)) return it;
  const description = text.trim() === '' ? it.description : text;
  return { ...fileless(it), description, describedAt: at, ...withFiles(files) };
}

/** The description stays, as what the desk works on; files are gone where the platform has deleted them. */
const deleted = (it: Case, { place, at }: Extract<CaseEvent, { type: 'MessageDeleted' }>): Case =>
  isSource(it, place) && !isLate(it, at) ? { ...fileless(it), describedAt: at } : it;

const isLate = ({ describedAt }: Case, at: Instant): boolean => describedAt !== undefined && at < describedAt;

function fileless(it: Case): Case {
  const { files: _, ...rest } = it;
  return rest;
}

const isSource = ({ source }: Case, place: Place): boolean =>
  source?.platform === place.platform && source.channel === place.channel && source.message === place.message;

function reopenedStatus(it: Case): 'In progress' | 'Triaged' | 'New' {
  if (it.holder.kind === 'owner') return 'In progress';
  return it.priority === null ? 'New' : 'Triaged';
}

function closed(it: Case, happening: Happening): Case {
  if (it.status !== 'Resolved') throw new Error(`${it.ref} was closed without being resolved`);
  const { resolution, resolvedBy, resolvedAt } = it;
  const done = { resolution, resolvedBy, resolvedAt, closedAt: happening.at };
  return stamped({ ...common(it), status: 'Closed', ...done }, 'status', 'closed', happening);
}

function resolved(it: Case, event: Extract<CaseEvent, { type: 'CaseResolved' }>, happening: Happening): Case {
  return stamped(
    {
      ...common(answered(it)),
      // What the client asked before, and is heard of later, has been answered by this too.
      lastStaffWordAt: latest(it.lastStaffWordAt, happening.at),
      status: 'Resolved',
      resolution: event.how,
      resolvedBy: happening.by,
      resolvedAt: happening.at,
      closesAt: event.closesAt,
    },
    'status',
    'resolved',
    happening,
  );
}

function heard(it: Case, event: Extract<CaseEvent, { type: 'MessageHeard' }>): Case {
  const counted = { ...it, messages: it.messages + 1 };
  if (event.staff && event.audience !== 'public') return counted;
  if (event.staff) return answered({ ...counted, lastStaffWordAt: latest(it.lastStaffWordAt, event.at) });
  return { ...counted, lastClientWordAt: latest(it.lastClientWordAt, event.at) };
}

/** Platforms deliver late: an older word takes nothing back that was said since. */
const latest = (known: Instant | null, at: Instant): Instant => (known !== null && known > at ? known : at);

/** The case without what belongs to its present status only. */
function common(it: Case): Common {
  return {
    id: it.id,
    number: it.number,
    ref: it.ref,
    version: it.version,
    title: it.title,
    description: it.description,
    ...withFiles(it.files),
    ...(it.describedAt === undefined ? {} : { describedAt: it.describedAt }),
    client: it.client,
    contact: it.contact,
    category: it.category,
    source: it.source,
    cameBy: it.cameBy,
    reporter: it.reporter,
    loggedBy: it.loggedBy,
    openedAt: it.openedAt,
    priority: it.priority,
    wish: it.wish,
    triage: it.triage,
    holder: it.holder,
    level: it.level,
    handover: it.handover,
    handovers: it.handovers,
    notes: it.notes,
    messages: it.messages,
    lastClientWordAt: it.lastClientWordAt,
    lastStaffWordAt: it.lastStaffWordAt,
    clocks: it.clocks,
    calendars: it.calendars ?? {},
    targets: it.targets ?? {},
    promise: it.promise ?? null,
    promises: it.promises ?? { made: 0, kept: 0, broken: 0 },
    nudged: it.nudged ?? null,
    hops: it.hops ?? [],
    handedBy: it.handedBy ?? null,
    touched: touchOf(it),
    changed: it.changed,
  };
}
