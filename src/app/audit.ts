/** Looks every minute for work that ought to be done by now, whoever ought to have done it, and tells the leads once. */
import { DAY_MS, type Instant, later, MINUTE_MS } from '../domain/ids';
import { leadsPlaces } from './audience';
import type { Engine } from './perform';
import type { Intent } from './ports';

/** Alarms ring within seconds: one that is a minute late was missed by every process. */
const ALARM_LATE_MS = MINUTE_MS;
/** By then a message was tried eight times. */
const STUCK_AFTER_MS = 10 * MINUTE_MS;
/** What came to rest before was seen to, or was not worth it: it is in `ops`, but nobody is told again. */
const RECENT_MS = 3 * DAY_MS;
const LOOKED_MAX = 100;
const MEMORY = 'audit';

/**
 * `alarms`: cases that ought to have been looked at. `stuck`: destinations that nothing gets through to, and messages that
 * wait to become a case. `dead`: messages that were given up. `uncertain`: messages that nobody can tell whether they arrived.
 */
export interface AuditFinding {
  readonly kind: AuditKind;
  readonly count: number;
  /** The oldest of them. */
  readonly since: Instant;
}
export type AuditKind = 'alarms' | 'stuck' | 'dead' | 'uncertain';

export interface Auditor {
  /** What is amiss now. The leads hear of what was so at the look before too: a moment's delay is no news. */
  look(): Promise<readonly AuditFinding[]>;
}

export function createAuditor(engine: Engine): Auditor {
  let last: readonly AuditFinding[] | null = null;
  return {
    look: async () => {
      const found = await findingsNow(engine);
      const before = last;
      last = found;
      const standing = found.filter(({ kind }) => before?.some((one) => one.kind === kind));
      const isWell = found.length === 0 && before?.length === 0;
      if (standing.length > 0 || isWell) await tell(engine, standing);
      return found;
    },
  };
}

async function findingsNow({ store, clock }: Engine): Promise<readonly AuditFinding[]> {
  const at = clock.now();
  const overdue = await store.due(later(at, -ALARM_LATE_MS), LOOKED_MAX);
  const oldest = overdue.length === 0 ? null : await store.nextAlarmAt();
  const stuck = await store.stuck(later(at, -STUCK_AFTER_MS), at);
  const { deliveries } = await store.troubles(at, { offset: 0, limit: LOOKED_MAX });
  // Its own message is not counted: it would report itself for ever.
  const recent = deliveries.filter(
    ({ wantedAt, drawing }) => wantedAt >= later(at, -RECENT_MS) && drawing.view !== 'audit',
  );
  const atRest = (kind: 'dead' | 'uncertain', state: 'dead' | 'ambiguous'): readonly AuditFinding[] =>
    finding(
      kind,
      recent.filter((one) => one.state === state).map((one) => one.wantedAt),
    );
  return [
    ...(oldest === null ? [] : [{ kind: 'alarms' as const, count: overdue.length, since: oldest }]),
    ...(stuck.since === null ? [] : [{ kind: 'stuck' as const, count: stuck.count, since: stuck.since }]),
    ...atRest('dead', 'dead'),
    ...atRest('uncertain', 'ambiguous'),
  ];
}

const finding = (kind: AuditKind, instants: readonly Instant[]): readonly AuditFinding[] =>
  instants.length === 0 ? [] : [{ kind, count: instants.length, since: Math.min(...instants) as Instant }];

/** When it began, and the gist of what the leads were told last. */
interface Incident {
  readonly since: Instant;
  readonly told: string;
}

/** One message a place and incident, kept up to date, whatever the number of processes; it ends when nothing is found any more. */
async function tell(engine: Engine, findings: readonly AuditFinding[]): Promise<void> {
  const { store, clock } = engine;
  const gist = gistOf(findings);
  const known = readIncident(await store.recall(MEMORY));
  if (known === null && findings.length === 0) return;
  if (known?.told === gist) return;
  const { since } = known ?? (await begun(engine));
  await store.want(intentsOf(engine, since, findings), { what: 'audit', keys: [] }, clock.now());
  // Only now: a process that ends half-way wants the same message once more, which changes nothing.
  await store.remember(MEMORY, findings.length === 0 ? '' : JSON.stringify({ since, told: gist }));
  engine.nudge();
}

/** Of several processes that find the same at once one says since when, as the message goes by that. */
async function begun({ store, clock }: Engine): Promise<Incident> {
  const before = await store.recall(MEMORY);
  const fresh: Incident = { since: clock.now(), told: '' };
  await store.rememberIf(MEMORY, before, JSON.stringify(fresh));
  return readIncident(await store.recall(MEMORY)) ?? fresh;
}

function intentsOf(engine: Engine, since: Instant, findings: readonly AuditFinding[]): Intent[] {
  return leadsPlaces(engine).map((to) => ({
    kind: 'keep',
    case: null,
    to,
    dedupe: `audit:${since}:${to.platform}:${to.kind === 'person' ? to.user : to.channel}`,
    drawing: { view: 'audit', args: { since, findings: JSON.stringify(findings) } },
    urgency: 1,
  }));
}

/** What stands waiting changes by the minute and is no news; each message that comes to rest is. */
const gistOf = (findings: readonly AuditFinding[]): string =>
  findings.map(({ kind, count }) => (kind === 'dead' || kind === 'uncertain' ? `${kind} ${count}` : kind)).join(', ');

/** Written by `tell` and `begun`. */
const readIncident = (words: string | null): Incident | null => (words ? (JSON.parse(words) as Incident) : null);

/** The findings that a message was made with. Written by `intentsOf`. */
export const auditFindingsOf = (words: string | number | null | undefined): readonly AuditFinding[] =>
  JSON.parse(String(words ?? '[]')) as readonly AuditFinding[];
