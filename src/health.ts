import type { AuditFinding } from './app/audit';
import type { Accepted } from './app/perform';
import type { Clock, Store } from './app/ports';
import { auditSentence } from './app/views/audit';
import { MINUTE_MS, SECOND_MS } from './domain/ids';
import { createMeters, type Meters } from './meters';

/** A ticker that has not looked at the clock for this long, or a message that waits this long, is not keeping up. */
const TICK_LATE_MS = 30 * SECOND_MS;
const OUTBOX_LATE_MS = 5 * MINUTE_MS;

export interface Readiness {
  readonly ready: boolean;
  /** Sentences; empty when all is well. */
  readonly reasons: readonly string[];
  /** What a person should see to, though Baton goes on. */
  readonly notes: readonly string[];
}

export interface Health {
  accepted(change: Accepted): void;
  troubled(): void;
  ticked(): void;
  /** What the auditor found just now; late alarms count until the next look. */
  audited(findings: readonly AuditFinding[]): void;
  beat: Meters['beat'];
  /** Something that a person should see to until it is taken back with null. */
  noted(name: string, say: string | null): void;
  readiness(): Promise<Readiness>;
  /** Prometheus text and its content type. */
  metrics(): Promise<{ readonly body: string; readonly type: string }>;
}

/** What `/readyz` and `/metrics` tell: is the database there, do deliveries and timers keep up? */
export function createHealth(store: Store, clock: Clock, connected: () => readonly string[]): Health {
  const meters = createMeters();
  let tickedAt = Date.now();
  const noted = new Map<string, string>();
  let findings: readonly AuditFinding[] = [];

  const readiness = async (): Promise<Readiness> => {
    const late = findings.filter(({ kind }) => kind === 'alarms');
    const reasons = [...timersLate(tickedAt), ...(await storeLate(store, clock)), ...late.map(said), ...connected()];
    return {
      ready: reasons.length === 0,
      reasons,
      notes: [...findings.filter((one) => !late.includes(one)).map(said), ...noted.values()],
    };
  };
  return {
    accepted: meters.accepted,
    troubled: meters.troubled,
    ticked: () => {
      tickedAt = Date.now();
    },
    audited: (found) => {
      findings = found;
      meters.audited(found, clock.now());
    },
    beat: meters.beat,
    noted: (name, say) => {
      if (say === null) noted.delete(name);
      else noted.set(name, say);
    },
    readiness,
    metrics: async () => {
      const at = clock.now();
      // Without a database the rest is wanted all the more.
      meters.outbox(await store.outbox(at).catch(() => null), at);
      return meters.text();
    },
  };
}

const said = (finding: AuditFinding): string => auditSentence(finding, new Date(finding.since).toISOString());

function timersLate(tickedAt: number): readonly string[] {
  const lateMs = Date.now() - tickedAt;
  return lateMs > TICK_LATE_MS ? [`The timers have not run for ${Math.round(lateMs / SECOND_MS)} s.`] : [];
}

async function storeLate(store: Store, clock: Clock): Promise<readonly string[]> {
  try {
    await store.ping();
    const { oldestDueAt } = await store.outbox(clock.now());
    const lateMs = oldestDueAt === null ? 0 : clock.now() - oldestDueAt;
    return lateMs > OUTBOX_LATE_MS
      ? [`The oldest message has waited ${Math.round(lateMs / MINUTE_MS)} min to be delivered.`]
      : [];
  } catch (error) {
    // A failure of the store says what to mend, and holds nothing that people wrote.
    return [error instanceof Error ? error.message : 'The database cannot be read and written.'];
  }
}
