import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { AuditFinding, AuditKind } from './app/audit';
import type { Accepted } from './app/perform';
import type { OutboxState } from './app/ports';
import { type Instant, SECOND_MS } from './domain/ids';

const AUDIT_KINDS: Readonly<Record<AuditKind, true>> = { alarms: true, stuck: true, dead: true, uncertain: true };

export interface Meters {
  accepted(change: Accepted): void;
  troubled(): void;
  /** What the auditor found, at this instant. */
  audited(findings: readonly AuditFinding[], at: Instant): void;
  beat(outcome: 'answered' | 'failed' | 'withheld'): void;
  /** Null: the database could not be asked. */
  outbox(state: OutboxState | null, at: Instant): void;
  /** Prometheus text and its content type. */
  text(): Promise<{ readonly body: string; readonly type: string }>;
}

/** All that is counted and measured, under the names that `/metrics` shows. */
export function createMeters(): Meters {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const changes = counter('baton_changes_total', 'Accepted changes of cases', ['command']);
  const troubles = counter('baton_troubles_total', 'Failures that a developer should know of');
  const database = gauge('baton_database_up', '1 while the database can be read');
  const rows = gauge(
    'baton_outbox_rows',
    'Messages that wait, are on their way, may not have arrived (ambiguous), or were given up (dead)',
    ['state'],
  );
  const paused = gauge('baton_outbox_paused', 'Channels and people whose platform asked to slow down');
  const oldest = gauge('baton_outbox_oldest_seconds', 'How long the oldest deliverable message has waited');
  const found = gauge(
    'baton_audit_findings',
    'What the last look found: late alarms, stuck destinations, dead and uncertain messages of the last three days',
    ['kind'],
  );
  const late = gauge('baton_audit_alarm_late_seconds', 'How late the oldest late alarm is; 0 when none is');
  const lookedAt = gauge('baton_audit_last_timestamp_seconds', 'When the work was last looked at');
  const beats = counter('baton_heartbeats_total', 'What became of the beats for HEARTBEAT_URL', ['outcome']);

  return {
    accepted: (change) => changes.inc({ command: change.command }),
    troubled: () => troubles.inc(),
    audited: (findings, at) => {
      const of = (kind: string): AuditFinding | undefined => findings.find((one) => one.kind === kind);
      for (const kind of Object.keys(AUDIT_KINDS)) found.set({ kind }, of(kind)?.count ?? 0);
      late.set(Math.max(0, (at - (of('alarms')?.since ?? at)) / SECOND_MS));
      lookedAt.set(at / SECOND_MS);
    },
    beat: (outcome) => beats.inc({ outcome }),
    outbox: (state, at) => {
      database.set(state === null ? 0 : 1);
      if (state === null) return;
      rows.set({ state: 'pending' }, state.pending - state.sending);
      rows.set({ state: 'sending' }, state.sending);
      rows.set({ state: 'ambiguous' }, state.ambiguous);
      rows.set({ state: 'dead' }, state.dead);
      paused.set(state.paused);
      oldest.set(state.oldestDueAt === null ? 0 : Math.max(0, (at - state.oldestDueAt) / SECOND_MS));
    },
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
  };
}
